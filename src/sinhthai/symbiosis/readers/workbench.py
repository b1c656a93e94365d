"""The figures of a park's workbench: what could be, what is planned, what runs; never added up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, FilteredRelation, Q, Subquery, Sum

from sinhthai.registry.models import Enterprise, Park
from sinhthai.symbiosis.engine.stages import CLOSED, OPEN
from sinhthai.symbiosis.engine.streams import UNITS
from sinhthai.symbiosis.models import ExchangeResult, MatchRun, Stream, StreamVersion
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
class Search:
    """The last search for partners."""

    at: dt.datetime
    within_km: float
    matches: int


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


def read_enterprises(
    park: Park, *, since: dt.datetime | None
) -> tuple[list[Enterprise], StreamCounts]:
    """Return the enterprises with a place on the map, and the counts of the park's streams.

    How many streams changed is counted *since* an instant (None: not told, 0). One query.
    """
    is_current = Q(streams__versions__is_current=True)
    stands = is_current & Q(streams__withdrawn_at=None)
    changed = Q(streams__versions__recorded_at__gt=since) | Q(streams__withdrawn_at__gt=since)
    later = is_current & changed if since else Q(pk=None)

    def count(fitting: Q) -> Count:
        return Count("streams", filter=fitting)

    rows = list(
        Enterprise.objects.filter(park=park).annotate(
            offers=count(stands & Q(streams__direction=Stream.Direction.OFFER)),
            needs=count(stands & Q(streams__direction=Stream.Direction.NEED)),
            estimated=count(stands & Q(streams__versions__origin=Origin.PROFILE)),
            changed=count(later),
        )
    )
    counts = StreamCounts(
        sum(row.offers for row in rows),
        sum(row.needs for row in rows),
        sum(row.estimated for row in rows),
        sum(bool(row.offers or row.needs) for row in rows),
        sum(row.changed for row in rows),
    )
    return [row for row in rows if row.lat is not None and row.lon is not None], counts


def last_search(park: Park) -> tuple[Search | None, Figures | None]:
    """Return the search whose ideas are shown, and what the park's offers could bring by it.

    Each offer counts with its best lawful partner: an upper bound, since two offers may have the
    same best partner. One query, also where nothing was found.
    """
    last = MatchRun.objects.filter(park=park).order_by("-pk").values("pk")[:1]
    own = Q(best__offer__enterprise__park=park)
    groups = (
        MatchRun.objects.filter(pk=Subquery(last))
        .annotate(
            best=FilteredRelation("pairs", condition=Q(pairs__rank=1, pairs__forbidden=False))
        )
        .order_by()
        .values("at", "within_km", "matches", "best__unit")
        .annotate(
            n=Count("best", filter=own),
            q=Sum("best__quantity", filter=own), nq=Count("best__quantity", filter=own),
            v=Sum("best__value_vnd", filter=own), nv=Count("best__value_vnd", filter=own),
            c=Sum("best__co2_t", filter=own), nc=Count("best__co2_t", filter=own),
        )
    )  # fmt: skip
    search: Search | None = None
    quantities: dict[str, float] = {}
    count = stated = valued = cut = 0
    value = co2 = 0.0
    for row in groups:
        search = Search(row["at"], row["within_km"], row["matches"])
        if row["q"] is not None:
            quantities[row["best__unit"]] = row["q"]
        count, stated = count + row["n"], stated + row["nq"]
        valued, cut = valued + row["nv"], cut + row["nc"]
        value, co2 = value + (row["v"] or 0.0), co2 + (row["c"] or 0.0)
    if search is None:
        return None, None
    return search, Figures(
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
