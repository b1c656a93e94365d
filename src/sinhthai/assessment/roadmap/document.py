"""A roadmap as it is shown and saved: plain, frozen, the same for page, file and store."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text

GOALS = ("cheapest", "carbon", "soonest")
WORST = "worst"
"""The cheapest plan where everything that was not reported turns out badly."""


@dataclass(frozen=True, slots=True)
class Line:
    """An option of a plan. Money in VND, ``saving`` and ``co2e`` [t] a year, alone."""

    id: str
    kind: str
    name: Text
    owner: Text
    why: Text
    source: Text
    serves: tuple[str, ...]
    """Clauses; empty: it pays by itself."""
    start: int
    done: int
    investment: float
    low: float
    high: float
    saving: float
    co2e: float
    estimated: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion before and after the plan.

    ``after``: met, reported (met if what is reported turns out well) or not_met; ``price``: what
    the last unit costs [VND]; ``reason``: why it cannot be met, empty where it is.
    """

    leaf: str
    clause: str
    title: Text
    before: str
    gap: Text
    missing: float
    reached: float
    unit: Text
    after: str
    price: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Alternative:
    """One plan. ``cost`` is the net present cost [VND]: negative, it pays."""

    goal: str
    status: str
    cost: float
    investment: float
    low: float
    high: float
    saving: float
    co2e: float
    met_in: int | None
    gap: float
    binding: str
    binding_price: float
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    invested: tuple[float, ...]
    savings: tuple[float, ...]
    carbon: tuple[float, ...]
    """By year of the plan."""

    @property
    def is_met(self) -> bool:
        """Whether every criterion is met at the end."""
        return all(row.after != "not_met" for row in self.rows)

    @property
    def is_sure(self) -> bool:
        """Whether none of them rests on what is still to be reported."""
        return all(row.after == "met" for row in self.rows)

    @property
    def unmet(self) -> tuple[Row, ...]:
        """The criteria that cannot be met, each with its reason."""
        return tuple(row for row in self.rows if row.after == "not_met")

    @property
    def bound(self) -> Row | None:
        """The criterion that binds: the one that costs most."""
        return next((row for row in self.rows if row.leaf == self.binding), None)


@dataclass(frozen=True, slots=True)
class More:
    """What budgets larger by the share ``more`` change [VND, t]; names of what comes in."""

    more: float
    cost: float
    co2e: float
    met: int
    """Criteria met that were not."""
    added: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The plans of a park side by side, and what makes them repeatable (H6)."""

    park: str
    name: Text
    framework: str
    title: Text
    instrument: Text
    by: str
    data_year: int
    years: tuple[int, ...]
    rate: float
    horizon: int
    budget: tuple[float | None, ...]
    candidates: int
    met: int
    """Criteria met already."""
    alternatives: tuple[Alternative, ...]
    more: More | None
    invented: bool
    engine_version: str
    solver: str
    rules_hash: str
    factors_hash: str
    tables_hash: str
    input_digest: str
    known_at: str
    notes: tuple[Text, ...] = field(default=())

    @property
    def main(self) -> Alternative:
        """The plan that is shown first."""
        return self.alternatives[0]

    def of(self, goal: str) -> Alternative:
        """Return the plan of *goal*, else the first."""
        return next((one for one in self.alternatives if one.goal == goal), self.main)

    def led_by(self, goal: str) -> Roadmap:
        """Return it with the plan of *goal* first; what more budget buys is of the first goal."""
        chosen = self.of(goal)
        if chosen is self.main:
            return self
        rest = tuple(one for one in self.alternatives if one is not chosen)
        return replace(self, alternatives=(chosen, *rest), more=None)

    @property
    def worst(self) -> Alternative | None:
        """The plan for the case that all that was not reported turns out badly."""
        return next((one for one in self.alternatives if one.goal == WORST), None)

    def heading(self) -> Text:
        """Return the title of the page, the document and its file."""
        day = dt.date.fromisoformat(self.by)
        return Text(
            f"Lộ trình của {self.name.vi} đến {format_date(day, 'vi')}",
            f"Roadmap of {self.name.en} to {format_date(day, 'en')}",
        )

    def file_name(self, form: str, language: str) -> str:
        """Return the title as a file name every system accepts."""
        words = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", self.heading().get(language))
        return f"{' '.join(words.split())}.{form}"


def freeze(roadmap: Roadmap) -> dict[str, Any]:
    """Return *roadmap* as plain JSON."""
    return asdict(roadmap)


def thaw(data: Mapping[str, Any]) -> Roadmap:
    """Return what `freeze` wrote.

    >>> thaw(freeze(EMPTY)) == EMPTY
    True
    """
    more = data["more"]
    return _made(
        Roadmap,
        data,
        alternatives=tuple(_alternative(one) for one in data["alternatives"]),
        more=_made(More, more, added=tuple(_text(one) for one in more["added"])) if more else None,
        notes=tuple(_text(one) for one in data["notes"]),
    )


def _alternative(data: Mapping[str, Any]) -> Alternative:
    return _made(
        Alternative,
        data,
        lines=tuple(_made(Line, line) for line in data["lines"]),
        rows=tuple(_made(Row, row) for row in data["rows"]),
    )


def _made(kind: Any, data: Mapping[str, Any], **more: Any) -> Any:
    values = {name: _plain(data[name]) for name in (f.name for f in fields(kind)) if name in data}
    return kind(**values | more)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == {"vi", "en"}:
        return _text(value)
    return tuple(value) if isinstance(value, list | tuple) else value


def _text(value: Mapping[str, str]) -> Text:
    return Text(value["vi"], value["en"])


_NO_TEXT = Text("", "")
EMPTY = Roadmap(
    "", _NO_TEXT, "", _NO_TEXT, _NO_TEXT, "", 0, (), 0.1, 10, (), 0, 0, (), None, False,
    "", "", "", "", "", "", "",
)  # fmt: skip
