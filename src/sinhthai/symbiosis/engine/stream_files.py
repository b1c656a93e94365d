"""A person's list of offers and needs, from Excel, CSV or Parquet, to the engines' tables.

Headings are found by meaning in Vietnamese or English; offers and needs stand on one sheet with a
column that says which, or on two sheets named after them. Every problem is told at once, with its
sheet and cell; nothing is guessed in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.stream_cells import near_text
from sinhthai.symbiosis.engine.stream_checks import find_paying_twice, find_twins
from sinhthai.symbiosis.engine.stream_columns import BY_HEADING, BY_KEY, IGNORED, plain_heading
from sinhthai.symbiosis.engine.stream_grids import Cellwise, grids_of
from sinhthai.symbiosis.engine.stream_messages import problem
from sinhthai.symbiosis.engine.stream_places import ParkPlace
from sinhthai.symbiosis.engine.stream_rows import Rows, read_rows
from sinhthai.symbiosis.engine.stream_tables import tables_of
from sinhthai.symbiosis.engine.streams import Direction

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge
    from sinhthai.symbiosis.engine.streams import Streams

HEADING_ROWS = 15
"""The headings stand within the first rows; titles may stand above them."""
_MOST_PROBLEMS = 200
_NAMES = {name for column in BY_KEY.values() for name in (column.name.vi, column.name.en)}
_SHEET_SIDES: Mapping[str, Direction] = {
    "cung": "offer", "offers": "offer", "offer": "offer", "nguon cung": "offer",
    "dau ra": "offer", "outputs": "offer", "chat thai": "offer",
    "cau": "need", "needs": "need", "need": "need", "nhu cau": "need", "dau vao": "need",
    "inputs": "need",
}  # fmt: skip
_HELP_SHEETS = frozenset({"huong dan", "guide", "help", "danh muc", "lists"})


@dataclass(frozen=True, slots=True)
class StreamFile:
    """What a list of streams says, and what its reader should know about how it was read."""

    streams: Streams
    warnings: tuple[Problem, ...]
    places: Mapping[str, Place]  # stream id -> its row


def read_stream_file(
    file_name: str,
    data: bytes,
    knowledge: Knowledge,
    codes: Codes,
    parks: Mapping[str, ParkPlace] | None = None,
    *,
    one_enterprise: bool = False,
) -> StreamFile:
    """Return the streams of a file, whose kind its ending and its content tell.

    Parameters
    ----------
    parks : folded code or name -> park, for streams that give a park instead of a point.
    one_enterprise : the list is of one enterprise its reader knows; a line need not name it.

    Raises
    ------
    InputError
        With every problem found (the first 200), each with its place and cure.
    """
    problems: list[Problem] = []
    blocks: list[Rows] = []
    for grid in grids_of(file_name, data):
        rows = _block(grid, problems, one_enterprise)
        if rows is not None:
            blocks.append(rows)
    if not blocks:
        raise InputError(problems or [problem("list_empty", Place(file_name))])
    read = read_rows(blocks, knowledge, codes, {} if parks is None else parks, problems)
    find_twins(read, problems)
    find_paying_twice(read, problems)
    errors = [
        found
        for found in problems
        if found.severity == "error" and not (one_enterprise and found.code == "enterprise_missing")
    ]
    if errors:
        raise InputError(_shortened(errors, file_name))
    streams, places = tables_of(read)
    return StreamFile(streams, tuple(problems), places)


def _block(grid: Cellwise, problems: list[Problem], one_enterprise: bool) -> Rows | None:
    """Return the rows below the headings of one sheet; None where it holds no list."""
    side = _SHEET_SIDES.get(fold(grid.name))
    if fold(grid.name) in _HELP_SHEETS:
        return None
    seen: list[str] = []
    for number, cells in enumerate(grid.rows[:HEADING_ROWS]):
        headings = {
            at: plain_heading(str(cell)) for at, cell in enumerate(cells) if cell not in (None, "")
        }
        found = {at: BY_HEADING[words] for at, words in headings.items() if words in BY_HEADING}
        seen += [words for words in headings.values() if len(words) < 60]
        if {"name", "code"} & set(found.values()) and len(found) >= 3:
            at = _columns(grid, number, found, headings, problems, one_enterprise)
            return Rows(grid, number + 1, at, side)
    filled = any(cell not in (None, "") for row in grid.rows for cell in row)
    if not filled:
        return None
    where = Place(grid.file, grid.name if grid.is_workbook else "")
    if grid.is_only or side is not None:
        column = BY_KEY["name"].name
        near = near_text(plain_heading(column.vi), set(seen))
        problems.append(problem("heading_missing", where, column=column, near=near))
    else:
        problems.append(problem("sheet_passed_over", where))
    return None


def _columns(
    grid: Cellwise,
    row: int,
    found: Mapping[int, str],
    headings: Mapping[int, str],
    problems: list[Problem],
    one_enterprise: bool,
) -> dict[str, int]:
    """Return column key -> position; tell of headings that stand twice or are not known."""
    at: dict[str, int] = {}
    for position, words in headings.items():
        where = grid.place(row, position)
        shown = " ".join(str(grid.rows[row][position]).split())
        key = found.get(position)
        if key is None:
            if words not in IGNORED:
                near = near_text(shown, _NAMES)
                problems.append(problem("heading_unknown", where, column=shown, near=near))
        elif key in at:
            problems.append(problem("heading_twice", where, column=shown))
        else:
            at[key] = position
    if "enterprise" not in at and not one_enterprise:
        column = BY_KEY["enterprise"].name
        near = near_text(plain_heading(column.vi), set(headings.values()))
        where = Place(grid.file, grid.name if grid.is_workbook else "")
        problems.append(problem("heading_missing", where, column=column, near=near))
    _merged(grid, row + 1, set(at.values()), problems)
    return at


def _merged(grid: Cellwise, first: int, columns: set[int], problems: list[Problem]) -> None:
    for (top, left), (bottom, right) in grid.merged:
        touches = bottom >= first and any(left <= column <= right for column in columns)
        if touches and (top, left) != (bottom, right):
            span = f"{grid.place(top, left).cell}:{grid.place(bottom, right).cell}"
            problems.append(problem("cells_merged", grid.place(top, left), range=span))


def _shortened(errors: Sequence[Problem], file_name: str) -> list[Problem]:
    if len(errors) <= _MOST_PROBLEMS:
        return list(errors)
    more = len(errors) - _MOST_PROBLEMS
    count = Text(f"{more:,}".replace(",", "."), f"{more:,}")
    return [
        *errors[:_MOST_PROBLEMS],
        problem("too_many_problems", Place(file_name), count=count),
    ]
