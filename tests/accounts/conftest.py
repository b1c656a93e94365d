"""Two organisations and their people."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.accounts.cast import organisation, person


@pytest.fixture(autouse=True)
def no_limits_left_over():
    """The tries of one test do not count in the next."""
    cache.clear()


@pytest.fixture
def office(db):
    return organisation("office", ("park", "hiep-phuoc"))


@pytest.fixture
def admin(office):
    return person("admin", office, "admin")


@pytest.fixture
def editor(office):
    return person("editor", office, "editor")


@pytest.fixture
def other_admin(db):
    return person("other", organisation("other-office", ("park", "tan-do")), "admin")


@pytest.fixture
def signed_in():
    def sign_in(user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
