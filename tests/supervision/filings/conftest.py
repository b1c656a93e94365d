"""The cast of certification, and forms filled in as far as a park office gets."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.certification.core.world import World, make_world


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def as_user():
    def sign_in(user, language="vi"):
        client = Client()
        client.cookies["language"] = language
        client.force_login(user)
        return client

    return sign_in
