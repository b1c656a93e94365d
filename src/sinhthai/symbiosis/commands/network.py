"""``sinhthai network``: the best exchange network of a park's workbook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import (
    as_json,
    check_terminal,
    format_asked,
    put,
    read_bytes,
    show,
    tell,
)
from sinhthai.foundation.console.messages import not_one_of, not_positive
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.network import Front, Network

BAD_INPUT, NO_NETWORK = 2, 1
_OBJECTIVES = ("cost", "co2", "pareto")
_FORMATS = ("table", "json", "xlsx")


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("network")(network)


def network(
    park: Annotated[str, typer.Argument(help="The park's workbook (.xlsx).")] = "",
    objective: Annotated[str, typer.Option(help="cost, co2 or pareto.")] = "cost",
    seconds: Annotated[float, typer.Option(help="Stop after so long with the best found.")] = 60.0,
    gap: Annotated[float, typer.Option(help="Distance to the bound that is good enough.")] = 1e-4,
    form: Annotated[str, typer.Option("--format", help="table, json or xlsx.")] = "",
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
            check_terminal("xlsx", output)
            put(_template(), output)
            return
        chosen = format_asked(form, output)
        _check_options(objective, seconds, gap, chosen)
        check_terminal(chosen, output)
        front = _solve(_read(park), objective, seconds, gap)
        _write(front, chosen, output, language)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    found = all(design.status in ("optimal", "stopped") for design in front.designs)
    raise typer.Exit(0 if found else NO_NETWORK)


def _read(park: str) -> Network:
    from sinhthai.symbiosis.engine.network.workbook import read_park

    path = Path(park)
    if not park or not path.is_file():
        raise InputError([_no_file(park)])
    return read_park(read_bytes(path), path.name)


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


def _write(front: Front, form: str, output: Path | None, language: str) -> None:
    if form == "table":
        from sinhthai.symbiosis.commands.network_table import print_front

        show(lambda console: print_front(console, front, language), output)
    elif form == "json":
        from sinhthai.symbiosis.engine.network.as_data import as_data

        put(as_json(as_data(front, language)), output)
    else:
        from sinhthai.symbiosis.commands.network_workbook import workbook

        put(workbook(front, language), output)


def _check_options(objective: str, seconds: float, gap: float, form: str) -> None:
    choices = (("--objective", objective, _OBJECTIVES), ("--format", form, _FORMATS))
    problems = [not_one_of(*choice) for choice in choices if choice[1] not in choice[2]]
    figures = (("--seconds", seconds), ("--gap", gap))
    problems += [not_positive(name) for name, value in figures if not value > 0]
    if problems:
        raise InputError(problems)


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
