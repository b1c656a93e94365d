"""``sinhthai codes``: look up waste codes, check an official list, take one into use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sinhthai.foundation.console.files import show, tell
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text, fold

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.codes import Codes, WasteCode

NOTHING_FOUND, BAD_INPUT = 1, 2
SHOWN = 40

_HEADINGS = (
    Text("Mã", "Code"),
    Text("Tên", "Name"),
    Text("Phân định", "Class"),
    Text("Nhóm", "Group"),
    Text("Mã tương ứng", "Same waste as"),
)
_NONE = Text(
    "Không tìm thấy “{words}” trong {count} mã.", "Found no “{words}” among {count} codes."
)
_MORE = Text("… và {count} mã nữa; hỏi hẹp hơn.", "… and {count} more; ask more narrowly.")
_GOOD = Text("{file}: {count} dòng, không lỗi.", "{file}: {count} rows, no problem.")
_ADDED = Text("Đã nhận {file} ({count} dòng).", "Took {file} into use ({count} rows).")
_PROBLEMS = Text("{count} lỗi.", "{count} problem(s).")

_Lang = Annotated[str, typer.Option("--lang", help="vi or en.")]
_File = Annotated[Path, typer.Argument(metavar="FILE", help="A list of codes, .csv or .xlsx.")]


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    codes = typer.Typer(help="Waste codes: look up, check and add lists.", no_args_is_help=True)
    codes.command("find")(find)
    codes.command("check")(check)
    codes.command("add")(add)
    app.add_typer(codes, name="codes")


def find(
    words: Annotated[list[str], typer.Argument(help="A code (vn:120605), or words of its name.")],
    lang: _Lang = "vi",
) -> None:
    """List the codes meant, with their class in Vietnamese law. Exit code 1 when there is none."""
    from sinhthai.symbiosis.commands.tables import table_of
    from sinhthai.symbiosis.office_codes import load_codes

    language = _language(lang)
    asked = " ".join(words)
    try:
        codes = load_codes()
    except InputError as error:
        _fail(error, language)
    found = tuple(_matching(codes, asked))
    if not found:
        said = _NONE.format(words=asked, count=len(codes.by_code))
        typer.echo(said.get(language), err=True)
        raise typer.Exit(NOTHING_FOUND)
    table = table_of(_HEADINGS, language, words=len(_HEADINGS))
    for one in found[:SHOWN]:
        table.add_row(*_cells(one, codes, language))
    show(lambda console: console.print(table), None)
    if len(found) > SHOWN:
        typer.echo(_MORE.format(count=len(found) - SHOWN).get(language))


def check(file: _File, lang: _Lang = "vi") -> None:
    """Say everything that is wrong with a list. Exit code 2 when anything is."""
    from sinhthai.symbiosis.engine.code_lists import read_code_list

    language = _language(lang)
    try:
        rows = read_code_list(file)
    except InputError as error:
        _fail(error, language)
    typer.echo(_GOOD.format(file=file.name, count=len(rows)).get(language))


def add(
    file: _File,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a list of that name.")
    ] = False,
    lang: _Lang = "vi",
) -> None:
    """Check a list and take it into use here; it counts at once."""
    from sinhthai.symbiosis.office_codes import add_list

    language = _language(lang)
    try:
        target, count = add_list(file, replacing=replace)
    except InputError as error:
        _fail(error, language)
    typer.echo(_ADDED.format(file=target.name, count=count).get(language))


def _matching(codes: Codes, asked: str) -> Iterator[WasteCode]:
    """Yield the code itself and what lies under it, else every code whose names hold the words."""
    exact = codes.find(asked)
    if exact is not None:
        yield exact
        yield from (one for one in codes.under(exact.code) if one is not exact)
        return
    parts = fold(asked).split()
    for one in codes.by_code.values():
        text = fold(f"{one.digits} {one.spaced} {one.name.vi} {one.name.en}")
        if all(part in text for part in parts):
            yield one


def _cells(one: WasteCode, codes: Codes, language: str) -> tuple[str, ...]:
    symbol = codes.mark("symbol", one.hazard)
    return (
        f"{one.list}:{one.digits}{one.threshold}",
        one.name.get(language),
        f"{one.hazard} {symbol.name.get(language)}" if symbol else "",
        one.group,
        ", ".join(other.code for other in codes.crosswalk(one.code)),
    )


def _language(lang: str) -> str:
    return lang if lang in ("vi", "en") else "vi"


def _fail(error: InputError, language: str) -> NoReturn:
    tell(error.problems, language)
    typer.echo(_PROBLEMS.format(count=len(error.problems)).get(language), err=True)
    raise typer.Exit(BAD_INPUT)
