"""How figures, texts and findings look on a page.

Everything drawn here is inline SVG with attributes and classes: no style, no script.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.sources import source_text
from sinhthai.foundation.text import Text

register = template.Library()

NOTHING = "—"
NBSP = "\u00a0"
NARROW = 1e-9  # below this two bounds are one value
_SAYS_INVENTED = re.compile(r"\((?:giả định|invented)\)", re.IGNORECASE)


def _language() -> str:
    return get_language() or "vi"


def _number(value: object) -> float | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


@register.filter
def num(value: object, digits: int | None = None) -> str:
    """Write a number the way the reader's language does; nothing known is a dash."""
    number = _number(value)
    return NOTHING if number is None else format_number(number, _language(), digits)


@register.filter
def pct(value: object, digits: int | None = 1) -> str:
    """Write a fraction as a percentage: 0.159 -> 15,9 %."""
    number = _number(value)
    if number is None:
        return NOTHING
    return f"{format_number(number * 100, _language(), digits)}{NBSP}%"


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Write a day: 31/12/2025, or 31 Dec 2025 in English."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, dt.datetime):
        from django.utils import timezone

        value = (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return format_date(value, _language())


@register.filter
def moment(value: dt.datetime | None) -> str:
    """Write a day and time, in the time of Viet Nam."""
    if value is None or value == "":
        return NOTHING
    from django.utils import timezone

    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{format_date(local.date(), _language())} {local:%H:%M}"


@register.filter
def text(value: object) -> str:
    """Say a two-language text in the reader's language."""
    if value is None:
        return ""
    return value.get(_language()) if isinstance(value, Text) else str(value)


@register.filter
def source(value: object) -> str:
    """Name a source as the reader's language does; what others published stays as published."""
    return source_text(str(value or "")).get(_language())


def _statuses() -> dict[str, tuple[str, str, str]]:
    """Status -> class, sign, word. The sign tells it without colour."""
    return {
        "met": ("m", "✓", _("Met")),
        "not_met": ("n", "✕", _("Not met")),
        "undetermined": ("u", "?", _("Undetermined")),
        "not_applicable": ("a", "–", _("Not applicable")),
        "all_met": ("m", "✓", _("All met")),
        "incomplete_rules": ("u", "?", _("Rules incomplete")),
    }


@register.simple_tag
def status_badge(status: object) -> SafeString:
    """Show met, not met, undetermined or not applicable with sign, word and colour."""
    kind, sign, word = _statuses().get(str(status), ("a", "·", str(status)))
    return format_html(
        '<span class="st {}"><span aria-hidden="true">{}</span> {}</span>', kind, sign, word
    )


def _is_fraction(leaf: Any) -> bool:
    return getattr(leaf, "kind", "") in {"share", "ratio"} and getattr(leaf, "unit", "") in {
        "",
        "1",
        "percent",
        "%",
        "fraction",
    }


def _axis_end(upper: float | None, lower: float | None, threshold: float, fraction: bool) -> float:
    """Return the right end of the axis: room beyond the threshold and the value."""
    known = [value for value in (lower, upper) if value is not None]
    end = max([threshold * 2, *(value * 1.15 for value in known)])
    if fraction and threshold <= 1 and all(value <= 1 + NARROW for value in known):
        end = min(max(end, 0.1), 1.0)
    return end or 1.0


@register.simple_tag
def scale(finding: Any, leaf: Any) -> SafeString:
    """Draw where the value lies (from lower to upper bound) against the threshold.

    A value with an unknown side runs to the end of the axis; a condition has no scale.
    """
    threshold = _number(getattr(finding, "threshold", None))
    if threshold is None or getattr(leaf, "kind", "condition") == "condition":
        return mark_safe("")
    lower, upper = _number(finding.lower), _number(finding.upper)
    fraction = _is_fraction(leaf)
    end = _axis_end(upper, lower, threshold, fraction)
    width = 184.0

    def x(value: float) -> float:
        return round(2 + width * min(max(value / end, 0.0), 1.0), 1)

    exact = lower is not None and upper is not None and abs(upper - lower) < NARROW
    start = 2.0 if exact or lower is None else x(lower)
    stop = 2 + width if upper is None else x(upper)
    kind = _statuses().get(str(finding.status), ("a", "", ""))[0]
    known = lower is not None or upper is not None
    mark = x(threshold)
    label = pct(threshold, None) if fraction else num(threshold)
    anchor = "start" if mark < 22 else "end" if mark > width - 20 else "middle"
    spoken = _("value {low} to {high}, threshold {threshold}").format(
        low=pct(lower) if fraction else num(lower),
        high=pct(upper) if fraction else num(upper),
        threshold=label,
    )
    known_part = (
        format_html('<rect class="known" x="2" y="6" width="{}" height="10"/>', round(start - 2, 1))
        if kind == "u" and start > 2
        else ""
    )
    bar = (
        format_html(
            '<rect class="span" x="{}" y="6" width="{}" height="10" rx="1.5"/>',
            start,
            round(max(stop - start, 3), 1),
        )
        if known
        else ""
    )
    return format_html(
        '<svg class="scale {}" width="190" height="36" viewBox="0 0 190 36" role="img" '
        'aria-label="{}">'
        '<rect class="axis" x="2" y="10" width="184" height="2"/>{}{}'
        '<rect class="mark" x="{}" y="1" width="2" height="20"/>'
        '<text x="{}" y="33" text-anchor="{}">{}</text></svg>',
        kind,
        spoken,
        known_part,
        bar,
        round(mark - 1, 1),
        mark,
        anchor,
        label,
    )


@register.simple_tag
def count_bar(met: int, not_met: int, undetermined: int, not_applicable: int = 0) -> SafeString:
    """Draw how many criteria are met, not met, undetermined and not applicable, in one bar."""
    parts: list[tuple[str, int, str]] = [
        ("m", met or 0, _("met")),
        ("n", not_met or 0, _("not met")),
        ("u", undetermined or 0, _("undetermined")),
        ("a", not_applicable or 0, _("not applicable")),
    ]
    total = sum(count for _kind, count, _word in parts)
    spoken = ", ".join(f"{count} {word}" for _kind, count, word in parts if count)
    pieces, at = [], 0.0
    for kind, count, _word in parts:
        if count:
            share = 100 * count / total
            pieces.append((kind, f"{at:.3f}", f"{share:.3f}"))
            at += share
    return format_html(
        '<svg class="count" width="100%" height="14" role="img" aria-label="{}">{}</svg>',
        spoken or _("nothing assessed yet"),
        format_html_join("", '<rect class="{}" x="{}%" y="0" width="{}%" height="14"/>', pieces),
    )


@register.simple_tag
def invented_tag(invented: object, *names: str) -> SafeString:
    """Mark what was made up for the demonstration (H11), unless the *names* before it say so."""
    given = [name for name in names if name]
    if not invented or (given and all(_SAYS_INVENTED.search(name) for name in given)):
        return mark_safe("")
    return format_html('<span class="tag invented">{}</span>', pgettext("data", "invented"))
