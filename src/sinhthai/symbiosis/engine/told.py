"""The engine's numbers told again: ids, law and money of each pair, the unknown kept unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.symbiosis.engine.links import Link, LinkBook, Range
from sinhthai.symbiosis.engine.matching.problem import Order
from sinhthai.symbiosis.engine.worth import worth

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sinhthai.symbiosis.engine.legal import LegalPath

MATCH_SCHEMA = pa.schema(
    [
        pa.field("offer", pa.string(), nullable=False),  # stream id
        pa.field("need", pa.string(), nullable=False),
        pa.field("rank", pa.int32(), nullable=False),  # 1 is the offer's best partner
        pa.field("score", pa.float64(), nullable=False),  # 0..1
        pa.field("forbidden", pa.bool_(), nullable=False),  # by law; ranked after all others
        pa.field("legal", pa.string(), nullable=False),  # id of the legal path; "": not looked up
        pa.field("legal_status", pa.string(), nullable=False),
        pa.field("clause", pa.string(), nullable=False),
        pa.field("substitution", pa.string(), nullable=False),  # rule id; "" without a rule
        pa.field("kind", pa.string(), nullable=False),  # rule, same (material) or text
        pa.field("offer_material", pa.string(), nullable=False),  # id; "" when only names are alike
        pa.field("need_material", pa.string(), nullable=False),
        pa.field("fit", pa.float64(), nullable=False),  # 0..1: confidence of rule and coding
        pa.field("text", pa.float64(), nullable=False),  # 0..1: likeness of the names
        pa.field("quality", pa.float64()),  # 0..1; null: nothing stated on both sides
        pa.field("season", pa.int32(), nullable=False),  # months both run
        pa.field("coverage", pa.float64()),  # 0..1 of the need; null: a quantity is unknown
        pa.field("quantity", pa.float64()),  # offer units a year that would move; null: unknown
        pa.field("unit", pa.string(), nullable=False),  # of quantity
        pa.field("distance_m", pa.int32(), nullable=False),  # great circle
        pa.field("value_vnd", pa.float64()),  # a year, both together, after transport; null: ?
        pa.field("value_low", pa.float64()),
        pa.field("value_high", pa.float64()),
        pa.field("co2_t", pa.float64()),  # t CO2e a year avoided, after transport; null: unknown
        pa.field("co2_low", pa.float64()),
        pa.field("co2_high", pa.float64()),
        pa.field("estimated", pa.bool_(), nullable=False),  # a side is typical, not reported
    ]
)


def told(
    result: pa.Table, book: LinkBook, offers: pa.Table, needs: pa.Table, order: Order
) -> tuple[pa.Table, tuple[Link, ...]]:
    """Return the engine's rows in words: ids, the path of the pair's parks, unknowns as null."""
    import numpy as np

    link, offer, need = (result[name].to_numpy() for name in ("link", "offer", "need"))
    paths, of_link = _paths(book.links)
    inside = _same_park(offers, needs, offer, need)
    path = np.where(inside, of_link[0][link], of_link[1][link])
    forbidden = np.array([p is not None and p.status == "forbidden" for p in paths], bool)[path]
    money = _worth_of(result, book, offers, needs)
    ranked = _ranked(result, forbidden, money[1] if order == "value" else None)
    result = result.take(pa.array(ranked.order))
    link, offer, need, path, forbidden = (
        column[ranked.order] for column in (link, offer, need, path, forbidden)
    )
    shown = ["id", "unit", "quantity", "quantity_min", "quantity_max", "estimated"]
    given, asked = (
        table.select(shown).take(pa.array(rows)) for table, rows in ((offers, offer), (needs, need))
    )
    unknown = _is_unknown(given)
    moved = _unless(unknown, result["quantity"])
    value = [_unless(unknown, _known(part[ranked.order])) for part in money]
    co2 = _total(moved, result["co2"], [one.co2 for one in book.links], pa.array(link))
    columns: dict[str, Any] = {
        "offer": given["id"],
        "need": asked["id"],
        "rank": pa.array(ranked.rank, pa.int32()),
        "score": _share(result["score"]),
        "forbidden": pa.array(forbidden),
        "legal": _taken([p.id if p else "" for p in paths], path),
        "legal_status": _taken([p.status if p else "" for p in paths], path),
        "clause": _taken([p.clause if p else "" for p in paths], path),
        "substitution": _taken([one.substitution for one in book.links], link),
        "kind": _taken([one.kind for one in book.links], link),
        "offer_material": _taken([one.offer_material for one in book.links], link),
        "need_material": _taken([one.need_material for one in book.links], link),
        "fit": book.table["fit"].take(result["link"]),
        "text": book.table["text"].take(result["link"]),
        "quality": _share(result["quality"]),
        "season": result["season"],
        "coverage": _unless(pc.or_(unknown, _is_unknown(asked)), _share(result["coverage"])),
        "quantity": moved,
        "unit": given["unit"],
        "distance_m": result["distance_m"],
        "value_vnd": value[1],
        "value_low": value[0],
        "value_high": value[2],
        "co2_t": co2[1],
        "co2_low": co2[0],
        "co2_high": co2[2],
        "estimated": pc.or_(given["estimated"], asked["estimated"]),
    }
    links = tuple([book.links[number] for number in link.tolist()])
    return pa.table(columns, schema=MATCH_SCHEMA), links


def _paths(
    links: Sequence[Link],
) -> tuple[list[LegalPath | None], tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Return the legal paths there are, and the number of each link's inside and outside one."""
    import numpy as np

    # By identity: the paths of one day are made once each (``links._Law``).
    numbers: dict[int, int] = {}
    paths: list[LegalPath | None] = []
    sides = []
    for side in ([link.path_inside for link in links], [link.path_outside for link in links]):
        for path in side:
            if numbers.setdefault(id(path), len(paths)) == len(paths):
                paths.append(path)
        sides.append(np.array([numbers[id(path)] for path in side], np.int32))
    return paths, (sides[0], sides[1])


