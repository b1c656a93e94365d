"""From streams to ranked partners: keys, links, the engine's answer, and what it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.keys import Keyed, keyed, quality_of
from sinhthai.symbiosis.engine.links import Link, LinkBook, Range, build_links, unlinked_units
from sinhthai.symbiosis.engine.matching.problem import (
    QUALITY_COLUMNS,
    STREAM_COLUMNS,
    Engine,
    Order,
    Problem,
)
from sinhthai.symbiosis.engine.worth import worth

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sinhthai.rules.waste_law import WasteLaw
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge
    from sinhthai.symbiosis.engine.legal import LegalPath
    from sinhthai.symbiosis.engine.streams import Streams

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
# Where the year's quantity is unknown the least is counted: an offer of next to nothing, a need
# that nothing covers. Both only rank; what is shown is null.
_UNKNOWN_OFFER, _UNKNOWN_NEED = 1e-6, 1e12


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Streams that could not be ranked: their ids, by reason."""

    no_place: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    no_material: tuple[str, ...] = ()  # nothing known is near its name and code
    other_unit: tuple[str, ...] = ()  # its material is measured in another kind of unit


@dataclass(frozen=True, slots=True)
class Matches:
    """Ranked partners (``MATCH_SCHEMA``), the link behind each row, and who was left out."""

    table: pa.Table
    links: tuple[Link, ...]  # one per row of the table
    streams: Streams
    knowledge: Knowledge
    left_out: LeftOut
    nothing: Text | None  # why the table is empty; None when it is not

    def path(self, row: int) -> LegalPath | None:
        """Return the legal path of a row; None where only names are alike."""
        link = self.links[row]
        inside = link.path_inside
        is_inside = inside is not None and inside.id == self.table["legal"][row].as_py()
        return inside if is_inside else link.path_outside


def find_matches(
    streams: Streams,
    knowledge: Knowledge,
    codes: Codes,
    law: WasteLaw,
    *,
    day: dt.date,
    within_km: float,
    top: int,
    order: Order,
    engine: Engine,
    spark_master: str,
) -> Matches:
    """See :func:`sinhthai.symbiosis.engine.matching.match`."""
    from sinhthai.symbiosis.engine.matching.run import run

    offers, needs = _rankable(streams.offers), _rankable(streams.needs)
    quality = quality_of(streams.qualities)
    giving = keyed(offers, quality, knowledge, codes, is_offer=True, by_price=order == "value")
    taking = keyed(needs, quality, knowledge, codes, is_offer=False, by_price=order == "value")
    book = build_links(giving, taking, knowledge, codes, law, day)
    owners = _owners(offers, needs)
    parameters = {code: number for number, code in enumerate(sorted(knowledge.parameters))}
    problem = Problem(
        offers=_numbers(offers, giving, owners, _UNKNOWN_OFFER),
        needs=_numbers(needs, taking, owners, _UNKNOWN_NEED),
        links=book.table,
        offer_qualities=_quality_numbers(offers, quality, parameters),
        need_qualities=_quality_numbers(needs, quality, parameters),
        within_m=round(within_km * 1000),
        top=top,
        order=order,
    )
    result = run(problem, engine, spark_master=spark_master)
    table, links = _told(result, book, offers, needs, order)
    return Matches(
        table,
        links,
        streams,
        knowledge,
        _left_out(streams, offers, needs, giving, taking, knowledge),
        None if table.num_rows else _why_nothing(problem, engine, spark_master),
    )


def _why_nothing(problem: Problem, engine: Engine, spark_master: str) -> Text:
    """Say what stands between the streams: nobody there, no link, too far, or only oneself."""
    from sinhthai.symbiosis.engine.matching.run import run

    if not problem.offers.num_rows or not problem.needs.num_rows:
        return Text(
            "Không có đủ hai bên cung và cầu với nơi chốn và lượng để so.",
            "There are not both offers and needs, with place and quantity, to compare.",
        )
    if not problem.links.num_rows:
        return Text(
            "Không có quy tắc nào nối các dòng cung với các dòng cầu, và tên không giống nhau.",
            "No rule joins the offers to the needs, and no names are alike.",
        )
    anywhere = run(
        replace(problem, within_m=0, top=1, order="distance"), engine, spark_master=spark_master
    )
    if not anywhere.num_rows:
        return Text(
            "Chỉ có dòng của cùng một doanh nghiệp hợp nhau, hoặc quá tầm vận chuyển của chúng.",
            "Only streams of one enterprise fit each other, or others lie beyond their reach.",
        )
    nearest = pc.min(anywhere["distance_m"]).as_py() / 1000
    km = Text(format_number(nearest, "vi", 1), format_number(nearest, "en", 1))
    limit = Text(
        format_number(problem.within_m / 1000, "vi"), format_number(problem.within_m / 1000, "en")
    )
    return Text(
        "Đối tác hợp gần nhất cách {km} km, ngoài bán kính {limit} km.",
        "The nearest fitting partner is {km} km away, outside the {limit} km asked for.",
    ).format(km=km, limit=limit)


