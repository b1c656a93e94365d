"""The sheet of the enterprises: a row each, a column per item, read a few thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import Any, Final

import numpy as np
import pyarrow as pa
import python_calamine as calamine
from numpy.typing import NDArray

from sinhthai.foundation.problems import Place
from sinhthai.foundation.text import Text, fold
from sinhthai.reporting.engine.workbook.cells import CellReader
from sinhthai.reporting.engine.workbook.container import Container, percent_cells
from sinhthai.reporting.engine.workbook.gather import Problems, Statements, add_formula_problem
from sinhthai.reporting.engine.workbook.identity import Identity
from sinhthai.reporting.engine.workbook.locate import (
    IDENTITY,
    LOOKED_AT,
    Header,
    find_header,
    names_of,
)
from sinhthai.reporting.engine.workbook.merged import check_merged
from sinhthai.reporting.engine.workbook.model import ROSTER, KnownEnterprise, cell_name
from sinhthai.reporting.engine.workbook.words import STATUSES, both, choice_words
from sinhthai.reporting.engine.workbook.years import check_years
from sinhthai.rules.model import Item

ROWS_AT_ONCE: Final = 4_096
UNIT_ROW: Final = Text("Đơn vị", "Unit")  # stands in the code column of the row of units
_UNIT_WORDS = frozenset(fold(word) for word in (UNIT_ROW.vi, UNIT_ROW.en, both(UNIT_ROW)))


def read_enterprise_sheet(
    sheet: calamine.CalamineSheet,
    container: Container,
    items: Sequence[Item],
    identity: Identity,
    known: Mapping[str, KnownEnterprise] | None,
    statements: Statements,
    problems: Problems,
) -> tuple[tuple[str, ...], pa.Table]:
    """Read the enterprises' values; returns the items that have a column, and the roster."""
    rows = _rows_of(sheet)
    top = list(islice(rows, LOOKED_AT))
    place = Place(problems.file_name, sheet.name)
    keys = [*IDENTITY, *(item.code for item in items)]
    header = find_header(top, names_of(items, IDENTITY), keys, 2, place) if top else None
    if header is None:
        problems.add("header_missing", sheet.name, "A1")
        return (), ROSTER.empty_table()
    for found in header.problems:
        problems.take(found)
    if "enterprise" not in header.columns and "tax_code" not in header.columns:
        problems.add("key_column_missing", sheet.name, cell_name(max(header.first - 1, 0), 0))
        return (), ROSTER.empty_table()
    check_years(top[: header.first], identity, sheet.name, problems)
    present = [item for item in items if item.code in header.columns]
    for item in items:
        if item.code in identity.items and item.code not in header.columns:
            problems.add("column_missing", sheet.name, name=item.name)
    columns = [header.columns[item.code] for item in present]
    merged = check_merged(sheet, header.first, columns, problems)
    bad = dict.fromkeys(merged, "")
    bad.update(container.sheets[sheet.name].errors)
    reader = _SheetReader(sheet.name, header, present, identity, known, statements, problems)
    if any(item.unit == "percent" for item in present):
        reader.percents = percent_cells(container, sheet.name)
    reader.read(chain(top[header.first :], rows), bad)
    return tuple(item.code for item in present), reader.roster()


def _rows_of(sheet: calamine.CalamineSheet) -> Iterator[list[Any]]:
    """Yield the rows from A1 on (the library leaves out empty columns on the left)."""
    left = sheet.start[1] if sheet.start else 0
    if not left:
        return iter(sheet.iter_rows())
    blank = [""] * left
    return (blank + row for row in sheet.iter_rows())


