"""Receivers ranked for published exchanges: never on the case that is judged; floors held.

The floors are the best simple baselines of the reference study over its 284 exchanges; the part of
them that lies beside the project is judged here. What is measured stands in
``docs/explanation/match-quality.md``.
"""

from __future__ import annotations

import numpy as np
import pytest

from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.ranking_quality import quality_of_ranks, rank_of
from sinhthai.symbiosis.engine.receivers import Exchange, ReceiverRanker, rank_receivers
from tests.symbiosis.exchanges import (
    DATA,
    RANKERS,
    SHIPMENTS,
    Judged,
    judge,
    read_coded,
    read_original,
    tri_hits,
)

needs_data = pytest.mark.skipif(
    not (DATA / "maestri_exchanges_coded.csv").is_file(),
    reason="the published exchanges are not part of the project and not beside it",
)
ASH = Exchange("Fly ash", ("100102",), "3511", "2351")
PULP = Exchange("Paper sludge", ("030311",), "1711", "0150")


@pytest.fixture(scope="module")
def coded() -> dict[int, Judged]:
    rows = read_coded()
    return {digits: judge(rows, digits, RANKERS) for digits in (4, 2)}


@needs_data
@pytest.mark.parametrize(("digits", "floor"), [(4, 0.50), (2, 0.83)])
def test_ten_receivers_hold_the_right_one_as_often_as_the_best_baseline_known(
    coded: dict[int, Judged], digits: int, floor: float
) -> None:
    assert coded[digits]["engine"].recall[10][0] >= floor


@needs_data
@pytest.mark.parametrize("digits", [4, 2])
def test_the_engine_ranks_better_than_each_baseline_alone(
    coded: dict[int, Judged], digits: int
) -> None:
    engine = coded[digits]["engine"].reciprocal[0]
    for name in ("random", "popularity", "same NACE pair elsewhere", "text only"):
        assert engine > coded[digits][name].reciprocal[0], name


@needs_data
def test_the_original_edition_with_energy_and_water_holds_the_floor_too() -> None:
    judged = judge(read_original(), 2, {"engine": RANKERS["engine"]})
    assert judged["engine"].recall[10][0] >= 0.83


@needs_data
def test_the_history_never_holds_the_case_that_is_judged() -> None:
    rows = read_coded()[:40]
    seen: list[tuple[frozenset[int], str]] = []
    numbers = {id(row.exchange): row.case for row in rows}

    def watching(history, activities):  # type: ignore[no-untyped-def]
        cases = frozenset(hash(numbers[id(one)]) for one in history)

        def score(asked: Exchange) -> np.ndarray:
            seen.append((cases, numbers[id(asked)]))
            return np.zeros(len(activities))

        return score

    judge(rows, 4, {"watching": watching})
    assert len(seen) == len(rows)
    assert all(hash(case) not in cases for cases, case in seen)


@pytest.mark.skipif(not SHIPMENTS.is_file(), reason="the shipments are not beside the project")
def test_nearness_to_the_power_of_three_halves_finds_the_real_receiver() -> None:
    hits = {name: found for name, found, _ in tri_hits()}
    assert hits["gravity score"][0] >= 0.269
    assert hits["gravity score"][0] > 4 * hits["nearest of any kind"][0]


def test_rules_name_a_receiver_nobody_was_seen_to_be() -> None:
    history = [PULP, Exchange("Paper sludge", ("030311",), "1712", "6201")]
    ranked = rank_receivers(
        "tro bay", (), "3510", history, load_knowledge(), load_codes(), ["0150", "2394", "6201"]
    )
    assert ranked[0].activity == "2394"
    assert ranked[0].from_rules > ranked[0].from_exchanges


def test_exchanges_of_the_same_code_speak_for_their_receiver() -> None:
    activities = ["0150", "2351", "6201"]
    ranker = ReceiverRanker([ASH, PULP], load_knowledge(), load_codes(), activities)
    ranked = ranker.rank("residue", ["030311"], "1712", use_text=False)
    assert ranked[0].activity == "0150"
    assert ranked[0].from_exchanges > 0


def test_without_history_or_rules_all_are_equal_and_keep_their_order() -> None:
    ranked = rank_receivers("", (), "", [], load_knowledge(), load_codes(), ["6201", "0150"])
    assert [one.activity for one in ranked] == ["6201", "0150"]
    assert {one.score for one in ranked} == {0.0}


def test_the_order_of_the_history_does_not_matter() -> None:
    activities = ["0150", "2351", "6201"]
    args = (load_knowledge(), load_codes(), activities)
    one = ReceiverRanker([ASH, PULP], *args).rank("ash", ["1001"], "35")
    other = ReceiverRanker([PULP, ASH], *args).rank("ash", ["1001"], "35")
    assert [r.activity for r in one] == [r.activity for r in other]
    assert np.allclose([r.score for r in one], [r.score for r in other])


def test_equal_scores_share_their_places() -> None:
    assert rank_of(np.zeros(5), 3) == 3.0
    assert rank_of(np.array([1.0, 2.0]), 1) == 1.0


def test_the_interval_draws_cases_not_rows() -> None:
    one_case = quality_of_ranks([1.0] * 50 + [99.0] * 50, ["a"] * 50 + ["b"] * 50)
    many = quality_of_ranks([1.0, 99.0] * 50, [str(n) for n in range(100)])
    assert one_case.recall[1][1:] == (0.0, 1.0)
    assert 0.3 < many.recall[1][1] < many.recall[1][2] < 0.7
