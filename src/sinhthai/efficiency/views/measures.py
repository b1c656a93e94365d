"""The measures of an audit: suggested, chosen, sized, judged, planned, carried out, verified."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.efficiency import exports, forms
from sinhthai.efficiency.actions import measures as actions
from sinhthai.efficiency.actions import steps
from sinhthai.efficiency.engine.catalogue import AREAS
from sinhthai.efficiency.engine.progress import STATUSES, class_of
from sinhthai.efficiency.models import Audit, AuditMeasure, Sizing
from sinhthai.efficiency.policy import audit_for, may_work
from sinhthai.efficiency.readers.audits import MeasureRow, measure_rows
from sinhthai.efficiency.readers.baseline import standing_entries
from sinhthai.efficiency.readers.measures import find_row, read_measure
from sinhthai.efficiency.readers.suggestions import said_by, suggest_measures
from sinhthai.efficiency.readers.sums import totals_of
from sinhthai.efficiency.readers.walk import standing_answers
from sinhthai.efficiency.views.audits import shell
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.foundation.text import fold
from sinhthai.reporting.views.answers import file_response, language_of, person, tell, tell_form

_SORTS: dict[str, Callable[[MeasureRow], Any]] = {
    "number": lambda one: one.measure.number,
    "status": lambda one: STATUSES.index(one.row.status),
    "electricity": lambda one: one.row.electricity_mwh or 0.0,
    "co2e": lambda one: one.row.co2e_t or 0.0,
    "value": lambda one: one.row.value_vnd or 0.0,
    "investment": lambda one: one.row.investment_vnd or 0.0,
}


@require_GET
def measure_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was chosen, and what the catalogue suggests beside it."""
    audit = audit_for(request.user, pk)
    chosen = measure_rows(audit)
    rows, asked = _narrowed(request, chosen)
    suggestions = suggest_measures(
        audit,
        standing_entries(audit),
        standing_answers(audit),
        frozenset(one.row.measure for one in chosen),
    )
    found = [
        one
        for one in suggestions
        if said_by(one, asked["q"]) and (not asked["area"] or one.measure.area == asked["area"])
    ]
    context = {
        **shell(audit.enterprise, audit, "measures"),
        "rows": rows,
        "chosen": chosen,
        "asked": asked,
        "totals": totals_of(AuditMeasure.objects.filter(audit=audit)),
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "count": len(found),
        "areas": AREAS,
        "statuses": STATUSES,
        "may_work": may_work(request.user, audit.enterprise),
    }
    return render(request, "efficiency/measures.html", context)


@require_GET
def export(request: HttpRequest, pk: int, fmt: str) -> HttpResponse:
    """The measures of an audit as a file."""
    audit = audit_for(request.user, pk)
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    rows, _asked = _narrowed(request, measure_rows(audit))
    content = exports.measures_file(audit, rows, fmt=fmt, language=language_of(request))
    name = f"{audit.enterprise.code}-{audit.year}-recp.{fmt}"
    return file_response(content, name, MEDIA_TYPES[fmt])


@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a measure of the catalogue into the audit."""
    audit = audit_for(request.user, pk, write=True)
    try:
        made = actions.choose_measure(
            user=person(request),
            audit=audit,
            measure=request.POST.get("measure", ""),
            at=timezone.now(),
        )
    except InputError as error:
        tell(request, error)
        return redirect("efficiency_measures", pk)
    messages.success(request, _("The measure was chosen. Size it next."))
    return redirect("efficiency_measure", pk, made.pk)


@require_GET
def measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """One measure: where it stands, its sizing, feasibility, plan, evidence, results, history."""
    audit, row = _row(request, pk, measure)
    return _answer(request, audit, row)


@require_POST
def size(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Size the measure."""
    audit, row = _row(request, pk, measure, write=True)
    page = read_measure(audit, row)
    form = forms.SizeForm(request.POST, page=page)

    def act(given: dict[str, Any]) -> object:
        return actions.size_measure(
            user=person(request),
            row=row,
            given=actions.SizeGiven(
                method=given["method"],
                carrier=given.get("carrier", ""),
                share=None if given["share"] is None else given["share"] / 100.0,
                figures=form.figures(),
                saved=given.get("saved"),
                value_vnd=given["value_vnd"],
                investment_vnd=given["investment_vnd"],
                source=given["source"],
            ),
            at=timezone.now(),
        )

    field = {Sizing.Method.SHARE: "share", Sizing.Method.ENTERED: "value_vnd"}.get(
        request.POST.get("method", ""),  # type: ignore[call-overload]
        "method",
    )
    return _try(request, audit, row, "size", form, field, act, _("The saving was sized."), "#size")


