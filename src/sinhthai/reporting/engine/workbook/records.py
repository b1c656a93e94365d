"""An upload as tables: the records it would write and the roster it shows."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, Final

import pyarrow as pa

from sinhthai.reporting.engine.workbook.model import Upload, place_of

RECORDS: Final = pa.schema(
    [
        ("seq", pa.int64()),
        ("park", pa.string()),
        ("enterprise", pa.string()),
        ("year", pa.int32()),
        ("values", pa.string()),
        ("qualifiers", pa.string()),
        ("absences", pa.string()),
        ("cells", pa.string()),
    ]
)


def to_records(upload: Upload, only: Collection[tuple[str, str]] | None = None) -> pa.Table:
    """Return one record per subject that said something, in the order of the workbook.

    Parameters
    ----------
    upload : as read; its refused cells are not in it.
    only : the (enterprise or "", item) pairs to keep, e.g. those a diff found new or changed;
        all when None.

    Returns
    -------
    pa.Table
        Columns seq, park, enterprise ("" is the park), year; values, qualifiers, absences and
        cells are JSON objects by item code, as `reporting.models.Record` keeps them.
    """
    columns: dict[str, list[Any]] = {name: [] for name in RECORDS.names}
    by_subject = upload.said.sort_by([("row", "ascending"), ("column", "ascending")])
    found: dict[str, list[tuple[Any, ...]]] = {"": []}
    names = ("subject", "item", "number", "text", "qualifier", "absence", "row", "column")
    for batch in by_subject.to_batches(max_chunksize=65_536):
        lists = [batch.column(name).to_pylist() for name in names]
        for subject, *rest in zip(*lists, strict=True):
            if only is None or (subject, rest[0]) in only:
                found.setdefault(subject, []).append(tuple(rest))
    for subject, statements in found.items():
        if not statements:
            continue
        values: dict[str, Any] = {}
        qualifiers: dict[str, str] = {}
        absences: dict[str, str] = {}
        cells: dict[str, str] = {}
        for item, number, text, qualifier, absence, row, column in statements:
            if absence is not None:
                absences[item] = absence
            else:
                values[item] = _value(upload.kinds.get(item, ""), number, text)
            if qualifier is not None:
                qualifiers[item] = qualifier
            cells[item] = place_of(subject, row, column)
        record = (len(columns["seq"]) + 1, upload.park, subject, upload.year)
        objects = (_json(part) for part in (values, qualifiers, absences, cells))
        for name, value in zip(RECORDS.names, (*record, *objects), strict=True):
            columns[name].append(value)
    return pa.table(columns, RECORDS)


def to_roster(upload: Upload) -> pa.Table:
    """Return the enterprises of the workbook: park, enterprise, year, status and their names.

    Status is NULL where neither the store nor the workbook says one.
    """
    return upload.roster


def _value(kind: str, number: float | None, text: str | None) -> float | bool | str | None:
    if number is None:
        return text
    if kind == "boolean":
        return bool(number)
    return int(number) if kind == "integer" else number


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
