"""The calendar of what is owed in a year: each obligation, for each period, by its day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.certification.engine.clocks import Calendar, due_day
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Obligation
from sinhthai.supervision.engine.periods import Period, binds, period_before

_PERIOD = re.compile(r"(\d{4})(?:-(Q[1-4]|H[12]))?")
_STARTS = {"quarter": (1, 4, 7, 10), "half_year": (1, 7)}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An obligation for one period. ``due_on`` None: no day by law, or ``problem`` says why."""

    obligation: Obligation
    period: Period
    due_on: dt.date | None
    problem: Text | None = None


def occurrences(
    obligations: Sequence[Obligation], year: int, calendar: Calendar
) -> tuple[Occurrence, ...]:
    """Return what falls due in *year*, by day; what has no day by law comes last.

    The periods are those that ended since the first of January before, each once.
    """
    found = []
    for one in obligations:
        for month in _STARTS.get(one.every, (1,)):
            period = period_before(dt.date(year, month, 1), one.every)
            if not binds(one, period, obligations):
                continue
            due, problem = due_of(one, period, obligations, calendar)
            found.append(Occurrence(one, period, due, problem))
    last = dt.date.max
    return tuple(sorted(found, key=lambda row: (row.due_on or last, row.period.last)))


def due_of(
    obligation: Obligation, period: Period, all_of: Sequence[Obligation], calendar: Calendar
) -> tuple[dt.date | None, Text | None]:
    """Return the last day in time, moved off days off; or None, with the reason if one is known.

    The reason is a year whose days off are not known: an error, never a guess.
    """
    try:
        if obligation.after and obligation.after_working_days is not None:
            first = next(one for one in all_of if one.id == obligation.after)
            before = period.due(first)
            if before is None:
                return None, None
            return due_day(before, obligation.after_working_days, "working", calendar), None
        day = period.due(obligation)
        return (None if day is None else calendar.next_working(day)), None
    except InputError as error:
        return None, error.problems[0].message


def period_named(code: str) -> Period | None:
    """Return the period people write as 2026-Q3, 2026-H1 or 2026; None for anything else.

    >>> period_named("2026-Q3").last
    datetime.date(2026, 9, 30)
    >>> period_named("2026-Q5") is None
    True
    """
    match = _PERIOD.fullmatch(code.strip().upper())
    if match is None or not 2000 <= int(match[1]) <= 2100:
        return None
    year, part = int(match[1]), match[2] or ""
    if not part:
        return period_before(dt.date(year + 1, 1, 1), "year")
    months, every = (3, "quarter") if part[0] == "Q" else (6, "half_year")
    ended = int(part[1]) * months  # the month it ends with
    after = dt.date(year + 1, 1, 1) if ended == 12 else dt.date(year, ended + 1, 1)
    return period_before(after, every)