@require_POST
def judge(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Judge one side of feasibility."""
    audit, row = _row(request, pk, measure, write=True)
    form = forms.JudgeForm(request.POST, prefix="judge")
    return _try(
        request, audit, row, "judge", form, "reason",
        lambda given: actions.judge_measure(
            user=person(request), row=row, side=given["side"], verdict=given["verdict"],
            reason=given["reason"], at=timezone.now(),
        ),
        _("The judgement was recorded; the earlier one stays in the history."), "#feasibility",
    )  # fmt: skip


@require_POST
def plan(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Plan the measure."""
    audit, row = _row(request, pk, measure, write=True)
    form = forms.PlanForm(request.POST, prefix="plan")
    return _try(
        request, audit, row, "plan", form, "responsible",
        lambda given: actions.plan_measure(
            user=person(request), row=row, responsible=given["responsible"],
            due_on=given["due_on"], at=timezone.now(),
        ),
        _("The plan was recorded."), "#plan",
    )  # fmt: skip


@require_POST
def step(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Take a step."""
    audit, row = _row(request, pk, measure, write=True)
    to = request.POST.get("to", "")
    # The page has a form per step; the list of errors leads to the fields of the one that was sent.
    form = forms.StepForm(request.POST, auto_id=f"%s-{to}" if to in STATUSES else "%s")
    fields = {"in-the-future": "on", "before-last-step": "on", "reason-missing": "reason"}
    return _try(
        request, audit, row, "step", form, fields,
        lambda given: steps.move_measure(
            user=person(request), row=row, to=given["to"], on=given["on"],
            reason=given["reason"], seen=given["seen"], at=timezone.now(),
        ),
        _("The step was recorded."), "#steps",
    )  # fmt: skip


@require_POST
def result(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """Enter what was measured."""
    audit, row = _row(request, pk, measure, write=True)
    form = forms.ResultForm(request.POST, page=read_measure(audit, row), prefix="result")
    return _try(
        request, audit, row, "result", form, "after",
        lambda given: steps.record_result(
            user=person(request), row=row,
            given=steps.ResultGiven(
                given["year"], given["carrier"], given["before"], given["after"],
                given["activity_before"], given["activity_after"], given["source"],
            ),
            at=timezone.now(),
        ),
        _("The result was recorded. Another person verifies it."), "#results",
    )  # fmt: skip


def _row(
    request: HttpRequest, pk: int, number: int, *, write: bool = False
) -> tuple[Audit, AuditMeasure]:
    audit = audit_for(request.user, pk, write=write)
    found = find_row(audit, number)
    if found is None:
        raise Http404("no such measure in this audit")
    return audit, found


def _try(
    request: HttpRequest,
    audit: Audit,
    row: AuditMeasure,
    name: str,
    form: Form,
    field: str | dict[str, str],
    act: Callable[[dict[str, Any]], object],
    success: str,
    anchor: str,
) -> HttpResponse:
    """Do *act* with what the form holds; else show the page again with the form to correct."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, success)
            answer = redirect("efficiency_measure", audit.pk, row.pk)
            answer["Location"] += anchor
            return answer
        except InputError as error:
            code = error.problems[0].code
            where = field if isinstance(field, str) else field.get(code)
            if where is not None and where not in form.fields:
                where = None
            tell_form(form, where, error, language_of(request))
    return _answer(request, audit, row, wrong={name: form})


def _answer(
    request: HttpRequest,
    audit: Audit,
    row: AuditMeasure,
    *,
    wrong: dict[str, Form] | None = None,
) -> HttpResponse:
    page = read_measure(audit, row)
    today = timezone.localdate()
    shown: dict[str, Any] = {
        "size": forms.SizeForm(page=page),
        "judge": forms.JudgeForm(prefix="judge"),
        "plan": forms.PlanForm(prefix="plan"),
        "step": forms.StepForm(),
        "result": forms.ResultForm(page=page, prefix="result", initial={"year": today.year}),
        "file": forms.FileForm(prefix="file"),
    }
    context = {
        **shell(audit.enterprise, audit, "measures"),
        "page": page,
        "row": page.row,
        "class": class_of(page.row.status),  # type: ignore[arg-type]
        "forms": shown | (wrong or {}),
        "wrong": list(wrong or {}),
        "today": today,
        "may_work": may_work(request.user, audit.enterprise),
    }
    return render(request, "efficiency/measure.html", context, status=422 if wrong else 200)


def _narrowed(
    request: HttpRequest, rows: list[MeasureRow]
) -> tuple[list[MeasureRow], dict[str, Any]]:
    get = request.GET
    words, status, area = get.get("q", "").strip()[:100], get.get("status", ""), get.get("area", "")
    status = status if status in STATUSES else ""
    area = area if area in AREAS else ""
    raw = get.get("sort", "number")
    sort = raw.removeprefix("-") if raw.removeprefix("-") in _SORTS else "number"
    parts = fold(words).split()
    kept = [
        one
        for one in rows
        if (not status or one.row.status == status)
        and (not area or one.measure.area == area)
        and all(part in fold(f"{one.measure.name.vi} {one.measure.name.en}") for part in parts)
    ]
    kept.sort(key=_SORTS[sort], reverse=raw.startswith("-"))
    asked = {"q": words, "status": status, "area": area, "sort": sort}
    return kept, asked | {"descending": raw.startswith("-")}
