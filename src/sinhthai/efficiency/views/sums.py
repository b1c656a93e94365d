"""The sums of a park and of the programme: by park, sector or measure, the four classes apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.efficiency import exports
from sinhthai.efficiency.engine.progress import CLASSES
from sinhthai.efficiency.models import Audit, AuditMeasure
from sinhthai.efficiency.policy import audits_named, may_see_programme, park_with_sums
from sinhthai.efficiency.readers import sums as reader
from sinhthai.efficiency.readers.audits import listed
from sinhthai.efficiency.views.pictures import AMOUNT_NAMES, AMOUNT_UNITS, class_chart
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.registry.policy import parks_visible
from sinhthai.reporting.views.answers import file_response, language_of

SHOWN = (*AMOUNT_NAMES,)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    by: reader.By
    amount: str
    words: str
    sort: str
    descending: bool


@require_GET
def programme(request: HttpRequest) -> HttpResponse:
    """The sums over the parks somebody supervises."""
    if not may_see_programme(request.user):
        raise Http404("no sums for this person")
    asked = _asked(request, "park")
    rows, whole = _programme(request, asked)
    context = _context(request, asked, rows, whole) | {"invented": _any_invented(request)}
    return render(request, "efficiency/programme.html", context)


@require_GET
def programme_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The sums as a file: every amount of every class."""
    if not may_see_programme(request.user) or fmt not in MEDIA_TYPES:
        raise Http404("no sums for this person")
    asked = _asked(request, "park")
    rows, _whole = _programme(request, asked)
    content = exports.sums_file(
        rows, asked.by, fmt=fmt, language=language_of(request), invented=_any_invented(request)
    )
    return file_response(content, f"recp-{asked.by}.{fmt}", MEDIA_TYPES[fmt])


@require_GET
def park(request: HttpRequest, code: str) -> HttpResponse:
    """The sums of a park, and the audits its reader may open."""
    found = park_with_sums(request.user, code)
    asked = _asked(request, "sector")
    rows, whole = _park(request, found, asked)
    named = list(listed(audits_named(request.user, found)))
    context = _context(request, asked, rows, whole) | {
        "park": found,
        "invented": found.invented,
        "audits": Paginator(named, 50).get_page(request.GET.get("audits")),
        "audit_count": len(named),
    }
    return render(request, "efficiency/park.html", context)


@require_GET
def park_export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """The sums of a park as a file."""
    found = park_with_sums(request.user, code)
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    asked = _asked(request, "sector")
    rows, _whole = _park(request, found, asked)
    content = exports.sums_file(
        rows, asked.by, fmt=fmt, language=language_of(request), invented=found.invented
    )
    return file_response(content, f"{found.code}-recp-{asked.by}.{fmt}", MEDIA_TYPES[fmt])


def _programme(request: HttpRequest, asked: Asked) -> tuple[list[reader.Row], reader.Totals]:
    parks = parks_visible(request.user)
    measures = AuditMeasure.objects.filter(audit__enterprise__park__in=parks)
    names = {}
    if asked.by == "park":
        names = {
            code: Text(vi, en)
            for code, vi, en in parks.filter(enterprises__audits__isnull=False)
            .values_list("code", "name_vi", "name_en")
            .distinct()
        }
    whole = reader.totals_of(measures)
    rows, whole = reader.guarded_rows(reader.rows_by(measures, asked.by, names), whole)
    return _narrowed(rows, asked), whole


def _any_invented(request: HttpRequest) -> bool:
    """Say whether an invented enterprise is part of the sums (H11)."""
    parks = parks_visible(request.user)
    return Audit.objects.filter(enterprise__park__in=parks, enterprise__invented=True).exists()


def _park(
    request: HttpRequest, found: Park, asked: Asked
) -> tuple[list[reader.Row], reader.Totals]:
    measures = AuditMeasure.objects.filter(audit__enterprise__park=found)
    whole = reader.totals_of(measures)
    rows = reader.rows_by(measures, asked.by, {})
    # Who may open every audit of the park reads its sums as they are.
    unnamed = (
        Audit.objects.filter(enterprise__park=found)
        .exclude(pk__in=audits_named(request.user, found).values("pk"))
        .exists()
    )
    if unnamed:
        rows, whole = reader.guarded_rows(rows, whole)
    return _narrowed(rows, asked), whole


def _narrowed(rows: list[reader.Row], asked: Asked) -> list[reader.Row]:
    kept = reader.narrowed(rows, asked.words)
    return reader.ordered(kept, asked.sort, asked.amount, descending=asked.descending)


def _asked(request: HttpRequest, usual: reader.By) -> Asked:
    get = request.GET
    by, amount = get.get("by", usual), get.get("show", "electricity_mwh")
    raw = get.get("sort", "-verified")
    sort = raw.removeprefix("-")
    return Asked(
        by if by in reader.BY else usual,  # type: ignore[arg-type]
        amount if amount in SHOWN else "electricity_mwh",
        get.get("q", "").strip()[:100],
        sort if sort in (*CLASSES, "name") else "verified",
        raw.startswith("-"),
    )


def _context(
    request: HttpRequest, asked: Asked, rows: list[reader.Row], whole: reader.Totals
) -> dict[str, Any]:
    language = language_of(request)
    return {
        "nav": "efficiency",
        "asked": asked,
        "whole": whole,
        "count": len(rows),
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "classes": CLASSES,
        "amounts": [(name, AMOUNT_NAMES[name], AMOUNT_UNITS[name]) for name in SHOWN],
        "unit": AMOUNT_UNITS[asked.amount],
        "chart": class_chart(whole, asked.amount, language) if asked.amount != "measures" else None,
        "bys": [
            ("park", _("by park")),
            ("sector", _("by sector")),
            ("measure", _("by measure")),
        ],
    }
