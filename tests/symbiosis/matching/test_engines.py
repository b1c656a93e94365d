"""Every engine gives the rows one gets by looking at every pair, bit for bit."""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinhthai.symbiosis.engine.matching import compiled, duck
from sinhthai.symbiosis.engine.matching.problem import RESULT_COLUMNS, Problem
from sinhthai.symbiosis.engine.matching.run import run
from tests.symbiosis.matching.cases import (
    CAN_THO,
    HA_NOI,
    HAI_PHONG,
    link,
    look_at_every_pair,
    problem,
    problems,
    stream,
)

NEXT_DOOR = (21.0301, 105.8501)
SANTIAGO = (-33.45, -70.66)


@given(problems())
@settings(max_examples=120)
def test_the_kernel_gives_what_looking_at_every_pair_gives(case: Problem) -> None:
    assert run(case).to_pylist() == look_at_every_pair(case).to_pylist()


@given(problems())
@settings(max_examples=40)
def test_duckdb_gives_what_looking_at_every_pair_gives(case: Problem) -> None:
    assert run(case, "duckdb").to_pylist() == look_at_every_pair(case).to_pylist()


def crowd(streams: int = 3_000, **settings_: object) -> Problem:
    """Return streams enough for many cells, jobs and slices, a few places shared by many."""
    random = np.random.default_rng(7)

    def side() -> list[dict[str, object]]:
        lat = np.where(random.random(streams) < 0.5, 21.0, random.uniform(9, 22, streams))
        lon = np.where(lat == 21.0, 105.8, random.uniform(104, 107, streams))
        return [
            stream(int(k), int(o), (float(a), float(b)), quantity=float(q))
            for k, o, a, b, q in zip(
                random.integers(0, 9, streams),
                random.integers(0, 200, streams),
                lat,
                lon,
                random.lognormal(3, 1, streams),
                strict=True,
            )
        ]

    links = [
        link(k, j, fit=float(random.random()), forbidden=bool(random.random() < 0.3))
        for k in range(9)
        for j in (k, (k * 5 + 1) % 9, (k * 5 + 1) % 9)
    ]
    stated = [(row, 1, 0.0, float(row % 7)) for row in range(0, streams, 3)]
    limits = [(row, 1, 0.0, float(row % 5)) for row in range(0, streams, 2)]
    return problem(side(), side(), links, stated, limits, **settings_)


@pytest.mark.parametrize("order", ["score", "value", "co2", "distance"])
def test_engines_agree_on_a_crowd(order: str) -> None:
    case = crowd(order=order, top=4, within_m=60_000)
    result = run(case)
    assert result.num_rows > 5_000
    assert result.equals(run(case, "duckdb"))


def test_slices_threads_and_small_jobs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    case = crowd(1_000, top=3)
    whole = run(case)
    monkeypatch.setattr(compiled, "KEPT_BYTES", 8_000)
    monkeypatch.setattr(compiled, "OFFERS_A_JOB", 3)
    monkeypatch.setattr(compiled, "PAIRS_A_TASK", 10)
    for threads in (1, 5):
        parts = list(compiled.batches(case, threads))
        assert len(parts) > 5
        assert pa.Table.from_batches(parts).equals(whole)
    monkeypatch.setattr(duck, "PAIRS_AT_A_TIME", 5_000)
    parts = list(duck.batches(case))
    assert len(parts) > 5
    assert pa.Table.from_batches(parts).equals(whole)


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_the_rows_does_not_matter(case: Problem, random) -> None:  # type: ignore[no-untyped-def]
    """Pairs stay the same pairs; only ties are broken by row, so everything is kept."""
    case = dataclasses.replace(case, top=100)
    offers, needs = (
        random.sample(range(table.num_rows), table.num_rows) for table in (case.offers, case.needs)
    )
    moved = dataclasses.replace(
        case,
        offers=case.offers.take(pa.array(offers, pa.int64())),
        needs=case.needs.take(pa.array(needs, pa.int64())),
        offer_qualities=_renumbered(case.offer_qualities, offers),
        need_qualities=_renumbered(case.need_qualities, needs),
    )
    back = [
        row | {"offer": offers[row["offer"]], "need": needs[row["need"]], "rank": 0}
        for row in run(moved).to_pylist()
    ]
    assert sorted(map(str, back)) == sorted(str(row | {"rank": 0}) for row in run(case).to_pylist())


