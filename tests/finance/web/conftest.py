"""A park, an enterprise with a project, two banks, and the cast around them."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.finance.actions.appraisals import save_appraisal
from sinhthai.finance.actions.dossier import attach_document, record_result
from sinhthai.finance.actions.projects import Stated, Step, move, open_project
from sinhthai.finance.engine.assumptions import Assumptions
from sinhthai.finance.models import ProjectEvent
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park, Province

STATED = Stated("Lắp biến tần", "equipment-upgrade", "", "medium", 200e6, 0.2)
GIVEN = Assumptions(
    investment=200e6, life=10, rate=0.1, horizon=10, first_year=2026, electricity_mwh=60.0,
    price_from="own", own_price=1833.0, grid_factor=0.6592,
)  # fmt: skip


def body(name, kind, *scope):
    made = Organisation.objects.create(
        code=name, kind=kind, name_vi=f"Tổ chức {name}", name_en=f"Body {name}"
    )
    if scope:
        Scope.objects.create(organisation=made, kind=scope[0], code=scope[1])
    return made


def joins(name, organisation, role):
    user = User.objects.create_user(name, last_name=f"Người {name}")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture
def park(db):
    province = Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )
    return Park.objects.create(
        code="hiep-phuoc", name_vi="KCN Hiệp Phước", name_en="Hiep Phuoc", search="hiep phuoc",
        province=province, province_now=province, lat=10.6, lon=106.7,
    )  # fmt: skip


def make_enterprise(park, code, name, vsic="2592"):
    return Enterprise.objects.create(
        park=park, code=code, tax_code=code, name_vi=name, search=fold(name), vsic=vsic
    )


@pytest.fixture
def enterprise(park):
    return make_enterprise(park, "0300000001", "Cơ khí Sông Xanh")


@pytest.fixture
def ours(enterprise):
    return body("ours", "enterprise", "enterprise", enterprise.code)


@pytest.fixture
def approver(ours):
    return joins("approver", ours, Membership.Role.APPROVER)


@pytest.fixture
def editor(ours):
    return joins("editor", ours, Membership.Role.EDITOR)


@pytest.fixture
def viewer(ours):
    return joins("viewer", ours, Membership.Role.VIEWER)


@pytest.fixture
def office(park):
    return joins("office", body("office", "operator", "park", park.code), Membership.Role.EDITOR)


@pytest.fixture
def board(park):
    return joins(
        "board", body("board", "management_board", "province", "79"), Membership.Role.ADMIN
    )


@pytest.fixture
def bank(db):
    return body("bank", "bank")


@pytest.fixture
def banker(bank):
    return joins("banker", bank, Membership.Role.EDITOR)


@pytest.fixture
def other_banker(db):
    return joins("other-banker", body("other-bank", "bank"), Membership.Role.EDITOR)


@pytest.fixture
def stranger(db):
    return joins("stranger", body("stranger", "enterprise", "enterprise", "999"), "admin")


@pytest.fixture
def signed_in():
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def project(editor, enterprise):
    return open_project(user=editor, enterprise=enterprise, stated=STATED, at=timezone.now())


def step(user, project, to, **more):
    last = project.events.filter(what__in=("opened", "step")).latest("pk")
    taken = Step(to=to, on=timezone.localdate(), seen=last.pk, **more)
    event = move(user=user, project=project, step=taken, at=timezone.now())
    project.refresh_from_db()
    return event


def paper(user, project, item, content=b"%PDF-1.7"):
    return attach_document(
        user=user, project=project, item=item, title="", file_name="x.pdf",
        content=content + item.encode(), at=timezone.now(),
    )  # fmt: skip


def carry(user, project, to, verifier=None):
    """Take *project* from idea to stage *to* as its people would."""
    way = (
        "screened",
        "pre_feasibility",
        "bankable",
        "applied",
        "approved",
        "disbursed",
        "verified",
    )
    for stage in way[: way.index(to) + 1]:
        if stage == "pre_feasibility":
            save_appraisal(user=user, project=project, given=GIVEN, at=timezone.now())
        if stage == "bankable":
            paper(user, project, "environment-procedure")
            paper(user, project, "technical-file")
        more = {"amount": 120e6} if stage in ("applied", "approved", "disbursed") else {}
        if stage == "applied":
            more["fund"] = "bank-green-credit"
        if stage == "verified":
            record_result(
                user=user, project=project, year=timezone.localdate().year, investment_vnd=210e6,
                saving_vnd=95e6, co2e_t=35.0, source="Đồng hồ đo", at=timezone.now(),
            )  # fmt: skip
        step(verifier if stage == "verified" and verifier else user, project, stage, **more)
    return project


def events(project, what):
    return list(ProjectEvent.objects.filter(project=project, what=what))
