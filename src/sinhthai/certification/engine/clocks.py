"""Legal days, working days, and the statutory clocks of a procedure.

An instant is UTC; a legal day is the day it falls on in Viet Nam. Days are counted from the day
after the one a clock starts on; a period that expires on a day off is extended to the end of the
next working day (Civil Code 2015, Art 147-148). A year whose days off are not known is an error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import ClockRule, HolidayYear, Unit

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_DAY = dt.timedelta(days=1)
# Readings of A7 other than "calendar days, extended when they expire on a day off".
NOT_EXTENDED, ALL_WORKING = "calendar", "working"


def legal_day(at: dt.datetime) -> dt.date:
    """Return the day in Viet Nam on which the instant *at* falls.

    Raises
    ------
    ValueError : *at* has no time zone, so it is no instant.

    >>> legal_day(dt.datetime(2026, 3, 1, 18, 30, tzinfo=dt.UTC))
    datetime.date(2026, 3, 2)
    """
    if at.tzinfo is None:
        raise ValueError("a time without its zone is no instant")
    return at.astimezone(_ZONE).date()


def start_of(day: dt.date) -> dt.datetime:
    """Return the first instant of the legal *day*, in UTC.

    >>> start_of(dt.date(2026, 5, 4))
    datetime.datetime(2026, 5, 3, 17, 0, tzinfo=datetime.timezone.utc)
    """
    return dt.datetime.combine(day, dt.time(), _ZONE).astimezone(dt.UTC)


class NoHolidays(InputError):
    """The days off of a year are not known, so a legal day in it cannot be counted."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            [
                Problem(
                    "no-holidays",
                    Text(
                        "Chưa có lịch nghỉ lễ năm {year} nên chưa tính được thời hạn.",
                        "The days off of {year} are not known, so no deadline can be counted.",
                    ).format(year=year),
                    Text(
                        "Thêm lịch nghỉ của năm đó cùng văn bản quyết định vào holidays.yaml.",
                        "Add the year with the decision that fixed it to holidays.yaml.",
                    ),
                )
            ]
        )


class Calendar:
    """The working days of Viet Nam: Monday to Friday, less days off, plus days worked in exchange.

    Every method raises `NoHolidays` when it needs a day of a year without data.
    """

    def __init__(self, holidays: Mapping[int, HolidayYear]) -> None:
        self._off: dict[int, frozenset[dt.date]] = {}
        self._works: dict[int, frozenset[dt.date]] = {}
        for year, known in holidays.items():
            self._off[year] = frozenset(one.day for one in known.days if not one.works)
            self._works[year] = frozenset(one.day for one in known.days if one.works)

    def knows(self, year: int) -> bool:
        """Say whether the days off of *year* are known."""
        return year in self._off

    def is_working(self, day: dt.date) -> bool:
        """Say whether *day* is a working day.

        >>> Calendar({2026: HolidayYear(2026, (), Text("", ""), None)}).is_working(
        ...     dt.date(2026, 7, 4)
        ... )
        False
        """
        if day.year not in self._off:
            raise NoHolidays(day.year)
        if day in self._works[day.year]:
            return True
        return day.weekday() < 5 and day not in self._off[day.year]

    def next_working(self, day: dt.date) -> dt.date:
        """Return *day* if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add_working(self, day: dt.date, n: int) -> dt.date:
        """Return the *n*-th working day after *day*; *day* itself is not counted."""
        while n > 0:
            day += _DAY
            n -= self.is_working(day)
        return day

    def working_days_between(self, a: dt.date, b: dt.date) -> int:
        """Return how many working days lie after *a*, up to and with *b*; negative when b < a."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.is_working(a + _DAY * i) for i in range(1, (b - a).days + 1))


