"""Every address of reports and imports, for the cast: a stranger learns nothing, not even 403."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from sinhthai.reporting import actions
from sinhthai.reporting.models import Batch, Evidence, Record, Report
from sinhthai.reporting.views.answers import file_response

from .conftest import YEAR, later

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PDF = b"%PDF-1.7\n% a certificate"

# name -> methods; how each is filled in is in `address`
READ = [
    "reports",
    "report",
    "workbook",
    "values_export",
    "value",
    "imports",
    "batch",
    "batch_errors",
    "batch_file",
    "evidence_file",
]
WRITE = [
    "upload",
    "value",
    "evidence_attach",
    "report_submit",
    "batch_apply",
    "batch_revert",
    "batch_discard",
    "evidence_withdraw",
]
DECIDE = ["report_approve", "report_return"]


@pytest.fixture
def things(park, dairy, owner, fill):
    """One of each thing an address can name."""
    batch = actions.upload_workbook(
        user=owner,
        park=park,
        year=YEAR,
        file_name="hp.xlsx",
        content=fill({"greenery_ha": -1.0}),
        at=later(hours=1),
    )
    actions.set_value(
        user=owner, park=park, year=YEAR, item="greenery_ha", value=40.0, at=later(hours=2)
    )
    evidence = actions.attach_evidence(
        user=owner,
        park=park,
        year=YEAR,
        item="greenery_ha",
        file_name="map.pdf",
        content=PDF,
        at=later(hours=3),
    )
    return {"park": park.code, "batch": batch.pk, "evidence": evidence.pk}


def address(name, things):
    year, batch = f"/parks/{things['park']}/reports/{YEAR}/", f"/parks/{things['park']}/imports/"
    one = f"{batch}{things['batch']}/"
    return {
        "reports": f"/parks/{things['park']}/reports/",
        "upload": f"/parks/{things['park']}/reports/upload/",
        "report": year,
        "workbook": f"{year}workbook.xlsx",
        "values_export": f"{year}values.csv",
        "value": f"{year}values/greenery_ha/",
        "evidence_attach": f"{year}values/greenery_ha/evidence/",
        "report_submit": f"{year}submit/",
        "report_approve": f"{year}approve/",
        "report_return": f"{year}return/",
        "imports": batch,
        "batch": one,
        "batch_apply": f"{one}apply/",
        "batch_revert": f"{one}revert/",
        "batch_discard": f"{one}discard/",
        "batch_errors": f"{one}errors.xlsx",
        "batch_file": f"{one}file.xlsx",
        "evidence_file": f"/evidence/{things['evidence']}/",
        "evidence_withdraw": f"/evidence/{things['evidence']}/withdraw/",
    }[name]


def test_the_lists_of_this_file_name_every_address():
    from sinhthai.reporting.urls import urlpatterns

    assert {*READ, *WRITE, *DECIDE} == {pattern.name for pattern in urlpatterns}
    assert set(get_resolver().reverse_dict) >= {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("name", READ)
def test_reading_is_for_those_inside_the_park(
    name, things, owner, viewer, inspector, stranger, sign_in
):
    path = address(name, things)
    for person in (owner, viewer, inspector):
        assert sign_in(person).get(path).status_code == 200, person
    for person in (stranger, None):
        assert sign_in(person).get(path).status_code == 404, person


@pytest.mark.parametrize("name", WRITE)
def test_writing_is_for_the_office_only(name, things, viewer, inspector, stranger, sign_in):
    before = (Record.objects.count(), Batch.objects.count(), Evidence.objects.count())
    for person in (viewer, inspector, stranger, None):
        answer = sign_in(person).post(address(name, things), {"value": "1", "year": YEAR})
        assert answer.status_code == 404, person
    assert (Record.objects.count(), Batch.objects.count(), Evidence.objects.count()) == before
    assert Batch.objects.get(pk=things["batch"]).state == Batch.State.PREVIEW
    assert Evidence.objects.get(pk=things["evidence"]).withdrawn_at is None
    assert Report.objects.get().state == Report.State.DRAFT


def test_the_upload_page_opens_for_the_office_only(
    things, owner, viewer, inspector, stranger, sign_in
):
    assert sign_in(owner).get(address("upload", things)).status_code == 200
    for person in (viewer, inspector, stranger, None):
        assert sign_in(person).get(address("upload", things)).status_code == 404, person


@pytest.mark.parametrize("name", WRITE)
def test_the_office_may_write(name, things, owner, sign_in):
    sent = {"value": "41,5", "year": YEAR}
    if name == "evidence_attach":
        sent["file"] = SimpleUploadedFile("plan.pdf", PDF + b" another")
    answer = sign_in(owner).post(address(name, things), sent)
    assert answer.status_code in (302, 422), name


@pytest.mark.parametrize("name", DECIDE)
def test_deciding_is_for_approvers(name, things, owner, viewer, stranger, sign_in):
    for person in (owner, viewer, stranger, None):
        answer = sign_in(person).post(address(name, things), {"note": "again"})
        assert answer.status_code == 404, person


@pytest.mark.parametrize("name", ["batch", "batch_errors", "batch_file"])
def test_what_belongs_to_another_park_is_not_found_under_ones_own(name, things, stranger, sign_in):
    path = address(name, things).replace("hiep-phuoc", "amata")
    assert sign_in(stranger).get(path).status_code == 404


@pytest.mark.parametrize(
    "name", [name for name in [*WRITE, *DECIDE] if name not in {"upload", "value"}]
)
def test_acts_are_not_done_by_a_link(name, things, owner, sign_in):
    assert sign_in(owner).get(address(name, things)).status_code == 405


def test_the_interface_shows_only_what_one_may_do(things, owner, viewer, inspector, sign_in):
    page = address("report", things)
    assert b"reports/upload/" in sign_in(owner).get(page).content
    for person in (viewer, inspector):
        assert b"reports/upload/" not in sign_in(person).get(page).content


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/api/parks/hiep-phuoc/reports"),
        ("get", f"/api/parks/hiep-phuoc/reports/{YEAR}"),
        ("get", "/api/parks/hiep-phuoc/imports/{batch}"),
        ("post", "/api/parks/hiep-phuoc/imports/{batch}/apply"),
        ("post", "/api/parks/hiep-phuoc/imports/{batch}/revert"),
        ("post", "/api/parks/hiep-phuoc/imports"),
    ],
)
def test_the_api_hides_what_the_pages_hide(method, path, things, owner, stranger, sign_in):
    path = path.format(**things)

    def ask(person):
        sent = {"content_type": "application/json"} if path[-6:] in ("/apply", "revert") else {}
        data = {} if sent or method == "get" else {"year": YEAR, "workbook": _file()}
        return getattr(sign_in(person), method)(path, data, **sent).status_code

    assert ask(stranger) == 404
    assert ask(None) in (401, 404)
    assert ask(owner) in (200, 422)


def _file():
    return SimpleUploadedFile("hp.xlsx", b"not a workbook")


def test_an_evidence_file_is_saved_never_shown(things, owner, sign_in):
    answer = sign_in(owner).get(address("evidence_file", things))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "application/pdf"


def test_a_name_no_header_can_carry_is_sent_plain_and_encoded():
    header = file_response(b"", '报告";\r\n x.pdf', "application/pdf")["Content-Disposition"]
    assert header.isascii()
    assert header.count('"') == 2
    assert header.endswith("filename*=UTF-8''%E6%8A%A5%E5%91%8A%22%3B%0D%0A%20x.pdf")


@pytest.mark.parametrize("known", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_an_instant_no_calendar_can_say_is_told(known, things, owner, sign_in):
    url = f"/api/parks/hiep-phuoc/reports/{YEAR}?known={known}"
    assert sign_in(owner).get(url).status_code == 422
