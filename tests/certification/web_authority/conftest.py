"""Everybody around one park and one enterprise."""

import types

import pytest
from django.core.cache import cache
from django.test import Client
from tests.certification.web_authority.cast import make_world


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def world(db):
    people, park, enterprise = make_world()
    return types.SimpleNamespace(people=people, park=park, enterprise=enterprise)


@pytest.fixture
def as_(world):
    """Sign in somebody of the cast, in a language."""

    def sign_in(name, language="vi"):
        client = Client()
        client.cookies["language"] = language
        if name:
            client.force_login(world.people[name])
        return client

    return sign_in
