"""The inventory of a subject: a year with its table and pictures, the trace of a line, exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.carbon import exports, pictures, wording
from sinhthai.carbon.models import ActivityRow
from sinhthai.carbon.readers import activities as rows_reader
from sinhthai.carbon.readers.inventory import Book, Shown, Source, open_book
from sinhthai.carbon.subject import Subject
from sinhthai.carbon.views.shell import drawn, number_of, open_subject, sees_drafts, shell
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.numbers import format_number
from sinhthai.reporting.views.answers import file_response, language_of

MEDIA = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "xlsx": exports.XLSX,
    "pdf": "application/pdf",
}


@require_GET
def inventory(request: HttpRequest, code: str, of: str) -> HttpResponse:
    """Show a year: totals, table by source and gas, duty by law, pictures, versions."""
    subject = open_subject(request, code, of)
    book = open_book(subject, drafts=sees_drafts(request, subject))
    shown = _asked(request, book)
    page = shell(request, subject, "inventory") | {"years": _years(book, subject, shown)}
    if shown is None:
        kinds = wording.kinds_offered()
        return render(request, "carbon/empty.html", page | {"kinds": kinds})
    language = language_of(request)
    return render(
        request,
        "carbon/inventory.html",
        page
        | year_page(shown, language)
        | {
            "versions": book.versions.get(shown.year, ()),
            "published": book.versions.get(shown.year, (None,))[0],
            "has_moved": shown.locked is None and book.has_moved(shown.year),
            "draft_exists": shown.year in book.drafts,
            "withdrawn": _withdrawn(subject, shown, language)
            if page["inside"] and shown.locked is None
            else [],
            "scopes_picture": drawn(pictures.scopes_picture(pictures.years_shown(book), language)),
            "trend": _trend(book),
            "energy_picture": drawn(pictures.energy_picture(shown, language)),
            "energy": _energy(shown),
            "difference": difference_rows(shown.locked.difference) if shown.locked else None,
        },
    )


@require_GET
def line(request: HttpRequest, code: str, of: str, year: int, line: str) -> HttpResponse:
    """Answer "why?": what was said, by whom, the formula of each gas, its factors and cards."""
    subject = open_subject(request, code, of)
    book = open_book(subject, drafts=sees_drafts(request, subject))
    version = number_of(request, "version")
    shown = book.shown(year, version)
    source = next((s for s in shown.sources if s.activity.line == line), None) if shown else None
    row = shown.rows.get(line) if shown else None
    if source is None:
        row = _withdrawn_row(request, subject, year, line)
        if row is None:
            raise Http404("no such line")
    what = source.activity.what if source else row.what if row else ""
    language = language_of(request)
    steps = rows_reader.history(subject, row) if row else []
    return render(
        request,
        "carbon/line.html",
        shell(request, subject, "inventory")
        | {
            "year": year,
            "line": line,
            "shown": shown,
            "row": row,
            "source": source,
            "said": _said_source(source, shown, language) if source and shown else None,
            "gases": _gases(source, shown, language) if source and shown else [],
            "factors": _factors(source, shown) if source and shown else [],
            "cards": _cards(source, shown) if source and shown else [],
            "steps": _steps(steps, language),
            "own": _own(source, language) if source else [],
            "back": f"{subject.url('inventory')}?year={year}"
            + (f"&version={version}" if version else ""),
            "title": wording.what_name(what),
            "edit_url": subject.url("edit", year=year, line=line),
            "withdraw_url": subject.url("withdraw", year=year, line=line),
            "restore_url": subject.url("restore", year=year, line=line),
        },
    )


@require_GET
def export(request: HttpRequest, code: str, of: str, fmt: str) -> HttpResponse:
    """Give the year as Excel or PDF, or one of its pictures as SVG or PNG."""
    subject = open_subject(request, code, of)
    book = open_book(subject, drafts=sees_drafts(request, subject))
    shown = _asked(request, book)
    if fmt not in MEDIA or shown is None:
        raise Http404("no such file")
    language = language_of(request)
    name = f"{_('Greenhouse gas inventory')} {subject.code} {shown.year}"
    if fmt == "xlsx":
        return file_response(exports.inventory_file(shown, language), f"{name}.xlsx", exports.XLSX)
    if fmt == "pdf":
        if shown.refused:
            raise Http404("a line cannot be computed: there is no paper of it yet")
        content = exports.inventory_paper(shown, language)
        return file_response(content, f"{name}.pdf", MEDIA["pdf"])
    svg = (
        pictures.energy_picture(shown, language)
        if request.GET.get("picture") == "energy"
        else pictures.scopes_picture(pictures.years_shown(book), language)
    )
    if not svg:
        raise Http404("nothing to draw")
    content = svg.encode() if fmt == "svg" else pictures.png_of(svg)
    return file_response(content, f"{name}.{fmt}", MEDIA[fmt])


def year_page(shown: Shown, language: str) -> dict[str, Any]:
    """Return the totals, table and duty of one inventory."""
    factors = load_factors()
    sources = shown.sources
    return {
        "shown": shown,
        "year": shown.year,
        "locked": shown.locked,
        "whole": shown.whole,
        "totals": [
            (wording.SCOPES[scope], shown.totals[scope])
            for scope in (1, 2, 3)
            if scope in shown.totals
        ],
        "sources": [_said_source(one, shown, language) for one in sources],
        "flags": _flags(sources, language),
        "biogenic": sum(one.biogenic_t or 0.0 for one in sources),
        "biogenic_open": any(one.biogenic_open for one in sources),
        "outside": sum(one.outside_t or 0.0 for one in sources),
        "outside_open": any(one.outside_open for one in sources),
        "has_other": any(one.co2e("") is not None for one in sources),
        "duty": shown.duty,
        "duty_said": wording.OUTCOMES[shown.duty.outcome],
        "tests": [(test, wording.OUTCOMES[test.outcome]) for test in shown.duty.tests],
        "policy_said": wording.POLICIES[shown.settings.policy],
        "factors_hash": shown.pinned.inventory.factors_hash[:12],
        "factors_now": factors.hash[:12],
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table as it is shown."""

    scope: int
    line: str
    name: Any
    kind: Any
    category: Any
    quantity: str
    gases: tuple[float | None, ...]
    total: float | None
    low: float | None
    high: float | None
    biogenic: float | None
    outside: float | None
    flags: tuple[Any, ...]
    problems: tuple[tuple[str, str], ...]
    origin: str
    from_park: bool
    url: str


