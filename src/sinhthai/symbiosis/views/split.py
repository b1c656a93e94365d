"""How the benefit of a park's exchanges could be split among those who take part."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.reporting.views.answers import file_response, language_of
from sinhthai.symbiosis.exports_split import split_file
from sinhthai.symbiosis.policy import park_to_facilitate
from sinhthai.symbiosis.readers import split as reader
from sinhthai.symbiosis.views.workbench import look, shell

PAGE_SIZE = 50


@require_GET
def split(request: HttpRequest, code: str) -> HttpResponse:
    """Each party's share, what the others lose without it, and whether the split holds."""
    park = park_to_facilitate(request.user, code)
    found, show = reader.read_split(
        park, show=request.GET.get("show", ""), today=timezone.localdate()
    )
    look(request, park, found.told, "split")
    asked = _asked_of(request)
    rows = reader.narrowed(found.shares, asked)
    context = {
        **shell(park, "split"),
        "show": show,
        "asked": asked,
        "split": found,
        "count": len(rows),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "sorts": [
            ("name", _("Party"), ""),
            ("share", _("Share a year (Shapley)"), "num"),
            ("exchanges", _("From which exchanges"), ""),
            ("lost", _("Leaves: the others lose"), "num"),
            ("nucleolus", _("Nucleolus a year"), "num"),
            ("", _("Does it hold?"), ""),
        ],
    }
    return render(request, "symbiosis/workbench/split.html", context)


@require_GET
def export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """The filtered shares as a file, one row a party and exchange, and what is left out."""
    park = park_to_facilitate(request.user, code)
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    found, show = reader.read_split(
        park, show=request.GET.get("show", ""), today=timezone.localdate()
    )
    look(request, park, found.told, "export")
    rows = reader.narrowed(found.shares, _asked_of(request))
    content = split_file(park, found, rows, show=show, fmt=fmt, language=language_of(request))
    return file_response(content, f"{park.code}-split-{show}.{fmt}", MEDIA_TYPES[fmt])


def _asked_of(request: HttpRequest) -> reader.SplitFilter:
    raw = request.GET.get("sort", "-share")
    sort = raw.removeprefix("-")
    fits = sort in reader.SORTS
    return reader.SplitFilter(
        words=request.GET.get("q", "").strip()[:100],
        sort=sort if fits else "share",
        descending=raw.startswith("-") if fits else True,
    )
