"""Measures beside each other: what holds whatever the figures are."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from sinhthai.finance.engine.annuity import annuity
from sinhthai.finance.engine.constant_prices import in_other_money
from sinhthai.finance.engine.flows import appraise
from sinhthai.finance.engine.irr import find_irr
from sinhthai.finance.engine.measures import Measure, beside_each_other, remaining
from sinhthai.finance.engine.model import Proposal, Scenario
from sinhthai.finance.engine.npv import npv
from sinhthai.finance.engine.risk import Spread, cash_band, simulate
from sinhthai.finance.engine.study import study

MARKET = Scenario(
    0.12, 15, 2025, inflation=0.03,
    prices={"power": 2.0, "coal": 4.0}, escalation={"power": 0.04},
    co2_factors={"power": 0.5, "coal": 2.6},
)  # fmt: skip
SIZES = st.floats(0.0, 1e6, allow_subnormal=False)
PROPOSALS = st.builds(
    Proposal,
    id=st.just("p"), name=st.just("p"), investment=st.floats(1.0, 1e7), life=st.integers(1, 25),
    savings=st.fixed_dictionaries({"power": SIZES, "coal": SIZES}), other_saving=SIZES,
    running_cost=SIZES, salvage=SIZES,
)  # fmt: skip
SCENARIOS = st.builds(
    Scenario,
    rate=st.floats(-0.05, 0.6), horizon=st.integers(1, 25), first_year=st.just(2025),
    is_real=st.booleans(), inflation=st.floats(0.0, 0.15), tax=st.floats(0.0, 0.5),
    depreciation_years=st.none() | st.integers(1, 20),
    prices=st.just({"power": 2.0, "coal": 4.0}),
    escalation=st.fixed_dictionaries({"power": st.floats(-0.05, 0.1)}),
)  # fmt: skip


def one(name: str, power: float, *, use: str = "", share: float | None = None, **more) -> Measure:
    cost = more.pop("investment", 100.0)
    return Measure(
        Proposal(name, name, cost, more.pop("life", 8), {"power": power}, **more), use, share
    )


@settings(max_examples=60, deadline=None)
@given(PROPOSALS, SCENARIOS)
def test_worth_and_rate_agree_with_another_library(proposal, scenario):
    done = appraise(proposal, scenario)
    size = sum(abs(flow) for flow in done.flows) or 1.0
    assert done.npv == pytest.approx(pyxirr.npv(scenario.rate, done.flows), abs=1e-9 * size)
    if done.irr.outcome == "one" and -0.9 < done.irr.value < 50:
        other = pyxirr.irr(done.flows)  # gives up on some steep flows; the root is held below
        assert other is None or done.irr.value == pytest.approx(other, abs=1e-7)
    for root in done.irr.roots:
        if root > -0.5:
            assert abs(npv(root, done.flows)) < 1e-6 * size


@settings(max_examples=60, deadline=None)
@given(PROPOSALS, SCENARIOS)
def test_constant_prices_give_the_same_worth(proposal, scenario):
    """1 + nominal = (1 + real)(1 + inflation), or somebody mixed the two."""
    here, there = appraise(proposal, scenario), appraise(*in_other_money(proposal, scenario))
    size = sum(abs(flow) for flow in here.flows) + sum(abs(flow) for flow in there.flows)
    assert there.npv == pytest.approx(here.npv, abs=1e-9 * size)
    assert there.npv_after_tax == pytest.approx(here.npv_after_tax, abs=1e-9 * size)
    back = appraise(*in_other_money(*in_other_money(proposal, scenario)))
    assert back.flows == pytest.approx(here.flows, rel=1e-9, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(PROPOSALS, SCENARIOS, st.floats(0.001, 0.3))
def test_worth_falls_as_the_rate_rises(proposal, scenario, more):
    proposal = replace(proposal, running_cost=0.0)  # then every flow after year 0 is a return
    dearer = replace(scenario, rate=scenario.rate + more)
    assert appraise(proposal, dearer).npv <= appraise(proposal, scenario).npv + 1e-6


@given(st.lists(st.floats(0.0, 1.0), max_size=6))
def test_a_use_is_never_saved_more_than_once(shares):
    assert 0.0 <= remaining(shares) <= 1.0
    assert remaining(shares) == pytest.approx(math.prod(1 - share for share in shares))
    assert remaining(shares) == pytest.approx(remaining(shares[::-1]))


def test_measures_on_one_use_save_on_what_is_left():
    found = study(
        [
            one("leaks", 20, use="air", share=0.2),
            one("pressure", 10, use="air", share=0.1),
            one("lamps", 10),
        ],
        MARKET,
        draws=0,
    )
    assert [found.of(n).left for n in ("leaks", "pressure", "lamps")] == [1.0, 0.8, 1.0]
    assert found.totals.savings["power"] == pytest.approx(20 + 8 + 10)
    assert found.of("pressure").alone.npv > found.of("pressure").appraisal.npv
    assert found.totals.co2e == pytest.approx(19.0)


def test_together_they_never_save_more_than_the_use_takes():
    many = [one(f"m{i}", 60.0, use="air", share=0.6) for i in range(8)]
    counted = beside_each_other(many)
    assert sum(c.measure.proposal.savings["power"] for c in counted) <= 100.0


@given(st.permutations(range(6)))
@settings(max_examples=25, deadline=None)
def test_totals_do_not_hang_on_the_order_of_the_lines(order):
    shares = (0.3, 0.1, 0.05)
    measures = [one(f"a{i}", 100 * s, use="air", share=s) for i, s in enumerate(shares)]
    measures += [one(f"b{i}", 10.0 * i + 5, investment=50.0 + i) for i in range(3)]
    base = study(measures, MARKET, draws=200)
    moved = study([measures[i] for i in order], MARKET, draws=200)
    for part in ("investment", "npv", "npv_after_tax", "co2e", "yearly_saving"):
        assert getattr(moved.totals, part) == pytest.approx(getattr(base.totals, part))
    for name in ("b0", "b1", "b2"):  # on no shared use: the same to the last digit
        assert moved.of(name).appraisal == base.of(name).appraisal
        assert moved.of(name).risk == base.of(name).risk


def test_of_measures_that_exclude_each_other_the_one_worth_most_counts():
    found = study(
        [
            one("small", 40, excludes=("large",)),
            one("large", 90),
            one("other", 10),
        ],
        MARKET,
        draws=0,
    )
    assert found.of("small").replaced_by == "large"
    assert found.totals.measures == 2
    assert found.totals.savings["power"] == pytest.approx(100.0)
    assert [step.proposal for step in found.curve] == ["large", "other"]


def test_one_that_is_replaced_leaves_its_use_to_the_others():
    rival = one("rival", 90, use="air", share=0.9, excludes=("best",))
    best = one("best", 95, use="air", share=0.95)
    found = study([rival, best, one("leaks", 10, use="air", share=0.1)], MARKET, draws=0)
    assert found.of("rival").replaced_by == "best"
    assert found.of("best").left == 1.0
    assert found.of("leaks").left == pytest.approx(0.05)


def test_unknown_co2e_stays_unknown_and_leaves_the_curve():
    strange = Measure(
        Proposal("s", "s", 10.0, 5, {"power": 5.0, "soda": 1.0}, prices={"soda": 9.0})
    )
    found = study([strange, one("a", 10.0)], MARKET, draws=0)
    assert found.of("s").appraisal.co2e is None
    assert found.of("s").known_co2e == pytest.approx(2.5)
    assert found.totals.co2e is None
    assert found.totals.known_co2e == pytest.approx(7.5)
    assert found.totals.unknown == ("s",)
    assert [step.proposal for step in found.curve] == ["a"]


def test_the_measure_cheaper_per_tonne_is_not_put_first():
    """Same gain, ten times the tonnes: by cost per tonne the worse one would win."""
    few = one("few", 10, other_saving=100.0, investment=50.0)
    many = one("many", 100, investment=50.0 + 0.0)
    found = study([few, many], MARKET, draws=0)
    costs = {step.proposal: step.cost for step in found.curve}
    assert costs["few"] < costs["many"] < 0
    assert found.of("many").appraisal.npv > found.of("few").appraisal.npv
    assert [step.proposal for step in found.curve] == ["many", "few"]
    assert not found.of("few").is_on_front
    assert found.of("many").is_on_front


def test_one_shape_of_flows_is_one_rate_and_the_general_search_agrees():
    rng = np.random.default_rng(5)
    for _ in range(50):
        flows = np.r_[-rng.uniform(1, 100), rng.uniform(0.1, 30, rng.integers(1, 20))]
        fast = find_irr(flows)
        split = find_irr([*flows, 1e-12, -1e-12])  # three changes of sign: the whole search
        assert fast.outcome == "one"
        assert min(abs(root - fast.value) for root in split.roots) < 1e-7


def test_many_draws_come_to_the_analytic_mean_and_spread():
    """Saving alone varies: the worth is linear in it, so both moments are known."""
    drive = Proposal("d", "d", 200.0, 10, other_saving=60.0)
    low, high = -0.3, 0.15
    still = Spread(saving=(low, high), investment=(0, 0), running_cost=(0, 0), escalation=(0, 0))
    market = Scenario(0.1, 10, 2025)
    worth = 60.0 / annuity(0.1, 10)
    risk = simulate(drive, market, still, draws=200_000, seed=3)

    def quantile(share: float) -> float:  # of the triangle with its mode at 0
        at = -low / (high - low)
        if share < at:
            return low + math.sqrt(share * (high - low) * -low)
        return high - math.sqrt((1 - share) * (high - low) * high)

    for said, share in ((risk.p10, 0.1), (risk.p50, 0.5), (risk.p90, 0.9)):
        assert said == pytest.approx(-200 + worth * (1 + quantile(share)), abs=0.003 * worth)
    assert risk.rank_correlation == {"saving": pytest.approx(1.0)}
    assert risk.chance_of_loss == pytest.approx(0.0)


def test_the_band_ends_at_the_sums_of_the_flows_and_is_seeded():
    drive = Proposal("d", "d", 200.0, 6, other_saving=60.0, salvage=20.0)
    market = Scenario(0.1, 10, 2025)
    certain = Spread((0, 0), (0, 0), (0, 0), (0, 0), (0, 0))
    band = cash_band(drive, market, certain, draws=3)
    assert band.p50 == pytest.approx(tuple(np.cumsum(appraise(drive, market).flows)))
    wide = cash_band(drive, market, draws=500, seed=7)
    assert wide == cash_band(drive, market, draws=500, seed=7)
    assert wide != cash_band(drive, market, draws=500, seed=8)
    assert all(a <= b <= c for a, b, c in zip(wide.p10, wide.p50, wide.p90, strict=True))


def test_scaling_the_money_scales_the_worth_and_nothing_else():
    base = one("a", 30.0, other_saving=7.0, running_cost=3.0)
    rich = replace(
        base,
        proposal=replace(
            base.proposal, investment=1e5, other_saving=7e3, running_cost=3e3,
            prices={"power": 2e3},
        ),
    )  # fmt: skip
    small, large = (study([m], MARKET, draws=300).results[0] for m in (base, rich))
    assert large.appraisal.npv == pytest.approx(1e3 * small.appraisal.npv)
    assert large.appraisal.irr.value == pytest.approx(small.appraisal.irr.value)
    assert large.appraisal.payback == pytest.approx(small.appraisal.payback)
    assert large.risk.p10 == pytest.approx(1e3 * small.risk.p10)
    assert large.risk.chance_of_loss == small.risk.chance_of_loss
