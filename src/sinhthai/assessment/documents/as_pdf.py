"""PDF on A4 by Typst, tagged for screen readers, with the fonts of the house."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typst

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.pinning import pin_lines
from sinhthai.assessment.documents.report import Criterion, Report
from sinhthai.foundation.fonts import FONTS
from sinhthai.foundation.numbers import format_date

_DATA = Path(__file__).resolve().parents[1] / "data"


def to_pdf(reports: Sequence[Report], language: str) -> bytes:
    """Return *reports* as one PDF; the same reports give the same bytes."""
    document = {
        "language": language,
        "title": " · ".join(dict.fromkeys(report.title().get(language) for report in reports)),
        "words": {
            name.lower(): getattr(words, name).get(language)
            for name in (
                "CLAUSE", "CRITERION", "VALUE", "THRESHOLD", "RESULT", "FORMULA", "DETAILS",
                "READING", "PINS", "FINDING_NOTE", "INVENTED_NOTE", "INVENTED", "PAGE", "CRITERIA",
                "SYSTEM",
            )
        },
        "reports": [_as_object(report, language) for report in reports],
    }  # fmt: skip
    known = max((report.pins.known_at for report in reports if report.pins.known_at), default=None)
    compiler = typst.Compiler(
        input=_DATA / "assessment.typ",
        root=_DATA,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(document, ensure_ascii=False)},
    )
    pdf = compiler.compile(format="pdf", timestamp=int(known.timestamp()) if known else 0)
    assert isinstance(pdf, bytes)  # one file for all pages, not one image a page
    return pdf


def _as_object(report: Report, language: str) -> dict[str, object]:
    return {
        "title": report.title().get(language),
        "sub": words.ON_DAY.get(language).format(
            instrument=report.framework.instrument.get(language),
            day=format_date(report.on, language),
            year=report.year,
        ),
        "invented": report.invented,
        "sentence": report.sentence.get(language),
        "counts": [
            {
                "status": status,
                "n": n,
                "sign": words.SIGNS[status],
                "name": words.STATUS[status].get(language).lower(),
            }
            for status, n in report.counts().items()
            if n
        ],
        "groups": [
            {
                "name": name.get(language),
                "criteria": [_criterion(member, language) for member in members],
            }
            for name, members in report.by_group()
        ],
        "pins": [list(line) for line in pin_lines(report, language)],
    }


def _criterion(criterion: Criterion, language: str) -> dict[str, object]:
    return {
        "clause": criterion.leaf.clause,
        "title": criterion.leaf.title.get(language),
        "value": criterion.value.get(language),
        "threshold": criterion.threshold.get(language),
        "status": criterion.status,
        "sign": words.SIGNS[criterion.status],
        "result": words.STATUS[criterion.status].get(language),
        "gap": criterion.gap.get(language),
        "formula": criterion.formula,
        "working": [[label.get(language), said.get(language)] for label, said in criterion.working],
        "readings": [reading.get(language) for reading in criterion.readings],
        "inputs": [
            [given.name.get(language), given.value.get(language), given.source.get(language)]
            for given in criterion.inputs
        ],
    }
