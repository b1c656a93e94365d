"""The world of an attack, built once a file; what a test does to it is undone."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.certification.attacks.stage import build, rolled_back


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
