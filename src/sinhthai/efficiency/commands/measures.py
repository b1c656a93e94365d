"""``sinhthai measures``: the catalogue of measures, and those that fit a site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, show, tell
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.efficiency.engine.model import Measure

NOTHING_FOUND, BAD_INPUT = 1, 2
FORMATS = ("table", "json", "xlsx")
_NONE = Text("Không có giải pháp nào như vậy.", "There is no such measure.")
_POTENTIAL = Text(
    "Tiềm năng, không phải kết quả; không cộng các dòng với nhau.",
    "Potential, not results; the lines are not to be added together.",
)
_Pairs = Annotated[
    list[str] | None,
    typer.Option("--used", help="What the site uses a year: electricity=4000, diesel (unmetered)."),
]


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("measures")(measures)


def measures(
    sector: Annotated[str, typer.Option(help="ISIC or VSIC code: measures that suit it.")] = "",
    use: Annotated[str, typer.Option(help="Use, carrier or area: steam, electricity, water.")] = "",
    search: Annotated[str, typer.Option(help="Words; diacritics are not needed.")] = "",
    used: _Pairs = None,
    metered: Annotated[
        list[str] | None,
        typer.Option(
            "--metered", help="A use a year: electricity.lighting=200, anthracite:fuel.boiler=700."
        ),
    ] = None,
    price: Annotated[
        list[str] | None,
        typer.Option("--price", help="VND per MWh, t or m3 of a carrier: electricity=1900000."),
    ] = None,
    employees: Annotated[int | None, typer.Option(help="How many people work there.")] = None,
    year: Annotated[int | None, typer.Option(help="Of the emission factors; else no CO2.")] = None,
    form: Annotated[str, typer.Option("--format", help="table, json or xlsx.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """List the measures of the catalogue, each figure with its source and how sure it is.

    With --used or --metered: those that fit the site, ranked, with what they could save.

    Exit code 1: none; 2: bad input.
    """
    from sinhthai.efficiency.commands import measures_table as written
    from sinhthai.efficiency.commands.measures_site import read_site
    from sinhthai.efficiency.engine.catalogue import load_catalogue
    from sinhthai.efficiency.engine.suggest import suggest

    language = lang if lang in ("vi", "en") else "vi"
    try:
        chosen = chosen_format(form, output, FORMATS)
        found = _matching(load_catalogue(), sector, use, search)
        if used or metered:
            site = read_site(sector, used or (), metered or (), price or (), employees, year)
            kept = {measure.id for measure in found}
            suggestions = tuple(one for one in suggest(site) if one.measure.id in kept)
            rows, headings = written.suggested(suggestions, language), written.SUGGESTED
            data = written.suggested_data(suggestions)
        else:
            rows, headings = written.listed(found, language), written.LISTED
            data = written.listed_data(found)
        if not rows:
            typer.echo(_NONE.get(language), err=True)
            raise typer.Exit(NOTHING_FOUND)
        if chosen == "json":
            put(as_json(data), output)
        elif chosen == "xlsx":
            put(written.as_workbook(headings, rows, language), output)
        else:
            show(lambda console: written.print_rows(headings, rows, language, console), output)
        if used or metered:
            typer.echo(_POTENTIAL.get(language), err=True)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None


def _matching(
    all_measures: tuple[Measure, ...], sector: str, use: str, search: str
) -> tuple[Measure, ...]:
    from sinhthai.efficiency.engine.catalogue import AREAS, load_whole_catalogue, suits
    from sinhthai.efficiency.engine.catalogue import search as say_words

    found: Sequence[Measure] = say_words(all_measures, search) if search else all_measures
    if sector:
        if len("".join(mark for mark in sector if mark.isdigit())) < 2:
            raise InputError([_no_division(sector)])
        found = [measure for measure in found if suits(measure, sector)]
    if use:
        uses = load_whole_catalogue().uses
        known = {*uses, *AREAS, *(part for one in uses for part in one.split("."))}
        if use not in known:
            raise InputError([_unknown_use(use, sorted(known))])
        found = [
            measure
            for measure in found
            if use in (measure.use, measure.area, *measure.use.split("."))
        ]
    return tuple(found)


def _no_division(sector: str) -> Problem:
    return Problem(
        "no-division",
        Text(f"«{sector}» không phải mã ngành.", f"'{sector}' is no code of a sector."),
        Text("Ghi ít nhất hai chữ số, ví dụ 10 hoặc 1311.", "Give two digits or more: 10, 1311."),
        Place("--sector"),
    )


def _unknown_use(use: str, known: Sequence[str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(use, known, n=5, cutoff=0.4) or ("electricity", "steam", "water")
    return Problem(
        "unknown-use",
        Text(f"Không có mục sử dụng «{use}».", f"There is no use '{use}'."),
        Text(f"Có phải: {', '.join(near)}?", f"Did you mean: {', '.join(near)}?"),
        Place("--use"),
    )
