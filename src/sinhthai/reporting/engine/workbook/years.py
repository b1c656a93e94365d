"""The year as people see it above a table must be the year the workbook is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from sinhthai.foundation.text import Text, fold
from sinhthai.reporting.engine.workbook.gather import Problems
from sinhthai.reporting.engine.workbook.identity import Identity
from sinhthai.reporting.engine.workbook.model import cell_name

YEAR_LABEL: Final = Text("Năm báo cáo", "Report year")
_YEAR = re.compile(r"(?:nam bao cao|report year)\D*(\d{4})?")


def check_years(
    top: Sequence[Sequence[Any]], identity: Identity, sheet: str, problems: Problems
) -> None:
    """Report every cell above the table that names another report year."""
    for row, cells in enumerate(top):
        for column, raw in enumerate(cells):
            match = _YEAR.match(fold(raw)) if isinstance(raw, str) else None
            if not match:
                continue
            beside = [at for at in range(column + 1, len(cells)) if cells[at] != ""][:1]
            at = column if match[1] or not beside else beside[0]
            here = match[1] or (_whole(cells[at]) if beside else "")
            if here and here != str(identity.year):
                where = cell_name(row, at)
                problems.add("year_twice", sheet, where, here=here, other=identity.year)


def _whole(raw: Any) -> str:
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else str(raw)
    return str(raw).strip()
