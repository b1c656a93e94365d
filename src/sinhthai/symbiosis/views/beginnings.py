"""Take streams over from the report, or from what is typical of the industry."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.vsic import industry_name
from sinhthai.registry.models import Enterprise
from sinhthai.reporting.views.answers import language_of, person
from sinhthai.symbiosis import policy
from sinhthai.symbiosis.actions.streams import Origin, add_streams
from sinhthai.symbiosis.readers import beginnings as readers
from sinhthai.symbiosis.readers import wording
from sinhthai.symbiosis.readers.knowledge import material_name
from sinhthai.symbiosis.views.streams import shell


@require_http_methods(["GET", "POST"])
def stream_profile(request: HttpRequest, code: str) -> HttpResponse:
    """Offer what is typical of the industry; what is taken is marked as estimated."""
    enterprise = policy.enterprise_with_streams(request.user, code, write=True)
    rows = readers.typical(enterprise, language_of(request))
    industry = industry_name(enterprise.vsic)
    if request.method == "POST":
        return _take(request, enterprise, rows, Origin.PROFILE)
    return _page(request, enterprise, rows, "profile", industry=industry)


@require_http_methods(["GET", "POST"])
def stream_reported(request: HttpRequest, code: str) -> HttpResponse:
    """Offer what the report of the enterprise states."""
    enterprise = policy.enterprise_with_streams(request.user, code, write=True)
    year, rows = readers.reported(enterprise)
    if request.method == "POST":
        return _take(request, enterprise, rows, Origin.REPORTED)
    return _page(request, enterprise, rows, "reported", year=year)


def _take(
    request: HttpRequest, enterprise: Enterprise, rows: list[readers.Beginning], origin: str
) -> HttpResponse:
    wanted = set(request.POST.getlist("take"))
    taken = [row.given for row in rows if row.key in wanted and row.can_be_taken]
    if not taken:
        messages.warning(request, _("Nothing was ticked, so nothing was taken over."))
        return redirect(request.path)
    made = add_streams(enterprise, taken, at=timezone.now(), by=person(request), origin=origin)
    said = ngettext(
        "One stream is taken over.", "%(n)d streams are taken over.", len(made)
    ) % {"n": len(made)}  # fmt: skip
    messages.success(request, said)
    return redirect("symbiosis_streams", code=enterprise.code)


def _page(
    request: HttpRequest,
    enterprise: Enterprise,
    rows: list[readers.Beginning],
    kind: str,
    *,
    industry: Text | None = None,
    year: int | None = None,
) -> HttpResponse:
    language = language_of(request)
    return render(
        request,
        "symbiosis/enterprise/beginnings.html",
        shell(request, enterprise, "streams")
        | {
            "kind": kind,
            "rows": [
                (
                    row,
                    material_name(row.given.material) if row.given.material else row.basis,
                    wording.unit_label(row.given.unit, language),
                )
                for row in rows
            ],
            "employees": enterprise.employees,
            "some": any(row.can_be_taken for row in rows),
            "industry": industry,
            "year": year,
        },
    )