def due_day(
    start: dt.date, days: int, unit: Unit, calendar: Calendar, reading_a7: str = ""
) -> dt.date:
    """Return the last day of a period of *days* that starts on *start*.

    Parameters
    ----------
    start : the day of the event; the day after it is day 1.
    days : the length [calendar or working days, by *unit*].
    reading_a7 : the reading of "days": `NOT_EXTENDED` leaves an expiry on a day off where it is,
        `ALL_WORKING` takes every day for a working day.

    Raises
    ------
    NoHolidays : a day that must be looked at lies in a year without data.

    >>> calendar = Calendar({2026: HolidayYear(2026, (), Text("", ""), None)})
    >>> due_day(dt.date(2026, 6, 1), 12, "calendar", calendar)  # 13 June is a Saturday
    datetime.date(2026, 6, 15)
    """
    if unit == "working" or reading_a7 == ALL_WORKING:
        return calendar.add_working(start, days)
    expiry = start + _DAY * days
    return expiry if reading_a7 == NOT_EXTENDED else calendar.next_working(expiry)


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a dossier (or of an opinion): what, when, and the state it led to.

    ``what`` is the id of a step, or "sent", "received", "answered" of an opinion; ``state`` is
    the state of the dossier afterwards, "" where the event left it as it was.
    """

    what: str
    at: dt.datetime
    state: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A statutory clock as it stands on a day.

    ``due_on`` None: the law states no limit, or the days off of a year are not known (then
    ``problem`` says so). ``paused_days`` is how much it was extended because it stood still, in
    its unit. ``working_days_left`` counts after today up to the due day; negative when late; None
    when stopped or without a due day.
    """

    id: str
    rule: ClockRule
    started_on: dt.date
    due_on: dt.date | None
    stopped_on: dt.date | None
    paused_days: int
    is_paused: bool
    working_days_left: int | None
    is_late: bool
    problem: Problem | None


def run(
    rules: Sequence[ClockRule],
    history: Sequence[Happened],
    calendar: Calendar,
    options: Mapping[str, str],
    today: dt.date,
    final: frozenset[str] = frozenset(),
) -> list[Clock]:
    """Return the clocks of *rules* that have started, in the order of *rules*.

    Parameters
    ----------
    history : what happened, oldest first.
    options : the readings pinned in the dossier; they choose what starts a clock.
    final : the final states; reaching one stops every clock.
    """
    found = (_clock(rule, history, calendar, options, today, final) for rule in rules)
    return [clock for clock in found if clock is not None]


def _clock(
    rule: ClockRule,
    history: Sequence[Happened],
    calendar: Calendar,
    options: Mapping[str, str],
    today: dt.date,
    final: frozenset[str],
) -> Clock | None:
    starts = rule.starts
    if rule.option and rule.option in options:
        chosen = rule.starts_by_choice.get(options[rule.option])
        starts = (chosen,) if chosen else starts
    first = next((i for i, one in enumerate(history) if one.what in starts), None)
    if first is None:
        return None
    after = history[first + 1 :]
    ended = next((one for one in after if one.what in rule.ends or one.state in final), None)
    started_on = legal_day(history[first].at)
    stopped_on = legal_day(ended.at) if ended else None
    spans, is_paused = _pauses(rule, history[first:], ended, today)
    due_on: dt.date | None = None
    left: int | None = None
    paused = 0
    problem: Problem | None = None
    try:
        reading = options.get("A7", "")
        unit: Unit = "working" if reading == ALL_WORKING else rule.unit
        paused = sum(_length(unit, a, b, calendar) for a, b in spans)
        if rule.days is not None:
            due_on = due_day(started_on, rule.days + paused, unit, calendar, reading)
            if stopped_on is None:
                left = calendar.working_days_between(today, due_on)
    except NoHolidays as missing:
        problem = missing.problems[0]
    return Clock(
        id=rule.id,
        rule=rule,
        started_on=started_on,
        due_on=due_on,
        stopped_on=stopped_on,
        paused_days=paused,
        is_paused=is_paused,
        working_days_left=left,
        is_late=due_on is not None and (stopped_on or today) > due_on,
        problem=problem,
    )


def _pauses(
    rule: ClockRule, history: Sequence[Happened], ended: Happened | None, today: dt.date
) -> tuple[list[tuple[dt.date, dt.date]], bool]:
    """Return the spans in which the clock stood still, and whether it does so now."""
    spans: list[tuple[dt.date, dt.date]] = []
    since: dt.date | None = None
    for one in history:
        if since is not None and (one is ended or (one.state and one.state not in rule.pauses)):
            # A machine's clock set back must not shorten what the law gives.
            spans.append((since, max(since, legal_day(one.at))))
            since = None
        if one is ended:
            return spans, False
        if since is None and one.state in rule.pauses:
            since = legal_day(one.at)
    if since is not None:
        spans.append((since, max(since, today)))
    return spans, since is not None


def _length(unit: Unit, a: dt.date, b: dt.date, calendar: Calendar) -> int:
    return calendar.working_days_between(a, b) if unit == "working" else (b - a).days
