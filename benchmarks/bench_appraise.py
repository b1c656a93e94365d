"""A list of 100,000 measures read and checked, against the bare reading of its cells.

Then 2,000 measures appraised with 10,000 draws each, against the bare generation and sorting of as
many numbers as are ranked. Prints times and ratios of one run.
"""

from __future__ import annotations

import io
import time

import numpy as np
import python_calamine
import xlsxwriter

from sinhthai.factors.loading import load_factors
from sinhthai.finance.engine.study import study
from sinhthai.finance.workbook import read_measures
from sinhthai.finance.workbook.columns import ASSUMPTIONS, GIVEN, LIST, MEASURES, PRICE_LIST, PRICES

LINES, MEASURED, DRAWS = 100_000, 2_000, 10_000
_GIVEN = {"rate": 0.1, "horizon": 15, "first_year": 2025, "factor_year": 2023}


def workbook(lines: int) -> bytes:
    """Return an invented list of *lines* measures."""
    target = io.BytesIO()
    place = {column.key: at for at, column in enumerate(LIST)}
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(MEASURES.en)
        for column in LIST:
            sheet.write(0, place[column.key], column.name.en)
        for number in range(lines):
            row = {
                "name": f"Measure {number}", "investment": 100 + number % 900,
                "money": "million VND", "life": 5 + number % 10,
                "electricity": 1_000 * (number % 90 + 1), "fuel": "diesel", "fuel_quantity": 10,
                "fuel_unit": "t", "other_saving": 1, "running_cost": 0.5,
            }  # fmt: skip
            for key, value in row.items():
                sheet.write(number + 1, place[key], value)
        shared = book.add_worksheet(ASSUMPTIONS.en)
        names = {column.key: column.name.en for column in GIVEN}
        for number, (key, value) in enumerate(_GIVEN.items()):
            shared.write_row(number, 0, [names[key], value])
        prices = book.add_worksheet(PRICES.en)
        prices.write_row(0, 0, [column.name.en for column in PRICE_LIST[:3]])
        prices.write_row(1, 0, ["Electricity", 2_000, "kWh"])
        prices.write_row(2, 0, ["Diesel", 22_000_000, "t"])
    return target.getvalue()


def main() -> None:
    """Read, appraise, and print the ratios."""
    content, factors = workbook(LINES), load_factors()
    read_measures(workbook(1), "warm.xlsx", factors)
    start = time.perf_counter()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    bare = time.perf_counter() - start
    start = time.perf_counter()
    file = read_measures(content, "many.xlsx", factors)
    taken = time.perf_counter() - start
    print(f"read {LINES:,} lines: {taken:.1f} s; bare cells {bare:.1f} s; ratio {taken / bare:.1f}")

    some = file.measures[:MEASURED]
    study(some[:1], file.scenario, draws=DRAWS)
    start = time.perf_counter()
    found = study(some, file.scenario, draws=DRAWS)
    taken = time.perf_counter() - start
    rng = np.random.default_rng(1)
    start = time.perf_counter()
    for _ in range(MEASURED):
        np.argsort(rng.random(DRAWS), kind="stable")
    bare = time.perf_counter() - start
    print(
        f"appraise {MEASURED:,} measures x {DRAWS:,} draws: {taken:.1f} s, "
        f"{found.totals.paying} pay; bare draw and sort {bare:.1f} s; ratio {taken / bare:.1f}"
    )


if __name__ == "__main__":
    main()
