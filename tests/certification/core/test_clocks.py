"""Legal days, working days and statutory clocks, without a store."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.certification.engine.clocks import (
    ALL_WORKING,
    NOT_EXTENDED,
    Calendar,
    Happened,
    NoHolidays,
    due_day,
    legal_day,
    run,
)
from sinhthai.rules.procedures_loading import load_procedures

RULES = load_procedures()
CALENDAR = Calendar(RULES.holidays)
PARK = RULES.procedure("vn-eip-issue-d35")
FIRM = RULES.procedure("vn-eco-issue-d35")
FINAL = frozenset({"certified", "notified", "withdrawn"})
KNOWN_DAYS = st.dates(dt.date(2022, 8, 1), dt.date(2027, 6, 30))


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def clock(id, history, today, options=None, procedure=PARK):
    rules = [one for one in procedure.clocks if one.id == id]
    found = run(rules, history, CALENDAR, options or {}, dt.date.fromisoformat(today), FINAL)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2026-03-01T16:59:59", "2026-03-01"),
        ("2026-03-01T17:00:00", "2026-03-02"),  # midnight in Viet Nam
        ("2025-12-31T17:00:00", "2026-01-01"),
    ],
)
def test_a_legal_day_is_that_of_viet_nam(instant, day):
    assert legal_day(at(instant)) == dt.date.fromisoformat(day)
    elsewhere = at(instant).astimezone(dt.timezone(dt.timedelta(hours=-8)))
    assert legal_day(elsewhere) == dt.date.fromisoformat(day)


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        legal_day(dt.datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "days", "unit", "due"),
    [
        ("2026-02-13", 3, "working", "2026-02-25"),  # the Friday before Tet
        ("2026-02-02", 15, "calendar", "2026-02-23"),  # day 15 is New Year's Day itself
        ("2026-05-04", 40, "calendar", "2026-06-15"),  # day 40 is a Saturday
        ("2026-05-04", 3, "working", "2026-05-07"),
        ("2026-08-19", 3, "working", "2026-08-22"),  # a Saturday worked in exchange
        ("2026-08-12", 10, "calendar", "2026-08-22"),  # and no day off to expire on
        ("2025-12-31", 3, "working", "2026-01-07"),
    ],
)
def test_a_period_ends_on_a_working_day(start, days, unit, due):
    assert due_day(dt.date.fromisoformat(start), days, unit, CALENDAR) == dt.date.fromisoformat(due)


def test_the_readings_of_days():
    start = dt.date(2026, 5, 4)
    assert due_day(start, 40, "calendar", CALENDAR, NOT_EXTENDED) == dt.date(2026, 6, 13)
    assert due_day(start, 40, "calendar", CALENDAR, ALL_WORKING) == dt.date(2026, 6, 29)


def test_a_year_without_data_is_an_error_not_a_guess():
    with pytest.raises(NoHolidays, match="2031") as refused:
        due_day(dt.date(2030, 12, 31), 3, "working", Calendar({2030: RULES.holidays[2026]}))
    assert refused.value.year == 2031
    found = clock("evaluate", [Happened("accept", at("2031-01-02T01:00:00"))], "2031-01-03")
    assert found.due_on is None and not found.is_late and found.working_days_left is None
    assert "2031" in found.problem.message.vi and found.problem.code == "no-holidays"


@given(KNOWN_DAYS, st.integers(0, 60))
def test_working_days_added_are_working_days_between(day, n):
    due = CALENDAR.add_working(day, n)
    assert CALENDAR.working_days_between(day, due) == n
    assert CALENDAR.working_days_between(due, day) == -n
    assert n == 0 or CALENDAR.is_working(due)


@given(KNOWN_DAYS, st.integers(1, 40), st.sampled_from(["calendar", "working"]))
def test_a_later_start_never_falls_due_earlier(day, days, unit):
    first = due_day(day, days, unit, CALENDAR)
    assert CALENDAR.is_working(first) and first > day
    assert due_day(day + dt.timedelta(days=1), days, unit, CALENDAR) >= first
    assert due_day(day, days + 1, unit, CALENDAR) >= first


def test_both_clocks_start_at_the_complete_dossier():
    history = [
        Happened("submit", at("2026-05-01T02:00:00"), "submitted"),
        Happened("accept", at("2026-05-04T18:00:00"), "accepted"),  # already the 5th
    ]
    sending = clock("send_opinions", history, "2026-05-06")
    evaluation = clock("evaluate", history, "2026-05-06")
    assert sending.started_on == evaluation.started_on == dt.date(2026, 5, 5)
    assert sending.due_on == dt.date(2026, 5, 8) and sending.working_days_left == 2
    assert evaluation.due_on == dt.date(2026, 6, 15)  # day 40 is a Sunday
    assert clock("evaluate", history, "2026-06-16").is_late
    assert clock("evaluate", history, "2026-06-16").working_days_left == -1
    assert clock("evaluate", history[:1], "2026-05-06") is None


def test_a_supplement_stops_the_clock_and_nothing_else_does():
    history = [
        Happened("accept", at("2026-05-04T02:00:00"), "accepted"),
        Happened("evaluate", at("2026-05-11T02:00:00"), "evaluating"),
        Happened("ask_supplement_evaluation", at("2026-05-18T02:00:00"), "supplement_evaluation"),
    ]
    standing = clock("evaluate", history, "2026-05-25")
    assert standing.is_paused and standing.paused_days == 7
    assert standing.due_on == dt.date(2026, 6, 22)  # day 47 is a Saturday
    back = Happened("resubmit_evaluation", at("2026-05-28T02:00:00"), "evaluating")
    again = clock("evaluate", [*history, back], "2026-06-10")
    assert not again.is_paused and again.paused_days == 10
    assert again.due_on == dt.date(2026, 6, 23)
    done = Happened("report", at("2026-06-23T02:00:00"), "reported")
    ended = clock("evaluate", [*history, back, done], "2027-01-10")
    assert ended.stopped_on == dt.date(2026, 6, 23) and not ended.is_late
    assert ended.working_days_left is None and ended.due_on == dt.date(2026, 6, 23)
    late = Happened("report", at("2026-06-24T02:00:00"), "reported")
    assert clock("evaluate", [*history, back, late], "2027-01-10").is_late


def test_withdrawing_stops_every_clock():
    history = [
        Happened("accept", at("2026-05-04T02:00:00"), "accepted"),
        Happened("withdraw", at("2026-05-06T02:00:00"), "withdrawn"),
    ]
    for id in ("send_opinions", "evaluate"):
        assert clock(id, history, "2026-12-01").stopped_on == dt.date(2026, 5, 6)
        assert not clock(id, history, "2026-12-01").is_late


def test_the_fifteen_days_start_on_the_agency_s_receipt_or_on_the_board_s():
    history = [
        Happened("accept", at("2026-05-04T02:00:00"), "accepted"),
        Happened("consult", at("2026-05-06T02:00:00"), "consulting"),
        Happened("sent", at("2026-05-06T02:00:00")),
        Happened("received", at("2026-05-08T02:00:00")),
    ]
    own = clock("opinion", history, "2026-05-11", {"A5": "agency-receipt"})
    assert own.started_on == dt.date(2026, 5, 8) and own.due_on == dt.date(2026, 5, 25)
    boards = clock("opinion", history, "2026-05-11", {"A5": "board-receipt"})
    assert boards.started_on == dt.date(2026, 5, 4) and boards.due_on == dt.date(2026, 5, 19)
    of_firm = clock("opinion", history, "2026-05-11", {"A5": "agency-receipt"}, FIRM)
    assert of_firm.due_on == dt.date(2026, 5, 19)  # 7 working days
    assert clock("opinion", history[:3], "2026-05-11", {"A5": "agency-receipt"}) is None


def test_a_clock_without_a_limit_has_no_day_and_is_never_late():
    history = [Happened("submit", at("2026-01-05T02:00:00"), "submitted")]
    found = clock("completeness", history, "2026-12-30")
    assert found.due_on is None and not found.is_late and found.problem is None


def test_a_machine_s_clock_set_back_takes_no_day_from_anybody():
    history = [
        Happened("accept", at("2026-05-04T02:00:00"), "accepted"),
        Happened("ask_supplement_evaluation", at("2026-05-18T02:00:00"), "supplement_evaluation"),
        Happened("resubmit_evaluation", at("2026-05-11T02:00:00"), "evaluating"),
    ]
    found = clock("evaluate", history, "2026-05-20")
    assert found.paused_days == 0 and found.due_on == dt.date(2026, 6, 15)
