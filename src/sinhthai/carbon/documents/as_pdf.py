"""An inventory on A4 by Typst, tagged for screen readers, with the letters of the house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sinhthai.carbon.documents import words
from sinhthai.carbon.documents.as_picture import bars_of
from sinhthai.carbon.documents.as_table import factor_words
from sinhthai.carbon.documents.report import Park, Report, Study
from sinhthai.carbon.documents.words import tonnes
from sinhthai.carbon.engine.groups import Sum
from sinhthai.foundation.fonts import FONTS
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_DATA = Path(__file__).resolve().parents[1] / "data"
MOST_REPORTS, MOST_LINES = 60, 6_000
_WORDS = (
    "TITLE", "SCOPE", "INTERVAL", "BY_SOURCE", "BY_GAS", "APART", "DUTY", "FOUND", "THRESHOLD",
    "DUTY_NOTE", "CLAUSE", "TRACE", "LINE", "GAS", "FORMULA", "FACTORS", "REMARKS", "PINS",
    "WHO_DECIDES", "PAGE", "SYSTEM",
)  # fmt: skip


def as_pdf(study: Study, language: str) -> bytes:
    """Return *study* as a PDF; the same study gives the same bytes.

    Raises
    ------
    InputError : more reports or lines than anybody would print.
    """
    import typst

    reports = [*study.reports, *(park.report for park in study.parks)]
    lines = sum(len(report.lines) for report in reports)
    if len(reports) > MOST_REPORTS or lines > MOST_LINES:
        raise InputError([_too_long(len(reports), lines)])
    parks = {id(park.report): park for park in study.parks}
    document = {
        "language": language,
        "title": words.TITLE.get(language),
        "words": {name.lower(): getattr(words, name).get(language) for name in _WORDS},
        "picture": bars_of(reports, words.TITLE.get(language), language),
        "reports": [_report(one, study, language, parks.get(id(one))) for one in reports],
        "pins": words.pins(study, language),
    }
    compiler = typst.Compiler(
        input=_DATA / "inventory.typ",
        root=_DATA,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
    )
    pdf = compiler.compile(format="pdf", timestamp=0)
    assert isinstance(pdf, bytes)  # one file for all pages
    return pdf


def _report(report: Report, study: Study, language: str, park: Park | None) -> dict[str, Any]:
    duty = report.duty
    title = words.PARK.format(park=report.subject).get(language) if park else report.subject
    remarks = [flag.get(language) for flag in report.flags]
    if report.unknown:
        unknown = words.UNKNOWN_LINES.get(language)
        remarks.insert(0, unknown.format(lines=", ".join(report.unknown)))
    if any(total.low_t < 0 <= total.known_t for total in report.sources.values()):
        remarks.append(words.BELOW_ZERO.get(language))
    if park is not None:
        for told, bought in ((words.INSIDE, park.inside), (words.UNMATCHED, park.unmatched)):
            if bought:
                named = ", ".join(f"{one.subject} {one.line}" for one in bought)
                remarks.append(told.get(language).format(count=len(bought), lines=named))
    if report.spread is not None:
        spread = report.spread
        label = words.MONTE_CARLO.format(draws=study.settings.draws, seed=study.settings.seed)
        remarks.insert(
            0,
            f"{label.get(language)}: {words.MEAN.get(language)} {tonnes(spread.mean_t, language)} "
            f"({tonnes(spread.p2_5_t, language)} – {tonnes(spread.p97_5_t, language)}) t CO2e",
        )
    return {
        "title": f"{title} · {report.year}",
        "headline": _said(report.headline, language),
        "scopes": [
            [words.SCOPE_NAMES[scope].get(language), *_said(report.scopes[scope], language)]
            for scope in (1, 2, None, 3)
            if scope in report.scopes
        ],
        "sources": [
            [
                words.SHORT_SCOPES[source[0]].get(language),
                words.source_name(source, study.factors).get(language),
                *_said(total, language),
            ]
            for source, total in report.sources.items()
        ],
        "gases": [[gas, *_said(total, language)] for gas, total in report.gases.items()],
        "apart": [
            [
                (
                    words.BIOGENIC if one is report.biogenic else words.MONTREAL.format(gas=one.gas)
                ).get(language),
                tonnes(one.mass_t, language),
                tonnes(one.co2e_t, language),
            ]
            for one in (*([report.biogenic] if report.biogenic else []), *report.outside)
        ],
        "duty": None
        if duty is None
        else {
            "outcome": duty.outcome,
            "said": words.DUTIES[duty.outcome].get(language),
            "tests": [
                [
                    test.name.get(language),
                    (words.AT_LEAST.get(language) if test.high > test.low else "{value}").format(
                        value=f"{tonnes(test.low, language)} {test.unit}"
                    ),
                    f"{format_number(test.limit, language)} {test.unit}",
                    words.DUTIES[test.outcome].get(language),
                ]
                for test in duty.tests
            ],
        },
        "lines": [
            [
                line.line,
                line.gas,
                words.NOT_KNOWN.get(language)
                if line.mass_t is None
                else f"{_mass(line.mass_t, language)} t",
                line.formula.get(language),
            ]
            for line in report.lines
        ],
        "factors": [
            factor_words(id_, study).get(language)
            for id_ in sorted({id_ for line in report.lines for id_ in line.factors})
        ],
        "remarks": remarks,
    }


def _said(total: Sum, language: str) -> tuple[str, str]:
    known = tonnes(total.known_t, language)
    if total.unknown:
        return words.KNOWN_PART.get(language).format(known=known), ""
    return known, f"{tonnes(total.low_t, language)} – {tonnes(total.high_t, language)}"


def _mass(value: float, language: str) -> str:
    """Write a mass with four figures that count, however small."""
    size = abs(value)
    digits = 0 if size >= 1000 else 3 if size >= 1 else 6
    return format_number(value, language, digits)


def _too_long(reports: int, lines: int) -> Problem:
    return Problem(
        "too-long-a-paper",
        Text(
            f"{reports} báo cáo, {lines} dòng: quá dài để in.",
            f"{reports} reports and {lines} lines are too long to print.",
        ),
        Text(
            "Chọn một năm (--year), chia sổ, hoặc dùng --format json.",
            "Choose a year (--year), split the file, or use --format json.",
        ),
    )
