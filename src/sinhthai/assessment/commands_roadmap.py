"""``sinhthai roadmap``: the least-cost way of a park to its criteria by a day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.foundation.console.files import as_json, chosen_format, put, read_bytes, show, tell
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    import datetime as dt

    from sinhthai.assessment.roadmap.asking import Wanted
    from sinhthai.assessment.roadmap.document import Roadmap
    from sinhthai.assessment.roadmap.model import Ground

FORMATS = ("table", "json", "xlsx", "pdf", "svg")
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".xlsb", ".csv"}
BAD_INPUT, NOT_ALL = 2, 1


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    app.command("roadmap")(roadmap)


def roadmap(
    target: Annotated[str, typer.Argument(help="The code of a park, or a workbook (.xlsx).")],
    by: Annotated[str, typer.Option(help="All criteria met by this day, e.g. 2028-12-31.")],
    framework: Annotated[str, typer.Option(help="Family of criteria.")] = "vn-eip",
    goal: Annotated[str, typer.Option(help="cheapest, carbon, soonest or all.")] = "all",
    budget: Annotated[
        str, typer.Option(help="VND that may be invested, e.g. 2026=5bn,2027=800m.")
    ] = "",
    rate: Annotated[str, typer.Option(help="Real discount rate a year.")] = "10%",
    horizon: Annotated[int, typer.Option(help="Years over which savings count.")] = 10,
    first: Annotated[
        int | None, typer.Option("--from", help="First year of the plan; else this year.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="A reading of the law, e.g. A2=registered. Repeatable.")
    ] = None,
    options: Annotated[
        Path | None, typer.Option(help="Options and costs of your own (.xlsx).")
    ] = None,
    write_options: Annotated[
        Path | None, typer.Option(help="Write the options found here, to be changed.")
    ] = None,
    seconds: Annotated[float, typer.Option(help="Time to look for the plans.")] = 60.0,
    form: Annotated[str, typer.Option("--format", help="table, json, xlsx, pdf or svg.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Find the cheapest set of measures that meets every criterion by a day.

    Exit code 0: a plan meets all; 1: not all can be met; 2: bad input.
    """
    language = lang if lang in ("vi", "en") else "vi"
    try:
        chosen = chosen_format(form, output, FORMATS)
        done = _make(
            target, by, framework, goal, budget, rate, horizon, first, option or [], options,
            write_options, seconds, language,
        )  # fmt: skip
        _write(done, chosen, output, language)
    except InputError as error:
        tell(error.problems, language)
        raise typer.Exit(BAD_INPUT) from None
    raise typer.Exit(0 if done.main.is_met else NOT_ALL)


def _make(
    target: str, by: str, framework: str, goal: str, budget: str, rate: str, horizon: int,
    first: int | None, readings: list[str], options: Path | None, write_options: Path | None,
    seconds: float, language: str,
) -> Roadmap:  # fmt: skip
    import django

    django.setup()
    from django.utils import timezone

    from sinhthai.assessment.roadmap.asking import ask_roadmap
    from sinhthai.assessment.roadmap.candidates import candidates_of
    from sinhthai.assessment.roadmap.needs import wants_of
    from sinhthai.assessment.roadmap.options_file import read_options
    from sinhthai.assessment.roadmap.options_file import write_options as written
    from sinhthai.assessment.roadmap.study import study

    wanted = ask_roadmap(
        by=by, today=timezone.localdate(), first=first, framework=framework, goal=goal,
        budget=budget, rate=rate, horizon=horizon, seconds=seconds, readings=readings,
    )  # fmt: skip
    ground = _ground(target, wanted, timezone.now(), language)
    wants = wants_of(ground)
    candidates = candidates_of(ground, wants, wanted.asked)
    if options is not None:
        candidates = read_options(
            read_bytes(options), options.name, candidates, wants, ground, wanted.asked
        )
    if write_options is not None:
        put(written(candidates, language), write_options)
    return study(
        ground, wants, candidates, wanted.asked, lambda what: typer.echo(
            f"{what.get(language)}…", err=True),
    )  # fmt: skip


def _ground(target: str, wanted: Wanted, now: dt.datetime, language: str) -> Ground:
    path = Path(target)
    if path.suffix.lower() in _WORKBOOKS or path.is_file():
        return _of_workbook(path, wanted, language)
    from django.db import DatabaseError

    from sinhthai.assessment.roadmap.reading import ground_of_park
    from sinhthai.registry.readers import named_park

    try:
        park = named_park(target)
        return ground_of_park(
            park, wanted.framework, wanted.asked.by, known_at=now, options=wanted.options
        )
    except DatabaseError as error:
        raise InputError([_no_store()]) from error


def _of_workbook(path: Path, wanted: Wanted, language: str) -> Ground:
    from sinhthai.assessment.roadmap.workbook_ground import ground_of_workbook
    from sinhthai.reporting.engine.workbook import read_workbook
    from sinhthai.rules.bundle import load_bundle

    read_bytes(path)  # says what is wrong with a file that cannot be opened
    upload = read_workbook(path, load_bundle())
    if upload.errors:
        raise InputError(upload.errors)
    tell(upload.problems, language)
    return ground_of_workbook(upload, wanted.framework, wanted.asked.by, wanted.options)


def _write(done: Roadmap, form: str, output: Path | None, language: str) -> None:
    if form == "table":
        from sinhthai.assessment.roadmap.as_table import print_roadmap

        show(lambda console: print_roadmap(console, done, language), output)
        return
    if form == "json":
        from sinhthai.assessment.roadmap.as_data import as_data

        put(as_json(as_data(done, language)), output)
        return
    from sinhthai.assessment.roadmap.files import export

    put(export(done, form, language), output)


def _no_store() -> Problem:
    return Problem(
        "no_store",
        Text("Chưa có kho dữ liệu ở đây.", "There is no store here yet."),
        Text(
            "Chạy «sinhthai demo» hoặc đặt SINHTHAI_HOME; hoặc ghi tên một tệp .xlsx.",
            "Run 'sinhthai demo' or set SINHTHAI_HOME; or name an .xlsx file.",
        ),
    )
