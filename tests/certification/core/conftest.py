"""The cast around one park, and keys when a certificate is to be issued."""

import pytest
from django.core.cache import cache
from tests.certification.core.world import World, cheapen_keys, make_world, unset


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture(autouse=True)
def papers_are_not_typeset(monkeypatch):
    """Their words are composed; how they look is tested beside their writers."""
    monkeypatch.setattr("sinhthai.certification.documents.to_pdf", unset)


@pytest.fixture
def issuing(db, monkeypatch) -> World:
    cheapen_keys(monkeypatch)
    return make_world(keys=True)
