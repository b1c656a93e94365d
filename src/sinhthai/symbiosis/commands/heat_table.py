"""Heat targets in a terminal."""

from __future__ import annotations

import numpy as np
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.commands import heat_words as words
from sinhthai.symbiosis.commands.heat_words import number
from sinhthai.symbiosis.commands.tables import table_of
from sinhthai.symbiosis.engine.heat.findings import sentences
from sinhthai.symbiosis.engine.heat.matches import MatchPlan
from sinhthai.symbiosis.engine.heat.neighbours import HeatNeighbours
from sinhthai.symbiosis.engine.heat.placement import Placement
from sinhthai.symbiosis.engine.heat.report import Targets
from sinhthai.symbiosis.engine.heat.study import HeatStudy
from sinhthai.symbiosis.engine.heat.total_site import SiteTargets

_LABEL = 14  # characters before a bar
_SKETCH_ROWS = 16
_MOST_ROWS = 40  # of a problem table; the rest is in the other formats


def print_study(console: Console, study: HeatStudy, language: str) -> None:
    """Print *study* to *console*, each part under its own heading."""
    _head(console, words.TITLE.format(least=number(study.least)), language)
    _print_figures(console, study.whole, language)
    for sentence in sentences(study.whole.streams, study.whole.table):
        console.print(Line(sentence.get(language)))
    _print_cascade(console, study.whole, language)
    _print_sketch(console, study.whole, language)
    if study.zones:
        _print_zones(console, study, language)
    if study.placement is not None:
        _print_placement(console, study.placement, language)
    if study.site is not None:
        _print_site(console, study.site, language)
    if study.matches is not None:
        _print_matches(console, study.matches, language)
    if study.neighbours is not None:
        _print_neighbours(console, study.neighbours, language)
    console.print(Line(words.NOT_A_DECISION.get(language), style="dim"))


def _head(console: Console, title: Text, language: str) -> None:
    console.print(Line(title.get(language), style="bold"))


def _print_figures(console: Console, one: Targets, language: str) -> None:
    rows = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2))
    rows.add_column()
    rows.add_column(justify="right")
    table = one.table
    for label, value in (
        (words.HOT_UTILITY, table.hot),
        (words.COLD_UTILITY, table.cold),
        (words.RECOVERY, table.recovery),
    ):
        rows.add_row(label.get(language), f"{number(value, 3).get(language)} kW", style="bold")
    label = words.PINCH
    for pinch in one.pinches:
        said = f"{number(pinch.shifted).get(language)} °C"
        sides = [words.on_side(pinch.hot, words.HOT), words.on_side(pinch.cold, words.COLD)]
        known = ", ".join(side.get(language) for side in sides if side is not None)
        rows.add_row(label.get(language), f"{said} ({known})" if known else said)
        label = Text("", "")
    console.print(rows)


def _print_cascade(console: Console, one: Targets, language: str) -> None:
    table = one.table
    shown = table_of([words.SHIFTED, words.NET_CAPACITY, words.HEAT_DOWN], language, words=0)
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
        console.print(Line(words.MORE_ROWS.format(more=more).get(language), style="dim"))


def _print_sketch(console: Console, one: Targets, language: str) -> None:
    """Draw the grand composite curve: a bar of net heat for every step of temperature."""
    heat, temperature = one.grand.heat[::-1], one.grand.temperature[::-1]
    if len(heat) < 2 or heat.max() <= 0 or temperature[0] == temperature[-1]:
        return
    console.print(Line(words.SKETCH.get(language), style="bold"))
    widest = max(console.width - _LABEL, _LABEL)
    for level in np.linspace(temperature[-1], temperature[0], _SKETCH_ROWS).tolist():
        share = float(np.interp(level, temperature, heat) / heat.max())
        label = number(level, 0).get(language)
        console.print(Line(f"{label:>{_LABEL - 6}} °C │{'█' * round(share * widest)}"))


def _print_zones(console: Console, study: HeatStudy, language: str) -> None:
    shown = table_of(
        [words.ENTERPRISE, words.HOT_KW, words.COLD_KW, words.RECOVERED_KW, words.PINCHES], language
    )
    for zone in study.zones:
        table = zone.table
        pinches = "; ".join(number(pinch).get(language) for pinch in table.pinches)
        figures = (table.hot, table.cold, table.recovery)
        shown.add_row(zone.name, *(number(one, 3).get(language) for one in figures), pinches)
    for label, hot, cold, recovery in words.site_rows(study):
        figures = (hot, cold, recovery)
        said = (number(one, 3).get(language) for one in figures)
        shown.add_row(label.get(language), *said, "", style="bold")
    console.print(shown)


def _print_placement(console: Console, placement: Placement, language: str) -> None:
    _head(console, words.UTILITIES, language)
    shown = table_of(
        [words.UTILITY, words.ROLE, words.TEMPERATURES, words.LOAD_KW], language, words=2
    )
    for load in placement.loads:
        role = words.BRINGS if load.is_hot else words.TAKES
        shown.add_row(
            load.utility.name,
            role.get(language),
            words.from_to(load.utility).get(language),
            number(load.heat, 3).get(language),
            style="" if load.heat else "dim",
        )
    console.print(shown)
    if placement.cost is not None:
        said = words.COST.format(cost=number(placement.cost, 0))
        console.print(Line(said.get(language), style="bold"))
    for sentence in words.unserved(placement.unserved_hot, placement.unserved_cold):
        console.print(Line(sentence.get(language), style="bold red"))


def _print_site(console: Console, site: SiteTargets, language: str) -> None:
    _head(console, words.TOTAL_SITE, language)
    headings = [
        words.UTILITY,
        words.USED,
        words.RAISED,
        words.BOUGHT,
        words.LET_DOWN,
        words.SURPLUS,
    ]
    shown = table_of(headings, language)
    for level in site.levels:
        figures = (level.used, level.raised, level.bought, level.let_down, level.surplus)
        cells = (number(one, 3).get(language) for one in figures)
        shown.add_row(level.utility.name, *cells, style="" if any(figures) else "dim")
    console.print(shown)
    said = words.THROUGH_MAINS.format(heat=number(site.through_mains, 3))
    console.print(Line(said.get(language), style="bold"))
    for sentence in words.unserved(site.unserved_hot, site.unserved_cold):
        console.print(Line(sentence.get(language), style="bold red"))


def _print_matches(console: Console, plan: MatchPlan, language: str) -> None:
    _head(console, words.matches_title(plan), language)
    shown = table_of([words.GIVES, words.TAKES_HEAT, words.HEAT_KW], language, words=2)
    for match in plan.matches:
        shown.add_row(match.hot, match.cold, number(match.heat, 3).get(language))
    console.print(shown)


def _print_neighbours(console: Console, found: HeatNeighbours, language: str) -> None:
    _head(console, words.pipes_title(found), language)
    if not found.links:
        return
    told = [one for one in words.PIPE_COLUMNS[2:] if one is not words.MWH_A_YEAR]
    shown = table_of([words.GIVER_TO_TAKER, *told], language, heading_width=6)
    for link in found.links:
        row = dict(zip(words.PIPE_COLUMNS, words.pipe_row(link), strict=True))
        giver, taker = (row[one] for one in words.PIPE_COLUMNS[:2])
        shown.add_row(f"{giver} → {taker}", *(_cell(row[one], language) for one in told))
    console.print(shown)


def _cell(value: str | tuple[float | None, int], language: str) -> str:
    if isinstance(value, str):
        return value
    amount, digits = value
    return "–" if amount is None else number(amount, digits).get(language)
