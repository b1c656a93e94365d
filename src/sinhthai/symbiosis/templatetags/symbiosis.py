"""What the pages of symbiosis ask beside their own content."""

from __future__ import annotations

from typing import Any

from django import template

from sinhthai.symbiosis import policy

register = template.Library()


@register.simple_tag(takes_context=True)
def may_see_aggregates(context: dict[str, Any]) -> bool:
    """Say whether who reads the page may open the totals of streams."""
    return policy.may_see_aggregates(context["request"].user)
