"""A roadmap for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from sinhthai.assessment.roadmap.document import WORST, Alternative, Roadmap
from sinhthai.assessment.roadmap.sayings import caveats, headline, more_said, summary
from sinhthai.assessment.roadmap.schedule import entries
from sinhthai.assessment.roadmap.wording import AFTER_NAMES, GOAL_NAMES, amount, money
from sinhthai.foundation.text import Text

_SIGNS = {"met": "✓", "reported": "?", "not_met": "✕"}


def print_roadmap(console: Console, roadmap: Roadmap, language: str) -> None:
    """Print the main plan in full, the others beside it, and what is estimated."""
    plan = roadmap.main

    def say(text: Text) -> str:
        return text.get(language)

    console.print(f"[bold]{say(roadmap.heading())}[/bold]", highlight=False)
    console.print(f"{say(roadmap.title)} · {say(roadmap.instrument)}", highlight=False)
    console.print(say(headline(roadmap, plan)), highlight=False)
    console.print()
    if plan.rows:
        console.print(_criteria(plan, language))
        console.print()
    if plan.lines:
        console.print(_schedule(plan, language))
        console.print()
        console.print(_years(roadmap, plan, language))
        console.print()
    console.print(_alternatives(roadmap, language))
    console.print()
    for said in (*summary(roadmap, plan), *more_said(roadmap), *caveats(roadmap)):
        console.print(f"• {say(said)}", highlight=False)


def _criteria(plan: Alternative, language: str) -> Table:
    table = _table(
        Text("Tiêu chí trước và sau", "Criteria before and after"), language,
        Text("Điều", "Clause"), Text("Tiêu chí", "Criterion"), Text("Còn thiếu", "Missing"),
        Text("Sau lộ trình", "After"),
    )  # fmt: skip
    for row in plan.rows:
        missing = f"{amount(row.missing, language)} {row.unit.get(language)}".strip()
        after = f"{_SIGNS[row.after]} {AFTER_NAMES[row.after].get(language)}"
        if row.reason.en:
            after = f"{after}: {row.reason.get(language)}"
        table.add_row(row.clause, row.title.get(language), missing if row.unit.en else "", after)
    return table


def _schedule(plan: Alternative, language: str) -> Table:
    table = _table(
        Text("Việc cần làm", "What to do"), language, Text("Năm", "Years"), Text("Việc", "What"),
        Text("Ai", "Who"), Text("Đầu tư", "Invest"), Text("Tiết kiệm/năm", "Saves a year"),
        Text("t CO2e/năm", "t CO2e a year"),
    )  # fmt: skip
    for column in table.columns[3:]:
        column.justify = "right"
    for entry in entries(plan.lines):
        years = str(entry.start) if entry.start == entry.done else f"{entry.start}–{entry.done}"
        mark = " *" if entry.estimated else ""
        table.add_row(
            years, entry.name.get(language), entry.who.get(language),
            money(entry.investment, language) + mark, money(entry.saving, language) + mark,
            amount(entry.co2e, language),
        )  # fmt: skip
    return table


def _years(roadmap: Roadmap, plan: Alternative, language: str) -> Table:
    table = _table(
        Text("Theo năm", "By year"), language, Text("", ""),
        *(Text(str(year), str(year)) for year in roadmap.years),
    )  # fmt: skip
    for column in table.columns[1:]:
        column.justify = "right"
    rows: list[tuple[Text, list[str]]] = [
        (Text("Đầu tư", "Investment"), [money(v, language) for v in plan.invested]),
        (Text("Tiết kiệm", "Savings"), [money(v, language) for v in plan.savings]),
        (Text("CO2e giảm (t)", "CO2e cut (t)"), [amount(v, language) for v in plan.carbon]),
    ]
    if any(limit is not None for limit in roadmap.budget):
        limits = ["—" if b is None else money(b, language) for b in roadmap.budget]
        rows.insert(1, (Text("Ngân sách", "Budget"), limits))
    for name, cells in rows:
        table.add_row(name.get(language), *cells)
    return table


def _alternatives(roadmap: Roadmap, language: str) -> Table:
    table = _table(
        Text("Các phương án", "Alternatives"), language, Text("Phương án", "Plan"),
        Text("Chi phí ròng", "Net cost"), Text("Đầu tư", "Investment"),
        Text("Tiết kiệm/năm", "Saves a year"), Text("t CO2e/năm", "t CO2e a year"),
        Text("Đạt hết", "All met"),
    )  # fmt: skip
    for column in table.columns[1:]:
        column.justify = "right"
    for plan in roadmap.alternatives:
        when = str(plan.met_in) if plan.is_met and plan.met_in else "—"
        table.add_row(
            GOAL_NAMES[plan.goal].get(language) + (" ?" if plan.goal == WORST else ""),
            money(plan.cost, language), money(plan.investment, language),
            money(plan.saving, language), amount(plan.co2e, language), when,
        )  # fmt: skip
    return table


def _table(title: Text, language: str, *headings: Text) -> Table:
    table = Table(title=title.get(language), title_justify="left", box=None, pad_edge=False)
    for at, heading in enumerate(headings):
        table.add_column(heading.get(language), no_wrap=at == 0)
    return table
