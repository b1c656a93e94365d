"""The sum of a park: by enterprise as far as the reader may see, with its trend and spread."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.carbon import exports, pictures, policy, wording
from sinhthai.carbon.readers import park as readers
from sinhthai.carbon.subject import Subject
from sinhthai.carbon.views.shell import drawn, number_of
from sinhthai.factors.model import GwpName
from sinhthai.registry.models import Park
from sinhthai.registry.views.listing import PAGE_SIZE, Sorting, columns
from sinhthai.reporting.views.answers import file_response, language_of

GWP_SETS: tuple[GwpName, ...] = ("AR5", "AR4", "AR6")


@require_GET
def park(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a park emits in a year, nothing counted twice."""
    found = policy.park_for(request.user, code)
    language = language_of(request)
    book, year, gwp = _asked(request, found)
    page = _shell(request, found, book, language)
    if year is None:
        return render(request, "carbon/park_empty.html", page)
    sum_ = book.sum_of(year, gwp, draws=readers.DRAWS)
    sorting = Sorting.of(request, readers.SORTS)
    asked = _filter(request, sorting)
    rows = readers.choose_members(sum_, asked, language)
    pages = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    trend = _trend(book, gwp)
    return render(
        request,
        "carbon/park.html",
        page
        | {
            "year": year,
            "gwp": gwp,
            "gwp_sets": GWP_SETS,
            "years": list(reversed(book.years)),
            "sum": sum_,
            "whole": sum_.found.whole,
            "percentiles": [float(one) for one in sum_.found.drawn.percentiles[-1]]
            if sum_.found.drawn
            else None,
            "draws": readers.DRAWS,
            "scopes": [
                (wording.SHORT_SCOPES[scope], sum_.found.by_scope[scope]) for scope in (1, 2)
            ],
            "inside_bought": _bought(sum_.found.inside, book, language),
            "unmatched": _bought(sum_.found.unmatched, book, language),
            "other_gwp": [
                book.subjects[one].name.get(language)
                for one in sum_.other_gwp
                if one in book.subjects
            ],
            "page": pages,
            "rows": [_member(one, year, request, language) for one in pages],
            "asked": asked,
            "filtered": bool(asked.words or asked.state),
            "states": [
                (state, wording.STATES[state])
                for state in ("locked", "draft", "missing")
                if state != "draft" or book.basis == "working"
            ],
            "columns": columns(
                [
                    ("name", _("Enterprise"), ""),
                    ("state", _("State"), ""),
                    ("co2e", _("t CO2e in the sum"), "num"),
                ],
                sorting,
            ),
            "trend": trend,
            "picture": drawn(pictures.park_picture(trend, language)),
        },
    )


@require_GET
def park_export(request: HttpRequest, code: str, fmt: str) -> HttpResponse:
    """Give the list of enterprises as Excel, or the trend as SVG or PNG."""
    found = policy.park_for(request.user, code)
    book, year, gwp = _asked(request, found)
    if year is None or fmt not in ("xlsx", "svg", "png"):
        raise Http404("no such file")
    language = language_of(request)
    name = f"{_('Emissions of the park')} {found.code} {year}.{fmt}"
    if fmt == "xlsx":
        members = readers.choose_members(
            book.sum_of(year, gwp), _filter(request, Sorting.of(request, readers.SORTS)), language
        )
        return file_response(exports.members_file(members, year, language), name, exports.XLSX)
    svg = pictures.park_picture(_trend(book, gwp), language)
    if fmt == "svg":
        return file_response(svg.encode(), name, "image/svg+xml")
    return file_response(pictures.png_of(svg), name, "image/png")


def _asked(request: HttpRequest, found: Park) -> tuple[readers.ParkBook, int | None, GwpName]:
    """Return the inventories this person may read, the year asked for, and the set."""
    may_draft = policy.may_facilitate(request.user, found)
    basis: readers.Basis = "locked"
    if may_draft and request.GET.get("basis") != "locked":
        basis = "working"
    year = number_of(request, "year")
    book = readers.open_park(found, basis, year)
    year = year or (book.years[-1] if book.years else None)
    if year is not None and year not in book.years:
        if request.GET.get("year") and book.years:
            raise Http404("nothing of that year")
        year = None
    gwp = request.GET.get("gwp", "AR5")
    return book, year, cast(GwpName, gwp if gwp in GWP_SETS else "AR5")


def _filter(request: HttpRequest, sorting: Sorting) -> readers.MemberFilter:
    state = request.GET.get("state", "")
    return readers.MemberFilter(
        words=request.GET.get("q", "").strip()[:100],
        state=state if state in wording.STATES else "",
        sort=sorting.column,
        descending=sorting.descending,
    )


def _trend(book: readers.ParkBook, gwp: GwpName) -> list[readers.YearSum]:
    return [book.sum_of(year, gwp) for year in book.years[-readers.TREND :]]


def _shell(
    request: HttpRequest, found: Park, book: readers.ParkBook, language: str
) -> dict[str, Any]:
    own = Subject(found)
    inside = policy.may_facilitate(request.user, found)
    return {
        "nav": "parks",
        "park": found,
        "park_name": own.name.get(language),
        "basis": book.basis,
        "inside": inside,
        "own_url": own.url("inventory"),
        "own_new_url": own.url("new"),
        "invented": found.invented,
    }


def _member(one: readers.Member, year: int, request: HttpRequest, language: str) -> dict[str, Any]:
    version = f"&version={one.version}" if one.version else ""
    return {
        "name": one.subject.name.get(language),
        "is_own": one.subject.enterprise is None,
        "invented": one.subject.invented,
        "state": one.state,
        "state_name": wording.STATES[one.state],
        "version": one.version,
        "part": one.part,
        "low": one.part.known - one.part.half_width if one.part else None,
        "high": one.part.known + one.part.half_width if one.part else None,
        "url": f"{one.subject.url('inventory')}?year={year}{version}"
        if one.state != "missing"
        else "",
    }


def _bought(
    activities: tuple[Any, ...], book: readers.ParkBook, language: str
) -> list[tuple[str, Any, str]]:
    return [
        (
            book.subjects[a.subject].name.get(language),
            wording.what_name(a.what),
            wording.said_quantity(a, language),
        )
        for a in activities
        if a.subject in book.subjects
    ]
