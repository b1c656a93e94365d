"""Why a recalculated inventory differs from the one before, line by line and cause by cause.

A line is ``(slope x quantity + offset) x potential``. Its change is walked in one order: the
quantity moves first, then the factors (or the method), then the warming potential; what each step
adds is its part. Every step is rounded to a whole gram before parts are taken, so the parts of a
line, and of all lines, add up to the difference exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sinhthai.carbon.engine.inventory import counts
from sinhthai.carbon.engine.model import Activity, Line
from sinhthai.foundation.units import UnitError, convert

Cause = Literal[
    "added", "removed", "told", "untold", "quantity", "factor", "method", "gwp", "scope"
]
"""``told``: the quantity was unknown before; ``untold``: it is unknown now. ``method``: another
fuel, source, unit or value of the plant's own. ``scope``: moved in or out of what is summed."""

GRAMS = 1_000_000
"""Grams in a tonne."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one cause moved in one gas of one line [g CO2e]."""

    line: str
    what: str
    gas: str
    cause: Cause
    grams: int

    @property
    def tonnes(self) -> float:
        """The same in t CO2e."""
        return self.grams / GRAMS


@dataclass(frozen=True, slots=True)
class Difference:
    """Two sums [g CO2e] of what is known, and the changes that lead from one to the other."""

    before: int
    after: int
    changes: tuple[Change, ...]

    @property
    def grams(self) -> int:
        """After less before: the sum of the changes."""
        return self.after - self.before

    def by_cause(self) -> dict[Cause, int]:
        """Return what each cause moved in all [g CO2e]."""
        found: dict[Cause, int] = {}
        for change in self.changes:
            found[change.cause] = found.get(change.cause, 0) + change.grams
        return found


@dataclass(frozen=True, slots=True)
class Computed:
    """The activities of one subject and year and the lines computed of them."""

    activities: Sequence[Activity]
    lines: Sequence[Line]


def explain(before: Computed, after: Computed, scopes: Sequence[int] = (1, 2)) -> Difference:
    """Return what moved the sum of *scopes* from *before* to *after*; unknown lines weigh nothing.

    >>> from sinhthai.carbon.engine.inventory import compute
    >>> from sinhthai.carbon.engine.model import Settings
    >>> from sinhthai.factors.loading import load_factors
    >>> def of(tonnes):
    ...     coal = Activity("a", 2023, "1", "stationary", "anthracite", tonnes, "t")
    ...     return Computed([coal], compute([coal], load_factors(), Settings()).lines)
    >>> found = explain(of(10.0), of(12.0))
    >>> {change.cause for change in found.changes}, sum(c.grams for c in found.changes)
    ({'quantity'}, 5285399)
    >>> found.grams
    5285399
    """
    old, new = _by_gas(before.lines), _by_gas(after.lines)
    said_before = {activity.line: activity for activity in before.activities}
    said_after = {activity.line: activity for activity in after.activities}
    changes: list[Change] = []
    total_before = total_after = 0
    for key in {**old, **new}:
        was, now = old.get(key), new.get(key)
        start, end = _grams_in(was, scopes), _grams_in(now, scopes)
        total_before += start
        total_after += end
        named = now or was
        if named is None:
            continue
        steps = _steps(
            was, now, said_before.get(named.line), said_after.get(named.line), scopes, start, end
        )
        changes += [
            Change(named.line, named.what, named.gas, cause, grams)
            for cause, grams in steps
            if grams
        ]
    return Difference(total_before, total_after, tuple(changes))


def _by_gas(lines: Iterable[Line]) -> Mapping[tuple[str, str, bool], Line]:
    """Return lines by number, gas and whether the gas is of biomass.

    Raises
    ------
    ValueError : two lines of one number; which is which cannot be told.
    """
    found: dict[tuple[str, str, bool], Line] = {}
    for line in lines:
        key = (line.line, line.gas, line.is_biogenic)
        if key in found:
            raise ValueError(f"line {line.line} stands twice")
        found[key] = line
    return found


def _steps(
    was: Line | None,
    now: Line | None,
    said_before: Activity | None,
    said_after: Activity | None,
    scopes: Sequence[int],
    start: int,
    end: int,
) -> list[tuple[Cause, int]]:
    whole = end - start
    if said_before is None:
        return [("added", whole)]
    if said_after is None:
        return [("removed", whole)]
    if (said_before.scope in scopes) != (said_after.scope in scopes):
        return [("scope", whole)]
    if said_before.scope not in scopes:
        return []
    if was is None or now is None or not _same_way(said_before, said_after):
        return [("method", whole)]
    if was.mass_t is None or now.mass_t is None:
        return [("told" if was.mass_t is None else "untold", whole)]
    if not (counts(was) and counts(now)):  # the set of potentials moved it in or out
        return [("gwp", whole)]
    quantity = _quantity_in(said_after, said_before.unit)
    if quantity is None:
        return [("method", whole)]
    moved = _grams((was.slope * quantity + was.offset_t) * was.potential)
    weighed = _grams(now.mass_t * was.potential)
    own = dict(said_before.parameters) != dict(said_after.parameters)
    return [
        ("quantity", moved - start),
        ("method" if own else "factor", weighed - moved),
        ("gwp", end - weighed),
    ]


def _same_way(one: Activity, other: Activity) -> bool:
    return (one.kind, one.what, one.category) == (other.kind, other.what, other.category)


def _quantity_in(activity: Activity, unit: str) -> float | None:
    """Return the quantity in *unit*; None where it measures something else."""
    quantity = activity.quantity or 0.0  # a line with a mass and no quantity does not hang on it
    if activity.unit == unit:
        return quantity
    try:
        return convert(quantity, activity.unit, unit)
    except UnitError:
        return None


def _grams_in(line: Line | None, scopes: Sequence[int]) -> int:
    """Return what a line adds to the sum [g]; nothing where it is apart or unknown."""
    if line is None or line.scope not in scopes or not counts(line) or line.co2e_t is None:
        return 0
    return _grams(line.co2e_t)


def _grams(tonnes: float) -> int:
    return round(tonnes * GRAMS)
