"""Fuels burnt, electricity and heat bought.

``E = fuel x NCV x EF``: t x GJ/t / 1000 x kg/TJ / 1000 (2006 IPCC Guidelines, Vol. 2; Circular
38/2023, Annex II). CO2 of biomass stands apart; its CH4 and N2O count.
"""

from __future__ import annotations

from sinhthai.carbon.engine.emission import Ask, Emission
from sinhthai.carbon.engine.quantities import fits, fuel_energy, in_unit
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_KG_PER_TJ = 1e-6  # kg/TJ x GJ -> t
_OWN = {"CO2": "ef_co2", "CH4": "ef_ch4", "N2O": "ef_n2o"}
_EFFICIENCY = 0.8  # where the supplier's boiler is not known


def fuel(ask: Ask, category: str) -> tuple[Emission, ...]:
    """Return what a unit of a fuel emits, burnt in a source of *category*."""
    energy, used, formula = fuel_energy(ask)
    oxidised = ask.share("oxidation", 1.0)
    is_biogenic = ask.factors.activities[ask.activity.what].biogenic
    emissions = []
    for gas, own in _OWN.items():
        factor = ask.factor("emission", gas=gas, category=category, plant=own)
        burnt = oxidised if gas == "CO2" else 1.0
        share = "" if burnt == 1.0 else f" × {burnt:g}"
        tail = f" × {factor.value:g} kg {gas}/TJ ÷ 10⁶{share}"
        emissions.append(
            Emission(
                gas=gas,
                slope=energy * factor.value * _KG_PER_TJ * burnt,
                factors=(*used, factor),
                formula=Text(formula.vi + tail, formula.en + tail),
                is_biogenic=is_biogenic and gas == "CO2",
            )
        )
    return tuple(emissions)


def stationary(ask: Ask) -> tuple[Emission, ...]:
    """Boilers, furnaces, kilns, generators; the category defaults to manufacturing."""
    return fuel(ask, ask.activity.category or "manufacturing")


def mobile(ask: Ask) -> tuple[Emission, ...]:
    """Vehicles and machines that drive; the category defaults to road."""
    return fuel(ask, ask.activity.category or "road")


def electricity(ask: Ask) -> tuple[Emission, ...]:
    """Power from the grid, or at the factor of its supplier (``ef``, t CO2/MWh)."""
    factor = ask.factor("emission", gas="CO2", plant="ef")
    per_unit = in_unit(ask, "MWh")
    formula = f"Q (MWh) × {factor.value:g} t CO2/MWh"
    return (Emission("CO2", per_unit * factor.value, (factor,), Text(formula, formula)),)


def heat(ask: Ask) -> tuple[Emission, ...]:
    """Steam or heat bought, made from the fuel named as category: ``h / efficiency x EF``.

    Steam by mass needs its enthalpy (``enthalpy``, kJ/kg). The supplier's own factors stand in
    ``supplier_co2``, ``supplier_ch4``, ``supplier_n2o`` [kg/TJ of heat sold].
    """
    activity = ask.activity
    if fits(ask, "t"):
        enthalpy = ask.own("enthalpy")
        if enthalpy is None:
            raise InputError([_no_enthalpy(ask)])
        per_unit = in_unit(ask, "t") * enthalpy / 1000.0
        sold = f"Q (t) × {enthalpy:g} kJ/kg ÷ 1000"
    else:
        per_unit, sold = in_unit(ask, "GJ"), "Q (GJ)"
    emissions = []
    for gas, own in _OWN.items():
        supplied = f"supplier_{gas.lower()}"
        if ask.own(supplied) is not None:
            factor, efficiency = ask.factor("emission", gas=gas, plant=supplied), 1.0
        else:
            if not activity.category:
                raise InputError([_no_fuel(ask)])
            factor = ask.factor(
                "emission", what=activity.category, gas=gas, category="manufacturing", plant=own
            )
            efficiency = ask.share("efficiency", _EFFICIENCY)
            if "efficiency" not in activity.parameters:
                ask.note(
                    "Không rõ hiệu suất lò hơi của bên bán: dùng 80 %.",
                    "The supplier's boiler efficiency is not known: 80 % is used.",
                )
            if not efficiency:
                raise InputError([_no_efficiency(ask)])
        formula = f"{sold} ÷ {efficiency:g} × {factor.value:g} kg {gas}/TJ ÷ 10⁶"
        burnt = ask.factors.activities.get(activity.category)
        emissions.append(
            Emission(
                gas=gas,
                slope=per_unit / efficiency * factor.value * _KG_PER_TJ,
                factors=(factor,),
                formula=Text(formula, formula),
                is_biogenic=gas == "CO2" and burnt is not None and burnt.biogenic,
            )
        )
    return tuple(emissions)


def _no_enthalpy(ask: Ask) -> Problem:
    return Problem(
        "no-enthalpy",
        Text(
            f"Dòng {ask.activity.line}: hơi tính theo tấn cần enthalpy (kJ/kg).",
            f"Line {ask.activity.line}: steam by the tonne needs its enthalpy (kJ/kg).",
        ),
        Text(
            "Ghi enthalpy, ví dụ 2777 cho hơi bão hòa 10 bar; hoặc ghi lượng nhiệt theo GJ.",
            "Give it, for example 2777 for saturated steam of 10 bar; or give the heat in GJ.",
        ),
        ask.activity.place,
    )


def _no_fuel(ask: Ask) -> Problem:
    return Problem(
        "no-fuel-of-heat",
        Text(
            f"Dòng {ask.activity.line}: chưa rõ hơi, nhiệt mua được sản xuất từ nhiên liệu nào.",
            f"Line {ask.activity.line}: the fuel the heat is made from is not named.",
        ),
        Text(
            "Ghi nhiên liệu ở cột loại, hoặc hệ số của bên bán.",
            "Name the fuel as the category, or give the supplier's factors.",
        ),
        ask.activity.place,
    )


def _no_efficiency(ask: Ask) -> Problem:
    return Problem(
        "no-efficiency",
        Text(
            f"Dòng {ask.activity.line}: hiệu suất lò hơi bằng 0.",
            f"Line {ask.activity.line}: the boiler efficiency is zero.",
        ),
        Text("Ghi hiệu suất, ví dụ 0,85.", "Give it, for example 0.85."),
        ask.activity.place,
    )
