"""The list of inspections, planning one, and the page of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.views.listing import Sorting, columns
from sinhthai.reporting.views.answers import (
    file_response,
    language_of,
    person,
    stored_file,
    tell_form,
)
from sinhthai.supervision import exports_keeping as exports
from sinhthai.supervision import forms_keeping as forms
from sinhthai.supervision.actions.corrective import STATE_NAMES as ACTION_STATES
from sinhthai.supervision.actions.inspections import (
    STATE_NAMES,
    inspected,
    leaves_of,
    plan_inspection,
)
from sinhthai.supervision.models import Alert, Attachment, CorrectiveAction, Inspection
from sinhthai.supervision.policy_keeping import (
    boards_of,
    certificate_for,
    inspection_for,
    levels_over,
    may,
    supervises,
)
from sinhthai.supervision.readers import inspections as reader

PAGE_SIZE = 50
EXPORT_ROWS = 100_000
_STRONG = ("editor", "approver")


@login_required
@require_GET
def inspection_list(request: HttpRequest) -> HttpResponse:
    """The inspections a person may read."""
    today = legal_day(timezone.now())
    asked = _asked(request)
    found = reader.find_inspections(request.user, asked, today=today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "supervision/keeping/inspections.html",
        {
            "nav": "supervision",
            "section": "inspections",
            "supervises": supervises(request.user),
            "may_plan": bool(boards_of(request.user)),
            "asked": asked,
            "page": page,
            "states": STATE_NAMES,
            "invented": any(
                one.park.invented or (one.enterprise and one.enterprise.invented) for one in page
            ),
            "columns": columns(
                [
                    ("name", _("Park or enterprise"), ""),
                    ("planned", _("Day"), ""),
                    ("state", _("State"), ""),
                    ("found", _("Observations"), "num"),
                    ("pending", _("Not yet put right"), "num"),
                    ("late", _("Late"), "num"),
                ],
                Sorting(asked.sort, asked.descending),
            ),
        },
    )


@login_required
@require_GET
def export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The same list as a file."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    today = legal_day(timezone.now())
    rows = reader.find_inspections(request.user, _asked(request), today=today)[:EXPORT_ROWS]
    content = exports.inspections_file(rows, fmt=fmt, language=language_of(request))
    return file_response(content, f"{_('Inspections')}.{fmt}", MEDIA_TYPES[fmt])


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a visit: to the holder of a certificate, about an alert, after an earlier visit."""
    about = _about(request)
    form = forms.InspectionForm(request.POST or None, initial=about.pop("initial"))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = plan_inspection(
                user=person(request),
                purpose=given["purpose"],
                team=given["team"],
                planned_on=given["planned_on"],
                at=timezone.now(),
                **about,
            )
            messages.success(request, _("The inspection is planned."))
            return redirect("inspection", made.pk)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    who = about["enterprise"] or about["park"]
    visit = Inspection(park=about["park"], enterprise=about["enterprise"])
    context = {
        **about,
        "leaves": leaves_of(visit, timezone.localdate()),
        "nav": "supervision",
        "section": "inspections",
        "supervises": True,
        "form": form,
        "who_name": who.name_en if language_of(request) == "en" and who.name_en else who.name_vi,
        "invented": about["park"].invented or who.invented,
    }
    status = 422 if form.errors else 200
    return render(request, "supervision/keeping/inspection_new.html", context, status=status)


@require_GET
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """What the visit was for, what it found, what came of it."""
    return visit_page(request, inspection_for(request.user, pk))


@require_GET
def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of the visit, to save."""
    visit = inspection_for(request.user, pk)
    found = get_object_or_404(Attachment, pk=file, inspection=visit, withdrawn_at=None)
    return stored_file(found.file, found.sha256, found.file_name)


def visit_page(
    request: HttpRequest, visit: Inspection, *, tried: dict[str, Form] | None = None
) -> HttpResponse:
    """Return the page of a visit; *tried* are the forms a person has to correct."""
    today = legal_day(timezone.now())
    page = reader.read_visit(visit)
    levels = levels_over(request.user, visit.park, visit.enterprise)
    leaves = leaves_of(visit, today)
    who = inspected(visit)
    context: dict[str, Any] = {
        "nav": "supervision",
        "section": "inspections",
        "supervises": supervises(request.user),
        "visit": visit,
        "page": page,
        "who_name": who,
        "state_name": STATE_NAMES[Inspection.State(visit.state)],
        "action_states": ACTION_STATES,
        "leaves": leaves,
        "today": today,
        "is_board": levels.get("receiver") in _STRONG,
        "waiting": (CorrectiveAction.State.OPEN, CorrectiveAction.State.REJECTED),
        "invented": visit.park.invented or bool(visit.enterprise and visit.enterprise.invented),
        "forms": {
            "held": forms.HeldForm(prefix="held", initial={"held_on": today, "team": visit.team}),
            "observe": forms.ObservationForm(
                prefix="observe", leaves=[(code, forms.said(name)) for code, name in leaves.items()]
            ),
            "minutes": forms.MinutesForm(prefix="minutes"),
            "close": forms.ConclusionForm(prefix="close"),
            "cancel": forms.ReasonForm(prefix="cancel"),
        }
        | {
            f"require-{one.pk}": forms.ActionForm(prefix=f"require-{one.pk}")
            for one in page.observations
        }
        | (tried or {}),
        "wrong": list((tried or {}).items()),
    }
    status = 422 if tried else 200
    return render(request, "supervision/keeping/inspection.html", context, status=status)


def _about(request: HttpRequest) -> dict[str, Any]:
    """Return whom a new visit is to, and why, from the address; Http404 for a stranger."""
    get = request.GET
    certificate: Certificate | None = None
    alert: Alert | None = None
    earlier: Inspection | None = None
    park: Park | None = None
    enterprise: Enterprise | None = None
    if (number := _number(get.get("follow"))) is not None:
        earlier = inspection_for(request.user, number)
        certificate, park, enterprise = earlier.certificate, earlier.park, earlier.enterprise
    elif get.get("certificate"):
        certificate = certificate_for(request.user, get["certificate"])
        park, enterprise = certificate.park, certificate.enterprise
        if (number := _number(get.get("alert"))) is not None:
            alert = get_object_or_404(Alert, pk=number, certificate=certificate)
    elif get.get("enterprise"):
        enterprise = (
            Enterprise.objects.select_related("park__province_now")
            .filter(code=get["enterprise"])
            .first()
        )
        park = enterprise.park if enterprise else None
    elif get.get("park"):
        park = Park.objects.select_related("province_now").filter(code=get["park"]).first()
    if park is None or not may(request.user, "receiver", "editor", park, enterprise):
        raise Http404("nobody to inspect for this person")
    return {
        "park": park,
        "enterprise": enterprise,
        "certificate": certificate,
        "alert": alert,
        "follow_up_of": earlier,
        "initial": {"team": earlier.team} if earlier else {},
    }


def _number(text: str | None) -> int | None:
    """Return the number a part of an address says, None where it says none."""
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _asked(request: HttpRequest) -> reader.Asked:
    raw = request.GET.get("sort", "-planned")
    sort = raw.removeprefix("-")
    return reader.Asked(
        words=request.GET.get("q", "").strip()[:100],
        state=request.GET.get("state", ""),
        show=request.GET.get("show", ""),
        sort=sort if sort in reader.SORTS else "planned",
        descending=raw.startswith("-") or sort not in reader.SORTS,
    )
