"""The peers of bench_country: shares of enterprises by pandas groupby and by a Python loop.

Both count each enterprise by whether it is in the denominator and meets the numerator, each yes,
no or unknown, and bound the share from the nine counts, as the engine does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import sqlglot
from sqlglot import exp

from sinhthai.rules.model import Leaf

Bounds = tuple[float | None, float | None]
Key = tuple[str, int, str]


def bounds(counts: Mapping[tuple[bool | None, bool | None], int]) -> Bounds:
    """Return the least and greatest share; *counts* is keyed by (in denominator, meets).

    Of nothing the share is 0 of 0, as the engine writes it for a criterion that does not apply.
    """
    sure_yes, sure_no = counts.get((True, True), 0), counts.get((True, False), 0)
    sure_open = counts.get((True, None), 0)
    maybe_yes, maybe_no = counts.get((None, True), 0), counts.get((None, False), 0)
    maybe_open = counts.get((None, None), 0)
    sure = sure_yes + sure_no + sure_open
    least_of = sure + maybe_no + maybe_open
    most = sure_yes + sure_open + maybe_yes + maybe_open
    most_of = sure + maybe_yes + maybe_open
    if not sure and not maybe_yes + maybe_no + maybe_open:
        return 0.0, 0.0
    lower = sure_yes / least_of if least_of else 1.0
    upper = most / most_of if most_of else 0.0
    return lower, upper


def by_pandas(
    table: pa.Table, leaves: Iterable[Leaf], readings: Mapping[str, str]
) -> dict[Key, Bounds]:
    """Return the bounds of every share for every park and year, with nullable columns."""
    frame = _frame(table)
    found: dict[Key, Bounds] = {}
    for leaf in leaves:
        masks = frame[["park", "year"]].copy()
        masks["d"] = _mask(frame, leaf.denominator.chosen(readings)).astype("Int8").fillna(-1)
        masks["n"] = _mask(frame, leaf.numerator.chosen(readings)).astype("Int8").fillna(-1)
        counted = masks.groupby(["park", "year", "d", "n"], observed=True).size()
        collected: dict[tuple[str, int], dict[Any, int]] = {}
        for (park, year, d, n), count in counted.items():
            collected.setdefault((park, int(year)), {})[_SAYS[int(d)], _SAYS[int(n)]] = int(count)
        for (park, year), counts in collected.items():
            found[park, year, leaf.id] = bounds(counts)
    return found


def by_park(
    table: pa.Table, leaves: Iterable[Leaf], readings: Mapping[str, str], parks: Sequence[str]
) -> dict[Key, Bounds]:
    """Return the same for some parks, each park and year picked out of the frame by itself."""
    frame = _frame(table)
    texts = [
        (leaf.id, leaf.denominator.chosen(readings), leaf.numerator.chosen(readings))
        for leaf in leaves
    ]
    found: dict[Key, Bounds] = {}
    for park in parks:
        of_park = frame[frame["park"] == park]
        for year in of_park["year"].unique():
            rows = of_park[of_park["year"] == year]
            for leaf, denominator, numerator in texts:
                pairs = zip(
                    _mask(rows, denominator).astype("Int8").fillna(-1),
                    _mask(rows, numerator).astype("Int8").fillna(-1),
                    strict=True,
                )
                counts = Counter((_SAYS[int(d)], _SAYS[int(n)]) for d, n in pairs)
                found[park, int(year), leaf] = bounds(counts)
    return found


def by_loop(
    table: pa.Table, leaves: Iterable[Leaf], readings: Mapping[str, str]
) -> dict[Key, Bounds]:
    """Return the same, park by park and enterprise by enterprise."""
    of_park: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        of_park.setdefault((row["park"], row["year"]), []).append(row)
    rules = [
        (
            leaf.id,
            _judge(sqlglot.parse_one(leaf.denominator.chosen(readings), read="duckdb")),
            _judge(sqlglot.parse_one(leaf.numerator.chosen(readings), read="duckdb")),
        )
        for leaf in leaves
    ]
    found: dict[Key, Bounds] = {}
    for (park, year), rows in of_park.items():
        for leaf, denominator, numerator in rules:
            counts: dict[tuple[bool | None, bool | None], int] = {}
            for row in rows:
                key = denominator(row), numerator(row)
                counts[key] = counts.get(key, 0) + 1
            found[park, year, leaf] = bounds(counts)
    return found


def _frame(table: pa.Table) -> pd.DataFrame:
    nullable = {pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype()}
    return table.to_pandas(types_mapper=nullable.get)


_SAYS = {1: True, 0: False, -1: None}
_COMPARES: dict[type[exp.Expression], Callable[[Any, Any], Any]] = {
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.GT: lambda a, b: a > b,
    exp.GTE: lambda a, b: a >= b,
    exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b,
}


def _mask(frame: pd.DataFrame, text: str) -> pd.Series:
    return _column(frame, sqlglot.parse_one(text, read="duckdb"))


def _column(frame: pd.DataFrame, node: exp.Expression) -> Any:
    """Return a condition as a nullable boolean column (pandas follows Kleene's logic too)."""
    if isinstance(node, exp.Paren):
        return _column(frame, node.this)
    if isinstance(node, exp.And):
        return _column(frame, node.left) & _column(frame, node.right)
    if isinstance(node, exp.Or):
        return _column(frame, node.left) | _column(frame, node.right)
    if isinstance(node, exp.Not):
        return ~_column(frame, node.this)
    if isinstance(node, exp.In):
        column = _column(frame, node.this)
        return (
            column.isin([x.to_py() for x in node.expressions]).astype("boolean").mask(column.isna())
        )
    if type(node) in _COMPARES:
        left, right = _column(frame, node.left), node.right.to_py()
        if pd.api.types.is_float_dtype(left):
            left = left.astype("Float64")
        return _COMPARES[type(node)](left, right).astype("boolean")
    return frame[node.name]


def _judge(node: exp.Expression) -> Callable[[dict[str, Any]], Any]:
    """Return a condition as a function of one enterprise: true, false or None."""
    if isinstance(node, exp.Paren):
        return _judge(node.this)
    if isinstance(node, exp.And | exp.Or):
        left, right = _judge(node.left), _judge(node.right)
        decides = isinstance(node, exp.Or)

        def both(row: dict[str, Any]) -> bool | None:
            a, b = left(row), right(row)
            if a is decides or b is decides:
                return decides
            return None if a is None or b is None else not decides

        return both
    if isinstance(node, exp.Not):
        inner = _judge(node.this)
        return lambda row: None if (value := inner(row)) is None else not value
    if isinstance(node, exp.In):
        name, allowed = node.this.name, {x.to_py() for x in node.expressions}
        return lambda row: None if row[name] is None else row[name] in allowed
    if type(node) in _COMPARES:
        name, limit, compare = node.left.name, node.right.to_py(), _COMPARES[type(node)]
        return lambda row: None if row[name] is None else compare(row[name], limit)
    name = node.name
    return lambda row: row[name]
