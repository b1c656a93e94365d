"""Totals of streams by material family and territory, with what may not be shown left out.

What is hidden is decided once, over the whole country, and only then narrowed to what a person
may read: two people, or two filters, never see differently suppressed totals of the same streams.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import connections
from django.db.models import Count, Max
from django.db.models.functions import Coalesce

from sinhthai.accounts.policy import scopes_of
from sinhthai.registry.models import Park, Province
from sinhthai.registry.policy import Person, parks_visible
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.suppression import Path, Total, hidden, rounded, totals
from sinhthai.symbiosis.models import StreamVersion

if TYPE_CHECKING:
    import pyarrow as pa

OTHER = "other"
"""The family of streams taken for no material."""
LEVELS = ("country", "province", "park")

Series = tuple[str, str, str]
"""Direction, family, unit: totals are added within one of these, never across."""
_TYPES = {"owner": "int64", "amount": "float64"}
_Parts = dict[str, list[float | None]]
_Leaf = dict[Path, tuple[Total, bool, Total]]


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
    import pyarrow.compute as pc

    keys = ["direction", "family", "unit", "province", "park"]
    stated = _stated()
    each = stated.group_by([*keys, "owner"]).aggregate(
        [("amount", "count"), ("amount", "sum"), ("estimated", "any")]
    )
    # An enterprise of which no amount is stated counts, but adds nothing to what is measured.
    measured = pc.if_else(pc.greater(each["amount_count"], 0), each["amount_sum"], None)
    parks = (
        each.append_column("measured", measured)
        .group_by(keys)
        .aggregate(
            [("owner", "count"), ("measured", "count"), ("measured", "sum"), ("measured", "max"),
             ("estimated_any", "any")]
        )
    )  # fmt: skip
    firms = _firms(each.append_column("measured", measured), _several(stated))
    found: dict[Series, _Leaf] = {}
    for row in parks.to_pylist():
        series = (row["direction"], row["family"], row["unit"])
        here = firms.get(tuple(row[key] for key in keys), {})
        counting = tuple((firm, len(parts), 0.0) for firm, parts in sorted(here.items()))
        stating = tuple(
            (firm, len(known), sum(known))
            for firm, parts in sorted(here.items())
            if (known := [amount for amount in parts if amount is not None])
        )
        largest = max([row["measured_max"] or 0.0, *(amount for *_who, amount in stating)])
        amounts = Total(row["measured_count"], row["measured_sum"] or 0.0, largest, stating)
        counted = Total(row["owner_count"], firms=counting)
        leaf = (counted, row["estimated_any_any"], amounts)
        found.setdefault(series, {})[row["province"], row["park"]] = leaf
    return found


def _several(stated: pa.Table) -> dict[int, str]:
    """Return enterprise -> firm of the firms with several: one tax code, and its branches'."""
    owners = stated.group_by(["owner", "tax_code"]).aggregate([]).to_pylist()
    of_firm: dict[str, list[int]] = {}
    for row in owners:
        if row["tax_code"]:
            of_firm.setdefault(row["tax_code"][:10], []).append(row["owner"])
    return {owner: firm for firm, many in of_firm.items() if len(many) > 1 for owner in many}


def _firms(each: pa.Table, several: dict[int, str]) -> dict[tuple[str, ...], _Parts]:
    """Return per series and park the parts of each firm with several enterprises."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found: dict[tuple[str, ...], _Parts] = {}
    wanted = pc.is_in(each["owner"], value_set=pa.array(sorted(several), "int64"))
    for row in each.filter(wanted).to_pylist():
        key = tuple(row[name] for name in ("direction", "family", "unit", "province", "park"))
        parts = found.setdefault(key, {}).setdefault(several[row["owner"]], [])
        parts.append(row["measured"])
    return found


def _stated() -> pa.Table:
    """Return every standing stream: where, whose, of what family, how much, estimated or not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    query = (
        StreamVersion.objects.filter(is_current=True, stream__withdrawn_at=None)
        .order_by()
        .values_list(
            "stream__enterprise__park__province_now__code",
            "stream__enterprise__park__code",
            "stream__enterprise_id",
            "stream__enterprise__tax_code",
            "stream__direction",
            "material",
            "unit",
            Coalesce("quantity", "quantity_max", "quantity_min"),
            "origin",
        )
    )
    sql, parameters = query.query.sql_with_params()
    with connections[query.db].cursor() as cursor:  # past Django's converters: there are many rows
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    names = (
        "province", "park", "owner", "tax_code", "direction", "material", "unit", "amount",
        "origin",
    )  # fmt: skip
    columns = dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))
    schema = pa.schema([(name, _TYPES.get(name, "string")) for name in names])
    table = pa.table({name: list(columns[name]) for name in names}, schema=schema)
    families = {one.id: one.family for one in load_knowledge().materials.values()}
    known = table["material"].combine_chunks().dictionary_encode()
    of_each = pa.array(
        [families.get(material, OTHER) for material in known.dictionary.to_pylist()], "string"
    )
    return table.append_column("family", of_each.take(known.indices)).append_column(
        "estimated", pc.equal(table["origin"], StreamVersion.Origin.PROFILE.value)
    )


def _any_below(leaves: _Leaf) -> dict[Path, bool]:
    found: dict[Path, bool] = {}
    for path, (_count, estimates, _measured) in leaves.items():
        for length in range(len(path) + 1):
            found[path[:length]] = found.get(path[:length], False) or estimates
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