def _rankable(table: pa.Table) -> pa.Table:
    """Return the streams with a place and a quantity that is not zero."""
    placed = pc.and_(pc.is_valid(table["lat"]), pc.is_valid(table["lon"]))
    positive = pc.fill_null(pc.greater(_quantity(table), 0.0), True)
    return table.filter(pc.and_(placed, positive)).combine_chunks()


def _quantity(table: pa.Table) -> pa.ChunkedArray:
    """Return the year's quantity; where only bounds are stated, their middle or the one there."""
    low, high = table["quantity_min"], table["quantity_max"]
    middle = pc.divide(pc.add(pc.coalesce(low, high), pc.coalesce(high, low)), 2.0)
    return pc.coalesce(table["quantity"], middle)


def _owners(offers: pa.Table, needs: pa.Table) -> Mapping[str, int]:
    """Number the enterprises; in a bare file two spellings of one name are one enterprise."""
    names = {*offers["enterprise"].unique().to_pylist(), *needs["enterprise"].unique().to_pylist()}
    numbers: dict[str, int] = {}
    return {name: numbers.setdefault(fold(name), len(numbers)) for name in sorted(names)}


def _numbers(table: pa.Table, side: Keyed, owners: Mapping[str, int], unknown: float) -> pa.Table:
    enterprise = table["enterprise"].combine_chunks().dictionary_encode()
    owner = pa.array([owners[name] for name in enterprise.dictionary.to_pylist()], pa.int32())
    return pa.table(
        [
            pa.array(side.of_row, pa.int32()),
            owner.take(enterprise.indices),
            table["lat"],
            table["lon"],
            pc.fill_null(_quantity(table), unknown),
            table["months"],
        ],
        schema=STREAM_COLUMNS,
    )


def _quality_numbers(
    table: pa.Table,
    quality: Mapping[str, Mapping[str, tuple[float | None, float | None]]],
    parameters: Mapping[str, int],
) -> pa.Table:
    rows = [
        (
            row,
            parameters[code],
            float("-inf") if low is None else low,
            float("inf") if high is None else high,
        )
        for row, stream in enumerate(table["id"].to_pylist() if quality else ())
        for code, (low, high) in quality.get(stream, {}).items()
        if code in parameters
    ]
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [[], [], [], []]
    return pa.table(
        [
            pa.array(column, field.type)
            for column, field in zip(columns, QUALITY_COLUMNS, strict=True)
        ],
        schema=QUALITY_COLUMNS,
    )


def _told(
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
    return pc.is_null(_quantity(table))


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


def _left_out(
    streams: Streams,
    offers: pa.Table,
    needs: pa.Table,
    giving: Keyed,
    taking: Keyed,
    knowledge: Knowledge,
) -> LeftOut:
    import numpy as np

    no_place: list[str] = []
    zero: list[str] = []
    for table in (streams.offers, streams.needs):
        placed = pc.and_(pc.is_valid(table["lat"]), pc.is_valid(table["lon"]))
        no_place += table.filter(pc.invert(placed))["id"].to_pylist()
        zero += table.filter(pc.fill_null(pc.less_equal(_quantity(table), 0.0), False))[
            "id"
        ].to_pylist()
    no_material: list[str] = []
    other_unit: list[str] = []
    for table, side in ((offers, giving), (needs, taking)):
        unknown = [key for key, codings in enumerate(side.codings) if not codings]
        for keys, streams_of in (
            (unknown, no_material),
            (unlinked_units(side, knowledge), other_unit),
        ):
            rows = np.flatnonzero(np.isin(side.of_row, keys))
            streams_of += table["id"].take(pa.array(rows)).to_pylist()
    return LeftOut(tuple(no_place), tuple(zero), tuple(no_material), tuple(other_unit))