def _renumbered(table: pa.Table, order: list[int]) -> pa.Table:
    place = {row: spot for spot, row in enumerate(order)}
    rows = pa.array([place[row] for row in table["row"].to_pylist()], pa.int32())
    return table.set_column(0, table.schema.field("row"), rows)


@given(problems(), st.sampled_from([1024.0, 0.5]))
@settings(max_examples=60)
def test_other_units_give_the_same_pairs(case: Problem, scale: float) -> None:
    """Tonnes or kilograms: quantities scale, figures per unit scale back, nothing else moves."""

    def scaled(table: pa.Table, factor: float, *names: str) -> pa.Table:
        for name in names:
            index = table.schema.get_field_index(name)
            column = pc.multiply(table[name], factor)
            table = table.set_column(index, table.schema.field(name), column)
        return table

    other = dataclasses.replace(
        case,
        offers=scaled(case.offers, scale, "quantity"),
        needs=scaled(case.needs, scale, "quantity"),
        links=scaled(case.links, 1 / scale, "gain", "co2", "haul", "haul_co2"),
    )
    assert run(other).equals(scaled(run(case), scale, "quantity"))


@given(problems())
@settings(max_examples=60)
def test_near_is_near_both_ways(case: Problem) -> None:
    """Whoever may give to the other could take from it: the radius has no direction."""
    case = dataclasses.replace(case, top=100)
    links = case.links
    turned = links.set_column(1, links.schema.field("offer_key"), links["need_key"]).set_column(
        2, links.schema.field("need_key"), links["offer_key"]
    )
    back = dataclasses.replace(
        case,
        offers=case.needs,
        needs=case.offers,
        offer_qualities=case.need_qualities,
        need_qualities=case.offer_qualities,
        links=turned,
    )
    there = {(row["offer"], row["need"], row["distance_m"]) for row in run(case).to_pylist()}
    assert there == {
        (row["need"], row["offer"], row["distance_m"]) for row in run(back).to_pylist()
    }


