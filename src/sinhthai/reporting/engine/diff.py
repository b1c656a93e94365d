"""The three-way diff of an upload: as exported, as stored now, as uploaded.

What each verdict means for applying the import:

========== ===================================================================== ==========
new        said now, nothing stored                                              written
changed    said differently from what is stored, which nobody touched since      written
conflict   said differently from what is stored, and that changed since export   asked
kept       left as exported, while the store moved on: the newer value stays     left
same       what is stored already                                                left
cleared    the cell is blank but a value is stored: a blank says nothing (H1),   left
           so the value stays; "chưa khai · not reported" typed in withdraws it
========== ===================================================================== ==========
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.reporting.engine.workbook.model import SAID, Saying

VERDICTS = ("new", "changed", "conflict", "kept", "same", "cleared")
WRITTEN = ("new", "changed")

_SIDES = ("number", "text", "qualifier", "absence")


@dataclass(frozen=True)
class Diff:
    """One row per (subject, item) said or stored among what the upload asked.

    ``rows`` has the columns subject, item, verdict; number, text, qualifier, absence of the
    upload; the same with the prefix ``stored_`` and ``base_``; row, column (the cell). Sorted by
    subject and item, the park ("") first.
    """

    rows: pa.Table
    counts: Mapping[str, int]

    def of(self, *verdicts: str, limit: int | None = None) -> pa.Table:
        """Return the rows of *verdicts*, at most *limit* of them."""
        wanted = pa.array(verdicts, pa.string())
        chosen = self.rows.filter(pc.is_in(self.rows["verdict"], value_set=wanted))
        return chosen if limit is None else chosen.slice(0, limit)


def diff(base: pa.Table | None, stored: pa.Table, uploaded: pa.Table, asked: pa.Table) -> Diff:
    """Compare an upload with what was exported and what is stored.

    Parameters
    ----------
    base : SAID, as known when the workbook was exported; None when unknown, then nothing counts
        as changed since.
    stored, uploaded : SAID
    asked : columns subject, item: the cells the upload has, blank or not (see `asked_of`).

    Returns
    -------
    Diff
    """
    connection = duckdb.connect()
    try:
        connection.register("uploaded", uploaded)
        connection.register("stored", stored)
        connection.register("base", stored if base is None else base)
        connection.register("asked", asked)
        rows: pa.Table = connection.sql(_QUERY).to_arrow_table()
    finally:
        connection.close()
    found = dict.fromkeys(VERDICTS, 0)
    for verdict in rows["verdict"].to_pylist():
        found[verdict] += 1
    return Diff(rows, found)


def asked_of(
    subjects: Iterable[str], park_items: Iterable[str], enterprise_items: Iterable[str]
) -> pa.Table:
    """Return the (subject, item) pairs a workbook asks: the park's and each enterprise's."""
    own = list(park_items)
    each = list(enterprise_items)
    names = list(subjects)
    subject = pa.array([""] * len(own), pa.string())
    if names and each:
        spread = pa.array(names, pa.string()).take(
            pa.array([index for index in range(len(names)) for _ in each], pa.int32())
        )
        subject = pa.concat_arrays([subject, spread])
    else:
        each = []
    items = pa.concat_arrays([pa.array(own, pa.string()), pa.array(each * len(names), pa.string())])
    return pa.table({"subject": subject, "item": items})


def said_of(sayings: Mapping[tuple[str, str], Saying]) -> pa.Table:
    """Return the SAID table of (enterprise or "", item) -> what is said of it.

    >>> from sinhthai.reporting.engine.workbook.model import Stated
    >>> said_of({("", "greenery_ha"): Stated(12.5)})["number"].to_pylist()
    [12.5]
    """
    columns: dict[str, list[object]] = {name: [] for name in SAID.names}
    for (subject, item), saying in sayings.items():
        value = saying.value
        columns["subject"].append(subject)
        columns["item"].append(item)
        columns["number"].append(float(value) if isinstance(value, bool | int | float) else None)
        columns["text"].append(value if isinstance(value, str) else None)
        columns["qualifier"].append(saying.qualifier or None)
        columns["absence"].append(saying.absence or None)
        columns["row"].append(-1)
        columns["column"].append(-1)
    return pa.table(columns, SAID)


def _same(left: str, right: str) -> str:
    """Return the SQL that two sides say the same; a workbook keeps 15 digits of a number."""
    words = " AND ".join(
        f"{left}.{side} IS NOT DISTINCT FROM {right}.{side}" for side in _SIDES[1:]
    )
    near = f"abs({left}.number - {right}.number) <= 1e-12 * abs({right}.number)"
    numbers = f"coalesce({near}, {left}.number IS NOT DISTINCT FROM {right}.number)"
    return f"({words} AND {numbers})"


def _prefixed(table: str, prefix: str) -> str:
    return ", ".join(f"{table}.{side} AS {prefix}{side}" for side in _SIDES)


_QUERY = f"""
SELECT asked.subject, asked.item,
  CASE
    WHEN u.item IS NULL AND b.item IS NULL THEN 'kept'
    WHEN u.item IS NULL THEN 'cleared'
    WHEN {_same("u", "s")} THEN 'same'
    WHEN b.item IS NOT NULL AND {_same("u", "b")} THEN 'kept'
    WHEN NOT ({_same("s", "b")}) THEN 'conflict'
    WHEN s.item IS NULL THEN 'new'
    ELSE 'changed'
  END AS verdict,
  {_prefixed("u", "")}, {_prefixed("s", "stored_")}, {_prefixed("b", "base_")},
  u."row", u."column"
FROM asked
LEFT JOIN uploaded AS u ON u.subject = asked.subject AND u.item = asked.item
LEFT JOIN stored AS s ON s.subject = asked.subject AND s.item = asked.item
LEFT JOIN base AS b ON b.subject = asked.subject AND b.item = asked.item
WHERE u.item IS NOT NULL OR s.absence IS NULL AND s.item IS NOT NULL
ORDER BY asked.subject, asked.item
"""
