"""A park with two enterprises, and people around them: who enters, who approves, who only reads."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.carbon.actions.activities import Given, add_activity
from sinhthai.carbon.actions.inventories import lock_inventory
from sinhthai.carbon.readers.inventory import open_book
from sinhthai.carbon.subject import Subject
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park, Province

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
ROLE = Membership.Role
COAL = Given("stationary", "anthracite", 500.0, "t", category="manufacturing")
POWER = Given("electricity", "electricity", 2_000_000.0, "kWh", scope=2)


def make_person(name, kind, scope_kind, scope_code, role=ROLE.EDITOR):
    user = User.objects.create_user(name, last_name=f"Người {name}")
    body = Organisation.objects.create(code=name, kind=kind, name_vi=f"Tổ chức {name}")
    Scope.objects.create(organisation=body, kind=scope_kind, code=scope_code)
    Membership.objects.create(user=user, organisation=body, role=role)
    return user


def make_enterprise(park, code, name):
    return Enterprise.objects.create(
        park=park, code=code, tax_code=code, name_vi=name, search=fold(name)
    )


def put(subject, given=COAL, year=2023, by=None):
    return add_activity(subject, year, given, at=AT, by=by)


def locked(subject, year=2023, by=None, reason=""):
    digest = open_book(subject, drafts=True).drafts[year].digest
    return lock_inventory(subject, year, expected=digest, reason=reason, at=AT, by=by)


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def park(db):
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    return Park.objects.create(
        code="hiep-phuoc", name_vi="Khu công nghiệp Hiệp Phước", name_en="Hiep Phuoc",
        search="hiep phuoc", province=province, province_now=province,
    )  # fmt: skip


@pytest.fixture
def dairy(park):
    return Subject(park, make_enterprise(park, "0300588569", "Sữa Đại Phát"))


@pytest.fixture
def steel(park):
    return Subject(park, make_enterprise(park, "0301111111", "Thép Nhà Bè"))


@pytest.fixture
def operation(park):
    return Subject(park)


@pytest.fixture
def editor(dairy):
    return make_person("editor", "enterprise", "enterprise", dairy.code)


@pytest.fixture
def approver(dairy):
    return make_person("approver", "enterprise", "enterprise", dairy.code, ROLE.APPROVER)


@pytest.fixture
def office(park):
    return make_person("office", "operator", "park", park.code, ROLE.ADMIN)


@pytest.fixture
def board(park):
    return make_person("board", "management_board", "province", "79", ROLE.ADMIN)


@pytest.fixture
def stranger(steel):
    return make_person("stranger", "enterprise", "enterprise", steel.code, ROLE.ADMIN)


@pytest.fixture
def signed_in():
    def sign_in(user, language="en"):
        client = Client()
        client.cookies["language"] = language
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
