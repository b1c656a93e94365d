"""Splits against published examples, brute force, and the axioms that define them."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sinhthai.symbiosis.engine.sharing import (
    Game,
    fair_split,
    game_of_agreements,
    nucleolus,
    sampled_shapley,
    shapley,
    shapley_of_agreements,
    stability,
    tabulate,
)


def bankruptcy(estate: float, claims: tuple[float, ...]) -> np.ndarray:
    """What a group of creditors is sure of: the estate less the others' claims, at least 0."""
    masks = range(1 << len(claims))
    others = [sum(c for i, c in enumerate(claims) if not mask >> i & 1) for mask in masks]
    return np.array([max(0.0, estate - other) for other in others])


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (100.0, (100 / 3, 100 / 3, 100 / 3)),
        (200.0, (50.0, 75.0, 75.0)),
        (300.0, (50.0, 100.0, 150.0)),
    ],
)
def test_the_nucleolus_divides_the_talmud_estates(
    estate: float, expected: tuple[float, ...]
) -> None:
    """R. Aumann, M. Maschler, J. Econ. Theory 36 (1985) 195-213, from memory."""
    assert nucleolus(bankruptcy(estate, (100.0, 200.0, 300.0))) == pytest.approx(expected)


def test_the_airport_game_splits_each_step_among_those_who_need_it() -> None:
    """S. Littlechild, G. Owen, Manag. Sci. 20 (1973): runway costs 1, 2, 4 -> 1/3, 5/6, 17/6."""
    cost = (1.0, 2.0, 4.0)
    values = np.array(
        [-max((cost[i] for i in range(3) if m >> i & 1), default=0) for m in range(8)]
    )
    assert -shapley(values) == pytest.approx((1 / 3, 5 / 6, 17 / 6))


def test_gloves_are_worth_what_is_scarce() -> None:
    """One left glove, two right ones: (2/3, 1/6, 1/6); the core gives all to the left."""
    values = np.array([0, 0, 0, 1, 0, 1, 0, 1], dtype=float)
    assert shapley(values) == pytest.approx((2 / 3, 1 / 6, 1 / 6))
    assert nucleolus(values) == pytest.approx((1, 0, 0))
    assert stability(values).exists


tables = hnp.arrays(
    np.float64, st.sampled_from([2, 4, 8, 16]), elements=st.integers(-20, 50).map(float)
).map(lambda v: np.concatenate([[0.0], v[1:]]))


@given(tables)
def test_shapley_is_the_mean_over_every_order(values: np.ndarray) -> None:
    count = len(values).bit_length() - 1
    gains = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        mask = 0
        for partner in order:
            gains[partner] += values[mask | 1 << partner] - values[mask]
            mask |= 1 << partner
    assert shapley(values) == pytest.approx(gains / len(orders), abs=1e-9)


@given(tables)
@settings(deadline=None)
def test_splits_give_out_everything_and_scale_with_the_money(values: np.ndarray) -> None:
    for rule in (shapley, nucleolus):
        share = rule(values)
        assert share.sum() == pytest.approx(values[-1], abs=1e-7)
        assert rule(values * 1e6) == pytest.approx(share * 1e6, rel=1e-6, abs=1e-1)


@given(tables)
@settings(deadline=None)
def test_the_nucleolus_is_stable_exactly_when_something_is(values: np.ndarray) -> None:
    count = len(values).bit_length() - 1
    groups = np.arange(1, len(values) - 1)
    excess = ((groups[:, None] >> np.arange(count)) & 1) @ nucleolus(values) - values[groups]
    told = stability(values)
    worst = excess.min(initial=np.inf)
    if count > 1:
        assert worst == pytest.approx(told.least_gain, abs=1e-6)
        assert told.exists == (worst > -1e-6)


def test_no_stable_split_is_proved_by_groups_that_cannot_all_be_content() -> None:
    majority = np.array([0, 0, 0, 1, 0, 1, 1, 1], dtype=float)
    told = stability(majority)
    assert not told.exists
    assert told.subsidy == pytest.approx(0.5)
    assert told.least_gain == pytest.approx(-1 / 3)
    # A balanced collection: each partner's weights add up to 1, and the groups ask for too much.
    per_partner = [sum(w for mask, w in told.blocking if mask >> i & 1) for i in range(3)]
    assert per_partner == pytest.approx([1, 1, 1])
    assert sum(w * majority[mask] for mask, w in told.blocking) > majority[-1]


