"""Savings on one use multiply; no carrier is saved beyond its meter; moved load saves nothing."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.efficiency.engine.catalogue import load_catalogue, load_whole_catalogue
from sinhthai.efficiency.engine.interactions import (
    ORDER,
    Effect,
    apply_in_order,
    cap,
    combine,
)
from sinhthai.foundation.problems import InputError

SHARES = st.lists(st.floats(0, 1), max_size=8)
AIR, SITE = "electricity.compressed_air", "electricity.site"


@given(SHARES, st.randoms())
def test_together_is_never_more_than_the_sum_nor_than_all(
    shares: list[float], random: object
) -> None:
    together = combine(shares)
    assert max(shares, default=0.0) - 1e-12 <= together <= min(1.0, sum(shares)) + 1e-12
    random.shuffle(shares)  # type: ignore[attr-defined]
    assert combine(shares) == pytest.approx(together)


@given(SHARES.filter(bool), st.floats(0, 1e9))
def test_parts_add_up_to_the_product_in_whatever_order_given(
    shares: list[float], quantity: float
) -> None:
    effects = [
        Effect(str(at), AIR, share, ORDER[at % len(ORDER)]) for at, share in enumerate(shares)
    ]
    for given_order in (effects, effects[::-1]):
        parts = apply_in_order(given_order, {AIR: quantity})
        saved = sum(part.saved for part in parts)
        assert saved == pytest.approx(quantity * combine(shares), abs=1e-12 * quantity)


def test_demand_is_lessened_before_the_equipment_is_changed() -> None:
    effects = [Effect(c, AIR, 0.1, c) for c in ("TC", "EM", "GH", "PC")]
    parts = apply_in_order(effects, {AIR: 100.0})
    assert [part.measure for part in parts] == ["GH", "PC", "EM", "TC"]
    assert [part.saved for part in parts] == pytest.approx([10, 9, 8.1, 7.29])


def test_what_is_saved_of_a_part_is_gone_from_the_whole() -> None:
    within = {AIR: SITE}
    effects = [Effect("management", SITE, 0.1, "GH"), Effect("leaks", AIR, 0.2, "GH")]
    parts = apply_in_order(effects, {AIR: 300.0, SITE: 1000.0}, within)
    assert [(part.measure, part.before, part.saved) for part in parts] == [
        ("leaks", 300.0, 60.0),
        ("management", 940.0, 94.0),
    ]


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_a_carrier_is_never_saved_beyond_its_meter(shares: list[float]) -> None:
    uses = (AIR, "electricity.lighting", SITE)
    within = {AIR: SITE, "electricity.lighting": SITE}
    effects = [Effect(use, use, share, "PC") for use, share in zip(uses, shares, strict=True)]
    parts = apply_in_order(effects, {AIR: 300.0, uses[1]: 700.0, SITE: 1000.0}, within)
    assert sum(part.saved for part in parts) <= 1000.0 * (1 + 1e-12)


def test_the_whole_catalogue_at_its_highest_saves_no_more_than_all() -> None:
    words = load_whole_catalogue()
    within = {use.id: use.within for use in words.uses.values() if use.within}
    electric = [one for one in load_catalogue() if one.use.startswith("electricity.")]
    effects = [
        Effect(one.id, one.use, max(filter(None, one.saving.bounds), default=0.0), one.category)
        for one in electric
    ]
    leaves = {one.use for one in electric} - set(within.values())
    metered = dict.fromkeys(leaves, 10.0)
    for parent in ("electricity.compressed_air", "electricity.motors"):
        metered[parent] = 20.0 + 10.0 * (parent == "electricity.motors")
    metered[SITE] = 200.0
    parts = apply_in_order(effects, metered, within)
    assert 0 < sum(part.saved for part in parts) < 200.0


def test_moved_load_saves_nothing() -> None:
    parts = apply_in_order(
        [Effect("shift", "electricity.peak", 0.5, "PC")], {"electricity.peak": 9}
    )
    assert [part.saved for part in parts] == [0.0]


def test_a_cap_is_the_meter_and_nothing_else() -> None:
    saved = {"electricity": 120.0, "water": 5.0}
    assert cap(saved, {"electricity": 100.0}) == {"electricity": 100.0, "water": 5.0}
    assert saved["electricity"] == 120.0


@pytest.mark.parametrize(
    ("effects", "metered", "said"),
    [
        ([Effect("led", "light", 0.4, "TC")], {}, "not metered"),
        ([Effect("led", "light", 40, "TC")], {"light": 1.0}, "Write 0.4"),
        ([Effect("led", AIR, 0.4, "TC")], {AIR: 5.0, SITE: 4.0}, "more than the whole"),
        ([Effect("led", AIR, 0.4, "TC")], {AIR: -5.0}, "below 0"),
    ],
)
def test_what_cannot_be_combined_is_refused(
    effects: list[Effect], metered: dict[str, float], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        apply_in_order(effects, metered, {AIR: SITE})


def test_order_does_not_move_the_sum_of_three() -> None:
    shares = (0.1, 0.25, 0.4)
    sums = {round(combine(p), 12) for p in itertools.permutations(shares)}
    assert sums == {round(1 - math.prod(1 - s for s in shares), 12)}
