"""Compile ``procedures.yaml`` and ``holidays.yaml`` into ``procedures.json``."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import DATA, hash_of
from sinhthai.rules.files import read_located, read_one
from sinhthai.rules.holidays_check import holiday_problems
from sinhthai.rules.procedures import ClockRule, PaperRule, Procedures, Sourced, Step
from sinhthai.rules.procedures_check import problems_of
from sinhthai.rules.procedures_content import content_of
from sinhthai.rules.procedures_loading import COMPILED, procedures_of
from sinhthai.rules.procedures_schema import HolidaysFile, ProceduresFile
from sinhthai.rules.schema import AboutFile, OptionsFile

FILE = "procedures.yaml"
HOLIDAYS = "holidays.yaml"
OVERDUE = dt.timedelta(days=548)  # 18 months, as for the criteria


def compile_procedures_text(folder: Path = DATA) -> str:
    """Return the text of ``procedures.json`` for the YAML files of *folder*.

    Raises
    ------
    InputError
        With every problem found, each with file, line, row and cure.
    """
    file, line, problems = read_located(folder, FILE, ProceduresFile)
    holidays, holiday_line, more = read_located(folder, HOLIDAYS, HolidaysFile)
    options, _, wrong = read_one(folder, "options.yaml", OptionsFile)
    about, _, faults = read_one(folder, "about.yaml", AboutFile)
    problems = [*problems, *more, *wrong, *faults]
    if file is not None and options is not None and about is not None:
        choices = {one.id: {choice.code for choice in one.choices} for one in options.options}
        problems += problems_of(file, choices, set(about.families), FILE, line)
    if holidays is not None:
        problems += holiday_problems(holidays, HOLIDAYS, holiday_line)
    if problems or file is None or holidays is None:
        raise InputError(problems)
    content = content_of(file, holidays)
    document = {"hash": hash_of(content), "content": content}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def compile_procedures(folder: Path = DATA) -> Procedures:
    """Return the procedures of *folder* without writing them."""
    document = json.loads(compile_procedures_text(folder))
    return procedures_of(document["content"], document["hash"])


def write_procedures(folder: Path = DATA, target: Path = COMPILED) -> bool:
    """Rewrite *target* from *folder*; return whether it changed."""
    text = compile_procedures_text(folder)
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8")
    return True


def overdue_procedures(law: Procedures, day: dt.date) -> list[Problem]:
    """Return a warning for each verified row read more than 18 months before *day*."""
    rows: list[tuple[str, str, Sourced]] = [
        *((FILE, one.id, one.rule) for one in law.procedures),
        *((FILE, one.id, one.rule) for one in law.authorities.values()),
        *((FILE, one.id, one.rule) for one in law.obligations),
        *((HOLIDAYS, str(one.year), one.rule) for one in law.holidays.values()),
    ]
    for one in law.procedures:
        parts: tuple[Step | ClockRule | PaperRule, ...] = (*one.steps, *one.clocks, *one.papers)
        # Parts read on the same day as their procedure are warned of with it.
        rows += [
            (FILE, f"{one.id} {part.id}", part.rule)
            for part in parts
            if part.rule.checked_on != one.rule.checked_on
        ]
    return [
        Problem(
            "procedures-overdue",
            Text(
                f"đã hơn 18 tháng từ lần đọc {rule.checked_on}",
                f"more than 18 months have passed since {rule.checked_on}",
            ),
            Text(
                "đọc lại điều luật, ghi checked_on mới",
                "read the clause again and renew checked_on",
            ),
            Place(file, cell=id),
            "warning",
        )
        for file, id, rule in rows
        if rule.verified and rule.checked_on is not None and rule.checked_on + OVERDUE < day
    ]
