"""A corrective action: asked, answered by the holder, verified by the Board."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell_form
from sinhthai.supervision import forms_keeping as forms
from sinhthai.supervision.actions import corrective
from sinhthai.supervision.actions.inspections import inspected, leaves_of
from sinhthai.supervision.models import CorrectiveAction
from sinhthai.supervision.policy_keeping import action_for, levels_over, supervises
from sinhthai.supervision.readers.inspections import read_remedies

_STRONG = ("editor", "approver")


@require_GET
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, by when, what was answered, what was held of it."""
    return _page(request, action_for(request.user, pk))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The holder says what was done."""
    found = action_for(request.user, pk)
    if _levels(request, found).get("applicant") not in _STRONG:
        raise Http404("nothing to answer for this person")
    form = forms.AnswerForm(request.POST, request.FILES, prefix="answer")
    if form.is_valid():
        given = form.cleaned_data
        try:
            corrective.answer_action(
                user=person(request),
                action=found,
                text=given["text"],
                files=forms.read_files(given["uploads"]),
                at=timezone.now(),
            )
            messages.success(request, _("Your answer was sent to the Management Board."))
            return redirect("corrective_action", pk)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    found.refresh_from_db()
    return _page(request, found, tried={"answer": form})


@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person of the Board holds it put right, or asks again."""
    found = action_for(request.user, pk)
    if _levels(request, found).get("receiver") != "approver":
        raise Http404("nothing to verify for this person")
    form = forms.VerdictForm(request.POST, prefix="verdict")
    if form.is_valid():
        given = form.cleaned_data
        try:
            corrective.verify_action(
                user=person(request),
                action=found,
                accepted=given["accepted"] == "yes",
                verdict=given["verdict"],
                due_on=given["due_on"],
                at=timezone.now(),
            )
            messages.success(request, _("The verdict is recorded."))
            return redirect("corrective_action", pk)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    found.refresh_from_db()
    return _page(request, found, tried={"verdict": form})


def _levels(request: HttpRequest, found: CorrectiveAction) -> Any:
    visit = found.observation.inspection
    return levels_over(request.user, visit.park, visit.enterprise)


def _page(
    request: HttpRequest, found: CorrectiveAction, *, tried: dict[str, Form] | None = None
) -> HttpResponse:
    visit = found.observation.inspection
    levels = _levels(request, found)
    today = legal_day(timezone.now())
    waiting = found.state in corrective.WAITING
    remedies = read_remedies(found)
    answered = bool(remedies) and remedies[-1].accepted is None
    context: dict[str, Any] = {
        "nav": "supervision" if supervises(request.user) else "desk",
        "section": "inspections",
        "supervises": supervises(request.user),
        "action": found,
        "visit": visit,
        "who_name": inspected(visit),
        "remedies": remedies,
        "state_name": corrective.STATE_NAMES[CorrectiveAction.State(found.state)],
        "leaf": leaves_of(visit, today).get(found.observation.leaf),
        "today": today,
        "late": waiting and found.due_on < today,
        "may_answer": waiting and levels.get("applicant") in _STRONG,
        "may_verify": answered
        and levels.get("receiver") == "approver"
        and remedies[-1].by_id != person(request).pk,
        "invented": visit.park.invented or bool(visit.enterprise and visit.enterprise.invented),
        "forms": {
            "answer": forms.AnswerForm(prefix="answer"),
            "verdict": forms.VerdictForm(prefix="verdict"),
        }
        | (tried or {}),
        "wrong": list((tried or {}).items()),
    }
    status = 422 if tried else 200
    return render(request, "supervision/keeping/corrective.html", context, status=status)
