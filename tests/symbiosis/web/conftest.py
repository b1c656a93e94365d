"""Two parks, five enterprises with streams, and the cast around them."""

import dataclasses
import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.accounts.tokens import create_token
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park, Province
from sinhthai.symbiosis.actions.streams import add_stream
from sinhthai.symbiosis.engine.given import StreamGiven

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)


def make_person(name, kind, scope_kind, scope_code, role=Membership.Role.EDITOR):
    user = User.objects.create_user(name, last_name=f"Người {name}", password="x" * 12)
    body = Organisation.objects.create(code=name, kind=kind, name_vi=f"Tổ chức {name}")
    Scope.objects.create(organisation=body, kind=scope_kind, code=scope_code)
    Membership.objects.create(user=user, organisation=body, role=role)
    return user


def make_park(code, name, province, lat, lon):
    return Park.objects.create(
        code=code, name_vi=name, name_en=f"{name} park", search=fold(name),
        province=province, province_now=province, lat=lat, lon=lon,
    )  # fmt: skip


def make_enterprise(park, code, name, vsic, lat=None, lon=None):
    return Enterprise.objects.create(
        park=park, code=code, tax_code=code, name_vi=name, search=fold(name), vsic=vsic,
        lat=lat, lon=lon,
    )  # fmt: skip


ASH = StreamGiven(
    direction="offer", name="Tro bay nồi hơi", unit="t", material="coal-fly-ash",
    code="ewc:100102", quantity=3150.0, hazard="TT", sorted=True, state="solid",
)  # fmt: skip


def put(enterprise, **changes):
    """Enter a stream as the system itself; fly ash on offer unless said otherwise."""
    origin = changes.pop("origin", "entered")
    given = dataclasses.replace(ASH, **changes)
    return add_stream(enterprise, given, at=AT, by=None, origin=origin)


def need_of_ash(enterprise, **changes):
    """Enter what can take fly ash."""
    kept = {"direction": "need", "name": "Phụ gia xi măng", "material": NEED, "code": ""}
    rest = {"hazard": "", "sorted": None, "quantity": 8000.0}
    return put(enterprise, **{**kept, **rest, **changes})


NEED = "cement-additive"


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def province(db):
    return Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )


@pytest.fixture
def park(province):
    return make_park("hiep-phuoc", "Hiệp Phước", province, 10.634, 106.758)


@pytest.fixture
def other_park(province):
    return make_park("cat-lai", "Cát Lái", province, 10.765, 106.785)


@pytest.fixture
def power(park):
    return make_enterprise(park, "0300000001", "Nhiệt điện Ánh Dương", "3511")


@pytest.fixture
def cement(other_park):
    return make_enterprise(other_park, "0300000002", "Xi măng Bình Minh", "2394")


@pytest.fixture
def owner(power):
    return make_person("power", "enterprise", "enterprise", power.code)


@pytest.fixture
def partner(cement):
    return make_person("cement", "enterprise", "enterprise", cement.code)


@pytest.fixture
def reader(power):
    """May read the streams of the power plant, not change them."""
    return make_person("reader", "enterprise", "enterprise", power.code, Membership.Role.VIEWER)


@pytest.fixture
def facilitator(park):
    return make_person("office", "operator", "park", park.code)


@pytest.fixture
def inspector(park):
    return make_person("board", "management_board", "province", "79", Membership.Role.APPROVER)


@pytest.fixture
def ministry(db):
    return make_person("ministry", "ministry", "country", "", Membership.Role.ADMIN)


@pytest.fixture
def stranger(other_park):
    return make_person("stranger", "operator", "park", other_park.code)


@pytest.fixture
def sign_in():
    def signed_in(user, language="en"):
        client = Client()
        client.cookies["language"] = language
        if user is not None:
            client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def ash(power):
    return put(power)


@pytest.fixture
def wish(cement):
    return need_of_ash(cement)


@pytest.fixture
def brick(park):
    return make_enterprise(park, "0300000003", "Gạch Hòa Bình", "2392")


@pytest.fixture
def colleague(park):
    """A second facilitator of the park."""
    return make_person("colleague", "adviser", "park", park.code)


@pytest.fixture
def by_token():
    def asking(user, method, url, body=None):
        _token, plain = create_token(user=user, name="x", at=timezone.now(), expires_at=None)
        options = {"headers": {"Authorization": f"Bearer {plain}"}}
        if body is not None:
            options |= {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(Client(), method)(f"/api{url}", **options)

    return asking
