"""Tables in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Literal

from rich import box
from rich.table import Table

from sinhthai.foundation.text import Text


def table_of(
    headings: Sequence[Text], language: str, *, words: int = 1, heading_width: int = 10
) -> Table:
    """Return an empty table; the first *words* columns hold words, the others figures.

    A figure is never broken, so a narrow terminal folds the words. A heading of figures goes on
    below after *heading_width* characters, between words.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for at, heading in enumerate(headings):
        said, is_figure = heading.get(language), at >= words
        side: Literal["left", "right"] = "right" if is_figure else "left"
        if is_figure:
            said = "\n".join(
                wrap(said, heading_width, break_long_words=False, break_on_hyphens=False)
            )
        table.add_column(said, justify=side, no_wrap=is_figure, overflow="fold")
    return table
