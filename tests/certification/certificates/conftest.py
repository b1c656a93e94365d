"""A park, an enterprise, their issuing bodies with keys, and dossiers ready to be decided."""

import pytest
from django.test import Client
from tests.certification.certificates import dossiers
from tests.certification.certificates.dossiers import AT, make_person

from sinhthai.certification.actions.issuer import create_key
from sinhthai.certification.engine import keys as key_room
from sinhthai.registry import actions
from sinhthai.registry.models import Province


@pytest.fixture
def territory(db):
    actions.load_territory(AT)
    return {row.code: row for row in Province.objects.filter(valid_until=None)}


@pytest.fixture
def park(territory):
    return actions.add_park(
        code="hiep-phuoc", name_vi="Khu công nghiệp Hiệp Phước", name_en="Hiep Phuoc",
        province_now=territory["79"], at=AT,
    )  # fmt: skip


@pytest.fixture
def enterprise(park):
    return actions.add_enterprise(
        park, code="0300588569", tax_code="0300588569", name_vi="Sữa Đại Phát",
        name_en="Dai Phat Milk", invented=True, at=AT,
    )  # fmt: skip


@pytest.fixture
def decider(park):
    """An approver of the People's Committee."""
    return make_person("ubnd-79", "peoples_committee", "79")


@pytest.fixture
def board(park):
    """An approver of the Management Board."""
    return make_person("ban-quan-ly-79", "management_board", "79")


@pytest.fixture
def passphrase(monkeypatch):
    monkeypatch.setenv("SINHTHAI_ISSUER_PASSPHRASE", "một câu dài để thử khóa")
    # Guessing need not be dear here; test_proof locks and opens at the real price.
    monkeypatch.setitem(key_room._SCRYPT, "n", 2**4)
    key_room._stretched.cache_clear()
    yield
    key_room._stretched.cache_clear()


@pytest.fixture
def keys(decider, board, passphrase):
    for person in (decider, board):
        create_key(dossiers.body_of(person), at=AT)


@pytest.fixture
def issued(park, decider, keys):
    """A certificate of the park."""
    return dossiers.issue(dossiers.ready(park), decider)


@pytest.fixture
def client_of():
    def sign_in(user=None):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
