"""Measures and suggestions in writing: rows of words, and data in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.model import Figure, Measure
from sinhthai.efficiency.engine.suggest import Range, Suggestion
from sinhthai.efficiency.engine.suggest_words import CONFIDENCE, say_range, say_sources, say_step
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.tables import write_table
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label

if TYPE_CHECKING:
    from rich.console import Console

Row = tuple[str, ...]
Heading = tuple[Text, int, bool]
"""Name, width in a workbook, and whether a terminal has room for the column."""
LISTED: tuple[Heading, ...] = (
    (Text("Số", "No."), 5, True),
    (Text("Giải pháp", "Measure"), 44, True),
    (Text("Mục sử dụng", "Use"), 28, True),
    (Text("Tiết kiệm", "Saving"), 18, True),
    (Text("Nguồn", "Source"), 34, False),
    (Text("Hoàn vốn, năm", "Payback, years"), 16, True),
    (Text("Nguồn hoàn vốn", "Source of the payback"), 34, False),
    (Text("Vốn*", "Cost*"), 6, True),
    (Text("Tuổi thọ, năm*", "Life, years*"), 10, False),
    (Text("Mã ARC", "ARC code"), 14, False),
    (Text("Mã", "Id"), 22, True),
)
SUGGESTED: tuple[Heading, ...] = (
    (Text("Hạng", "Rank"), 6, True),
    (Text("Giải pháp", "Measure"), 44, True),
    (Text("Cơ sở", "Basis"), 16, True),
    (Text("Tiết kiệm một năm", "Saving a year"), 30, True),
    (Text("Triệu VND một năm", "Million VND a year"), 18, True),
    (Text("t CO2e một năm", "t CO2e a year"), 16, True),
    (Text("Hoàn vốn, năm", "Payback, years"), 16, True),
    (Text("Vì sao", "Why"), 60, False),
    (Text("Còn thiếu", "Still missing"), 40, False),
)
_BASIS: Mapping[str, Text] = {
    "use": Text("đã đo", "metered"),
    "whole": Text("trần", "ceiling"),
    "unknown": Text("chưa biết", "unknown"),
}
_EACH = Text(" mỗi {step}", " per {step}")
_CARRIERS: Mapping[str, Text] = {
    "steam": Text("hơi", "steam"),
    "heat": Text("nhiệt", "heat"),
    "water": Text("nước", "water"),
    "wastewater": Text("nước thải", "wastewater"),
    "materials": Text("vật liệu", "materials"),
    "chemicals": Text("hóa chất", "chemicals"),
    "waste": Text("chất thải", "waste"),
    "electricity": Text("điện", "electricity"),
}


def listed(measures: Sequence[Measure], language: str) -> list[Row]:
    """Return a row for each measure."""
    words = load_whole_catalogue()

    def sourced(figure: Figure) -> str:
        source = say_sources(figure, words.sources).get(language)
        return f"{source} ({CONFIDENCE[figure.confidence].get(language)})"

    def row(one: Measure) -> Row:
        per = _EACH.format(step=say_step(one.per)).get(language) if one.per else ""
        return (
            str(one.number),
            one.name.get(language),
            words.uses[one.use].name.get(language),
            say_range(one.saving, 100.0, " %").get(language) + per + _mark(one.saving),
            sourced(one.saving),
            say_range(one.payback).get(language) + _mark(one.payback),
            sourced(one.payback),
            one.cost_class or "–",
            say_range(one.life).get(language),
            ", ".join(one.arc) or "–",
            one.id,
        )

    return [row(one) for one in measures]


def suggested(suggestions: Sequence[Suggestion], language: str) -> list[Row]:
    """Return a row for each suggestion, in order."""

    def row(rank: int, one: Suggestion) -> Row:
        per = _EACH.format(step=say_step(one.measure.per)).get(language) if one.measure.per else ""
        saved = "; ".join(
            f"{_said(saving, language)} {unit_label(_unit(carrier), language)} "
            f"{_name(carrier).get(language)}{per}"
            for carrier, saving in one.savings.items()
        )
        return (
            str(rank),
            one.measure.name.get(language),
            _BASIS[one.basis].get(language),
            saved or "–",
            _said(one.value_vnd.times(1e-6), language) if one.value_vnd else "–",
            _said(one.co2e_t, language) if one.co2e_t else "–",
            say_range(one.measure.payback).get(language) + _mark(one.measure.payback),
            " ".join(text.get(language) for text in one.reasons),
            "; ".join(text.get(language) for text in one.missing),
        )

    return [row(rank, one) for rank, one in enumerate(suggestions, start=1)]


def listed_data(measures: Sequence[Measure]) -> list[dict[str, object]]:
    """Return the measures as data, every figure with source and confidence."""
    return [asdict(one) | {"verified": one.verified} for one in measures]


def suggested_data(suggestions: Sequence[Suggestion]) -> list[dict[str, object]]:
    """Return the suggestions as data."""
    return [
        {
            "measure": one.measure.id,
            "status": "potential",
            "basis": one.basis,
            "per": one.measure.per,
            "savings": {carrier: asdict(saving) for carrier, saving in one.savings.items()},
            "value_vnd": asdict(one.value_vnd) if one.value_vnd else None,
            "co2e_t": asdict(one.co2e_t) if one.co2e_t else None,
            "reasons": [asdict(text) for text in one.reasons],
            "missing": [asdict(text) for text in one.missing],
        }
        for one in suggestions
    ]


def as_workbook(headings: Sequence[Heading], rows: Sequence[Row], language: str) -> bytes:
    """Return the rows as an Excel file."""
    columns = [(heading.get(language), width) for heading, width, _ in headings]
    return write_table("xlsx", columns, rows, name=Text("Giải pháp", "Measures").get(language))


def print_rows(
    headings: Sequence[Heading], rows: Sequence[Row], language: str, console: Console
) -> None:
    """Print the columns a terminal has room for."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    shown = [at for at, (_, _, has_room) in enumerate(headings) if has_room]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for at in shown:
        is_id = at == len(headings) - 1
        table.add_column(headings[at][0].get(language), overflow="fold", no_wrap=is_id)
    for row in rows:
        table.add_row(*(escape(row[at]) for at in shown))
    console.print(table)
    console.print(f"* {CONFIDENCE['memory'].get(language)}")


def _mark(figure: Figure) -> str:
    return " *" if figure.is_known and figure.confidence == "memory" else ""


def _name(carrier: str) -> Text:
    if carrier in _CARRIERS:
        return _CARRIERS[carrier]
    found = load_factors().activities.get(carrier)
    return found.name if found else Text(carrier, carrier)


def _unit(carrier: str) -> str:
    units = {use.carrier: use.unit for use in load_whole_catalogue().uses.values() if use.unit}
    return units.get(carrier, "t")


def _said(saved: Range, language: str) -> str:
    """Return a range rounded to what a reader needs.

    >>> _said(Range(12345.6, None, 23456.7), "en"), _said(Range(None, None, 1.234), "en")
    ('12,346–23,457', 'up to 1.23')
    """

    def rounded(value: float | None) -> float | None:
        if value is None:
            return None
        return round(value, 0 if abs(value) >= 100 else 2)

    ends = Figure(rounded(saved.low), rounded(saved.typical), rounded(saved.high), "", "memory")
    return say_range(ends).get(language)
