"""The term sheet on A4 by Typst, tagged, with the fonts of the house."""

from __future__ import annotations

import datetime as dt
import json
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sinhthai.finance.engine.funds import DATA
from sinhthai.finance.termsheet import words
from sinhthai.finance.termsheet.model import TermSheet
from sinhthai.foundation.charts.band import line_with_band
from sinhthai.foundation.fonts import FONTS
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    import typst

_SHARES = {"rate", "inflation", "escalation", "tax", "asked_share", "loan_rate"}
_WHOLE = {"first_year", "is_real"}
_one_at_a_time = threading.Lock()  # a Typst compiler may not be entered twice


def picture(sheet: TermSheet, language: str) -> str:
    """Return the cumulated cash flow with its band, as SVG."""
    return cash_flow_picture(sheet.result, language)


def cash_flow_picture(result: Any, language: str) -> str:
    """Return the cumulated cash flow of a kept appraisal with its band, as SVG."""
    sums = result["cumulated"]
    return line_with_band(
        words.PICTURE.get(language),
        [str(year) for year in range(len(sums["stated"]))],
        sums["stated"],
        sums["p10"],
        sums["p90"],
        unit=words.UNIT_VND.get(language),
        note=words.BAND.get(language),
        language=language,
    )


def to_pdf(sheet: TermSheet, language: str) -> bytes:
    """Return the term sheet as a PDF; the same sheet gives the same bytes."""
    made = dt.datetime.combine(sheet.made_on, dt.time(), dt.UTC)
    inputs = {
        "document": json.dumps(_document(sheet, language), ensure_ascii=False),
        "picture": picture(sheet, language),
    }
    with _one_at_a_time:
        compiled = _compiler().compile(
            format="pdf", timestamp=int(made.timestamp()), sys_inputs=inputs
        )
    if not isinstance(compiled, bytes):
        raise TypeError("a term sheet is one file")
    return compiled


@lru_cache
def _compiler() -> typst.Compiler:
    """Return the compiler, made once: it keeps the fonts it has read."""
    import typst

    return typst.Compiler(
        input=DATA / "termsheet.typ", root=DATA, font_paths=[FONTS], ignore_system_fonts=True
    )


def _document(sheet: TermSheet, language: str) -> dict[str, object]:
    def said(text: Text) -> str:
        return text.get(language)

    figures = {**sheet.result, **sheet.loan()}
    groups = ", ".join(said(group.name) for group in sheet.taxonomy.groups)
    risk = sheet.result["risk"]
    return {
        "language": language,
        "title": f"{said(words.TITLE)}: {sheet.title}",
        "subtitle": f"{said(sheet.enterprise)} · {said(sheet.park)}",
        "finding": said(words.FINDING),
        "invented": said(words.INVENTED) if sheet.invented else "",
        "description": sheet.description,
        "words": {
            name.lower(): said(getattr(words, name))
            for name in (
                "RESULTS", "PICTURE", "FLOWS", "ASSUMPTIONS", "TAXONOMY", "FUNDS", "SOURCES",
            )
        },
        "facts": [
            [said(words.STAGE), said(sheet.stage)],
            [said(words.KIND), said(sheet.kind) or said(words.NONE)],
            [said(words.GROUPS), groups or said(words.NONE)],
            [said(words.MADE), format_date(sheet.made_on, language)],
        ],
        "results": [
            *(
                [said(label), _figure(name, figures[name], said(unit), language)]
                for name, (label, unit) in words.FIGURES.items()
                if figures.get(name) is not None or name not in ("loan", "debt_service", "coverage")
            ),
            [
                f"{said(words.RISK)}: NPV P10 / P50 / P90",
                " / ".join(format_number(risk[name], language, 0) for name in ("p10", "p50", "p90"))
                + f" {said(words.UNIT_VND)}",
            ],
        ],
        "flow_columns": [
            said(words.YEAR),
            *(said(words.COLUMNS[name]) for name in ("net", "after", "sum")),
        ],
        "flows": [
            [
                str(int(sheet.assumptions["first_year"]) - 1 + year),
                *(format_number(value, language, 0) for value in row),
            ]
            for year, row in enumerate(
                zip(
                    sheet.result["flows"],
                    sheet.result["flows_after_tax"],
                    sheet.result["cumulated"]["stated"],
                    strict=True,
                )
            )
        ],
        "assumptions": [
            [said(label), _input(name, value, said(unit), language)]
            for name, (label, unit) in words.INPUTS.items()
            for value in (sheet.inputs()[name],)
            if value is not None
        ],
        "taxonomy": said(sheet.taxonomy.says),
        "evidence": [
            *([said(item.name), said(words.MET)] for item in sheet.taxonomy.present),
            *([said(item.name), said(words.UNKNOWN)] for item in sheet.taxonomy.missing),
        ],
        "funds": [
            {
                "name": said(verdict.fund.name),
                "outcome": said(words.OUTCOMES[verdict.outcome]),
                "mark": "" if verdict.fund.verified else said(words.UNVERIFIED),
                "why": "; ".join(
                    f"{said(one.title)}: {said(one.why)}"
                    for one in (*verdict.unmet, *verdict.missing)
                ),
            }
            for verdict in sheet.verdicts
            if verdict.outcome != "not"
        ],
        "pins": [[name, str(value)] for name, value in sheet.pins.items()],
    }  # fmt: skip


def _figure(name: str, value: Any, unit: str, language: str) -> str:
    if name.startswith("irr"):
        if value["outcome"] != "one":
            return Text(**value["note"]).get(language) or words.NONE.get(language)
        return f"{format_number(value['value'] * 100, language, 2)} %"
    if value is None:
        return words.NONE.get(language)
    digits = 2 if "payback" in name or name in ("co2e", "coverage") else 0
    return f"{format_number(value, language, digits)} {unit}".strip()


def _input(name: str, value: float, unit: str, language: str) -> str:
    if name in _SHARES:
        return f"{format_number(value * 100, language)} % {unit}".strip()
    if name in _WHOLE:
        return str(int(value))
    return f"{format_number(value, language)} {unit}".strip()
