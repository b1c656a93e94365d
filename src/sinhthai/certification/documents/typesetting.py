"""Typst with the fonts of the house: a template and a value in, the bytes of a PDF out.

The fonts stand in one place, in the foundation; the serif of official papers (Libertinus
Serif, with every Vietnamese letter) comes inside Typst itself. No font of the machine is used, so
that the same paper has the same bytes everywhere.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import typst

from sinhthai.foundation.fonts import FONTS

DATA = Path(__file__).resolve().parents[1] / "data"
_one_at_a_time = threading.Lock()  # a Typst compiler may not be entered twice


def typeset(
    template: str,
    value: Mapping[str, object],
    *,
    timestamp: int,
    texts: Mapping[str, str] | None = None,
) -> bytes:
    """Return the PDF of ``data/<template>.typ``; the same arguments give the same bytes.

    *value* reaches the template as JSON in ``sys.inputs.document``, each of *texts* as it is under
    its own name. *timestamp* (seconds since 1970, UTC) is the day the file says it was made.
    """
    inputs = {"document": json.dumps(value, ensure_ascii=False), **(texts or {})}
    with _one_at_a_time:
        compiler = _compiler(template)
        try:
            return _compiled(compiler, inputs, timestamp, "ua-1")
        except typst.TypstError as refused:
            if "PDF/UA-1" not in str(refused):
                raise
            # A letter our fonts lack (a name in Chinese, an emoji) shows as a box; the file is
            # tagged all the same, and may not call itself accessible.
            return _compiled(compiler, inputs, timestamp, "1.7")


def _compiled(
    compiler: typst.Compiler, inputs: dict[str, str], timestamp: int, standard: typst.PDFStandard
) -> bytes:
    pdf = compiler.compile(
        format="pdf", timestamp=timestamp, sys_inputs=inputs, pdf_standards=[standard]
    )
    assert isinstance(pdf, bytes)  # one file for all pages, not one image a page
    return pdf


@lru_cache
def _compiler(template: str) -> typst.Compiler:
    """Return the compiler of a template, made once: it keeps the fonts it has read."""
    return typst.Compiler(
        input=DATA / f"{template}.typ",
        root=DATA,
        font_paths=[FONTS],
        ignore_system_fonts=True,
    )
