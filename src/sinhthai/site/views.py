"""Pages of the shell itself: where one starts, the audit trail, whether the server lives."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sinhthai.accounts.export import table_response
from sinhthai.accounts.forms import AuditForm
from sinhthai.accounts.readers import AUDIT_HEADINGS, audit_lines, read_audit
from sinhthai.registry.policy import enterprises_own, parks_visible

PAGE = 50
EXPORT_ROWS = 100_000


@login_required
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """After signing in: to the one park, or the one enterprise, a person works for."""
    parks = parks_visible(request.user).values_list("code", flat=True)[:2]
    if len(parks) == 1:
        return redirect("park", code=parks[0])
    own = enterprises_own(request.user).values_list("code", flat=True)[:2]
    if not parks and len(own) == 1:
        return redirect("enterprise", code=own[0])
    return redirect("home")


@login_required
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Who did what, when: the parks, organisations and deeds this person may know of."""
    form = AuditForm(request.GET, language=_language())
    visible = parks_visible(request.user).order_by("name_vi")
    asked = form.asked()
    rows = read_audit(request.user, asked, visible.order_by().values("code"))
    names = dict(visible.values_list("code", "name_vi"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(entry, names.get(entry.park_code, entry.park_code)) for entry in page]
    return render(
        request,
        "site/audit.html",
        {
            "form": form,
            "asked": asked,
            "page": page,
            "lines": lines,
            "parks": names,
            "nav": "audit",
        },
    )


@login_required
@require_GET
def audit_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The same entries as a file."""
    asked = AuditForm(request.GET, language=_language()).asked()
    rows = read_audit(request.user, asked, parks_visible(request.user).order_by().values("code"))
    language = _language()
    headings = [heading.get(language) for heading in AUDIT_HEADINGS]
    lines = audit_lines(rows[:EXPORT_ROWS], language)
    return table_response(headings, lines, fmt=fmt, name="audit")


@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` when the store can be read; for load balancers and watch programs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def _language() -> str:
    return get_language() or "vi"