@dataclass(slots=True)
class _SheetReader:
    sheet: str
    header: Header
    items: Sequence[Item]
    identity: Identity
    known: Mapping[str, KnownEnterprise] | None
    statements: Statements
    problems: Problems
    percents: set[tuple[int, int]] = field(default_factory=set)
    _first_row: dict[str, int] = field(default_factory=dict)  # enterprise -> 0-based row
    _tax_row: dict[str, int] = field(default_factory=dict)
    _by_tax: dict[str, str] = field(default_factory=dict)
    _statuses: dict[str, str] = field(default_factory=dict)
    _enrolled: list[tuple[Any, ...]] = field(default_factory=list)
    _roster: list[pa.RecordBatch] = field(default_factory=list)

    def read(self, rows: Iterator[list[Any]], bad: Mapping[tuple[int, int], str]) -> None:
        """Read all *rows*; *bad* cells are merged ("") or end in the error given."""
        self._by_tax = {k.tax_code: k.code for k in (self.known or {}).values() if k.tax_code}
        self._statuses = choice_words(STATUSES)
        readers = [CellReader(item) for item in self.items]
        start = self.header.first
        while chunk := list(islice(rows, ROWS_AT_ONCE)):
            self._read_chunk(chunk, start, readers, bad)
            start += len(chunk)

    def roster(self) -> pa.Table:
        return pa.Table.from_batches(self._roster, ROSTER)

    def _read_chunk(
        self,
        chunk: list[list[Any]],
        start: int,
        readers: Sequence[CellReader],
        bad: Mapping[tuple[int, int], str],
    ) -> None:
        columns = list(zip(*chunk, strict=True))
        count = len(chunk)
        rows = np.arange(start, start + count, dtype=np.int32)
        codes = self._column(columns, "enterprise", count)
        taxes = self._column(columns, "tax_code", count)
        skipped = {index for index, code in enumerate(codes) if fold(code) in _UNIT_WORDS}
        subjects = self._subjects(codes, taxes, columns, start, skipped)
        taken = np.array([subject is not None for subject in subjects], bool)
        subject_array = pa.array(["" if s is None else s for s in subjects], pa.string())
        filled = np.zeros(count, bool)
        inside = {cell: error for cell, error in bad.items() if start <= cell[0] < start + count}
        for item, reader in zip(self.items, readers, strict=True):
            column = self.header.columns[item.code]
            raw = self._without_bad(columns[column], column, start, inside)
            read = reader.read(raw, partial(self._is_percent, column, start))
            filled |= self.statements.add_column(
                item.code, column, read, subject_array, rows, taken
            )
            for index, refusal in read.refused:
                if index in skipped:
                    continue
                filled[index] = True
                where = cell_name(start + index, column)
                self.problems.add(refusal.code, self.sheet, where, **refusal.values)
        self._check_filled(filled, codes, taxes, subjects, start, skipped)
        if self._enrolled:
            enrolled = zip(ROSTER, zip(*self._enrolled, strict=True), strict=True)
            arrays = [pa.array(values, field.type) for field, values in enrolled]
            self._roster.append(pa.RecordBatch.from_arrays(arrays, schema=ROSTER))
            self._enrolled.clear()

    def _is_percent(self, column: int, start: int, index: int) -> bool:
        return (start + index, column) in self.percents

    def _without_bad(
        self,
        raw: Sequence[Any],
        column: int,
        start: int,
        bad: Mapping[tuple[int, int], str],
    ) -> Sequence[Any]:
        """Blank the cells that are merged or hold an error, reporting the errors."""
        own = {row - start: error for (row, at), error in bad.items() if at == column}
        if not own:
            return raw
        for index, error in own.items():
            if error:
                where = cell_name(start + index, column)
                add_formula_problem(self.problems, self.sheet, where, error)
        return ["" if index in own else value for index, value in enumerate(raw)]

    def _column(self, columns: Sequence[Sequence[Any]], key: str, count: int) -> list[str]:
        if key not in self.header.columns:
            return [""] * count
        digits = 10 if key == "tax_code" else 0
        return [_identifier(raw, digits) for raw in columns[self.header.columns[key]]]

    def _subjects(
        self,
        codes: Sequence[str],
        taxes: Sequence[str],
        columns: Sequence[Sequence[Any]],
        start: int,
        skipped: set[int],
    ) -> list[str | None]:
        """Return whose each row is; None for rows of nobody or refused, which are reported."""
        names = self._column(columns, "name", len(codes))
        industries = self._column(columns, "vsic", len(codes))
        statuses = self._column(columns, "status", len(codes))
        subjects: list[str | None] = []
        for index, (code, tax) in enumerate(zip(codes, taxes, strict=True)):
            if index in skipped or not (code or tax):
                subjects.append(None)
                continue
            row = start + index
            subject = self._subject(code, tax, row, names[index])
            subjects.append(subject)
            if subject is not None:
                status = self._statuses.get(fold(statuses[index]))
                self._enrol(subject, status, tax, names[index], industries[index], row)
        return subjects

    def _subject(self, code: str, tax: str, row: int, name: str) -> str | None:
        subject = code or self._by_tax.get(tax, tax)
        at = self._key_cell(row, "enterprise" if code else "tax_code")
        if self.known is not None:
            entry = self.known.get(subject)
            if entry is None:
                self.problems.add("enterprise_unknown", self.sheet, at, name=name or subject)
                return None
            if tax and entry.tax_code and tax != entry.tax_code:
                where = self._key_cell(row, "tax_code")
                self.problems.add("tax_code_other", self.sheet, where, name=tax, code=subject)
                return None
        if subject in self._first_row:
            first = self._key_cell(self._first_row[subject], "enterprise")
            shown = name or subject
            self.problems.add("enterprise_twice", self.sheet, at, name=shown, first=first)
            return None
        self._first_row[subject] = row
        if tax and self._tax_row.setdefault(tax, row) != row:
            first = self._key_cell(self._tax_row[tax], "tax_code")
            where = self._key_cell(row, "tax_code")
            self.problems.add("tax_code_twice", self.sheet, where, name=tax, first=first)
            return None
        return subject

    def _enrol(
        self, subject: str, status: str | None, tax: str, name: str, vsic: str, row: int
    ) -> None:
        entry = (self.known or {}).get(subject)
        known_status = (entry.status if entry else "") or status
        place = (self.identity.park, subject, self.identity.year)
        self._enrolled.append((*place, known_status, tax, name, vsic, row))

    def _check_filled(
        self,
        filled: NDArray[np.bool_],
        codes: Sequence[str],
        taxes: Sequence[str],
        subjects: Sequence[str | None],
        start: int,
        skipped: set[int],
    ) -> None:
        """Report values on rows of nobody, and of enterprises that are closed."""
        closed = {code for code, entry in (self.known or {}).items() if entry.status == "closed"}
        for index in np.flatnonzero(filled).tolist():
            if index in skipped:
                continue
            subject = subjects[index]
            if not (codes[index] or taxes[index]):
                where = self._key_cell(start + index, "enterprise")
                self.problems.add("enterprise_unnamed", self.sheet, where)
            elif subject is not None and subject in closed:
                where = self._key_cell(start + index, "enterprise")
                self.problems.add("enterprise_closed", self.sheet, where, name=subject)

    def _key_cell(self, row: int, key: str) -> str:
        other = "tax_code" if key == "enterprise" else "enterprise"
        column = self.header.columns.get(key, self.header.columns.get(other, 0))
        return cell_name(row, column)


def _identifier(raw: Any, digits: int) -> str:
    """Return a code as text: a tax code typed as a number lost its leading zero."""
    if isinstance(raw, str):
        return raw.strip()
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw)).zfill(digits)
    return str(raw)
