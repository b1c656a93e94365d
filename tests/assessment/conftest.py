"""A small park in the store, its office, and the cast around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park, Province
from sinhthai.reporting.models import Record

NOW = dt.datetime(2026, 2, 14, 8, 0, tzinfo=dt.UTC)
DAY = dt.date(2025, 12, 31)


def make_person(name: str, kind: str, scope: str, code: str, role: str) -> User:
    user = User.objects.create_user(username=name, password="x" * 12)
    body = Organisation.objects.create(code=name, kind=kind, name_vi=name)
    Scope.objects.create(organisation=body, kind=scope, code=code)
    Membership.objects.create(user=user, organisation=body, role=role)
    return user


def make_park(code: str, name: str, province: Province, **more: Any) -> Park:
    return Park.objects.create(
        code=code, name_vi=f"Khu công nghiệp {name}", name_en=f"{name} Industrial Park",
        search=fold(name), province=province, province_now=province, **more,
    )  # fmt: skip


def make_record(park: Park, enterprise: Enterprise | None = None, **more: Any) -> Record:
    given = {"year": 2025, "recorded_at": NOW, "source": "Báo cáo A.4"} | more
    return Record.objects.create(park=park, enterprise=enterprise, **given)


@pytest.fixture
def province(db: None) -> Province:
    return Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )


@pytest.fixture
def park(province: Province) -> Park:
    """Hiệp Phước: land too small, RECP not decidable, one enterprise each way."""
    park = make_park("hiep-phuoc", "Hiệp Phước", province)
    make_record(
        park,
        values={
            "plan_area_ha": 240, "greenery_ha": 22.6, "roads_ha": 20.3, "technical_ha": 4.9,
            "social_ha": 2.6, "symbiosis_count": 2, "io_monitoring": True,
        },
        cells={"greenery_ha": "KCN · Park!E12"},
    )  # fmt: skip
    answers = ({"recp_applied": True, "recp_result_measured": True}, {"recp_applied": False}, {})
    for number, values in enumerate(answers, start=1):
        code = f"030000000{number}"
        one = Enterprise.objects.create(
            park=park, code=code, name_vi=f"Công ty Thép {number}", search=f"cong ty thep {number}"
        )
        EnterpriseStatus.objects.create(
            enterprise=one, status="operating", valid_from=dt.date(2019, 1, 1)
        )
        if values:
            make_record(park, one, values=values)
    return park


@pytest.fixture
def owner(park: Park) -> User:
    return make_person("owner", "operator", "park", park.code, Membership.Role.EDITOR)


@pytest.fixture
def viewer(park: Park) -> User:
    return make_person("viewer", "adviser", "park", park.code, Membership.Role.VIEWER)


@pytest.fixture
def inspector(park: Park) -> User:
    return make_person("inspector", "management_board", "province", "79", Membership.Role.APPROVER)


@pytest.fixture
def stranger(province: Province) -> User:
    make_park("amata", "Amata", province)
    return make_person("stranger", "operator", "park", "amata", Membership.Role.ADMIN)


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """Return a client of a person (None: nobody) in a language."""

    def signed_in(user: User | None, language: str = "vi") -> Client:
        client = Client()
        client.cookies["language"] = language
        if user is not None:
            client.force_login(user)
        return client

    return signed_in
