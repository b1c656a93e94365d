"""Measures of the catalogue that fit an enterprise, with what they typically save, and why first.

The engine ranks them; what the walk-through found possible stands before the rest, and what it
ruled out is left out. Nothing here is a finding: people choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.model import Figure, Measure
from sinhthai.efficiency.engine.suggest import Site, Suggestion, suggest
from sinhthai.efficiency.models import Audit, BaselineEntry, WalkAnswer
from sinhthai.efficiency.readers.baseline import Key, prices_of, quantity_of
from sinhthai.efficiency.wording import carriers_of
from sinhthai.efficiency.worth import co2e_per_unit
from sinhthai.foundation.text import fold

_RULED_OUT = ("in_place", "not_applicable")


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion of the engine, and whether the walk-through found it possible."""

    found: Suggestion
    possible: bool

    @property
    def measure(self) -> Measure:
        """The measure of the catalogue."""
        return self.found.measure

    @property
    def ranges(self) -> list[tuple[str, float | None, float | None]]:
        """Carrier with the lower and upper end of what it could save here a year."""
        said = []
        for carrier, saving in self.found.savings.items():
            known = [v for v in (saving.low, saving.typical, saving.high) if v is not None]
            low = min(known) if len(known) > 1 else None
            said.append((carrier, low, max(known, default=None)))
        return said


def suggest_measures(
    audit: Audit,
    entries: Mapping[Key, BaselineEntry],
    answers: Mapping[str, WalkAnswer],
    chosen: frozenset[str],
) -> list[Suggested]:
    """Return the measures not chosen yet that fit, the most telling first."""
    ruled_out = {id for id, one in answers.items() if one.answer in _RULED_OUT}
    carriers = {carrier for carrier, _use in entries}
    factors = {carrier: co2e_per_unit(carrier, audit.year)[0] for carrier in carriers}
    site = Site(
        sector=audit.enterprise.vsic,
        carriers={carrier: quantity_of(entries, carrier, "") for carrier in carriers},
        uses={
            (carrier, use): row.quantity
            for (carrier, use), row in entries.items()
            if use and row.quantity is not None
        },
        employees=audit.enterprise.employees,
        prices=prices_of(entries),
        co2_factors={carrier: factor for carrier, factor in factors.items() if factor is not None},
        done=chosen | ruled_out,
    )
    possible = {id for id, one in answers.items() if one.answer == "possible"}
    found = [Suggested(one, one.measure.id in possible) for one in suggest(site)]
    return sorted(found, key=lambda one: not one.possible)  # stable: the engine's order stays


def metered(measure: Measure, entries: Mapping[Key, BaselineEntry]) -> tuple[str, float | None]:
    """Return the carrier and quantity the baseline knows of the use of *measure*."""
    allowed = carriers_of(measure.use)
    for carrier in allowed:
        quantity = quantity_of(entries, carrier, measure.use)
        if quantity is not None:
            return carrier, quantity
    return (allowed[0] if len(allowed) == 1 else ""), None


def range_of(figure: Figure) -> tuple[float | None, float | None]:
    """Return the lower and upper end of a figure; one number stands for both.

    >>> range_of(Figure(None, 0.0578, None, "measur", "seen"))
    (0.0578, 0.0578)
    """
    values = [v for v in (figure.low, figure.typical, figure.high) if v is not None]
    return (min(values), max(values)) if values else (None, None)


def sources_of(figure: Figure) -> list[str]:
    """Return the titles of the sources of a figure."""
    titles = load_whole_catalogue().sources
    return [titles.get(part, part) for part in figure.source.split(";") if part]


def said_by(suggested: Suggested, words: str) -> bool:
    """Say whether a suggestion says every word."""
    one = suggested.measure
    said = fold(f"{one.id} {one.name.vi} {one.name.en} {one.area} {one.use} {one.category}")
    return all(part in said for part in fold(words).split())
