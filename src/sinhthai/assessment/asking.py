"""What is asked on the command line: checked, with every problem said at once. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sinhthai.foundation.numbers import NotADate, parse_date
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Bundle, Framework, Subject

FORMATS = ("table", "json", "csv", "html", "pdf", "xlsx")
ALL = "all"
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Question:
    """What to hold a park against; ``on`` and ``year`` None mean the natural ones."""

    families: tuple[str, ...]
    on: dt.date | None = None
    year: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    form: str = "table"


def ask(
    framework: str,
    on: str,
    year: int | None,
    options: Sequence[str],
    form: str,
    output: Path | None,
    language: str,
) -> Question:
    """Return the question, or raise `InputError` with everything wrong with it."""
    bundle = load_bundle()
    problems: list[Problem] = []
    if language not in ("vi", "en"):
        problems.append(_unknown("lang", "--lang", language, ("vi", "en")))
    of_parks = families_of(bundle, "park")
    known = (*of_parks, *families_of(bundle, "enterprise"))
    if framework != ALL and framework not in known:
        problems.append(_unknown("framework", "--framework", framework, (*known, ALL)))
    day: dt.date | None = None
    if on:
        try:
            day = parse_date(on)
        except NotADate as error:
            said = Text(f"--on: {error.message.vi}", f"--on: {error.message.en}")
            problems.append(Problem("on", said, error.cure))
    if year is not None and year not in YEARS:
        problems.append(
            Problem(
                "year",
                Text("--year: {y} không phải một năm.", "--year: {y} is not a year.").format(
                    y=year
                ),
                Text("Ghi một năm, ví dụ 2025.", "Write a year, for example 2025."),
            )
        )
    chosen = read_options(bundle, options, problems)
    written = form or (output.suffix.lstrip(".").lower() if output else "") or "table"
    written = "table" if written == "txt" else written
    if written not in FORMATS:
        problems.append(_unknown("format", "--format", written, FORMATS))
    if problems:
        raise InputError(problems)
    return Question(of_parks if framework == ALL else (framework,), day, year, chosen, written)


def families_of(bundle: Bundle, subject: Subject) -> tuple[str, ...]:
    """Return the families whose criteria are about *subject*, in the order of the rules."""
    about = {f.family for f in bundle.frameworks if f.subject == subject}
    return tuple(family for family in bundle.families if family in about)


def frameworks_on(bundle: Bundle, question: Question, day: dt.date) -> list[Framework]:
    """Return the versions in force on *day*; `InputError` when there is none at all."""
    found = [bundle.framework_on(family, day) for family in question.families]
    in_force = [framework for framework in found if framework is not None]
    if not in_force:
        first = min(f.valid_from for f in bundle.frameworks if f.family in question.families)
        raise InputError(
            [
                Problem(
                    "not_in_force",
                    Text(
                        "Ngày {day} chưa có tiêu chí nào có hiệu lực.",
                        "No criteria were in force on {day}.",
                    ).format(day=day.isoformat()),
                    Text(
                        "Chọn một ngày từ {first} trở đi.", "Choose a day from {first} on."
                    ).format(first=first.isoformat()),
                )
            ]
        )
    return in_force


def in_force(bundle: Bundle, family: str, day: dt.date) -> Framework:
    """Return the version of *family* in force on *day*; `InputError` when there is none."""
    return frameworks_on(bundle, Question((family,)), day)[0]


def read_options(bundle: Bundle, given: Sequence[str], problems: list[Problem]) -> dict[str, str]:
    """Return the readings of the law chosen (``A2=registered``); faults go to *problems*."""
    chosen = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        option = bundle.options.get(name.strip().upper())
        if not sign or option is None:
            known = tuple(f"{o.id}={o.choices[0].code}" for o in bundle.options.values())
            problems.append(_unknown("option", "--option", pair, known))
            continue
        codes = tuple(choice.code for choice in option.choices)
        if value.strip() not in codes:
            problems.append(_unknown("option_choice", f"--option {option.id}", value, codes))
            continue
        chosen[option.id] = value.strip()
    return chosen


def _unknown(code: str, name: str, given: str, known: Sequence[str]) -> Problem:
    return Problem(
        code,
        Text("{name}: không có «{given}».", "{name}: there is no '{given}'.").format(
            name=name, given=given
        ),
        Text("Chọn một trong: {known}.", "Choose one of: {known}.").format(known=", ".join(known)),
    )
