"""What the Management Board does on the page of an inspection; each act leads back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell_form
from sinhthai.supervision import forms_keeping as forms
from sinhthai.supervision.actions import corrective, inspections
from sinhthai.supervision.models import Inspection
from sinhthai.supervision.policy_keeping import inspection_for, may
from sinhthai.supervision.views.inspections import visit_page


@require_POST
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the visit took place."""
    visit = _board_visit(request, pk)
    form = forms.HeldForm(request.POST, request.FILES, prefix="held")
    return _done(
        request,
        visit,
        "held",
        form,
        lambda given: inspections.hold_inspection(
            user=person(request),
            inspection=visit,
            held_on=given["held_on"],
            team=given["team"],
            files=forms.read_files(given["uploads"]),
            at=timezone.now(),
        ),
        _("It is recorded that the inspection took place."),
        "#observations",
    )


@require_POST
def observe(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was found."""
    visit = _board_visit(request, pk)
    leaves = inspections.leaves_of(visit, legal_day(timezone.now()))
    form = forms.ObservationForm(
        request.POST,
        prefix="observe",
        leaves=[(code, forms.said(name)) for code, name in leaves.items()],
    )
    return _done(
        request,
        visit,
        "observe",
        form,
        lambda given: inspections.observe(
            user=person(request), inspection=visit, at=timezone.now(), **given
        ),
        _("The observation is recorded."),
        "#observations",
    )


@require_POST
def require(request: HttpRequest, pk: int, observation: int) -> HttpResponse:
    """Ask to put something right, by a day."""
    visit = _board_visit(request, pk)
    found = get_object_or_404(
        visit.observations.select_related(
            "inspection__park__province_now", "inspection__enterprise", "inspection__certificate"
        ),
        pk=observation,
    )
    name = f"require-{found.pk}"
    form = forms.ActionForm(request.POST, prefix=name)
    return _done(
        request,
        visit,
        name,
        form,
        lambda given: corrective.require_action(
            user=person(request),
            observation=found,
            what=given["what"],
            due_on=given["due_on"],
            at=timezone.now(),
        ),
        _("The holder is asked to put it right."),
        f"#observation-{found.pk}",
    )


@require_POST
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Add minutes or photographs."""
    visit = _board_visit(request, pk)
    form = forms.MinutesForm(request.POST, request.FILES, prefix="minutes")
    return _done(
        request,
        visit,
        "minutes",
        form,
        lambda given: inspections.add_minutes(
            user=person(request),
            inspection=visit,
            files=forms.read_files(given["uploads"]),
            at=timezone.now(),
        ),
        _("The files are kept."),
        "#minutes",
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Conclude the visit."""
    visit = _board_visit(request, pk)
    return _done(
        request,
        visit,
        "close",
        forms.ConclusionForm(request.POST, prefix="close"),
        lambda given: inspections.close_inspection(
            user=person(request),
            inspection=visit,
            conclusion=given["conclusion"],
            at=timezone.now(),
        ),
        _("The inspection is concluded."),
        "#conclusion",
    )


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the visit off."""
    visit = _board_visit(request, pk)
    return _done(
        request,
        visit,
        "cancel",
        forms.ReasonForm(request.POST, prefix="cancel"),
        lambda given: inspections.cancel_inspection(
            user=person(request), inspection=visit, reason=given["reason"], at=timezone.now()
        ),
        _("The inspection is cancelled."),
        "",
    )


def _board_visit(request: HttpRequest, pk: int) -> Inspection:
    """Return the visit to the Board's own people; nobody else finds the address."""
    visit = inspection_for(request.user, pk)
    if not may(request.user, "receiver", "editor", visit.park, visit.enterprise):
        raise Http404("no such inspection for this person")
    return visit


def _done(
    request: HttpRequest,
    visit: Inspection,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    said: str,
    anchor: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return redirect(reverse("inspection", args=[visit.pk]) + anchor)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    visit.refresh_from_db()
    return visit_page(request, visit, tried={name: form})
