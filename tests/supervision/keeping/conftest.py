"""The cast of certification, with a certificate that holds."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.certification.core.world import World, make_world
from tests.supervision.keeping.holdings import hold


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def held(world):
    return hold(world)


@pytest.fixture
def firm_held(world, held):
    return hold(world, firm=True)


@pytest.fixture
def as_user():
    def sign_in(user, language="vi"):
        client = Client()
        client.cookies["language"] = language
        client.force_login(user)
        return client

    return sign_in
