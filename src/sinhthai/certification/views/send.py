"""The last look before a dossier is sent, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.engine.machine import refusals
from sinhthai.certification.forms_applicant import SendForm, WithdrawForm
from sinhthai.certification.guards import Lookup, situation_of
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import board_of
from sinhthai.certification.readers.completeness import missing
from sinhthai.certification.readers.contents import read_contents
from sinhthai.certification.readers.dossier import known_of, read_dossier
from sinhthai.certification.views.answers import shell
from sinhthai.certification.views.dossier import applicants
from sinhthai.certification.views.steps import done_by
from sinhthai.certification.wording import organisation_name, procedure_of
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.reporting.views.answers import language_of, person, tell_form


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that will be sent, what is missing, and the button."""
    found = applicants(request, public_id)
    if request.method == "GET" and found.state != procedure_of(found).start:
        return redirect("dossier", public_id)  # it left already
    sending = request.method == "POST"
    form = SendForm(request.POST if sending else None, initial={"version": found.version})
    if sending and form.is_valid():
        try:
            take_step(
                user=person(request),
                dossier=found,
                step="submit",
                at=timezone.now(),
                version=form.cleaned_data["version"],
            )
            messages.success(
                request, _("The dossier was sent to the Management Board. Follow it on this page.")
            )
            return redirect("dossier", public_id)
        except InputError as error:
            found.refresh_from_db()
            if done_by(request.user, found, "submit", form.cleaned_data["version"]):
                messages.info(request, _("This was done already; nothing was done twice."))
                return redirect("dossier", public_id)
            tell_form(form, None, error, language_of(request))
    page = read_dossier(request.user, found)
    board = board_of(found.park)
    absent = missing(found, known_of(page)) if found.state == "draft" else []
    context = shell(found) | {
        "form": form,
        "missing": absent,
        "refused": _refused(request, found, "submit", complete=not absent),
        "board": organisation_name(board) if board else None,
        "slots": [slot for slot in page.slots if slot.rule.party == "applicant"],
        "sections": read_contents(found),
        "counted": page.counted,
    }
    status = 422 if form.errors else 200
    return render(request, "certification/applicant/send.html", context, status=status)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a dossier back, with a reason."""
    found = applicants(request, public_id)
    sending = request.method == "POST"
    form = WithdrawForm(request.POST if sending else None, initial={"version": found.version})
    if sending and form.is_valid():
        try:
            take_step(
                user=person(request),
                dossier=found,
                step="withdraw",
                at=timezone.now(),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
            )
            messages.success(request, _("The dossier was withdrawn. It stays readable."))
            return redirect("dossier", public_id)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    context = shell(found) | {"form": form, "refused": _refused(request, found, "withdraw")}
    status = 422 if form.errors else 200
    return render(request, "certification/applicant/withdraw.html", context, status=status)


def _refused(
    request: HttpRequest, dossier: Dossier, step: str, *, complete: bool = False
) -> list[Problem]:
    """Return what forbids the person the step, as the machine will say it."""
    known = Lookup(dossier, incomplete=not complete)
    here = situation_of(person(request), dossier, timezone.now(), wanted={step}, known=known)
    return refusals(procedure_of(dossier), step, here)
