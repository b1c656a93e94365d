"""The public pages of the procedures and of the days off."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sinhthai.portal import procedure_readers
from sinhthai.registry.views.listing import day_of
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.rules.procedures_showing import WEEKDAYS


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Show every procedure, and the years whose days off are known."""
    law = load_procedures()
    on = day_of(request)
    return render(
        request,
        "portal/procedures.html",
        {
            "nav": "rules",
            "on": on,
            "rows": procedure_readers.rows_on(law, on),
            "years": list(law.holidays.values()),
            "law": law,
        },
    )


@require_safe
def procedure(request: HttpRequest, procedure: str) -> HttpResponse:
    """Show one procedure: its states and steps, clocks, bodies as named on a day, papers."""
    law, bundle = load_procedures(), load_bundle()
    found = procedure_readers.find(law, procedure)
    if found is None:
        raise Http404("no such procedure")
    on = day_of(request)
    return render(
        request,
        "portal/procedure.html",
        {
            "nav": "rules",
            "on": on,
            "one": found,
            "in_force": procedure_readers.is_in_force(found, on),
            "where": procedure_readers.cited(found.rule, law.instruments),
            "states": procedure_readers.states(found),
            "anywhere": procedure_readers.anywhere(found),
            "clocks": procedure_readers.clocks(bundle, found),
            "parties": procedure_readers.parties(law, found, on),
            "papers": procedure_readers.papers(found),
            "options": procedure_readers.options(bundle, found),
        },
    )


@require_safe
def holidays(request: HttpRequest, year: int) -> HttpResponse:
    """Show the days off of a year; where they are not known, say so (and answer 404)."""
    law = load_procedures()
    found = law.holidays.get(year)
    return render(
        request,
        "portal/holidays.html",
        {
            "nav": "rules",
            "year": year,
            "found": found,
            "where": procedure_readers.cited(found.rule, law.instruments) if found else None,
            "months": procedure_readers.days_by_month(found) if found else [],
            "weekdays": WEEKDAYS,
            "years": sorted(law.holidays),
        },
        status=200 if found else 404,
    )
