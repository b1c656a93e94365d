"""``sinhthai heat``: how much heat a list of streams can recover, and what is left to buy."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.heat.neighbours import PipeTerms
    from sinhthai.symbiosis.engine.heat.stream_files import HeatFile
    from sinhthai.symbiosis.engine.heat.study import HeatStudy

FORMATS = ("table", "json", "xlsx", "svg")
_BINARY = ("xlsx",)
_PIPED_WIDTH = 100
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
        chosen = _format(form, output)
        pipes = _pipes(heat_value, pipe_fixed, pipe_km, drop, emission)
        if seconds <= 0 or within <= 0:
            raise InputError([_not_positive("--seconds" if seconds <= 0 else "--within")])
        asked = Asked(seconds if matches else None, pipes, within * _METRES, seconds)
        file = _read(streams, utilities, dtmin)
        if pipes is not None and not file.places:
            raise InputError([_no_places(streams)])
        done = study(file, dtmin, asked)
        for warning in done.warnings:
            typer.echo(f"! {warning.say(language)}", err=True)
        _write(done, chosen, output, language)
    except InputError as error:
        for problem in error.problems:
            mark = "✕" if problem.severity == "error" else "!"
            typer.echo(f"{mark} {problem.say(language)}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    table = done.whole.table
    raise typer.Exit(0 if table.recovery > table.rounding else NOTHING_RECOVERED)


def _read(path: Path, utilities: Path | None, dtmin: float) -> HeatFile:
    from sinhthai.symbiosis.engine.heat.stream_files import read_heat, read_utilities

    file = read_heat(path.name, _bytes(path), least=dtmin)
    if utilities is None:
        return file
    levels = read_utilities(utilities.name, _bytes(utilities), least=dtmin)
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
        raise InputError([_not_positive(name) for name in wrong])
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


def _not_positive(option: str) -> Problem:
    return Problem(
        "not_positive",
        Text("Giá trị không được âm.", "The value cannot be negative or nothing."),
        Text("Ghi một số dương.", "Write a positive number."),
        Place(option),
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            [
                Problem(
                    "file_unreadable",
                    Text("Không đọc được tệp ({why}).", "The file cannot be read ({why}).").format(
                        why=error.strerror
                    ),
                    Text("Kiểm tra đường dẫn và quyền đọc.", "Check the path and its rights."),
                    Place(str(path)),
                )
            ]
        ) from None


def _format(form: str, output: Path | None) -> str:
    chosen = form or (output.suffix.lstrip(".").lower() if output else "") or "table"
    if chosen == "txt":
        chosen = "table"
    if chosen not in FORMATS:
        raise InputError(
            [
                Problem(
                    "format_unknown",
                    Text("Không có định dạng “{form}”.", "There is no format “{form}”.").format(
                        form=chosen
                    ),
                    Text("Chọn table, json, xlsx hoặc svg.", "Choose table, json, xlsx or svg."),
                    Place("--format"),
                )
            ]
        )
    if chosen in _BINARY and output is None and sys.stdout.isatty():
        raise InputError(
            [
                Problem(
                    "needs_file",
                    Text("Sổ Excel cần một tệp.", "A workbook needs a file."),
                    Text("Thêm -o nhiet.xlsx.", "Add -o heat.xlsx."),
                    Place("--output"),
                )
            ]
        )
    return chosen


def _write(done: HeatStudy, form: str, output: Path | None, language: str) -> None:
    if form == "table" and output is None:
        from rich.console import Console

        from sinhthai.symbiosis.commands.heat_table import print_study

        print_study(Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH), done, language)
        return
    data = _document(done, form, language)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InputError(
            [
                Problem(
                    "not_written",
                    Text(
                        "Không ghi được tệp ({why}).", "The file cannot be written ({why})."
                    ).format(why=error.strerror),
                    Text("Chọn thư mục khác sau -o.", "Choose another folder after -o."),
                    Place(str(output)),
                )
            ]
        ) from None
    typer.echo(str(output), err=True)


def _document(done: HeatStudy, form: str, language: str) -> bytes:
    if form == "json":
        import json

        from sinhthai.symbiosis.engine.heat.as_data import as_data

        return (
            json.dumps(as_data(done, language), ensure_ascii=False, indent=1, allow_nan=False)
            + "\n"
        ).encode()
    if form == "svg":
        from sinhthai.symbiosis.engine.heat.picture import picture

        return picture(done, language).encode()
    if form == "xlsx":
        from sinhthai.symbiosis.commands.heat_workbook import workbook

        return workbook(done, language)
    import io

    from rich.console import Console

    from sinhthai.symbiosis.commands.heat_table import print_study

    out = io.StringIO()
    print_study(Console(file=out, width=_PIPED_WIDTH), done, language)
    return out.getvalue().encode()