def test_sampling_finds_the_exact_value_within_its_error() -> None:
    values = bankruptcy(300.0, (40.0, 60.0, 80.0, 100.0, 120.0, 140.0))
    game = Game(tuple("abcdef"), lambda mask: values[mask])
    sampled = sampled_shapley(game, orders=2_000, generator=np.random.default_rng(7))
    assert (np.abs(sampled.share - shapley(values)) <= 4 * sampled.error + 1e-9).all()
    assert sampled.share.sum() == pytest.approx(values[-1])
    assert sampled.error.max() > 0


def test_fourteen_partners_are_sampled_and_say_what_is_not_known() -> None:
    partners = tuple(f"p{i}" for i in range(14))
    split = fair_split(
        Game(partners, lambda mask: float(mask.bit_count() ** 2)),
        generator=np.random.default_rng(1),
        orders=200,
    )
    assert split.shapley == pytest.approx(np.full(14, 14.0), abs=4 * split.error.max() + 1e-9)
    assert split.nucleolus is None
    assert split.stable is None
    assert split.departures[0].left == 169.0
    assert split.departures[0].shares is None


def test_agreements_that_add_up_are_split_equally_whatever_the_number() -> None:
    agreements = {frozenset("ab"): 6.0, frozenset("bcd"): 9.0, frozenset("ad"): 2.0}
    values = np.zeros(16)
    for mask in range(16):
        inside = {"abcd"[i] for i in range(4) if mask >> i & 1}
        values[mask] = sum(v for group, v in agreements.items() if group <= inside)
    told = shapley_of_agreements(agreements)
    assert list(told.values()) == pytest.approx(shapley(values))


def test_a_group_without_an_agreement_earns_its_best_disjoint_ones() -> None:
    game = game_of_agreements(
        "abcd", {frozenset("ab"): 5.0, frozenset("cd"): 4.0, frozenset("bc"): 7.0}
    )
    values = tabulate(game)
    assert values[0b1111] == 9.0
    assert values[0b0111] == 7.0
    assert values[0b1001] == 0.0


def test_when_one_leaves_the_others_keep_what_they_can_earn_alone() -> None:
    game = game_of_agreements(
        ("kiln", "power", "farm"),
        {frozenset({"kiln", "power"}): 6.0, frozenset({"kiln", "power", "farm"}): 9.0},
    )
    split = fair_split(game, generator=np.random.default_rng(0))
    gone = {d.partner: d for d in split.departures}
    assert split.total == 9.0
    assert gone["farm"].left == 6.0
    assert gone["farm"].shares == {"kiln": 3.0, "power": 3.0}
    assert gone["kiln"].left == 0.0
    assert gone["kiln"].lost == pytest.approx(9.0 - split.shapley[0])


def test_groups_that_would_object_to_the_shapley_split_are_named() -> None:
    """Gloves: the left glove with either right one earns 1, and is paid 5/6 of it."""
    game = Game(("left", "right", "other"), lambda mask: float(mask & 1 and mask > 1))
    split = fair_split(game, generator=np.random.default_rng(0))
    assert split.shapley_holds is False
    assert split.objecting[0] == (("left", "right"), pytest.approx(1 / 6))


def test_what_is_not_a_game_is_refused() -> None:
    with pytest.raises(ValueError, match="named twice"):
        Game(("a", "a"), lambda _: 0.0)
    with pytest.raises(ValueError, match="not a number"):
        tabulate(Game(("a", "b"), lambda _: float("nan")))
    with pytest.raises(ValueError, match="not a partner: z"):
        game_of_agreements("ab", {frozenset("az"): 1.0})
    with pytest.raises(ValueError, match="too many"):
        tabulate(Game(tuple(str(i) for i in range(13)), lambda _: 0.0))
    with pytest.raises(ValueError, match="at least 4"):
        sampled_shapley(Game(("a",), lambda _: 0.0), orders=2, generator=np.random.default_rng(0))


@pytest.mark.parametrize("benefit", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_never_split(benefit: float) -> None:
    """A comparison with NaN is silently false: it would depend on the order of the agreements."""
    with pytest.raises(ValueError, match="a, b is not a number"):
        game_of_agreements("ab", {frozenset("ab"): benefit})
    with pytest.raises(ValueError, match="a, b is not a number"):
        shapley_of_agreements({frozenset("ab"): benefit})
    many = Game(tuple("abcdefghijklmn"), lambda mask: benefit if mask.bit_count() == 7 else 1.0)
    with pytest.raises(ValueError, match="benefit of a group is not a number"):
        fair_split(many, generator=np.random.default_rng(1), orders=4)


def test_an_agreement_is_among_somebody() -> None:
    with pytest.raises(ValueError, match="among nobody"):
        shapley_of_agreements({frozenset(): 5.0})
    with pytest.raises(ValueError, match="among nobody"):
        game_of_agreements("ab", {frozenset(): 5.0})
