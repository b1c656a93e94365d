"""The fact tables of a park or two, built from the plain merge."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pyarrow as pa

from sinhthai.reporting.engine.merge import LOWER, NOT_APPLICABLE, UPPER, Stated, winners
from sinhthai.rules.model import Item, Subject

_TYPES = {"boolean": pa.bool_(), "integer": pa.float64(), "number": pa.float64()}


def few_facts(
    records: pa.Table, roster: pa.Table, years: list[int], items: list[Item]
) -> tuple[pa.Table, pa.Table]:
    """Return the park and the enterprise fact table; see `facts.build_facts`."""
    found = winners(records, years, items)
    parks = sorted({*records["park"].to_pylist(), *roster["park"].to_pylist()})
    grid = [(park, "", year) for park in parks for year in years]
    wanted = set(years)
    lines = {
        ("", row["enterprise"], row["year"]): row
        for row in roster.to_pylist()
        if row["year"] in wanted
    }
    listed = sorted(lines)
    park = {
        "subject": pa.array([park for park, _, _ in grid], pa.string()),
        "year": pa.array([year for _, _, year in grid], pa.int32()),
    }
    enterprise = {
        "subject": pa.array([code for _, code, _ in listed], pa.string()),
        "park": pa.array([lines[key]["park"] for key in listed], pa.string()),
        "year": pa.array([year for _, _, year in listed], pa.int32()),
    }
    if any(item.code == "status" and item.subject == "enterprise" for item in items):
        enterprise["status"] = pa.array([lines[key]["status"] for key in listed], pa.string())
    inexact = {subject: _inexact(records, subject) for subject in ("park", "enterprise")}
    for item in items:
        if item.nature == "registry":
            continue
        table, rows = (park, grid) if item.subject == "park" else (enterprise, listed)
        said = [found.get((*row, item.code)) for row in rows]
        table.update(_columns(item, said, item.code in inexact[item.subject]))
    return pa.table(park), pa.table(enterprise)


def _inexact(records: pa.Table, subject: Subject) -> set[str]:
    """Return the items some record states otherwise than by an exact value."""
    codes: set[str] = set()
    own = [
        (enterprise == "") == (subject == "park")
        for enterprise in records["enterprise"].to_pylist()
    ]
    for name in ("qualifiers", "absences"):
        for mine, text in zip(own, records[name].to_pylist(), strict=True):
            if mine and len(text) > 2:
                codes |= json.loads(text).keys()
    return codes


def _columns(item: Item, said: Sequence[Stated | None], inexact: bool) -> dict[str, pa.Array]:
    """Return the column of an item, and its companions where some record needs them."""
    kind = _TYPES.get(item.kind, pa.string())
    made = {item.code: pa.array([None if s is None else s.exact() for s in said], kind)}
    if inexact:
        if kind == pa.float64():
            bounds = [(None, None) if s is None else s.bounds() for s in said]
            made[item.code + LOWER] = pa.array([low for low, _ in bounds], kind)
            made[item.code + UPPER] = pa.array([high for _, high in bounds], kind)
        declared = [True if s is not None and s.not_applicable else None for s in said]
        made[item.code + NOT_APPLICABLE] = pa.array(declared, pa.bool_())
    return made
