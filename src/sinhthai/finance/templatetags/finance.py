"""How money, stages and answers look on the pages of projects."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from sinhthai.finance.engine.funds import INSTRUMENTS
from sinhthai.finance.engine.stages import STAGE_NAMES
from sinhthai.finance.models import Project, ProjectEvent
from sinhthai.finance.termsheet.words import OUTCOMES
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise

register = template.Library()
_NOTHING = "—"
_MILLION, _BILLION = 1e6, 1e9
_SIGNS = {
    "idea": "○", "screened": "◔", "pre_feasibility": "◑", "bankable": "◕", "applied": "▷",
    "approved": "▶", "disbursed": "●", "verified": "✓", "dropped": "✕",
}  # fmt: skip
_OUTCOME_SIGNS = {"eligible": "✓", "not": "✕", "undetermined": "?"}
_ANSWER_SIGNS = {"met": "✓", "unmet": "✕", "unknown": "?"}
_CLASSES = {"eligible": "met", "not": "not_met", "undetermined": "undetermined"}


@register.filter
def money(value: float | str | None) -> str:
    """Write VND in millions or billions, as people say it; nothing known is a dash."""
    if value is None or isinstance(value, str):  # a template says "" for what is not there
        return _NOTHING
    language = get_language() or "vi"
    billions = abs(value) >= _BILLION
    scaled = value / (_BILLION if billions else _MILLION)
    digits = 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0
    words = Text("tỷ đồng", "billion VND") if billions else Text("triệu đồng", "million VND")
    return f"{format_number(round(scaled, digits), language)}\u00a0{words.get(language)}"


@register.filter
def stage_name(stage: str) -> Text:
    """Return the name of a stage."""
    return STAGE_NAMES[stage]


@register.filter
def stage_sign(stage: str) -> str:
    """Return the sign of a stage: told apart without colour."""
    return _SIGNS[stage]


@register.filter
def outcome_name(outcome: str) -> Text:
    """Return how a project stands to a fund in words."""
    return OUTCOMES[outcome]


@register.filter
def outcome_sign(outcome: str) -> str:
    """Return the sign of an outcome."""
    return _OUTCOME_SIGNS[outcome]


@register.filter
def outcome_class(outcome: str) -> str:
    """Return the class the stylesheet has for an outcome."""
    return _CLASSES[outcome]


@register.filter
def answer_sign(answer: str) -> str:
    """Return the sign of a condition."""
    return _ANSWER_SIGNS[answer]


@register.filter
def instrument_name(instrument: str) -> Text:
    """Return the kind of a fund in words."""
    return INSTRUMENTS[instrument]


@register.filter
def origin_name(origin: str) -> str:
    """Return where a project comes from in words."""
    return str(Project.Origin(origin).label)


@register.filter
def size_name(size: str) -> str:
    """Return the size of an enterprise in words."""
    return str(Project.Size(size).label) if size else _NOTHING


@register.filter
def what_name(what: str) -> str:
    """Return what happened in words."""
    return str(ProjectEvent.What(what).label)


@register.filter
def enterprise_name(enterprise: Enterprise) -> Text:
    """Return the name of an enterprise in both languages."""
    return Text(enterprise.name_vi, enterprise.name_en or enterprise.name_vi)


@register.filter
def of_key(mapping: dict[str, object], key: str) -> object:
    """Return the value of *key*, or nothing."""
    return mapping.get(key)
