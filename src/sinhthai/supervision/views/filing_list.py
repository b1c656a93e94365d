"""The list of all yearly forms a person may see, and the same as a file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.registry.views.listing import Sorting, columns
from sinhthai.reporting.views.answers import file_response, language_of
from sinhthai.rules.forms import load_forms
from sinhthai.supervision.exports_keeping import filings_file
from sinhthai.supervision.models import Filing
from sinhthai.supervision.policy_keeping import supervises
from sinhthai.supervision.readers import filing_list as reader

PAGE_SIZE = 50
EXPORT_ROWS = 100_000


@login_required
@require_GET
def filings(request: HttpRequest) -> HttpResponse:
    """The yearly forms a person may see: searched, narrowed, sorted, fifty a page."""
    asked = _asked(request)
    page = Paginator(reader.find_filings(request.user, asked), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    forms = load_forms().forms
    heads = [
        ("name", _("Park or enterprise"), ""),
        ("form", _("Form"), ""),
        ("year", _("Year"), "num"),
        ("state", _("State"), ""),
        ("sent", _("Sent"), ""),
        ("decided", _("Received"), ""),
    ]
    context = {
        "nav": "supervision",
        "section": "filings",
        "supervises": supervises(request.user),
        "asked": asked,
        "page": page,
        "rows": [(one, forms[one.form]) for one in page],
        "forms": sorted(forms),
        "years": reader.years_of(request.user),
        "states": Filing.State.choices,
        "invented": any(
            one.park.invented or (one.enterprise and one.enterprise.invented) for one in page
        ),
        "columns": columns(heads, Sorting(asked.sort, asked.descending)),
    }
    return render(request, "supervision/filings/all.html", context)


@login_required
@require_GET
def export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The filtered forms as a file."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    found = reader.find_filings(request.user, _asked(request))[:EXPORT_ROWS]
    content = filings_file(found, fmt=fmt, language=language_of(request))
    name = f"filings-{legal_day(timezone.now())}.{fmt}"
    return file_response(content, name, MEDIA_TYPES[fmt])


def _asked(request: HttpRequest) -> reader.FilingFilter:
    """Read the filters of the address; what is not one of them is left out."""
    get = request.GET
    raw = get.get("sort", "-year")
    sort = raw.removeprefix("-")
    known = sort in reader.SORTS
    form, year, state = get.get("form", ""), get.get("year", ""), get.get("state", "")
    return reader.FilingFilter(
        words=get.get("q", "").strip()[:100],
        form=form if form in load_forms().forms else "",
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
        state=state if state in Filing.State.values else "",
        sort=sort if known else "year",
        descending=raw.startswith("-") if known else True,
    )
