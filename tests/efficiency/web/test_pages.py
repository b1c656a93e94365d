"""The pages of an audit: who reads them, what they say, and how little they ask the store."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sinhthai.efficiency.actions.audits import open_audit, share_audit
from sinhthai.efficiency.models import Audit, AuditEvidence, AuditMeasure, WalkAnswer
from tests.efficiency.web.conftest import (
    AT,
    chosen,
    implemented,
    make_enterprise,
    measured,
    metered,
    planned,
)

MOST = 12  # ten for the page, two to know who asks


@pytest.fixture
def filled(audit, adviser):
    """An audit with a baseline and measures in four statuses."""
    metered(audit, adviser, "", 1000.0, price=1_900_000.0)
    metered(audit, adviser, "electricity.compressed_air", 100.0)
    metered(audit, adviser, "electricity.lighting", 50.0)
    chosen(audit, adviser, "leak-programme", 0.2, 40e6)
    planned(chosen(audit, adviser, "led", 0.5, 90e6), adviser)
    row = implemented(chosen(audit, adviser, "lower-air-pressure", 0.05), adviser)
    measured(row, adviser, 100.0, 96.0)
    return audit


def pages(audit):
    row = AuditMeasure.objects.filter(audit=audit).last()
    firm = audit.enterprise.code
    return [
        reverse("efficiency_audits", args=[firm]),
        reverse("efficiency_audits_export", args=[firm, "xlsx"]),
        *(
            reverse(f"efficiency_{name}", args=[audit.pk])
            for name in ("audit", "baseline", "measures", "report")
        ),
        reverse("efficiency_measures_export", args=[audit.pk, "xlsx"]),
        reverse("efficiency_walk", args=[audit.pk, "lighting"]),
        *([reverse("efficiency_measure", args=[audit.pk, row.pk])] if row else []),
    ]


def test_own_people_and_the_adviser_read_it_the_office_once_it_is_shared(
    filled, own, adviser, office, board, ministry, stranger, sign_in
):
    def answers(user):
        client = sign_in(user)
        return {client.get(page).status_code for page in pages(filled)}

    assert answers(own) == answers(adviser) == {200}
    assert answers(board) == answers(ministry) == answers(stranger) == {404}
    client = sign_in(office)
    assert client.get(pages(filled)[2]).status_code == 404
    share_audit(user=own, audit=filled, shared=True, at=AT)
    assert answers(office) == {200}
    new = reverse("efficiency_audit_new", args=[filled.enterprise.code])
    assert [sign_in(u).get(new).status_code for u in (own, adviser, office)] == [200, 200, 404]
    # The office reads; it changes nothing.
    posted = client.post(reverse("efficiency_phase", args=[filled.pk]), {"to": 2})
    assert posted.status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_asks_the_store_little(filled, adviser, sign_in, language):
    client = sign_in(adviser, language)
    for page in [*pages(filled), reverse("efficiency_park", args=["hiep-phuoc"])]:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        assert answer.status_code == 200, page
        assert len(queries) <= MOST, (page, len(queries))


def test_the_pages_say_the_classes_side_by_side(filled, adviser, sign_in):
    html = sign_in(adviser).get(reverse("efficiency_audit", args=[filled.pk])).content.decode()
    for word in ("Potential", "Planned", "Implemented", "Verified", "never added together"):
        assert word in html
    assert "<svg" in html  # the bars, and the Sankey of the baseline
    measures = sign_in(adviser).get(reverse("efficiency_measures", args=[filled.pk]))
    said = measures.content.decode()
    assert "Compressor sequencer" in said and "from memory" in said
    assert "White water" not in said


def test_lists_are_searched_filtered_sorted_and_paged(filled, adviser, sign_in):
    client = sign_in(adviser)
    page = reverse("efficiency_measures", args=[filled.pk])
    assert len(client.get(page + "?q=led").context["rows"]) == 1
    assert len(client.get(page + "?status=planned").context["rows"]) == 1
    assert len(client.get(page + "?area=compressed_air").context["rows"]) == 2
    rows = client.get(page + "?sort=-investment").context["rows"]
    assert rows[0].measure.id == "led"
    odd = client.get(page + "?sort=../x&status=nope&area=moon&page=99")
    assert odd.status_code == 200 and len(odd.context["rows"]) == 3
    assert client.get(page + "?q=zzzz").context["count"] == 0
    listed = reverse("efficiency_audits", args=[filled.enterprise.code])
    assert client.get(listed + "?phase=3").context["count"] == 0
    assert client.get(listed + "?q=2023").context["count"] == 1


def test_an_audit_is_worked_through_in_the_browser(mill, adviser, colleague, sign_in):
    client = sign_in(adviser)
    new = reverse("efficiency_audit_new", args=[mill.code])
    wrong = client.post(new, {"year": 2199, "lead": ""})
    assert wrong.status_code == 422
    client.post(new, {"year": 2023, "lead": "Tư vấn", "aim": ""})
    audit = Audit.objects.get()
    base = reverse("efficiency_baseline", args=[audit.pk])
    row = {"price_vnd": "1900000", "origin": "measured", "source": "hóa đơn"}
    client.post(base, row | {"what": "electricity|", "quantity": "1000"})
    bad = client.post(base, row | {"what": "electricity|electricity.lighting", "quantity": "2000"})
    assert bad.status_code == 422 and "more than the whole" in bad.content.decode()
    client.post(base, row | {"what": "electricity|electricity.lighting", "quantity": "60.5"})
    walk = reverse("efficiency_walk", args=[audit.pk, "lighting"])
    client.post(walk, {"a_led": "possible", "n_led": "T8", "note": ""})
    assert WalkAnswer.objects.get(point="led").note == "T8"
    client.post(reverse("efficiency_choose", args=[audit.pk]), {"measure": "led"})
    measure = AuditMeasure.objects.get()
    where = [audit.pk, measure.pk]
    size = reverse("efficiency_size", args=where)
    refused = client.post(size, {"method": "share", "share": "140"})
    assert refused.status_code == 422 and "between 0 and 100" in refused.content.decode()
    sent = {"method": "share", "carrier": "electricity", "share": "50", "investment_vnd": "ninety"}
    assert client.post(size, sent).status_code == 422
    client.post(size, sent | {"investment_vnd": "90000000"})
    html = client.get(reverse("efficiency_measure", args=where)).content.decode()
    assert "30.2" in html and "1.57" in html  # MWh a year; years of payback
    client.post(
        reverse("efficiency_judge", args=where),
        {"judge-side": "technical", "judge-verdict": "yes"},
    )
    client.post(
        reverse("efficiency_plan", args=where),
        {"plan-responsible": "Quản đốc", "plan-due_on": "2026-12-01"},
    )
    day = measure.status_since.isoformat()

    def go(to, who=client):
        seen = measure.events.order_by("-pk").first().pk
        return who.post(reverse("efficiency_step", args=where), {"to": to, "seen": seen, "on": day})

    go("planned"), go("in_implementation")
    assert (
        "Needs evidence" in client.get(reverse("efficiency_measure", args=where)).content.decode()
    )
    assert go("implemented").status_code == 422
    upload = SimpleUploadedFile("bb.pdf", b"%PDF-1.7 x")
    client.post(
        reverse("efficiency_evidence_add", args=[audit.pk]),
        {"measure": measure.pk, "file-file": upload, "file-title": "Biên bản"},
    )
    kept = AuditEvidence.objects.get()
    read = client.get(reverse("efficiency_evidence", args=[audit.pk, kept.pk]))
    assert read.content == b"%PDF-1.7 x"
    go("implemented")
    result = {"year": day[:4], "carrier": "electricity", "before": "60.5", "after": "40"}
    client.post(
        reverse("efficiency_result", args=where),
        {f"result-{k}": v for k, v in (result | {"source": "meter"}).items()},
    )
    own = go("verified")
    assert own.status_code == 422 and "may not verify" in own.content.decode()
    assert go("verified", sign_in(colleague)).status_code == 302
    measure.refresh_from_db()
    assert measure.status == "verified" and measure.electricity_mwh == pytest.approx(20.5)


def test_the_sums_of_the_park_hide_what_is_few_and_exports_hide_it_too(
    park, adviser, office, board, own, sign_in
):
    for number in range(2):
        firm = make_enterprise(park, f"03000002{number:02d}", f"Xưởng {number}")
        audit = open_audit(user=adviser, enterprise=firm, year=2023, lead="x", at=AT)
        metered(audit, adviser, "electricity.lighting", 100.0)
        chosen(audit, adviser, "led", 0.5)
    page = reverse("efficiency_park", args=[park.code])
    assert sign_in(adviser).get(page).context["whole"]["potential"].measures == 2
    for user in (office, board):
        answer = sign_in(user).get(page)
        assert answer.context["whole"]["potential"].hidden
        assert "Xưởng" not in answer.content.decode()
    sheet = sign_in(board).get(reverse("efficiency_park_export", args=[park.code, "xlsx"]))
    cells = [
        c for row in openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values for c in row
    ]
    assert 50.0 not in cells and 100.0 not in cells
    assert any("hidden" in str(cell) for cell in cells)
    assert sign_in(own).get(page).status_code == 404


def test_the_programme_adds_parks_up_for_who_supervises_them(
    park, other_park, adviser, stranger, board, office, ministry, sign_in
):
    for number in range(8):
        where, user = (park, adviser) if number < 4 else (other_park, stranger)
        firm = make_enterprise(where, f"03000003{number:02d}", f"Xưởng {number}")
        audit = open_audit(user=user, enterprise=firm, year=2023, lead="x", at=AT)
        metered(audit, user, "electricity.lighting", 100.0)
        chosen(audit, user, "led", 0.5)
    page = reverse("efficiency_programme")
    for user in (board, ministry):
        answer = sign_in(user).get(page)
        assert answer.context["whole"]["potential"].amounts["electricity_mwh"] == pytest.approx(400)
        assert [row.key for row in answer.context["page"]] == ["cat-lai", "hiep-phuoc"]
    client = sign_in(ministry)
    assert client.get(page + "?q=cat").context["count"] == 1
    assert client.get(page + "?by=measure&show=measures").context["count"] == 1
    assert client.get(page + "?by=nothing&show=nothing&sort=nothing").status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    assert len(queries) <= MOST
    assert sign_in(office).get(page).status_code == 404
    assert client.get(reverse("efficiency_programme_export", args=["pdf"])).status_code == 404
