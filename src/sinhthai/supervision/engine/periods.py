"""Which period an obligation is for, and when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Obligation


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, half-year, year or two years that have ended: the first and the last day."""

    code: str  # 2025, 2025-Q4, 2025-H2, 2023-2024
    name: Text
    first: dt.date
    last: dt.date

    def due(self, obligation: Obligation) -> dt.date | None:
        """Return the last day in time: the day before the first date named after the period.

        The calendar says "before 15 January": the 14th is in time. None: the law gives no day.

        >>> from types import SimpleNamespace
        >>> year = period_before(dt.date(2026, 3, 1), "year")
        >>> year.due(SimpleNamespace(due=((4, 10),)))
        datetime.date(2026, 4, 9)
        """
        named = sorted(
            dt.date(year, month, day)
            for year in (self.last.year, self.last.year + 1)
            for month, day in obligation.due
        )
        return next((day - dt.timedelta(days=1) for day in named if day > self.last), None)


def period_before(today: dt.date, every: str) -> Period:
    """Return the last period that had ended before *today*.

    >>> period_before(dt.date(2026, 1, 1), "quarter").code
    '2025-Q4'
    >>> period_before(dt.date(2026, 6, 30), "half_year").code
    '2025-H2'
    """
    if every == "two_years":
        first, last = dt.date(today.year - 2, 1, 1), dt.date(today.year - 1, 12, 31)
        code = f"{first.year}-{last.year}"
        return Period(code, Text(f"các năm {code}", code), first, last)
    months = {"quarter": 3, "half_year": 6}.get(every, 12)
    number = (today.month - 1) // months  # of the period today stands in, from 0
    year, number = (today.year, number - 1) if number else (today.year - 1, 12 // months - 1)
    first = dt.date(year, number * months + 1, 1)
    in_last_month = dt.date(year, (number + 1) * months, 28)
    last = (in_last_month + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    if months == 12:
        return Period(f"{year}", Text(f"năm {year}", f"{year}"), first, last)
    if months == 6:
        which = "6 tháng đầu năm" if number == 0 else "6 tháng cuối năm"
        return Period(
            f"{year}-H{number + 1}",
            Text(f"{which} {year}", f"half-year {number + 1} of {year}"),
            first,
            last,
        )
    return Period(
        f"{year}-Q{number + 1}",
        Text(f"quý {number + 1} năm {year}", f"quarter {number + 1} of {year}"),
        first,
        last,
    )


def obliged(
    obligations: Iterable[Obligation], today: dt.date
) -> Iterator[tuple[Obligation, Period]]:
    """Yield each obligation that binds for the last period ended before *today*, with it."""
    rules = tuple(obligations)
    for one in rules:
        period = period_before(today, one.every)
        if binds(one, period, rules):
            yield one, period


def binds(obligation: Obligation, period: Period, all_of: Iterable[Obligation]) -> bool:
    """Say whether an obligation is owed for a period.

    It is where the rule is in force on the last day in time, or on the last day of the period
    where the law names no day: a new rule does not make anybody late for the time before it. What
    comes every two years is owed in its own years.
    """
    if obligation.cycle_year is not None and (period.last.year + 1 - obligation.cycle_year) % 2:
        return False
    first = next((one for one in all_of if one.id == obligation.after), obligation)
    day = period.due(first) or period.last
    return obligation.valid_from <= day and (
        obligation.valid_until is None or day < obligation.valid_until
    )
