"""Say thresholds and formulas of a criterion in words."""

from __future__ import annotations

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.model import Formula, Leaf, Threshold

SENSES = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equal": "="}
_YES = Text("có", "yes")
_YEARS = Text("trong mỗi năm của {n} năm", "in each of {n} years")


def say_threshold(leaf: Leaf, threshold: Threshold | None, language: str) -> str:
    """Return the threshold with sense and unit; a fraction is shown as a percentage.

    >>> from sinhthai.rules.bundle import load_bundle
    >>> share = load_bundle().frameworks[1].leaf("ENT-3")
    >>> say_threshold(share, share.thresholds[0], "vi")
    '≥ 20 %'
    """
    if threshold is None:
        return "–"
    if leaf.kind == "condition":
        said = _YES.get(language)
    elif threshold.value is None:
        said = f"{SENSES[leaf.sense]} {threshold.formula}"
    else:
        fraction = leaf.kind in ("share", "ratio") and leaf.unit == "percent"
        number = round(threshold.value * 100, 6) if fraction else threshold.value
        unit = unit_label(leaf.unit, language)
        said = f"{SENSES[leaf.sense]} {format_number(number, language)} {unit}".rstrip()
    if leaf.years > 1:
        said += f", {_YEARS.format(n=leaf.years).get(language)}"
    return said


def say_formula(formula: Formula) -> list[str]:
    """Return the formula, one line for each reading if an option chooses.

    >>> say_formula(Formula({"": "a + b"}))
    ['a + b']
    >>> say_formula(Formula({"x": "a", "y": "b"}, "A2"))
    ['A2 = x: a', 'A2 = y: b']
    """
    if not formula.option:
        return list(formula.cases.values())
    return [f"{formula.option} = {choice}: {text}" for choice, text in formula.cases.items()]
