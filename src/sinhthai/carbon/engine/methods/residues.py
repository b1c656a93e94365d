"""Wastewater and waste (2006 IPCC Guidelines and 2019 Refinement, Vol. 5)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sinhthai.carbon.engine.emission import Ask, Emission
from sinhthai.carbon.engine.quantities import in_unit
from sinhthai.factors.model import Factor
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

CH4_PER_C = 16.0 / 12.0
CO2_PER_C = 44.0 / 12.0
N2O_PER_N = 44.0 / 28.0


def wastewater(ask: Ask) -> tuple[Emission, ...]:
    """CH4 of wastewater: ``(TOW - S) x B0 x MCF - R``; N2O where its nitrogen is known.

    By volume (m3) with the measured ``cod`` [kg/m3], or by the tonnes of an industry's product.
    The category names the treatment. ``removed`` [kg COD] left with the sludge, ``recovered``
    [kg CH4] was burnt or used; ``nitrogen`` [kg N/m3].
    """
    treatment = ask.activity.category
    if not treatment:
        raise InputError([_no_treatment(ask)])
    used: list[Factor] = []
    if ask.activity.what == "wastewater":
        if ask.own("cod") is None:
            raise InputError([_no_cod(ask)])
        cod = ask.factor("cod", plant="cod")
        per_unit, start = in_unit(ask, "m**3"), "Q (m³)"
    else:
        cod = ask.factor("cod", plant="cod")
        water = ask.factor("water", plant="water")
        used.append(water)
        per_unit, start = in_unit(ask, "t") * water.value, f"Q (t) × {water.value:g} m³/t"
    b0 = ask.factor("b0", what="wastewater", category="cod", plant="b0")
    mcf = ask.factor("mcf", what="wastewater", category=treatment, plant="mcf")
    removed = ask.own("removed") or 0.0
    recovered = ask.own("recovered") or 0.0
    formula = (
        f"({start} × {cod.value:g} kg COD/m³ − {removed:g})"
        f" × B0 {b0.value:g} × MCF {mcf.value:g} − {recovered:g}"
    )
    ch4 = Emission(
        gas="CH4",
        slope=per_unit * cod.value * b0.value * mcf.value / 1000.0,
        factors=(*used, cod, b0, mcf),
        formula=Text(formula + " kg", formula + " kg"),
        offset=-(removed * b0.value * mcf.value + recovered) / 1000.0,
    )
    nitrogen = ask.own("nitrogen")
    if nitrogen is None:
        return (ch4,)
    n = ask.factor("nitrogen", plant="nitrogen")
    rate = ask.factor("n2o", what="wastewater", category=_nitrous(treatment), plant="ef_n2o")
    formula = f"{start} × {n.value:g} kg N/m³ × {rate.value:g} × 44/28"
    slope = per_unit * n.value * rate.value * N2O_PER_N / 1000.0
    return (ch4, Emission("N2O", slope, (*used, n, rate), Text(formula, formula)))


def _nitrous(treatment: str) -> str:
    return "aerobic" if treatment.startswith("aerobic") else "effluent"


def landfill(ask: Ask) -> tuple[Emission, ...]:
    """CH4 a tonne of waste gives over its whole life in a landfill of the category's kind.

    ``L0 = W x DOC x DOCf x MCF x F x 16/12``, less what is ``recovered`` [kg CH4], times
    ``1 - OX``. For emissions year by year: ``decay``.
    """
    site = ask.activity.category or "unknown"
    doc = ask.factor("doc", plant="doc")
    docf = ask.factor("docf", what="landfill", plant="docf")
    mcf = ask.factor("mcf", what="landfill", category=site, plant="mcf")
    f = ask.factor("f", what="landfill", plant="f")
    left = 1.0 - ask.share("ox", 0.0)
    recovered = (ask.own("recovered") or 0.0) / 1000.0
    slope = in_unit(ask, "t") * doc.value * docf.value * mcf.value * f.value * CH4_PER_C * left
    formula = (
        f"(Q (t) × DOC {doc.value:g} × DOCf {docf.value:g} × MCF {mcf.value:g} × F {f.value:g}"
        f" × 16/12 − {recovered:g}) × {left:g}"
    )
    return (
        Emission(
            "CH4",
            slope,
            (doc, docf, mcf, f),
            Text(formula, formula),
            offset=-recovered * left,
        ),
    )


def decay(deposited_t: Sequence[float], k: float) -> list[float]:
    """Return the mass of degradable carbon [t] that decays in each year after first-order decay.

    What is deposited in a year starts to decay in the next one (2006 IPCC Guidelines, Vol. 5,
    3.2.1).

    Parameters
    ----------
    deposited_t : degradable carbon [t] put in, year by year.
    k : decay rate [1/year].

    >>> [round(t, 4) for t in decay([100.0, 0.0, 0.0], 0.4)]
    [0.0, 32.968, 22.0991]
    """
    held, decayed = 0.0, []
    for tonnes in deposited_t:
        gone = held * (1.0 - math.exp(-k))
        decayed.append(gone)
        held += tonnes - gone
    return decayed


def incineration(ask: Ask) -> tuple[Emission, ...]:
    """CO2 of a waste's fossil carbon, of the rest apart; CH4 and N2O by the kind of furnace."""
    furnace = ask.activity.category or "continuous-stoker"
    dry = ask.factor("dm", plant="dm")
    carbon = ask.factor("carbon", plant="carbon")
    fossil = ask.factor("fossil", plant="fossil")
    burnt = ask.factor(
        "of", what="incineration", category="open" if furnace == "open" else "plant", plant="of"
    )
    tonnes = in_unit(ask, "t")
    all_co2 = tonnes * dry.value * carbon.value * burnt.value * CO2_PER_C
    used = (dry, carbon, fossil, burnt)
    formula = f"Q (t) × {dry.value:g} × {carbon.value:g} × {{}} × {burnt.value:g} × 44/12"
    emissions = [
        Emission(
            "CO2",
            all_co2 * share,
            used,
            Text(formula.format(f"{share:g}"), formula.format(f"{share:g}")),
            is_biogenic=is_biogenic,
        )
        for share, is_biogenic in ((fossil.value, False), (1.0 - fossil.value, True))
        if share
    ]
    for gas, per in (("CH4", 1e-6), ("N2O", 1e-6)):
        factor = ask.factor("emission", what="incineration", gas=gas, category=furnace)
        formula_gas = f"Q (t) × {factor.value:g} {factor.unit} ÷ 10⁶"
        emissions.append(
            Emission(gas, tonnes * factor.value * per, (factor,), Text(formula_gas, formula_gas))
        )
    return tuple(emissions)


