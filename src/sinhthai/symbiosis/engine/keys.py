"""Streams that no rule can tell apart share a key; links are made between keys, not streams."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from sinhthai.symbiosis.engine.coding import Coding, Description, coder_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge, Substitution

MAX_KEYS = 5_000
"""More keys than this on one side and prices are grouped, ever more coarsely, for ranking."""


@dataclass(frozen=True, slots=True)
class Key:
    """What decides which links a stream has and what they are worth."""

    description: Description
    hazard: str  # "" when not stated
    is_sorted: bool | None
    price: float | None  # VND per unit; None: not stated, or not what the search ranks by
    broken: frozenset[str]  # substitutions whose limits the stated quality breaks


@dataclass(frozen=True, slots=True)
class Keyed:
    """The keys of one side, the key of every row, and the materials of every key."""

    keys: tuple[Key, ...]
    of_row: NDArray[np.int32]
    codings: tuple[tuple[Coding, ...], ...]


def keyed(
    table: pa.Table,
    qualities: Mapping[str, Mapping[str, tuple[float | None, float | None]]],
    knowledge: Knowledge,
    codes: Codes,
    *,
    is_offer: bool,
    by_price: bool = False,
) -> Keyed:
    """Return the keys of *table* (``STREAM_SCHEMA``); rows alike in everything share one.

    *qualities* is stream id -> parameter -> bounds. Only offers can break a rule's limits: a need
    states its own. Prices part the keys only where the search ranks by money (*by_price*).
    """
    import numpy as np

    group, first = _groups(*(table[name] for name in ("name", "code", "unit", "state")))
    described = [
        Description(name, code, unit, state or "")
        for name, code, unit, state in zip(
            *(table[name].take(first).to_pylist() for name in ("name", "code", "unit", "state")),
            strict=True,
        )
    ]
    coded = coder_of(knowledge, codes).code(described)
    broken = _broken(table["id"], group, coded, qualities, knowledge) if is_offer else []
    sets = [frozenset[str](), *dict.fromkeys(rules for _, rules in broken)]
    number_of = {rules: number for number, rules in enumerate(sets)}
    breaking = np.zeros(table.num_rows, np.int32)
    for row, rules in broken:
        breaking[row] = number_of[rules]
    said = (pa.array(group), table["hazard"], table["sorted"], pa.array(breaking))
    of_row, first = _groups(*said)
    prices: pa.Array | pa.ChunkedArray = pa.nulls(table.num_rows, pa.float64())
    for digits in (None, 2, 1, 0) if by_price else ():
        prices = table["price"] if digits is None else _rounded(table["price"], digits)
        of_row, first = _groups(*said, prices)
        if len(first) <= MAX_KEYS:
            break
    of_group = group[first.to_numpy()].tolist()
    keys = tuple(
        Key(described[about], hazard or "", is_sorted, price, sets[rules])
        for about, hazard, is_sorted, price, rules in zip(
            of_group,
            *(part.take(first).to_pylist() for part in (*said[1:3], prices, said[3])),
            strict=True,
        )
    )
    return Keyed(keys, of_row, tuple(tuple(coded[about]) for about in of_group))


def _groups(*columns: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.int32], pa.Array]:
    """Number the rows that are alike in all *columns*, in the order they first stand.

    Returns the number of every row, and the first row of every number.
    """
    import numpy as np

    number = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        parts = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
        whole = parts.combine_chunks().dictionary_encode(null_encoding="encode")
        codes = whole.indices.to_numpy().astype(np.int64)
        # Numbered anew after each column, so that the product never outgrows 64 bits.
        number = np.unique(number * (len(whole.dictionary) + 1) + codes, return_inverse=True)[1]
    _, first, number = np.unique(number, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    place = np.empty(len(first), np.int32)
    place[order] = np.arange(len(first), dtype=np.int32)
    return place[number], pa.array(first[order])


def _broken(
    ids: pa.ChunkedArray,
    group: NDArray[np.int32],
    coded: Sequence[Sequence[Coding]],
    qualities: Mapping[str, Mapping[str, tuple[float | None, float | None]]],
    knowledge: Knowledge,
) -> list[tuple[int, frozenset[str]]]:
    """Return the rows whose stated quality breaks limits of rules, and which rules."""
    import numpy as np
    import pyarrow.compute as pc

    limited = _limited(knowledge)
    stated = pc.is_in(ids, value_set=pa.array(list(qualities), pa.string())).to_numpy()
    found = []
    for row in np.flatnonzero(stated).tolist():
        rules = frozenset(
            substitution.id
            for coding in coded[group[row]]
            for substitution in limited.get(coding.material, ())
            if breaks(substitution, qualities[ids[row].as_py()])
        )
        if rules:
            found.append((row, rules))
    return found


def quality_of(qualities: pa.Table) -> dict[str, dict[str, tuple[float | None, float | None]]]:
    """Return stream id -> parameter -> (low, high) of a ``QUALITY_SCHEMA`` table."""
    found: dict[str, dict[str, tuple[float | None, float | None]]] = {}
    for stream, parameter, low, high in zip(
        *(qualities.column(name).to_pylist() for name in ("stream", "parameter", "low", "high")),
        strict=True,
    ):
        found.setdefault(stream, {})[parameter] = (low, high)
    return found


def breaks(
    substitution: Substitution, stated: Mapping[str, tuple[float | None, float | None]]
) -> bool:
    """Is the stated quality wholly outside a limit of *substitution*?"""
    return any(
        is_outside(stated[limit.parameter], limit.low, limit.high)
        for limit in substitution.limits
        if limit.parameter in stated
    )


def is_outside(
    stated: tuple[float | None, float | None], low: float | None, high: float | None
) -> bool:
    """Do the stated bounds and a limit have nothing in common? An open side reaches for ever.

    >>> is_outside((None, 15.0), None, 10.0), is_outside((12.0, 15.0), None, 10.0)
    (False, True)
    """
    least, most = stated
    return (high is not None and least is not None and least > high) or (
        low is not None and most is not None and most < low
    )


def _limited(knowledge: Knowledge) -> dict[str, list[Substitution]]:
    """Return offered material -> the substitutions that limit its quality."""
    found: dict[str, list[Substitution]] = {}
    for substitution in knowledge.substitutions.values():
        if substitution.limits:
            found.setdefault(substitution.offer, []).append(substitution)
    return found


def _rounded(prices: pa.ChunkedArray, digits: int) -> pa.Array:
    """Return prices with this many digits that count; with none, the power of ten below.

    >>> _rounded(pa.chunked_array([[1234.0, -0.56, 0.0, None]]), 1).to_pylist()
    [1000.0, -0.6, 0.0, None]
    >>> _rounded(pa.chunked_array([[1234.0, -760.0]]), 0).to_pylist()
    [1000.0, -100.0]
    """
    rounded: dict[float | None, float | None] = {None: None}
    for price in prices.unique().to_pylist():
        if price:
            power = math.floor(math.log10(abs(price)))
            coarse = round(price, digits - 1 - power)
            rounded[price] = coarse if digits else math.copysign(10.0**power, price)
        else:
            rounded[price] = price
    return pa.array([rounded[price] for price in prices.to_pylist()], pa.float64())
