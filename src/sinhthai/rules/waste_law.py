"""What the law says of handing a stream over: a dated decision table, with its papers.

The table is ``data/waste-law.yaml``, reviewed by people and compiled into ``data/waste-law.json``
(``sinhthai rules compile``). What it makes of one stream is worked out in
:mod:`sinhthai.symbiosis.engine.legal`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import DATA, BundleError, hash_of

Medium = Literal["solid", "sludge", "liquid", "water", "gas", "heat"]
Use = Literal[
    "raw_material",
    "fuel",
    "construction",
    "treatment",
    "irrigation",
    "process_water",
    "heat",
    "energy",
    "product",
]
Symbol = Literal["NH", "KS", "TT", "TT-R"]
Group = Literal["a", "b", "c"]
LegalStatus = Literal["goods", "permitted", "conditional", "forbidden", "undetermined"]
Value = str | bool

MEDIA: tuple[str, ...] = get_args(Medium)
USES: tuple[str, ...] = get_args(Use)
STATUSES: tuple[str, ...] = get_args(LegalStatus)
# What is stated of a stream or left open, and the values each fact may take. KS is not a value:
# it says that the value must still be found by a test.
FACTS: Mapping[str, tuple[Value, ...]] = {
    "hazard": ("NH", "TT", "TT-R"),
    "is_sorted": (True, False),
    "group": get_args(Group),
    "receiver_licensed": (True, False),
    "same_park": (True, False),
}
LAW = DATA / "waste-law.json"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper or duty, asked from ``valid_from`` until the day before ``valid_until``."""

    id: str
    title: Text
    clause: str
    valid_from: dt.date
    valid_until: dt.date | None


@dataclass(frozen=True, slots=True)
class WasteRule:
    """One row of the table.

    It holds for ``media`` and ``uses`` where at least one of ``cases`` is met: every fact a case
    names has one of the values listed.
    """

    id: str
    status: LegalStatus
    clause: str
    title: Text
    why: Text
    media: frozenset[str]
    uses: frozenset[str]
    cases: tuple[tuple[tuple[str, tuple[Value, ...]], ...], ...]
    papers: tuple[str, ...]
    valid_from: dt.date
    valid_until: dt.date | None
    source: str
    checked_on: dt.date | None
    verified: bool
    confidence: str

    def holds(self, medium: str, use: str, facts: Mapping[str, Value]) -> bool:
        """Say whether the rule holds where *facts* gives every fact a value."""
        if medium not in self.media or use not in self.uses:
            return False
        known = {**facts, "medium": medium, "use": use}
        return any(all(known[fact] in values for fact, values in case) for case in self.cases)

    @property
    def facts(self) -> frozenset[str]:
        """The facts this rule asks about."""
        return frozenset(fact for case in self.cases for fact, _ in case if fact in FACTS)


@dataclass(frozen=True, slots=True)
class Presumption:
    """The value a fact is taken to have where nobody states it."""

    fact: str
    value: Value
    media: frozenset[str]  # empty: any
    given: tuple[tuple[str, tuple[Value, ...]], ...]
    clause: str
    why: Text
    verified: bool

    def applies(self, medium: str, facts: Mapping[str, Value]) -> bool:
        """Say whether the presumption holds for a stream whose other *facts* are these."""
        return (not self.media or medium in self.media) and all(
            facts.get(fact) in values for fact, values in self.given
        )


@dataclass(frozen=True, slots=True)
class Question:
    """What to find out when the answer turns on *fact*; ``given``: only where it was stated so."""

    id: str
    fact: str
    given: tuple[str, ...]
    clause: str
    title: Text
    why: Text
    papers: tuple[str, ...]
    source: str
    checked_on: dt.date | None
    verified: bool
    confidence: str


@dataclass(frozen=True, slots=True)
class Outside:
    """What is said of a day before the first one the table covers."""

    clause: str
    title: Text
    why: Text


