"""Write a list as Excel, CSV or GeoJSON. Each can be read back and changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Mapping, Sequence

import xlsxwriter

from sinhthai.foundation import tables
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.cells import Value, say_cell
from sinhthai.registry.engine.columns import Column

FORMS = ("xlsx", "csv", "geojson")
MEDIA_TYPES = {
    **tables.MEDIA_TYPES,
    "geojson": "application/geo+json",
}
Record = Mapping[str, Value | None]


def write_list(
    form: str,
    records: Iterable[Record],
    columns: Sequence[Column],
    *,
    title: Text,
    notes: Sequence[Text],
    language: str,
) -> bytes:
    """Return *records* as a file of *form* (xlsx, csv or geojson).

    *notes* (source, day, what is invented) go on a sheet of their own; CSV and GeoJSON carry the
    column ``invented`` instead.
    """
    if form == "xlsx":
        return _xlsx(records, columns, title, notes, language)
    if form == "csv":
        return _csv(records, columns, language)
    if form == "geojson":
        return _geojson(records, columns, title.get(language))
    raise ValueError(f"no such form: {form!r}")


def _xlsx(
    records: Iterable[Record],
    columns: Sequence[Column],
    title: Text,
    notes: Sequence[Text],
    language: str,
) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False})
    sheet = book.add_worksheet(title.get(language)[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    number = book.add_format({"num_format": "#,##0.######"})
    degree = book.add_format({"num_format": "0.000000"})
    count = book.add_format({"num_format": "#,##0"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.name.get(language), head)
        if column.help.vi:
            sheet.write_comment(0, at, column.help.get(language))
    last = 0
    for last, record in enumerate(records, start=1):
        for at, column in enumerate(columns):
            value = record.get(column.key)
            if value is None or value == "":
                continue
            if isinstance(value, dt.date):
                sheet.write_datetime(last, at, dt.datetime(*value.timetuple()[:3]), day)  # noqa: DTZ001
            elif isinstance(value, int | float) and not isinstance(value, bool):
                form = degree if column.key in {"lat", "lon"} else number
                sheet.write_number(last, at, value, count if column.kind == "integer" else form)
            else:
                sheet.write_string(
                    last, at, value if column.kind == "text" and isinstance(value, str)
                    else say_cell(value, column, language),
                )  # fmt: skip
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    about = book.add_worksheet(Text("Ghi chú", "Notes").get(language))
    about.set_column(0, 0, 100)
    about.write_string(0, 0, title.get(language), book.add_format({"bold": True}))
    for at, note in enumerate(notes, start=1):
        about.write_string(at, 0, note.get(language))
    book.close()
    return out.getvalue()


def _csv(records: Iterable[Record], columns: Sequence[Column], language: str) -> bytes:
    """UTF-8 with a mark at its start and semicolons: opens rightly in a Vietnamese Excel."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name.get(language) for column in columns])
    for record in records:
        writer.writerow([say_cell(record.get(c.key), c, language) for c in columns])
    return out.getvalue().encode("utf-8-sig")


def _geojson(records: Iterable[Record], columns: Sequence[Column], title: str) -> bytes:
    """Points in WGS 84; a record without a point has a null geometry (RFC 7946)."""
    features = []
    for record in records:
        lat, lon = record.get("lat"), record.get("lon")
        point = {"type": "Point", "coordinates": [lon, lat]}
        properties = {
            column.key: _json(record.get(column.key))
            for column in columns
            if column.key not in {"lat", "lon"} and record.get(column.key) not in (None, "")
        }
        features.append(
            {
                "type": "Feature",
                "geometry": point if lat is not None and lon is not None else None,
                "properties": properties,
            }
        )
    document = {"type": "FeatureCollection", "name": title, "features": features}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json(value: Value | None) -> str | float | bool | None:
    return value.isoformat() if isinstance(value, dt.date) else value
