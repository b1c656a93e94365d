"""A park with two enterprises, its office, and the cast around it."""

import dataclasses
import datetime as dt

import pytest
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park, Province
from sinhthai.reporting.engine.workbook import Stated, write_workbook
from sinhthai.reporting.workbooks import workbook_spec

YEAR = 2025
NOW = dt.datetime(2026, 2, 14, 8, 0, tzinfo=dt.UTC)


def later(**passed):
    return NOW + dt.timedelta(**passed)


def make_person(name, kind, scope_kind, scope_code, role):
    user = User.objects.create_user(username=name, password="x" * 12)
    organisation = Organisation.objects.create(code=name, kind=kind, name_vi=name)
    Scope.objects.create(organisation=organisation, kind=scope_kind, code=scope_code)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def make_park(code, name, province):
    return Park.objects.create(
        code=code,
        name_vi=name,
        name_en=f"{name} park",
        search=fold(name),
        province=province,
        province_now=province,
    )


def make_enterprise(park, code, name, status="operating"):
    enterprise = Enterprise.objects.create(
        park=park, code=code, tax_code=code, name_vi=name, search=fold(name)
    )
    EnterpriseStatus.objects.create(
        enterprise=enterprise, status=status, valid_from=dt.date(2019, 1, 1)
    )
    return enterprise


@pytest.fixture
def province(db):
    return Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )


@pytest.fixture
def park(province):
    return make_park("hiep-phuoc", "Hiệp Phước", province)


@pytest.fixture
def dairy(park):
    return make_enterprise(park, "0300588569", "Công ty Sữa Đại Phát")


@pytest.fixture
def steel(park):
    return make_enterprise(park, "0301446221", "Công ty Thép Nam Việt")


@pytest.fixture
def owner(park):
    return make_person("owner", "operator", "park", park.code, Membership.Role.EDITOR)


@pytest.fixture
def colleague(park):
    return make_person("colleague", "operator", "park", park.code, Membership.Role.EDITOR)


@pytest.fixture
def viewer(park):
    return make_person("viewer", "adviser", "park", park.code, Membership.Role.VIEWER)


@pytest.fixture
def inspector(park):
    return make_person("inspector", "management_board", "province", "79", Membership.Role.APPROVER)


@pytest.fixture
def stranger(province):
    other = Province.objects.create(
        code="75", valid_from=dt.date(2025, 7, 1), name="Đồng Nai", search="dong nai"
    )
    make_park("amata", "Amata", other)
    return make_person("stranger", "operator", "park", "amata", Membership.Role.ADMIN)


@pytest.fixture
def sign_in():
    def signed_in(user, language="vi"):
        client = Client()
        client.cookies["language"] = language
        if user is not None:
            client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def fill(park):
    """The park's workbook as downloaded at an instant, then filled in by hand."""

    def filled(own=None, each=None, *, at=NOW, year=YEAR):
        spec = workbook_spec(park, year, at=at)
        rows = tuple(
            dataclasses.replace(row, values={**row.values, **_answers((each or {}).get(row.code))})
            for row in spec.enterprises
        )
        values = {**spec.park_values, **_answers(own)}
        return write_workbook(dataclasses.replace(spec, park_values=values, enterprises=rows))

    return filled


def _answers(said):
    return {
        code: value if isinstance(value, Stated) else Stated(value)
        for code, value in (said or {}).items()
    }
