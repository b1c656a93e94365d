"""The pages: who gets how far, what a person sees and can do, and how little they ask."""

import datetime as dt
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.site.reading import assert_nothing_inline
from tests.supervision.keeping.holdings import PDF, hold, later, lose_land

from sinhthai.certification.models import Certificate, Dossier
from sinhthai.supervision.actions import corrective, inspections
from sinhthai.supervision.actions.alerts import check_park
from sinhthai.supervision.actions.milestones import add_milestone
from sinhthai.supervision.models import CorrectiveAction, Inspection, Milestone, Observation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MOST_QUERIES = 12  # ten for the page, two to know who asks
SIGN_IN = "/accounts/login/"


@pytest.fixture
def things(world, held):
    """A park with a certificate, an alert, a visit, a corrective action, a milestone."""
    world.park.registered_as_new_eip = True
    world.park.established_on = dt.date(2024, 3, 15)
    world.park.save()
    lose_land(world, at=later(days=1))
    check_park(world.park, at=later(days=1))
    visit = inspections.plan_inspection(
        user=world.judge, park=world.park, purpose="Đo cây xanh", planned_on=dt.date(2026, 5, 8),
        alert=held.alerts.get(), at=later(),
    )  # fmt: skip
    inspections.hold_inspection(
        user=world.judge, inspection=visit, held_on=dt.date(2026, 5, 8),
        files=[("biên bản.pdf", PDF)], at=later(days=5),
    )  # fmt: skip
    seen = inspections.observe(
        user=world.judge, inspection=visit, severity="major", leaf="PARK-1", text="Thiếu",
        at=later(days=5),
    )  # fmt: skip
    action = corrective.require_action(
        user=world.judge, observation=seen, what="Trồng lại", due_on=dt.date(2026, 6, 15),
        at=later(days=5),
    )  # fmt: skip
    add_milestone(
        user=world.writer, park=world.park, title="Trạm nước", due_on=dt.date(2027, 1, 4),
        leaf="PARK-1", at=later(),
    )  # fmt: skip
    return {"visit": visit, "action": action, "file": visit.attachments.get().pk}


def pages(things, held):
    return [
        "/supervision/",
        "/supervision.csv",
        f"/certificates/{held.public_id}/holding/",
        f"/certificates/{held.public_id}/revocation/",
        "/inspections/",
        "/inspections.xlsx",
        f"/inspections/new/?certificate={held.public_id}",
        f"/inspections/{things['visit'].pk}/",
        f"/inspections/{things['visit'].pk}/files/{things['file']}/",
        f"/corrective-actions/{things['action'].pk}/",
        "/parks/hiep-phuoc/commitment/",
    ]


ACTS = (
    "certificates/{c}/alerts/{a}/close/",
    "certificates/{c}/suspension/",
    "certificates/{c}/renewal/",
    "inspections/{i}/held/",
    "inspections/{i}/observations/",
    "inspections/{i}/observations/{o}/actions/",
    "inspections/{i}/minutes/",
    "inspections/{i}/close/",
    "inspections/{i}/cancel/",
    "corrective-actions/{k}/answer/",
    "corrective-actions/{k}/verify/",
    "parks/hiep-phuoc/commitment/{m}/reached/",
    "parks/hiep-phuoc/commitment/{m}/withdraw/",
)


def acts(things, held):
    return [
        "/"
        + one.format(
            c=held.public_id, a=held.alerts.get().pk, i=things["visit"].pk,
            o=Observation.objects.get().pk, k=things["action"].pk, m=Milestone.objects.get().pk,
        )
        for one in ACTS
    ]  # fmt: skip


@pytest.mark.parametrize("firm", [False, True])
def test_the_letter_that_gives_a_certificate_back_can_be_printed(world, as_user, firm):
    held = hold(world, firm=firm)
    letter = f"/certificates/{held.public_id}/revocation/letter."
    owner, issuer = (
        ("owner", world.bodies["board"]) if firm else ("writer", world.bodies["committee"])
    )
    client = as_user(world.people[owner])
    assert f'href="{letter}docx"' in client.get(letter.replace("letter.", "")).content.decode()
    answer = client.get(f"{letter}docx")
    assert answer.status_code == 200
    paper = docx.Document(io.BytesIO(answer.getvalue()))
    said = "\n".join(part.text for part in paper.paragraphs) + "\n".join(
        cell.text for table in paper.tables for row in table.rows for cell in row.cells
    )
    for words in (held.number, issuer.name_vi, "đề nghị", "khoản 1 Điều 44", "Lý do"):
        assert words in said, words
    assert client.get(f"{letter}exe").status_code == 404
    for who in ("chair", "rival", "stranger"):
        other = as_user(world.people[who]).get(f"{letter}docx")
        assert other.status_code == 404, who


