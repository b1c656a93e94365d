"""A chosen category of scope 3, with a factor the enterprise states itself."""

from __future__ import annotations

from sinhthai.carbon.engine.emission import Ask, Emission
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text


def stated(ask: Ask) -> tuple[Emission, ...]:
    """Return what a written unit emits by the stated factor ``ef`` [t CO2e per unit]."""
    if ask.own("ef") is None:
        raise InputError([_no_factor(ask)])
    factor = ask.factor("emission", gas="CO2e", plant="ef")
    formula = f"Q × {factor.value:g} t CO2e"
    return (Emission("CO2e", factor.value, (factor,), Text(formula, formula)),)


def _no_factor(ask: Ask) -> Problem:
    return Problem(
        "no-stated-factor",
        Text(
            f"Dòng {ask.activity.line}: phạm vi 3 cần hệ số riêng (t CO2e trên một đơn vị).",
            f"Line {ask.activity.line}: scope 3 needs a factor of its own (t CO2e per unit).",
        ),
        Text("Ghi hệ số và nguồn của nó.", "Give the factor and its source."),
        ask.activity.place,
    )
