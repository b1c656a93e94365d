"""Heat targets as a workbook: figures, cascade, curves with native charts, and the rest."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.foundation.console.sheets import Cell, Curve, Workbook
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.commands import heat_words as words
from sinhthai.symbiosis.engine.heat.findings import sentences
from sinhthai.symbiosis.engine.heat.study import HeatStudy

_HEAT, _TEMPERATURE = Text("kW", "kW"), Text("°C", "°C")


def workbook(study: HeatStudy, language: str) -> bytes:
    """Return *study* as an .xlsx file; numbers are numbers, temperatures in °C, heat in kW."""
    with Workbook(language) as book:
        _summary(book, study)
        _cascade(book, study)
        _curves(book, study)
        _others(book, study)
    return book.data


def _summary(book: Workbook, study: HeatStudy) -> None:
    table = study.whole.table
    rows: list[Sequence[Cell]] = [
        (book.say(words.HOT_UTILITY), table.hot, "kW"),
        (book.say(words.COLD_UTILITY), table.cold, "kW"),
        (book.say(words.RECOVERY), table.recovery, "kW"),
    ]
    rows += [(book.say(words.PINCH), pinch.shifted, "°C") for pinch in study.whole.pinches]
    said = [*sentences(study.whole.streams, table), words.NOT_A_DECISION]
    rows += [(book.say(sentence),) for sentence in said]
    headings: Sequence[Text] = (
        Text("Chỉ tiêu", "Figure"),
        Text("Giá trị", "Value"),
        Text("Đơn vị", "Unit"),
    )
    title = words.TITLE.format(least=words.number(study.least))
    book.sheet(Text("Mục tiêu", "Targets"), headings, rows, title=title)
    if study.zones:
        zones: list[Sequence[Cell]] = [
            (zone.name, zone.table.hot, zone.table.cold, zone.table.recovery)
            for zone in study.zones
        ]
        zones += [(book.say(label), *figures) for label, *figures in words.site_rows(study)]
        headings = (words.ENTERPRISE, words.HOT_KW, words.COLD_KW, words.RECOVERED_KW)
        book.sheet(Text("Doanh nghiệp", "Enterprises"), headings, zones)


def _cascade(book: Workbook, study: HeatStudy) -> None:
    table = study.whole.table
    columns = (table.temperatures, table.capacity, table.above, table.below)
    headings = (
        words.SHIFTED,
        words.NET_CAPACITY,
        Text("Dòng nhiệt đến (kW)", "Heat arriving (kW)"),
        Text("Dòng nhiệt đi (kW)", "Heat leaving (kW)"),
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    book.sheet(Text("Bảng bài toán", "Problem table"), headings, rows)


def _curves(book: Workbook, study: HeatStudy) -> None:
    whole = study.whole
    book.chart(
        Text("Đường tổng hợp", "Composite curves"),
        [
            Curve(Text("Nóng", "Hot"), whole.composites.hot.points()),
            Curve(Text("Lạnh", "Cold"), whole.composites.cold.points(), dashed=True),
        ],
        (_HEAT, _TEMPERATURE),
    )
    book.chart(
        Text("Đường tổng hợp lớn", "Grand composite"),
        [Curve(Text("Dòng nhiệt ròng", "Net heat flow"), whole.grand.points())],
        (_HEAT, _TEMPERATURE),
    )


def _others(book: Workbook, study: HeatStudy) -> None:
    headings: Sequence[Text]
    if study.placement is not None:
        rows: list[Sequence[Cell]] = [
            (
                load.utility.name,
                book.say(words.BRINGS if load.is_hot else words.TAKES),
                load.utility.supply,
                load.utility.target,
                load.heat,
            )
            for load in study.placement.loads
        ]
        unserved = words.unserved(study.placement.unserved_hot, study.placement.unserved_cold)
        rows += [(book.say(sentence),) for sentence in unserved]
        headings = [
            words.UTILITY,
            words.ROLE,
            Text("Từ (°C)", "From (°C)"),
            Text("Đến (°C)", "To (°C)"),
            words.LOAD_KW,
        ]
        book.sheet(words.UTILITIES, headings, rows)
    if study.site is not None:
        levels = [
            (one.utility.name, one.used, one.raised, one.bought, one.let_down, one.surplus)
            for one in study.site.levels
        ]
        headings = (
            words.UTILITY, words.USED, words.RAISED, words.BOUGHT, words.LET_DOWN, words.SURPLUS
        )  # fmt: skip
        book.sheet(Text("Toàn khu (kW)", "Total site (kW)"), headings, levels)
    if study.matches is not None:
        headings = (words.GIVES, words.TAKES_HEAT, words.HEAT_KW)
        matches = [(one.hot, one.cold, one.heat) for one in study.matches.matches]
        title = words.matches_title(study.matches)
        book.sheet(Text("Ghép nhiệt", "Matches"), headings, matches, title=title)
    if study.neighbours is not None:
        pipes = [
            [cell if isinstance(cell, str) else cell[0] for cell in words.pipe_row(link)]
            for link in study.neighbours.links
        ]
        title = words.pipes_title(study.neighbours)
        book.sheet(Text("Đường ống", "Pipes"), words.PIPE_COLUMNS, pipes, title=title)
