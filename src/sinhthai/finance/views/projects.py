"""The page of one project, and its forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.factors.loading import load_factors
from sinhthai.factors.lookup import NoFactor
from sinhthai.finance import forms, policy
from sinhthai.finance.actions.appraisals import save_appraisal
from sinhthai.finance.actions.projects import change_project, open_project
from sinhthai.finance.engine.assumptions import Assumptions
from sinhthai.finance.engine.funds import funds_on, load_funds
from sinhthai.finance.engine.stages import WITH_MONEY
from sinhthai.finance.models import Project
from sinhthai.finance.readers import origins
from sinhthai.finance.readers.pipeline import fund_name, say
from sinhthai.finance.readers.project import ProjectPage, read_page
from sinhthai.finance.termsheet.pdf import cash_flow_picture
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.reporting.views.answers import language_of, person, tell_form


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Open a project by hand, or from a measure of an audit."""
    enterprise = policy.enterprise_with_projects(request.user, code, write=True)
    measure = origins.measure_of(enterprise, request.GET.get("measure", ""))
    initial = origins.stated_by(measure, language_of(request)) if measure else {}
    form = forms.ProjectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = open_project(
                user=person(request),
                enterprise=enterprise,
                stated=form.stated,
                origin=Project.Origin.MEASURE if measure else Project.Origin.OWN,
                key=str(measure.pk) if measure else "",
                at=timezone.now(),
            )
            messages.success(request, _("The project was opened."))
            return redirect("finance_project", made.pk)
        except InputError as error:
            tell_form(form, "title", error, language_of(request))
    context = {
        "nav": "finance",
        "enterprise": enterprise,
        "park": enterprise.park,
        "form": form,
        "measure": measure,
        "measures": [] if measure else origins.measures_open(enterprise, language_of(request)),
    }
    return render(request, "finance/project_form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is stated of a project."""
    project = policy.project_to_write(request.user, pk)
    form = forms.ProjectForm(request.POST or None, initial=forms.ProjectForm.of(project))
    if request.method == "POST" and form.is_valid():
        try:
            change_project(
                user=person(request), project=project, stated=form.stated, at=timezone.now()
            )
            messages.success(request, _("The project was changed; its history keeps the earlier."))
            return redirect("finance_project", pk)
        except InputError as error:
            tell_form(form, "title", error, language_of(request))
    context = _shell(project) | {"form": form, "project": project}
    return render(request, "finance/project_form.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """State the assumptions of the appraisal, and see what comes out."""
    project = policy.project_to_write(request.user, pk)
    last = project.appraisals.order_by("-pk").first()
    today = timezone.localdate()
    start = (
        Assumptions.from_json(last.assumptions)
        if last
        else origins.started(project, forms.first_assumptions(project, today, _grid_factor()))
    )
    initial = forms.AppraisalForm.of(start)
    if last is None and project.investment_vnd is None:
        del initial["investment"]  # not known is not zero
    form = forms.AppraisalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_appraisal(
                user=person(request), project=project, given=form.given, at=timezone.now()
            )
            messages.success(request, _("The appraisal was saved; the earlier ones stay."))
            return redirect("finance_project", pk)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    context = _shell(project) | {"form": form, "project": project, "last": last, "today": today}
    return render(request, "finance/appraisal_form.html", context, status=_status(form))


@require_GET
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """Summary, appraisal, taxonomy, funds, stage, shares of one project."""
    found, standing = policy.project_for(request.user, pk)
    return project_answer(request, found, standing)


def project_answer(
    request: HttpRequest,
    found: Project,
    standing: policy.Standing,
    *,
    wrong: dict[str, Form] | None = None,
) -> HttpResponse:
    """Return the page of a project; *wrong* are the forms a person has to correct."""
    policy.log_looks(person(request), [found.pk], standing, "project", timezone.now())
    language = language_of(request)
    page = read_page(found, standing, today=timezone.localdate())
    writes = policy.may_write(request.user, found.enterprise)
    shares = policy.may_share(request.user, found.enterprise)
    context: dict[str, Any] = _shell(found) | {
        "project": found,
        "page": page,
        "row": say(found),
        "may_write": writes,
        "may_share": shares,
        "picture": _picture(page, language),
        "flows": _flows(page),
        "remarks": [Text(**text) for text in page.worked.get("remarks", [])],
        "irr_notes": {
            name: Text(**page.worked[name]["note"])
            for name in ("irr", "irr_after_tax")
            if page.worked
        },
        "with_money": WITH_MONEY,
        "fund_name": fund_name(found.fund),
        "wrong": list(wrong or {}),
        "forms": (_forms(page, shares) if writes else {}) | (wrong or {}),
    }
    status = 422 if wrong else 200
    return render(request, "finance/project.html", context, status=status)


def _forms(page: ProjectPage, shares: bool) -> dict[str, Form]:
    funds = funds_on(load_funds(), page.today)
    found: dict[str, Form] = {
        "stage": forms.StepForm(
            funds=funds, initial={"on": page.today, "seen": page.last_step}, auto_id="step-%s"
        ),
        "document": forms.DocumentForm(auto_id="document-%s"),
        "result": forms.ResultForm(initial={"year": page.today.year}, auto_id="result-%s"),
    }
    if shares:
        found["share"] = forms.ShareForm(auto_id="share-%s")
    return found


def _shell(project: Project) -> dict[str, Any]:
    enterprise = project.enterprise
    return {
        "nav": "finance",
        "enterprise": enterprise,
        "park": enterprise.park,
        "invented": enterprise.invented,
    }


def _picture(page: ProjectPage, language: str) -> SafeString | None:
    if not page.worked:
        return None
    return mark_safe(cash_flow_picture(page.worked, language))  # noqa: S308  our own, escaped


def _flows(page: ProjectPage) -> list[tuple[int, float, float, float, float, float]]:
    """Return per year: before tax, after tax, cumulated, and the band of the cumulated."""
    if not page.worked or page.appraisal is None:
        return []
    sums = page.worked["cumulated"]
    first = int(page.appraisal.assumptions["first_year"]) - 1
    rows = zip(
        page.worked["flows"],
        page.worked["flows_after_tax"],
        sums["stated"],
        sums["p10"],
        sums["p90"],
        strict=True,
    )
    return [(first + year, *row) for year, row in enumerate(rows)]


def _grid_factor() -> float | None:
    """Return the last published factor of the grid, for the person to see and change."""
    try:
        choice = load_factors().choose(
            "electricity", "emission", gas="CO2", year=timezone.localdate().year - 1,
            last_published=True,
        )  # fmt: skip
    except NoFactor:
        return None
    return choice.factor.value


def _status(form: Form) -> int:
    return 422 if form.errors else 200