@pytest.mark.parametrize("engine", ["compiled", "duckdb"])
class TestRules:
    """What the contract promises, one sentence each, on either engine."""

    def test_an_enterprise_is_not_its_own_partner(self, engine) -> None:  # type: ignore[no-untyped-def]
        case = problem([stream(owner=1)], [stream(owner=1), stream(owner=2)], [link()])
        assert run(case, engine)["need"].to_pylist() == [1]

    def test_the_forbidden_stand_behind_the_allowed_and_have_their_own_places(self, engine) -> None:  # type: ignore[no-untyped-def]
        offers = [stream(owner=9)]
        needs = [stream(key=key, owner=key, at=HAI_PHONG if key else HA_NOI) for key in (0, 1, 2)]
        links = [link(0, 0, forbidden=True), link(0, 1), link(0, 2)]
        case = problem(offers, needs, links, within_m=0, top=1)
        result = run(case, engine).to_pylist()
        assert [(row["need"], row["rank"]) for row in result] == [(1, 1), (0, 2)]
        assert result[1]["score"] > result[0]["score"]

    def test_a_pair_of_several_links_keeps_its_best_and_the_allowed_first(self, engine) -> None:  # type: ignore[no-untyped-def]
        links = [link(fit=1.0, forbidden=True), link(fit=0.4), link(fit=0.6), link(fit=0.6)]
        case = problem([stream(owner=1)], [stream(owner=2)], links)
        assert run(case, engine)["link"].to_pylist() == [2]

    def test_equals_are_ranked_by_the_row_of_the_need(self, engine) -> None:  # type: ignore[no-untyped-def]
        needs = [stream(owner=o) for o in (5, 4, 3, 2)]
        case = problem([stream(owner=1)], needs, [link()], top=2)
        assert run(case, engine)["need"].to_pylist() == [0, 1]

    def test_a_link_reaches_no_farther_than_it_says(self, engine) -> None:  # type: ignore[no-untyped-def]
        case = problem(
            [stream(owner=1)], [stream(owner=2, at=HAI_PHONG)], [link(reach_m=80_000)], within_m=0
        )
        assert run(case, engine).num_rows == 0

    def test_anywhere_means_anywhere(self, engine) -> None:  # type: ignore[no-untyped-def]
        needs = [stream(owner=2, at=CAN_THO), stream(owner=3, at=SANTIAGO)]
        case = problem([stream(owner=1)], needs, [link()], within_m=0)
        assert run(case, engine)["distance_m"].to_pylist() == [1_223_169, 18_591_921]

    def test_the_antipodes_are_somewhere_too(self, engine) -> None:  # type: ignore[no-untyped-def]
        needs = [stream(owner=2, at=(-89.9999, 0.0)), stream(owner=3, at=(-90.0, 0.0))]
        case = problem([stream(owner=1, at=(90.0, 12.0))], needs, [link()], within_m=0)
        assert run(case, engine)["distance_m"].to_pylist() == [20_015_114, 20_015_114]

    def test_the_radius_is_exact_to_the_metre(self, engine) -> None:  # type: ignore[no-untyped-def]
        far = problem([stream(owner=1)], [stream(owner=2, at=HAI_PHONG)], [link()], within_m=0)
        metres = run(far, engine)["distance_m"].to_pylist()[0]
        for within, rows in ((metres, 1), (metres - 1, 0)):
            assert run(dataclasses.replace(far, within_m=within), engine).num_rows == rows

    def test_the_date_line_is_no_border(self, engine) -> None:  # type: ignore[no-untyped-def]
        needs = [stream(owner=2, at=(0.0, -179.9)), stream(owner=3, at=(0.0, 180.0))]
        case = problem([stream(owner=1, at=(0.0, 179.9))], needs, [link()], within_m=30_000)
        assert run(case, engine)["distance_m"].to_pylist() == [11_120, 22_239]

    def test_at_the_pole_every_meridian_is_near(self, engine) -> None:  # type: ignore[no-untyped-def]
        needs = [stream(owner=2, at=(89.99, lon)) for lon in (-170.0, -60.0, 0.0, 100.0)]
        case = problem([stream(owner=1, at=(90.0, 45.0))], needs, [link()], within_m=1_200)
        assert run(case, engine)["distance_m"].to_pylist() == [1_112] * 4

    def test_every_component_of_one_pair_by_hand(self, engine) -> None:  # type: ignore[no-untyped-def]
        """100 t over six months, 150 t asked all the year, next door; 3 of 4 of a range fits."""
        case = problem(
            [stream(owner=1, months=0b111111)],
            [stream(owner=2, quantity=150.0, at=NEXT_DOOR)],
            [link(fit=0.8, text=0.4, ratio=0.5, gain=2e5, co2=0.3)],
            [(0, 7, 0.0, 4.0)],
            [(0, 7, 1.0, 9.0), (0, 8, 0.0, 1.0)],
            detour=1.5,
        )
        [row] = run(case, engine).to_pylist()
        assert row["distance_m"] == 15
        assert (row["season"], row["quantity"], row["quality"]) == (6, 100.0, 750_000)
        assert row["coverage"] == 333_333  # 50 of 150 t: less than the 75 t of those months
        road = 15 * 1.5 / 1000
        assert row["value"] == pytest.approx(100 * (2e5 - 3_000 * road), rel=1e-15)
        assert row["co2"] == pytest.approx(100 * (0.3 - 1e-4 * road), rel=1e-15)
        evidence, near = 0.7, (20_000 / 20_015) ** 1.5
        use, quality = (1 + 2 * 0.333333 + 0.5) / 4, (1 + 3 * 0.75) / 4
        assert row["score"] == round(1e6 * evidence * near * use * quality)

    def test_nothing_to_match_is_an_empty_table(self, engine) -> None:  # type: ignore[no-untyped-def]
        for offers, needs, links in (
            ([], [], []),
            ([stream()], [], [link()]),
            ([], [stream()], [link()]),
            ([stream(owner=1)], [stream(owner=2)], []),
            ([stream(key=3, owner=1)], [stream(key=4, owner=2)], [link(4, 3)]),
        ):
            result = run(problem(offers, needs, links), engine)
            assert result.num_rows == 0
            assert result.schema.equals(RESULT_COLUMNS)

    def test_a_top_beyond_all_partners_keeps_them_all(self, engine) -> None:  # type: ignore[no-untyped-def]
        needs = [stream(owner=o) for o in range(2, 7)]
        case = problem([stream(owner=1)], needs, [link()], top=1_000_000_000)
        assert run(case, engine).num_rows == 5
