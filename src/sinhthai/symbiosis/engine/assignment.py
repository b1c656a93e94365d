"""Which of the possible exchanges are best together: each stream is given out only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.flow import best_assignment

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.matches import Matches

Floats = NDArray[np.float64]
_MONTHS = 12
_GRAIN = 1e-3  # quantities are counted in thousandths of a unit


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange of the plan. ``quantity`` in the offer's ``unit`` a year.

    ``value`` [VND a year] is what both sides gain together after transport; ``co2`` [t a year] is
    None where it is not known. ``legal`` is the status of its legal path.
    """

    offer: str
    need: str
    quantity: float
    unit: str
    distance: int  # m, great circle
    value: float
    co2: float | None
    legal: str
    clause: str
    substitution: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class Unserved:
    """What is left of a stream, of a year's ``quantity`` in its ``unit``."""

    stream: str
    direction: Literal["offer", "need"]
    quantity: float
    left: float
    unit: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The best exchanges together.

    ``bound`` [VND a year] is what no plan exceeds: ``value`` itself when ``status`` is optimal.
    ``pairs`` were considered; ``forbidden`` ones the law forbids, and those of ``unknown`` value
    or quantity, were left out.
    """

    exchanges: tuple[Exchange, ...]
    unserved: tuple[Unserved, ...]
    value: float
    bound: float
    status: Literal["optimal", "time_limit"]
    pairs: int
    forbidden: int
    unknown: int

    @property
    def co2(self) -> float:
        """CO2 avoided by the exchanges whose CO2 is known [t a year]."""
        return sum(one.co2 for one in self.exchanges if one.co2 is not None)


def plan_exchanges(matches: Matches, *, seconds: float | None = None) -> Plan:
    """Return the exchanges of *matches* that are worth most together.

    An offer is spread evenly over its months and a need over its own; what does not run in the
    same month does not meet. Within that, and within the partners *matches* kept, the plan is the
    most valuable there is.

    Parameters
    ----------
    matches : with as many partners an offer as can be had: who is not in it cannot be chosen.
    seconds : time limit; the best plan found by then, and its bound.

    Source: a transport problem; see ``engine.flow``.
    """
    rows = matches.table.to_pylist()
    streams = _streams(matches)
    known, ratios = [], []
    forbidden = unknown = 0
    for row, link in zip(rows, matches.links, strict=True):
        ratio = link.ratios.mid
        if row["forbidden"]:
            forbidden += 1
        elif ratio is None or not row["quantity"] or _missing(streams, row):
            unknown += 1
        else:
            known.append(row)
            ratios.append(ratio)
    if not known:
        left = tuple(_unserved((), (), np.empty(0), streams))
        return Plan((), left, 0.0, 0.0, "optimal", 0, forbidden, unknown)
    split = _Months(
        [streams[row["offer"]] for row in known], [streams[row["need"]] for row in known]
    )
    margin = np.array([row["value_vnd"] / row["quantity"] for row in known])
    found = best_assignment(
        split.supply,
        split.demand,
        split.offer,
        split.need,
        margin[split.pair],
        np.array(ratios)[split.pair],
        seconds=seconds,
    )
    flow = np.bincount(split.pair, found.flow, len(known)).astype(float)
    exchanges = [
        _exchange(row, float(amount))
        for row, amount in zip(known, flow.tolist(), strict=True)
        if amount > _GRAIN / 2
    ]
    exchanges.sort(key=lambda one: (-one.value, one.offer, one.need))
    return Plan(
        tuple(exchanges),
        tuple(_unserved(known, ratios, flow, streams)),
        found.value,
        found.bound,
        found.status,
        len(known),
        forbidden,
        unknown,
    )


class _Months:
    """Streams split into seasons: sets of months in which the same streams run.

    Node of a stream in a season: its share of the year's quantity. An arc joins the two nodes of a
    pair in every season both run; ``pair`` says which pair it belongs to.
    """

    def __init__(
        self, offers: Sequence[Mapping[str, Any]], needs: Sequence[Mapping[str, Any]]
    ) -> None:
        masks = np.array(sorted({s["months"] for s in (*offers, *needs)}), np.int64)
        runs = (masks[:, None] >> np.arange(_MONTHS)) & 1
        patterns, weight = np.unique(runs, axis=1, return_counts=True)
        season = {
            int(mask): (np.flatnonzero(row), weight)
            for mask, row in zip(masks, patterns, strict=True)
        }
        self.supply, giving = _nodes(offers, season)
        self.demand, taking = _nodes(needs, season)
        arcs = [
            (giving[offer["id"], part], taking[need["id"], part], pair)
            for pair, (offer, need) in enumerate(zip(offers, needs, strict=True))
            for part in season[offer["months"]][0].tolist()
            if (need["id"], part) in taking
        ]
        table = np.array(arcs, np.int64).reshape(-1, 3)
        self.offer, self.need, self.pair = table.T


def _nodes(
    streams: Sequence[Mapping[str, Any]], season: Mapping[int, tuple[Any, Any]]
) -> tuple[Floats, dict[tuple[str, int], int]]:
    """Return the year's quantity of every stream in each of its seasons, and their numbers."""
    number: dict[tuple[str, int], int] = {}
    amounts: list[float] = []
    for stream in {one["id"]: one for one in streams}.values():
        parts, weight = season[stream["months"]]
        months = float(weight[parts].sum())
        for part in parts.tolist():
            number[stream["id"], part] = len(amounts)
            amounts.append(stream["amount"] * float(weight[part]) / months)
    return np.array(amounts, float), number


