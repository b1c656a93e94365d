"""A fingerprint of the facts a finding rests on (H6)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

import duckdb
import pyarrow as pa

from sinhthai.reporting.engine.facts import Facts
from sinhthai.reporting.engine.merge import LOWER, NOT_APPLICABLE, UPPER

_KEYS = ("subject", "park", "year")


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
    rows = [
        _row_hashes(facts.park, columns["park"] if columns else None, years, "subject", "p"),
        _row_hashes(
            facts.enterprise, columns["enterprise"] if columns else None, years, "park", "e"
        ),
        _row_hashes(
            facts.enterprise, columns["enterprise"] if columns else None, years, "subject", "e"
        ),
    ]
    hashes: dict[str, list[str]] = {}
    wanted = set(subjects)
    for owner, text in (pair for part in rows for pair in part):
        if owner in wanted:
            hashes.setdefault(owner, []).append(text)
    return {
        subject: hashlib.sha256("".join(sorted(hashes.get(subject, []))).encode()).hexdigest()
        for subject in subjects
    }


def _row_hashes(
    table: pa.Table,
    codes: Collection[str] | None,
    years: Collection[int] | None,
    owner: str,
    kind: str,
) -> list[tuple[str, str]]:
    """Return (owner, hash) of each row that says anything."""
    names = set(table.column_names)
    if not {"subject", "year", owner} <= names or not table.num_rows:
        return []
    said = sorted(names - set(_KEYS))
    if codes is not None:
        ends = ("", LOWER, UPPER, NOT_APPLICABLE)
        said = sorted({code + end for code in codes for end in ends} & names)
    parts = [f"'{name}=' || CAST(\"{name}\" AS VARCHAR)" for name in said]
    text = f"concat_ws(chr(31), {', '.join(['NULL', *parts])})"
    # nothing known of a park is the same as no row; an enterprise counts by being listed
    tests = [f"year IN ({', '.join(str(int(year)) for year in years) or 'NULL'})"] if years else []
    if kind == "p":
        tests.append(f"{text} <> ''")
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    with duckdb.connect() as connection:
        connection.register("facts", table)
        return connection.execute(
            f"SELECT {owner}, sha256(concat_ws(chr(30), '{kind}', subject, CAST(year AS VARCHAR),"
            f" {text})) FROM facts{where}"
        ).fetchall()
