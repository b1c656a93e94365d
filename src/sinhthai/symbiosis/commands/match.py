"""``sinhthai match``: ranked partners with reasons, from a list of streams or from the store."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from sinhthai.foundation.numbers import NumberError, parse_amount, parse_date
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert
from sinhthai.symbiosis.commands.match_messages import (
    left_out,
    needs_file,
    no_park,
    no_store,
    no_target,
    not_in_range,
    not_one_of,
    not_written,
    unreadable,
)

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.matches import Matches
    from sinhthai.symbiosis.engine.matching.problem import Engine, Order
    from sinhthai.symbiosis.engine.streams import Streams

FORMATS = ("table", "json", "xlsx", "parquet")
REASONS = ("short", "all", "none")
_ENDINGS = {".xlsx", ".xlsm", ".xls", ".csv", ".txt", ".tsv", ".parquet"}
_BINARY = ("xlsx", "parquet")
_PIPED_WIDTH = 100
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
        streams, warnings = question.read()
        found = _find(streams, question, master)
        for problem in (*warnings, *left_out(found.left_out, question.target)):
            typer.echo(f"! {problem.say(language)}", err=True)
        _write(found, question, language)
    except InputError as error:
        for problem in error.problems:
            mark = "✕" if problem.severity == "error" else "!"
            typer.echo(f"{mark} {problem.say(language)}", err=True)
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
        ending = output.suffix.lstrip(".").lower() if output else ""
        self.form = form or (ending if ending in FORMATS else "table")
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
        self.within_km = _kilometres(within, problems)
        self.day = _day(on, problems)
        if not target:
            problems.append(no_target())
        if problems:
            raise InputError(problems)

    def read(self) -> tuple[Streams, Sequence[Problem]]:
        """Return the streams asked about, and what to say of how they were read."""
        path = Path(self.target)
        is_file = path.suffix.lower() in _ENDINGS or path.is_file() or path.name != self.target
        if is_file:
            return _of_file(path)
        return _of_store(self.target.split(",")), ()


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


def _of_file(path: Path) -> tuple[Streams, Sequence[Problem]]:
    from sinhthai.symbiosis.commands.known_parks import KnownParks
    from sinhthai.symbiosis.engine.codes import load_codes
    from sinhthai.symbiosis.engine.knowledge import load_knowledge
    from sinhthai.symbiosis.engine.stream_files import read_stream_file

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error
    read = read_stream_file(path.name, data, load_knowledge(), load_codes(), KnownParks())
    return read.streams, read.warnings


def _of_store(codes: Sequence[str]) -> Streams:
    """Return the streams of the enterprises of these parks, and of no others."""
    import django

    django.setup()
    from django.db import DatabaseError

    from sinhthai.registry.models import Park
    from sinhthai.symbiosis.models import Stream
    from sinhthai.symbiosis.readers.streams import current_versions, read_streams

    wanted = {code.strip() for code in codes if code.strip()}
    try:
        known = set(Park.objects.filter(code__in=wanted).values_list("code", flat=True))
        if missing := sorted(wanted - known):
            raise InputError([no_park(code) for code in missing])
        streams = Stream.objects.filter(enterprise__park__code__in=wanted)
        return read_streams(current_versions(streams))
    except DatabaseError as error:
        raise InputError([no_store()]) from error


def _write(found: Matches, question: _Question, language: str) -> None:
    if question.form == "table":
        _print(found, question, language)
        return
    from sinhthai.symbiosis.engine import writing

    writers: dict[str, Callable[[], bytes]] = {
        "json": lambda: writing.as_json(found, _about(found, question), language),
        "xlsx": lambda: writing.as_xlsx(found, language, _title(question).get(language)),
        "parquet": lambda: writing.as_parquet(found),
    }
    if question.form in _BINARY and question.output is None and sys.stdout.isatty():
        raise InputError([needs_file(question.form)])
    _put(writers[question.form](), question.output)


def _print(found: Matches, question: _Question, language: str) -> None:
    from rich.console import Console

    from sinhthai.symbiosis.commands.match_table import print_matches

    if question.output is not None:
        import io

        out = io.StringIO()
        print_matches(Console(file=out, width=_PIPED_WIDTH), found, question.why, language)
        _put(out.getvalue().encode(), question.output)
        return
    width = None if sys.stdout.isatty() else _piped_width()
    print_matches(Console(width=width), found, question.why, language)


def _put(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InputError([not_written(output, error)]) from error
    typer.echo(str(output), err=True)


def _write_template(path: Path, language: str) -> None:
    from sinhthai.symbiosis.engine.knowledge import load_knowledge
    from sinhthai.symbiosis.engine.stream_template import write_stream_template

    _put(write_stream_template(language, load_knowledge()), path)


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


def _kilometres(within: str, problems: list[Problem]) -> float:
    if within.strip().lower() in ("anywhere", "0", ""):
        return 0.0
    try:
        amount = parse_amount(within)
        km = convert(amount.value, amount.unit or "km", "km")
    except (NumberError, UnitError):
        km = -1.0
    if not 0 < km <= 20_100:
        problems.append(
            Problem(
                "bad_radius",
                Text(
                    "Không hiểu bán kính “{raw}”.", "The radius “{raw}” is not understood."
                ).format(raw=within),
                Text("Ghi như 50km, 800m, hoặc anywhere.", "Write 50km, 800m or anywhere."),
                Place("--within"),
            )
        )
    return km


def _day(on: str, problems: list[Problem]) -> dt.date:
    if not on:
        return dt.datetime.now(tz=dt.timezone(dt.timedelta(hours=7))).date()  # the day in Ha Noi
    try:
        return parse_date(on)
    except NumberError as error:
        problems.append(Problem("bad_day", error.message, error.cure, Place("--on")))
        return dt.date.min


def _piped_width() -> int:
    import os

    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) >= 40 else _PIPED_WIDTH
