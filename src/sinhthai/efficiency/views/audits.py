"""Audits of an enterprise, and one audit: its tasks by phase, its baseline."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.efficiency import exports
from sinhthai.efficiency.actions import audits as actions
from sinhthai.efficiency.actions.baseline import Given, enter_baseline, take_reported
from sinhthai.efficiency.forms import AuditForm, BaselineForm, FileForm, PhaseForm
from sinhthai.efficiency.models import Audit, AuditMeasure
from sinhthai.efficiency.policy import (
    audit_for,
    audits_of,
    enterprise_to_audit,
    may_accept,
    may_work,
)
from sinhthai.efficiency.readers.audits import listed, read_audit
from sinhthai.efficiency.readers.baseline import pictures, standing_entries
from sinhthai.efficiency.readers.sums import totals_of
from sinhthai.efficiency.views.pictures import class_chart
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise
from sinhthai.reporting.views.answers import file_response, language_of, person, tell, tell_form

_SORTS = {"year": "year", "phase": "phase", "measures": "chosen", "verified": "verified"}


@require_GET
def audit_list(request: HttpRequest, code: str) -> HttpResponse:
    """The audits of an enterprise with the totals of each class."""
    enterprise = enterprise_to_audit(request.user, code)
    readable = audits_of(request.user, enterprise)
    rows, asked = _narrowed(request, enterprise)
    totals = totals_of(AuditMeasure.objects.filter(audit__in=readable))
    context = {
        **shell(enterprise),
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "count": len(rows),
        "any": bool(rows) or (bool(asked["q"]) and readable.exists()),
        "asked": asked,
        "totals": totals,
        "chart": class_chart(totals, "electricity_mwh", language_of(request)),
        "may_work": may_work(request.user, enterprise),
    }
    return render(request, "efficiency/audits.html", context)


@require_GET
def audit_list_export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """The audits of an enterprise as a file."""
    enterprise = enterprise_to_audit(request.user, code)
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    rows, _asked = _narrowed(request, enterprise)
    content = exports.audits_file(rows, fmt=fmt, language=language_of(request))
    return file_response(content, f"{enterprise.code}-recp.{fmt}", MEDIA_TYPES[fmt])


@require_http_methods(["GET", "POST"])
def audit_new(request: HttpRequest, code: str) -> HttpResponse:
    """Open an audit."""
    enterprise = enterprise_to_audit(request.user, code, write=True)
    user = person(request)
    initial = {
        "year": timezone.localdate().year - 1,
        "lead": user.get_full_name() or user.get_username(),
    }
    form = AuditForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.open_audit(
                user=user,
                enterprise=enterprise,
                year=given["year"],
                lead=given["lead"],
                aim=given["aim"],
                at=timezone.now(),
            )
            messages.success(request, _("The audit was opened."))
            return redirect("efficiency_audit", made.pk)
        except InputError as error:
            tell_form(form, "year", error, language_of(request))
    status = 422 if form.errors else 200
    context = {**shell(enterprise), "form": form}
    return render(request, "efficiency/audit_form.html", context, status=status)


@require_GET
def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: what is to do by phase, its baseline, its totals."""
    found = audit_for(request.user, pk)
    page = read_audit(found)
    language = language_of(request)
    context = {
        **shell(found.enterprise, found, "audit"),
        "page": page,
        "pictures": pictures(found, page.entries, language),
        "chart": class_chart(page.totals, "electricity_mwh", language),
        "phase_form": PhaseForm(audit=found),
        "file_form": FileForm(prefix="file"),
        "may_work": may_work(request.user, found.enterprise),
        "may_accept": may_accept(request.user, found.enterprise),
    }
    return render(request, "efficiency/audit.html", context)


