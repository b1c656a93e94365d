"""An appraisal in a terminal."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text as Line

from sinhthai.finance.documents.appraisal import Answer, words
from sinhthai.finance.documents.appraisal.sections import Said, Section

if TYPE_CHECKING:
    from rich.console import Console

_LABEL, _WORDS, _HEAD = 20, 16, 7  # least room for the name of a measure, and for other words
_MOST = 200
"""Rows shown; the other formats hold them all."""


def print_answer(console: Console, answer: Answer, language: str) -> None:
    """Print *answer* to *console*, each part under its own heading."""
    said = Said(answer, language)
    console.print(Line(f"{words.TITLE.get(language)} · {answer.file.file}", style="bold"))
    if answer.file.is_invented:
        console.print(Line(words.INVENTED.get(language), style="italic"))
    console.print(Line("; ".join(f"{label}: {value}" for label, value in said.assumptions())))
    for section in (*said.sections(), said.prices()):
        console.print()
        _print(console, section)
    remarks = said.remarks()
    if remarks:
        console.print()
        console.print(Line(words.REMARKS.get(language), style="bold"))
        for remark in remarks[:_MOST]:
            console.print(Line(f"• {remark}"))
    console.print()
    for label, value in said.pins():
        console.print(Line(f"{label}: {value}", style="dim"))
    console.print(Line(words.NOT_A_DECISION.get(language), style="dim"))


def _least(section: Section, at: int) -> int:
    """Return the least width of a column: a figure is never broken, words may be."""
    rows = [*section.rows[:_MOST], section.total] if section.total else section.rows[:_MOST]
    widest = max((len(line) for row in rows for line in row[at].split("\n")), default=0)
    return min(widest, _LABEL if at == 0 else _WORDS) if at in section.texts else widest


def _print(console: Console, section: Section) -> None:
    console.print(Line(section.title, style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for at, heading in enumerate(section.headings):
        is_text, least = at in section.texts, _least(section, at)
        table.add_column(
            fill(heading, max(least, _HEAD), break_long_words=False),
            justify="left" if is_text else "right",
            no_wrap=not is_text,
            min_width=least,
            vertical="top",
        )
    for row in section.rows[:_MOST]:
        table.add_row(*(Line(cell) for cell in row))
    if section.total:
        table.add_row(*(Line(cell, style="bold") for cell in section.total))
    console.print(table)
    if len(section.rows) > _MOST:
        console.print(Line(f"… {len(section.rows) - _MOST} +", style="dim"))
    for note in section.notes:
        console.print(Line(note, style="dim"))
