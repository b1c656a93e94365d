"""Which measures of the catalogue fit a site, and what they could save: potential, never a result.

Nothing is added together: two suggestions may act on the same use (see ``interactions``), and a
range from a catalogue is not a measurement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.efficiency.engine.calculators.given import require
from sinhthai.efficiency.engine.catalogue import load_whole_catalogue, suits
from sinhthai.efficiency.engine.interactions import MOVED
from sinhthai.efficiency.engine.model import Catalogue, Figure, Measure
from sinhthai.efficiency.engine.suggest_words import (
    AT_MOST,
    MOVED_ONLY,
    NO_CO2,
    NO_PRICE,
    NO_SHARE,
    NOT_METERED,
    NOT_METERED_ENERGY,
    SMALL,
    say_need,
    say_payback,
    say_saving,
    say_sector,
)
from sinhthai.foundation.text import Text

SMALL_ENTERPRISE = 100
"""Employees; up to here industry is small (Decree 80/2021/NĐ-CP Art. 5, from memory)."""
_NOT_FUELS = frozenset(
    {
        *("electricity", "steam", "heat", "energy", "water", "wastewater"),
        *("materials", "chemicals", "waste", "money", "co2e"),
    }
)
_ALWAYS = frozenset({"heat", "energy", "money", "co2e"})
"""Kinds of use every site has, whatever carriers it names."""
_BASES = ("use", "whole", "unknown")


@dataclass(frozen=True, slots=True)
class Site:
    """What is known of a site."""

    sector: str
    """ISIC or VSIC code; its division counts."""
    carriers: Mapping[str, float | None]
    """Carrier -> base units a year; None: used, but not metered. Not named: not used."""
    uses: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """(carrier, use) -> base units a year, as metered: ("anthracite", "fuel.boiler")."""
    employees: int | None = None
    known: frozenset[str] = frozenset()
    """Needs of ``needs.csv`` that are measured already."""
    prices: Mapping[str, float] = field(default_factory=dict)
    """VND per base unit of a carrier."""
    co2_factors: Mapping[str, float] = field(default_factory=dict)
    """t CO2e per base unit of a carrier."""
    done: frozenset[str] = frozenset()
    """Measures that are in place."""


@dataclass(frozen=True, slots=True)
class Range:
    """From low to high; ``typical`` only where the source gives one; None: not known."""

    low: float | None
    typical: float | None
    high: float | None

    @property
    def middle(self) -> float | None:
        """The typical value, else the middle of the range, else what there is: for ranking only."""
        if self.typical is not None:
            return self.typical
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends) if ends else None

    def times(self, factor: float) -> Range:
        """Return the range of so many times as much."""
        return Range(
            *(None if v is None else v * factor for v in (self.low, self.typical, self.high))
        )

    def plus(self, other: Range) -> Range:
        """Return the range of both; an end that one of them lacks is lacking."""
        mine, theirs = (self.low, self.typical, self.high), (other.low, other.typical, other.high)
        return Range(
            *(None if a is None or b is None else a + b for a, b in zip(mine, theirs, strict=True))
        )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A measure that fits, what it could save, why, and what is missing to size it."""

    measure: Measure
    basis: Literal["use", "whole", "unknown"]
    """Whether the use is metered, only its carrier (then the saving is a bound), or neither."""
    savings: Mapping[str, Range]
    """Carrier -> base units a year; for each step of ``measure.per`` where it has one."""
    value_vnd: Range | None
    co2e_t: Range | None
    reasons: tuple[Text, ...]
    missing: tuple[Text, ...]


def suggest(site: Site, catalogue: Catalogue | None = None) -> tuple[Suggestion, ...]:
    """Return the measures that fit *site*, best first.

    First those whose use is metered, by value and then CO2 of the middle of their range; then the
    others by payback. For a small enterprise the dearest (cost class H) stand last of each group.

    Parameters
    ----------
    site : what is known; a percentage or negative quantity is refused.
    catalogue : the shipped one if None.

    Raises
    ------
    InputError : a quantity, price or factor that cannot be.

    >>> plant = Site("1020", {"electricity": 4000.0},
    ...              {("electricity", "electricity.lighting"): 200.0},
    ...              prices={"electricity": 1.9e6}, co2_factors={"electricity": 0.6592})
    >>> led = next(one for one in suggest(plant) if one.measure.id == "led")
    >>> led.basis, led.savings["electricity"].low, led.savings["electricity"].high
    ('use', 80.0, 120.0)
    >>> led.value_vnd.high
    228000000.0
    """
    words = catalogue or load_whole_catalogue()
    require(
        not_negative={
            **{name: value for name, value in site.carriers.items() if value is not None},
            **{f"{carrier}: {use}": value for (carrier, use), value in site.uses.items()},
            **{f"price of {name}": value for name, value in site.prices.items()},
            **{f"factor of {name}": value for name, value in site.co2_factors.items()},
            "employees": site.employees or 0,
        }
    )
    found = [
        _suggestion(measure, site, words)
        for measure in words.measures
        if measure.id not in site.done
        and suits(measure, site.sector)
        and _has(measure, site, words)
    ]
    return tuple(sorted(found, key=lambda one: _rank(one, site)))


