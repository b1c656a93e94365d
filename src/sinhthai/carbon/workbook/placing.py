"""The problems of the engine, told with the cell of the workbook they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sinhthai.carbon.workbook.model import Reading
from sinhthai.carbon.workbook.reading import bounded
from sinhthai.foundation.problems import Problem
from sinhthai.reporting.engine.workbook.model import column_name

_COLUMN = {
    "unknown-activity": "what",
    "unit-of-another-kind": "unit",
    "no-factor": "year",
    "no-treatment": "category",
    "no-fuel-of-heat": "category",
    "no-cod": "cod",
    "no-enthalpy": "enthalpy",
    "no-efficiency": "efficiency",
    "no-stated-factor": "ef",
}
_ROW = re.compile(r"\d+$")


def placed(problems: Sequence[Problem], reading: Reading) -> list[Problem]:
    """Return *problems* of the engine at the cells to be mended; of one kind no more than a screen.

    Lines stand in places as their quantity; a cause in another column moves there.
    """
    return bounded([_placed(one, reading) for one in problems])


def _placed(problem: Problem, reading: Reading) -> Problem:
    columns = reading.columns.get(problem.place.sheet, {})
    column = columns.get(_COLUMN.get(problem.code, ""))
    row = _ROW.search(problem.place.cell)
    if column is None or row is None:
        return problem
    cell = f"{column_name(column)}{row[0]}"
    return replace(problem, place=replace(problem.place, cell=cell))
