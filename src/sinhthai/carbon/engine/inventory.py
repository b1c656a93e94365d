"""Activities in, an inventory out: lines by gas, totals by scope, each with its interval."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sinhthai.carbon.engine.columns import coefficients, potential, sum_lines
from sinhthai.carbon.engine.emission import Ask, Emission
from sinhthai.carbon.engine.methods import combustion, other, products, residues
from sinhthai.carbon.engine.model import Activity, Kind, Line, Scope, Settings, Total
from sinhthai.factors.lookup import Factors
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

METHODS: Mapping[Kind, Callable[[Ask], tuple[Emission, ...]]] = {
    "stationary": combustion.stationary,
    "mobile": combustion.mobile,
    "electricity": combustion.electricity,
    "heat": combustion.heat,
    "refrigerant": products.refrigerant,
    "process": products.process,
    "wastewater": residues.wastewater,
    "landfill": residues.landfill,
    "incineration": residues.incineration,
    "biological": residues.biological,
    "other": other.stated,
}
DEFAULT_UNCERTAINTY = 5.0
"""Half-width of a quantity [per cent] where none is stated: an invoice (from memory)."""
_SCOPES: tuple[Scope | None, ...] = (1, 2, 3, None)
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The lines and totals of one or many subjects and years, and what they were computed with."""

    lines: tuple[Line, ...]
    totals: tuple[Total, ...]
    settings: Settings
    factors_hash: str

    def total(self, subject: str, year: int, scope: Scope | None = None) -> Total:
        """Return the total of *scope*; None: scopes 1 and 2 together.

        Raises
        ------
        KeyError : the subject has no lines of that year.
        """
        for total in self.totals:
            if (total.subject, total.year, total.scope) == (subject, year, scope):
                return total
        raise KeyError((subject, year, scope))


@dataclass(frozen=True, slots=True)
class Keyed:
    """Activities with what a unit of each emits: the input of sums and of Monte Carlo."""

    activities: tuple[Activity, ...]
    keys: tuple[tuple[Emission, ...], ...]
    key: tuple[int, ...]
    """Of each activity, which of ``keys``."""


def compute(activities: Sequence[Activity], factors: Factors, settings: Settings) -> Inventory:
    """Return the inventory of *activities*.

    What is not reported stays unknown, and so do the line and its totals; their known part is
    given apart. CO2 of biomass and gases of the Montreal Protocol are lines, not part of totals.

    Raises
    ------
    InputError : every bad line at once, with its place: an unknown fuel, a unit of another kind,
        a year without a factor, a negative quantity.

    >>> from sinhthai.factors.loading import load_factors
    >>> coal = Activity("a", 2023, "1", "stationary", "anthracite", 10.0, "TJ")
    >>> found = compute([coal], load_factors(), Settings())
    >>> [(line.gas, round(line.mass_t, 4)) for line in found.lines]
    [('CO2', 983.0), ('CH4', 0.1), ('N2O', 0.015)]
    """
    keyed = keyed_by_method(activities, factors, settings)
    gwp = factors.gwp(settings.gwp)
    known = coefficients(keyed.keys, gwp)
    quantity, half = quantities_of(keyed)
    key = np.array(keyed.key, dtype=np.int32)
    totals = []
    for scope in _SCOPES:
        chosen = [
            i
            for i, one in enumerate(keyed.activities)
            if (one.scope == scope if scope else one.scope in (1, 2))
        ]
        chosen.sort(key=lambda i: (keyed.activities[i].subject, keyed.activities[i].year))
        groups: dict[tuple[str, int], int] = {}
        of = [
            groups.setdefault((keyed.activities[i].subject, keyed.activities[i].year), len(groups))
            for i in chosen
        ]
        sums = sum_lines(
            quantity[chosen],
            key[chosen],
            np.array(of, dtype=np.int32),
            half[chosen],
            len(groups),
            known,
        )
        unknown: dict[int, list[str]] = {}
        for i, g in zip(chosen, of, strict=True):
            if math.isnan(quantity[i]):
                unknown.setdefault(g, []).append(keyed.activities[i].line)
        for (subject, year), g in groups.items():
            missing = tuple(unknown.get(g, ()))
            is_known = not missing
            total, width = float(sums.known[g]), float(sums.half_width[g])
            totals.append(
                Total(
                    subject=subject,
                    year=year,
                    scope=scope,
                    co2e_t=total if is_known else None,
                    low_t=total - width if is_known else None,
                    high_t=total + width if is_known else None,
                    known_t=total,
                    unknown=missing,
                )
            )
    lines = [
        line
        for activity, k, q, u in zip(keyed.activities, keyed.key, quantity, half, strict=True)
        for line in _lines(activity, keyed.keys[k], float(q), float(u), factors, settings)
    ]
    return Inventory(tuple(lines), tuple(totals), settings, factors.hash)


