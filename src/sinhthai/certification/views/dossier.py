"""The page of a dossier, shared by all its parties, and its public timeline."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.certification.actions import dossiers as actions
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import dossier_for, party_of, reaches, was_sent
from sinhthai.certification.readers.changes import changed_findings
from sinhthai.certification.readers.clock_rows import clock_rows
from sinhthai.certification.readers.completeness import missing
from sinhthai.certification.readers.dossier import (
    WITH_APPLICANT,
    DossierPage,
    NextStep,
    current_snapshot,
    known_of,
    read_dossier,
)
from sinhthai.certification.readers.tasks import tasks_of
from sinhthai.certification.readers.timeline import public_moments
from sinhthai.certification.readers.track import track_of
from sinhthai.certification.views.answers import shell
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import person, tell


@require_GET
def dossier(request: HttpRequest, public_id: str) -> HttpResponse:
    """State, what to do next, papers, supplements, clocks, who decided, what happened."""
    found = dossier_for(request.user, public_id)
    page = read_dossier(request.user, found)
    working = page.is_applicant and found.state in WITH_APPLICANT
    absent = missing(found, known_of(page)) if working else []
    context = shell(found) | {
        "page": page,
        "missing": absent,
        "tasks": tasks_of(found, page, absent) if working else [],
        "clocks": clock_rows(found, page.events, page.opinions, on=timezone.localdate()),
        "buttons": _buttons(found, page),
        "above": [one.step for one in page.steps if not one.allowed],
        "certificate_url": _certificate(found),
        "public": was_sent(found),
    }
    return render(request, "certification/applicant/dossier.html", context)


@require_GET
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hold the findings of the dossier against the records as they are now."""
    found = applicants(request, public_id)
    context = shell(found) | {
        "changes": changed_findings(found, timezone.now()),
        "snapshot": current_snapshot(found),
        "may_refresh": found.state in WITH_APPLICANT,
    }
    return render(request, "certification/applicant/changes.html", context)


@require_POST
def refresh(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the findings again from the records as they are now."""
    found = applicants(request, public_id)
    try:
        actions.refresh(found, timezone.now(), user=person(request))
        messages.success(
            request,
            _("The findings were taken again. Only the criteria that changed are judged anew."),
        )
    except InputError as error:
        tell(request, error)
    return redirect("dossier", public_id)


@require_GET
def timeline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where a dossier stands, for everybody: steps and days, no names and no content."""
    found = get_object_or_404(
        Dossier.objects.select_related("park__province_now"), public_id=public_id
    )
    if not was_sent(found):
        raise Http404("not sent yet")
    procedure = procedure_of(found)
    events = list(found.events.filter(kind__startswith="step.").order_by("seq"))
    context = {
        "nav": "certification",
        "procedure": procedure,
        "dossier": found,
        "state": procedure.state(found.state),
        "track": track_of(procedure, found.state, events),
        "moments": public_moments(procedure, events),
        "clocks": clock_rows(found, events, (), on=timezone.localdate()),
        "invented": found.park.invented,
    }
    return render(request, "certification/applicant/timeline.html", context)


@dataclass(frozen=True, slots=True)
class Button:
    """A step as a button that leads to its page."""

    next: NextStep
    url: str
    first: bool


def _buttons(dossier: Dossier, page: DossierPage) -> list[Button]:
    """Return a button a page: two steps of one page are chosen between on that page."""
    made: list[Button] = []
    for step in page.steps:
        url = _page(step.page, dossier.public_id)
        if url and step.allowed and all(button.url != url for button in made):
            made.append(Button(step, url, first=not made and step.step.id != "withdraw"))
    return made


def _certificate(dossier: Dossier) -> str:
    """Return the page of the certificate the dossier led to, or "" without one."""
    if dossier.is_open:
        return ""
    certificate = getattr(dossier, "certificate", None)
    return _page("certificate", certificate.public_id) if certificate else ""


def _page(name: str, key: str) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def applicants(request: HttpRequest, public_id: str) -> Dossier:
    """Return the dossier to somebody who writes for its applicant; else Http404."""
    found = dossier_for(request.user, public_id)
    person(request)
    if not reaches(party_of(request.user, found).get("applicant", ""), "editor"):
        raise Http404("not the applicant")
    return found
