"""Sums of measures by class: of an audit, a park, the programme. Classes are never added together.

Every sum is a sum of the columns ``AuditMeasure`` keeps, so all pages say the same. A sum that
fewer than three enterprises stand behind is hidden from who may not read them one by one, and so
is a second one where the first could be found by subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from django.db.models import Count, Q, QuerySet, Sum

from sinhthai.efficiency.engine.catalogue import load_catalogue
from sinhthai.efficiency.engine.model import Class
from sinhthai.efficiency.engine.progress import CLASSES, class_of
from sinhthai.efficiency.models import AuditMeasure
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.engine.divisions import division_name

FEWEST: Final = 3
AMOUNTS: Final = (
    "electricity_mwh",
    "fuel_toe",
    "water_m3",
    "co2e_t",
    "value_vnd",
    "investment_vnd",
)
# A measure that was sized and names no water saves none; one without a price may yet save money.
_SIZED = ("electricity_mwh", "fuel_toe", "water_m3")
_SAID = ("co2e_t", "value_vnd", "investment_vnd")
BY = ("park", "sector", "measure")
By = Literal["park", "sector", "measure"]
_PATHS: Final[Mapping[str, str]] = {
    "park": "audit__enterprise__park__code",
    "sector": "audit__enterprise__vsic",
    "measure": "measure",
}


@dataclass(frozen=True, slots=True)
class Total:
    """What one class comes to; an amount is None where no measure knows it.

    ``known`` says how many of the measures know each amount; ``enterprises`` are by code.
    """

    measures: int = 0
    amounts: Mapping[str, float] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)
    enterprises: frozenset[str] = frozenset()
    hidden: bool = False

    def plus(self, other: Total) -> Total:
        """Return both together: of one class only."""
        amounts, known = dict(self.amounts), dict(self.known)
        for name, value in other.amounts.items():
            amounts[name] = amounts.get(name, 0.0) + value
        for name, count in other.known.items():
            known[name] = known.get(name, 0) + count
        return Total(
            self.measures + other.measures, amounts, known, self.enterprises | other.enterprises
        )


NOTHING = Total()
Totals = dict[Class, Total]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of sums: a park, a sector or a measure, with its four classes."""

    key: str
    name: Text
    totals: Totals


def totals_of(measures: QuerySet[AuditMeasure]) -> Totals:
    """Return the total of each class over *measures*; one query."""
    return _one(grouped(measures, ()))


def rows_by(measures: QuerySet[AuditMeasure], by: By, names: Mapping[str, Text]) -> list[Row]:
    """Return the totals of *measures* by park, sector (division) or measure; one query."""
    found: dict[str, dict[Class, Total]] = defaultdict(dict)
    for key, class_, total in grouped(measures, (_PATHS[by],)):
        code = key[0][:2] if by == "sector" else key[0]
        before = found[code].get(class_, NOTHING)
        found[code][class_] = before.plus(total)
    return [
        Row(key, names.get(key) or _name(by, key), {c: totals.get(c, NOTHING) for c in CLASSES})
        for key, totals in sorted(found.items())
    ]


def grouped(
    measures: QuerySet[AuditMeasure], paths: tuple[str, ...]
) -> list[tuple[tuple[str, ...], Class, Total]]:
    """Return sums by *paths*, class and enterprise; the database adds, the country stays small."""
    rows: Iterable[dict[str, Any]] = (
        measures.exclude(status=AuditMeasure.Status.REJECTED)
        .order_by()
        .values(*paths, "status", "audit__enterprise__code")
        .annotate(
            n=Count("pk"),
            **{f"sum_{name}": Sum(name) for name in AMOUNTS},
            unsized=Count("pk", filter=Q(counted={}, value_vnd=None)),
            **{f"n_{name}": Count(name) for name in _SAID},
        )
    )
    found = []
    for row in rows:
        class_ = class_of(row["status"])
        assert class_ is not None  # rejected is left out
        total = Total(
            row["n"],
            {name: row[f"sum_{name}"] for name in AMOUNTS if row[f"sum_{name}"] is not None},
            dict.fromkeys(_SIZED, row["n"] - row["unsized"])
            | {name: row[f"n_{name}"] for name in _SAID},
            frozenset({row["audit__enterprise__code"]}),
        )
        found.append((tuple(row[path] for path in paths), class_, total))
    return found


def guarded(totals: Totals) -> Totals:
    """Return *totals* with those hidden that tell of fewer than three enterprises."""
    return {c: _hide(total) if _is_few(total) else total for c, total in totals.items()}


def guarded_rows(rows: list[Row], whole: Totals) -> tuple[list[Row], Totals]:
    """Hide what is few in every row, and a second row wherever the whole would give it away."""
    hidden: dict[Class, set[str]] = {}
    for class_ in CLASSES:
        behind = [row for row in rows if row.totals[class_].measures]
        few = {row.key for row in behind if _is_few(row.totals[class_])}
        # What is hidden must not follow from the whole less what is shown.
        for row in sorted(behind, key=lambda each: len(each.totals[class_].enterprises)):
            together = frozenset[str]().union(
                *(one.totals[class_].enterprises for one in behind if one.key in few)
            )
            if not few or (len(few) > 1 and len(together) >= FEWEST):
                break
            few.add(row.key)
        hidden[class_] = few
    return [
        replace(
            row,
            totals={
                c: _hide(total) if row.key in hidden[c] else total
                for c, total in row.totals.items()
            },
        )
        for row in rows
    ], guarded(whole)


def narrowed(rows: list[Row], words: str) -> list[Row]:
    """Return the rows whose name or code says every word."""
    parts = fold(words).split()
    return [
        row
        for row in rows
        if all(part in fold(f"{row.key} {row.name.vi} {row.name.en}") for part in parts)
    ]


def ordered(rows: list[Row], sort: str, amount: str, *, descending: bool) -> list[Row]:
    """Return the rows by name or by what a class says of *amount*; what is not known comes last."""
    if sort not in CLASSES:
        return sorted(rows, key=lambda row: fold(row.name.vi), reverse=descending)

    def value(row: Row) -> float | None:
        total = row.totals[sort]
        if total.hidden:
            return None
        return float(total.measures) if amount == "measures" else total.amounts.get(amount)

    known = [row for row in rows if value(row) is not None]
    rest = [row for row in rows if value(row) is None]
    return [*sorted(known, key=lambda row: value(row) or 0.0, reverse=descending), *rest]


def _one(rows: list[tuple[tuple[str, ...], Class, Total]]) -> Totals:
    found: Totals = dict.fromkeys(CLASSES, NOTHING)
    for _key, class_, total in rows:
        found[class_] = found[class_].plus(total)
    return found


def _is_few(total: Total) -> bool:
    return 0 < len(total.enterprises) < FEWEST


def _hide(total: Total) -> Total:
    return Total(hidden=True) if total.measures else total


def _name(by: By, key: str) -> Text:
    if by == "measure":
        found = next((one for one in load_catalogue() if one.id == key), None)
        return found.name if found else Text(key, key)
    if by == "sector":
        return division_name(key) or Text(key or "chưa nhập ngành", key or "sector not entered")
    return Text(key, key)
