"""Roadmaps of a park: GET shows, POST finds one or shares it. Strangers get 404."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.accounts.models import User
from sinhthai.assessment.models import Roadmap as Saved
from sinhthai.assessment.roadmap.actions import (
    find_roadmap,
    options_of,
    recompute_roadmap,
    share_roadmap,
)
from sinhthai.assessment.roadmap.as_xlsx import pins
from sinhthai.assessment.roadmap.document import Roadmap, thaw
from sinhthai.assessment.roadmap.files import MEDIA_TYPES, export
from sinhthai.assessment.roadmap.forms import SECONDS, RoadmapForm
from sinhthai.assessment.roadmap.options_file import write_options
from sinhthai.assessment.roadmap.policy import park_with_roadmaps, roadmap_for, roadmaps_visible
from sinhthai.assessment.roadmap.sayings import caveats, headline, more_said, summary
from sinhthai.assessment.roadmap.schedule import entries, gantt
from sinhthai.assessment.roadmap.turns import NotYourTurn, turn_of
from sinhthai.assessment.roadmap.wording import AFTER_NAMES, GOAL_NAMES, GOAL_NOTES, STATUS_NAMES
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import XLSX
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.symbiosis.policy import may_facilitate, park_to_facilitate

ROWS = 50
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


@require_GET
def roadmap(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of a new roadmap and those saved; others than the office the shared ones."""
    park = park_with_roadmaps(request.user, code)
    return _page(request, park, RoadmapForm(today=timezone.localdate()))


@require_POST
def roadmap_run(request: HttpRequest, code: str) -> HttpResponse:
    """Look for the plans and save them; at most some seconds."""
    park = park_to_facilitate(request.user, code)
    form = RoadmapForm(request.POST, request.FILES, today=timezone.localdate())
    if form.is_valid():
        try:
            with turn_of(_person(request)):
                saved = find_roadmap(
                    park, form.framework_chosen(), form.asked(), at=timezone.now(),
                    by=_person(request), options=form.cleaned_data["options"],
                )  # fmt: skip
        except NotYourTurn as error:
            form.add_error(None, str(error))
        except InputError as error:
            for problem in error.problems:
                form.add_error("options", problem.say(_language()))
        else:
            messages.success(request, _("The roadmap was saved. It stays as it is."))
            return redirect("roadmap_saved", saved.pk)
    response = _page(request, park, form)
    response.status_code = 422
    return response


@require_GET
def roadmap_options(request: HttpRequest, code: str) -> HttpResponse:
    """Send the options found as a workbook, to be changed and sent back."""
    park = park_to_facilitate(request.user, code)
    data = request.GET.copy()
    form = RoadmapForm(today=timezone.localdate())
    for name in form.fields:
        if name not in data and (value := form[name].value()) is not None:
            data[name] = str(value)
    form = RoadmapForm(data, today=timezone.localdate())
    if not form.is_valid():
        raise Http404("no such question")
    _ground, _wants, found = options_of(
        park, form.framework_chosen(), form.asked(), at=timezone.now()
    )
    words = Text("Giải pháp của", "Options of").get(_language())
    name = f"{words} {_name(park)}.xlsx"
    return _file(write_options(found, _language()), name, XLSX)


@require_GET
def roadmap_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a saved roadmap: one of its plans in full, the others beside it."""
    saved = roadmap_for(request.user, pk)
    found, language = _chosen(request, saved), _language()
    plan = found.main
    context = _context(saved.park) | {
        "saved": saved,
        "roadmap": found,
        "plan": plan,
        "title": found.heading().get(language),
        "headline": headline(found, plan),
        "said": (*summary(found, plan), *more_said(found)),
        "caveats": caveats(found),
        "rows": [(row, AFTER_NAMES[row.after]) for row in plan.rows],
        "entries": entries(plan.lines),
        "svg": _drawn(gantt(found, plan, GOAL_NAMES[plan.goal], language)) if plan.lines else "",
        "years": _years(found),
        "has_budget": any(limit is not None for limit in found.budget),
        "plans": [
            (one.goal, GOAL_NAMES[one.goal], GOAL_NOTES[one.goal], one)
            for one in thaw(saved.result).alternatives
        ],
        "goal_name": GOAL_NAMES[plan.goal],
        "goal_note": GOAL_NOTES[plan.goal],
        "status_name": STATUS_NAMES[plan.status],
        "pins": pins(found),
        "may_write": may_facilitate(request.user, saved.park),
        "may_share": saved.shared_at is None and may_facilitate(request.user, saved.park),
    }
    return render(request, "assessment/roadmap/saved.html", context)


@require_GET
def roadmap_export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Send a saved roadmap as a file, led by the plan chosen."""
    saved = roadmap_for(request.user, pk)
    if form not in MEDIA_TYPES:
        raise Http404("no such format")
    found = _chosen(request, saved)
    name = found.file_name(form, _language())
    return _file(export(found, form, _language()), name, MEDIA_TYPES[form])


