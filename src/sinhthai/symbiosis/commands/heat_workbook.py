"""Heat targets as a workbook: figures, cascade, curves with native charts, and the rest."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.commands import heat_words as words
from sinhthai.symbiosis.engine.heat.curves import Curve
from sinhthai.symbiosis.engine.heat.findings import sentences
from sinhthai.symbiosis.engine.heat.study import HeatStudy

_HOT, _COLD, _NET = "#a3341f", "#1f5f99", "#14623f"
_Cell = str | float | None


def workbook(study: HeatStudy, language: str) -> bytes:
    """Return *study* as an .xlsx file; numbers are numbers, temperatures in °C, heat in kW."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        writer = _Writer(book, language)
        _summary(writer, study)
        _cascade(writer, study)
        _curves(writer, study)
        _others(writer, study)
    return target.getvalue()


class _Writer:
    """Sheets with a bold heading row, in one language."""

    def __init__(self, book: Any, language: str) -> None:
        self.book, self.language = book, language
        self._bold = book.add_format({"bold": True})
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._figure = book.add_format({"num_format": "#,##0.###"})

    def say(self, text: Text) -> str:
        return text.get(self.language)

    def sheet(
        self, name: Text, headings: Sequence[Text], rows: Iterable[Sequence[_Cell]], top: int = 0
    ) -> Any:
        """Add a sheet with one table, *top* rows left free above it; return the sheet."""
        sheet = self.book.add_worksheet(self.say(name)[:31])
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, max(len(headings) - 1, 1), 16)
        for at, heading in enumerate(headings):
            sheet.write_string(top, at, self.say(heading), self._head)
        for line, row in enumerate(rows, start=top + 1):
            for at, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, at, cell)
                elif cell is not None:
                    sheet.write_number(line, at, cell, self._figure)
        if not top:
            sheet.freeze_panes(1, 0)
        return sheet

    def line(self, sheet: Any, row: int, text: Text) -> None:
        sheet.write_string(row, 0, self.say(text), self._bold)


def _summary(writer: _Writer, study: HeatStudy) -> None:
    table = study.whole.table
    rows: list[Sequence[_Cell]] = [
        (writer.say(words.HOT_UTILITY), table.hot, "kW"),
        (writer.say(words.COLD_UTILITY), table.cold, "kW"),
        (writer.say(words.RECOVERY), table.recovery, "kW"),
    ]
    rows += [(writer.say(words.PINCH), pinch.shifted, "°C") for pinch in study.whole.pinches]
    said = [*sentences(study.whole.streams, table), words.NOT_A_DECISION]
    rows += [(writer.say(sentence),) for sentence in said]
    headings: Sequence[Text] = (
        Text("Chỉ tiêu", "Figure"),
        Text("Giá trị", "Value"),
        Text("Đơn vị", "Unit"),
    )
    sheet = writer.sheet(Text("Mục tiêu", "Targets"), headings, rows, top=2)
    writer.line(sheet, 0, words.TITLE.format(least=words.number(study.least)))
    if study.zones:
        zones: list[Sequence[_Cell]] = [
            (zone.name, zone.table.hot, zone.table.cold, zone.table.recovery)
            for zone in study.zones
        ]
        zones += [(writer.say(label), *figures) for label, *figures in words.site_rows(study)]
        headings = (words.ENTERPRISE, words.HOT_KW, words.COLD_KW, words.RECOVERED_KW)
        writer.sheet(Text("Doanh nghiệp", "Enterprises"), headings, zones)


