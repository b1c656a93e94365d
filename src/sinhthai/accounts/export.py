"""Lists as files: Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from sinhthai.foundation.tables import MEDIA_TYPES, write_table

_WIDTH = 24


def table_response(
    headings: Sequence[str], rows: Iterable[Sequence[str]], *, fmt: str, name: str
) -> HttpResponse:
    """Return *rows* under *headings* as ``name.xlsx`` or ``name.csv``."""
    columns = [(heading, _WIDTH) for heading in headings]
    content = write_table(fmt, columns, rows, name=name)
    response = HttpResponse(content, content_type=MEDIA_TYPES[fmt])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    return response
