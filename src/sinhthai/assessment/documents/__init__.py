"""An assessment as a document: JSON, CSV, Excel, HTML, PDF. Pure: a `Report` in, bytes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sinhthai.assessment.documents.report import Report
from sinhthai.foundation import tables

MEDIA_TYPES = {
    "pdf": "application/pdf",
    **tables.MEDIA_TYPES,
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}


def export(reports: Sequence[Report], form: str, language: str) -> bytes:
    """Return *reports* in the format *form*, a key of ``MEDIA_TYPES``.

    The writers are imported when asked for: Typst and XlsxWriter cost time nobody else should pay.
    """
    return _writer(form)(reports, language)


def _writer(form: str) -> Callable[[Sequence[Report], str], bytes]:
    if form == "pdf":
        from sinhthai.assessment.documents.as_pdf import to_pdf

        return to_pdf
    if form == "xlsx":
        from sinhthai.assessment.documents.as_xlsx import to_xlsx

        return to_xlsx
    if form == "csv":
        from sinhthai.assessment.documents.as_csv import to_csv

        return to_csv
    if form == "html":
        from sinhthai.assessment.documents.as_html import to_html

        return to_html
    if form == "json":
        from sinhthai.assessment.documents.as_json import to_json

        return to_json
    raise ValueError(f"no such format: {form!r}; there are {', '.join(MEDIA_TYPES)}")