@require_GET
def roadmap_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Show two saved roadmaps side by side."""
    park = park_with_roadmaps(request.user, code)
    visible = roadmaps_visible(request.user, park)
    chosen = [text for text in request.GET.getlist("pk") if _NUMBER.fullmatch(text)][:2]
    rows = {str(row.pk): row for row in visible.filter(pk__in=chosen).defer(None)}
    pair = [(rows[text], thaw(rows[text].result)) for text in chosen if text in rows]
    leaves: dict[str, list[object]] = {}
    for at, (_row, one) in enumerate(pair):
        for line in one.main.rows:
            cells = leaves.setdefault(line.leaf, [line, *[None] * len(pair)])
            cells[at + 1] = AFTER_NAMES[line.after]
    context = _context(park) | {
        "pair": pair,
        "leaves": [(cells[0], cells[1:]) for cells in leaves.values()],
        "choices": visible[:ROWS],
        "chosen": [int(text) for text in chosen],
    }
    return render(request, "assessment/roadmap/compare.html", context)


@require_POST
def roadmap_recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Find a saved roadmap again from its pins, and say whether anything differs."""
    saved = roadmap_for(request.user, pk, write=True)
    try:
        with turn_of(_person(request)):
            differences = recompute_roadmap(saved)
    except NotYourTurn as error:
        messages.warning(request, str(error))
        return redirect("roadmap_saved", saved.pk)
    for one in differences:
        messages.warning(request, one.get(_language()))
    if not differences:
        messages.success(request, _("The result is the same, to the byte."))
    return redirect("roadmap_saved", saved.pk)


@require_POST
def roadmap_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a roadmap with who oversees the park."""
    saved = roadmap_for(request.user, pk, write=True)
    share_roadmap(saved, by=_person(request), at=timezone.now())
    messages.success(request, _("Whoever may read this park now reads this roadmap."))
    return redirect("roadmap_saved", saved.pk)


def _person(request: HttpRequest) -> User:
    """Return who asks; a stranger was turned away before."""
    assert isinstance(request.user, User)
    return request.user


def _page(request: HttpRequest, park: Park, form: RoadmapForm) -> HttpResponse:
    rows = roadmaps_visible(request.user, park)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = _context(park) | {
        "form": form,
        "page": page,
        "seconds": SECONDS,
        "may_run": may_facilitate(request.user, park),
    }
    return render(request, "assessment/roadmap/roadmap.html", context)


def _years(found: Roadmap) -> list[tuple[int, float, float | None, float, float]]:
    """Return year, invested, budget, saved [VND] and CO2e [t]."""
    plan = found.main
    limits = found.budget or (None,) * len(found.years)
    columns = (found.years, plan.invested, limits, plan.savings, plan.carbon)
    return list(zip(*columns, strict=True))


def _chosen(request: HttpRequest, saved: Saved) -> Roadmap:
    found = thaw(saved.result)
    return found.led_by(request.GET.get("plan", found.main.goal))


def _drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308  drawn by foundation.charts, which escapes its texts


def _context(park: Park) -> dict[str, object]:
    return {"nav": "parks", "park": park, "park_name": _name(park), "invented": park.invented}


def _file(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _name(park: Park) -> str:
    return Text(park.name_vi, park.name_en).get(_language())


def _language() -> str:
    return get_language() or "vi"
