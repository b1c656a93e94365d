"""A park with four enterprises and everybody who comes to an audit, or does not."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.efficiency.actions.audits import open_audit
from sinhthai.efficiency.actions.baseline import Given, enter_baseline
from sinhthai.efficiency.actions.measures import (
    SizeGiven,
    choose_measure,
    plan_measure,
    size_measure,
)
from sinhthai.efficiency.actions.steps import ResultGiven, move_measure, record_result
from sinhthai.efficiency.actions.walk import attach_file
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park, Province

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
TODAY = AT.date()
PDF = b"%PDF-1.7 acceptance"


def make_person(name, kind, scope_kind, scope_code, role=Membership.Role.EDITOR):
    user = User.objects.create_user(name, last_name=f"Người {name}")
    body = Organisation.objects.create(code=name, kind=kind, name_vi=f"Tổ chức {name}")
    Scope.objects.create(organisation=body, kind=scope_kind, code=scope_code)
    Membership.objects.create(user=user, organisation=body, role=role)
    return user


def make_enterprise(park, code, name, vsic="1313"):
    return Enterprise.objects.create(
        park=park, code=code, tax_code=code, name_vi=name, search=fold(name), vsic=vsic
    )


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
    return Park.objects.create(
        code="hiep-phuoc", name_vi="Hiệp Phước", name_en="Hiep Phuoc", search="hiep phuoc",
        province=province, province_now=province,
    )  # fmt: skip


@pytest.fixture
def other_park(province):
    return Park.objects.create(
        code="cat-lai", name_vi="Cát Lái", name_en="Cat Lai", search="cat lai",
        province=province, province_now=province,
    )  # fmt: skip


@pytest.fixture
def mill(park):
    return make_enterprise(park, "0300000001", "Dệt nhuộm Sông Hậu")


@pytest.fixture
def own(mill):
    return make_person("own", "enterprise", "enterprise", mill.code)


@pytest.fixture
def colleague(mill):
    return make_person("colleague", "enterprise", "enterprise", mill.code)


@pytest.fixture
def adviser(park):
    return make_person("adviser", "adviser", "park", park.code)


@pytest.fixture
def office(park):
    return make_person("office", "operator", "park", park.code)


@pytest.fixture
def board(park):
    return make_person("board", "management_board", "province", "79", Membership.Role.APPROVER)


@pytest.fixture
def ministry(db):
    return make_person("ministry", "ministry", "country", "", Membership.Role.ADMIN)


@pytest.fixture
def stranger(other_park):
    return make_person("stranger", "adviser", "park", other_park.code)


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
def audit(mill, adviser):
    return open_audit(user=adviser, enterprise=mill, year=2023, lead="Tổ năng lượng", at=AT)


def metered(audit, user, use, quantity, carrier="electricity", price=None):
    given = Given(carrier, use, quantity, price, "measured", "meter")
    return enter_baseline(user=user, audit=audit, given=given, at=AT)


def chosen(audit, user, measure, share=None, investment=None):
    """Choose a measure, and size it by a share of its use."""
    row = choose_measure(user=user, audit=audit, measure=measure, at=AT)
    if share is not None:
        given = SizeGiven("share", share=share, investment_vnd=investment)
        size_measure(user=user, row=row, given=given, at=AT)
    row.refresh_from_db()
    return row


def step(row, user, to, on=TODAY, reason=""):
    seen = row.events.order_by("-pk").first().pk
    return move_measure(user=user, row=row, to=to, on=on, reason=reason, seen=seen, at=AT)


def planned(row, user):
    plan_measure(user=user, row=row, responsible="Quản đốc", due_on=dt.date(2026, 9, 1), at=AT)
    step(row, user, "planned")
    return row


def implemented(row, user, content=PDF):
    planned(row, user)
    step(row, user, "in_implementation")
    attach_file(
        user=user, audit=row.audit, measure=row, title="", file_name="bb.pdf",
        content=content + str(row.pk).encode(), at=AT,
    )  # fmt: skip
    step(row, user, "implemented")
    return row


def measured(row, user, before, after, **more):
    kept = {"year": 2026, "carrier": "electricity", "activity_before": None}
    kept |= {"activity_after": None, "source": "meter"} | more
    given = ResultGiven(before=before, after=after, **kept)
    return record_result(user=user, row=row, given=given, at=AT)


def verified(row, user, by, before, after, **more):
    implemented(row, user)
    measured(row, user, before, after, **more)
    step(row, by, "verified")
    row.refresh_from_db()
    return row
