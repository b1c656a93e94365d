"""Industrial processes and refrigerants (2006 IPCC Guidelines, Vol. 3; Circular 38/2023)."""

from __future__ import annotations

from sinhthai.carbon.engine.emission import Ask, Emission
from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.engine.quantities import in_unit
from sinhthai.factors.model import Factor
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

CO2_PER_C = 44.0 / 12.0
_CO2_PER_UREA = 44.0 / 60.0
_RATES = (("charge_new", "k"), ("charge", "x"))  # what is charged leaks at a rate


def process(ask: Ask) -> tuple[Emission, ...]:
    """Return what a tonne of a product (or of a carbonate used) emits, apart from its fuel.

    ``ef`` [t CO2/t] is the plant's own. Clinker takes the plant's CaO share (``cao``) and kiln
    dust (``ckd``), glass its share of cullet, ammonia its energy and the urea made with the CO2
    (``urea_t``).
    """
    what = ask.activity.what
    if what.startswith("ammonia"):
        return (_ammonia(ask),)
    if what == "clinker" and ask.own("cao") is not None:
        return (_clinker(ask),)
    gas = "N2O" if what.startswith("nitric-acid") else "CO2"
    factor = ask.factor("emission", gas=gas, plant="ef")
    per_unit = in_unit(ask, "t") * (1e-3 if gas == "N2O" else 1.0)
    unit = "kg N2O/t ÷ 1000" if gas == "N2O" else "t CO2/t"
    formula = f"Q (t) × {factor.value:g} {unit}"
    used: tuple[Factor, ...] = (factor,)
    slope = per_unit * factor.value
    if what.startswith("glass"):
        cullet = ask.share("cullet", 0.0)
        if what == "glass" and "cullet" not in ask.activity.parameters:
            stated = ask.factor("cullet")
            cullet, used = stated.value, (factor, stated)
            ask.note(
                f"Không rõ tỷ lệ mảnh vụn thủy tinh: dùng {cullet:.0%}.",
                f"The share of cullet is not known: {cullet:.0%} is used.",
            )
        slope *= 1.0 - cullet
        formula += f" × (1 − {cullet:g})"
    return (Emission(gas, slope, used, Text(formula, formula)),)


def _clinker(ask: Ask) -> Emission:
    cao = ask.share("cao", 0.65)
    per_cao = ask.factor("co2-per-cao")
    dust = ask.factor("ckd", plant="ckd")
    formula = f"Q (t) × CaO {cao:g} × {per_cao.value:g} × CKD {dust.value:g}"
    slope = in_unit(ask, "t") * cao * per_cao.value * dust.value
    return Emission("CO2", slope, (per_cao, dust), Text(formula, formula))


def _ammonia(ask: Ask) -> Emission:
    energy = ask.factor("energy", plant="energy")
    carbon = ask.factor("carbon", plant="carbon")
    slope = in_unit(ask, "t") * energy.value * carbon.value * CO2_PER_C / 1000.0
    urea = ask.own("urea_t") or 0.0
    formula = f"Q (t) × {energy.value:g} GJ/t × {carbon.value:g} kg C/GJ × 44/12 ÷ 1000"
    if urea:
        formula += f" − {urea:g} t × 44/60"
    return Emission(
        "CO2", slope, (energy, carbon), Text(formula, formula), offset=-urea * _CO2_PER_UREA
    )


def refrigerant(ask: Ask) -> tuple[Emission, ...]:
    """Return what a kilogram of refrigerant refilled emits: all of it, by its gases.

    Without refills, by the second method of Circular 38/2023 [kg; shares]: ``charge_new`` x ``k``
    + ``charge`` x ``x`` + ``disposed`` x ``y`` x (1 - ``z``).
    """
    stated = ask.activity.parameters
    offset_kg, formula = 0.0, "Q (kg) ÷ 1000"
    by_charge = goes_by_charge(ask.activity)
    if by_charge:
        missing = [rate for amount, rate in _RATES if amount in stated and rate not in stated]
        if missing:
            raise InputError([_no_rate(ask, missing)])
        first = stated.get("charge_new", 0.0) * ask.share("k", 0.0)
        leak = stated.get("charge", 0.0) * ask.share("x", 0.0)
        left = stated.get("disposed", 0.0) * ask.share("y", 1.0) * (1.0 - ask.share("z", 0.0))
        offset_kg = first + leak + left
        formula = f"({first:g} + {leak:g} + {left:g}) kg ÷ 1000"
    per_unit = 0.0 if by_charge else in_unit(ask, "kg") / 1000.0
    return tuple(
        Emission(
            gas,
            per_unit * share,
            (),
            Text(f"{formula} × {share:g}", f"{formula} × {share:g}"),
            offset=offset_kg / 1000.0 * share,
        )
        for gas, share in ask.factors.gases_of(ask.activity.what).items()
    )


def goes_by_charge(activity: Activity) -> bool:
    """Say whether a refrigerant is told by what the equipment holds, not by what was refilled."""
    return not activity.parameters.keys().isdisjoint(("charge", "charge_new", "disposed"))


def told_twice(activity: Activity) -> Problem | None:
    """Return what is wrong where both the refill and the charge are given; None: nothing is."""
    if activity.kind != "refrigerant" or not activity.quantity or not goes_by_charge(activity):
        return None
    return Problem(
        "refrigerant-told-twice",
        Text(
            f"Dòng {activity.line}: có cả lượng nạp bổ sung và lượng môi chất trong thiết bị.",
            f"Line {activity.line}: both the refill and the charge of the equipment are given.",
        ),
        Text(
            "Giữ một cách: lượng nạp bổ sung trong năm (nên dùng), hoặc lượng trong thiết bị với"
            " tỷ lệ rò rỉ.",
            "Keep one: what was refilled in the year (preferred), or the charge with its rates.",
        ),
        activity.place,
    )


def _no_rate(ask: Ask, missing: list[str]) -> Problem:
    names = ", ".join(missing)
    return Problem(
        "no-leak-rate",
        Text(
            f"Dòng {ask.activity.line}: lượng nạp cần tỷ lệ rò rỉ {names}; trống không phải là 0.",
            f"Line {ask.activity.line}: the charge needs its leak rate {names}; blank is not zero.",
        ),
        Text(
            "Ghi tỷ lệ của thiết bị (Thông tư 38/2023), hoặc chỉ ghi lượng nạp bổ sung.",
            "Give the rate of the equipment (Circular 38/2023), or the refill only.",
        ),
        ask.activity.place,
    )
