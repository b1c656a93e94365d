"""Merged cells among the values: one value over several rows or columns belongs to nobody."""

from __future__ import annotations

from collections.abc import Sequence

import python_calamine as calamine

from sinhthai.reporting.engine.workbook.gather import Problems
from sinhthai.reporting.engine.workbook.model import cell_name


def check_merged(
    sheet: calamine.CalamineSheet, first: int, columns: Sequence[int], problems: Problems
) -> set[tuple[int, int]]:
    """Report ranges merged over the value *columns* from row *first* on; return their corners."""
    corners = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        touches = bottom >= first and any(left <= column <= right for column in columns)
        if touches and (top, left) != (bottom, right):
            span = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            problems.add("cells_merged", sheet.name, cell_name(top, left), range=span)
            corners.add((top, left))
    return corners