def test_the_board_and_the_issuer_see_everything_the_holder_its_own(world, held, things, as_user):
    everything = pages(things, held)
    planning = f"/inspections/new/?certificate={held.public_id}"
    revocation = f"/certificates/{held.public_id}/revocation/"
    overview = {"/supervision/", "/supervision.csv"}
    for who, hidden in (
        ("judge", set()),
        ("chair", {planning, revocation}),
        ("overseer", {planning, revocation}),
        ("writer", {planning} | overview),
        ("reader", {planning, revocation} | overview),
    ):
        client = as_user(world.people[who])
        wrong = {
            url: status
            for url in everything
            if (status := client.get(url).status_code) != (404 if url in hidden else 200)
        }
        if who == "chair":  # the inside of a park is not the Committee's own page
            wrong.pop("/parks/hiep-phuoc/commitment/", None)
        assert wrong == {}, who


@pytest.mark.parametrize("who", ["rival", "stranger", "clerk"])
def test_a_stranger_finds_nothing_and_does_nothing(world, held, things, as_user, who):
    client = as_user(world.people[who])
    lists = {"/inspections/", "/inspections.xlsx", "/supervision/", "/supervision.csv"}
    for url in set(pages(things, held)) - lists:
        assert client.get(url).status_code == 404, url
    for url in acts(things, held):
        assert client.post(url).status_code == 404, url
    found = client.get("/inspections/").content.decode()
    assert "Đo cây xanh" not in found
    if who == "stranger":  # a Board of another province supervises its own
        assert held.number not in client.get("/supervision/").content.decode()


def test_nobody_is_sent_away(client, held, things):
    for url in pages(things, held):
        answer = client.get(url)
        assert answer.status_code == 404 or answer.headers["Location"].startswith(SIGN_IN), url


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("who", ["judge", "head", "writer"])
def test_every_page_asks_the_store_little(world, held, things, as_user, language, who):
    client = as_user(world.people[who], language)
    wrong = []
    for url in pages(things, held):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        html = answer.content.decode()
        assert_nothing_inline(html)
        assert html.count("<h1") == 1 and f'<html lang="{language}">' in html
        if len(queries) > MOST_QUERIES:
            wrong.append((url, len(queries)))
    assert wrong == []


def test_the_list_asks_no_more_with_more_certificates(world, held, as_user):
    client = as_user(world.judge)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/supervision/").status_code == 200
        return len(queries)

    client.get("/supervision/")
    before = count()
    hold(world, firm=True)
    assert count() == before


def test_the_inside_page_says_what_broke_it_and_by_whom(world, held, things, as_user):
    html = as_user(world.judge, "en").get(f"/certificates/{held.public_id}/holding/").content
    text = html.decode()
    assert "valid, a criterion lost" in text and "37.3.a" in text
    assert "Người writer" in text and "30\u00a0ha" in text and "1\u00a0ha" in text
    assert "Đo lại" in text


def test_the_list_is_searched_filtered_sorted_and_exported(world, held, firm_held, as_user):
    client = as_user(world.judge, "en")
    lose_land(world, at=later(days=1))
    check_park(world.park, at=later(days=1))
    for query, shown, hidden in (
        ("q=hiep", held, None),
        ("q=sao", firm_held, held),
        ("subject=enterprise", firm_held, held),
        ("show=amber", held, firm_held),
        (f"q={firm_held.number}", firm_held, held),
    ):
        text = client.get(f"/supervision/?{query}").content.decode()
        assert shown.number in text, query
        assert hidden is None or hidden.number not in text, query
    assert "No certificate fits" in client.get("/supervision/?state=revoked").content.decode()
    first = client.get("/supervision/?sort=alerts").content.decode()
    assert first.index(firm_held.number) < first.index(held.number)
    exported = client.get("/supervision.csv?show=amber").content.decode()
    assert held.number in exported and firm_held.number not in exported
    for query in ("sort=nonsense", "page=99", "state=x", "show=x", "q=%00"):
        assert client.get(f"/supervision/?{query}").status_code == 200, query


