"""Workbooks of measures made for one test each: the good one, and one change."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from sinhthai.finance.workbook.columns import (
    ASSUMPTIONS,
    GIVEN,
    LIST,
    MEASURES,
    PRICE_LIST,
    PRICES,
    RANGE_LIST,
    RANGES,
    USE_LIST,
    USES,
)

GOOD = {"name": "VSD", "investment": 200e6, "life": 10, "electricity": 60_000}
SHARED = {
    "rate": 0.1, "horizon": 10, "first_year": 2023, "voltage": "22 kV to below 110 kV",
    "start": "4:00", "end": "9:30", "days": 6, "tariff_on": "2025-06-02", "factor_year": 2023,
}  # fmt: skip
"""From 4:00 to 9:30 every hour is a normal one: 1,833 VND/kWh, as in worked example F15."""


def book(
    measures: Sequence[Mapping[str, object]] = (GOOD,),
    *,
    prices: Sequence[Mapping[str, object]] = (),
    uses: Sequence[Mapping[str, object]] = (),
    ranges: Sequence[Sequence[object]] = (),
    change=None,
    language: str = "en",
    percent: Sequence[tuple[str, str]] = (),
    heads: Mapping[str, str] | None = None,
    **given: object,
) -> bytes:
    """Return a workbook; *given* replaces assumptions (None leaves one out)."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        shares = made.add_format({"num_format": "0%"})
        sheet = _list(made, MEASURES, LIST, measures, language, heads or {})
        shared = made.add_worksheet(ASSUMPTIONS.get(language))
        for row, column in enumerate(GIVEN):
            value = {**SHARED, **given}.get(column.key)
            shared.write(row, 0, column.name.get(language))
            form = shares if ("given", column.key) in percent else None
            if value is not None:
                shared.write(row, 1, value, form)
        if prices:
            _list(made, PRICES, PRICE_LIST, prices, language, {})
        if uses:
            _list(made, USES, USE_LIST, uses, language, {})
        if ranges:
            rows = [dict(zip(("input", "low", "high"), row, strict=True)) for row in ranges]
            _list(made, RANGES, RANGE_LIST, rows, language, {})
        if change is not None:
            change(made, sheet, shared)
    return target.getvalue()


def _list(made, name, columns, rows, language, heads):
    sheet = made.add_worksheet(name.get(language))
    for at, column in enumerate(columns):
        sheet.write(0, at, heads.get(column.key, column.name.get(language)))
    for number, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            if column.key in row:
                sheet.write(number, at, row[column.key])
    return sheet
