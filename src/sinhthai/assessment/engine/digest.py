"""A fingerprint of the facts a finding rests on (H6)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.reporting.engine.facts import Facts
from sinhthai.reporting.engine.merge import LOWER, NOT_APPLICABLE, UPPER

_KEYS = ("subject", "park", "year")
_BETWEEN = "\x1f"


def digest(facts: Facts, subject: str) -> str:
    """Return the SHA-256 of all facts of a park with its enterprises, or of one enterprise."""
    return digests(facts, [subject])[subject]


def digests(
    facts: Facts,
    subjects: Sequence[str],
    columns: Mapping[str, Collection[str]] | None = None,
    years: Collection[int] | None = None,
) -> dict[str, str]:
    """Return the SHA-256 of the facts of each subject: of a park, its enterprises included.

    *columns* (``park`` and ``enterprise`` -> item codes) and *years* narrow what counts. Order of
    rows and columns does not matter, nor does a column that is wholly unknown; that an enterprise
    is on the list does, even if nothing is known of it. Unknown subjects have the empty digest.

    >>> park = pa.table({"subject": ["p"], "year": [2025], "a": [1.0], "b": pa.nulls(1)})
    >>> less = Facts(park.select(["year", "a", "subject"]), pa.table({"subject": [], "park": []}))
    >>> digest(Facts(park, less.enterprise), "p") == digest(less, "p")
    True
    """
    own, members = (columns["park"], columns["enterprise"]) if columns else (None, None)
    wanted = set(subjects)
    said: dict[str, list[str]] = {}
    for owner, text in chain(
        _row_texts(facts.park, own, years, "subject", "p"),
        _row_texts(facts.enterprise, members, years, "park", "e"),
        _row_texts(facts.enterprise, members, years, "subject", "e"),
    ):
        if owner in wanted:
            said.setdefault(owner, []).append(text)
    return {
        subject: hashlib.sha256("\n".join(sorted(said.get(subject, []))).encode()).hexdigest()
        for subject in subjects
    }


def _row_texts(
    table: pa.Table,
    codes: Collection[str] | None,
    years: Collection[int] | None,
    owner: str,
    kind: str,
) -> list[tuple[str, str]]:
    """Return (owner, row as text) of each row that says anything."""
    names = set(table.column_names)
    if not {"subject", "year", owner} <= names:
        return []
    if years is not None:
        wanted = pa.array(sorted(years), table.schema.field("year").type)
        table = table.filter(pc.is_in(table["year"], value_set=wanted))
    said = sorted(names - set(_KEYS))
    if codes is not None:
        ends = ("", LOWER, UPPER, NOT_APPLICABLE)
        said = sorted({code + end for code in codes for end in ends} & names)
    parts = [_named(name, table[name]) for name in said]
    empty = pa.array([""] * table.num_rows, pa.string())
    text = pc.binary_join_element_wise(empty, *parts, _BETWEEN, null_handling="skip")
    keys = (table[name].to_pylist() for name in (owner, "subject", "year"))
    return [
        (mine, f"{kind}{_BETWEEN}{subject}{_BETWEEN}{year}{said}")
        for mine, subject, year, said in zip(*keys, text.to_pylist(), strict=True)
        # nothing known of a park is the same as no row; an enterprise counts by being listed
        if said or kind == "e"
    ]


def _named(name: str, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return ``name=value`` as text, NULL where the value is."""
    return pc.binary_join_element_wise(
        name, column.cast(pa.string()), "=", null_handling="emit_null"
    )
