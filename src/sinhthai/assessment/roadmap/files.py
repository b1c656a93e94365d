"""A roadmap as a file: PDF, Excel or the picture of its schedule."""

from __future__ import annotations

from sinhthai.assessment.roadmap.document import Roadmap
from sinhthai.foundation.tables import XLSX

MEDIA_TYPES = {"pdf": "application/pdf", "xlsx": XLSX, "svg": "image/svg+xml"}


def export(roadmap: Roadmap, form: str, language: str) -> bytes:
    """Return *roadmap* in *form*, one of `MEDIA_TYPES`."""
    if form == "xlsx":
        from sinhthai.assessment.roadmap.as_xlsx import to_xlsx

        return to_xlsx(roadmap, language)
    if form == "pdf":
        from sinhthai.assessment.roadmap.as_pdf import to_pdf

        return to_pdf(roadmap, language)
    if form == "svg":
        from sinhthai.assessment.roadmap.schedule import gantt

        return gantt(roadmap, roadmap.main, roadmap.heading(), language).encode()
    raise ValueError(f"no such format of a roadmap: {form!r}")
