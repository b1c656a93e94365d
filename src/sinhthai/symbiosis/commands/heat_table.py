"""Heat targets in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.heat.findings import sentences
from sinhthai.symbiosis.engine.heat.report import Targets
from sinhthai.symbiosis.engine.heat.study import HeatStudy

_MOST_ROWS = 40  # of a problem table; the rest is in the other formats


def print_study(console: Console, study: HeatStudy, language: str) -> None:
    """Print *study* to *console*."""
    title = Text("Mục tiêu thu hồi nhiệt, ΔTmin = {least} K", "Heat targets, ΔTmin = {least} K")
    said = title.format(least=number(study.least)).get(language)
    console.print(Line(said, style="bold"))
    _print_figures(console, study.whole, language)
    for sentence in sentences(study.whole.streams, study.whole.table):
        console.print(Line(sentence.get(language)))
    _print_cascade(console, study.whole, language)
    if study.zones:
        _print_zones(console, study, language)


def number(value: float, digits: int = 1) -> Text:
    """Return *value* in both languages, at most *digits* decimals, none where it is whole."""
    rounded = round(value, digits)
    return Text(format_number(rounded, "vi"), format_number(rounded, "en"))


def columns(headings: Sequence[Text], language: str, *, left: int = 1) -> Table:
    """Return an empty table; the first *left* columns hold words, the others numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for at, heading in enumerate(headings):
        table.add_column(heading.get(language), justify="left" if at < left else "right")
    return table


def _print_figures(console: Console, one: Targets, language: str) -> None:
    rows = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2))
    rows.add_column()
    rows.add_column(justify="right")
    table = one.table
    for label, value in (
        (Text("Tiện ích nóng", "Hot utility"), table.hot),
        (Text("Tiện ích lạnh", "Cold utility"), table.cold),
        (Text("Nhiệt thu hồi được", "Heat recovered"), table.recovery),
    ):
        rows.add_row(label.get(language), f"{number(value, 3).get(language)} kW", style="bold")
    label = Text("Pinch (thang dịch chuyển; nóng / lạnh)", "Pinch (shifted; hot / cold)")
    for pinch in one.pinches:
        sides = [
            number(side).get(language) if side is not None else "–"
            for side in (pinch.hot, pinch.cold)
        ]
        shifted = number(pinch.shifted).get(language)
        rows.add_row(label.get(language), f"{shifted} °C ({sides[0]} / {sides[1]} °C)")
        label = Text("", "")
    console.print(rows)


def _print_cascade(console: Console, one: Targets, language: str) -> None:
    table = one.table
    shown = columns(
        [
            Text("T dịch chuyển (°C)", "Shifted T (°C)"),
            Text("CP nóng − lạnh (kW/K)", "CP hot − cold (kW/K)"),
            Text("Dòng nhiệt đi xuống (kW)", "Heat flowing down (kW)"),
        ],
        language,
        left=0,
    )
    for at, temperature in enumerate(table.temperatures.tolist()[:_MOST_ROWS]):
        flow = number(float(table.above[at]), 3).get(language)
        if table.jump[at]:
            flow = f"{flow} → {number(float(table.below[at]), 3).get(language)}"
        shown.add_row(
            number(temperature).get(language),
            number(float(table.capacity[at]), 3).get(language),
            flow,
            style="bold green" if temperature in table.pinches else "",
        )
    console.print(shown)
    more = len(table.temperatures) - _MOST_ROWS
    if more > 0:
        rest = Text("… còn {more} hàng (--format xlsx).", "… {more} rows more (--format xlsx).")
        console.print(Line(rest.format(more=more).get(language), style="dim"))


def _print_zones(console: Console, study: HeatStudy, language: str) -> None:
    shown = columns(
        [
            Text("Doanh nghiệp", "Enterprise"),
            Text("Nóng (kW)", "Hot (kW)"),
            Text("Lạnh (kW)", "Cold (kW)"),
            Text("Thu hồi (kW)", "Recovered (kW)"),
            Text("Pinch (°C)", "Pinch (°C)"),
        ],
        language,
    )
    whole = study.whole.table
    for zone in study.zones:
        table = zone.table
        pinches = "; ".join(number(pinch).get(language) for pinch in table.pinches)
        figures = (number(one, 3).get(language) for one in (table.hot, table.cold, table.recovery))
        shown.add_row(zone.name, *figures, pinches)
    together = sum(zone.table.recovery for zone in study.zones)
    for label, hot, cold, recovery in (
        (Text("Cộng từng doanh nghiệp", "Each by itself"), study.zones_hot, study.zones_cold,
         together),
        (Text("Trao đổi trực tiếp toàn khu", "Exchanging directly"), whole.hot, whole.cold,
         whole.recovery),
    ):  # fmt: skip
        figures = (number(one, 3).get(language) for one in (hot, cold, recovery))
        shown.add_row(label.get(language), *figures, "", style="bold")
    console.print(shown)