def keyed_by_method(activities: Sequence[Activity], factors: Factors, settings: Settings) -> Keyed:
    """Return *activities* with the emissions of a unit of each; equal ways are looked up once.

    Raises
    ------
    InputError : every bad line at once.
    """
    problems: list[Problem] = []
    found: dict[object, int | tuple[Problem, ...]] = {}
    keys: list[tuple[Emission, ...]] = []
    kept: list[Activity] = []
    key: list[int] = []
    for activity in activities:
        if activity.quantity is not None and not activity.quantity >= 0:
            problems.append(_negative(activity))
            continue
        if twice := products.told_twice(activity):
            problems.append(twice)
            continue
        way = way_of(activity)
        if way not in found:
            try:
                keys.append(_emissions(activity, factors, settings))
                found[way] = len(keys) - 1
            except InputError as error:
                found[way] = error.problems
        at = found[way]
        if isinstance(at, int):
            kept.append(activity)
            key.append(at)
        else:
            problems += [replace(problem, place=activity.place) for problem in at]
    if problems:
        raise InputError(problems)
    return Keyed(tuple(kept), tuple(keys), tuple(key))


def way_of(activity: Activity) -> Hashable:
    """Return what decides how a unit of *activity* emits; two of one way are looked up once."""
    return (
        activity.kind,
        activity.what,
        activity.category,
        activity.unit,
        activity.year,
        activity.subject if activity.parameters else "",
        tuple(sorted(activity.parameters.items())),
    )


def quantities_of(keyed: Keyed) -> tuple[np.ndarray, np.ndarray]:
    """Return quantity (n,) and its half-width as a share (n,); NaN where not reported.

    An activity whose emission does not hang on its quantity counts as reported.
    """
    quantity, half = [], []
    for activity, k in zip(keyed.activities, keyed.key, strict=True):
        hangs = any(emission.slope for emission in keyed.keys[k])
        value = activity.quantity
        quantity.append(0.0 if not hangs else math.nan if value is None else value)
        stated = activity.uncertainty
        half.append((DEFAULT_UNCERTAINTY if stated is None else stated) / 100.0)
    return np.array(quantity, dtype=np.float64), np.array(half, dtype=np.float64)


def _emissions(activity: Activity, factors: Factors, settings: Settings) -> tuple[Emission, ...]:
    ask = Ask(activity, factors, settings)
    if activity.kind not in ("other", "refrigerant") and activity.what not in factors.activities:
        factors.activity_of(activity.what)  # refuses, with proposals
    emissions = METHODS[activity.kind](ask)
    return tuple(replace(emission, flags=tuple(ask.flags)) for emission in emissions)


def _lines(
    activity: Activity,
    emissions: Sequence[Emission],
    quantity: float,
    half: float,
    factors: Factors,
    settings: Settings,
) -> list[Line]:
    gwp = factors.gwp(settings.gwp)
    lines = []
    for emission in emissions:
        is_unknown = math.isnan(quantity) and emission.slope != 0.0
        mass = None if is_unknown else emission.slope * quantity + emission.offset
        weight = potential(emission.gas, gwp)
        co2e = None if mass is None else mass * weight
        width = None
        if mass is not None:
            share = math.hypot(half, emission.uncertainty / 100.0)
            width = abs(emission.slope * quantity) * share * weight
        lines.append(
            Line(
                subject=activity.subject,
                year=activity.year,
                line=activity.line,
                kind=activity.kind,
                what=activity.what,
                scope=activity.scope,
                gas=emission.gas,
                mass_t=mass,
                co2e_t=co2e,
                low_t=None if co2e is None or width is None else co2e - width,
                high_t=None if co2e is None or width is None else co2e + width,
                is_biogenic=emission.is_biogenic,
                is_outside=emission.gas in gwp.outside,
                supplier=activity.supplier,
                tier=emission.tier,
                formula=_in_words(emission.formula),
                factors=tuple(factor.id for factor in emission.factors),
                flags=emission.flags,
                slope=emission.slope,
                offset_t=emission.offset,
                potential=weight,
            )
        )
    return lines


def _in_words(formula: Text) -> Text:
    """Return a formula with its decimals written as each language writes them."""
    return Text(_POINT.sub(",", formula.vi), formula.en)


def counts(line: Line) -> bool:
    """Say whether a line is part of the totals."""
    return not (line.is_biogenic or line.is_outside)


def _negative(activity: Activity) -> Problem:
    return Problem(
        "negative-quantity",
        Text(
            f"Dòng {activity.line} ({activity.what}): lượng {activity.quantity:g} không hợp lệ.",
            f"Line {activity.line} ({activity.what}): the quantity {activity.quantity:g} is not "
            "possible.",
        ),
        Text(
            "Ghi số không âm; lượng bán ra không trừ vào lượng sử dụng.",
            "Give zero or more; what is sold is not taken off what is used.",
        ),
        activity.place,
    )
