"""The public pages of the factors: which number, who says so, since when, how sure."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinhthai.factors.loading import load_factors
from sinhthai.factors.model import Policy
from sinhthai.factors.showing import GROUPS, panels_of
from sinhthai.foundation.tables import MEDIA_TYPES, write_table
from sinhthai.portal import factor_readers as readers
from sinhthai.registry.views.listing import PAGE_SIZE, Sorting, attachment, columns

_FIRST, _LAST = 2010, 2100


@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    """List every factor; search, filter, sort."""
    tables = load_factors()
    language = get_language() or "vi"
    asked = readers.Asked.parse(request.GET, tables)
    rows = readers.factor_rows(tables, asked, language)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    names = [
        ("activity", _("Activity"), ""),
        ("quantity", _("Kind of factor"), ""),
        ("value", _("Value"), "num"),
        ("table", _("Table"), ""),
        ("valid_from", _("Valid"), ""),
        ("verified", _("Verified"), ""),
    ]
    return render(
        request,
        "portal/factors.html",
        {
            "nav": "rules",
            "asked": asked,
            "page": page,
            "count": len(rows),
            "columns": columns(names, Sorting(asked.sort, asked.descending)),
            "groups": GROUPS,
            "tables": readers.tables_used(tables),
            "hash": tables.hash,
        },
    )


@require_safe
def factors_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """Export the list as filtered and sorted."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    tables = load_factors()
    language = get_language() or "vi"
    asked = readers.Asked.parse(request.GET, tables)
    heads = [
        (_("Code"), 44), (_("Activity"), 34), (_("Kind of factor"), 34), (_("Gas"), 10),
        (_("Category"), 20), (_("Value"), 12), (_("Low"), 12), (_("High"), 12), (_("Unit"), 12),
        (_("Valid from"), 12), (_("Valid to"), 12), (_("Verified"), 12), (_("Table"), 44),
        (_("Source"), 60),
    ]  # fmt: skip
    cells = [
        (
            row.factor.id,
            row.activity.get(language),
            row.quantity.get(language),
            row.factor.gas,
            row.factor.category,
            row.factor.value,
            row.factor.low,
            row.factor.high,
            row.factor.unit,
            str(row.factor.valid_from or ""),
            str(row.factor.valid_to or ""),
            _("yes") if row.factor.verified else _("no"),
            row.card.title.get(language),
            row.factor.source,
        )
        for row in readers.factor_rows(tables, asked, language)
    ]
    content = write_table(fmt, heads, cells, name=_("Emission factors"))
    name = f"sinhthai-factors-{timezone.localdate():%Y%m%d}.{fmt}"
    return attachment(content, name, MEDIA_TYPES[fmt])


@require_safe
def factor(request: HttpRequest, activity: str) -> HttpResponse:
    """Show one activity: every table side by side, which one is picked for a year, and why."""
    tables = load_factors()
    found = tables.activities.get(activity)
    if found is None:
        raise Http404("no such activity")
    language = get_language() or "vi"
    year, policy = _year(request), _policy(request)
    panels = panels_of(tables, activity, year=year, policy=policy)
    used = {row.factor.table for panel in panels for row in panel.rows}
    picture = readers.years_picture(tables, activity, found.name.get(language), language)
    return render(
        request,
        "portal/factor.html",
        {
            "nav": "rules",
            "activity": found,
            "group": GROUPS[found.group],
            "panels": panels,
            "year": str(year),
            "policy": policy,
            "policies": [
                ("national", _("national list first, then IPCC")),
                ("ipcc2006", _("IPCC 2006 first")),
                ("ipcc2019", _("IPCC 2019 first")),
            ],
            "cards": [card for id_, card in tables.cards.items() if id_ in used],
            "card_of": tables.cards,
            "gases": readers.gwp_of(tables, activity),
            # Drawn and escaped by our own foundation.charts.
            "picture": mark_safe(picture),  # noqa: S308
        },
    )


def _year(request: HttpRequest) -> int:
    written = request.GET.get("year", "")
    year = int(written) if written.isascii() and written.isdigit() and len(written) == 4 else 0
    return year if _FIRST <= year <= _LAST else timezone.localdate().year - 1


def _policy(request: HttpRequest) -> Policy:
    written = request.GET.get("policy", "")
    return next((one for one in readers.POLICIES if one == written), "national")
