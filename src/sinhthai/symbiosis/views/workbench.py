"""The facilitator's overview of a park: figures, map, Sankey, network, each with its table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.registry.models import Park
from sinhthai.reporting.views.answers import file_response, language_of, person
from sinhthai.symbiosis import exports_workbench as exports
from sinhthai.symbiosis.policy import log_looks, park_to_facilitate
from sinhthai.symbiosis.readers import flows, workbench
from sinhthai.symbiosis.readers.exchanges import ExchangeRow, read_exchanges, streams_told
from sinhthai.symbiosis.wording import yearly_unit

PICTURES = ("flows", "network", "places")


@require_GET
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """Figures and pictures; nothing here adds what could be to what is."""
    park = park_to_facilitate(request.user, code)
    language = language_of(request)
    rows = read_exchanges(park, today=timezone.localdate())
    run, potential = workbench.last_search(park)
    enterprises, streams = workbench.read_enterprises(park, since=run.at if run else None)
    show, unit, units = chosen_flows(request, rows)
    lines = flows.links(rows)
    placed = flows.points(park, enterprises, lines)
    found = flows.flows(rows, unit=unit, show=show)
    look(request, park, rows, "workbench")
    context = {
        **shell(park, "overview"),
        "streams": streams,
        "run": run,
        "potential": potential,
        "figures": workbench.figures(rows),
        "reported": workbench.reported_results(park),
        "exchanges": rows,
        "overdue": sum(row.overdue for row in rows),
        "show": show,
        "unit": unit,
        "units": [(each, yearly_unit(each)) for each in units],
        "unit_name": yearly_unit(unit),
        "flows": found,
        "unstated": [flow for flow in found if flow.quantity is None],
        "links": lines,
        "places": placed,
        "unplaced": [point for point in placed if point.east is None],
        "sankey": flows.sankey_data(found, language) | {"unit": yearly_unit(unit).get(language)},
        "graph": flows.graph_data(lines, language),
        "map": flows.map_data(placed, lines, language),
        "words": _words(park),
    }
    return render(request, "symbiosis/workbench/overview.html", context)


@require_GET
def export(request: HttpRequest, code: str, what: str, fmt: str) -> HttpResponse:
    """The table of a picture as a file."""
    park = park_to_facilitate(request.user, code)
    if fmt not in MEDIA_TYPES or what not in PICTURES:
        raise Http404("no such table")
    language = language_of(request)
    rows = read_exchanges(park)
    show, unit, _units = chosen_flows(request, rows)
    if what != "places":
        look(request, park, rows, "export")
    if what == "flows":
        content = exports.flows_file(
            park, flows.flows(rows, unit=unit, show=show), fmt=fmt, language=language
        )
    elif what == "network":
        content = exports.links_file(park, flows.links(rows), fmt=fmt, language=language)
    else:
        placed = flows.points(park, workbench.enterprises_of(park), flows.links(rows))
        content = exports.places_file(park, placed, fmt=fmt, language=language)
    return file_response(content, f"{park.code}-{what}.{fmt}", MEDIA_TYPES[fmt])


def chosen_flows(request: HttpRequest, rows: list[Any]) -> tuple[str, str, list[str]]:
    """Return what a Sankey shows: running or planned, one unit, and the units there are."""
    running = flows.units_of(rows, show="running")
    show = request.GET.get("show", "running" if running else "planned")
    if show not in flows.SHOWN:
        show = "running"
    units = flows.units_of(rows, show=show)
    unit = request.GET.get("unit", "")
    if unit not in units:
        unit = units[0] if units else "t"
    return show, unit, units


def look(request: HttpRequest, park: Park, rows: Iterable[ExchangeRow], page: str) -> None:
    """Log that the facilitator read of the streams of these exchanges what moves and how much."""
    log_looks(person(request), streams_told(rows, park), "facilitator", page, timezone.now())


def shell(park: Park, section: str) -> dict[str, Any]:
    """Return what every page of the workbench says of its park."""
    return {
        "park": park,
        "invented": park.invented,
        "nav": "symbiosis",
        "section": section,
        "report_year": timezone.localdate().year - 1,
    }


def _words(park: Park) -> dict[str, str]:
    return {
        "park": _("the middle of the park"),
        "exchanges": _("exchanges"),
        "own": _("enterprise of the park"),
        "other": _("enterprise of another park"),
        "words": _("party outside the register"),
        "runs": _("running"),
        "planned": _("not running yet"),
        "metres": _("metres"),
        "failed": _("The picture could not be drawn. The table beside it says the same."),
        "exchange_url": reverse("symbiosis_exchange", args=[park.code, 0]),
    }
