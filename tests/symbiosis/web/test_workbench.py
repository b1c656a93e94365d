"""The pages of the workbench: who gets in, what they say, how much they ask of the store."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.symbiosis.web.conftest import AT, make_enterprise, need_of_ash
from tests.symbiosis.web.test_search import agree as both
from tests.symbiosis.web.test_search import search
from tests.symbiosis.web.workbench_cast import PDF, carry, last_change, open_one, result

from sinhthai.registry.models import Enterprise
from sinhthai.symbiosis.models import (
    Document,
    Exchange,
    Look,
    Match,
    MatchRun,
    Note,
    Participant,
    Readiness,
    Stream,
    StreamVersion,
    Task,
)

pytestmark = pytest.mark.django_db
HOME = "/parks/hiep-phuoc/symbiosis/"
PAGES = (
    "", "ideas/", "pipeline/", "pipeline/?view=list", "report/2025/", "split/", "exchanges/new/",
)  # fmt: skip
FILES = (
    "ideas.xlsx", "ideas.csv", "pipeline.xlsx", "pipeline.csv", "report/2025.xlsx", "split.xlsx",
    "pictures/flows.xlsx", "pictures/network.csv", "pictures/places.xlsx",
)  # fmt: skip
MOST_QUERIES = 10


@pytest.fixture
def near(brick):
    return need_of_ash(brick, name="Tro cho gạch", quantity=2000.0)


@pytest.fixture
def exchange(facilitator, park, power, brick):
    return open_one(facilitator, park, power, brick, title="Tro bay làm gạch")


@pytest.fixture
def running(facilitator, exchange):
    carry(facilitator, exchange, "implemented")
    result(facilitator, exchange, waste_reused_t=2900.0, co2_cut_t=110.0)
    return exchange


@pytest.fixture
def office(facilitator, sign_in):
    return sign_in(facilitator)


def words(answer):
    html = re.sub(r"<script.*?</script>", "", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_greets_an_empty_park_with_what_to_do_first(
    facilitator, sign_in, language, park
):
    client = sign_in(facilitator, language)
    for page in PAGES:
        answer = client.get(HOME + page)
        assert answer.status_code == 200, page
    first = {"en": "First: the streams", "vi": "Trước hết: dòng vật chất"}[language]
    assert first in words(client.get(HOME))


def test_nobody_but_the_facilitator_gets_in(
    sign_in, stranger, inspector, ministry, owner, running, ash, near, facilitator, park
):
    match = Match.objects.filter(run=search(facilitator, park)).first()
    inside = [HOME + page for page in (*PAGES, *FILES)]
    inside += [f"{HOME}exchanges/{running.pk}/", f"{HOME}exchanges/{running.pk}/edit/"]
    inside += [f"{HOME}ideas/{match.pk}/"]
    inside += [f"{HOME}exchanges/{running.pk}/documents/{Document.objects.get().pk}/"]
    for person in (stranger, inspector, ministry, owner, None):
        client = sign_in(person)
        got = {client.get(address).status_code for address in inside}
        assert got <= {404, 302}, person
        acts = ["search/", f"ideas/{match.pk}/start/", "report/2025/apply/"]
        acts += [f"exchanges/{running.pk}/{act}/" for act in ("stage", "notes", "tasks", "results")]
        assert {client.post(HOME + act).status_code for act in acts} <= {404, 302}
    assert not Note.objects.exists()


def test_an_exchange_of_another_park_is_not_found(office, stranger, other_park, cement):
    theirs = open_one(stranger, other_park, cement, words="Xã bên")
    assert office.get(f"{HOME}exchanges/{theirs.pk}/").status_code == 404
    assert office.post(f"{HOME}exchanges/{theirs.pk}/notes/", {"note-text": "x"}).status_code == 404


def test_the_overview_keeps_what_could_be_apart_from_what_is(
    office, running, facilitator, park, power, brick, ash, near
):
    open_one(facilitator, park, brick, power, title="Nước nóng")
    search(facilitator, park)
    page = words(office.get(HOME))
    assert "Potential: every offer with its best lawful partner 1" in page
    assert "Planned: idea to agreement 1 3,000 t/yr" in page
    assert "Implemented, not verified yet 1 3,000 t/yr 400 million VND 120" in page
    assert "Verified 0 —" in page
    assert "never added together" in page
    assert "2025 1" in page and "110" in page  # reported, apart from the estimate


def test_pictures_carry_their_data_and_a_table(office, running, power):
    power.lat, power.lon = 10.636, 106.760
    power.save()
    html = office.get(HOME).content.decode()
    for picture in ("map", "sankey", "graph"):
        assert f'id="{picture}"' in html and f'id="{picture}-data"' in html
    assert html.count('class="picture"') == 3
    assert "1 enterprise in an exchange has no place" in html


def test_ideas_hide_partners_and_log_what_is_seen(
    office, facilitator, park, ash, near, wish, owner, partner
):
    search(facilitator, park)
    page = office.get(HOME + "ideas/")
    assert "enterprise of another park, not named" in words(page)
    assert "Xi măng Bình Minh" not in page.content.decode()
    looked = set(Look.objects.filter(page="ideas").values_list("stream", flat=True))
    assert looked == {ash.pk, near.pk}
    for fmt in ("xlsx", "csv"):
        content = office.get(f"{HOME}ideas.{fmt}").content
        assert "Xi măng Bình Minh".encode() not in content
    both(ash, wish, owner)
    both(wish, ash, partner)
    assert "Xi măng Bình Minh" in office.get(HOME + "ideas/").content.decode()
    assert Look.objects.filter(page="ideas", stream=wish).exists()


def test_why_tells_every_component_and_the_law(office, facilitator, park, ash, near):
    match = Match.objects.get(run=search(facilitator, park))
    page = words(office.get(f"{HOME}ideas/{match.pk}/"))
    for said in ("Rule and coding", "Quality", "Months both run", "Share of the need covered"):
        assert said in page
    assert match.reasons["path"]["title"]["en"] in page
    assert match.reasons["why"][0]["en"] in page


def test_a_search_and_a_start_from_the_page(office, facilitator, park, ash, near):
    answer = office.post(HOME + "search/", {"within_km": "30"}, follow=True)
    assert "1 idea was found." in words(answer)
    assert MatchRun.objects.get().within_km == 30
    match = Match.objects.get()
    answer = office.post(f"{HOME}ideas/{match.pk}/start/", follow=True)
    exchange = Exchange.objects.get()
    assert answer.redirect_chain[-1][0] == f"{HOME}exchanges/{exchange.pk}/"
    assert "Papers" in words(answer) or "Legal path" in words(answer)
    again = office.post(f"{HOME}ideas/{match.pk}/start/", follow=True)
    assert f"already is exchange no. {exchange.pk}" in words(again)
    wrong = office.post(HOME + "search/", {"within_km": "9999"}, follow=True)
    assert MatchRun.objects.count() == 1 and wrong.status_code == 200


def test_the_pipeline_is_filtered_sorted_and_paged(office, facilitator, park, power, brick):
    for number in range(60):
        open_one(facilitator, park, power, brick, title=f"Trao đổi số {number:02}")
    open_one(facilitator, park, brick, words="Hợp tác xã Đông", title="Bùn giấy", kind="e")
    assert "61 exchanges" in words(office.get(HOME + "pipeline/"))
    listed = office.get(HOME + "pipeline/?view=list")
    assert "1–50 of 61" in words(listed)
    assert "1 exchange" in words(office.get(HOME + "pipeline/?view=list&q=hop tac xa"))
    assert "1 exchange" in words(office.get(HOME + "pipeline/?kind=e"))
    assert "No exchange fits" in words(office.get(HOME + "pipeline/?stage=verified&view=list"))
    first = office.get(HOME + "pipeline/?view=list&sort=title").content.decode()
    assert first.index("Bùn giấy") < first.index("Trao đổi số 00")
    sheet = openpyxl.load_workbook(
        io.BytesIO(office.get(HOME + "pipeline.xlsx?kind=e").content)
    ).active
    assert [row[1].value for row in sheet.iter_rows(min_row=3)][-1] == "Bùn giấy"


def test_a_whole_exchange_on_its_page(office, exchange, power, brick):
    page = f"{HOME}exchanges/{exchange.pk}/"
    answer = office.post(page + "notes/", {"note-text": "Gọi cho giám đốc"}, follow=True)
    assert "Gọi cho giám đốc" in words(answer)
    office.post(page + "tasks/", {"task-title": "Lấy mẫu", "task-due_on": "2025-03-09"})
    task = Task.objects.get()
    assert "1 overdue" in words(office.get(page))
    assert "1 task overdue" in words(office.get(HOME + "pipeline/"))
    office.post(f"{page}tasks/{task.pk}/done/")
    assert "1 overdue" not in words(office.get(page))
    office.post(
        page + "readiness/",
        {"readiness-axis": "legal", "readiness-level": "2", "readiness-reason": "đã rõ mã"},
    )
    assert "Code and legal path identified. đã rõ mã" in words(office.get(page))
    file = SimpleUploadedFile("hop-dong.pdf", PDF)
    office.post(page + "documents/", {"document-kind": "agreement", "document-file": file})
    document = Document.objects.get()
    kept = office.get(f"{page}documents/{document.pk}/")
    assert kept.content == PDF and "attachment" in kept.headers["Content-Disposition"]
    for part in Participant.objects.all():
        office.post(f"{page}participants/{part.pk}/", {"joined_on": "2025-03-02"})
    for to, day in (("contact", 2), ("feasibility", 3), ("agreement", 4), ("implemented", 5)):
        sent = {"to": to, "on": f"2025-03-{day:02}", "seen": last_change(exchange), "reason": ""}
        assert office.post(page + "stage/", sent).status_code == 302, to
    answer = office.post(
        page + "results/",
        {
            "result-participant": Participant.objects.first().pk,
            "result-year": "2025",
            "result-source": "phiếu cân",
            "result-m_waste_reused_t": "2.900,5",
        },
        follow=True,
    )
    assert "2,900.5" in words(answer)


def test_what_is_refused_stands_beside_its_form_and_nothing_is_lost(office, exchange):
    page = f"{HOME}exchanges/{exchange.pk}/"
    sent = {"to": "implemented", "on": "2025-04-01", "seen": last_change(exchange), "reason": ""}
    answer = office.post(page + "stage/", sent)
    assert answer.status_code == 422
    assert "There is no step from “idea” to “implemented”." in words(answer)
    answer = office.post(page + "notes/", {"note-text": ""})
    assert answer.status_code == 422 and not Note.objects.exists()
    file = SimpleUploadedFile("virus.pdf", b"MZ\x90")
    answer = office.post(page + "documents/", {"document-kind": "study", "document-file": file})
    assert answer.status_code == 422
    assert "not PDF, Word, Excel, PNG or JPEG" in words(answer)


def test_an_exchange_entered_by_hand(office, park, power, brick, cement):
    sent = {"title": "Nước ấm", "kind": "a", "giver": power.pk, "taker": brick.pk}
    office.post(HOME + "exchanges/new/", sent | {"quantity": "12000", "unit": "m**3"})
    made = Exchange.objects.get()
    assert (made.title, made.quantity, made.unit) == ("Nước ấm", 12000.0, "m**3")
    for wrong in (
        {"taker": ""},
        {"taker": cement.pk},
        {"taker": power.pk},
        {"taker_in_words": "và ai nữa"},
        {"quantity": "nhiều", "unit": "t"},
        {"quantity": "5", "unit": ""},
    ):
        assert office.post(HOME + "exchanges/new/", sent | wrong).status_code == 422, wrong
    assert Exchange.objects.count() == 1
    form = f"{HOME}exchanges/{made.pk}/edit/"
    changed = {"title": "Nước ấm", "kind": "a", "quantity": "9000", "unit": "m**3"}
    changed["seen"] = office.get(form).context["form"]["seen"].value()
    edited = office.post(form, changed)
    made.refresh_from_db()
    assert edited.status_code == 302 and made.quantity == 9000.0
    late = office.post(form, changed | {"quantity": "1"})  # from a form opened before
    made.refresh_from_db()
    assert late.status_code == 422 and made.quantity == 9000.0
    assert "The data changed." in late.content.decode()


def test_the_report_is_filled_from_its_page(office, running):
    page = HOME + "report/2025/"
    html = office.get(page).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', html).group(1)
    ticked = re.findall(r'name="line" value="([^"]+)" checked', html)
    assert "|symbiosis_count" in ticked and "|symbiosis_participants_iso" not in ticked
    answer = office.post(page + "apply/", {"seen": seen, "line": ticked}, follow=True)
    assert "figures were put into the report." in words(answer)
    assert "The report says the same already." in words(answer)
    again = office.post(page + "apply/", {"seen": seen, "line": ticked}, follow=True)
    assert "nothing was written" in words(again)
    assert office.get(HOME + "report/1999/").status_code == 404


@pytest.mark.parametrize("what", FILES)
def test_every_list_is_a_file_too(office, facilitator, park, running, ash, near, what):
    search(facilitator, park)
    answer = office.get(HOME + what)
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK" or answer.content.startswith(b"\xef\xbb\xbf")


def test_what_is_no_file_is_not_found(office, running):
    for what in ("ideas.pdf", "pipeline.exe", "pictures/secrets.xlsx", "report/2025.pdf"):
        assert office.get(HOME + what).status_code == 404


@pytest.fixture
def crowd(facilitator, park, other_park, power, ash, near):
    """200 enterprises, 2,000 streams, 2,000 ideas, 300 exchanges, all at once."""
    firms = Enterprise.objects.bulk_create(
        Enterprise(
            code=f"04{n:08}", name_vi=f"Doanh nghiệp {n:03}", search=f"doanh nghiep {n:03}",
            park=park, lat=10.63 + n * 1e-4, lon=106.75 + (n % 14) * 1e-3,
        )
        for n in range(200)
    )  # fmt: skip
    streams = Stream.objects.bulk_create(
        Stream(enterprise=firms[n % 200], direction=("offer", "need")[n % 2], created_at=AT)
        for n in range(2000)
    )
    StreamVersion.objects.bulk_create(
        StreamVersion(stream=one, name=f"Dòng {n}", unit="t", quantity=n + 1.0, recorded_at=AT)
        for n, one in enumerate(streams)
    )
    run = MatchRun.objects.create(park=park, at=AT, by=facilitator, within_km=50, matches=2000)
    Match.objects.bulk_create(
        Match(
            run=run, offer=streams[2 * (n % 1000)], need=streams[2 * ((n * 7) % 1000) + 1],
            rank=1 + n % 10, score=0.5, distance_m=n, value_vnd=1e6 * n, unit="t", quantity=1.0 * n,
        )
        for n in range(2000)
    )  # fmt: skip
    stages = ("idea", "contact", "feasibility", "agreement", "implemented", "verified")
    exchanges = Exchange.objects.bulk_create(
        Exchange(
            park=park, title=f"Trao đổi {n}", stage=stages[n % 6], stage_since=dt.date(2025, 1, 1),
            offer=streams[2 * n], need=streams[2 * n + 1], quantity=10.0 * n, unit="t",
            value_vnd=1e6 * n if n % 5 else None, created_at=AT, responsible=facilitator,
        )
        for n in range(300)
    )  # fmt: skip
    Participant.objects.bulk_create(
        Participant(exchange=one, enterprise=firms[at % 200], role=name)
        for n, one in enumerate(exchanges)
        for name, at in (("giver", 2 * n), ("taker", 2 * n + 1), ("treater", 3 * n))
    )
    # A partner of another park in what does not run yet: whether it may be named is asked too.
    outside = make_enterprise(other_park, "0400000999", "Ngoài khu", "2394", 10.7, 106.7)
    Exchange.objects.filter(pk=exchanges[0].pk).update(need=need_of_ash(outside))
    Participant.objects.create(exchange=exchanges[0], enterprise=outside, role="taker")
    Readiness.objects.bulk_create(
        Readiness(exchange=one, axis=axis, level=1 + n % 5, by=facilitator, at=AT)
        for n, one in enumerate(exchanges)
        for axis in ("legal", "technical")
    )
    Task.objects.bulk_create(
        Task(exchange=one, title="Gọi", due_on=dt.date(2025, 5, 1), created_at=AT)
        for one in exchanges
    )
    one = open_one(facilitator, park, power, firms[0])
    carry(facilitator, one, "implemented")
    result(facilitator, one, waste_reused_t=1.0)
    return one


@pytest.mark.parametrize(
    "page",
    ["", "ideas/", "ideas/?page=3&sort=distance", "pipeline/", "pipeline/?view=list&page=2",
     "report/2025/", "split/", "split/?show=planned", "exchanges/new/", "exchanges/{pk}/",
     "exchanges/{pk}/edit/", "ideas/{idea}/"],
)  # fmt: skip
def test_a_crowded_park_is_asked_little_of(office, crowd, page):
    idea = Match.objects.order_by("pk").last().pk
    address = HOME + page.format(pk=crowd.pk, idea=idea)
    office.get(address)  # the looks of the day are logged once
    with CaptureQueriesContext(connection) as queries:
        answer = office.get(address)
    assert answer.status_code == 200
    asked = [row["sql"] for row in queries if "SAVEPOINT" not in row["sql"]]
    assert len(asked) <= MOST_QUERIES, "\n".join(sql[:160] for sql in asked)
