"""Say clauses, thresholds and formulas of a criterion in words."""

from __future__ import annotations

import re

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.model import Formula, Leaf, Threshold

SENSES = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "equal": "="}
_REQUIRED = Text("phải đạt", "required")
_YEARS = Text("trong từng năm của {n} năm gần nhất", "in each of the last {n} years")
_CLAUSE = re.compile(r"(\d+)(?:\.(\d+))?(?:\.([a-zđ]))?")


def say_clause(clause: str, language: str) -> str:
    """Return a numbered clause as a lawyer cites it; other names (SOC.1, PM-P1) as they are.

    >>> say_clause("37.2.c", "vi"), say_clause("37.2.c", "en")
    ('điểm c khoản 2 Điều 37', 'Article 37.2.c')
    >>> say_clause("2.8, 42.1", "vi"), say_clause("SOC.1", "vi")
    ('khoản 8 Điều 2, khoản 1 Điều 42', 'SOC.1')
    """
    parts = [_CLAUSE.fullmatch(part.strip()) for part in clause.split(",")]
    if not all(parts):
        return clause
    if language.startswith("en"):
        return f"Article{'s' if len(parts) > 1 else ''} {clause}"
    return ", ".join(_cite(*part.groups()) for part in parts if part)


def _cite(article: str, paragraph: str | None, point: str | None) -> str:
    said = f"khoản {paragraph} Điều {article}" if paragraph else f"Điều {article}"
    return f"điểm {point} {said}" if point else said


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
        said = _REQUIRED.get(language)
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
