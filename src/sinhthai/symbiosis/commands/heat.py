"""``sinhthai heat``: how much heat a list of streams can recover, and what is left to buy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, read_bytes, show, tell
from sinhthai.foundation.console.messages import negative, not_positive
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.heat.neighbours import PipeTerms
    from sinhthai.symbiosis.engine.heat.stream_files import HeatFile
    from sinhthai.symbiosis.engine.heat.study import HeatStudy

FORMATS = ("table", "json", "xlsx", "svg")
_METRES = 1000.0
BAD_INPUT, NOTHING_RECOVERED = 2, 1


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("heat")(heat)


def heat(
    streams: Annotated[Path, typer.Argument(help="Heat streams: .csv or .xlsx.")],
    dtmin: Annotated[
        float, typer.Option(help="Least temperature difference, K; half for each stream.")
    ] = 10.0,
    utilities: Annotated[
        Path | None, typer.Option(help="Levels of steam, hot and cooling water: .csv or .xlsx.")
    ] = None,
    matches: Annotated[
        bool, typer.Option("--matches", help="Find the fewest heat-exchange matches.")
    ] = False,
    seconds: Annotated[float, typer.Option(help="Time to look for matches, and for pipes.")] = 60.0,
    heat_value: Annotated[
        float | None,
        typer.Option(help="Value of heat, VND/MWh; with the pipe costs, join neighbours."),
    ] = None,
    pipe_fixed: Annotated[float | None, typer.Option(help="Cost of one connection, VND.")] = None,
    pipe_km: Annotated[float | None, typer.Option(help="Cost of a kilometre of pipe, VND.")] = None,
    drop: Annotated[float, typer.Option(help="Kelvin lost a kilometre.")] = 1.0,
    within: Annotated[float, typer.Option(help="Farthest neighbour, km.")] = 5.0,
    emission: Annotated[
        float | None, typer.Option(help="t CO2 a MWh of the heat replaced.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, json, xlsx or svg.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Print hot and cold utility, pinch, recovery and the curves of a list of heat streams.

    Exit code 0: heat can be recovered; 1: none; 2: bad input.
    """
    from sinhthai.symbiosis.engine.heat.study import Asked, study

    language = lang if lang in ("vi", "en") else "vi"
    try:
        chosen = chosen_format(form, output, FORMATS)
        pipes = _pipes(heat_value, pipe_fixed, pipe_km, drop, emission)
        if seconds <= 0 or within <= 0:
            raise InputError([not_positive("--seconds" if seconds <= 0 else "--within")])
        asked = Asked(seconds if matches else None, pipes, within * _METRES, seconds)
        file = _read(streams, utilities, dtmin)
        if pipes is not None and not file.places:
            raise InputError([_no_places(streams)])
        done = study(file, dtmin, asked)
        tell(done.warnings, language)
        _write(done, chosen, output, language)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    table = done.whole.table
    raise typer.Exit(0 if table.recovery > table.rounding else NOTHING_RECOVERED)


def _read(path: Path, utilities: Path | None, dtmin: float) -> HeatFile:
    from sinhthai.symbiosis.engine.heat.stream_files import read_heat, read_utilities

    file = read_heat(path.name, read_bytes(path), least=dtmin)
    if utilities is None:
        return file
    levels = read_utilities(utilities.name, read_bytes(utilities), least=dtmin)
    return replace(file, utilities=levels)


def _pipes(
    heat_value: float | None,
    fixed: float | None,
    per_km: float | None,
    drop: float,
    emission: float | None,
) -> PipeTerms | None:
    """Return the terms of pipes; None when none is given, an error when only some are."""
    from sinhthai.symbiosis.engine.heat.neighbours import PipeTerms

    given = {"--heat-value": heat_value, "--pipe-fixed": fixed, "--pipe-km": per_km}
    if all(value is None for value in given.values()):
        return None
    missing = [name for name, value in given.items() if value is None]
    if missing:
        message = Text(
            "Để nối láng giềng còn thiếu {missing}.", "To join neighbours, {missing} is missing."
        ).format(missing=", ".join(missing))
        cure = Text("Ghi đủ cả ba; 0 cũng phải ghi.", "Give all three, also where it is 0.")
        raise InputError([Problem("terms_missing", message, cure, Place("heat"))])
    figures = {**given, "--drop": drop, "--emission": emission}
    if wrong := [name for name, value in figures.items() if value is not None and value < 0]:
        raise InputError([negative(name) for name in wrong])
    return PipeTerms(
        heat_value or 0.0, fixed or 0.0, per_km or 0.0, drop_per_km=drop, emission=emission
    )


def _no_places(path: Path) -> Problem:
    return Problem(
        "no_places",
        Text(
            "Không có vị trí doanh nghiệp nên không tính được đường ống.",
            "Without the places of the enterprises no pipe can be found.",
        ),
        Text(
            "Thêm trang “Doanh nghiệp”: tên, vĩ độ, kinh độ, số ngày chạy một năm.",
            "Add a sheet “Enterprises”: name, latitude, longitude, days a year.",
        ),
        Place(path.name),
    )


def _write(done: HeatStudy, form: str, output: Path | None, language: str) -> None:
    if form == "table":
        from sinhthai.symbiosis.commands.heat_table import print_study

        show(lambda console: print_study(console, done, language), output)
    else:
        put(_document(done, form, language), output)


def _document(done: HeatStudy, form: str, language: str) -> bytes:
    if form == "json":
        from sinhthai.symbiosis.engine.heat.as_data import as_data

        return as_json(as_data(done, language))
    if form == "svg":
        from sinhthai.symbiosis.engine.heat.picture import picture

        return picture(done, language).encode()
    from sinhthai.symbiosis.commands.heat_workbook import workbook

    return workbook(done, language)
