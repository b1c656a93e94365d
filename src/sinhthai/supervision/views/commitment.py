"""The commitment of a new eco-industrial park, step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.problems import InputError
from sinhthai.registry.models import Park
from sinhthai.registry.policy import park_for
from sinhthai.reporting.views.answers import language_of, person, tell_form
from sinhthai.rules.bundle import load_bundle
from sinhthai.supervision import forms_keeping as forms
from sinhthai.supervision.actions import milestones
from sinhthai.supervision.models import Milestone
from sinhthai.supervision.policy_keeping import may
from sinhthai.supervision.readers.commitment import read_roadmap


@require_http_methods(["GET", "POST"])
def roadmap(request: HttpRequest, code: str) -> HttpResponse:
    """Until when, by which steps, what is late; the park's office adds steps."""
    park = park_for(request.user, code)
    if request.method != "POST":
        return _page(request, park)
    _office(request, park)
    form = forms.MilestoneForm(request.POST, prefix="add", leaves=_leaves())
    return _done(
        request,
        park,
        "add",
        form,
        lambda given: milestones.add_milestone(
            user=person(request),
            park=park,
            title=given["title"],
            leaf=given["leaf"],
            due_on=given["due_on"],
            at=timezone.now(),
        ),
        _("The milestone is on the roadmap."),
    )


@require_POST
def reached(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The park's office reports a step reached."""
    park, step = _step(request, code, pk)
    form = forms.ReachedForm(request.POST, prefix=f"reached-{pk}")
    return _done(
        request,
        park,
        f"reached-{pk}",
        form,
        lambda given: milestones.reach_milestone(
            user=person(request), milestone=step, at=timezone.now(), **given
        ),
        _("The milestone is reached."),
    )


@require_POST
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The park's office takes a step off the roadmap."""
    park, step = _step(request, code, pk)
    form = forms.ReasonForm(request.POST, prefix=f"withdraw-{pk}")
    return _done(
        request,
        park,
        f"withdraw-{pk}",
        form,
        lambda given: milestones.withdraw_milestone(
            user=person(request), milestone=step, reason=given["reason"], at=timezone.now()
        ),
        _("The milestone is withdrawn; it stays in the history."),
    )


def _page(
    request: HttpRequest, park: Park, *, tried: dict[str, Form] | None = None
) -> HttpResponse:
    today = legal_day(timezone.now())
    found = read_roadmap(park, today=today)
    context: dict[str, Any] = {
        "nav": "parks",
        "park": park,
        "page": found,
        "today": today,
        "leaf_names": dict(_leaves()),
        "may_write": may(request.user, "applicant", "editor", park),
        "invented": park.invented,
        "forms": {
            "add": forms.MilestoneForm(prefix="add", leaves=_leaves()),
        }
        | {
            f"reached-{one.milestone.pk}": forms.ReachedForm(
                prefix=f"reached-{one.milestone.pk}", initial={"done_on": today}
            )
            for one in found.steps
        }
        | {
            f"withdraw-{one.milestone.pk}": forms.ReasonForm(prefix=f"withdraw-{one.milestone.pk}")
            for one in found.steps
        }
        | (tried or {}),
        "wrong": list((tried or {}).items()),
    }
    status = 422 if tried else 200
    return render(request, "supervision/keeping/commitment.html", context, status=status)


def _office(request: HttpRequest, park: Park) -> None:
    if not may(request.user, "applicant", "editor", park):
        raise Http404("no such roadmap for this person")


def _step(request: HttpRequest, code: str, pk: int) -> tuple[Park, Milestone]:
    park = park_for(request.user, code)
    _office(request, park)
    step = get_object_or_404(
        Milestone.objects.select_related("park__province_now"), pk=pk, park=park
    )
    return park, step


def _done(
    request: HttpRequest,
    park: Park,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return redirect("park_commitment", park.code)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    return _page(request, park, tried={name: form})


def _leaves() -> list[tuple[str, str]]:
    """Return the criteria a step may lead to."""
    framework = load_bundle().framework_on("vn-eip", legal_day(timezone.now()))
    leaves = framework.leaves if framework else ()
    return [(leaf.id, f"{leaf.clause}: {forms.said(leaf.title)}") for leaf in leaves]
