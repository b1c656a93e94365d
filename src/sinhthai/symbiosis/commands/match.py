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
        for problem in (*warnings, *_left_out(found, question)):
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
                problems.append(_not_one_of(option, said, known))
        self.order, self.engine = cast("Order", order), cast("Engine", engine)
        if not 1 <= top <= 1000:
            problems.append(_not_in_range("--top", top, 1, 1000))
        self.within_km = _kilometres(within, problems)
        self.day = _day(on, problems)
        if not target:
            problems.append(_no_target())
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
        raise InputError([_unreadable(path, error)]) from error
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
            raise InputError([_no_park(code) for code in missing])
        streams = Stream.objects.filter(enterprise__park__code__in=wanted)
        return read_streams(current_versions(streams))
    except DatabaseError as error:
        raise InputError([_no_store()]) from error


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
        raise InputError([_needs_file(question.form)])
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
        raise InputError([_not_written(output, error)]) from error
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


def _left_out(found: Matches, question: _Question) -> list[Problem]:
    """Tell of the streams that nothing could be said about."""
    kinds = (
        ("no_material", found.left_out.no_material, _NO_MATERIAL),
        ("other_unit", found.left_out.other_unit, _OTHER_UNIT),
    )
    place = Place(question.target)
    told = []
    for code, streams, (message, cure) in kinds:
        if streams:
            shown = ", ".join(streams[:8]) + (" …" if len(streams) > 8 else "")
            said = message.format(count=len(streams), streams=shown)
            told.append(Problem(code, said, cure, place, "warning"))
    return told


_NO_MATERIAL = (
    Text(
        "{count} dòng không nhận ra là vật liệu gì ({streams}); chỉ so được tên.",
        "{count} streams are no material we know ({streams}); only their names are compared.",
    ),
    Text("Ghi mã, hoặc gọi tên khác.", "Give a code, or another name."),
)
_OTHER_UNIT = (
    Text(
        "{count} dòng đo bằng loại đơn vị khác với vật liệu của chúng ({streams}); không tự đổi.",
        "{count} streams are in another kind of unit than their material ({streams}); "
        "nothing is converted unasked.",
    ),
    Text("Ghi lượng theo đơn vị thường dùng.", "Give the quantity in the usual unit."),
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


def _not_one_of(option: str, said: str, known: Sequence[str]) -> Problem:
    choices = ", ".join(known)
    return Problem(
        "not_one_of",
        Text(f"Không có “{said}”.", f"There is no “{said}”."),
        Text(f"Chọn một trong: {choices}.", f"Choose one of: {choices}."),
        Place(option),
    )


def _not_in_range(option: str, said: int, low: int, high: int) -> Problem:
    return Problem(
        "not_in_range",
        Text(f"{said} không nằm trong {low}–{high}.", f"{said} is not between {low} and {high}."),
        Text("Ghi một số trong khoảng đó.", "Write a number in that range."),
        Place(option),
    )


def _no_target() -> Problem:
    return Problem(
        "no_target",
        Text("Chưa ghi tệp hoặc mã khu.", "Neither a file nor a park is named."),
        Text(
            "Ví dụ: sinhthai match streams.xlsx; tệp mẫu: sinhthai match --template streams.xlsx",
            "Such as: sinhthai match streams.xlsx; for a template: "
            "sinhthai match --template streams.xlsx",
        ),
    )


def _no_park(code: str) -> Problem:
    return Problem(
        "no_park",
        Text(f"Kho dữ liệu không có khu “{code}”.", f"The store has no park “{code}”."),
        Text("Xem mã: sinhthai parks list.", "See the codes: sinhthai parks list."),
    )


def _no_store() -> Problem:
    return Problem(
        "no_store",
        Text("Chưa có kho dữ liệu ở đây.", "There is no store here yet."),
        Text(
            "Chạy «sinhthai demo» hoặc đặt SINHTHAI_HOME; để ghép một tệp, ghi tên tệp .xlsx.",
            "Run 'sinhthai demo' or set SINHTHAI_HOME; to match a file, name the .xlsx file.",
        ),
    )


def _unreadable(path: Path, error: OSError) -> Problem:
    if not path.exists():
        return Problem(
            "no_file",
            Text("Không có tệp này.", "There is no such file."),
            Text("Kiểm tra đường dẫn.", "Check the path."),
            Place(str(path)),
        )
    return Problem(
        "file_unreadable",
        Text("Không đọc được tệp ({why}).", "The file cannot be read ({why}).").format(
            why=error.strerror
        ),
        Text("Kiểm tra quyền đọc.", "Check its rights."),
        Place(str(path)),
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


def _needs_file(form: str) -> Problem:
    return Problem(
        "needs_file",
        Text(
            "Tệp {form} không hiện được trên màn hình.", "A {form} file cannot be shown on screen."
        ).format(form=form),
        Text("Thêm -o TÊN_TỆP.{form}.", "Add -o NAME.{form}.").format(form=form),
    )
