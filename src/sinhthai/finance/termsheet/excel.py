"""The term sheet as an Excel file: inputs as numbers, everything else as live formulas.

Each formula carries the value the engine found, so that a viewer that does not compute shows the
same figures; a spreadsheet that does compute finds them again.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from sinhthai.finance.termsheet import words
from sinhthai.finance.termsheet.model import TermSheet
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text

ASSUMPTIONS, FLOWS, RESULTS = "Assumptions", "CashFlow", "Results"
"""Names of the sheets that formulas speak of: the same in both languages."""
_FIRST = 4  # the first row of the table of flows, counted from 1
_COLUMNS = (
    "electricity", "water", "other", "running", "capital", "net", "tax", "depreciation", "after",
    "sum", "factor", "worth", "worth_after", "worth_sum", "payback", "payback_discounted",
)  # fmt: skip
_LETTER = {name: chr(ord("C") + at) for at, name in enumerate(_COLUMNS)}
_SHARES = {"rate", "inflation", "escalation", "tax", "asked_share", "loan_rate"}
_WHOLE = {"first_year", "life", "horizon", "is_real", "depreciation_years", "asked_years"}


def to_xlsx(sheet: TermSheet, language: str) -> bytes:
    """Return the term sheet as a workbook of four sheets."""
    import xlsxwriter  # costs time that whoever looks at a page should not pay

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        formats = {
            name: book.add_format(how)
            for name, how in {
                "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
                "title": {"bold": True, "font_size": 14},
                "soft": {"font_color": "#5b6762", "text_wrap": True},
                "warn": {"font_color": "#8a5a00", "bold": True},
                "in": {"num_format": "#,##0.####", "font_color": "#0b5d46"},
                "in_pct": {"num_format": "0.00%", "font_color": "#0b5d46"},
                "in_whole": {"num_format": "0", "font_color": "#0b5d46"},
                "num": {"num_format": "#,##0"},
                "exact": {"num_format": "#,##0.00"},
                "pct": {"num_format": "0.00%"},
                "factor": {"num_format": "0.000000"},
                "whole": {"num_format": "0"},
            }.items()
        }
        cells = _assumptions(book.add_worksheet(ASSUMPTIONS), sheet, formats, language)
        _flows(book.add_worksheet(FLOWS), sheet, cells, formats, language)
        _results(book.add_worksheet(RESULTS), sheet, cells, formats, language)
        _sources(book.add_worksheet("Sources"), sheet, formats, language)
    return target.getvalue()


def _assumptions(
    page: Any, sheet: TermSheet, formats: Mapping[str, Any], language: str
) -> dict[str, str]:
    """Write the inputs; return the address of each one that is known."""
    page.set_column(0, 0, 40)
    page.set_column(1, 1, 20)
    page.set_column(2, 2, 24)
    page.write_string(0, 0, f"{words.TITLE.get(language)}: {sheet.title}", formats["title"])
    mark = f" {words.INVENTED.get(language)}" if sheet.invented else ""
    page.write_string(1, 0, words.FINDING.get(language) + mark, formats["soft"])
    for at, said in enumerate((words.ASSUMPTIONS.get(language), "", "")):
        page.write_string(2, at, said, formats["head"])
    cells: dict[str, str] = {}
    row = 3
    inputs = sheet.inputs()
    for name, (label, unit) in words.INPUTS.items():
        value = inputs[name]
        if value is None:
            continue
        style = "in_pct" if name in _SHARES else "in_whole" if name in _WHOLE else "in"
        cells[name] = f"'{ASSUMPTIONS}'!$B${row + 1}"
        page.write_string(row, 0, label.get(language))
        formula = _derived(name, cells, sheet)
        if formula:
            page.write_formula(row, 1, formula, formats["exact"], value)
        else:
            page.write_number(row, 1, value, formats[style])
        page.write_string(row, 2, unit.get(language), formats["soft"])
        row += 1
    return cells


def _derived(name: str, cells: Mapping[str, str], sheet: TermSheet) -> str:
    """Return the formula of an input that follows from others; empty where it is stated."""
    if name == "price" and "price_peak" in cells:
        bands = ("normal", "off_peak", "peak")
        weighed = "+".join(f"{cells[f'hours_{band}']}*{cells[f'price_{band}']}" for band in bands)
        hours = "+".join(cells[f"hours_{band}"] for band in bands)
        return f"=({weighed})/({hours})"
    if name == "co2e" and sheet.assumptions["co2e"] is None and "grid_factor" in cells:
        return f"={cells['electricity_mwh']}*{cells['grid_factor']}"
    return ""


def _flows(
    page: Any,
    sheet: TermSheet,
    cells: Mapping[str, str],
    formats: Mapping[str, Any],
    language: str,
) -> None:
    page.set_column(0, 1, 9)
    page.set_column(2, len(_COLUMNS) + 1, 18)
    page.set_row(_FIRST - 2, 32)
    page.write_string(0, 0, words.FLOWS.get(language), formats["title"])
    page.write_string(1, 0, words.UNIT_VND.get(language), formats["soft"])
    page.write_string(_FIRST - 2, 0, words.YEAR.get(language), formats["head"])
    page.write_string(_FIRST - 2, 1, words.CALENDAR.get(language), formats["head"])
    for at, name in enumerate(_COLUMNS, start=2):
        page.write_string(_FIRST - 2, at, words.COLUMNS[name].get(language), formats["head"])
    values = _values(sheet)
    first_year = int(sheet.assumptions["first_year"])
    for year in range(sheet.years + 1):
        row = _FIRST - 1 + year
        page.write_number(row, 0, year, formats["whole"])
        page.write_formula(
            row, 1, f"={cells['first_year']}-1+A{row + 1}", formats["whole"], first_year - 1 + year
        )
        for at, name in enumerate(_COLUMNS, start=2):
            style = "factor" if name == "factor" else "num"
            if name.startswith("payback"):
                style = "exact"
            formula = _formula(name, year, sheet.years, cells)
            page.write_formula(row, at, formula, formats[style], values[name][year])
    page.freeze_panes(_FIRST - 1, 2)


def _formula(name: str, year: int, last: int, cells: Mapping[str, str]) -> str:
    """Return the formula of a cell of the table of flows."""
    row = _FIRST + year

    def here(column: str, back: int = 0) -> str:
        return f"{_LETTER[column]}{row - back}"

    def cell(key: str) -> str:
        return cells.get(key, "0")

    grown = f"(1+{cell('inflation')})^(A{row}-1)"
    nominal = f"IF({cell('is_real')}=1,1,{grown})"
    risen = f"(1+{cell('escalation')})^(A{row}-1)"
    invested = f"({cell('investment')}-{cell('grant')})"
    running = f"{here('electricity')}+{here('water')}+{here('other')}-{here('running')}"
    if name in ("electricity", "water", "other", "running", "tax", "depreciation") and year == 0:
        return "=0"
    formulas = {
        "electricity": f"={cell('electricity_mwh')}*1000*{cell('price')}*{risen}",
        "water": f"={cell('water_m3')}*{cell('water_price')}*{risen}",
        "other": f"={cell('other_saving')}*{nominal}",
        "running": f"={cell('running_cost')}*{nominal}",
        "capital": f"=-{invested}"
        if year == 0
        else f"=IF(A{row}={cell('life')},{cell('salvage')},0)",
        "net": f"={running}+{here('capital')}",
        "tax": f"=({running})*{cell('tax')}",
        "depreciation": f"=IF(A{row}<={cell('depreciation_years')},"
        f"{invested}/{cell('depreciation_years')},0)"
        f"/IF({cell('is_real')}=1,(1+{cell('inflation')})^A{row},1)",
        "after": f"={here('net')}-{here('tax')}+{here('depreciation')}*{cell('tax')}",
        "sum": f"={here('net')}" if year == 0 else f"={here('sum', 1)}+{here('net')}",
        "factor": f"=1/(1+{cell('rate')})^A{row}",
        "worth": f"={here('net')}*{here('factor')}",
        "worth_after": f"={here('after')}*{here('factor')}",
        "worth_sum": f"={here('worth')}"
        if year == 0
        else f"={here('worth_sum', 1)}+{here('worth')}",
        "payback": _crossing(here, year, "payback", "sum", "net"),
        "payback_discounted": _crossing(here, year, "payback_discounted", "worth_sum", "worth"),
    }
    return formulas[name]


def _crossing(here: Any, year: int, own: str, total: str, flow: str) -> str:
    """Return the year in which *total* last rose above zero; -1 where it is below."""
    if year == 0:
        return f"=IF({here(total)}<0,-1,0)"
    crossed = f"{year - 1}-{here(total, 1)}/{here(flow)}"
    return f"=IF({here(total)}<0,-1,IF({here(total, 1)}<0,{crossed},{here(own, 1)}))"


def _values(sheet: TermSheet) -> dict[str, list[float]]:
    """Return the value of every cell of the table, to stand beside its formula."""
    given, n = sheet.assumptions, sheet.years
    steps = range(n)
    inflation = 0.0 if given["is_real"] else given["inflation"]
    price = sheet.pins.get("electricity_vnd_kwh") or 0.0
    risen = [(1 + given["escalation"]) ** step for step in steps]
    grown = [(1 + inflation) ** step for step in steps]
    invested = given["investment"] - given["grant"]
    lasts = given["depreciation_years"] or given["life"]
    deflated = given["inflation"] if given["is_real"] else 0.0
    found: dict[str, list[float]] = {
        "electricity": [0.0, *(given["electricity_mwh"] * 1000 * price * r for r in risen)],
        "water": [0.0, *(given["water_m3"] * (given["water_price"] or 0.0) * r for r in risen)],
        "other": [0.0, *(given["other_saving"] * g for g in grown)],
        "running": [0.0, *(given["running_cost"] * g for g in grown)],
        "capital": [-invested, *(0.0 for _step in steps)],
        "depreciation": [
            0.0,
            *(
                (invested / lasts if step < lasts else 0.0) / (1 + deflated) ** (step + 1)
                for step in steps
            ),
        ],
        "net": list(sheet.result["flows"]),
        "after": list(sheet.result["flows_after_tax"]),
        "factor": [(1 + given["rate"]) ** -year for year in range(n + 1)],
    }
    if n == given["life"] <= given["horizon"]:
        found["capital"][-1] += given["salvage"]
    earned = [found[k] for k in ("electricity", "water", "other")]
    found["tax"] = [
        (sum(column[year] for column in earned) - found["running"][year]) * given["tax"]
        for year in range(n + 1)
    ]
    found["sum"] = _summed(found["net"])
    found["worth"] = [a * b for a, b in zip(found["net"], found["factor"], strict=True)]
    found["worth_after"] = [a * b for a, b in zip(found["after"], found["factor"], strict=True)]
    found["worth_sum"] = _summed(found["worth"])
    found["payback"] = _crossings(found["sum"], found["net"])
    found["payback_discounted"] = _crossings(found["worth_sum"], found["worth"])
    return found


def _summed(flows: list[float]) -> list[float]:
    total, sums = 0.0, []
    for flow in flows:
        total += flow
        sums.append(total)
    return sums


def _crossings(sums: list[float], flows: list[float]) -> list[float]:
    found = [-1.0 if sums[0] < 0 else 0.0]
    for year in range(1, len(sums)):
        if sums[year] < 0:
            found.append(-1.0)
        elif sums[year - 1] < 0:
            found.append(year - 1 - sums[year - 1] / flows[year])
        else:
            found.append(found[-1])
    return found


def _results(
    page: Any,
    sheet: TermSheet,
    cells: Mapping[str, str],
    formats: Mapping[str, Any],
    language: str,
) -> None:
    last = _FIRST + sheet.years
    page.set_column(0, 0, 40)
    page.set_column(1, 1, 22)
    page.set_column(2, 2, 20)
    page.write_string(0, 0, words.RESULTS.get(language), formats["title"])

    def column(name: str) -> str:
        return f"'{FLOWS}'!{_LETTER[name]}{_FIRST}:{_LETTER[name]}{last}"

    def at(name: str, year: int) -> str:
        return f"'{FLOWS}'!{_LETTER[name]}{_FIRST + year}"

    rate, life = cells["rate"], cells["life"]
    annuity = f"IF({rate}=0,1/{life},{rate}/(1-(1+{rate})^(-{life})))"
    invested = f"({cells['investment']}-{cells.get('grant', '0')})"
    formulas = {
        "npv": f"=SUM({column('worth')})",
        "npv_after_tax": f"=SUM({column('worth_after')})",
        "irr": f"=IRR({column('net')},0.1)",
        "irr_after_tax": f"=IRR({column('after')},0.1)",
        "payback": f"={at('payback', sheet.years)}",
        "discounted_payback": f"={at('payback_discounted', sheet.years)}",
        # With a life of one year the sale stands in the first flow; it is no saving.
        "yearly_saving": f"={at('net', 1)}-{at('capital', 1)}",
    }
    if "co2e" in cells:
        formulas["co2e"] = f"={cells['co2e']}"
        if sheet.result["abatement_cost"] is not None:
            formulas["abatement_cost"] = (
                f"=({invested}*{annuity}-({at('net', 1)}-{at('capital', 1)}))/{cells['co2e']}"
            )
    formulas |= _loan_formulas(sheet, cells, at("after", 1))
    values = {**sheet.result, **sheet.loan()}
    row = 2
    for name, (label, unit) in words.FIGURES.items():
        if name not in formulas and values.get(name) is None:
            continue
        page.write_string(row, 0, label.get(language))
        _figure(page, row, name, formulas.get(name, ""), values[name], formats, language)
        page.write_string(row, 2, unit.get(language), formats["soft"])
        row += 1
    risk = sheet.result["risk"]
    page.write_string(row + 1, 0, words.RISK.get(language), formats["head"])
    for step, (name, value) in enumerate(
        (("P10", risk["p10"]), ("P50", risk["p50"]), ("P90", risk["p90"])), start=row + 2
    ):
        page.write_string(step, 0, f"NPV {name}")
        page.write_number(step, 1, value, formats["num"])
        note = f"n = {risk['draws']}, seed = {risk['seed']}"
        page.write_string(step, 2, note, formats["soft"])


def _figure(
    page: Any,
    row: int,
    name: str,
    formula: str,
    value: Any,
    formats: Mapping[str, Any],
    language: str,
) -> None:
    """Write a result; a rate that is none or several, and a payback of never, are words."""
    if name.startswith("irr"):
        if value["outcome"] != "one":
            said = Text(**value["note"]).get(language) or words.NONE.get(language)
            page.write_string(row, 1, said, formats["soft"])
            return
        page.write_formula(row, 1, formula, formats["pct"], value["value"])
        return
    if value is None:
        page.write_string(row, 1, words.NONE.get(language), formats["soft"])
        return
    style = "exact" if "payback" in name or name in ("co2e", "coverage") else "num"
    page.write_formula(row, 1, formula, formats[style], value)


def _loan_formulas(sheet: TermSheet, cells: Mapping[str, str], first_after: str) -> dict[str, str]:
    loan = sheet.loan()
    if loan["loan"] is None:
        return {}
    borrowed = f"{cells['asked_share']}*{cells['investment']}"
    found = {"loan": f"={borrowed}"}
    if loan["debt_service"] is not None:
        rate, years = cells["loan_rate"], cells["asked_years"]
        service = f"{borrowed}*IF({rate}=0,1/{years},{rate}/(1-(1+{rate})^(-{years})))"
        found["debt_service"] = f"={service}"
        if loan["coverage"] is not None:
            found["coverage"] = f"={first_after}/({service})"
    return found


def _sources(page: Any, sheet: TermSheet, formats: Mapping[str, Any], language: str) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, words.SOURCES.get(language), formats["title"])
    groups = ", ".join(group.name.get(language) for group in sheet.taxonomy.groups)
    lines = [
        (words.ENTERPRISE.get(language), sheet.enterprise.get(language)),
        (words.PARK.get(language), sheet.park.get(language)),
        (words.STAGE.get(language), sheet.stage.get(language)),
        (words.KIND.get(language), sheet.kind.get(language)),
        (words.GROUPS.get(language), groups or words.NONE.get(language)),
        (words.MADE.get(language), format_date(sheet.made_on, language)),
        *((name, str(value)) for name, value in sheet.pins.items()),
    ]
    for row, (name, value) in enumerate(lines, start=2):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)
    top = len(lines) + 3
    for at, said in enumerate((words.FUNDS.get(language), "")):
        page.write_string(top, at, said, formats["head"])
    for row, verdict in enumerate(sheet.verdicts, start=top + 1):
        page.write_string(row, 0, verdict.fund.name.get(language))
        why = "; ".join(
            f"{one.title.get(language)}: {one.why.get(language)}"
            for one in (*verdict.unmet, *verdict.missing)
        )
        said = words.OUTCOMES[verdict.outcome].get(language)
        page.write_string(row, 1, f"{said}. {why}" if why else said)
