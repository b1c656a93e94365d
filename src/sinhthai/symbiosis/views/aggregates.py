"""Totals of streams by family and territory, for those who reach a territory or a park."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import unit_label
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.views.listing import PAGE_SIZE, Sorting, columns
from sinhthai.reporting.views.answers import file_response, language_of
from sinhthai.symbiosis import exports, policy
from sinhthai.symbiosis.engine.families import family_name
from sinhthai.symbiosis.engine.suppression import FEWEST
from sinhthai.symbiosis.models import Stream
from sinhthai.symbiosis.readers import aggregates as readers

_SORTS = dict.fromkeys(("place", "family", "direction", "enterprises", "quantity"), "")
_HEADINGS = (
    Text("Cấp", "Level"), Text("Nơi", "Place"), Text("Nhóm vật chất", "Family"),
    Text("Cung hoặc cầu", "Offer or need"), Text("Doanh nghiệp", "Enterprises"),
    Text("Lượng mỗi năm (2 chữ số có nghĩa)", "Quantity a year (2 significant digits)"),
    Text("Đơn vị", "Unit"), Text("Có phần ước tính", "Partly estimated"),
    Text("Ghi chú", "Note"),
)  # fmt: skip
_HIDDEN = Text(
    f"không công bố: dưới {FEWEST} doanh nghiệp, hoặc suy ra được doanh nghiệp khác",
    f"not shown: fewer than {FEWEST} enterprises, or it would give another one away",
)
_YES = Text("có", "yes")
_LEVELS = {
    "country": Text("cả nước", "country"),
    "province": Text("tỉnh, thành phố", "province"),
    "park": Text("khu công nghiệp", "park"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One total as people read it."""

    level: str
    place: str
    family: str
    direction: str
    enterprises: int | None
    quantity: float | None
    unit: str
    estimated: bool


@require_GET
def aggregate_list(request: HttpRequest) -> HttpResponse:
    """Show the totals a person may read; what names an enterprise is not shown."""
    rows, invented = _rows(request)
    sorting = Sorting.of(request, _SORTS)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    language = language_of(request)
    return render(
        request,
        "symbiosis/knowledge/aggregates.html",
        {
            "nav": "symbiosis",
            "tab": "aggregates",
            "page": page,
            "columns": columns(
                [
                    ("place", _("Place"), ""),
                    ("family", _("Family"), ""),
                    ("direction", _("Direction"), ""),
                    ("enterprises", _("Enterprises"), "num"),
                    ("quantity", _("Quantity a year"), "num"),
                ],
                sorting,
            ),
            "levels": [(code, name.get(language)) for code, name in _LEVELS.items()],
            "directions": Stream.Direction.choices,
            "fewest": FEWEST,
            "invented": invented,
            **_asked(request),
            "filtered": any(_asked(request).values()),
        },
    )


@require_GET
def aggregate_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """Give the same totals as a file."""
    if fmt not in exports.FORMS:
        raise Http404("no such form")
    rows, _invented = _rows(request)
    language = language_of(request)
    lines = (
        [
            row.level,
            row.place,
            row.family,
            row.direction,
            row.enterprises,
            row.quantity,
            row.unit,
            _YES.get(language) if row.estimated else "",
            _HIDDEN.get(language) if row.enterprises is None or row.quantity is None else "",
        ]
        for row in rows
    )
    name = _("Streams in total")
    content = exports.table_file(fmt, _HEADINGS, lines, name=name, language=language)
    return file_response(content, f"{name}.{fmt}", exports.MEDIA_TYPES[fmt])


def _asked(request: HttpRequest) -> dict[str, str]:
    level, direction = request.GET.get("level", ""), request.GET.get("direction", "")
    return {
        "q": request.GET.get("q", "").strip()[:100],
        "level": level if level in _LEVELS else "",
        "direction": direction if direction in Stream.Direction.values else "",
    }


def _rows(request: HttpRequest) -> tuple[list[Row], bool]:
    """Return the totals that fit, and whether any of them counts invented data."""
    if not policy.may_see_aggregates(request.user):
        raise Http404("nothing to total for this person")
    language = language_of(request)
    provinces, parks = readers.place_names()
    asked = _asked(request)
    wanted = search_words(asked["q"])
    directions = dict(Stream.Direction.choices)
    found, invented = [], False
    for total in readers.visible(readers.read_aggregates(), request.user):
        if asked["level"] not in ("", total.level) or asked["direction"] not in (
            "",
            total.direction,
        ):
            continue
        park = parks.get(total.park)
        place = _LEVELS["country"].get(language)
        if park is not None:
            place = park.name_en if language == "en" else park.name_vi
            invented = invented or park.invented
        elif total.province:
            place = str(provinces.get(total.province, total.province))
        row = Row(
            _LEVELS[total.level].get(language),
            place,
            _("not known") if total.family == readers.OTHER
            else family_name(total.family).get(language),
            str(directions[total.direction]),
            total.enterprises,
            total.quantity,
            unit_label(total.unit, language),
            total.estimated,
        )  # fmt: skip
        text = fold(f"{row.place} {row.family}")
        if all(word in text for word in wanted):
            found.append((readers.LEVELS.index(total.level), row))
    return _sorted(request, found), invented


def _sorted(request: HttpRequest, found: list[tuple[int, Row]]) -> list[Row]:
    sorting = Sorting.of(request, _SORTS)

    def key(one: tuple[int, Row]) -> tuple[Any, ...]:
        level, row = one
        usual = (level, fold(row.place), fold(row.family), row.direction, row.unit)
        value = getattr(row, sorting.column)
        if sorting.column == "place":
            return usual
        first = fold(value) if isinstance(value, str) else (-1.0 if value is None else value)
        return (first, *usual)

    return [row for _level, row in sorted(found, key=key, reverse=sorting.descending)]
