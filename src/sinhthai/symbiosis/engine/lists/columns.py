"""What people call the columns of a list, in Vietnamese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.lists.messages import MESSAGES, Messages

_UNIT = re.compile(r"[\[(]([^\[\]]*)[\])]\s*$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column we understand: its name on screen, base unit, and other headings for it (folded).

    ``alike`` are units of another kind that mean the same here, with how many base units one is:
    a cubic metre of water for its tonne. A unit ``kelvin`` is a difference of temperatures.
    """

    label: Text
    unit: str
    written: tuple[str, ...]
    alike: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one list, its messages, and which columns share one column of units."""

    columns: Mapping[str, Column]
    messages: Messages = field(default_factory=lambda: MESSAGES)
    unit_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def named(self, words: str) -> str | None:
        """Return which column folded *words* name, or None."""
        for name, column in self.columns.items():
            labels = (_spelt(column.label.vi), _spelt(column.label.en), name)
            if words in labels or words in column.written:
                return name
        return None


def split_heading(written: str) -> tuple[str, str]:
    """Return a heading as its folded words and the unit in brackets or after a comma.

    >>> split_heading("Nhiệt độ vào (°C)"), split_heading("CP, kW/K")
    (('nhiet do vao', '°C'), ('cp', 'kW/K'))
    """
    text = " ".join(written.split())
    if match := _UNIT.search(text):
        text, unit = text[: match.start()], match.group(1)
    elif "," in text:
        text, _, unit = text.rpartition(",")
    else:
        unit = ""
    words = _spelt(text).replace("_", " ").replace("*", "")
    return " ".join(words.split()).strip(" :"), unit.strip()


def _spelt(text: str) -> str:
    return fold(text).replace("Δ", "d").replace("δ", "d")
