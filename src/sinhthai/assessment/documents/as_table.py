"""The findings in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.pinning import pin_lines
from sinhthai.assessment.documents.report import Criterion, Report
from sinhthai.foundation.numbers import format_date

_WIDE = 116  # from here on what is missing has a column of its own
_STYLES = {
    "met": "green",
    "not_met": "red",
    "undetermined": "yellow",
    "not_applicable": "dim",
}


def print_reports(console: Console, reports: Sequence[Report], language: str) -> None:
    """Print *reports* to *console*, one table each, as wide as the console is."""
    for number, report in enumerate(reports):
        if number:
            console.print()
        _print_report(console, report, language)


def _print_report(console: Console, report: Report, language: str) -> None:
    console.print(Line(report.title().get(language), style="bold"))
    sub = words.ON_DAY.get(language).format(
        instrument=report.framework.instrument.get(language),
        day=format_date(report.on, language),
        year=report.year,
    )
    console.print(Line(sub, style="dim"))
    if report.invented:
        console.print(Line(words.INVENTED_NOTE.get(language), style="bold yellow"))
    console.print(_table(report, language, wide=console.width >= _WIDE))
    console.print(Line(report.sentence.get(language), style="bold"))
    console.print(_tally(report, language))
    console.print(Line(words.FINDING_NOTE.get(language), style="dim"))
    pins = " · ".join(f"{label}: {value}" for label, value in pin_lines(report, language))
    console.print(Line(pins, style="dim"))


def _table(report: Report, language: str, *, wide: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), expand=wide)
    table.add_column(words.CLAUSE.get(language), style="dim", no_wrap=True)
    table.add_column(words.CRITERION.get(language), ratio=5 if wide else None)
    value, threshold = words.VALUE.get(language), words.THRESHOLD.get(language)
    table.add_column(value if wide else f"{value}\n{threshold}", justify="right")
    if wide:
        table.add_column(threshold, justify="right", no_wrap=True)
    table.add_column(words.RESULT.get(language), no_wrap=True)
    if wide:
        table.add_column(words.GAP.get(language), ratio=6)
    for group, members in report.by_group():
        table.add_row("", Line(group.get(language), style="bold"))
        for criterion in members:
            table.add_row(*_cells(criterion, language, wide=wide))
    return table


def _cells(criterion: Criterion, language: str, *, wide: bool) -> list[Line]:
    title = Line(criterion.leaf.title.get(language))
    gap = criterion.gap.get(language)
    if gap and not wide:
        title.append(f"\n→ {gap}", style="dim")
    status = criterion.status
    result = Line(
        f"{words.SIGNS[status]} {words.STATUS[status].get(language)}", style=_STYLES[status]
    )
    value, threshold = criterion.value.get(language), criterion.threshold.get(language)
    clause = Line(criterion.leaf.clause)
    if wide:
        return [clause, title, Line(value), Line(threshold), result, Line(gap)]
    against = Line(value)
    if threshold:
        against.append(f"\n{threshold}", style="dim")
    return [clause, title, against, result]


def _tally(report: Report, language: str) -> Line:
    tally = Line()
    for status, count in report.counts().items():
        if count:
            tally.append(
                f"{words.SIGNS[status]} {count} {words.STATUS[status].get(language).lower()}   ",
                style=_STYLES[status],
            )
    return tally
