"""What people do on the page of a project; each act leads back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinhthai.finance import forms, policy
from sinhthai.finance.actions import dossier, projects, sharing
from sinhthai.finance.engine.funds import funds_on, load_funds
from sinhthai.finance.models import Project, ProjectDocument, Share
from sinhthai.finance.views.projects import project_answer
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell, tell_form

# Code of a refused step -> the field to mend; what no field mends stands above the form.
_STEP_FIELDS = {
    "in-the-future": "on",
    "before-last-step": "on",
    "reason-missing": "reason",
    "project-fund-missing": "fund",
    "project-fund-not": "fund",
    "project-amount-missing": "amount",
    "project-above-investment": "amount",
    "project-above-ceiling": "amount",
    "project-above-asked": "amount",
    "project-above-approved": "amount",
}


@require_POST
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step of the pipeline."""
    found = policy.project_to_write(request.user, pk)
    to = request.POST.get("to", "")[:15]
    funds = funds_on(load_funds(), timezone.localdate())
    form = forms.StepForm(request.POST, funds=funds, auto_id=f"step-%s-{to}")
    return _done(
        request, found, "stage", form, _STEP_FIELDS,
        lambda given: projects.move(
            user=person(request), project=found, step=projects.Step(**given), at=timezone.now()
        ),
        _("The step was recorded."), "#steps",
    )  # fmt: skip


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a bank read the project."""
    found = policy.project_to_write(request.user, pk)
    form = forms.ShareForm(request.POST, auto_id="share-%s")
    return _done(
        request, found, "share", form, {},
        lambda given: sharing.share_project(
            user=person(request), project=found, organisation=given["organisation"],
            at=timezone.now(),
        ),
        _("The project is shared."), "#shares",
    )  # fmt: skip


@require_POST
def share_withdraw(request: HttpRequest, pk: int, share: int) -> HttpResponse:
    """Take the project back from a bank."""
    found = policy.project_to_write(request.user, pk)
    row = get_object_or_404(
        Share.objects.select_related("project", "organisation"), project=found, pk=share
    )
    return _simply(
        request, pk,
        lambda: sharing.withdraw_share(user=person(request), share=row, at=timezone.now()),
        _("The share was withdrawn: they read the project no longer."), "#shares",
    )  # fmt: skip


@require_POST
def document_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a paper."""
    found = policy.project_to_write(request.user, pk)
    form = forms.DocumentForm(request.POST, request.FILES, auto_id="document-%s")

    def attach(given: dict[str, Any]) -> object:
        upload = given["file"]
        return dossier.attach_document(
            user=person(request), project=found, item=given["item"], title=given["title"],
            file_name=upload.name, content=upload.read(), at=timezone.now(),
        )  # fmt: skip

    return _done(
        request, found, "document", form, dict.fromkeys(_FILE_CODES, "file"), attach,
        _("The document was added."), "#taxonomy",
    )  # fmt: skip


@require_POST
def document_withdraw(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Take a paper off the project."""
    found = policy.project_to_write(request.user, pk)
    row = get_object_or_404(
        ProjectDocument.objects.select_related("project"), project=found, pk=document
    )
    return _simply(
        request, pk,
        lambda: dossier.withdraw_document(user=person(request), document=row, at=timezone.now()),
        _("The document was withdrawn. The audit trail keeps it."), "#taxonomy",
    )  # fmt: skip


@require_POST
def result_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was measured."""
    found = policy.project_to_write(request.user, pk)
    form = forms.ResultForm(request.POST, auto_id="result-%s")
    return _done(
        request, found, "result", form, {"year-wrong": "year", "source-missing": "source"},
        lambda given: dossier.record_result(
            user=person(request), project=found, at=timezone.now(), **given
        ),
        _("The result was recorded; earlier ones stay in the history."), "#results",
    )  # fmt: skip


_FILE_CODES = ("file-size", "file-type", "file-twice", "too-many-files")


def _done(
    request: HttpRequest,
    found: Project,
    name: str,
    form: Form,
    fields: dict[str, str],
    act: Callable[[dict[str, Any]], object],
    said: str,
    anchor: str,
) -> HttpResponse:
    """Act when the form is right; else show the page again with what is wrong."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return redirect(_address(found.pk, anchor))
        except InputError as error:
            for problem in error.problems:
                beside = fields.get(problem.code)
                tell_form(form, beside, InputError([problem]), language_of(request))
    return project_answer(request, found, "owner", wrong={name: form})


def _simply(
    request: HttpRequest, pk: int, act: Callable[[], object], said: str, anchor: str
) -> HttpResponse:
    """Act on something that needs no form."""
    try:
        act()
        messages.success(request, said)
    except InputError as error:
        tell(request, error)
    return redirect(_address(pk, anchor))


def _address(pk: int, anchor: str) -> str:
    return reverse("finance_project", args=[pk]) + anchor
