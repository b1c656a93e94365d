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
from sinhthai.symbiosis.engine.links import Link, build_links, unlinked_units
from sinhthai.symbiosis.engine.matching.problem import (
    QUALITY_COLUMNS,
    STREAM_COLUMNS,
    Engine,
    Order,
    Problem,
)
from sinhthai.symbiosis.engine.told import MATCH_SCHEMA, quantity_of, told

if TYPE_CHECKING:
    from sinhthai.rules.waste_law import WasteLaw
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge
    from sinhthai.symbiosis.engine.legal import LegalPath
    from sinhthai.symbiosis.engine.streams import Streams

__all__ = ["MATCH_SCHEMA", "LeftOut", "Matches", "find_matches"]
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
    table, links = told(result, book, offers, needs, order)
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
    positive = pc.fill_null(pc.greater(quantity_of(table), 0.0), True)
    return table.filter(pc.and_(placed, positive)).combine_chunks()


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
            pc.fill_null(quantity_of(table), unknown),
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
        zero += table.filter(pc.fill_null(pc.less_equal(quantity_of(table), 0.0), False))[
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
