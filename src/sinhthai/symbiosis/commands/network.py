"""``sinhthai network``: the best exchange network of a park's workbook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.network import Front, Network

BAD_INPUT, NO_NETWORK = 2, 1
_OBJECTIVES = ("cost", "co2", "pareto")
_FORMATS = ("table", "json", "xlsx")
_PIPED_WIDTH = 110


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("network")(network)


def network(
    park: Annotated[str, typer.Argument(help="The park's workbook (.xlsx).")] = "",
    objective: Annotated[str, typer.Option(help="cost, co2 or pareto.")] = "cost",
    seconds: Annotated[float, typer.Option(help="Stop after so long with the best found.")] = 60.0,
    gap: Annotated[float, typer.Option(help="Distance to the bound that is good enough.")] = 1e-4,
    form: Annotated[str, typer.Option("--format", help="table, json or xlsx.")] = "table",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="Write an empty workbook to fill in instead.")
    ] = False,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Find which links and treatment units to build, what flows, and what it is worth.

    Exit code 0: a network was found; 1: there is none, or none was found in time; 2: bad input.
    """
    language = lang if lang in ("vi", "en") else "vi"
    try:
        if template:
            _write(_template(), output, "xlsx")
            return
        _check_options(objective, seconds, gap, form)
        front = _solve(_read(park), objective, seconds, gap)
        _report(front, form, output, language)
    except InputError as error:
        for problem in error.problems:
            typer.echo(f"✕ {problem.say(language)}", err=True)
        raise typer.Exit(BAD_INPUT) from None
    found = all(design.status in ("optimal", "stopped") for design in front.designs)
    raise typer.Exit(0 if found else NO_NETWORK)


def _read(park: str) -> Network:
    from sinhthai.symbiosis.engine.network.workbook import read_park

    path = Path(park)
    if not park or not path.is_file():
        raise InputError([_no_file(park)])
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError([_unreadable(park, error)]) from error
    return read_park(content, path.name)


def _solve(given: Network, objective: str, seconds: float, gap: float) -> Front:
    from sinhthai.symbiosis.engine.network import Effort, Front, pareto, solve

    effort = Effort(seconds=seconds, gap=gap)
    if objective == "pareto":
        return pareto(given, effort=effort)
    if objective == "co2":
        return Front((solve(given, objective="co2", effort=effort),))
    return Front((solve(given, effort=effort),))


def _template() -> bytes:
    from sinhthai.symbiosis.engine.network import Network
    from sinhthai.symbiosis.engine.network.workbook import write_park

    return write_park(Network((), (), (), ()))


def _report(front: Front, form: str, output: Path | None, language: str) -> None:
    if form == "json":
        from sinhthai.symbiosis.engine.network.report import as_json

        _write(as_json(front, language), output, form)
    elif form == "xlsx":
        from sinhthai.symbiosis.engine.network.report import as_workbook

        _write(as_workbook(front, language), output, form)
    else:
        from rich.console import Console

        from sinhthai.symbiosis.commands.network_table import print_front

        if output is None:
            width = None if sys.stdout.isatty() else _PIPED_WIDTH
            print_front(Console(width=width), front, language)
            return
        import io

        page = io.StringIO()
        print_front(Console(file=page, width=_PIPED_WIDTH), front, language)
        _write(page.getvalue().encode(), output, form)


def _write(data: bytes, output: Path | None, form: str) -> None:
    if output is not None:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise InputError([_not_written(output, error)]) from error
        typer.echo(str(output), err=True)
        return
    if form == "xlsx" and sys.stdout.isatty():
        raise InputError([_needs_file()])
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _check_options(objective: str, seconds: float, gap: float, form: str) -> None:
    problems = [
        _option(name, value, allowed)
        for name, value, allowed in (
            ("--objective", objective, _OBJECTIVES),
            ("--format", form, _FORMATS),
        )
        if value not in allowed
    ]
    problems += [
        _option(name, f"{value:g}", ("> 0",))
        for name, value in (("--seconds", seconds), ("--gap", gap))
        if not value > 0
    ]
    if problems:
        raise InputError(problems)


def _option(name: str, value: str, allowed: tuple[str, ...]) -> Problem:
    return Problem(
        "option",
        Text(f"{name}: không nhận “{value}”.", f"{name}: “{value}” is not accepted."),
        Text(f"Dùng: {', '.join(allowed)}.", f"Use: {', '.join(allowed)}."),
    )


def _no_file(park: str) -> Problem:
    return Problem(
        "no_file",
        Text("Không có tệp này.", "There is no such file."),
        Text(
            "Kiểm tra đường dẫn; sổ mẫu: sinhthai network --template -o park.xlsx",
            "Check the path; for a template: sinhthai network --template -o park.xlsx",
        ),
        Place(park),
    )


def _unreadable(park: str, error: OSError) -> Problem:
    return Problem(
        "file_unreadable",
        Text("Không đọc được tệp ({why}).", "The file cannot be read ({why}).").format(
            why=error.strerror
        ),
        Text("Kiểm tra quyền đọc tệp.", "Check the rights of the file."),
        Place(park),
    )


def _not_written(path: Path, error: OSError) -> Problem:
    return Problem(
        "not_written",
        Text("Không ghi được tệp ({why}).", "The file cannot be written ({why}).").format(
            why=error.strerror
        ),
        Text("Chọn thư mục khác sau -o.", "Choose another folder after -o."),
        Place(str(path)),
    )


def _needs_file() -> Problem:
    return Problem(
        "needs_file",
        Text("Sổ Excel không in ra màn hình được.", "A workbook cannot be shown in a terminal."),
        Text("Thêm -o ket-qua.xlsx.", "Add -o result.xlsx."),
    )
