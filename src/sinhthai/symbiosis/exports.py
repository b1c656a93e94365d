"""Streams, looks, totals, materials and codes as files.

The list of streams bears the headings the reader of such lists knows: changed in Excel, it can be
loaded again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.tables import MEDIA_TYPES, Cell, write_table
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.registry.models import Enterprise
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.stream_columns import BY_KEY, COLUMNS, StreamColumn
from sinhthai.symbiosis.engine.stream_template import write_stream_template
from sinhthai.symbiosis.engine.streams import ALL_YEAR
from sinhthai.symbiosis.models import StreamVersion

FORMS = ("xlsx", "csv")
_NOTE = Text("Ghi chú", "Note")
_ORIGIN = Text("dữ liệu giả định", "invented data")
_KEYS = (
    "enterprise", "direction", "name", "code", "quantity", "quantity_min", "quantity_max", "unit",
    "months", "state", "quality", "hazard", "sorted", "price", "estimated",
)  # fmt: skip

__all__ = ["FORMS", "MEDIA_TYPES", "list_columns", "streams_file", "table_file", "template"]
# What a list of one enterprise may leave out: it is known from where it is loaded.
_KNOWN = frozenset({"enterprise", "park", "lat", "lon"})


def streams_file(
    enterprise: Enterprise, rows: Iterable[StreamVersion], *, fmt: str, language: str
) -> bytes:
    """Return the streams of one enterprise as ``xlsx`` or ``csv``, ready to be loaded again."""
    columns = [(BY_KEY[key].name.get(language), BY_KEY[key].width) for key in _KEYS]
    columns.append((_NOTE.get(language), 40))
    lines = (_line(enterprise, row, language) for row in rows)
    return write_table(fmt, columns, lines, name=enterprise.code)


def template(language: str) -> bytes:
    """Return the Excel template of a list of streams."""
    return write_stream_template(language, load_knowledge(), ())


def list_columns() -> list[StreamColumn]:
    """Return the columns of a list that one enterprise fills in."""
    return [column for column in COLUMNS if column.key not in _KNOWN]


def table_file(
    fmt: str, headings: Sequence[Text], rows: Iterable[Sequence[Cell]], *, name: str, language: str
) -> bytes:
    """Return a plain list with two-language headings."""
    columns = [(heading.get(language), 24) for heading in headings]
    return write_table(fmt, columns, rows, name=name)


def _line(enterprise: Enterprise, row: StreamVersion, language: str) -> list[Cell]:
    estimated = row.origin == StreamVersion.Origin.PROFILE
    note = "; ".join(
        part for part in (row.note, _ORIGIN.get(language) if enterprise.invented else "") if part
    )
    return [
        enterprise.code,
        _choice("direction", row.stream.direction, language),
        row.name,
        row.code or (f"material:{row.material}" if row.material else ""),
        row.quantity,
        row.quantity_min,
        row.quantity_max,
        unit_label(row.unit, language),
        _months(row.months),
        _choice("state", row.state, language),
        _quality(row.quality, language),
        _choice("hazard", row.hazard, language),
        "" if row.sorted is None else _choice("sorted", "yes" if row.sorted else "no", language),
        row.price,
        _choice("estimated", "yes", language) if estimated else "",
        note,
    ]


def _choice(key: str, value: str, language: str) -> str:
    return next((name.get(language) for code, name in BY_KEY[key].choices if code == value), "")


def _months(mask: int) -> str:
    if mask == ALL_YEAR:
        return ""
    return ", ".join(str(month + 1) for month in range(12) if mask >> month & 1)


def _quality(quality: dict[str, list[float | None]], language: str) -> str:
    parameters = load_knowledge().parameters
    said = []
    for code, (low, high) in quality.items():
        known = parameters.get(code)
        name = known.name.get(language) if known else code
        unit = unit_label(known.unit, language) if known else ""
        said.append(f"{name} {_bounds(low, high, language)} {unit}".strip())
    return "; ".join(said)


def _bounds(low: float | None, high: float | None, language: str) -> str:
    if low is None or high is None:
        sign, value = ("≤", high) if low is None else ("≥", low)
        return f"{sign} {format_number(value or 0.0, language)}"
    return f"{format_number(low, language)}-{format_number(high, language)}"
