"""``sinhthai match``: ranked partners with reasons, from a list of streams or from the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from sinhthai.foundation.console.files import (
    check_terminal,
    format_asked,
    put,
    show,
    tell,
)
from sinhthai.foundation.console.messages import not_in_range, not_one_of
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.commands.match_messages import (
    left_out,
    no_target,
)
from sinhthai.symbiosis.commands.streams_asked import day_of, kilometres, streams_of

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.matches import Matches
    from sinhthai.symbiosis.engine.matching.problem import Engine, Order
    from sinhthai.symbiosis.engine.streams import Streams

FORMATS = ("table", "json", "xlsx", "parquet")
REASONS = ("short", "all", "none")
BAD_INPUT, NOTHING_FOUND = 2, 1


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("match")(match)


def match(
    target: Annotated[
        str,
        typer.Argument(
            help="A list of streams (.xlsx, .csv, .parquet), or codes of parks of the store: a,b."
        ),
    ] = "",
    within: Annotated[str, typer.Option(help="Radius: 50km, 800m; 'anywhere' for none.")] = "50km",
    top: Annotated[int, typer.Option(help="Partners per offer.")] = 10,
    order: Annotated[str, typer.Option(help="score, value, co2 or distance.")] = "score",
    form: Annotated[str, typer.Option("--format", help="table, json, xlsx or parquet.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    why: Annotated[str, typer.Option(help="Reasons in the table: short, all or none.")] = "short",
    engine: Annotated[str, typer.Option(help="compiled, duckdb or spark.")] = "compiled",
    master: Annotated[
        str, typer.Option(help="Address of the Spark master, e.g. spark://host:7077.")
    ] = "",
    on: Annotated[str, typer.Option(help="The law of this day, e.g. 2026-01-31.")] = "",
    template: Annotated[
        Path | None, typer.Option(help="Write an empty list to this .xlsx file, and stop.")
    ] = None,
    who: Annotated[
        str, typer.Option("--as", help="Who reads the store: a park's facilitator.")
    ] = "",
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Rank who can use whose stream: rule, text, quality, share, distance, money, CO2 and law.

    Exit code 0: partners found; 1: none, or only ones the law forbids; 2: bad input.
    """
    language = lang if lang in ("vi", "en") else "vi"
    try:
        if template is not None:
            _write_template(template, language)
            return
        question = _Question(target, within, top, order, form, output, why, engine, on)
        streams, warnings = streams_of(question.target, who)
        found = _find(streams, question, master)
        tell([*warnings, *left_out(found.left_out, question.target)], language)
        _write(found, question, language)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    allowed = [not forbidden for forbidden in found.table["forbidden"].to_pylist()]
    raise typer.Exit(0 if any(allowed) else NOTHING_FOUND)


class _Question:
    """What was asked, checked; every wrong option is told at once."""

    def __init__(
        self,
        target: str,
        within: str,
        top: int,
        order: str,
        form: str,
        output: Path | None,
        why: str,
        engine: str,
        on: str,
    ) -> None:
        from sinhthai.symbiosis.engine.matching.problem import Engine, Order

        problems: list[Problem] = []
        self.target, self.output = target, output
        self.form = format_asked(form, output)
        self.why = why
        self.top = top
        choices: Sequence[tuple[str, str, Sequence[str]]] = (
            ("--format", self.form, FORMATS),
            ("--why", why, REASONS),
            ("--order", order, get_args(Order)),
            ("--engine", engine, get_args(Engine)),
        )
        for option, said, known in choices:
            if said not in known:
                problems.append(not_one_of(option, said, known))
        self.order, self.engine = cast("Order", order), cast("Engine", engine)
        if not 1 <= top <= 1000:
            problems.append(not_in_range("--top", top, 1, 1000))
        self.within_km = kilometres(within, problems)
        self.day = day_of(on, problems)
        if not target:
            problems.append(no_target())
        if problems:
            raise InputError(problems)
        check_terminal(self.form, output)


def _find(streams: Streams, question: _Question, master: str) -> Matches:
    from sinhthai.rules.waste_law import load_waste_law
    from sinhthai.symbiosis.engine.codes import load_codes
    from sinhthai.symbiosis.engine.knowledge import load_knowledge
    from sinhthai.symbiosis.engine.matching import match as find

    return find(
        streams,
        load_knowledge(),
        load_codes(),
        load_waste_law(),
        day=question.day,
        within_km=question.within_km,
        top=question.top,
        order=question.order,
        engine=question.engine,
        spark_master=master,
    )


def _write(found: Matches, question: _Question, language: str) -> None:
    if question.form == "table":
        from sinhthai.symbiosis.commands.match_table import print_matches

        show(lambda page: print_matches(page, found, question.why, language), question.output)
        return
    from sinhthai.symbiosis.engine import writing

    writers: dict[str, Callable[[], bytes]] = {
        "json": lambda: writing.as_json(found, _about(found, question), language),
        "xlsx": lambda: writing.as_xlsx(found, language, _title(question).get(language)),
        "parquet": lambda: writing.as_parquet(found),
    }
    put(writers[question.form](), question.output)


def _write_template(path: Path, language: str) -> None:
    from sinhthai.symbiosis.engine.knowledge import load_knowledge
    from sinhthai.symbiosis.engine.stream_template import write_stream_template

    put(write_stream_template(language, load_knowledge()), path)


def _about(found: Matches, question: _Question) -> dict[str, object]:
    """Return what makes an answer the same again (H6)."""
    from sinhthai import __version__
    from sinhthai.rules.waste_law import load_waste_law

    return {
        "version": __version__,
        "knowledge": found.knowledge.hash,
        "law": load_waste_law().hash,
        "on": question.day.isoformat(),
        "within_km": question.within_km,
        "top": question.top,
        "order": question.order,
    }


def _title(question: _Question) -> Text:
    from sinhthai.foundation.numbers import format_date

    return Text(
        f"Đối tác cộng sinh công nghiệp, theo luật ngày {format_date(question.day, 'vi')}",
        f"Partners for industrial symbiosis, by the law of {format_date(question.day, 'en')}",
    )