def biological(ask: Ask) -> tuple[Emission, ...]:
    """CH4 and N2O of composting or digestion, by wet mass unless the category says dry."""
    weighed = ask.activity.category or "wet"
    tonnes = in_unit(ask, "t")
    emissions = []
    for gas in ("CH4", "N2O"):
        factor = ask.factor("emission", gas=gas, category=weighed)
        formula = f"Q (t) × {factor.value:g} g/kg ÷ 1000"
        emissions.append(
            Emission(gas, tonnes * factor.value / 1000.0, (factor,), Text(formula, formula))
        )
    return tuple(emissions)


def _no_treatment(ask: Ask) -> Problem:
    return Problem(
        "no-treatment",
        Text(
            f"Dòng {ask.activity.line}: chưa rõ cách xử lý nước thải.",
            f"Line {ask.activity.line}: the treatment of the wastewater is not named.",
        ),
        Text(
            "Ghi ở cột loại: aerobic, aerobic-overloaded, reactor, digester, lagoon-shallow,"
            " lagoon-deep, septic hoặc untreated.",
            "Name it as the category: aerobic, aerobic-overloaded, reactor, digester, "
            "lagoon-shallow, lagoon-deep, septic or untreated.",
        ),
        ask.activity.place,
    )


def _no_cod(ask: Ask) -> Problem:
    return Problem(
        "no-cod",
        Text(
            f"Dòng {ask.activity.line}: nước thải tính theo m³ cần nồng độ COD (kg/m³).",
            f"Line {ask.activity.line}: wastewater by volume needs its COD (kg/m3).",
        ),
        Text(
            "Ghi COD đo được, hoặc tính theo tấn sản phẩm của ngành.",
            "Give the measured COD, or go by the tonnes of an industry's product.",
        ),
        ask.activity.place,
    )
