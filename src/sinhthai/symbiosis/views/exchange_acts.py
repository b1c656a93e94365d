"""What a facilitator does on the page of an exchange; each act leads back to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.finance.actions.projects import Stated, open_project
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.reporting.evidence_kinds import kind_of
from sinhthai.reporting.views.answers import file_response, language_of, person, tell, tell_form
from sinhthai.symbiosis import forms_workbench as forms
from sinhthai.symbiosis.actions import dossier, participants, pipeline, results
from sinhthai.symbiosis.models import Document, Exchange, Participant, Task
from sinhthai.symbiosis.views.exchanges import exchange_answer, exchange_of
from sinhthai.symbiosis.wording import STAGE_NAMES, title_of

_STEP_FIELDS = {
    "in-the-future": "on",
    "before-last-step": "on",
    "joined-later": "on",
    "no-agreement": "reason",
    "reason-missing": "reason",
}
"""Code of a refused step -> the field to mend; what no field mends stands above the form."""


@require_POST
def stage(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a step of the pipeline."""
    park, found = exchange_of(request, code, pk)
    to = request.POST.get("to", "")
    # The page has a form per step; the list of errors leads to the fields of the one that was sent.
    form = forms.StageForm(request.POST, auto_id=f"%s-{to}" if to in STAGE_NAMES else "%s")
    return _done(
        request, park, found, "stage", form, _STEP_FIELDS,
        lambda given: pipeline.move(
            user=person(request), exchange=found, to=given["to"], on=given["on"],
            reason=given["reason"], seen=given["seen"], at=timezone.now(),
        ),
        _("The step was recorded."), "#steps",
    )  # fmt: skip


