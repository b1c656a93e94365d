"""Whether a facility must report by law; three-valued, because what is not known may decide it.

Decree 06/2022/ND-CP, Article 6: 3,000 t CO2e a year; 1,000 TOE a year for industry, thermal
power, freight and commercial buildings; 65,000 t a year for treating solid waste. The binding list
is the Prime Minister's (Decision 13/2024/QD-TTg): being over a threshold is not yet being listed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sinhthai.carbon.engine.model import Activity, Total
from sinhthai.factors.lookup import Factors, NoFactor
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert

CO2E_T = 3_000.0
TOE = 1_000.0
WASTE_T = 65_000.0

Outcome = Literal["must", "need_not", "undetermined"]


@dataclass(frozen=True, slots=True)
class Test:
    """One threshold: what was found, between what bounds, against what."""

    name: Text
    low: float
    high: float
    limit: float
    unit: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether the facility must make an inventory by law, and by which threshold."""

    outcome: Outcome
    tests: tuple[Test, ...]
    clause: str = "Decree 06/2022/ND-CP, Art. 6"


@dataclass(frozen=True, slots=True)
class Energy:
    """Energy used in a year [TOE]; ``unknown`` are lines that could not be counted."""

    toe: float
    unknown: tuple[str, ...]
    by_carrier: tuple[tuple[str, float], ...]


def must_report(total: Total, energy: Energy, waste_t: float | None = 0.0) -> Duty:
    """Return whether the thresholds are reached; one that surely is decides.

    Parameters
    ----------
    total : scopes 1 and 2. What the law counts is not spelled out in the sources at hand; both
        scopes are counted here.
    energy : of the same year.
    waste_t : solid waste treated for others; None: it treats waste, how much is not known.

    >>> from sinhthai.carbon.engine.model import Total
    >>> few = Total("a", 2024, None, 100.0, 90.0, 110.0, 100.0)
    >>> must_report(few, Energy(1200.0, (), ())).outcome
    'must'
    """
    unknown_co2e = total.co2e_t is None
    tests = (
        _test(_CO2E, total.known_t, math.inf if unknown_co2e else total.known_t, CO2E_T, "t CO2e"),
        _test(_TOE, energy.toe, math.inf if energy.unknown else energy.toe, TOE, "TOE"),
        _test(_WASTE, waste_t or 0.0, math.inf if waste_t is None else waste_t, WASTE_T, "t"),
    )
    outcomes = [test.outcome for test in tests]
    if "must" in outcomes:
        return Duty("must", tests)
    return Duty("undetermined" if "undetermined" in outcomes else "need_not", tests)


def energy_used(activities: Sequence[Activity], factors: Factors) -> Energy:
    """Return the energy of *activities* of one facility and year [TOE].

    Fuels without a conversion of their own go by their net calorific value (41.868 GJ a TOE);
    biomass is counted, as the letter counts every fuel.
    """
    counted: dict[str, float] = {}
    unknown: list[str] = []
    for activity in activities:
        if activity.kind not in ("stationary", "mobile", "electricity"):
            continue
        toe = None if activity.quantity is None else _toe(activity, factors)
        if toe is None:
            unknown.append(activity.line)
        else:
            counted[activity.what] = counted.get(activity.what, 0.0) + toe
    return Energy(sum(counted.values()), tuple(unknown), tuple(sorted(counted.items())))


_GJ_PER_TOE = 41.868


def _toe(activity: Activity, factors: Factors) -> float | None:
    what, quantity = activity.what, activity.quantity or 0.0
    try:
        factor = factors.choose(what, "toe", year=activity.year).factor
    except NoFactor:
        factor = None
    if factor is not None:
        try:
            return convert(quantity, activity.unit, factor.unit.removeprefix("toe/")) * factor.value
        except UnitError:
            pass  # a volume of what the letter weighs: by its density below
    try:
        return convert(quantity, activity.unit, "GJ") / _GJ_PER_TOE
    except UnitError:
        return _by_heat(activity, factors, quantity)


def _by_heat(activity: Activity, factors: Factors, quantity: float) -> float | None:
    from sinhthai.carbon.engine.emission import Ask
    from sinhthai.carbon.engine.model import Settings
    from sinhthai.carbon.engine.quantities import fuel_energy
    from sinhthai.foundation.problems import InputError

    try:
        energy, _, _ = fuel_energy(Ask(activity, factors, Settings()))
    except InputError:
        return None
    return quantity * energy / _GJ_PER_TOE


def _test(name: Text, low: float, high: float, limit: float, unit: str) -> Test:
    outcome: Outcome = "undetermined"
    if low >= limit:
        outcome = "must"
    elif high < limit:
        outcome = "need_not"
    return Test(name, low, high, limit, unit, outcome)


_CO2E = Text("Phát thải khí nhà kính", "Greenhouse gas emissions")
_TOE = Text("Năng lượng sử dụng", "Energy used")
_WASTE = Text("Chất thải rắn xử lý", "Solid waste treated")
