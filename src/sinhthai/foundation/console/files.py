"""Files of a command: read, chosen by ending, written; what goes wrong in both languages."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sinhthai.foundation.console.messages import needs_file, not_one_of, not_written, unreadable
from sinhthai.foundation.problems import InputError, Problem

if TYPE_CHECKING:
    from rich.console import Console

_BINARY = ("xlsx", "parquet")
_PIPED_WIDTH = 100


def read_bytes(path: Path) -> bytes:
    """Return what is in the file.

    Raises
    ------
    InputError : it is not there, or may not be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError([unreadable(path, error)]) from error


def format_asked(form: str, output: Path | None) -> str:
    """Return the format asked for, else the one the ending of *output* says, else a table.

    >>> format_asked("", Path("partners.xlsx")), format_asked("", Path("partners.txt"))
    ('xlsx', 'table')
    """
    ending = output.suffix.lstrip(".").lower() if output else ""
    return form or ("table" if ending in ("", "txt") else ending)


def chosen_format(form: str, output: Path | None, formats: Sequence[str]) -> str:
    """Return the format asked for, checked.

    Raises
    ------
    InputError : there is no such format, or it needs a file and a terminal waits.
    """
    chosen = format_asked(form, output)
    if chosen not in formats:
        raise InputError([not_one_of("--format", chosen, formats)])
    check_terminal(chosen, output)
    return chosen


def check_terminal(form: str, output: Path | None) -> None:
    """Refuse to print what only a file can hold.

    Raises
    ------
    InputError : a terminal waits for it.
    """
    if form in _BINARY and output is None and sys.stdout.isatty():
        raise InputError([needs_file(form)])


def as_json(data: object) -> bytes:
    """Return *data* as an indented JSON document; an infinite figure is an error, not a word."""
    import json

    return (json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def put(data: bytes, output: Path | None) -> None:
    """Write *data* to the file, or to the standard output where none is named.

    A file is whole or not touched: what stood there before stays until all is written.

    Raises
    ------
    InputError : the file cannot be written.
    """
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        _replace(output, data)
    except OSError as error:
        raise InputError([not_written(output, error)]) from error
    typer.echo(str(output), err=True)


def _replace(output: Path, data: bytes) -> None:
    target = output.resolve()
    if target.exists() and not target.is_file():  # a device, a pipe
        target.write_bytes(data)
        return
    part = target.with_name(f".{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def show(write: Callable[[Console], None], output: Path | None) -> None:
    """Let *write* print on the terminal, or into the file named."""
    from rich.console import Console

    if output is None:
        write(Console(width=None if sys.stdout.isatty() else _piped_width()))
        return
    page = io.StringIO()
    write(Console(file=page, width=_PIPED_WIDTH))
    put(page.getvalue().encode(), output)


def tell(problems: Sequence[Problem], language: str) -> None:
    """Say each problem on the error output; a cross for an error, a mark for a remark."""
    for problem in problems:
        mark = "✕" if problem.severity == "error" else "!"
        typer.echo(f"{mark} {problem.say(language)}", err=True)


def _piped_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) >= 40 else _PIPED_WIDTH
