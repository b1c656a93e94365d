"""Check the days off: each in its year, none twice, none on a weekend but those worked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures_schema import HolidaysFile, HolidayYearIn

Line = Callable[[Sequence[Any]], int | None]
SATURDAY = 5


def holiday_problems(file: HolidaysFile, name: str, line: Line) -> list[Problem]:
    """Return everything wrong with the days off of *file*, whose shape is right."""

    def problem(code: str, where: Sequence[Any], row: str, message: Text, cure: Text) -> Problem:
        return Problem(f"holidays-{code}", message, cure, Place(name, cell=row, line=line(where)))

    def all() -> Iterator[Problem]:
        years = [row.year for row in file.years]
        for number, row in enumerate(file.years):
            if years.index(row.year) != number:
                yield problem(
                    "year-twice",
                    ("years", number),
                    str(row.year),
                    Text(f"năm {row.year} viết hai lần", f"{row.year} is written twice"),
                    Text("giữ một, xóa một", "keep one and delete the other"),
                )
            yield from _year(problem, number, row)

    return list(all())


def _year(problem: Callable[..., Problem], number: int, row: HolidayYearIn) -> Iterator[Problem]:
    days = Counter(one.day for one in (*row.days_off, *row.days_worked))
    for key, rows in (("days_off", row.days_off), ("days_worked", row.days_worked)):
        seen: set[str] = set()
        for place, one in enumerate(rows):
            at = ("years", number, key, place)
            day = dt.date.fromisoformat(one.day)
            if day.year != row.year:
                yield problem(
                    "other-year",
                    at,
                    one.day,
                    Text(f"không thuộc năm {row.year}", f"not a day of {row.year}"),
                    Text("chuyển sang năm của nó", "move it to its own year"),
                )
            if days[one.day] > 1 and (one.day in seen or key == "days_worked"):
                yield problem(
                    "day-twice",
                    at,
                    one.day,
                    Text("ngày này viết hai lần", "this day is written twice"),
                    Text("giữ một, xóa một", "keep one and delete the other"),
                )
            seen.add(one.day)
            if key == "days_worked" and day.weekday() < SATURDAY:
                yield problem(
                    "worked-weekday",
                    at,
                    one.day,
                    Text("làm bù vào ngày thường", "a day worked in exchange is a working day"),
                    Text(
                        "ngày làm bù là thứ Bảy hoặc Chủ nhật",
                        "write the Saturday or Sunday that is worked",
                    ),
                )
