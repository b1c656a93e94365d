"""The figures of a park's workbench: what could be, what is planned, what runs; never added up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from sinhthai.registry.models import Enterprise, Park
from sinhthai.symbiosis.engine.stages import CLOSED, OPEN
from sinhthai.symbiosis.engine.streams import UNITS
from sinhthai.symbiosis.models import ExchangeResult, Match, MatchRun, Stream, StreamVersion, Task
from sinhthai.symbiosis.readers.exchanges import ExchangeRow

Origin = StreamVersion.Origin
GROUPS: Mapping[str, tuple[str, ...]] = {
    "planned": OPEN,
    "implemented": ("implemented",),
    "verified": ("verified",),
}


@dataclass(frozen=True, slots=True)
class StreamCounts:
    """Streams of the park that stand."""

    offers: int
    needs: int
    estimated: int
    enterprises: int
    changed: int  # since the last search


@dataclass(frozen=True, slots=True)
class Known:
    """A sum over what is known, and of how many it was not stated (H1)."""

    total: float | None
    of: int
    missing: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of the overview: quantities a year by unit, money, carbon."""

    key: str
    count: int
    quantities: Mapping[str, float]
    unstated: int  # exchanges without a quantity
    value: Known
    co2: Known


@dataclass(frozen=True, slots=True)
class Reported:
    """What the parties reported of a year, from meters and slips: not an estimate."""

    year: int
    rows: int
    saved_mvnd: float | None
    co2_t: float | None


def count_streams(park: Park, *, since: dt.datetime | None) -> StreamCounts:
    """Return the counts of the park's streams, and how many changed *since*; one query."""
    stands = Q(withdrawn_at=None)
    later = Q(versions__recorded_at__gt=since) | Q(withdrawn_at__gt=since) if since else Q(pk=None)
    rows = Stream.objects.filter(enterprise__park=park, versions__is_current=True)
    return StreamCounts(
        **rows.aggregate(
            offers=Count("pk", filter=stands & Q(direction=Stream.Direction.OFFER)),
            needs=Count("pk", filter=stands & Q(direction=Stream.Direction.NEED)),
            estimated=Count("pk", filter=stands & Q(versions__origin=Origin.PROFILE)),
            enterprises=Count("enterprise", filter=stands, distinct=True),
            changed=Count("pk", filter=later),
        )
    )


def count_overdue(park: Park, today: dt.date) -> int:
    """Return how many open tasks of the park's exchanges are past their day."""
    return Task.objects.filter(exchange__park=park, done_at=None, due_on__lt=today).count()


def potential(run: MatchRun) -> Figures:
    """Return what the park's offers could bring, each with its best lawful partner.

    An upper bound: two offers may have the same best partner.
    """
    best = Match.objects.filter(
        run=run, rank=1, forbidden=False, offer__enterprise__park=run.park_id
    )
    quantities: dict[str, float] = {}
    count = stated = valued = cut = 0
    value = co2 = 0.0
    groups = best.order_by().values("unit").annotate(
        n=Count("pk"), q=Sum("quantity"), nq=Count("quantity"),
        v=Sum("value_vnd"), nv=Count("value_vnd"), c=Sum("co2_t"), nc=Count("co2_t"),
    )  # fmt: skip
    for row in groups:
        if row["q"] is not None:
            quantities[row["unit"]] = row["q"]
        count, stated = count + row["n"], stated + row["nq"]
        valued, cut = valued + row["nv"], cut + row["nc"]
        value, co2 = value + (row["v"] or 0.0), co2 + (row["c"] or 0.0)
    return Figures(
        "potential",
        count,
        _in_order(quantities),
        count - stated,
        Known(value if valued else None, count, count - valued),
        Known(co2 if cut else None, count, count - cut),
    )


def figures(rows: Iterable[ExchangeRow]) -> list[Figures]:
    """Return one line for what is planned, what is implemented and what is verified."""
    all_ = [row for row in rows if row.exchange.stage not in CLOSED]
    return [
        _figures(key, [row for row in all_ if row.exchange.stage in stages])
        for key, stages in GROUPS.items()
    ]


def reported_results(park: Park) -> list[Reported]:
    """Return what was reported of each year, newest first: the last row of a party and year."""
    rows = (
        ExchangeResult.objects.filter(exchange__park=park)
        .order_by("pk")
        .values_list("participant_id", "year", "values")
    )
    last = {(part, year): values for part, year, values in rows}
    years: dict[int, list[Mapping[str, float]]] = {}
    for (_part, year), values in last.items():
        years.setdefault(year, []).append(values)
    return [
        Reported(year, len(said), _sum_of(said, _is_money), _sum_of(said, _is_carbon))
        for year, said in sorted(years.items(), reverse=True)
    ]


def enterprises_of(park: Park) -> list[Enterprise]:
    """Return the enterprises of the park with a place on the map."""
    return list(Enterprise.objects.filter(park=park, lat__isnull=False, lon__isnull=False))


def _figures(key: str, rows: list[ExchangeRow]) -> Figures:
    quantities: dict[str, float] = {}
    for row in rows:
        if row.exchange.quantity is not None and row.exchange.unit:
            unit = row.exchange.unit
            quantities[unit] = quantities.get(unit, 0.0) + row.exchange.quantity
    return Figures(
        key,
        len(rows),
        _in_order(quantities),
        sum(row.exchange.quantity is None for row in rows),
        _known([row.exchange.value_vnd for row in rows]),
        _known([row.exchange.co2_t for row in rows]),
    )


def _known(values: list[float | None]) -> Known:
    said = [value for value in values if value is not None]
    return Known(sum(said) if said else None, len(values), len(values) - len(said))


def _in_order(quantities: Mapping[str, float]) -> dict[str, float]:
    return {unit: quantities[unit] for unit in UNITS if unit in quantities}


def _sum_of(said: list[Mapping[str, float]], wanted: object) -> float | None:
    values = [
        value
        for row in said
        for metric, value in row.items()
        if wanted(metric)  # type: ignore[operator]
    ]
    return sum(values) if values else None


def _is_money(metric: str) -> bool:
    return metric.endswith(("_saved_mvnd", "_revenue_mvnd"))


def _is_carbon(metric: str) -> bool:
    return metric == "co2_cut_t"
