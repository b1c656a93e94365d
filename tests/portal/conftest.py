"""A small country for the portal: three parks in two provinces, findings, and the usual cast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.assessment.actions import assess_parks
from sinhthai.registry.actions import FactGiven, add_park, load_territory, record_facts
from sinhthai.registry.models import Park, Province

AT = dt.datetime(2026, 2, 14, 9, 0, tzinfo=dt.UTC)


def province(code: str) -> Province:
    return Province.objects.get(code=code, valid_until=None)


def person(name: str, kind: str, scope: str, code: str) -> User:
    organisation = Organisation.objects.create(code=name, kind=kind, name_vi=name)
    Scope.objects.create(organisation=organisation, kind=scope, code=code)
    user = User.objects.create_user(name)
    Membership.objects.create(user=user, organisation=organisation, role=Membership.Role.EDITOR)
    return user


@pytest.fixture
def country(db: None) -> SimpleNamespace:
    """Hiệp Phước (Hồ Chí Minh), Tân Đô (Long An, now Tây Ninh), an invented one in Hải Phòng."""
    load_territory(AT)
    hiep_phuoc = add_park(
        code="hiep-phuoc", name_vi="Khu công nghiệp Hiệp Phước", name_en="Hiep Phuoc",
        province_now=province("79"), lat=10.63, lon=106.76, at=AT,
    )  # fmt: skip
    tan_do = add_park(
        code="tan-do", name_vi="Khu công nghiệp Tân Đô", name_en="Tan Do",
        province=Province.objects.get(name="Long An"), province_now=province("80"),
        lat=10.79, lon=106.48, at=AT,
    )  # fmt: skip
    made_up = add_park(
        code="song-xanh", name_vi="Khu công nghiệp Sông Xanh (giả định)",
        name_en="Song Xanh (invented)", province_now=province("31"), lat=20.9, lon=106.4,
        invented=True, at=AT,
    )  # fmt: skip
    record_facts(
        hiep_phuoc,
        [FactGiven(field="area_ha", value="1686", number=1686, source="a newspaper", as_of="2022")],
        at=AT,
    )
    parks = [hiep_phuoc, tan_do, made_up]
    assess_parks(parks, family="vn-eip", on=dt.date(2025, 12, 31), at=AT)
    return SimpleNamespace(
        parks={park.code: park for park in parks},
        owner=person("owner", "operator", "park", "hiep-phuoc"),
        inspector=person("inspector", "management_board", "province", "79"),
        stranger=person("stranger", "operator", "park", "tan-do"),
        ministry=person("ministry", "ministry", "country", ""),
    )


@pytest.fixture
def sign_in(client: Client) -> Callable[[User | None], Client]:
    """Return a client signed in as that person; nobody for None."""

    def sign_in_(user: User | None) -> Client:
        client.logout()
        if user is not None:
            client.force_login(user)
        return client

    return sign_in_


@pytest.fixture
def many_parks(country: SimpleNamespace) -> SimpleNamespace:
    """The same country with 436 parks, each with findings."""
    home = province("79")
    more = Park.objects.bulk_create(
        Park(
            code=f"park-{number}", name_vi=f"Khu {number}", name_en=f"Park {number}",
            search=f"khu {number} park", province=home, province_now=home, lat=10.5, lon=106.5,
        )
        for number in range(433)
    )  # fmt: skip
    assess_parks(more, family="vn-eip", on=dt.date(2025, 12, 31), at=AT)
    return country
