"""``sinhthai water``: how little fresh water a list of users needs, and who gives whom what."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, read_bytes, show, tell
from sinhthai.foundation.numbers import NumberError, parse_amount
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.water.study import WaterStudy

FORMATS = ("table", "json", "xlsx", "svg")
BAD_INPUT, NOTHING_SAVED = 2, 1


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("water")(water)


def water(
    processes: Annotated[
        Path, typer.Argument(help="Processes, or sources and sinks of water: .csv or .xlsx.")
    ],
    fresh: Annotated[
        str, typer.Option(help="Fresh water, mg/L: one for all, or 'salt=10; COD=0'.")
    ] = "0",
    regeneration: Annotated[
        str, typer.Option(help="A shared plant cleans to this, mg/L; like --fresh.")
    ] = "",
    price: Annotated[
        str, typer.Option(help="Price of fresh water, VND/m3; without it no money is said.")
    ] = "",
    hours: Annotated[float, typer.Option(help="Hours a year the processes run.")] = 8000.0,
    seconds: Annotated[float, typer.Option(help="Time to look for each network.")] = 20.0,
    form: Annotated[str, typer.Option("--format", help="table, json, xlsx or svg.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Print the least fresh water of a list of users, its pinch, savings and the pipes.

    Exit code 0: water can be saved; 1: none, or no network exists; 2: bad input.
    """
    from sinhthai.symbiosis.engine.water.process_files import read_water
    from sinhthai.symbiosis.engine.water.study import Asked, study

    language = lang if lang in ("vi", "en") else "vi"
    try:
        chosen = chosen_format(form, output, FORMATS)
        asked = Asked(hours, _price(price), seconds, _limit(seconds))
        asked.check()
        data = read_bytes(processes)
        file = read_water(processes.name, data, fresh=fresh, cleaned=regeneration)
        done = study(file, asked)
        tell(file.warnings, language)
        _write(done, chosen, output, language)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if done.saves else NOTHING_SAVED)


def _price(written: str) -> float | None:
    """Return the price [VND/m3]; None when none is given."""
    if not written.strip():
        return None
    try:
        amount = parse_amount(written)
        return convert(amount.value, amount.unit or "VND/m**3", "VND/m**3")
    except (NumberError, UnitError) as error:
        raise InputError(
            [Problem("price_wrong", error.message, error.cure, Place("--price"))]
        ) from None


def _limit(seconds: float) -> Callable[[], Callable[[], bool]]:
    def start() -> Callable[[], bool]:
        ends = time.monotonic() + seconds
        return lambda: time.monotonic() > ends

    return start


def _write(done: WaterStudy, form: str, output: Path | None, language: str) -> None:
    if form == "table":
        from sinhthai.symbiosis.commands.water_table import print_study

        show(lambda console: print_study(console, done, language), output)
    else:
        put(_document(done, form, language), output)


def _document(done: WaterStudy, form: str, language: str) -> bytes:
    if form == "json":
        from sinhthai.symbiosis.engine.water.as_data import as_data

        return as_json(as_data(done, language))
    if form == "svg":
        from sinhthai.symbiosis.engine.water.picture import picture

        drawn = picture(done, language)
        if drawn is None:
            raise InputError([_no_curve()])
        return drawn.encode()
    from sinhthai.symbiosis.commands.water_workbook import workbook

    return workbook(done, language)


def _no_curve() -> Problem:
    return Problem(
        "no_curve",
        Text(
            "Không có đường cong để vẽ: nhiều chất bẩn, hoặc không mạng nào đáp ứng được.",
            "There is no curve to draw: several contaminants, or no network serves.",
        ),
        Text("Dùng --format table, json hoặc xlsx.", "Use --format table, json or xlsx."),
        Place("--format"),
    )