def _said_source(one: Source, shown: Shown, language: str) -> Row:
    activity, part = one.activity, one.part
    row = shown.rows.get(activity.line)
    version = f"?version={shown.locked.version}" if shown.locked else ""
    known = part if part is not None and not part.unknown else None
    return Row(
        scope=activity.scope,
        line=activity.line,
        name=wording.what_name(activity.what),
        kind=wording.kind_name(activity.kind),
        category=wording.category_name(activity.kind, activity.category)
        if activity.category
        else "",
        quantity=wording.said_quantity(activity, language),
        gases=tuple(one.co2e(gas) for gas in ("CO2", "CH4", "N2O", "")),
        total=known.known if known else None,
        low=known.known - known.half_width if known else None,
        high=known.known + known.half_width if known else None,
        biogenic=one.biogenic_t,
        outside=one.outside_t,
        flags=tuple({flag for line in one.gases for flag in line.flags}),
        problems=tuple((p.message.get(language), p.cure.get(language)) for p in one.problems),
        origin=row.get_origin_display() if row and row.origin == "reported" else "",
        from_park=bool(activity.supplier),
        url=shown.subject.url("line", year=shown.year, line=activity.line) + version,
    )


def _flags(sources: list[Source], language: str) -> list[tuple[str, list[str]]]:
    """Return every flag once, with the lines it touches."""
    found: dict[str, list[str]] = {}
    for one in sources:
        for gas in one.gases:
            for flag in gas.flags:
                lines = found.setdefault(flag.get(language), [])
                name = wording.what_name(one.activity.what).get(language)
                if name not in lines:
                    lines.append(name)
    return list(found.items())


def _asked(request: HttpRequest, book: Book) -> Shown | None:
    """Return the inventory of ``?year=`` and ``?version=``; the newest year where none is named."""
    if not book.years:
        return None
    year = number_of(request, "year")
    shown = book.shown(year or book.years[-1], number_of(request, "version"))
    if shown is None:
        raise Http404("nothing of that year")
    return shown


def _years(book: Book, subject: Subject, shown: Shown | None) -> list[dict[str, Any]]:
    return [
        {
            "year": year,
            "url": f"{subject.url('inventory')}?year={year}",
            "is_now": shown is not None and shown.year == year,
            "is_locked": year in book.versions,
        }
        for year in reversed(book.years)
    ]


