"""Lists as people send them, CSV or workbook, headings in two languages, units where they like."""

from sinhthai.symbiosis.engine.lists.columns import Column, Layout, split_heading
from sinhthai.symbiosis.engine.lists.grids import Grid, read_grids
from sinhthai.symbiosis.engine.lists.messages import MESSAGES, Messages, problem
from sinhthai.symbiosis.engine.lists.rows import (
    Heading,
    Row,
    find_heading,
    missing_headings,
    raise_errors,
    rows_below,
)

__all__ = [
    "MESSAGES",
    "Column",
    "Grid",
    "Heading",
    "Layout",
    "Messages",
    "Row",
    "find_heading",
    "missing_headings",
    "problem",
    "raise_errors",
    "read_grids",
    "rows_below",
    "split_heading",
]
