"""The world of an attack, built once a file; what a test does to it is undone."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.certification.attacks.stage import build, rolled_back
from tests.certification.core import world as made


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), rolled_back():
        yield build(patch)


@pytest.fixture
def things(stage, db):
    cache.clear()
    return stage


@pytest.fixture
def world(things):
    return things.world


@pytest.fixture
def as_(things):
    """Sit somebody of the cast before a browser; "" is nobody."""

    def sign_in(name, **options):
        client = Client(raise_request_exception=False, **options)
        if name:
            client.force_login(things.world.people[name])
        return client

    return sign_in


@pytest.fixture(scope="module")
def before_decision(django_db_setup, django_db_blocker):
    """Another world: a dossier of a park that only waits for the Committee."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), rolled_back():
        made.cheapen_keys(patch)
        world = made.make_world(keys=True)
        yield world, made.proposed(world)


@pytest.fixture
def waiting(before_decision, db):
    cache.clear()
    return before_decision
