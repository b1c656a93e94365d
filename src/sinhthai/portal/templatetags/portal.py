"""How clauses of the law and parks in lists are written."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from sinhthai.portal.readers import short_name
from sinhthai.registry.models import Park
from sinhthai.rules.wording import say_clause

register = template.Library()


@register.filter
def article(clause: str) -> str:
    """Cite a numbered clause: 37.2.c -> điểm c khoản 2 Điều 37; leave other names alone."""
    return say_clause(clause, get_language() or "vi")


@register.filter
def listed_name(park: Park) -> str:
    """Write a park's name in the reader's language, short as in lists."""
    return short_name(park.name_en if get_language() == "en" else park.name_vi)
