"""From the unit people wrote to the base unit of what is measured.

A mass stays a mass, an energy an energy; litres and cubic metres of a fuel become tonnes by its
density, which is a factor with its own source. Anything else is refused.
"""

from __future__ import annotations

from sinhthai.carbon.engine.emission import Ask
from sinhthai.factors.model import Factor
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert


def in_unit(ask: Ask, unit: str) -> float:
    """Return how many *unit* one written unit is.

    Raises
    ------
    InputError : the written unit measures something else; names the units that fit.
    """
    try:
        return convert(1.0, ask.activity.unit, unit)
    except UnitError as error:
        raise InputError([_wrong(ask, error)]) from None


def fits(ask: Ask, unit: str) -> bool:
    """Say whether the written unit is one of the kind of *unit*."""
    try:
        convert(1.0, ask.activity.unit, unit)
    except UnitError:
        return False
    return True


def fuel_energy(ask: Ask) -> tuple[float, tuple[Factor, ...], Text]:
    """Return GJ per written unit of a fuel, the factors used, and the formula.

    Energy is taken as it is; a mass goes by the net calorific value; a volume by the density too.
    """
    if fits(ask, "GJ"):
        return in_unit(ask, "GJ"), (), Text("Q (GJ)", "Q (GJ)")
    ncv = ask.factor("ncv", plant="ncv")
    value = Text(f"NCV {ncv.value:g} GJ/t", f"NCV {ncv.value:g} GJ/t")
    if fits(ask, "t"):
        per_unit = in_unit(ask, "t") * ncv.value
        return per_unit, (ncv,), Text(f"Q (t) × {value.vi}", f"Q (t) × {value.en}")
    if not fits(ask, "m**3"):
        in_unit(ask, "t")  # refuses, and says what fits
    density = ask.factor("density", plant="density")
    per_unit = in_unit(ask, "m**3") * density.value / 1000.0 * ncv.value
    return (
        per_unit,
        (density, ncv),
        Text(
            f"Q (m³) × {density.value:g} kg/m³ ÷ 1000 × {value.vi}",
            f"Q (m³) × {density.value:g} kg/m³ ÷ 1000 × {value.en}",
        ),
    )


def _wrong(ask: Ask, error: UnitError) -> Problem:
    activity = ask.activity
    return Problem(
        "unit-of-another-kind",
        Text(
            f"Dòng {activity.line} ({activity.what}): {error.message.vi}",
            f"Line {activity.line} ({activity.what}): {error.message.en}",
        ),
        error.cure,
        activity.place,
    )
