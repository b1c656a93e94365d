"""A small register: parks of both eras, one with enterprises, and the cast of four."""

import datetime as dt

import pytest
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.registry import actions
from sinhthai.registry.models import EnterpriseStatus, Province

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)


def make_person(name, kind, scope_kind, scope_code, role=Membership.Role.ADMIN):
    user = User.objects.create_user(username=name, password="x" * 12)
    organisation = Organisation.objects.create(code=name, kind=kind, name_vi=name, name_en=name)
    Scope.objects.create(organisation=organisation, kind=scope_kind, code=scope_code)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture
def territory(db):
    actions.load_territory(AT)
    return {(row.code, row.valid_until is None): row for row in Province.objects.all()}


@pytest.fixture
def hiep_phuoc(territory):
    park = actions.add_park(
        code="hiep-phuoc",
        name_vi="Khu công nghiệp Hiệp Phước",
        name_en="Hiep Phuoc Industrial Park",
        other_names="KCN Nhà Bè",
        province=territory["79", False],
        province_now=territory["79", True],
        lat=10.6295079,
        lon=106.7556181,
        point_source="OpenStreetMap way/1357939694",
        at=AT,
    )
    actions.record_facts(
        park,
        [
            actions.FactGiven("area_ha", "1686", "theinvestor.vn", 1686, "ha", "2022", "high"),
            actions.FactGiven("area_ha", "1700", "a brochure", 1700, "ha", "2024", "low"),
            actions.FactGiven(
                "projects", "189", "en.sggp.org.vn", 189, "projects", "2023-09", "high"
            ),
        ],
        at=AT,
    )
    return park


@pytest.fixture
def tan_do(territory):
    """A park of Long An, which went into Tây Ninh."""
    return actions.add_park(
        code="tan-do",
        name_vi="Khu công nghiệp Tân Đô",
        name_en="Tan Do",
        province=territory["80", False],
        province_now=territory["80", True],
        at=AT,
    )


@pytest.fixture
def new_park(territory):
    """A park entered after the merger: its older province is not known."""
    return actions.add_park(
        code="moi",
        name_vi="Khu công nghiệp Đồng Mới",
        name_en="Dong Moi",
        province_now=territory["37", True],
        at=AT,
    )


@pytest.fixture
def factory(hiep_phuoc):
    enterprise = actions.add_enterprise(
        hiep_phuoc,
        code="0300588569",
        tax_code="0300588569",
        name_vi="Công ty TNHH Sữa Đại Phát",
        name_en="Dai Phat Milk",
        vsic="1050",
        employees=320,
        country="Việt Nam",
        invented=True,
        at=AT,
    )
    for status, year in (("leased", 2015), ("operating", 2017)):
        EnterpriseStatus.objects.create(
            enterprise=enterprise, status=status, valid_from=dt.date(year, 3, 1)
        )
    return enterprise


@pytest.fixture
def owner(hiep_phuoc):
    return make_person("owner", "operator", "park", "hiep-phuoc")


@pytest.fixture
def inspector(territory):
    return make_person("inspector", "management_board", "province", "79")


@pytest.fixture
def stranger(tan_do):
    return make_person("stranger", "operator", "park", "tan-do")


@pytest.fixture
def ministry(db):
    return make_person("ministry", "ministry", "country", "")


@pytest.fixture
def signed_in():
    def sign_in(user):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in
