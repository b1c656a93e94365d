"""What a name and a unit mean: which carrier, how much of its base unit, what a unit emits."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.carbon.engine.inventory import compute
from sinhthai.carbon.engine.model import Activity, Kind, Settings
from sinhthai.factors.lookup import Factors
from sinhthai.factors.model import Policy
from sinhthai.finance.workbook.cells import factor
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError

WATER = "water"
MATERIAL = "material:"
_GROUPS = ("fuel", "steam", "electricity", "wastewater")
_WATER = frozenset({"nuoc", "nuoc cap", "nuoc sach", "water", "fresh water", "supplied water"})
_UNITS = {"electricity": "MWh", "wastewater": "m**3", "heat": "GJ"}


@dataclass(frozen=True, slots=True)
class Named:
    """A carrier by its id, name and base unit."""

    id: str
    name: Text
    unit: str
    is_fuel: bool = False


def carrier_of(written: str, factors: Factors) -> Named:
    """Return the carrier people mean by *written*.

    Raises
    ------
    InputError : nothing has this name, or it is no energy or water; the nearest are proposed.

    >>> from sinhthai.factors.loading import load_factors
    >>> carrier_of("Dầu DO", load_factors()).id, carrier_of("nước", load_factors()).unit
    ('diesel', 'm**3')
    """
    if fold(written) in _WATER:
        return Named(WATER, Text("nước cấp", "water"), "m**3")
    activity = factors.activity_of(written)
    if activity.group not in _GROUPS:
        raise InputError([_not_energy(written)])
    unit = _UNITS.get(activity.id, "t")
    return Named(activity.id, activity.name, unit, activity.group == "fuel")


def material(written: str) -> Named:
    """Return the carrier of a material or waste: its own, whatever its name."""
    name = " ".join(written.split())
    return Named(MATERIAL + fold(name), Text(name, name), "t")


def base_units(written: str, carrier: Named, factors: Factors, year: int, policy: Policy) -> float:
    """Return how many base units of *carrier* one *written* unit is.

    Of a fuel a volume goes by its density, an energy by its net calorific value.

    Raises
    ------
    UnitError : the unit is unknown, or measures something else.
    InputError : the tables have no density or calorific value of the fuel.
    """
    try:
        return factor(written, carrier.unit)
    except UnitError:
        if not carrier.is_fuel:
            raise

    def of_table(quantity: str) -> float:
        chosen = factors.choose(carrier.id, quantity, year=year, policy=policy, last_published=True)
        return chosen.factor.value

    try:
        volume = factor(written, "m**3")
    except UnitError:
        try:
            energy = factor(written, "GJ")
        except UnitError:
            raise _no_fuel_unit(written) from None
        return energy / of_table("ncv")
    return volume * of_table("density") / 1000.0


@dataclass(frozen=True, slots=True)
class Emitted:
    """t CO2e a base unit (scopes 1 and 2); None: not known, and ``why`` where a table should."""

    value: float | None = None
    origin: str = ""
    """Tables and years of the factors."""
    flags: tuple[Text, ...] = ()
    why: tuple[Problem, ...] = ()


def co2e_of(carrier: Named, factors: Factors, settings: Settings, year: int) -> Emitted:
    """Return what a base unit of *carrier* emits by the tables of *year*.

    >>> from sinhthai.factors.loading import load_factors
    >>> grid = Named("electricity", Text("điện", "electricity"), "MWh")
    >>> found = co2e_of(grid, load_factors(), Settings(), 2023)
    >>> found.value, found.origin
    (0.6592, 'vn-grid 2023')
    """
    if not carrier.is_fuel and carrier.id != "electricity":
        return Emitted()
    kind: Kind = "stationary" if carrier.is_fuel else "electricity"
    asked = Activity("appraisal", year, carrier.id, kind, carrier.id, 1.0, carrier.unit)
    try:
        found = compute([asked], factors, settings)
    except InputError as error:
        return Emitted(why=error.problems)
    flags = dict.fromkeys(flag for line in found.lines for flag in line.flags)
    used = (factors.by_id[name] for line in found.lines for name in line.factors)
    tables = dict.fromkeys(
        f"{one.table} {one.valid_to.year}" if one.valid_to else one.table for one in used
    )
    value = found.total("appraisal", year).co2e_t
    return Emitted(value, ", ".join(tables), tuple(flags))


def _no_fuel_unit(written: str) -> UnitError:
    return UnitError(
        Text(
            f"“{written}” không phải là đơn vị của nhiên liệu.",
            f"“{written}” is not a unit of fuel.",
        ),
        Text("Ghi t, kg, m3, lít, GJ hoặc MWh.", "Write t, kg, m3, L, GJ or MWh."),
    )


def _not_energy(written: str) -> Problem:
    return Problem(
        "not-energy",
        Text(
            f"“{written}” không phải là năng lượng hay nước.",
            f"“{written}” is neither energy nor water.",
        ),
        Text(
            "Vật liệu, chất thải ghi ở cột “Vật liệu, chất thải”.",
            "Materials and waste go to the column “Material or waste”.",
        ),
    )
