"""How clauses of the law are written."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def article(clause: str) -> str:
    """Write a numbered clause as an article: 37.2.c -> Điều 37.2.c; leave other names alone."""
    return f"{pgettext('law', 'Article')} {clause}" if clause[:1].isdigit() else clause