def is_fuel(carrier: str) -> bool:
    """Say whether a carrier is something burnt: whatever is not one of the named others."""
    return carrier not in _NOT_FUELS


def _has(measure: Measure, site: Site, words: Catalogue) -> bool:
    kind = words.uses[measure.use].carrier
    if kind in _ALWAYS or any(use == measure.use for _, use in site.uses):
        return True
    if kind == "fuel":
        return any(map(is_fuel, site.carriers))
    if kind == "steam":  # bought, or made from fuel
        return "steam" in site.carriers or any(map(is_fuel, site.carriers))
    return kind in site.carriers or bool(measure.sectors)


def _suggestion(measure: Measure, site: Site, words: Catalogue) -> Suggestion:
    use = words.uses[measure.use]
    basis, quantities = _quantities(measure, site, use.carrier)
    shares = _shares(measure.saving)
    missing = [say_need(words.needs[need]) for need in measure.needs if need not in site.known]
    reasons = [say_saving(measure, use.name, words.sources), say_payback(measure)]
    if measure.sectors:
        reasons.insert(0, say_sector(site.sector))
    if _is_dear(measure, site):
        reasons.append(SMALL)
    if measure.use in MOVED:
        return Suggestion(
            measure,
            "unknown",
            {},
            None,
            Range(0.0, 0.0, 0.0),
            (*reasons, MOVED_ONLY),
            tuple(missing),
        )
    if basis != "use":
        said = NOT_METERED_ENERGY if use.carrier in _ALWAYS else NOT_METERED
        missing.insert(0, said.format(use=use.name))
    if shares is None:
        reasons.append(NO_SHARE)
        return Suggestion(measure, basis, {}, None, None, tuple(reasons), tuple(missing))
    if basis == "whole":  # of a part of the carrier nothing is known but that it is no more
        highest = max(v for v in (shares.low, shares.typical, shares.high) if v is not None)
        shares = Range(None, None, highest)
        reasons.append(AT_MOST)
    savings = {carrier: shares.times(quantity) for carrier, quantity in quantities.items()}
    value, unpriced = _worth(savings, {**site.prices, "money": 1.0}, frozenset({"co2e"}))
    co2e, unfactored = _worth(savings, {**site.co2_factors, "co2e": 1.0}, frozenset({"money"}))
    missing += [NO_PRICE.format(carrier=carrier) for carrier in unpriced]
    missing += [
        NO_CO2.format(carrier=carrier)
        for carrier in unfactored
        if carrier == "electricity" or is_fuel(carrier)
    ]
    kept = {
        carrier: saved for carrier, saved in savings.items() if carrier not in ("money", "co2e")
    }
    return Suggestion(measure, basis, kept, value, co2e, tuple(reasons), tuple(missing))


def _quantities(
    measure: Measure, site: Site, kind: str
) -> tuple[Literal["use", "whole", "unknown"], dict[str, float]]:
    """Return by carrier what the share is of, and whether it is the use or only its carrier."""
    metered = {carrier: value for (carrier, use), value in site.uses.items() if use == measure.use}
    if metered:
        return "use", metered
    whole = {name: value for name, value in site.carriers.items() if value is not None}
    if measure.use == "money.electricity_bill":
        price, quantity = site.prices.get("electricity"), whole.get("electricity")
        if price is None or quantity is None:
            return "unknown", {}
        return "use", {"money": price * quantity}
    if kind == "energy":
        energy = {n: v for n, v in whole.items() if n in ("electricity", "steam") or is_fuel(n)}
        return ("use", energy) if energy else ("unknown", {})
    if kind == "fuel":
        burnt = {name: value for name, value in whole.items() if is_fuel(name)}
        return ("whole", burnt) if burnt else ("unknown", {})
    if kind in whole:
        return "use" if measure.use == f"{kind}.site" else "whole", {kind: whole[kind]}
    return "unknown", {}


def _shares(saving: Figure) -> Range | None:
    return Range(saving.low, saving.typical, saving.high) if saving.is_known else None


def _worth(
    savings: Mapping[str, Range], per_unit: Mapping[str, float], but: frozenset[str]
) -> tuple[Range | None, list[str]]:
    """Return the savings times what a unit is worth, and the carriers without one."""
    lacking = [carrier for carrier in savings if carrier not in per_unit and carrier not in but]
    counted = [saved.times(per_unit[c]) for c, saved in savings.items() if c in per_unit]
    if lacking or not counted:
        return None, lacking
    total = counted[0]
    for one in counted[1:]:
        total = total.plus(one)
    return total, lacking


def _is_dear(measure: Measure, site: Site) -> bool:
    small = site.employees is not None and site.employees <= SMALL_ENTERPRISE
    return small and measure.cost_class == "H"


def _rank(one: Suggestion, site: Site) -> tuple[float, ...]:
    sized = one.basis == "use"
    value = (one.value_vnd.middle or 0.0) if one.value_vnd and sized else 0.0
    co2e = (one.co2e_t.middle or 0.0) if one.co2e_t and sized else 0.0
    ends = [end for end in one.measure.payback.bounds if end is not None]
    payback = sum(ends) / len(ends) if ends else 99.0
    return (
        _BASES.index(one.basis),
        _is_dear(one.measure, site),
        -value,
        -co2e,
        payback,
        one.measure.number,
    )