@require_POST
def phase(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on to another phase."""
    found = audit_for(request.user, pk, write=True)
    form = PhaseForm(request.POST, audit=found)
    if not form.is_valid():
        messages.error(request, _("Choose a phase."))
        return redirect("efficiency_audit", pk)
    given = form.cleaned_data
    return done(
        request,
        lambda: actions.move_phase(
            user=person(request), audit=found, to=given["to"], note=given["note"], at=timezone.now()
        ),
        _("The phase was recorded."),
        redirect("efficiency_audit", pk),
    )


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the park's office read the audit, or no longer."""
    found = audit_for(request.user, pk, write=True)
    shared = request.POST.get("shared") == "1"
    return done(
        request,
        lambda: actions.share_audit(
            user=person(request), audit=found, shared=shared, at=timezone.now()
        ),
        _("The park's office may read this audit.")
        if shared
        else _("The park's office no longer reads this audit."),
        redirect("efficiency_audit", pk),
    )


@require_http_methods(["GET", "POST"])
def baseline(request: HttpRequest, pk: int) -> HttpResponse:
    """The baseline with its sources; a form for one row."""
    found = audit_for(request.user, pk, write=request.method == "POST")
    form = BaselineForm(request.POST or None, initial={"what": request.GET.get("what", "")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        carrier, _bar, use = given["what"].partition("|")
        try:
            enter_baseline(
                user=person(request),
                audit=found,
                given=Given(
                    carrier,
                    use,
                    given["quantity"],
                    given["price_vnd"],
                    given["origin"],
                    given["source"].strip(),
                ),
                at=timezone.now(),
            )
            messages.success(request, _("The baseline was entered; the earlier row is kept."))
            return redirect("efficiency_baseline", pk)
        except InputError as error:
            tell_form(form, "quantity", error, language_of(request))
    entries = standing_entries(found)
    context = {
        **shell(found.enterprise, found, "baseline"),
        "form": form,
        "entries": entries,
        "pictures": pictures(found, entries, language_of(request)),
        "may_work": may_work(request.user, found.enterprise),
    }
    status = 422 if form.errors else 200
    return render(request, "efficiency/baseline.html", context, status=status)


@require_POST
def reported(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over what the enterprise reported."""
    found = audit_for(request.user, pk, write=True)
    return done(
        request,
        lambda: take_reported(user=person(request), audit=found, at=timezone.now()),
        _("The reported figures were taken over."),
        redirect("efficiency_baseline", pk),
    )


def done(request: HttpRequest, act: Any, success: str, answer: HttpResponse) -> HttpResponse:
    """Do *act* and tell what came of it on the page that follows."""
    try:
        act()
        messages.success(request, success)
    except InputError as error:
        tell(request, error)
    return answer


def shell(enterprise: Enterprise, found: Audit | None = None, section: str = "") -> dict[str, Any]:
    """Return what every page of an audit says of its enterprise."""
    return {
        "enterprise": enterprise,
        "park": enterprise.park,
        "audit": found,
        "invented": enterprise.invented,
        "nav": "efficiency",
        "section": section,
    }


def _narrowed(request: HttpRequest, enterprise: Enterprise) -> tuple[list[Audit], dict[str, Any]]:
    words = request.GET.get("q", "").strip()[:100]
    phase = request.GET.get("phase", "")
    raw = request.GET.get("sort", "-year")
    sort = raw.removeprefix("-") if raw.removeprefix("-") in _SORTS else "year"
    rows = list(listed(audits_of(request.user, enterprise)))
    parts = fold(words).split()
    rows = [
        row
        for row in rows
        if all(part in fold(f"{row.year} {row.lead} {row.aim}") for part in parts)
    ]
    if phase in {str(number) for number in Audit.Phase.values}:
        rows = [row for row in rows if row.phase == int(phase)]
    else:
        phase = ""
    rows.sort(key=lambda row: getattr(row, _SORTS[sort]), reverse=raw.startswith("-"))
    return rows, {"q": words, "phase": phase, "sort": sort, "descending": raw.startswith("-")}
