"""``sinhthai assign``: which exchanges of a list of streams are best together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, show, tell
from sinhthai.foundation.console.messages import not_positive
from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.commands.match_messages import left_out, no_target
from sinhthai.symbiosis.commands.streams_asked import day_of, kilometres, streams_of

if TYPE_CHECKING:
    import datetime as dt

    from sinhthai.foundation.problems import Problem
    from sinhthai.symbiosis.engine.assignment import Plan
    from sinhthai.symbiosis.engine.matches import Matches
    from sinhthai.symbiosis.engine.streams import Streams

FORMATS = ("table", "json", "xlsx")
BAD_INPUT, NOTHING_FOUND = 2, 1


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("assign")(assign)


def assign(
    target: Annotated[
        str,
        typer.Argument(
            help="A list of streams (.xlsx, .csv, .parquet), or codes of parks of the store: a,b."
        ),
    ] = "",
    within: Annotated[str, typer.Option(help="Radius: 50km, 800m; 'anywhere' for none.")] = "50km",
    top: Annotated[int, typer.Option(help="Partners per offer that may be chosen.")] = 1000,
    seconds: Annotated[float, typer.Option(help="Stop after so long with the best found.")] = 60.0,
    on: Annotated[str, typer.Option(help="The law of this day, e.g. 2026-01-31.")] = "",
    form: Annotated[str, typer.Option("--format", help="table, json or xlsx.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    who: Annotated[
        str, typer.Option("--as", help="Who reads the store: a park's facilitator.")
    ] = "",
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Choose the exchanges that are worth most together: every stream is given out once.

    Exit code 0: exchanges found; 1: none is worth anything, or none is allowed; 2: bad input.
    """
    language = lang if lang in ("vi", "en") else "vi"
    try:
        chosen = chosen_format(form, output, FORMATS)
        problems: list[Problem] = [] if target else [no_target()]
        km, day = kilometres(within, problems), day_of(on, problems)
        options = {"--top": float(top), "--seconds": seconds}
        problems += [not_positive(option) for option, value in options.items() if not value > 0]
        if problems:
            raise InputError(problems)
        streams, warnings = streams_of(target, who)
        found = _match(streams, km, top, day)
        tell([*warnings, *left_out(found.left_out, target)], language)
        plan = _plan(found, seconds)
        _write(plan, _rows(streams), chosen, output, language)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if plan.exchanges else NOTHING_FOUND)


def _match(streams: Streams, km: float, top: int, day: dt.date) -> Matches:
    from sinhthai.rules.waste_law import load_waste_law
    from sinhthai.symbiosis.engine.codes import load_codes
    from sinhthai.symbiosis.engine.knowledge import load_knowledge
    from sinhthai.symbiosis.engine.matching import match

    return match(
        streams,
        load_knowledge(),
        load_codes(),
        load_waste_law(),
        day=day,
        within_km=km,
        top=top,
        order="value",
    )


def _plan(found: Matches, seconds: float) -> Plan:
    from sinhthai.symbiosis.engine.assignment import plan_exchanges

    return plan_exchanges(found, seconds=seconds)


def _rows(streams: Streams) -> dict[str, dict[str, Any]]:
    tables = (streams.offers, streams.needs)
    return {row["id"]: row for table in tables for row in table.to_pylist()}


def _write(
    plan: Plan, streams: dict[str, dict[str, Any]], form: str, output: Path | None, language: str
) -> None:
    from sinhthai.symbiosis.commands import assign_words as words

    if form == "table":
        show(lambda console: words.print_plan(console, plan, streams, language), output)
    elif form == "xlsx":
        put(words.workbook(plan, streams, language), output)
    else:
        put(as_json(words.as_data(plan, streams, language)), output)
