"""A park of Ho Chi Minh City with an enterprise, another park, and the cast of four."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.site.cast import AT, make_person

from sinhthai.registry import actions
from sinhthai.registry.models import Province


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


@pytest.fixture
def territory(db):
    actions.load_territory(AT)
    return {row.code: row for row in Province.objects.filter(valid_until=None)}


@pytest.fixture
def park(territory):
    return actions.add_park(
        code="hiep-phuoc",
        name_vi="Khu công nghiệp Hiệp Phước",
        name_en="Hiep Phuoc",
        province_now=territory["79"],
        at=AT,
    )


@pytest.fixture
def other_park(territory):
    return actions.add_park(
        code="tan-do",
        name_vi="Khu công nghiệp Tân Đô",
        name_en="Tan Do",
        province_now=territory["80"],
        at=AT,
    )


@pytest.fixture
def enterprise(park):
    return actions.add_enterprise(
        park, code="0300588569", tax_code="0300588569", name_vi="Sữa Đại Phát", name_en="Dai Phat Milk",
        invented=True, at=AT,
    )  # fmt: skip


@pytest.fixture
def owner(park):
    return make_person("owner", "operator", "park", park.code)


@pytest.fixture
def inspector(park):
    return make_person("inspector", "management_board", "province", "79")


@pytest.fixture
def stranger(other_park):
    return make_person("stranger", "operator", "park", other_park.code)


@pytest.fixture
def ministry(db):
    return make_person("ministry", "ministry", "country", "")


@pytest.fixture
def signed_in():
    def sign_in(user, **options):
        client = Client(**options)
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
