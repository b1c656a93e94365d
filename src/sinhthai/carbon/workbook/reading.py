"""A workbook of activities read whole: every fault with its cell and cure, or all its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.workbook.grids import read_sheets
from sinhthai.carbon.workbook.messages import told
from sinhthai.carbon.workbook.model import Reading
from sinhthai.carbon.workbook.rows import RowReader
from sinhthai.factors.lookup import Factors
from sinhthai.foundation.problems import InputError, Place, Problem

_SHOWN = 30  # problems of one kind told one by one


def read_activities(
    content: bytes, file: str, factors: Factors, *, subject: str, year: int | None = None
) -> Reading:
    """Return the activities of a workbook.

    Parameters
    ----------
    content, file : the bytes, and the name problems are told with.
    subject : whose the lines are where the file names nobody.
    year : the year of lines that say none; None: each line must.

    Raises
    ------
    InputError : everything that is wrong, all at once; nothing of the file is used.
    """
    problems: list[Problem] = []
    sheets = read_sheets(content, file, problems)
    activities: list[Activity] = []
    for sheet in sheets:
        reader = RowReader(sheet, factors, year, problems)
        columns = tuple(sheet.columns.values())
        for number in range(sheet.first, len(sheet.rows)):
            row = sheet.rows[number]
            if any(row[column] not in ("", None) for column in columns):
                activity = reader.read(number, row)
                if activity is not None:
                    activities.append(activity)
    activities = _with_subjects(activities, subject, problems)
    _tell_repeated(activities, problems)
    if not activities and not any(one.severity == "error" for one in problems):
        problems.append(told("no-lines", Place(file)))
    if any(one.severity == "error" for one in problems):
        raise InputError(bounded(problems))
    _tell_unknown(activities, problems, factors)
    where = {sheet.name: dict(sheet.columns) for sheet in sheets}
    return Reading(tuple(activities), tuple(bounded(problems)), where)


def _with_subjects(
    activities: Sequence[Activity], subject: str, problems: list[Problem]
) -> list[Activity]:
    """Return the lines with somebody they belong to: all say whose, or none does."""
    silent = [activity for activity in activities if not activity.subject]
    if not silent:
        return list(activities)
    if len(silent) < len(activities):
        problems += [told("no-subject", activity.place) for activity in silent]
        return list(activities)
    return [replace(activity, subject=subject) for activity in activities]


def _tell_repeated(activities: Sequence[Activity], problems: list[Problem]) -> None:
    lines: dict[tuple[str, int, str], Activity] = {}
    same: dict[object, Activity] = {}
    for one in activities:
        key = (one.subject, one.year, one.line)
        if key in lines:
            other = _where(lines[key], one)
            problems.append(told("line-twice", one.place, line=one.line, other=other))
        lines[key] = one
        content = (
            one.subject, one.year, one.kind, one.what, one.quantity, one.unit, one.category,
            one.scope, one.supplier, one.note, tuple(one.parameters.items()),
        )  # fmt: skip
        if one.quantity is not None and content in same:
            other = _where(same[content], one)
            problems.append(told("duplicate", one.place, other=other))
        same.setdefault(content, one)


def _where(one: Activity, seen_from: Activity) -> str:
    if one.place.sheet == seen_from.place.sheet:
        return one.place.cell
    return f"{one.place.sheet} · {one.place.cell}"


def _tell_unknown(
    activities: Sequence[Activity], problems: list[Problem], factors: Factors
) -> None:
    for one in activities:
        by_charge = {"charge", "charge_new", "disposed"} & one.parameters.keys()
        if one.quantity is None and not by_charge:
            known = factors.activities.get(one.what)
            what = known.name if known else one.what
            problems.append(told("not-reported", one.place, what=what))


def bounded(problems: Sequence[Problem]) -> list[Problem]:
    """Return *problems*, of one kind no more than a screen; how many more is said."""
    counted: Counter[str] = Counter()
    kept = []
    for one in problems:
        counted[one.code] += 1
        if counted[one.code] <= _SHOWN:
            kept.append(one)
        elif counted[one.code] == _SHOWN + 1:
            more = sum(other.code == one.code for other in problems) - _SHOWN
            place = Place(one.place.file)
            kept.append(replace(told("many-more", place, count=more), severity=one.severity))
    return kept
