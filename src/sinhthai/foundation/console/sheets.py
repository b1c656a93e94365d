"""Answers as a workbook: tables under bold headings, curves with native charts, one language."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from sinhthai.foundation.text import Text

Cell = str | float | None
_COLOURS = ("#a3341f", "#1f5f99", "#14623f")


@dataclass(frozen=True, slots=True)
class Curve:
    """A polyline of (horizontal, vertical) points and what it is."""

    label: Text
    points: Sequence[tuple[float, float]]
    dashed: bool = False


class Workbook:
    """An .xlsx file being written; ``data`` holds it once it is closed.

    >>> with Workbook("en") as book:
    ...     book.sheet(Text("Bảng", "Table"), [Text("Tên", "Name")], [["ash"]])
    >>> book.data[:2]
    b'PK'
    """

    def __init__(self, language: str) -> None:
        import xlsxwriter

        self.language, self.data = language, b""
        self._target = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(self._target, options)
        self._bold = self._book.add_format({"bold": True})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._figure = self._book.add_format({"num_format": "#,##0.###"})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._book.close()
        self.data = self._target.getvalue()

    def say(self, text: Text) -> str:
        """Return *text* in the language of the workbook."""
        return text.get(self.language)

    def sheet(
        self,
        name: Text,
        headings: Sequence[Text],
        rows: Iterable[Sequence[Cell]],
        *,
        title: Text | None = None,
    ) -> None:
        """Add a sheet with one table; *title* stands above it. None is an empty cell."""
        self._table(name, headings, rows, title)

    def chart(self, name: Text, curves: Sequence[Curve], axes: tuple[Text, Text]) -> None:
        """Add a sheet with the points of *curves* side by side, and their chart."""
        across, up = (self.say(axis) for axis in axes)
        headings = [
            Text(f"{curve.label.vi} ({axis})", f"{curve.label.en} ({axis})")
            for curve in curves
            for axis in (across, up)
        ]
        longest = max((len(curve.points) for curve in curves), default=0)
        rows: list[list[Cell]] = [[None] * len(headings) for _ in range(longest)]
        for at, curve in enumerate(curves):
            for row, point in zip(rows, curve.points, strict=False):
                row[2 * at : 2 * at + 2] = point
        sheet = self._table(name, headings, rows, None)
        chart = self._book.add_chart({"type": "scatter", "subtype": "straight"})
        for at, curve in enumerate(curves):
            if not len(curve.points):
                continue
            last = len(curve.points)
            chart.add_series(
                {
                    "name": self.say(curve.label),
                    "categories": [sheet.name, 1, 2 * at, last, 2 * at],
                    "values": [sheet.name, 1, 2 * at + 1, last, 2 * at + 1],
                    "line": {
                        "color": _COLOURS[at % len(_COLOURS)],
                        "width": 2,
                        "dash_type": "dash" if curve.dashed else "solid",
                    },
                }
            )
        chart.set_title({"name": self.say(name)})
        chart.set_x_axis({"name": across})
        chart.set_y_axis({"name": up})
        chart.set_size({"width": 640, "height": 420})
        sheet.insert_chart(1, len(headings) + 1, chart)

    def _table(
        self,
        name: Text,
        headings: Sequence[Text],
        rows: Iterable[Sequence[Cell]],
        title: Text | None,
    ) -> Any:
        sheet = self._book.add_worksheet(self.say(name)[:31])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, max(len(headings) - 1, 1), 16)
        top = 0
        if title is not None:
            sheet.write_string(0, 0, self.say(title), self._bold)
            top = 2
        for at, heading in enumerate(headings):
            sheet.write_string(top, at, self.say(heading), self._head)
        for line, row in enumerate(rows, start=top + 1):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, at, cell)
                elif cell is not None:
                    sheet.write_number(line, at, cell, self._figure)
        sheet.freeze_panes(top + 1, 1)
        return sheet
