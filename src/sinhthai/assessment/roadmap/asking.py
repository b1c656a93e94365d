"""What is asked of a roadmap on the command line: every problem is said at once. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.assessment.asking import families_of, in_force, read_options
from sinhthai.assessment.roadmap.document import GOALS
from sinhthai.assessment.roadmap.model import Asked
from sinhthai.foundation.console.messages import not_in_range, not_one_of
from sinhthai.foundation.numbers import NotADate, NumberError, parse_amount, parse_date
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework

ALL = "all"
LONGEST = 15  # years a plan may reach ahead
_LATEST = 100
_MOST_SECONDS = 86_400
_UNITS = {
    "": 1.0, "vnd": 1.0, "m": 1e6, "mvnd": 1e6, "tr": 1e6, "trieu": 1e6, "bn": 1e9, "bnvnd": 1e9,
    "ty": 1e9, "tyvnd": 1e9,
}  # fmt: skip
_PAIR = re.compile(r"(\d{4})\s*=\s*(.+)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The question of a roadmap, checked."""

    asked: Asked
    framework: Framework
    options: dict[str, str]


def ask_roadmap(
    *,
    by: str,
    today: dt.date,
    first: int | None = None,
    framework: str = "vn-eip",
    goal: str = ALL,
    budget: str = "",
    rate: str = "10%",
    horizon: int = 10,
    seconds: float = 20.0,
    readings: Sequence[str] = (),
) -> Wanted:
    """Return the question, or raise `InputError` with everything wrong with it.

    >>> asked = ask_roadmap(by="2028-12-31", today=dt.date(2026, 1, 5), budget="2026=5bn").asked
    >>> asked.years, asked.budget
    ((2026, 2027, 2028), {2026: 5000000000.0})
    """
    problems: list[Problem] = []
    bundle = load_bundle()
    known = families_of(bundle, "park")
    if framework not in known:
        problems.append(not_one_of("--framework", framework, known))
    if goal not in (*GOALS, ALL):
        problems.append(not_one_of("--goal", goal, (*GOALS, ALL)))
    if not 0 < seconds <= _MOST_SECONDS:
        problems.append(not_in_range("--seconds", seconds, 1, _MOST_SECONDS))
    if not 1 <= horizon <= _LATEST:
        problems.append(not_in_range("--horizon", horizon, 1, _LATEST))
    start = today.year if first is None else first
    day = _day(by, start, problems)
    money = _budget(budget, problems)
    share = _rate(rate, problems)
    chosen = read_options(bundle, readings, problems)
    if problems or day is None:
        raise InputError(problems)
    months = 12 - today.month if start == today.year else 12
    asked = Asked(
        day, start, GOALS if goal == ALL else (goal,), money, share, horizon, seconds, months
    )
    outside = [year for year in money if year not in asked.years]
    if outside:
        raise InputError([_outside(outside, asked)])
    return Wanted(asked, in_force(bundle, framework, day), chosen)


def _day(by: str, start: int, problems: list[Problem]) -> dt.date | None:
    try:
        day = parse_date(by)
    except NotADate as error:
        problems.append(Problem("by", error.message, error.cure, Place("--by")))
        return None
    years = Asked(day, start).years
    if not years or len(years) > LONGEST:
        problems.append(
            Problem(
                "by_wrong",
                Text(
                    f"Từ năm {start} đến ngày này không có năm trọn vẹn nào, hoặc quá {LONGEST} "
                    "năm.",
                    f"Between {start} and this day lies no whole year, or more than {LONGEST}.",
                ),
                Text(
                    f"Ghi một ngày 31/12 của năm {start} trở đi.",
                    f"Name a 31 December of {start} or later.",
                ),
                Place("--by"),
            )
        )
        return None
    return day


def _budget(written: str, problems: list[Problem]) -> dict[int, float]:
    """Read ``2026=5bn, 2027=2tỷ``; every fault is added to *problems*."""
    found: dict[int, float] = {}
    for part in filter(
        None, (piece.strip() for piece in re.split(r"[,;](?=\s*\d{4}\s*=)", written))
    ):
        match = _PAIR.fullmatch(part)
        if match is None:
            problems.append(_budget_wrong(part))
            continue
        try:
            money = parse_amount(match[2])
        except NumberError as error:
            problems.append(Problem("budget", error.message, error.cure, Place("--budget")))
            continue
        unit = fold(money.unit).replace(" ", "")
        if unit not in _UNITS or money.value < 0 or int(match[1]) in found:
            problems.append(_budget_wrong(part))
            continue
        found[int(match[1])] = money.value * _UNITS[unit]
    return found


def _rate(written: str, problems: list[Problem]) -> float:
    try:
        said = parse_amount(written)
    except NumberError as error:
        problems.append(Problem("rate", error.message, error.cure, Place("--rate")))
        return 0.0
    share = said.value / 100.0 if said.unit == "%" else said.value
    if said.unit not in ("", "%") or not 0 <= share < 1:
        problems.append(
            Problem(
                "rate",
                Text(f"Lãi suất «{written}» không dùng được.", f"The rate '{written}' is unclear."),
                Text("Ghi 10% hoặc 0,1.", "Write 10% or 0.1."),
                Place("--rate"),
            )
        )
    return share


def _budget_wrong(part: str) -> Problem:
    return Problem(
        "budget",
        Text(f"Không hiểu ngân sách «{part}».", f"The budget '{part}' is unclear."),
        Text("Ghi ví dụ 2026=5tỷ,2027=800tr.", "Write, for example, 2026=5bn,2027=800m."),
        Place("--budget"),
    )


def _outside(years: Sequence[int], asked: Asked) -> Problem:
    listed = ", ".join(map(str, years))
    return Problem(
        "budget_year",
        Text(f"Lộ trình không có năm {listed}.", f"The roadmap has no year {listed}."),
        Text(
            f"Chọn trong {asked.years[0]}–{asked.years[-1]}.",
            f"Choose among {asked.years[0]}–{asked.years[-1]}.",
        ),
        Place("--budget"),
    )