def test_the_board_works_an_inspection_through_on_the_page(world, held, as_user):
    client = as_user(world.judge)
    today = timezone.localdate()
    answer = client.post(
        f"/inspections/new/?certificate={held.public_id}",
        {"purpose": "Đo", "planned_on": today.isoformat(), "team": ""},
    )
    visit = Inspection.objects.get()
    assert answer.headers["Location"] == f"/inspections/{visit.pk}/"
    client.post(
        f"/inspections/{visit.pk}/held/",
        {
            "held-held_on": today.isoformat(), "held-team": "Tổ 1",
            "held-uploads": SimpleUploadedFile("a.pdf", PDF),
        },
    )  # fmt: skip
    client.post(
        f"/inspections/{visit.pk}/observations/",
        {"observe-leaf": "PARK-1", "observe-severity": "minor", "observe-text": "Thiếu"},
    )
    seen = Observation.objects.get()
    due = today + dt.timedelta(days=9)
    client.post(
        f"/inspections/{visit.pk}/observations/{seen.pk}/actions/",
        {f"require-{seen.pk}-what": "Trồng", f"require-{seen.pk}-due_on": due.isoformat()},
    )
    action = CorrectiveAction.objects.get()
    refused = client.post(f"/inspections/{visit.pk}/close/", {"close-conclusion": "Xong"})
    assert refused.status_code == 422
    office = as_user(world.writer)
    office.post(
        f"/corrective-actions/{action.pk}/answer/",
        {"answer-text": "Đã trồng", "answer-uploads": SimpleUploadedFile("b.pdf", PDF)},
    )
    assert (
        as_user(world.head)
        .post(
            f"/corrective-actions/{action.pk}/verify/",
            {"verdict-accepted": "yes", "verdict-verdict": "Đủ"},
        )
        .status_code
        == 302
    )
    assert (
        client.post(f"/inspections/{visit.pk}/close/", {"close-conclusion": "Xong"}).status_code
        == 302
    )
    visit.refresh_from_db()
    assert visit.state == "closed" and visit.attachments.count() == 2


def test_an_empty_form_says_what_is_missing_and_writes_nothing(world, held, things, as_user):
    client = as_user(world.head)
    for url in acts(things, held)[4:6]:
        answer = client.post(url)
        assert answer.status_code == 422 and "error-summary" in answer.content.decode()
    assert Observation.objects.count() == 1 == CorrectiveAction.objects.count()


def test_the_board_opens_a_case_and_the_holder_asks_by_letter(world, held, things, as_user):
    url = f"/certificates/{held.public_id}/revocation/"
    board = as_user(world.judge)
    assert board.post(url, {"letter": "b", "facts": "x"}).status_code == 422
    assert not Dossier.objects.filter(kind="revoke").exists()
    holder = as_user(world.writer)
    assert holder.post(url, {"letter": "b", "facts": "x"}).status_code == 422
    letter = SimpleUploadedFile("don.pdf", PDF)
    answer = holder.post(url, {"letter": "c", "facts": "Xin thôi", "request": letter})
    dossier = Dossier.objects.get(kind="revoke")
    assert answer.headers["Location"] == f"/dossiers/{dossier.public_id}/"


def test_the_holder_starts_re_certification(world, held, as_user):
    client = as_user(world.writer)
    url = f"/certificates/{held.public_id}/renewal/"
    page = f"/certificates/{held.public_id}/holding/"
    early = client.post(url, follow=True)
    assert "Chờ đến ngày đó" in early.content.decode()
    assert not Dossier.objects.filter(kind="recertify").exists()
    assert url not in client.get(page).content.decode()
    held.valid_until = timezone.localdate() + dt.timedelta(days=181)  # the first day of the window
    held.save()
    assert url in client.get(page).content.decode()
    answer = client.post(url)
    dossier = Dossier.objects.get(kind="recertify")
    assert dossier.about == held and dossier.public_id in answer.headers["Location"]
    again = client.post(url, follow=True)  # one is open already: said, nothing written
    assert again.status_code == 200 and Dossier.objects.filter(kind="recertify").count() == 1


def test_the_issuer_suspends_and_ends_it_on_the_page(world, held, things, as_user):
    client = as_user(world.chair)
    url = f"/certificates/{held.public_id}/suspension/"
    assert client.post(url, {"suspend-clause": "x", "suspend-reason": "x"}).status_code == 422
    alert = held.alerts.get().pk
    given = {"suspend-clause": "LEP 72", "suspend-reason": "x", "suspend-alert": alert}
    assert client.post(url, given).status_code == 302
    assert Certificate.objects.get().state == "suspended"
    assert client.post(url, {"resume-reason": "Xong"}).status_code == 302
    assert Certificate.objects.get().state == "valid"


def test_the_office_lays_and_reaches_a_milestone(world, things, as_user):
    client = as_user(world.writer)
    url = "/parks/hiep-phuoc/commitment/"
    assert client.post(url, {"add-title": "", "add-due_on": "2027-01-04"}).status_code == 422
    client.post(url, {"add-title": "Nhà ở công nhân", "add-due_on": "2028-01-04"})
    step = Milestone.objects.get(title="Nhà ở công nhân")
    client.post(f"{url}{step.pk}/reached/", {f"reached-{step.pk}-done_on": "2026-05-04"})
    step.refresh_from_db()
    assert step.done_on == dt.date(2026, 5, 4)
    assert as_user(world.head).post(url, {}).status_code == 404
