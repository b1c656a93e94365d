"""Tables in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich import box
from rich.table import Table

from sinhthai.foundation.text import Text


def table_of(headings: Sequence[Text], language: str, *, words: int = 1) -> Table:
    """Return an empty table; the first *words* columns hold words, the others figures."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for at, heading in enumerate(headings):
        side: Literal["left", "right"] = "left" if at < words else "right"
        table.add_column(heading.get(language), justify=side, overflow="fold")
    return table