@dataclass(frozen=True, slots=True, eq=False)
class WasteLaw:
    """The whole table. Two laws are the same only if they are one object: results are cached."""

    hash: str
    instruments: Mapping[str, Text]  # what the letters of a clause stand for
    valid_from: dt.date
    outside: Outside
    presumptions: tuple[Presumption, ...]
    questions: tuple[Question, ...]
    papers: tuple[Paper, ...]
    rules: tuple[WasteRule, ...]

    def rules_on(self, day: dt.date) -> tuple[WasteRule, ...]:
        """Return the rules in force on *day*.

        >>> import datetime as dt
        >>> on = load_waste_law().rules_on
        >>> "water-reuse" in [rule.id for rule in on(dt.date(2025, 1, 5))]
        True
        >>> "water-reuse" in [rule.id for rule in on(dt.date(2025, 1, 6))]
        False
        """
        return tuple(rule for rule in self.rules if _on(rule, day))

    def papers_on(self, day: dt.date, ids: tuple[str, ...]) -> tuple[Paper, ...]:
        """Return the papers *ids* as they are asked on *day*; what is not asked then is left out.

        >>> import datetime as dt
        >>> [paper.clause for paper in load_waste_law().papers_on(
        ...     dt.date(2026, 1, 28), ("receiver-planning", "vehicle-position"))]
        ['LEP 84.3.a']
        """
        return tuple(
            paper for id in ids for paper in self.papers if paper.id == id and _on(paper, day)
        )

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which something changes, the first day of the table included."""
        dated: tuple[Paper | WasteRule, ...] = (*self.papers, *self.rules)
        ends = {row.valid_until for row in dated if row.valid_until is not None}
        return tuple(sorted({self.valid_from, *(row.valid_from for row in dated), *ends}))


def _on(row: Paper | WasteRule, day: dt.date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or day < row.valid_until)


@lru_cache(maxsize=4)
def load_waste_law(path: Path | None = None) -> WasteLaw:
    """Return the compiled table: the shipped one, or the one at *path*.

    Raises
    ------
    BundleError
        If the file is absent, unreadable, or not what its hash says.

    >>> len(load_waste_law().rules) > 20
    True
    """
    file = path or LAW
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        content, stated = document["content"], document["hash"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(f"{file} cannot be read; run: sinhthai rules compile") from error
    if hash_of(content) != stated:
        raise BundleError(f"{file} was changed by hand; run: sinhthai rules compile")
    return law_of(content, stated)


def law_of(content: Mapping[str, Any], stated_hash: str) -> WasteLaw:
    """Build the table from its checked JSON *content* (what ``waste_law_files.py`` writes)."""
    first = dt.date.fromisoformat(content["in_force_from"])
    outside = content["outside"]
    return WasteLaw(
        stated_hash,
        {letters: _text(name) for letters, name in content["instruments"].items()},
        first,
        Outside(outside["clause"], _text(outside["title"]), _text(outside["why"])),
        tuple(_presumption(row) for row in content["presumptions"]),
        tuple(_question(row) for row in content["questions"]),
        tuple(_paper(row, first) for row in content["papers"]),
        tuple(_rule(row, first) for row in content["rules"]),
    )


def _text(pair: Mapping[str, str]) -> Text:
    return Text(pair["vi"], pair["en"])


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _case(row: Mapping[str, list[Value]]) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    return tuple((fact, tuple(values)) for fact, values in row.items())


def _presumption(row: Mapping[str, Any]) -> Presumption:
    return Presumption(
        row["fact"],
        row["value"],
        frozenset(row["media"]),
        _case(row["given"]),
        row["clause"],
        _text(row["why"]),
        row["verified"],
    )


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        **{
            **row,
            "given": tuple(row["given"]),
            "title": _text(row["title"]),
            "why": _text(row["why"]),
            "papers": tuple(row["papers"]),
            "checked_on": _day(row["checked_on"]),
        }
    )


def _paper(row: Mapping[str, Any], first: dt.date) -> Paper:
    return Paper(
        row["id"],
        _text(row["title"]),
        row["clause"],
        _day(row["valid_from"]) or first,
        _day(row["valid_until"]),
    )


def _rule(row: Mapping[str, Any], first: dt.date) -> WasteRule:
    return WasteRule(
        **{
            **row,
            "title": _text(row["title"]),
            "why": _text(row["why"]),
            "media": frozenset(row["media"]),
            "uses": frozenset(row["uses"]),
            "cases": tuple(_case(case) for case in row["cases"]),
            "papers": tuple(row["papers"]),
            "valid_from": _day(row["valid_from"]) or first,
            "valid_until": _day(row["valid_until"]),
            "checked_on": _day(row["checked_on"]),
        }
    )
