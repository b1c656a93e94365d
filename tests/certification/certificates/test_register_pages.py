"""The public register: list, QR address, files, and verification by upload."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.certification.certificates.dossiers import AT, body_of, issue, override, ready

from sinhthai.certification.actions.certificates import set_certificate_state
from sinhthai.certification.actions.issuer import create_key
from sinhthai.certification.engine.canonical import canonical, parse
from sinhthai.certification.engine.issuers import read_issuers
from sinhthai.certification.engine.status import read_bit, read_register
from sinhthai.certification.engine.verify import verify
from sinhthai.certification.models import Certificate

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 1, 3, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def first_of_june(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def page_of(certificate):
    return f"/certificates/{certificate.public_id}/"


def test_the_list_is_empty_then_shows_filters_sorts(
    client_of, park, enterprise, decider, board, passphrase
):
    client = client_of()
    assert "Chưa có giấy chứng nhận nào" in client.get("/certificates/").content.decode()
    for person in (decider, board):
        create_key(body_of(person), at=AT)
    of_park = issue(ready(park), decider)
    of_firm = issue(ready(park, enterprise), board)
    set_certificate_state(of_firm, "suspended", board, NOW, "Theo kết luận thanh tra")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        shown = client.get("/certificates/").content.decode()
    assert len(asked) <= 10
    assert of_park.number in shown
    assert of_firm.number in shown
    for query, there, gone in [
        ("q=sua+dai", of_firm, of_park),
        ("kind=park", of_park, of_firm),
        ("state=suspended", of_firm, of_park),
        ("state=valid", of_park, of_firm),
        ("q=GCN-KCNST", of_park, of_firm),
    ]:
        shown = client.get(f"/certificates/?{query}").content.decode()
        assert there.number in shown, query
        assert gone.number not in shown, query
    assert of_park.number in client.get("/certificates/?province=79").content.decode()
    assert (
        "Không có giấy chứng nhận nào" in client.get("/certificates/?province=01").content.decode()
    )
    for sort in ("issued", "-number", "holder", "issuer", "until", "-standing", "x"):
        assert client.get(f"/certificates/?sort={sort}").status_code == 200


def test_the_export_says_what_the_list_says(client_of, issued):
    content = client_of().get("/certificates/export.xlsx?kind=park").content
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert any(issued.number in row for row in rows)
    assert not any(
        issued.number in row
        for row in load_workbook(
            io.BytesIO(client_of().get("/certificates/export.xlsx?kind=enterprise").content)
        ).active.values
    )
    assert issued.number in client_of().get("/certificates/export.csv").content.decode("utf-8-sig")
    assert client_of().get("/certificates/export.pdf").status_code == 404


@pytest.mark.parametrize(
    ("state", "css", "said"),
    [
        ("valid", "stands valid", "Có hiệu lực"),
        ("suspended", "stands suspended", "Tạm đình chỉ"),
        ("revoked", "stands revoked", "Đã thu hồi"),
    ],
)
def test_the_qr_address_says_how_it_stands(client_of, issued, decider, state, css, said):
    if state != "valid":
        set_certificate_state(issued, state, decider, NOW, "Theo kết luận thanh tra số 5")
    with CaptureQueriesContext(connection) as asked:
        shown = client_of().get(page_of(issued)).content.decode()
    assert len(asked) <= 10
    assert css in shown
    assert said in shown
    assert ("Theo kết luận thanh tra số 5" in shown) == (state != "valid")
    assert issued.digest in shown
    assert "Người ubnd-79" not in shown  # the page names bodies, no people


def test_it_turns_amber_with_the_day_a_criterion_broke(client_of, issued):
    Certificate.objects.update(broken=["ENT-3"], broken_since=dt.date(2026, 5, 20))
    shown = client_of().get(page_of(issued)).content.decode()
    assert "stands questioned" in shown
    assert "20/05/2026" in shown
    assert "questioned" in client_of().get("/certificates/?state=questioned").content.decode()
    upload = {"certificate": SimpleUploadedFile("c.json", canonical(issued.credential))}
    assert "stands questioned" in client_of().post("/certificates/verify/", upload).content.decode()


def test_it_is_expired_after_its_last_day_before_anybody_wrote_it_down(
    client_of, issued, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2031, 5, 4, 17, 0, tzinfo=dt.UTC))
    assert "stands expired" in client_of().get(page_of(issued)).content.decode()
    assert issued.number in client_of().get("/certificates/?state=expired").content.decode()


def test_what_replaced_it_is_one_click_away(client_of, park, issued, decider):
    new = issue(ready(park, kind="recertify", about=issued), decider, NOW)
    shown = client_of().get(page_of(issued)).content.decode()
    assert "stands replaced" in shown
    assert page_of(new) in shown
    assert page_of(issued) in client_of().get(page_of(new)).content.decode()


def test_overrides_are_shown_to_everybody(client_of, park, decider, keys):
    dossier = ready(park, statuses={"ENT-3": "undetermined"})
    override(dossier, "ENT-3", "not_met", decider)
    shown = client_of().get(page_of(issue(dossier, decider))).content.decode()
    assert "Số liệu quý IV đang chờ kiểm định" in shown
    assert "Nghị quyết 01/2026" in shown


def test_the_files_are_those_that_were_issued(client_of, issued):
    client = client_of()
    pdf = client.get(f"/certificates/{issued.public_id}.pdf")
    assert pdf.content == bytes(issued.file.pdf)
    assert pdf["Content-Type"] == "application/pdf"
    assert client.get(f"/certificates/{issued.public_id}.json").content == canonical(
        issued.credential
    )
    for path in ("khongco.pdf", "khongco.json", "khongco/", "status/other.json"):
        assert client.get(f"/certificates/{path}").status_code == 404


def test_whoever_takes_the_signed_files_verifies_without_this_house(client_of, issued, decider):
    client = client_of()
    set_certificate_state(issued, "suspended", decider, NOW, "Theo kết luận thanh tra")
    issuers = read_issuers(parse(client.get("/certificates/issuers.json").content))
    answer = client.get("/certificates/status.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    register = read_register(parse(answer.content), issuers)
    verdict = verify(
        bytes(issued.file.pdf), issuers=issuers, register=register, today=dt.date(2026, 6, 2)
    )
    assert verdict.outcome == "suspended"
    for purpose, is_set in [("suspension", True), ("revocation", False)]:
        made = parse(client.get(f"/certificates/status/{purpose}.json").content)
        encoded = made["credentialSubject"]["encodedList"]
        assert read_bit(encoded, issued.status_index) is is_set


def test_without_a_key_the_signed_files_say_so(client_of, db):
    answer = client_of().get("/certificates/status.json")
    assert answer.status_code == 503
    assert "sinhthai issuer create --register" in answer.content.decode()


@pytest.mark.parametrize("form", ["json", "pdf"])
def test_an_upload_is_judged_and_one_byte_is_enough(client_of, issued, form):
    content = canonical(issued.credential) if form == "json" else bytes(issued.file.pdf)
    client = client_of()

    def upload(shown):
        file = SimpleUploadedFile(f"c.{form}", shown)
        return client.post("/certificates/verify/", {"certificate": file}).content.decode()

    good = upload(content)
    assert "stands valid" in good
    assert page_of(issued) in good
    middle = len(content) // 2
    assert "stands altered" in upload(
        content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    )


def test_an_upload_that_is_no_certificate_is_told_so(client_of, db):
    client = client_of()
    assert client.get("/certificates/verify/").status_code == 200
    for upload in ({}, {"certificate": SimpleUploadedFile("a.pdf", b"MZ\x90\x00")}):
        answer = client.post("/certificates/verify/", upload)
        assert answer.status_code == 422
        assert "error-summary" in answer.content.decode()