def _streams(matches: Matches) -> dict[str, dict[str, Any]]:
    """Return stream id -> the stream, with its year's ``amount`` where one is stated."""
    found: dict[str, dict[str, Any]] = {}
    tables = {"offer": matches.streams.offers, "need": matches.streams.needs}
    for direction, table in tables.items():
        for row in table.to_pylist():
            stated = row["quantity"]
            if stated is None:
                ends = [
                    one for one in (row["quantity_min"], row["quantity_max"]) if one is not None
                ]
                stated = sum(ends) / len(ends) if ends else None
            found[row["id"]] = row | {"amount": stated, "direction": direction}
    return found


def _missing(streams: Mapping[str, Mapping[str, Any]], row: Mapping[str, Any]) -> bool:
    """Say whether the value of a pair, or the quantity of one of its streams, is unknown."""
    amounts = [streams[row[side]]["amount"] for side in ("offer", "need")]
    return row["value_vnd"] is None or None in amounts


def _exchange(row: Mapping[str, Any], amount: float) -> Exchange:
    share = amount / row["quantity"]
    return Exchange(
        offer=row["offer"],
        need=row["need"],
        quantity=amount,
        unit=row["unit"],
        distance=row["distance_m"],
        value=row["value_vnd"] * share,
        co2=None if row["co2_t"] is None else row["co2_t"] * share,
        legal=row["legal_status"],
        clause=row["clause"],
        substitution=row["substitution"],
        estimated=row["estimated"],
    )


def _unserved(
    rows: Sequence[Mapping[str, Any]],
    ratios: Sequence[float],
    flow: Floats,
    streams: Mapping[str, Mapping[str, Any]],
) -> list[Unserved]:
    """Return what is left of every stream with a stated quantity, offers first."""
    used: dict[str, float] = {}
    for row, ratio, amount in zip(rows, ratios, flow.tolist(), strict=True):
        used[row["offer"]] = used.get(row["offer"], 0.0) + amount
        used[row["need"]] = used.get(row["need"], 0.0) + amount * ratio
    left = []
    for name, stream in streams.items():
        amount = stream["amount"]
        if not amount:
            continue
        rest = amount - used.get(name, 0.0)
        if rest > max(_GRAIN * _MONTHS, 1e-6 * amount):
            left.append(Unserved(name, stream["direction"], amount, rest, stream["unit"]))
    return left