@require_POST
def readiness(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Judge one axis."""
    park, found = exchange_of(request, code, pk)
    form = forms.ReadinessForm(request.POST, prefix="readiness")
    return _done(
        request, park, found, "readiness", form, "level",
        lambda given: dossier.judge_readiness(
            user=person(request), exchange=found, axis=given["axis"], level=given["level"],
            reason=given["reason"], at=timezone.now(),
        ),
        _("The level was recorded; the earlier one stays in the history."), "#readiness",
    )  # fmt: skip


@require_POST
def document_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Attach a file."""
    park, found = exchange_of(request, code, pk)
    papers = [Text(**paper) for paper in (found.basis.get("path") or {}).get("papers", [])]
    form = forms.DocumentForm(request.POST, request.FILES, papers=papers, prefix="document")

    def attach(given: dict[str, Any]) -> object:
        upload = given["file"]
        return dossier.attach_document(
            user=person(request), exchange=found, kind=given["kind"], title=given["title"],
            file_name=upload.name, content=upload.read(), paper=given.get("paper"),
            at=timezone.now(),
        )  # fmt: skip

    return _done(
        request, park, found, "document", form, "file", attach,
        _("The document was added."), "#documents",
    )  # fmt: skip


@require_GET
def document(request: HttpRequest, code: str, pk: int, document: int) -> HttpResponse:
    """A document of the exchange, to its facilitator only."""
    _park, found = exchange_of(request, code, pk)
    row = get_object_or_404(Document, exchange=found, pk=document)
    with row.file.open("rb") as source:
        content = source.read()
    kind = kind_of(content)
    content_type = kind.content_type if kind else "application/octet-stream"
    return file_response(content, row.file_name, content_type)


@require_POST
def document_withdraw(request: HttpRequest, code: str, pk: int, document: int) -> HttpResponse:
    """Take a document off the exchange."""
    _park, found = exchange_of(request, code, pk)
    row = get_object_or_404(
        Document.objects.select_related("exchange__park"), exchange=found, pk=document
    )
    return _simply(
        request, code, pk,
        lambda: dossier.withdraw_document(user=person(request), document=row, at=timezone.now()),
        _("The document was withdrawn. The audit trail keeps it."), "#documents",
    )  # fmt: skip


@require_POST
def task_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Add a task."""
    park, found = exchange_of(request, code, pk)
    form = forms.TaskForm(request.POST, prefix="task")
    return _done(
        request, park, found, "task", form, "title",
        lambda given: dossier.add_task(
            user=person(request), exchange=found, title=given["title"],
            assignee=given["assignee"], due_on=given["due_on"], at=timezone.now(),
        ),
        _("The task was added."), "#tasks",
    )  # fmt: skip


@require_POST
def task_done(request: HttpRequest, code: str, pk: int, task: int) -> HttpResponse:
    """Mark a task as done."""
    _park, found = exchange_of(request, code, pk)
    row = get_object_or_404(Task.objects.select_related("exchange__park"), exchange=found, pk=task)
    return _simply(
        request, code, pk,
        lambda: dossier.finish_task(user=person(request), task=row, at=timezone.now()),
        _("The task is done."), "#tasks",
    )  # fmt: skip


@require_POST
def note_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write a note."""
    park, found = exchange_of(request, code, pk)
    form = forms.NoteForm(request.POST, prefix="note")
    return _done(
        request, park, found, "note", form, "text",
        lambda given: dossier.add_note(
            user=person(request), exchange=found, text=given["text"], at=timezone.now()
        ),
        _("The note was added."), "#notes",
    )  # fmt: skip


@require_POST
def participant_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Add a party."""
    park, found = exchange_of(request, code, pk)
    form = forms.ParticipantForm(request.POST, park=park, prefix="participant")
    return _done(
        request, park, found, "participant", form, "enterprise",
        lambda given: participants.add_participant(
            user=person(request), exchange=found, role=given["role"],
            enterprise=given["enterprise"], other=given["other"],
            joined_on=given["joined_on"], at=timezone.now(),
        ),
        _("The party was added."), "#participants",
    )  # fmt: skip


@require_POST
def participant_days(request: HttpRequest, code: str, pk: int, participant: int) -> HttpResponse:
    """Say since when a party takes part."""
    _park, found = exchange_of(request, code, pk)
    row = get_object_or_404(
        Participant.objects.select_related("exchange__park"), exchange=found, pk=participant
    )
    form = forms.DaysForm(request.POST)
    if not form.is_valid():
        for field, errors in form.errors.items():
            for error in errors:
                messages.error(request, f"{form.fields[field].label}: {error}")
        return redirect(_address(code, pk, "#participants"))
    return _simply(
        request, code, pk,
        lambda: participants.date_participant(
            user=person(request), participant=row, joined_on=form.cleaned_data["joined_on"],
            left_on=form.cleaned_data["left_on"], at=timezone.now(),
        ),
        _("The days were recorded."), "#participants",
    )  # fmt: skip


@require_POST
def project(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open a project of one of the parties from the exchange, so that somebody may finance it."""
    park, found = exchange_of(request, code, pk)
    row = get_object_or_404(
        Participant.objects.select_related("enterprise__park"),
        exchange=found, enterprise__park=park, pk=_number(request.POST.get("participant", "")),
    )  # fmt: skip
    if row.enterprise is None:
        raise Http404("a party outside the register has no projects here")
    stated = Stated(
        title_of(found.title, found.basis).get(language_of(request)),
        investment_vnd=found.investment_vnd,
    )
    try:
        made = open_project(
            user=person(request), enterprise=row.enterprise, stated=stated, origin="exchange",
            key=str(found.pk), at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The project was opened."))
        return redirect("finance_project", made.pk)
    except InputError as error:
        tell(request, error)
        return redirect(_address(code, pk, "#plan"))


@require_POST
def partner(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take in the partner of another park, once both agreed."""
    _park, found = exchange_of(request, code, pk)
    return _simply(
        request, code, pk,
        lambda: participants.name_partner(user=person(request), exchange=found, at=timezone.now()),
        _("The partner takes part by name now."), "#participants",
    )  # fmt: skip


@require_POST
def result_add(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record what the exchange brought a party in a year."""
    park, found = exchange_of(request, code, pk)
    rows = {
        row.pk: row for row in found.participants.select_related("enterprise", "exchange__park")
    }
    form = forms.ResultForm(
        request.POST,
        parties=[(pk_, participants.name_of(row)) for pk_, row in rows.items()],
        today=timezone.localdate(),
        prefix="result",
    )
    return _done(
        request, park, found, "result", form, "source",
        lambda given: results.record_result(
            user=person(request), participant=rows[given["participant"]], year=given["year"],
            values=form.values, source=given["source"], at=timezone.now(),
        ),
        _("The result was recorded; an earlier one of the same year stays in the history."),
        "#results",
    )  # fmt: skip


def _done(
    request: HttpRequest,
    park: Park,
    exchange: Exchange,
    name: str,
    form: Form,
    field: str | Mapping[str, str],
    act: Callable[[dict[str, Any]], object],
    said: str,
    anchor: str,
) -> HttpResponse:
    """Act when the form is right; else show the page again with what is wrong.

    A refusal stands beside *field*, or beside the field its code leads to, else above the form.
    """
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return redirect(_address(park.code, exchange.pk, anchor))
        except InputError as error:
            for problem in error.problems:
                beside = field if isinstance(field, str) else field.get(problem.code)
                tell_form(form, beside, InputError([problem]), language_of(request))
    return exchange_answer(request, park, exchange, forms={name: form})


def _simply(
    request: HttpRequest, code: str, pk: int, act: Callable[[], object], said: str, anchor: str
) -> HttpResponse:
    """Act on something that needs no form."""
    try:
        act()
        messages.success(request, said)
    except InputError as error:
        tell(request, error)
    return redirect(_address(code, pk, anchor))


def _number(written: str) -> int:
    """Return a number of the address of a row; 0, which no row has, for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0


def _address(code: str, pk: int, anchor: str) -> str:
    return reverse("symbiosis_exchange", args=[code, pk]) + anchor
