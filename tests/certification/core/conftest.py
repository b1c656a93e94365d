"""The cast around one park, and keys when a certificate is to be issued."""

import pytest
from django.core.cache import cache
from tests.certification.core.world import World, make_world


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def issuing(db, monkeypatch) -> World:
    monkeypatch.setenv("SINHTHAI_ISSUER_PASSPHRASE", "only for tests, long enough")
    return make_world(keys=True)
