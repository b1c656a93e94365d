"""The cast of certification, with duties of every kind."""

import pytest
from tests.certification.core.world import World, make_world
from tests.supervision.keeping.holdings import hold


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def held(world):
    return hold(world)


@pytest.fixture
def firm_held(world, held):
    return hold(world, firm=True)
