"""An appraisal as a paper: A4 across, tagged, with the curve and all it rests on."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import typst

from sinhthai.finance.documents.appraisal import Answer, words
from sinhthai.finance.documents.appraisal.pictures import curve
from sinhthai.finance.documents.appraisal.sections import Said, Section
from sinhthai.foundation.fonts import FONTS

_DATA = Path(__file__).resolve().parents[2] / "data"
_ACCESSIBLE: typst.PDFStandard = "ua-1"


def to_pdf(answer: Answer, language: str) -> bytes:
    """Return *answer* as a PDF; the same answer gives the same bytes."""
    said = Said(answer, language)
    document = {
        "language": language,
        "title": words.TITLE.get(language),
        "file": answer.file.file,
        "invented": words.INVENTED.get(language) if answer.file.is_invented else "",
        "words": {
            "system": words.SYSTEM.get(language),
            "page": words.PAGE.get(language),
            "note": words.NOT_A_DECISION.get(language),
            "assumptions": words.ASSUMPTIONS.get(language),
            "curve": words.CURVE.get(language),
            "remarks": words.REMARKS.get(language),
            "pins": words.PINS.get(language),
        },
        "assumptions": said.assumptions(),
        "sections": [_section(section) for section in said.sections()],
        "prices": _section(said.prices()),
        "steps": "; ".join(f"{step.proposal}: {step.cost:.0f}" for step in answer.study.curve),
        "remarks": [*said.remarks(), *(p.say(language) for p in answer.file.remarks)],
        "pins": said.pins(),
    }
    inputs = {
        "document": json.dumps(document, ensure_ascii=False),
        "curve": curve(answer, language) if answer.study.curve else "",
    }
    compiler = _compiler()
    try:
        pdf = compiler.compile(
            format="pdf", timestamp=0, sys_inputs=inputs, pdf_standards=[_ACCESSIBLE]
        )
    except typst.TypstError as refused:
        if "PDF/UA-1" not in str(refused):
            raise
        # A letter our fonts lack shows as a box; such a file may not call itself accessible.
        pdf = compiler.compile(format="pdf", timestamp=0, sys_inputs=inputs, pdf_standards=["1.7"])
    assert isinstance(pdf, bytes)  # one file for all pages, not one image a page
    return pdf


def _section(section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "headings": section.headings,
        "rows": section.rows,
        "total": section.total,
        "notes": section.notes,
        "texts": sorted(section.texts),
    }


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    """Return the compiler, made once: it keeps the fonts it has read."""
    return typst.Compiler(
        input=_DATA / "appraisal.typ", root=_DATA, font_paths=[FONTS], ignore_system_fonts=True
    )
