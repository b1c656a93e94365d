"""Which enterprise counts how in a share: the list behind the counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.assessment.engine.formulas import Compiler
from sinhthai.assessment.engine.query import leaf_columns
from sinhthai.assessment.engine.session import run
from sinhthai.reporting.engine.facts import Facts
from sinhthai.rules.model import Item, Leaf

# yes, no, unknown: surely counted, and meets, does not meet, may meet the criterion;
# maybe: whether it counts at all is not known; out: surely not counted
Standing = Literal["yes", "no", "unknown", "maybe", "out"]


@dataclass(frozen=True, slots=True)
class Member:
    """An enterprise as a share counts it, and what is not known of it that the formula asks."""

    enterprise: str
    standing: Standing
    missing: tuple[str, ...]


def members(
    leaf: Leaf,
    facts: Facts,
    park: str,
    year: int,
    options: Mapping[str, str],
    items: Mapping[str, Item] | None = None,
) -> list[Member]:
    """Return the enterprises of *park* in *year* by code, as the share *leaf* counts them."""
    if leaf.kind != "share" or leaf.denominator is None:
        return []
    table = facts.enterprise
    here = pc.and_(pc.equal(table["park"], park), pc.equal(table["year"], year))
    compiler = Compiler("m", frozenset(table.column_names), items or {})
    inside = compiler.truth(leaf.denominator.chosen(options))
    meets = compiler.truth(leaf.numerator.chosen(options))
    _, codes = leaf_columns(leaf, options)
    tests = [f"CASE WHEN {compiler.raw(code)} IS NULL THEN '{code}' END" for code in codes]

    def query(suffix: str) -> str:
        return (
            f"WITH m AS (SELECT e.subject, {', '.join(compiler.prepared('e'))}"
            f" FROM enterprise{suffix} e)"
            f" SELECT m.subject, CASE WHEN NOT {inside} THEN 'out' WHEN {inside} IS NULL"
            f" THEN 'maybe' WHEN {meets} THEN 'yes' WHEN NOT {meets} THEN 'no' ELSE 'unknown' END"
            f" AS standing, concat_ws(',', {', '.join(tests)}) AS missing"
            " FROM m ORDER BY m.subject"
        )

    names = ("subject", "standing", "missing")
    schema = pa.schema([(name, pa.string()) for name in names])
    found = run(query, {"enterprise": table.filter(here)}, schema)
    return [
        Member(row["subject"], row["standing"], tuple(filter(None, row["missing"].split(","))))
        for row in found.to_pylist()
    ]
