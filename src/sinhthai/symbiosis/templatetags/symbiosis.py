"""What the pages of symbiosis ask beside their own content."""

from __future__ import annotations

from typing import Any

from django import template

from sinhthai.symbiosis import policy
from sinhthai.symbiosis.forms import HAZARD_NAMES

register = template.Library()


@register.filter
def hazard_name(code: str) -> str:
    """Return the class of waste in words; what is no class stays as it is."""
    return str(HAZARD_NAMES.get(code, code))


@register.simple_tag(takes_context=True)
def may_see_aggregates(context: dict[str, Any]) -> bool:
    """Say whether who reads the page may open the totals of streams."""
    return policy.may_see_aggregates(context["request"].user)
