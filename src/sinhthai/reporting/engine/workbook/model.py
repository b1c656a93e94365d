"""What goes into a workbook and what comes out of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Protocol

import pyarrow as pa

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.model import Item

TEMPLATE: Final = 1  # raised whenever a workbook written before can no longer be read the same way
OLDEST_TEMPLATE: Final = 1  # older ones are read when all their codes are still known

GUIDE_SHEET: Final = "Hướng dẫn · Guide"
PARK_SHEET: Final = "KCN · Park"
ENTERPRISE_SHEET: Final = "Doanh nghiệp · Enterprises"
LAST_YEAR_SHEET: Final = "Năm trước · Last year"
NO_NAME: Final = Text("", "")
PROBLEM_SHEET: Final = "Lỗi · Problems"
META_SHEET: Final = "_meta"
LISTS_SHEET: Final = "_lists"

# Statements, one row per value or absence said. subject "" is the park itself; item is a code, of
# an earlier year "code@year" (see `earlier`). Exactly one of
# number, text, absence is set; a boolean is number 1 or 0; row and column are 0-based cell
# positions on the sheet of the subject (-1 where the statement did not come from a cell).
SAID: Final = pa.schema(
    [
        ("subject", pa.string()),
        ("item", pa.string()),
        ("number", pa.float64()),
        ("text", pa.string()),
        ("qualifier", pa.string()),
        ("absence", pa.string()),
        ("row", pa.int32()),
        ("column", pa.int16()),
    ]
)

ROSTER: Final = pa.schema(
    [
        ("park", pa.string()),
        ("enterprise", pa.string()),
        ("year", pa.int32()),
        ("status", pa.string()),
        ("tax_code", pa.string()),
        ("name", pa.string()),
        ("vsic", pa.string()),
        ("row", pa.int32()),
    ]
)


class Saying(Protocol):
    """What is said of one item: a value, perhaps bounded, or why it is absent."""

    @property
    def value(self) -> Any: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def absence(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stated:
    """A plain `Saying`. ``value`` is in the item's unit, true/false, or text, code, ISO date."""

    value: float | bool | str | None = None
    qualifier: str = ""
    absence: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """One enterprise of the workbook with what is known of it; ``last`` is the year before."""

    code: str
    name: str
    tax_code: str = ""
    vsic: str = ""
    status: str = ""
    values: Mapping[str, Saying] = field(default_factory=dict)
    last: Mapping[str, Saying] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkbookSpec:
    """Everything a workbook shows.

    ``items`` are the questions, in the order of the dictionary. ``later`` holds the codes asked
    only by a voluntary framework: they stand last, folded away. ``sections`` gives the headings.
    """

    park_code: str
    park_name: Text
    year: int
    exported_at: dt.datetime
    items: tuple[Item, ...]
    park_values: Mapping[str, Saying] = field(default_factory=dict)
    park_last: Mapping[str, Saying] = field(default_factory=dict)
    enterprises: tuple[EnterpriseRow, ...] = ()
    sections: Mapping[str, Text] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    rules_hash: str = ""
    invented: bool = False
    # the newest change the workbook shows: what the difference is taken against (None: exported_at)
    known_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownEnterprise:
    """What the store knows of an enterprise of the park, to check a workbook against."""

    code: str
    tax_code: str = ""
    status: str = ""


@dataclass(frozen=True)
class Upload:
    """A workbook as read: what it says, and everything wrong with it.

    Refused cells and rows are not among ``said``: with an error nothing should be applied.

    ``park_items`` and ``enterprise_items`` were asked (present as row or column), so a blank
    among them says nothing, while an item not among them was not there to be filled in.
    ``kinds`` gives the kind of each. ``notes`` are the notes beside park values. ``refused``
    counts errors, also those beyond the number listed in ``problems``.
    """

    file_name: str
    sha256: str
    park: str
    year: int | None
    exported_at: dt.datetime | None
    template: int | None
    said: pa.Table
    roster: pa.Table
    park_items: tuple[str, ...] = ()
    enterprise_items: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    name: Text = NO_NAME  # of the park, as the workbook was written
    invented: bool = False
    problems: tuple[Problem, ...] = ()
    refused: int = 0

    @cached_property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def ok(self) -> bool:
        """Return whether everything in it may be applied."""
        return not self.refused


def cell_name(row: int, column: int) -> str:
    """Return the A1 name of the 0-based cell.

    >>> cell_name(11, 5), cell_name(0, 27)
    ('F12', 'AB1')
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Return the letters of the 0-based *column*.

    >>> column_name(701), column_name(702)
    ('ZZ', 'AAA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place_of(subject: str, row: int, column: int) -> str:
    """Return the full cell reference of a statement: its subject decides the sheet.

    >>> place_of("", 11, 5)
    'KCN · Park!F12'
    """
    return f"{ENTERPRISE_SHEET if subject else PARK_SHEET}!{cell_name(row, column)}"