def _trend(book: Book) -> list[dict[str, Any]]:
    return [
        {
            "year": one.year,
            "is_locked": one.locked is not None,
            "scopes": [one.totals.get(scope) for scope in (1, 2, 3)],
            "whole": one.whole,
        }
        for one in pictures.years_shown(book)
    ]


def _energy(shown: Shown) -> list[tuple[Any, Any, float | None]]:
    return [
        (wording.what_name(use.what), wording.kind_name(use.kind), use.toe)
        for use in shown.pinned.energy
    ]


def difference_rows(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return the explanation of a recalculation in tonnes, as it is shown."""
    if not data:
        return None
    causes: dict[str, int] = {}
    for _line, _what, _gas, cause, grams in data["changes"]:
        causes[cause] = causes.get(cause, 0) + grams
    return {
        "from": data["from"],
        "before": data["before"] / 1e6,
        "after": data["after"] / 1e6,
        "total": (data["after"] - data["before"]) / 1e6,
        "causes": [(wording.CAUSES[cause], grams / 1e6) for cause, grams in causes.items()],
        "changes": [
            (line, wording.what_name(what), gas, wording.CAUSES[cause], grams / 1e6)
            for line, what, gas, cause, grams in data["changes"]
        ],
    }


def _withdrawn(subject: Subject, shown: Shown, language: str) -> list[dict[str, str]]:
    return [
        {
            "name": wording.what_name(row.what).get(language),
            "url": subject.url("line", year=row.year, line=row.line),
        }
        for row in rows_reader.withdrawn_rows(subject, shown.year)
    ]


def _withdrawn_row(
    request: HttpRequest, subject: Subject, year: int, line: str
) -> ActivityRow | None:
    if not sees_drafts(request, subject) or request.GET.get("version"):
        return None
    return ActivityRow.objects.filter(
        **subject.where, year=year, line=line, is_current=True
    ).first()


def _gases(source: Source, shown: Shown, language: str) -> list[dict[str, Any]]:
    return [
        {
            "gas": gas.gas,
            "formula": gas.formula,
            "quantity": wording.said_quantity(source.activity, language),
            "mass": gas.mass_t,
            "potential": gas.potential,
            "co2e": gas.co2e_t,
            "low": gas.low_t,
            "high": gas.high_t,
            "is_biogenic": gas.is_biogenic,
            "is_outside": gas.is_outside,
            "tier": gas.tier,
        }
        for gas in source.gases
    ]


def _factors(source: Source, shown: Shown) -> list[Any]:
    """Return every factor of a line once, in the order of its formulas."""
    ids = dict.fromkeys(id for gas in source.gases for id in gas.factors)
    return [shown.pinned.factors[id] for id in ids]


def _cards(source: Source, shown: Shown) -> list[dict[str, Any]]:
    """Return the cards of the tables this line's numbers come from, each once."""
    cards = load_factors().cards
    found = {}
    for gas in source.gases:
        for id in gas.factors:
            factor = shown.pinned.factors[id]
            if factor.table in cards:
                found[factor.table] = cards[factor.table]
    return [{"card": card} for card in found.values()]


def _own(source: Source, language: str) -> list[tuple[str, str]]:
    from sinhthai.carbon.workbook.columns import by_kind

    names = by_kind(source.activity.kind)
    return [
        (
            names[key].name.get(language) if key in names else key,
            f"{format_number(value, language)} {names[key].unit if key in names else ''}".strip(),
        )
        for key, value in source.activity.parameters.items()
    ]


_TOLD = ("what", "quantity", "unit", "category", "scope", "parameters", "uncertainty",
         "from_park", "note", "is_withdrawn")  # fmt: skip


def _steps(rows: list[ActivityRow], language: str) -> list[dict[str, Any]]:
    """Return what was ever said of a line, newest first, each with what it changed."""
    found = []
    for at, row in enumerate(rows):
        before = rows[at + 1] if at + 1 < len(rows) else None
        changes = [
            (
                wording.FIELDS[name].get(language),
                wording.said_value(name, getattr(before, name), language),
                wording.said_value(name, getattr(row, name), language),
            )
            for name in _TOLD
            if before is not None and getattr(before, name) != getattr(row, name)
        ]
        found.append({"row": row, "changes": changes, "is_first": before is None})
    return found
