"""Water targets in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text as Styled

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.commands import water_words as words
from sinhthai.symbiosis.commands.tables import table_of
from sinhthai.symbiosis.commands.water_words import number
from sinhthai.symbiosis.engine.water.routes import Network
from sinhthai.symbiosis.engine.water.study import WaterStudy


def print_study(console: Console, study: WaterStudy, language: str) -> None:
    """Print *study* to *console*, each part under its own heading."""
    console.print(Styled(words.TITLE.get(language), style="bold"))
    _print_figures(console, study, language)
    if study.whole.why is not None:
        console.print(Styled(f"✕ {study.whole.why.get(language)}"))
    elif not study.saves:
        console.print(Styled(words.NOTHING_SAVED.get(language)))
    if study.enterprises:
        _print_enterprises(console, study, language)
    for title, network in ((words.PIPES, study.network), (words.PIPES_CLEANED, study.cleaning)):
        if network is not None:
            _print_network(console, words.network_title(title, network), network, study, language)
    console.print(Styled(words.NOT_A_DECISION.get(language), style="dim"))


def _print_figures(console: Console, study: WaterStudy, language: str) -> None:
    rows = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2))
    rows.add_column()
    rows.add_column(justify="right")
    rows.add_column(justify="right", style="dim")
    whole = study.whole

    def add(label: Text, flow: float | None, style: str = "") -> None:
        if flow is None:
            rows.add_row(label.get(language), "–", "")
            return
        hourly = f"{number(flow).get(language)} {words.FLOW.get(language)}"
        yearly = f"{number(study.a_year(flow), 0).get(language)} {words.YEAR.get(language)}"
        rows.add_row(label.get(language), hourly, yearly, style=style)

    add(words.WITHOUT, whole.without_reuse)
    add(words.LEAST, whole.fresh, "bold")
    if whole.pinch is not None:
        pinch = f"{number(whole.pinch).get(language)} mg/L"
        rows.add_row(words.PINCH_LINE.get(language), pinch, "")
    add(words.SAVED, whole.saving, "bold")
    for label, fresh, _ in words.cleaned_targets(study):
        add(label, fresh, "bold")
    if study.network is not None:
        add(words.WASTE_LEFT, study.network.waste)
    worth = study.worth(whole.saving) if whole.saving is not None else None
    if worth is not None:
        said = number(words.millions(worth) or 0.0, 1)
        rows.add_row(words.WORTH.get(language), said.get(language), "", style="bold")
    console.print(rows)


def _print_enterprises(console: Console, study: WaterStudy, language: str) -> None:
    headings = [words.ENTERPRISE, words.WITHOUT_TH, words.LEAST_TH, words.PINCH, words.SAVED_TH]
    if study.asked.price is not None:
        headings.append(words.WORTH)
    table = table_of(headings, language)
    for label, one in words.by_enterprise(study):
        cells = [one.without_reuse, one.fresh, one.pinch, one.saving]
        if study.asked.price is not None:
            cells.append(words.millions(study.worth(one.saving)) if one.saving else None)
        said = ["–" if cell is None else number(cell).get(language) for cell in cells]
        bold = "bold" if label in (words.ALONE, words.TOGETHER) else ""
        table.add_row(escape(label.get(language)), *said, style=bold)
    console.print(table)


def _print_network(
    console: Console, title: Text, network: Network, study: WaterStudy, language: str
) -> None:
    console.print(Styled(title.get(language), style="bold"))
    shared = any(route.between_owners for route in network.routes)
    headings = [words.FROM, words.TO, words.FLOW_TH, *words.quality_headings(study)]
    table = table_of([*headings, *([words.BETWEEN] if shared else [])], language, words=2)
    for route in network.routes:
        mark = [words.YES.get(language) if route.between_owners else ""] if shared else []
        table.add_row(
            escape(words.place(route.giver).get(language)),
            escape(words.place(route.taker).get(language)),
            number(route.flow).get(language),
            *(number(one).get(language) for one in route.concentration),
            *mark,
        )
    console.print(table)