def _cascade(writer: _Writer, study: HeatStudy) -> None:
    table = study.whole.table
    columns = (table.temperatures, table.capacity, table.above, table.below)
    headings = (
        words.SHIFTED,
        words.NET_CAPACITY,
        Text("Dòng nhiệt đến (kW)", "Heat arriving (kW)"),
        Text("Dòng nhiệt đi (kW)", "Heat leaving (kW)"),
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    writer.sheet(Text("Bảng bài toán", "Problem table"), headings, rows)


def _curves(writer: _Writer, study: HeatStudy) -> None:
    whole = study.whole
    hot, cold = Text("Nóng", "Hot"), Text("Lạnh", "Cold")
    _chart(
        writer,
        Text("Đường tổng hợp", "Composite curves"),
        ((hot, whole.composites.hot, _HOT), (cold, whole.composites.cold, _COLD)),
    )
    net = Text("Dòng nhiệt ròng", "Net heat flow")
    _chart(writer, Text("Đường tổng hợp lớn", "Grand composite"), ((net, whole.grand, _NET),))


def _chart(writer: _Writer, name: Text, curves: Sequence[tuple[Text, Curve, str]]) -> None:
    """Add a sheet with the points of *curves* side by side, and their chart."""
    headings: list[Text] = []
    for label, _, _ in curves:
        headings += [
            Text(f"{label.vi} (kW)", f"{label.en} (kW)"),
            Text(f"{label.vi} (°C)", f"{label.en} (°C)"),
        ]
    longest = max(len(curve) for _, curve, _ in curves)
    rows: list[list[_Cell]] = [[None] * len(headings) for _ in range(longest)]
    for at, (_, curve, _) in enumerate(curves):
        for row, (heat, temperature) in zip(rows, curve.points(), strict=False):
            row[2 * at], row[2 * at + 1] = heat, temperature
    sheet = writer.sheet(name, headings, rows)
    chart = writer.book.add_chart({"type": "scatter", "subtype": "straight"})
    for at, (label, curve, colour) in enumerate(curves):
        if not len(curve):
            continue
        last = len(curve)
        chart.add_series(
            {
                "name": writer.say(label),
                "categories": [sheet.name, 1, 2 * at, last, 2 * at],
                "values": [sheet.name, 1, 2 * at + 1, last, 2 * at + 1],
                "line": {"color": colour, "width": 2, "dash_type": "dash" if at else "solid"},
            }
        )
    chart.set_title({"name": writer.say(name)})
    chart.set_x_axis({"name": writer.say(Text("Dòng nhiệt (kW)", "Heat flow (kW)"))})
    chart.set_y_axis({"name": "°C"})
    chart.set_size({"width": 640, "height": 420})
    sheet.insert_chart(1, len(headings) + 1, chart)


def _others(writer: _Writer, study: HeatStudy) -> None:
    headings: Sequence[Text]
    if study.placement is not None:
        rows: list[Sequence[_Cell]] = [
            (
                load.utility.name,
                writer.say(words.BRINGS if load.is_hot else words.TAKES),
                load.utility.supply,
                load.utility.target,
                load.heat,
            )
            for load in study.placement.loads
        ]
        unserved = words.unserved(study.placement.unserved_hot, study.placement.unserved_cold)
        rows += [(writer.say(sentence),) for sentence in unserved]
        headings = [
            words.UTILITY,
            words.ROLE,
            Text("Từ (°C)", "From (°C)"),
            Text("Đến (°C)", "To (°C)"),
            words.LOAD_KW,
        ]
        writer.sheet(words.UTILITIES, headings, rows)
    if study.site is not None:
        levels = [
            (one.utility.name, one.used, one.raised, one.bought, one.let_down, one.surplus)
            for one in study.site.levels
        ]
        headings = (
            words.UTILITY, words.USED, words.RAISED, words.BOUGHT, words.LET_DOWN, words.SURPLUS
        )  # fmt: skip
        writer.sheet(Text("Toàn khu (kW)", "Total site (kW)"), headings, levels)
    if study.matches is not None:
        headings = (words.GIVES, words.TAKES_HEAT, words.HEAT_KW)
        matches = [(one.hot, one.cold, one.heat) for one in study.matches.matches]
        sheet = writer.sheet(Text("Ghép nhiệt", "Matches"), headings, matches, top=2)
        writer.line(sheet, 0, words.matches_title(study.matches))
    if study.neighbours is not None:
        pipes = [
            [cell if isinstance(cell, str) else cell[0] for cell in words.pipe_row(link)]
            for link in study.neighbours.links
        ]
        name = Text("Đường ống", "Pipes")
        sheet = writer.sheet(name, words.PIPE_COLUMNS, pipes, top=2)
        writer.line(sheet, 0, words.pipes_title(study.neighbours))
