"""Gathers statements and problems while sheets are read, in columns rather than objects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sinhthai.foundation.problems import Place, Problem
from sinhthai.reporting.engine.workbook.cells import Column
from sinhthai.reporting.engine.workbook.container import NOT_COMPUTED
from sinhthai.reporting.engine.workbook.messages import problem
from sinhthai.reporting.engine.workbook.model import SAID, Stated

MAX_PROBLEMS: Final = 2_000  # listed; the rest are counted


class Problems:
    """The problems found so far: all are counted, the first `MAX_PROBLEMS` are kept."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.kept: list[Problem] = []
        self.errors = 0
        self._unlisted = 0

    def add(self, code: str, sheet: str = "", cell: str = "", /, **values: object) -> None:
        self.take(problem(code, Place(self.file_name, sheet, cell), **values))

    def take(self, found: Problem) -> None:
        self.errors += found.severity == "error"
        if len(self.kept) < MAX_PROBLEMS:
            self.kept.append(found)
        else:
            self._unlisted += 1

    def listed(self) -> tuple[Problem, ...]:
        if not self._unlisted:
            return tuple(self.kept)
        more = problem("too_many_problems", Place(self.file_name), count=self._unlisted)
        return (*self.kept, more)


def add_formula_problem(problems: Problems, sheet: str, cell: str, error: str) -> None:
    """Say what is wrong with a formula: the error it ends in, or that nobody computed it."""
    if error == NOT_COMPUTED:
        problems.add("formula_uncomputed", sheet, cell)
    else:
        problems.add("formula_error", sheet, cell, error=error)


class Statements:
    """Collects the SAID table piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[list[pa.Array]] = []  # columns of SAID, a run of cells each

    def add_column(
        self,
        item: str,
        column: int,
        read: Column,
        subjects: pa.Array,
        rows: NDArray[np.int32],
        taken: NDArray[np.bool_],
    ) -> NDArray[np.bool_]:
        """Add what a run of cells says; returns which positions said something.

        ``subjects`` and ``rows`` tell whose each position is and its 0-based sheet row;
        positions not ``taken`` (of refused rows) are left out.
        """
        said = np.zeros(len(rows), bool)
        said[read.positions] = True
        chosen = taken[read.positions]
        positions = read.positions[chosen]
        if len(positions):
            numbers = None if read.numbers is None else pa.array(read.numbers[chosen])
            texts = None if read.texts is None else pa.array(read.texts, pa.string()).filter(chosen)
            self._add(item, column, subjects.take(positions), rows[positions], numbers, texts)
        for position, _ in read.odd:
            said[position] = True
        self.add_odd(item, column, [pair for pair in read.odd if taken[pair[0]]], subjects, rows)
        return said

    def add_odd(
        self,
        item: str,
        column: int,
        odd: Sequence[tuple[int, Stated]],
        subjects: pa.Array,
        rows: NDArray[np.int32],
    ) -> None:
        if not odd:
            return
        positions = np.array([position for position, _ in odd], np.int32)
        answers = [answer for _, answer in odd]
        values = [answer.value for answer in answers]
        self._add(
            item,
            column,
            subjects.take(positions),
            rows[positions],
            pa.array([_number(value) for value in values], pa.float64()),
            pa.array([v if isinstance(v, str) else None for v in values], pa.string()),
            pa.array([answer.qualifier or None for answer in answers], pa.string()),
            pa.array([answer.absence or None for answer in answers], pa.string()),
        )

    def _add(
        self,
        item: str,
        column: int,
        subjects: pa.Array,
        rows: NDArray[np.int32],
        numbers: pa.Array | None,
        texts: pa.Array | None,
        qualifiers: pa.Array | None = None,
        absences: pa.Array | None = None,
    ) -> None:
        count = len(rows)
        code = pa.DictionaryArray.from_arrays(np.zeros(count, np.int8), [item])
        words = (texts, qualifiers, absences)
        columns = [
            subjects.dictionary_encode(),
            code,
            pa.nulls(count, pa.float64()) if numbers is None else numbers,
            *(pa.nulls(count) if given is None else given.dictionary_encode() for given in words),
            pa.array(rows, pa.int32()),
            pa.array(np.full(count, column, np.int16)),
        ]
        self._pieces.append(columns)

    def table(self) -> pa.Table:
        """Return what was gathered; until then words are kept as codes, to save memory."""
        arrays = []
        for number, field in enumerate(SAID):
            chunks = [columns[number].cast(field.type) for columns in self._pieces]
            arrays.append(pa.chunked_array(chunks, field.type))
            for columns in self._pieces:
                columns[number] = None
        return pa.Table.from_arrays(arrays, schema=SAID)


def _number(value: Any) -> float | None:
    return None if value is None or isinstance(value, str) else float(value)
