"""``sinhthai assess``: a workbook or a park of the store, held against the rules of a day."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinhthai.assessment import commands_roadmap
from sinhthai.assessment.asking import Question, ask
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.assessment.documents.report import Report

_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".xlsb", ".csv"}
_BINARY = {"pdf", "xlsx"}
_PIPED_WIDTH = 100
BAD_INPUT, NOT_ALL_MET = 2, 1


def register(app: typer.Typer) -> None:
    """Add this slice's verbs to *app*."""
    app.command("assess")(assess)
    commands_roadmap.register(app)


def assess(
    target: Annotated[str, typer.Argument(help="A workbook (.xlsx), or the code of a park.")],
    framework: Annotated[
        str, typer.Option(help="Family of criteria, e.g. vn-eip; 'all' for every one.")
    ] = "vn-eip",
    on: Annotated[
        str, typer.Option(help="By the rules in force on this day, e.g. 2025-12-31.")
    ] = "",
    year: Annotated[int | None, typer.Option(help="Year of the data; else the latest.")] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="A reading of the law, e.g. A2=registered. Repeatable.")
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="table, json, csv, html, pdf or xlsx.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file.")
    ] = None,
    lang: Annotated[str, typer.Option(help="vi or en.")] = "vi",
) -> None:
    """Say criterion by criterion: met, not met or undetermined, and what is missing.

    Exit code 0: all met; 1: some criterion not met or undetermined; 2: bad input.
    """
    language = lang if lang in ("vi", "en") else "vi"
    try:
        question = ask(framework, on, year, option or [], form, output, lang)
        if _is_file(target):
            reports = _of_workbook(Path(target), question, language)
        else:
            reports = _of_park(target, question)
        _write(reports, question.form, output, language)
    except InputError as error:
        for problem in error.problems:
            typer.echo(_line(problem, language), err=True)
        raise typer.Exit(BAD_INPUT) from None
    met = all(report.verdict == "all_met" for report in reports)
    raise typer.Exit(0 if met else NOT_ALL_MET)


def _of_workbook(path: Path, question: Question, language: str) -> list[Report]:
    """Assess a workbook: nothing but the file and the rules is needed."""
    from sinhthai.assessment.workbook_input import reports_of, years_note
    from sinhthai.reporting.engine.workbook import read_workbook
    from sinhthai.rules.bundle import load_bundle

    if not path.is_file():
        raise InputError([_no_file(path)])
    bundle = load_bundle()
    try:
        upload = read_workbook(path, bundle)
    except OSError as error:
        raise InputError([_unreadable(path, error)]) from error
    if upload.errors:
        raise InputError(upload.errors)
    reports = reports_of(upload, bundle, question)
    note = years_note(reports)
    for problem in (*upload.problems, *([note] if note else [])):
        typer.echo(_line(problem, language), err=True)
    return reports


def _of_park(code: str, question: Question) -> list[Report]:
    """Assess a park of the store."""
    import django

    django.setup()
    from django.db import DatabaseError
    from django.utils import timezone

    from sinhthai.assessment.park_input import reports_of_park

    try:
        return reports_of_park(code, question, today=timezone.localdate())
    except DatabaseError as error:
        raise InputError([_no_store()]) from error


def _write(reports: Sequence[Report], form: str, output: Path | None, language: str) -> None:
    if form == "table" and output is None:
        from rich.console import Console

        from sinhthai.assessment.documents.as_table import print_reports

        terminal = sys.stdout.isatty()
        print_reports(Console(width=None if terminal else _piped_width()), reports, language)
        return
    data = _document(reports, form, language)
    if output is not None:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise InputError([_not_written(output, error)]) from error
        typer.echo(str(output), err=True)
        return
    if form in _BINARY and sys.stdout.isatty():
        raise InputError([_needs_file(form)])
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _document(reports: Sequence[Report], form: str, language: str) -> bytes:
    if form != "table":
        from sinhthai.assessment.documents import export

        return export(reports, form, language)
    import io

    from rich.console import Console

    from sinhthai.assessment.documents.as_table import print_reports

    out = io.StringIO()
    print_reports(Console(file=out, width=_piped_width()), reports, language)
    return out.getvalue().encode()


def _piped_width() -> int:
    import os

    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) >= 40 else _PIPED_WIDTH


def _is_file(target: str) -> bool:
    path = Path(target)
    return path.suffix.lower() in _WORKBOOKS or path.is_file() or path.name != target


def _line(problem: Problem, language: str) -> str:
    return (
        f"✕ {problem.say(language)}"
        if problem.severity == "error"
        else f"! {problem.say(language)}"
    )


def _no_file(path: Path) -> Problem:
    return Problem(
        "no_file",
        Text("Không có tệp này.", "There is no such file."),
        Text(
            "Kiểm tra đường dẫn, hoặc ghi mã của một khu công nghiệp, ví dụ: hiep-phuoc.",
            "Check the path, or name a park by its code, for example hiep-phuoc.",
        ),
        Place(str(path)),
    )


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(
        "file_unreadable",
        Text("Không đọc được tệp ({why}).", "The file cannot be read ({why}).").format(
            why=error.strerror
        ),
        Text(
            "Đóng tệp nếu đang mở, kiểm tra quyền đọc.", "Close it if it is open; check its rights."
        ),
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


def _no_store() -> Problem:
    return Problem(
        "no_store",
        Text("Chưa có kho dữ liệu ở đây.", "There is no store here yet."),
        Text(
            "Chạy «sinhthai demo» hoặc đặt SINHTHAI_HOME; để đánh giá một tệp, ghi tên tệp .xlsx.",
            "Run 'sinhthai demo' or set SINHTHAI_HOME; to assess a file, name the .xlsx file.",
        ),
    )
