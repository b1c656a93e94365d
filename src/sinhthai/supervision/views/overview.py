"""All certificates of a territory: who needs looking at first."""

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
from sinhthai.supervision import exports_keeping as exports
from sinhthai.supervision.actions.suspension import STATE_NAMES
from sinhthai.supervision.policy_keeping import supervises
from sinhthai.supervision.readers import overview as reader

PAGE_SIZE = 50
EXPORT_ROWS = 100_000


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every certificate with its standing, what is open, what is late, what comes next."""
    if not supervises(request.user):
        raise Http404("nothing to supervise for this person")
    today = legal_day(timezone.now())
    asked = _asked(request)
    found = reader.find_certificates(request.user, asked, today=today)
    figures = reader.figures(request.user, today=today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "supervision/keeping/overview.html",
        {
            "nav": "supervision",
            "section": "overview",
            "asked": asked,
            "page": page,
            "figures": figures,
            "states": STATE_NAMES,
            "shows": reader.SHOWS,
            "today": today,
            "soon": today + reader.EXPIRING,
            "invented": any(
                one.park.invented or (one.enterprise and one.enterprise.invented) for one in page
            ),
            "columns": columns(
                [
                    ("name", _("Park or enterprise"), ""),
                    ("number", _("Certificate"), ""),
                    ("state", _("Standing"), ""),
                    ("alerts", _("Open alerts"), "num"),
                    ("late", _("Late actions"), "num"),
                    ("filing", _("Next filing"), ""),
                    ("ends", _("Valid until"), ""),
                ],
                Sorting(asked.sort, asked.descending),
            ),
        },
    )


@login_required
@require_GET
def export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The same list as a file."""
    if fmt not in MEDIA_TYPES or not supervises(request.user):
        raise Http404("nothing to export for this person")
    today = legal_day(timezone.now())
    rows = reader.find_certificates(request.user, _asked(request), today=today)[:EXPORT_ROWS]
    content = exports.certificates_file(rows, fmt=fmt, language=language_of(request))
    return file_response(content, f"{_('Certificates supervised')}.{fmt}", MEDIA_TYPES[fmt])


def _asked(request: HttpRequest) -> reader.Asked:
    raw = request.GET.get("sort", "-alerts")
    sort = raw.removeprefix("-")
    return reader.Asked(
        words=request.GET.get("q", "").strip()[:100],
        state=request.GET.get("state", ""),
        subject=request.GET.get("subject", ""),
        show=request.GET.get("show", ""),
        sort=sort if sort in reader.SORTS else "alerts",
        descending=raw.startswith("-") or sort not in reader.SORTS,
    )
