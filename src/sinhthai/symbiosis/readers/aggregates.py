"""Totals of streams by material family and territory, with what may not be shown left out.

What is hidden is decided once, over the whole country, and only then narrowed to what a person
may read: two people, or two filters, never see differently suppressed totals of the same streams.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Coalesce

from sinhthai.accounts.policy import scopes_of
from sinhthai.registry.models import Park, Province
from sinhthai.registry.policy import Person, parks_visible
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.suppression import Path, Total, hidden, rounded, totals
from sinhthai.symbiosis.models import StreamVersion

OTHER = "other"
"""The family of streams taken for no material."""
LEVELS = ("country", "province", "park")

Series = tuple[str, str, str]
"""Direction, family, unit: totals are added within one of these, never across."""
_Leaf = dict[Path, tuple[Total, int, Total]]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One total. None is *not shown*: too few enterprises, or another total would tell."""

    direction: str
    family: str
    unit: str
    level: str
    province: str  # code of today; "" for the country
    park: str  # code; "" above the parks
    enterprises: int | None
    quantity: float | None  # two significant digits
    estimated: bool  # a part of it is typical of an industry, not reported


def read_aggregates() -> list[Aggregate]:
    """Return every total of the country, of its provinces and of its parks.

    Kept until a stream is changed, withdrawn or restored.
    """
    stands = StreamVersion.objects.filter(is_current=True).aggregate(
        last=Max("pk"), gone=Count("stream__withdrawn_at"), at=Max("stream__withdrawn_at")
    )
    state = ".".join(str(value).replace(" ", "T") for value in stands.values())
    key = f"symbiosis.aggregates.{state}"
    found: list[Aggregate] = cache.get_or_set(key, _read, timeout=3600) or []
    return found


def _read() -> list[Aggregate]:
    found = []
    for series, leaves in _leaves().items():
        counted = {path: leaf[0] for path, leaf in leaves.items()}
        measured = {path: leaf[2] for path, leaf in leaves.items() if leaf[2].enterprises}
        no_count = hidden(counted)
        no_quantity = hidden(measured) | no_count
        quantities = totals(measured)
        estimates = _any_below(leaves)
        for path, total in totals(counted).items():
            quantity = quantities.get(path)
            found.append(
                Aggregate(
                    *series,
                    level=LEVELS[len(path)],
                    province=path[0] if path else "",
                    park=path[1] if len(path) > 1 else "",
                    enterprises=None if path in no_count else total.enterprises,
                    quantity=None
                    if quantity is None or path in no_quantity
                    else rounded(quantity.quantity),
                    estimated=estimates[path],
                )
            )
    return found


def _leaves() -> dict[Series, _Leaf]:
    """Return, per series and park, how many enterprises there are and how much they state."""
    families = {one.id: one.family for one in load_knowledge().materials.values()}
    amount = Coalesce("quantity", "quantity_max", "quantity_min")
    rows = (
        StreamVersion.objects.filter(is_current=True, stream__withdrawn_at=None)
        .values_list(
            "stream__enterprise__park__province_now__code",
            "stream__enterprise__park__code",
            "stream__direction",
            "material",
            "unit",
            "stream__enterprise_id",
        )
        .annotate(
            stated=Count(amount),
            total=Sum(amount),
            guessed=Count("pk", filter=Q(origin=StreamVersion.Origin.PROFILE)),
        )
        .order_by()
    )
    each: dict[tuple[Series, Path, int], list[float]] = {}
    for province, park, direction, material, unit, owner, stated, total, guessed in rows:
        series = (direction, families.get(material, OTHER), unit)
        kept = each.setdefault((series, (province, park), owner), [0, 0.0, 0])
        kept[0] += stated
        kept[1] += total or 0.0
        kept[2] += guessed
    found: dict[Series, _Leaf] = {}
    for (series, path, _owner), (stated, quantity, guessed) in each.items():
        leaf = found.setdefault(series, {})
        count, estimates, measured = leaf.get(path, (Total(0), 0, Total(0)))
        if stated:
            measured = measured.plus(Total(1, quantity, quantity))
        leaf[path] = (count.plus(Total(1)), estimates + int(guessed), measured)
    return found


def _any_below(leaves: _Leaf) -> dict[Path, bool]:
    found: dict[Path, bool] = {}
    for path, (_count, estimates, _measured) in leaves.items():
        for length in range(len(path) + 1):
            found[path[:length]] = found.get(path[:length], False) or estimates > 0
    return found


def visible(rows: Iterable[Aggregate], user: Person) -> list[Aggregate]:
    """Return the totals of what *user* reaches: the country, provinces, or parks."""
    scopes = scopes_of(user)
    if scopes.country:
        return list(rows)
    provinces = set(scopes.provinces)
    parks = set(parks_visible(user).values_list("code", flat=True))
    return [
        row
        for row in rows
        if row.park in parks or (row.level == "province" and row.province in provinces)
    ]


def place_names() -> tuple[dict[str, Province], dict[str, Park]]:
    """Return the provinces of today and the parks by code; two queries."""
    provinces = {row.code: row for row in Province.objects.filter(valid_until=None)}
    parks = {row.code: row for row in Park.objects.only("code", "name_vi", "name_en", "invented")}
    return provinces, parks
