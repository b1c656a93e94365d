"""An upload as tables: the records it would write and the roster it shows."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.reporting.engine.workbook.earlier import split_key
from sinhthai.reporting.engine.workbook.model import SAID, Upload, place_of

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
_AT_ONCE: Final = 2_000  # records held as Python objects at a time


def to_records(upload: Upload, only: Collection[tuple[str, str]] | None = None) -> pa.Table:
    """Return one record per subject and year it speaks of, in the order of the workbook.

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
    pieces = []
    records = _records(upload, only)
    while some := list(islice(records, _AT_ONCE)):
        columns = zip(RECORDS, zip(*some, strict=True), strict=True)
        arrays = [pa.array(values, field.type) for field, values in columns]
        pieces.append(pa.RecordBatch.from_arrays(arrays, schema=RECORDS))
    return pa.Table.from_batches(pieces, RECORDS)


def _records(
    upload: Upload, only: Collection[tuple[str, str]] | None
) -> Iterator[tuple[int | str | None, ...]]:
    seq = 0
    for subject, statements in groupby(_statements(upload), key=itemgetter(0)):
        kept = [one for one in statements if only is None or (subject, one[1]) in only]
        by_year: dict[int, list[tuple[Any, ...]]] = {}
        for one in kept:
            by_year.setdefault(split_key(one[1], upload.year or 0)[1], []).append(one)
        for year, said in sorted(by_year.items(), reverse=True):
            seq += 1
            yield seq, upload.park, subject, year, *_objects(said, upload)


def _statements(upload: Upload) -> Iterator[tuple[Any, ...]]:
    """Yield every statement, the park's first, then row by row; a batch at a time in memory."""
    is_park = pc.equal(upload.said["subject"], "")
    order = [("row", "ascending"), ("column", "ascending")]
    for part in (upload.said.filter(is_park), upload.said.filter(pc.invert(is_park))):
        for batch in part.sort_by(order).to_batches(max_chunksize=8_192):
            yield from zip(*(batch.column(name).to_pylist() for name in SAID.names), strict=True)


def _objects(statements: Iterable[tuple[Any, ...]], upload: Upload) -> Iterator[str]:
    """Return values, qualifiers, absences and cells of one subject, each as JSON."""
    values: dict[str, Any] = {}
    qualifiers: dict[str, str] = {}
    absences: dict[str, str] = {}
    cells: dict[str, str] = {}
    for subject, key, number, text, qualifier, absence, row, column in statements:
        item, _ = split_key(key, 0)
        if absence is not None:
            absences[item] = absence
        else:
            values[item] = _value(upload.kinds.get(key, ""), number, text)
        if qualifier is not None:
            qualifiers[item] = qualifier
        cells[item] = place_of(subject, row, column)
    return map(_json, (values, qualifiers, absences, cells))


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
