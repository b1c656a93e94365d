"""The desk: whose duties, in what order, how many working days are left, what is late."""

import ast
import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone
from tests.certification.core.world import consulting, open_issue, submitted
from tests.supervision.desk.owing import TODAY, as_user, owe

import sinhthai
from sinhthai.certification.models import Duty
from sinhthai.supervision.policy_desk import duties_mine, duties_watched, watches
from sinhthai.supervision.readers.desk import KINDS, DeskFilter, desk_rows, find_duties

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    now = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


def row(**given):
    [found] = desk_rows([owe("x", **given)], today=TODAY)
    return found


@pytest.mark.parametrize(
    ("due", "left", "when"),
    [
        (0, 0, "soon"),  # Friday itself
        (3, 1, "soon"),  # Monday
        (2, 0, "soon"),  # Sunday: no working day is left before it
        (-1, -1, "late"),
        (7, 4, "soon"),  # Tuesday the 24th is a day off
        (10, 5, "soon"),
        (11, 6, "later"),
    ],
)
def test_days_left_are_working_days(db, due, left, when):
    found = row(due=due)
    assert (found.days_left, found.when, found.problem) == (left, when, None)
    assert found.is_today == (due == 0)


def test_a_year_without_days_off_gives_no_number_and_says_so(db):
    found = row(due=dt.date(2028, 3, 3))
    assert (found.days_left, found.when) == (None, "later")
    assert "2028" in found.problem.en and "2028" in found.problem.vi
    late = desk_rows([owe("y", due=dt.date(2019, 3, 3))], today=TODAY)[0]
    assert late.is_late and late.days_left is None


def test_every_kind_of_duty_the_slices_open_has_a_name(world):
    opened = set()
    for slice_ in ("certification", "supervision"):
        for path in (Path(sinhthai.__file__).parent / slice_ / "actions").glob("*.py"):
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in (
                    "open_duty",
                    "Duty",
                    "Wanted",
                ):
                    for word in call.keywords:
                        if word.arg == "kind":
                            opened.add(
                                ast.unparse(word.value).lstrip("f").strip("'\"").split(".")[0]
                            )
    opened -= {"one"}  # passed on from Wanted
    assert {"state", "clock", "opinion", "inspection", "corrective", "alert"} <= opened
    for kind in opened:
        [found] = desk_rows([owe(kind, kind=kind)], today=TODAY)
        assert found.kind in KINDS, kind
        listed = find_duties(
            Duty.objects.filter(key=kind), DeskFilter(kind=found.kind), today=TODAY
        )
        assert listed.count() == 1


def test_who_sees_what(world):
    dossier = consulting(world)
    draft = open_issue(world, firm=True)
    owe("firm", kind="filing.B.4", holder="enterprise", enterprise=world.firm, park=world.park)
    owe("board", kind="alert", park=world.park)
    owe("elsewhere", province="92")

    def keys(rows):
        return {duty.key.split(":")[0] if ":" not in duty.key else duty.kind for duty in rows}

    assert keys(duties_mine(world.clerk)) == {"firm", "state.draft"}
    assert "board" in keys(duties_mine(world.judge))
    assert keys(duties_mine(world.science_ministry)) == {"opinion"}
    assert keys(duties_mine(world.rival)) == set()
    territory = keys(duties_watched(world.judge))
    assert {"firm", "board", "opinion"} <= territory and "elsewhere" not in territory
    assert "state.draft" not in territory  # a draft is its applicant's alone
    assert "firm" not in keys(duties_watched(world.chair))  # of enterprises the Board is the issuer
    assert "elsewhere" in keys(duties_watched(world.overseer))
    assert not duties_watched(world.overseer).filter(dossier=draft).exists()
    for name in ("writer", "clerk", "science_ministry", "science_dept"):
        assert not watches(world.people[name])
        assert not duties_watched(world.people[name]).exists()
    page = as_user(world.judge).get("/desk/?view=territory").content.decode()
    assert f"/timeline/{dossier.public_id}/" in page
    assert draft.public_id not in page
    # who only watches is led where they may go: not into the room of a body that was asked
    assert "/opinions/" not in page.split("<table")[1] and f"/dossiers/{dossier.public_id}/" in page


def test_the_page_filters_sorts_and_pages(world, django_assert_max_num_queries):
    for n in range(60):
        owe(f"n{n:02}", due=n - 5, park=world.park)
    owe("none", kind="alert", park=world.park)
    client = as_user(world.judge, "en")
    client.get("/desk/")
    with django_assert_max_num_queries(10):
        first = client.get("/desk/").content.decode()
    titles = re.findall(r'class="what" href="[^"]+">Duty ([^<]+)', first)
    assert titles == [f"n{n:02}" for n in range(50)]
    assert "61 duties" in first and "</span> 5 working days late</span>" in first
    for query, wanted in [
        ("when=late", 5),
        ("when=none", 1),
        ("kind=alert", 1),
        ("kind=nonsense", 61),
        ("q=hiep-phuoc", 61),
        ("q=nowhere", 0),
        ("park=hiep-phuoc&province=79&when=soon", 11),
        ("province=92", 0),
        ("page=999&sort=-due", 61),
    ]:
        page = client.get(f"/desk/?{query}")
        assert page.context["page"].paginator.count == wanted, query
    last = client.get("/desk/?sort=-due").context["rows"]
    assert [last[0].duty.key, last[1].duty.key] == ["n59", "n58"]
    assert "No duty fits these filters." in client.get("/desk/?q=nowhere").content.decode()


def test_an_empty_desk_says_what_will_come(world):
    page = as_user(world.judge).get("/desk/").content.decode()
    assert "Không có việc nào chờ bạn" in page and 'href="/desk/?view=territory"' in page
    assert "<table" not in page and "Lọc" not in page


def test_the_file_says_what_the_page_says(world):
    owe("a", due=-1, park=world.park)
    owe("b", due=dt.date(2028, 3, 3))
    client = as_user(world.judge)
    answer = client.get("/desk.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert rows[1][1:3] == ["Việc a", "KCN Hiệp Phước"] and rows[1][-3:] == [
        "19/11/2026",
        -1,
        "quá hạn",
    ]
    assert rows[2][-2] is None and "2028" in rows[2][-1]
    assert client.get("/desk.csv?kind=alert").content.decode("utf-8-sig").count("\n") == 1
    for wrong in ("/desk.exe", "/dossiers.docx"):
        assert client.get(wrong).status_code == 404


def test_a_dossier_waits_for_one_side_at_a_time(world):
    dossier = submitted(world)
    assert [duty.dossier for duty in duties_mine(world.judge)] == [dossier]
    assert not duties_mine(world.writer).exists()
    page = as_user(world.judge).get("/desk/").content.decode()
    assert f"/dossiers/{dossier.public_id}/check/" in page
