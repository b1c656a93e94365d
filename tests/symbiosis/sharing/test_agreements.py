"""The split of several agreements whose benefits add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.symbiosis.engine.sharing import (
    Agreement,
    Game,
    fair_split,
    shapley,
    split_of_agreements,
    tabulate,
)

NAMES = "abcdef"
AGREEMENTS = st.lists(
    st.builds(
        Agreement,
        st.just(0),
        st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=4),
        st.integers(-20, 50).map(float),
    ),
    min_size=1,
    max_size=7,
).map(lambda rows: [Agreement(at, row.partners, row.benefit) for at, row in enumerate(rows)])


def game_of(agreements):
    names = tuple(sorted({name for one in agreements for name in one.partners}))
    held = [
        (sum(1 << names.index(name) for name in one.partners), one.benefit) for one in agreements
    ]
    return Game(names, lambda mask: sum(won for group, won in held if group & mask == group))


def test_shares_by_hand():
    # 9 among three: 3 each; 4 between two: 2 each; 5 between two others: 2.5 each.
    split = split_of_agreements(
        [
            Agreement(1, frozenset("abc"), 9.0),
            Agreement(2, frozenset("ab"), 4.0),
            Agreement(3, frozenset("de"), 5.0),
        ]
    )
    found = {one.partner: one for one in split.shares}
    assert split.total == 18.0
    assert [one.partner for one in split.shares] == ["a", "b", "c", "d", "e"]
    assert (found["a"].share, found["a"].parts) == (5.0, {1: 3.0, 2: 2.0})
    # Without a both of its agreements are gone: b loses 3 + 2, c loses 3.
    assert found["a"].lost == 8.0
    assert found["c"].lost == 6.0
    assert found["d"].lost == 2.5
    assert [(one.partners, one.agreements, one.total) for one in split.circles] == [
        (("a", "b", "c"), (1, 2), 13.0),
        (("d", "e"), (3,), 5.0),
    ]
    assert all(one.holds for one in split.circles)


@given(AGREEMENTS)
def test_it_is_the_split_of_the_game(agreements):
    game = game_of(agreements)
    split = split_of_agreements(agreements)
    found = {one.partner: one for one in split.shares}
    assert [found[name].share for name in game.partners] == pytest.approx(
        shapley(tabulate(game)).tolist(), abs=1e-9
    )
    known = {gone.partner: gone.lost for gone in fair_split(game, generator=None).departures}
    assert {name: one.lost for name, one in found.items()} == pytest.approx(known, abs=1e-9)


@given(AGREEMENTS)
def test_a_circle_holds_when_no_group_of_the_whole_game_objects(agreements):
    split = split_of_agreements(agreements)
    whole = fair_split(game_of(agreements), generator=None)
    assert all(one.holds for one in split.circles) == whole.shapley_holds


def test_an_agreement_that_loses_money_makes_somebody_object():
    split = split_of_agreements(
        [Agreement(1, frozenset("ab"), 6.0), Agreement(2, frozenset("bc"), -2.0)]
    )
    [circle] = split.circles
    assert circle.holds is False
    # c gets -1 and would have 0 alone; a and b would have 6 instead of 3 + 2.
    assert circle.objecting[0] == (("a", "b"), 1.0) or circle.objecting[0] == (("c",), 1.0)
    assert dict(circle.objecting) == {("c",): 1.0, ("a", "b"): 1.0}


def test_a_large_circle_holds_by_convexity_and_is_not_judged_with_a_loss():
    ring = [Agreement(n, frozenset({f"p{n:02}", f"p{(n + 1) % 20:02}"}), 2.0) for n in range(20)]
    split = split_of_agreements(ring)
    assert split.circles[0].holds is True
    assert {one.share for one in split.shares} == {2.0}
    assert {one.nucleolus for one in split.shares} == {None}
    worse = split_of_agreements([*ring, Agreement(20, frozenset({"p00", "p10"}), -1.0)])
    assert worse.circles[0].holds is None


def test_the_nucleolus_of_partners_alike_is_the_equal_split():
    split = split_of_agreements([Agreement(1, frozenset("abcd"), 10.0)])
    assert [one.nucleolus for one in split.shares] == [2.5] * 4


def test_the_nucleolus_of_a_chain_is_that_of_the_exact_split():
    chain = [Agreement(1, frozenset("ab"), 6.0), Agreement(2, frozenset("bcd"), 9.0)]
    exact = fair_split(game_of(chain), generator=np.random.default_rng(1))
    found = {one.partner: one.nucleolus for one in split_of_agreements(chain).shares}
    assert [found[name] for name in exact.partners] == pytest.approx(exact.nucleolus.tolist())


def test_nothing_to_split_is_an_empty_split():
    split = split_of_agreements([])
    assert (split.total, split.shares, split.circles) == (0, (), ())


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_a_benefit_that_is_no_number_is_refused(wrong):
    with pytest.raises(ValueError, match="not a number"):
        split_of_agreements([Agreement(1, frozenset("ab"), wrong)])


def test_an_agreement_among_nobody_is_refused():
    with pytest.raises(ValueError, match="among nobody"):
        split_of_agreements([Agreement(1, frozenset(), 1.0)])