def _worth_of(
    result: pa.Table, book: LinkBook, offers: pa.Table, needs: pa.Table
) -> list[NDArray[np.float64]]:
    """Return low, mid and high of the year's money by the very prices of the pair; NaN: unknown.

    The engine's figure is after transport and by the price of the link, which is that of many
    streams or none: what differs is added.
    """
    import numpy as np

    link, quantity = result["link"].to_numpy(), result["quantity"].to_numpy()
    asked, paid = (
        table["price"].cast(pa.float64()).to_numpy().astype(np.float64)[result[side].to_numpy()]
        for table, side in ((offers, "offer"), (needs, "need"))
    )
    gain, counted = book.table["gain"].to_numpy()[link], result["value"].to_numpy()
    parts = worth(book.terms.of(link), asked, paid)
    return [counted + quantity * (part - gain) for part in parts]


def _taken(values: Sequence[str], at: NDArray[np.int32]) -> pa.Array:
    """Return the values at these places; each distinct text is made once."""
    return pa.array(values, pa.string()).take(pa.array(at))


def _known(values: NDArray[np.float64]) -> pa.Array:
    return pa.array(values, pa.float64(), from_pandas=True)


@dataclass(frozen=True, slots=True)
class _Ranked:
    order: NDArray[np.int64]
    rank: NDArray[np.int64]


def _ranked(
    result: pa.Table, forbidden: NDArray[np.bool_], money: NDArray[np.float64] | None
) -> _Ranked:
    """Order the rows again by what the engine is not told.

    It knows only what is forbidden everywhere; a pair may be forbidden because of where its two
    sides are. Its place is then after all that is allowed, like the others'. And where it ranks
    by money it may know prices in groups only; *money* is by the very prices (NaN: unknown).
    """
    import numpy as np

    offer, rank = result["offer"].to_numpy(), result["rank"].to_numpy()
    dear = rank if money is None else -np.nan_to_num(money)
    order = np.lexsort((rank, dear, forbidden, offer))
    start = np.searchsorted(offer[order], offer[order], side="left")
    return _Ranked(order, np.arange(order.size) - start + 1)


def _same_park(
    offers: pa.Table, needs: pa.Table, offer: NDArray[np.int32], need: NDArray[np.int32]
) -> NDArray[np.bool_]:
    same = pc.equal(offers["park"].take(pa.array(offer)), needs["park"].take(pa.array(need)))
    array: NDArray[np.bool_] = pc.fill_null(same, False).to_numpy()
    return array.astype(bool)


def _is_unknown(table: pa.Table) -> pa.ChunkedArray:
    return pc.is_null(quantity_of(table))


def _unless(condition: Any, values: Any) -> Any:
    return pc.if_else(condition, pa.scalar(None, pa.float64()), values)


def _share(millionths: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.divide(pc.cast(millionths, pa.float64()), 1e6)


def _total(
    moved: Any, after_transport: Any, per_unit: Sequence[Range], link: pa.Array
) -> list[Any]:
    """Return low, mid and high of the year: the engine's figure is mid, the others lie beside it.

    Transport is the same in all three; unknown stays unknown.
    """
    low, mids, high = (
        pa.array([getattr(one, side) for one in per_unit], pa.float64()).take(link)
        for side in Range._fields
    )
    known = pc.and_(pc.is_valid(mids), pc.is_valid(moved))
    mid = pc.if_else(known, after_transport, pa.scalar(None, pa.float64()))
    beside = [pc.add(mid, pc.multiply(moved, pc.subtract(side, mids))) for side in (low, high)]
    return [beside[0], mid, beside[1]]


def quantity_of(table: pa.Table) -> pa.ChunkedArray:
    """Return the year's quantity; where only bounds are stated, their middle or the one there."""
    low, high = table["quantity_min"], table["quantity_max"]
    middle = pc.divide(pc.add(pc.coalesce(low, high), pc.coalesce(high, low)), 2.0)
    return pc.coalesce(table["quantity"], middle)
