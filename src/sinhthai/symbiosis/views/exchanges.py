"""The pipeline of a park, and the page of one exchange."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.registry.models import Park
from sinhthai.reporting.views.answers import file_response, language_of, person, tell_form
from sinhthai.symbiosis.actions import pipeline as actions
from sinhthai.symbiosis.actions.plans import Plan, plan_digest
from sinhthai.symbiosis.engine.stages import STAGES
from sinhthai.symbiosis.exports_workbench import pipeline_file
from sinhthai.symbiosis.forms_workbench import ChangedPlanForm, NewExchangeForm, exchange_forms
from sinhthai.symbiosis.models import Exchange
from sinhthai.symbiosis.policy import log_looks, park_to_facilitate
from sinhthai.symbiosis.readers import exchange_page
from sinhthai.symbiosis.readers import exchanges as reader
from sinhthai.symbiosis.readers.split import split_of_one
from sinhthai.symbiosis.views.workbench import look, shell
from sinhthai.symbiosis.wording import STAGE_NAMES, STAGE_SIGNS

PAGE_SIZE = 50
VIEWS = ("board", "list")


@require_GET
def pipeline(request: HttpRequest, code: str) -> HttpResponse:
    """The exchanges as a board of stages, or as a list."""
    park = park_to_facilitate(request.user, code)
    asked = asked_of(request)
    all_ = reader.read_exchanges(park, today=timezone.localdate(), readiness=True)
    rows = reader.narrowed(all_, asked, user=request.user.pk)
    look(request, park, rows, "pipeline")
    view = request.GET.get("view", "board")
    context = {
        **shell(park, "pipeline"),
        "view": view if view in VIEWS else "board",
        "asked": asked,
        "all": len(all_),
        "count": len(rows),
        "board": reader.board(rows),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "stages": [(stage, STAGE_NAMES[stage], STAGE_SIGNS[stage]) for stage in STAGES],
        "kinds": Exchange.Kind.choices,
        "sorts": [
            ("title", _("Exchange"), ""),
            ("stage", _("Stage"), ""),
            ("since", _("Since"), ""),
            ("quantity", _("Quantity a year"), "num"),
            ("value", _("Benefit a year"), "num"),
            ("co2", _("CO2 cut (t/yr)"), "num"),
            ("", _("Weakest axis"), ""),
            ("tasks", _("Tasks"), ""),
        ],
    }
    return render(request, "symbiosis/workbench/pipeline.html", context)


@require_GET
def export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """The filtered exchanges as a file."""
    park = park_to_facilitate(request.user, code)
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    all_ = reader.read_exchanges(park, today=timezone.localdate(), readiness=True)
    rows = reader.narrowed(all_, asked_of(request), user=request.user.pk)
    look(request, park, rows, "export")
    content = pipeline_file(park, rows, fmt=fmt, language=language_of(request))
    return file_response(content, f"{park.code}-exchanges.{fmt}", MEDIA_TYPES[fmt])


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """An exchange found by people rather than by the search."""
    park = park_to_facilitate(request.user, code)
    form = NewExchangeForm(request.POST or None, park=park)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.create_exchange(
                user=person(request),
                park=park,
                title=given["title"],
                kind=given["kind"],
                giver=given["giver"],
                taker=given["taker"],
                taker_in_words=given["taker_in_words"],
                plan=plan_of(given),
                at=timezone.now(),
            )
            messages.success(request, _("The exchange was opened."))
            return redirect("symbiosis_exchange", code, made.pk)
        except InputError as error:
            tell_form(form, "title", error, language_of(request))
    context = {**shell(park, "pipeline"), "form": form, "exchange": None}
    status = 422 if form.errors else 200
    return render(request, "symbiosis/workbench/exchange_form.html", context, status=status)


@require_GET
def exchange(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Timeline, parties, readiness, papers, tasks, notes, results of one exchange."""
    park, found = exchange_of(request, code, pk)
    return exchange_answer(request, park, found)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change what is planned."""
    park, found = exchange_of(request, code, pk)
    initial = {name: getattr(found, name) for name in ("title", "kind", "unit")}
    language = language_of(request)
    initial |= exchange_page.plan_in_words(found, language)
    initial["seen"] = plan_digest(found)
    look(request, park, [reader.ExchangeRow(found, ())], "exchange")
    form = ChangedPlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_plan(
                user=person(request),
                exchange=found,
                title=given["title"],
                kind=given["kind"],
                plan=plan_of(given),
                seen=given["seen"],
                at=timezone.now(),
            )
            messages.success(request, _("The plan was changed; the trail keeps the earlier one."))
            return redirect("symbiosis_exchange", code, pk)
        except InputError as error:
            tell_form(form, "title", error, language)
    context = {**shell(park, "pipeline"), "form": form, "exchange": found}
    status = 422 if form.errors else 200
    return render(request, "symbiosis/workbench/exchange_form.html", context, status=status)


def exchange_of(request: HttpRequest, code: str, pk: int) -> tuple[Park, Exchange]:
    """Return the exchange of a park *request*'s person facilitates, or raise Http404."""
    park = park_to_facilitate(request.user, code)
    found = (
        Exchange.objects.filter(park=park, pk=pk)
        .select_related("park", "responsible", "offer__enterprise", "need__enterprise")
        .first()
    )
    if found is None:
        raise Http404("no such exchange in this park")
    return park, found


def exchange_answer(
    request: HttpRequest, park: Park, found: Exchange, *, forms: dict[str, Form] | None = None
) -> HttpResponse:
    """Return the page of an exchange; *forms* are those a person has to correct."""
    page = exchange_page.read_page(found, park, today=timezone.localdate())
    log_looks(person(request), page.looked_at, "facilitator", "exchange", timezone.now())
    context: dict[str, Any] = {
        **shell(park, "pipeline"),
        "exchange": found,
        "page": page,
        "forms": exchange_forms(page, park, timezone.localdate()) | (forms or {}),
        "wrong": list(forms or {}),
        "split": split_of_one(page, park, today=timezone.localdate()),
        "radar": exchange_page.radar_data(page, language_of(request)),
        "today": timezone.localdate(),
    }
    status = 422 if forms else 200
    return render(request, "symbiosis/workbench/exchange.html", context, status=status)


def asked_of(request: HttpRequest) -> reader.ExchangeFilter:
    """Read the filters of the address; what is not one of them is left out."""
    get = request.GET
    raw = get.get("sort", "-since")
    sort = raw.removeprefix("-")
    stage, kind = get.get("stage", ""), get.get("kind", "")
    return reader.ExchangeFilter(
        words=get.get("q", "").strip()[:100],
        stage=stage if stage in STAGES else "",
        kind=kind if kind in Exchange.Kind.values else "",
        mine=get.get("mine") == "1",
        overdue=get.get("overdue") == "1",
        sort=sort if sort in reader.SORTS else "since",
        descending=raw.startswith("-") if sort in reader.SORTS else True,
    )


def plan_of(given: dict[str, Any]) -> Plan:
    """Return the plan a form holds."""
    return Plan(
        given["quantity"],
        given["unit"] if given["quantity"] is not None else "",
        given["value_vnd"],
        given["investment_vnd"],
        given["co2_t"],
    )
