"""Small rules and facts for the tests of the engine. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.findings import Finding
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import Facts
from sinhthai.rules.model import Formula, Framework, Item, Leaf, Threshold

T = Text("", "")
SINCE = dt.date(2020, 1, 1)
DAY = dt.date(2025, 12, 31)


def leaf(
    kind: str,
    top: str | Formula,
    bottom: str | Formula | None = None,
    value: float | str | None = None,
    sense: str = "at_least",
    **rest: Any,
) -> Leaf:
    """A leaf called "l"; *value* is its threshold, a formula if it is text."""
    thresholds: tuple[Threshold, ...] = ()
    if isinstance(value, str):
        thresholds = (Threshold(SINCE, None, None, value),)
    elif value is not None:
        thresholds = (Threshold(SINCE, None, value),)
    given = {
        "id": "l",
        "clause": "1",
        "group": "g",
        "title": Text("Tiêu chí", "Criterion"),
        "subject": "park",
        "unit": "1",
        "thresholds": thresholds,
    } | rest
    return Leaf(
        kind=kind,  # type: ignore[arg-type]
        sense="is_true" if kind == "condition" else sense,  # type: ignore[arg-type]
        numerator=top if isinstance(top, Formula) else Formula({"": top}),
        denominator=Formula({"": bottom}) if isinstance(bottom, str) else bottom,
        **given,
    )


def framework(*leaves: Leaf, subject: str = "park", **rest: Any) -> Framework:
    """A framework "f" of *leaves* in force since 2020."""
    given = {"id": "f", "family": "fam", "valid_from": SINCE, "valid_until": None} | rest
    return Framework(
        title=Text("bộ tiêu chí", "criteria"),
        instrument=Text("Nghị định", "Decree"),
        clause="1",
        subject=subject,  # type: ignore[arg-type]
        groups=(),
        leaves=leaves,
        **given,
    )


def facts(
    park: Iterable[Mapping[str, Any]] = (), enterprises: Iterable[Mapping[str, Any]] = ()
) -> Facts:
    """Fact tables from rows; park "p" and year 2025 unless a row says otherwise."""
    own = [{"subject": "p", "year": 2025} | dict(row) for row in park]
    theirs = [
        {"subject": f"e{at}", "park": "p", "year": 2025} | dict(row)
        for at, row in enumerate(enterprises)
    ]
    return Facts(
        _table(own, {"subject": pa.string(), "year": pa.int32()}),
        _table(theirs, {"subject": pa.string(), "park": pa.string(), "year": pa.int32()}),
    )


def _table(rows: Sequence[Mapping[str, Any]], keys: Mapping[str, pa.DataType]) -> pa.Table:
    names = list(dict.fromkeys([*keys, *(name for row in rows for name in row)]))
    columns = {}
    for name in names:
        values = [row.get(name) for row in rows]
        if name in keys:
            kind = keys[name]
        elif name.endswith("__na") or any(isinstance(v, bool) for v in values):
            kind = pa.bool_()
        elif any(isinstance(v, str) for v in values):
            kind = pa.string()
        else:
            kind = pa.float64()
        columns[name] = pa.array(values, kind)
    return pa.table(columns)


def find(
    one: Leaf,
    given: Facts,
    *,
    options: Mapping[str, str] | None = None,
    items: Mapping[str, Item] | None = None,
    on: dt.date = DAY,
    year: int = 2025,
) -> Finding:
    """Assess park "p" against one leaf."""
    table = assess(framework(one), given, [Asked("p", on, year)], options or {}, items)
    return to_findings(table)[0]


def number(code: str, minimum: float | None = None, maximum: float | None = None) -> Item:
    return Item(code, "park", "number", "state", "s", T, T, minimum=minimum, maximum=maximum)
