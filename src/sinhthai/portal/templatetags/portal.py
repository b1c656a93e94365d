"""How clauses of the law and parks in lists are written."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language, pgettext

from sinhthai.portal.readers import short_name
from sinhthai.registry.models import Park

register = template.Library()


@register.filter
def article(clause: str) -> str:
    """Write a numbered clause as an article: 37.2.c -> Điều 37.2.c; leave other names alone."""
    return f"{pgettext('law', 'Article')} {clause}" if clause[:1].isdigit() else clause


@register.filter
def listed_name(park: Park) -> str:
    """Write a park's name in the reader's language, short as in lists."""
    return short_name(park.name_en if get_language() == "en" else park.name_vi)
