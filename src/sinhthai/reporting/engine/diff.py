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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sinhthai.reporting.engine.workbook.model import SAID, Saying

VERDICTS = ("new", "changed", "conflict", "kept", "same", "cleared")
WRITTEN = ("new", "changed")

_KEPT, _CLEARED, _SAME, _CONFLICT, _NEW, _CHANGED = map(
    VERDICTS.index, ("kept", "cleared", "same", "conflict", "new", "changed")
)
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
    keys = _Keys(asked)
    own, theirs = keys.of(uploaded), keys.of(stored)
    asked_keys = np.unique(keys.of(asked))
    asked_keys = asked_keys[np.isin(asked_keys, own) | np.isin(asked_keys, theirs)]
    said, kept = _Side(asked_keys, own, uploaded), _Side(asked_keys, theirs, stored)
    exported = kept if base is None else _Side(asked_keys, keys.of(base), base)
    conditions = [
        ~said.present & ~exported.present,
        ~said.present,
        said.same_as(kept),
        exported.present & said.same_as(exported),
        ~kept.same_as(exported),
        ~kept.present,
    ]
    verdicts = np.select(conditions, [_KEPT, _CLEARED, _SAME, _KEPT, _CONFLICT, _NEW], _CHANGED)
    # A blank cell against a stored absence is nothing to tell.
    told = said.present | kept.is_value()
    columns = {"subject": keys.subjects_of(asked_keys), "item": keys.items_of(asked_keys)}
    columns["verdict"] = pa.array(VERDICTS, pa.string()).take(pa.array(verdicts))
    for prefix, side in (("", said), ("stored_", kept), ("base_", exported)):
        columns |= {f"{prefix}{name}": side.columns[name] for name in _SIDES}
    columns |= {name: said.column(name) for name in ("row", "column")}
    rows = pa.table(columns)
    counts = np.bincount(verdicts[told], minlength=len(VERDICTS)).tolist()
    return Diff(
        rows if told.all() else rows.filter(pa.array(told)),
        dict(zip(VERDICTS, counts, strict=True)),
    )


class _Keys:
    """Numbers the (subject, item) pairs, in the order of subject and item."""

    def __init__(self, asked: pa.Table) -> None:
        self._subjects = _sorted_words(asked["subject"])
        self._items = _sorted_words(asked["item"])

    def of(self, table: pa.Table) -> NDArray[np.int64]:
        """Return the number of each row's pair, -1 where it cannot have been asked."""
        subject = _index_in(table["subject"], self._subjects)
        item = _index_in(table["item"], self._items)
        known = (subject >= 0) & (item >= 0)
        return np.where(known, subject * len(self._items) + item, -1)

    def subjects_of(self, keys: NDArray[np.int64]) -> pa.Array:
        return self._subjects.take(pa.array(keys // max(len(self._items), 1)))

    def items_of(self, keys: NDArray[np.int64]) -> pa.Array:
        return self._items.take(pa.array(keys % max(len(self._items), 1)))


class _Side:
    """One of the three tables, laid beside the pairs: null where it says nothing of one."""

    def __init__(self, pairs: NDArray[np.int64], own: NDArray[np.int64], table: pa.Table) -> None:
        self._table = table
        if len(own):
            order = np.argsort(own, kind="stable")
            at = np.minimum(np.searchsorted(own, pairs, sorter=order), len(own) - 1)
            found = order[at]
            self.present = np.equal(own[found], pairs)
        else:
            found = np.zeros(len(pairs), np.int64)
            self.present = np.zeros(len(pairs), bool)
        self._rows = pa.array(found.astype(np.int32), mask=~self.present)
        self.columns = {name: self.column(name) for name in _SIDES}

    def column(self, name: str) -> pa.Array:
        return self._table[name].combine_chunks().take(self._rows)

    def is_value(self) -> NDArray[np.bool_]:
        without: NDArray[np.bool_] = _flags(pc.is_null(self.columns["absence"]))
        return np.logical_and(self.present, without)

    def same_as(self, other: _Side) -> NDArray[np.bool_]:
        """Return where both say the same, or both nothing; a workbook keeps 15 digits."""
        if other is self:
            return np.ones(len(self.present), bool)
        number, theirs = self.columns["number"], other.columns["number"]
        gap = pc.abs(pc.subtract(number, theirs))
        near = pc.less_equal(gap, pc.multiply(pc.abs(theirs), 1e-12))
        same = _flags(near) | _both_null(number, theirs)
        for name in _SIDES[1:]:
            mine, its = self.columns[name], other.columns[name]
            same &= _flags(pc.equal(mine, its)) | _both_null(mine, its)
        return same


def _sorted_words(values: pa.ChunkedArray) -> pa.Array:
    words = values.unique()
    return words.take(pc.sort_indices(words))


def _index_in(values: pa.ChunkedArray, known: pa.Array) -> NDArray[np.int64]:
    found: NDArray[np.int64] = (
        pc.fill_null(pc.index_in(values, value_set=known), -1).to_numpy().astype(np.int64)
    )
    return found


def _flags(values: pa.Array) -> NDArray[np.bool_]:
    flags: NDArray[np.bool_] = pc.fill_null(values, False).to_numpy(zero_copy_only=False)
    return flags


def _both_null(left: pa.Array, right: pa.Array) -> NDArray[np.bool_]:
    return _flags(pc.and_(pc.is_null(left), pc.is_null(right)))


def asked_of(
    subjects: Iterable[str], park_items: Sequence[str], enterprise_items: Sequence[str]
) -> pa.Table:
    """Return the (subject, item) pairs a workbook asks: the park's and each enterprise's."""
    names = pa.array(["", *subjects], pa.string())
    codes = pa.array([*park_items, *enterprise_items], pa.string())
    own = len(park_items)
    count, each = len(names) - 1, len(enterprise_items)
    whose = np.concatenate([np.zeros(own), np.repeat(np.arange(1, count + 1), each)])
    what = np.concatenate([np.arange(own), np.tile(np.arange(own, own + each), count)])
    return pa.table(
        {
            "subject": names.take(pa.array(whose.astype(np.int32))),
            "item": codes.take(pa.array(what.astype(np.int32))),
        }
    )


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
