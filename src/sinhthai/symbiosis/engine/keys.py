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

MAX_PRICES = 500
"""More distinct prices than this on one side and they are grouped to two digits for ranking."""


@dataclass(frozen=True, slots=True)
class Key:
    """What decides which links a stream has and what they are worth."""

    description: Description
    hazard: str  # "" when not stated
    is_sorted: bool | None
    price: float | None  # VND per unit
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
) -> Keyed:
    """Return the keys of *table* (``STREAM_SCHEMA``); rows alike in everything share one.

    *qualities* is stream id -> parameter -> bounds. Only offers can break a rule's limits: a need
    states its own.
    """
    import numpy as np

    prices = _prices(table.column("price"))
    described = [
        Description(*row)
        for row in zip(
            table.column("name").to_pylist(),
            table.column("code").to_pylist(),
            table.column("unit").to_pylist(),
            [state or "" for state in table.column("state").to_pylist()],
            strict=True,
        )
    ]
    distinct = list(dict.fromkeys(described))
    coded = dict(zip(distinct, coder_of(knowledge, codes).code(distinct), strict=True))
    limited = _limited(knowledge) if is_offer else {}
    ids = table.column("id").to_pylist()
    hazards = table.column("hazard").to_pylist()
    is_sorted = table.column("sorted").to_pylist()
    number_of: dict[Key, int] = {}
    of_row = np.empty(len(ids), np.int32)
    nothing: frozenset[str] = frozenset()
    for row, said in enumerate(described):
        broken = nothing
        if limited and (stated := qualities.get(ids[row])):
            broken = frozenset(
                substitution.id
                for coding in coded[said]
                for substitution in limited.get(coding.material, ())
                if breaks(substitution, stated)
            )
        key = Key(said, hazards[row] or "", is_sorted[row], prices[row], broken)
        of_row[row] = number_of.setdefault(key, len(number_of))
    keys = tuple(number_of)
    return Keyed(keys, of_row, tuple(tuple(coded[key.description]) for key in keys))


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


def _prices(column: pa.ChunkedArray) -> Sequence[float | None]:
    prices: list[float | None] = column.to_pylist()
    if len(set(prices)) <= MAX_PRICES:
        return prices
    return [price if not price else _two_digits(price) for price in prices]


def _two_digits(price: float) -> float:
    return round(price, 1 - math.floor(math.log10(abs(price))))
