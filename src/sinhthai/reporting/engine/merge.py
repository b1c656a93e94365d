"""Which record speaks for an item of a subject in a year: the merging rule in plain Python.

The same rule as the query in `facts`, kept because it names the winning *record* (the trace needs
its source, cell and author) and because it is quicker for the few records of one park. A property
test holds the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from sinhthai.foundation.absence import Absence
from sinhthai.rules.model import Item

# How far the true value may lie from one reported as "about": a convention, shown in the trace.
ABOUT = 0.10
LOWER, UPPER, NOT_APPLICABLE = "__lo", "__hi", "__na"


@dataclass(frozen=True, slots=True)
class Stated:
    """What the winning record says of one item: a value, perhaps qualified, or an absence."""

    seq: int
    year: int
    value: Any = None
    qualifier: str = ""
    absence: str = ""

    def exact(self) -> Any:
        """Return the value, None unless it is known exactly."""
        return None if self.absence or self.qualifier else self.value

    def bounds(self) -> tuple[float | None, float | None]:
        """Return what is known of a number that is not exact; None where nothing bounds it."""
        if self.absence or self.value is None:
            return None, None
        around = ABOUT * abs(self.value)
        match self.qualifier:
            case "at_least":
                return self.value, None
            case "at_most":
                return None, self.value
            case "about":
                return self.value - around, self.value + around
        return None, None

    @property
    def not_applicable(self) -> bool:
        return self.absence == Absence.NOT_APPLICABLE.value


def fits(item: Item, value: Any) -> Any:
    """Return *value* as the item's type, or None where it is of another."""
    if value is None:
        return None
    match item.kind:
        case "boolean":
            return value if isinstance(value, bool) else None
        case "integer" | "number":
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            return float(value) if is_number else None
    return value if isinstance(value, str) else None


def winners(
    records: pa.Table, years: Sequence[int], items: Iterable[Item]
) -> dict[tuple[str, str, int, str], Stated]:
    """Return what counts for each (park or "", enterprise or "", year, item code).

    The park's own facts stand under (park, ""), an enterprise's under ("", enterprise). What
    nobody ever mentioned has no entry.
    """
    by_subject: dict[bool, dict[str, Item]] = {True: {}, False: {}}
    for item in items:
        if item.nature != "registry":
            by_subject[item.subject == "park"][item.code] = item
    found: dict[tuple[str, str, int, str], Stated] = {}
    for park, enterprise, stated in _rows(records, by_subject):
        own = by_subject[enterprise == ""]
        key = (park, "") if enterprise == "" else ("", enterprise)
        for code, said in stated.items():
            for year in years:
                is_flow = own[code].nature == "flow"
                if said.year == year or (said.year < year and not is_flow):
                    before = found.get((*key, year, code))
                    if before is None or (before.year, before.seq) <= (said.year, said.seq):
                        found[(*key, year, code)] = said
    return found


def _rows(
    records: pa.Table, by_subject: dict[bool, dict[str, Item]]
) -> Iterator[tuple[str, str, dict[str, Stated]]]:
    """Yield park, enterprise and what the record says of each item it mentions."""
    names = ("seq", "park", "enterprise", "year", "values", "qualifiers", "absences")
    for seq, park, enterprise, year, values, qualifiers, absences in zip(
        *(records[name].to_pylist() for name in names), strict=True
    ):
        own = by_subject[enterprise == ""]
        if not own:
            continue  # nothing is asked of such a subject
        words = json.loads(qualifiers) if len(qualifiers) > 2 else {}
        reasons = json.loads(absences) if len(absences) > 2 else {}
        stated = {
            code: Stated(seq, year, absence=reason)
            for code, reason in reasons.items()
            if code in own and reason is not None
        }
        for code, raw in json.loads(values).items():
            if code in own and code not in stated:
                value = fits(own[code], raw)
                if value is not None:
                    word = words.get(code) if isinstance(value, float) else None
                    stated[code] = Stated(seq, year, value, word or "")
        yield park, enterprise, stated
