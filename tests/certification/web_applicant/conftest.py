"""A park, an enterprise, and the cast around a dossier: who writes, who sends, who decides."""

import datetime as dt
import hashlib

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.certification.actions.dossiers import open_dossier
from sinhthai.certification.actions.evaluation import ask_supplement
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.contents import fields_of
from sinhthai.certification.models import Paper
from sinhthai.certification.readers.contents import leaves_of
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park, Province
from sinhthai.reporting.models import Record

AT = dt.datetime(2026, 5, 4, 2, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 5, 4)
PDF = b"%PDF-1.7 signed and stamped"
Role = Membership.Role


@pytest.fixture(autouse=True)
def no_cache_left_over():
    cache.clear()


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def join(name, body, role):
    user = User.objects.create_user(name, last_name=f"Người {name}")
    Membership.objects.create(user=user, organisation=body, role=role)
    return user


def body(code, kind, scope="", reach="", **more):
    made = Organisation.objects.create(
        code=code, kind=kind, name_vi=f"Tổ chức {code}", name_en=f"{code} body", **more
    )
    if scope:
        Scope.objects.create(organisation=made, kind=scope, code=reach)
    return made


@pytest.fixture
def province(db):
    return Province.objects.create(
        code="79", valid_from=dt.date(2025, 7, 1), name="Thành phố Hồ Chí Minh", search="hcm"
    )


def make_park(code, name, province):
    return Park.objects.create(
        code=code, name_vi=f"Khu công nghiệp {name}", name_en=f"{name} park",
        search=fold(name), province=province, province_now=province,
    )  # fmt: skip


@pytest.fixture
def park(province):
    return make_park("hiep-phuoc", "Hiệp Phước", province)


@pytest.fixture
def other_park(province):
    return make_park("cat-lai", "Cát Lái", province)


@pytest.fixture
def enterprise(park):
    return Enterprise.objects.create(
        park=park, code="0300000001", tax_code="0300000001", name_vi="Sữa Đại Phát",
        name_en="Dai Phat Milk", search="sua dai phat",
    )  # fmt: skip


@pytest.fixture
def office(park):
    return body("office", "operator", "park", park.code)


@pytest.fixture
def writer(office):
    """Prepares what the park office files."""
    return join("writer", office, Role.EDITOR)


@pytest.fixture
def sender(office):
    """May send what somebody else prepared."""
    return join("sender", office, Role.APPROVER)


@pytest.fixture
def onlooker(office):
    """Of the park office, and may only read."""
    return join("onlooker", office, Role.VIEWER)


@pytest.fixture
def board(province):
    made = body(
        "board", "management_board", "province", province.code, authority="management_board"
    )
    return join("boarder", made, Role.EDITOR)


@pytest.fixture
def committee(province):
    made = body(
        "ubnd", "peoples_committee", "province", province.code, authority="peoples_committee"
    )
    return join("chair", made, Role.APPROVER)


@pytest.fixture
def ministry(db):
    return join("ministry", body("ministry", "ministry", "country"), Role.ADMIN)


@pytest.fixture
def consulted(db):
    """Of a ministry that is asked for its opinion."""
    made = body("moit", "ministry", authority="industry_trade_ministry")
    return join("adviser", made, Role.APPROVER)


@pytest.fixture
def stranger(other_park):
    return join("stranger", body("others", "operator", "park", other_park.code), Role.ADMIN)


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
def dossier(park, writer):
    """A draft of the park, with nothing reported."""
    return open_dossier(user=writer, kind="issue", park=park, on=ON, year=2025, at=AT)


@pytest.fixture
def written(dossier):
    """The draft with every field written and every criterion explained, by the rows."""
    words = {field.id: f"Nội dung {field.id}" for field in fields_of("park")}
    words |= {f"explain:{leaf.id}": "Giải trình" for leaf in leaves_of(dossier)}
    dossier.contents = words
    dossier.save()
    return dossier


def put_paper(dossier, slot, origin, by, content=PDF, at=AT, **more):
    """Keep a file as a row, without the act."""
    return Paper.objects.create(
        dossier=dossier, slot=slot, origin=origin, file=ContentFile(content, f"{slot}.pdf"),
        file_name=f"{slot}.pdf", sha256=hashlib.sha256(content).hexdigest(), size=len(content), by=by,
        at=at, **more,
    )  # fmt: skip


@pytest.fixture
def ready(written, writer, sender):
    """The draft with every paper assembled and signed."""
    later = AT + dt.timedelta(minutes=5)
    for slot in ("letter", "operation", "assessment"):
        put_paper(written, slot, "assembled", writer, at=AT)
        put_paper(written, slot, "signed", sender, at=later)
    return written


@pytest.fixture
def sent(ready, sender):
    """Sent to the Board, by the rows of the step itself."""
    return take_step(user=sender, dossier=ready, step="submit", at=AT + dt.timedelta(minutes=10))


@pytest.fixture
def asked(sent, board):
    """Sent, and something asked for by the Board."""
    ask_supplement(
        user=board, dossier=sent, items=[("field:operation", "Nêu rõ công suất")],
        at=AT + dt.timedelta(minutes=20),
    )  # fmt: skip
    sent.refresh_from_db()
    return sent


def report(park, **values):
    """Record what the park reported of the year of the dossier."""
    return Record.objects.create(
        park=park, year=2025, recorded_at=AT, source="Báo cáo A.4", values=values
    )
