"""Money and amounts of a roadmap, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from sinhthai.assessment.roadmap import wording

register = template.Library()


@register.filter
def vnd(value: float | None) -> str:
    """Return VND in billions or millions; a dash for what is not there."""
    return "—" if value is None else wording.money(value, get_language() or "vi")


@register.filter
def amount(value: float | None) -> str:
    """Return a number with at most two decimals."""
    return "—" if value is None else wording.amount(value, get_language() or "vi")
