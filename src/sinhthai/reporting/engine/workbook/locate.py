"""Where things stand on a sheet: found by hidden code first, else by heading in either language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.reporting.engine.workbook.messages import problem
from sinhthai.reporting.engine.workbook.model import cell_name
from sinhthai.reporting.engine.workbook.words import both
from sinhthai.rules.model import Item

# The columns beside the items: key -> heading. Keys stand in the hidden code row.
IDENTITY: Final[Mapping[str, Text]] = {
    "enterprise": Text("Mã doanh nghiệp", "Enterprise code"),
    "tax_code": Text("Mã số thuế", "Tax code"),
    "name": Text("Tên doanh nghiệp", "Enterprise name"),
    "vsic": Text("Ngành (VSIC)", "Industry (VSIC)"),
    "status": Text("Tình trạng", "Status"),
}
PARK_COLUMNS: Final[Mapping[str, Text]] = {
    "code": Text("Mã", "Code"),
    "name_vi": Text("Chỉ tiêu", ""),
    "name_en": Text("Item", ""),
    "unit": Text("Đơn vị", "Unit"),
    "value": Text("Giá trị", "Value"),
    "note": Text("Nguồn, ghi chú", "Source, note"),
    "last": Text("Năm trước", "Last year"),
    "help": Text("Hướng dẫn", "Help"),
}
LOOKED_AT: Final = 40  # rows from the top in which the headings must stand


@dataclass(frozen=True, slots=True)
class Names:
    """Folded heading -> key, for headings only one key has; and every key's folded headings."""

    keys: Mapping[str, str]
    headings: Mapping[str, frozenset[str]]

    def key_of(self, raw: object) -> str | None:
        return self.keys.get(fold(str(raw))) if raw != "" else None

    def contradicts(self, key: str, raw: object) -> bool:
        """Return whether heading *raw* is that of another key than *key*."""
        if raw == "":
            return False
        heading = fold(str(raw))
        return heading not in self.headings.get(key, frozenset()) and heading in self.keys


def names_of(items: Iterable[Item], others: Mapping[str, Text]) -> Names:
    """Return the headings by which *items* and the *others* are known."""
    headings: dict[str, frozenset[str]] = {}
    for key, text in [*others.items(), *((item.code, item.name) for item in items)]:
        spellings = (text.vi, text.en, both(text))
        headings[key] = frozenset(fold(word) for word in spellings if word)
    keys: dict[str, str] = {}
    doubtful = set()
    for key, words in headings.items():
        for word in words:
            if keys.setdefault(word, key) != key:
                doubtful.add(word)
    return Names({word: key for word, key in keys.items() if word not in doubtful}, headings)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns found: key -> column; data starts at row ``first``; what is wrong with them."""

    columns: Mapping[str, int]
    first: int
    problems: tuple[Problem, ...] = ()


def find_header(
    top: Sequence[Sequence[Any]], names: Names, keys: Iterable[str], needed: int, place: Place
) -> Header | None:
    """Find the heading rows among the *top* rows.

    Parameters
    ----------
    top : the first rows of the sheet, raw
    names : headings of all keys
    keys : the keys whose codes may stand in the hidden code row
    needed : how many columns must be recognised in a row for it to be a heading row
    place : file and sheet, for the problems

    Returns
    -------
    Header, or None when no row is one.
    """
    known = set(keys)
    code_row = _best_row(top, lambda raw: raw if raw in known else None, needed)
    name_rows = [
        index
        for index, row in enumerate(top)
        if index != code_row and sum(names.key_of(raw) is not None for raw in row) >= needed
    ]
    name_rows = [row for row in name_rows if row < name_rows[0] + 3]  # later ones are data
    if code_row is None and not name_rows:
        return None
    problems: list[Problem] = []
    columns: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    width = max(len(row) for row in top)
    for column in range(width):
        key, row = _key_at(top, column, code_row, name_rows, known, names, place, problems)
        if key is None:
            said = next((top[r][column] for r in name_rows if top[r][column] != ""), "")
            if said != "":
                unknown.append((column, str(said)))
            continue
        if key in columns:
            problems.append(
                problem(
                    "header_twice",
                    Place(place.file, place.sheet, cell_name(row, column)),
                    name=_name(key, names),
                    first=cell_name(row, columns[key]),
                )
            )
            continue
        columns[key] = column
    heading = name_rows[0] if name_rows else code_row or 0
    for column, said in unknown:
        where = Place(place.file, place.sheet, cell_name(heading, column))
        problems.append(problem("column_unknown", where, name=said[:80]))
    last = max([*name_rows, -1 if code_row is None else code_row])
    return Header(columns, last + 1, tuple(problems))


def _key_at(
    top: Sequence[Sequence[Any]],
    column: int,
    code_row: int | None,
    name_rows: Sequence[int],
    known: set[str],
    names: Names,
    place: Place,
    problems: list[Problem],
) -> tuple[str | None, int]:
    """Return the key of *column* and the row that said so; a contradiction is a problem."""
    if code_row is not None:
        code = top[code_row][column]
        if code in known:
            for row in name_rows:
                if names.contradicts(code, top[row][column]):
                    where = Place(place.file, place.sheet, cell_name(row, column))
                    shown = top[row][column]
                    problems.append(problem("header_mismatch", where, code=code, name=shown))
                    break
            return str(code), name_rows[0] if name_rows else code_row
    for row in name_rows:
        key = names.key_of(top[row][column])
        if key in known:
            return key, row
    return None, -1


def _best_row(top: Sequence[Sequence[Any]], key_of: Any, needed: int) -> int | None:
    counts = [sum(key_of(raw) is not None for raw in row) for row in top]
    most = max(counts, default=0)
    return counts.index(most) if most >= needed else None


def _name(key: str, names: Names) -> str:
    return min(names.headings.get(key, {key}), key=len)
