"""The ideas of the last search: the list, the reasons of each, the search, the start."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.reporting.views.answers import file_response, language_of, person, tell
from sinhthai.symbiosis.actions.search import search_matches, start_exchange
from sinhthai.symbiosis.engine.families import FAMILIES
from sinhthai.symbiosis.engine.legal import LEGAL_NAMES
from sinhthai.symbiosis.exports_workbench import ideas_file
from sinhthai.symbiosis.forms_workbench import SearchForm
from sinhthai.symbiosis.models import Match
from sinhthai.symbiosis.policy import log_looks, park_to_facilitate
from sinhthai.symbiosis.readers import ideas as reader
from sinhthai.symbiosis.views.workbench import shell

PAGE_SIZE = 50
EXPORTED = 5000  # ideas in one file


@require_GET
def idea_list(request: HttpRequest, code: str) -> HttpResponse:
    """Ranked ideas of the last search; looking at a stream leaves a trace for its owner."""
    park = park_to_facilitate(request.user, code)
    asked = asked_of(request)
    run = reader.last_run(park)
    context = {
        **shell(park, "ideas"),
        "run": run,
        "asked": asked,
        "form": SearchForm(initial={"within_km": f"{run.within_km:g}" if run else "50"}),
        "families": FAMILIES.items(),
        "legal_names": LEGAL_NAMES,
        "sorts": [
            ("value", _("Benefit a year"), "num"),
            ("score", _("Score"), "num"),
            ("co2", _("CO2 cut (t/yr)"), "num"),
            ("distance", _("Distance"), "num"),
        ],
        "sorted": _direction(asked),
    }
    if run is not None:
        rows = reader.with_names(reader.find_ideas(run, asked), park)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
        ideas = reader.say_ideas(page.object_list, park)
        log_looks(
            person(request), reader.looked_at(ideas, park), "facilitator", "ideas", timezone.now()
        )
        context |= {"page": page, "ideas": ideas, "stale": reader.changed_since(run)}
    return render(request, "symbiosis/workbench/ideas.html", context)


@require_GET
def idea(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Why: every component of the score, the law, the money."""
    park = park_to_facilitate(request.user, code)
    rows = reader.with_names(Match.objects.filter(run__park=park), park)
    match = get_object_or_404(rows, pk=pk)
    [found] = reader.say_ideas([match], park)
    log_looks(
        person(request), reader.looked_at([found], park), "facilitator", "idea", timezone.now()
    )
    language = language_of(request)
    context = {
        **shell(park, "ideas"),
        "idea": found,
        "match": match,
        "run": match.run,
        "why": [said[language] for said in match.reasons.get("why", [])],
        "path": match.reasons.get("path"),
    }
    return render(request, "symbiosis/workbench/idea.html", context)


@require_GET
def export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """The filtered ideas as a file; a hidden partner is hidden here too."""
    park = park_to_facilitate(request.user, code)
    run = reader.last_run(park)
    if fmt not in MEDIA_TYPES or run is None:
        raise Http404("no such file")
    rows = reader.with_names(reader.find_ideas(run, asked_of(request)), park)[:EXPORTED]
    ideas = reader.say_ideas(rows, park)
    log_looks(
        person(request), reader.looked_at(ideas, park), "facilitator", "export", timezone.now()
    )
    content = ideas_file(park, ideas, fmt=fmt, language=language_of(request))
    return file_response(content, f"{park.code}-ideas.{fmt}", MEDIA_TYPES[fmt])


@require_POST
def search(request: HttpRequest, code: str) -> HttpResponse:
    """Search the park's streams for partners."""
    park = park_to_facilitate(request.user, code)
    form = SearchForm(request.POST)
    if not form.is_valid():
        for error in form.errors.get("within_km", []):
            messages.error(request, str(error))
        return redirect("symbiosis_ideas", code)
    try:
        run = search_matches(
            user=person(request),
            park=park,
            within_km=form.cleaned_data["within_km"],
            at=timezone.now(),
        )
    except InputError as error:
        tell(request, error)
        return redirect("symbiosis_ideas", code)
    found = ngettext("%(n)d idea was found.", "%(n)d ideas were found.", run.matches)
    messages.success(request, found % {"n": run.matches})
    return redirect("symbiosis_ideas", code)


@require_POST
def start(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open an exchange from an idea."""
    park = park_to_facilitate(request.user, code)
    match = get_object_or_404(
        Match.objects.select_related("run__park", "offer__enterprise", "need__enterprise"),
        pk=pk,
        run__park=park,
    )
    try:
        exchange = start_exchange(user=person(request), match=match, at=timezone.now())
    except InputError as error:
        tell(request, error)
        return redirect("symbiosis_idea", code, pk)
    messages.success(request, _("The exchange was opened with what the idea rested on."))
    return redirect("symbiosis_exchange", code, exchange.pk)


def asked_of(request: HttpRequest) -> reader.IdeaFilter:
    """Read the filters of the address; what is not one of them is left out."""
    get = request.GET
    sort = get.get("sort", "")
    turned = sort.startswith("-")
    sort = sort.removeprefix("-")
    legal, place, data = get.get("legal", ""), get.get("place", ""), get.get("data", "")
    family = get.get("family", "")
    return reader.IdeaFilter(
        words=get.get("q", "").strip()[:100],
        family=family if family in FAMILIES else "",
        legal=legal if legal in LEGAL_NAMES else "",
        place=place if place in ("inside", "other") else "",
        data=data if data in ("reported", "estimated") else "",
        within_km=_kilometres(get.get("km", "")),
        sort=sort if sort in reader.SORTS else "value",
        turned=turned and sort in reader.SORTS,
    )


def _direction(asked: reader.IdeaFilter) -> str:
    """Say which way the sorted column runs; nearest first is ascending, the best sum is not."""
    descending = reader.SORTS[asked.sort].startswith("-") != asked.turned
    return "descending" if descending else "ascending"


def _kilometres(raw: str) -> float | None:
    try:
        found = float(raw)
    except ValueError:
        return None
    return found if 0 < found < 10_000 else None
