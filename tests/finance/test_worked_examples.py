"""Published worked examples, to the digits printed; and what holds of every appraisal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from sinhthai.factors.loading import load_factors
from sinhthai.finance.engine.annuity import annuity, payment, periods
from sinhthai.finance.engine.bills import bill, hours_of_day, power_factor_surcharge
from sinhthai.finance.engine.curve import abatement_curve, choose_among
from sinhthai.finance.engine.flows import appraise, remarks
from sinhthai.finance.engine.irr import find_irr, find_xirr
from sinhthai.finance.engine.model import Proposal, Scenario
from sinhthai.finance.engine.npv import npv, payback
from sinhthai.finance.engine.risk import Spread, simulate
from sinhthai.foundation.problems import InputError

SCENARIO = Scenario(
    0.1,
    10,
    2025,
    prices={"electricity": 1_833_000.0},
    co2_factors={"electricity": 0.6592},
)
DRIVE = Proposal("vsd", "Biến tần", 200e6, 10, {"electricity": 60.0})


def test_npv_and_irr_of_the_handbook() -> None:
    flows = [-5000] + 5 * [1500]
    assert npv(0.10, flows) == pytest.approx(686.180154, abs=5e-7)
    assert find_irr(flows).value == pytest.approx(0.15238237, abs=5e-9)


def test_npv_does_not_discount_the_first_flow() -> None:
    assert npv(0.281, [-100, 39, 59, 55, 20]) == pytest.approx(-0.008478592, abs=5e-10)
    assert find_irr([-100, 39, 59, 55, 20]).value == pytest.approx(0.280948, abs=5e-7)


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        ((-100, 0, 0, 74), -0.09550),
        ((-100, 100, 0, -7), -0.08330),
        ((-100, 100, 0, 7), 0.06206),
        ((-50, -100, 600, 300, -100), 1.854),
    ],
)
def test_the_rate_at_which_the_worth_falls_through_zero(
    flows: tuple[float, ...], rate: float
) -> None:
    assert find_irr(flows).value == pytest.approx(rate, abs=5e-4 if rate > 1 else 5e-6)


def test_several_rates_are_all_named_and_none_is_chosen_when_two_would_do() -> None:
    found = find_irr((-5, 10.5, 1, -8, 1))
    assert (found.outcome, found.value) == ("many", None)
    assert found.roots == pytest.approx((-0.87020, 0.08860, 0.70956), abs=5e-6)
    assert "8.86%" in found.note.en


def test_flows_of_one_sign_have_no_rate_and_the_note_says_why() -> None:
    assert find_irr([100, 50]).outcome == find_irr([0, 0]).outcome == "none"
    assert "đổi dấu" in find_irr([-100, -1]).note.vi


def test_a_loan_is_seen_from_its_own_side() -> None:
    assert find_irr([100, -110]).value == pytest.approx(0.1)


def test_a_worth_that_only_touches_zero_is_found() -> None:
    # (1 - 1.1 x)^2 with x = 1/(1+r): a double root at 10 %.
    found = find_irr([1.0, -2.2, 1.21])
    assert len(found.roots) == 1
    assert found.roots[0] == pytest.approx(0.1, abs=1e-6)


def test_dated_flows() -> None:
    days = [dt.date(2020, 1, 1), dt.date(2021, 1, 1), dt.date(2022, 1, 1)]
    assert find_xirr(days, [-1000, 750, 500]).value == pytest.approx(0.175009, abs=5e-7)
    shuffled = find_xirr([days[2], days[0], days[1]], [500, -1000, 750])
    assert shuffled.value == pytest.approx(0.175009, abs=5e-7)
    with pytest.raises(InputError, match="3 dates but 2 flows"):
        find_xirr(days, [-1, 1])


def test_payback() -> None:
    assert payback([-20_000, 5_000, 8_000, 10_000]) == pytest.approx(2.7)
    assert payback([-(12_000 - 2_000), *4 * [4_000]]) == pytest.approx(2.5)
    assert payback([-900, 480, 480]) == pytest.approx(1.9, abs=0.05)
    assert payback([-100, 60, 60, -50]) is None  # a later loss takes it back


def test_loans_and_capital_recovery() -> None:
    assert payment(0.075 / 12, 180, 200_000) == pytest.approx(1854.024720, abs=5e-7)
    assert periods(0.07 / 12, 150, 8_000) == pytest.approx(64.073349, abs=5e-7)
    assert periods(0.10, 100, 1_000) is None
    for rate, life, share in ((0.10, 10, 0.162745), (0.12, 10, 0.176984), (0.10, 5, 0.263797)):
        assert annuity(rate, life) == pytest.approx(share, abs=5e-7)


def test_a_variable_speed_drive() -> None:
    result = appraise(DRIVE, SCENARIO)
    assert result.yearly_saving == pytest.approx(109_980_000)
    assert result.npv == pytest.approx(475_779_490, abs=0.5)
    assert result.irr.value == pytest.approx(0.542698, abs=5e-7)
    assert result.payback == pytest.approx(1.8185, abs=5e-5)
    assert result.abatement_cost == pytest.approx(-1_957_699, abs=0.5)
    assert result.co2e == pytest.approx(39.552)


def test_the_electricity_bill() -> None:
    low = load_factors().tariff(dt.date(2025, 6, 1), "low")
    assert bill(low, {"normal": 1000}, vat=0.08) == pytest.approx(2_145_960)
    assert power_factor_surcharge(0.80) == pytest.approx(0.125)
    assert power_factor_surcharge(0.95) == 0


def test_hours_of_a_weekday_a_sunday_and_a_night() -> None:
    factors = load_factors()
    monday, sunday = dt.date(2025, 6, 2), dt.date(2025, 6, 1)
    whole = hours_of_day(factors.bands_on(monday), dt.time(0), dt.time(0))
    assert (whole.peak, whole.off_peak, whole.normal) == (5, 6, 13)
    assert hours_of_day(factors.bands_on(sunday), dt.time(0), dt.time(0)).peak == 0
    night = hours_of_day(factors.bands_on(monday), dt.time(20), dt.time(6))
    assert (night.off_peak, night.normal, night.peak) == (6, 4, 0)


def test_after_tax_a_saving_pays_tax_and_depreciation_gives_some_back() -> None:
    result = appraise(DRIVE, SCENARIO)
    # 109.98 m x 0.8 + 20 m x 0.2 a year.
    assert result.flows_after_tax[1] == pytest.approx(109_980_000 * 0.8 + 20e6 * 0.2)
    assert result.npv_after_tax < result.npv


def test_real_and_nominal_say_the_same_of_what_follows_inflation() -> None:
    real = Scenario(0.06, 8, 2025, is_real=True, inflation=0.04)
    nominal = replace(real, rate=1.06 * 1.04 - 1, is_real=False)
    plain = Proposal("x", "x", 1000.0, 8, other_saving=300.0, running_cost=20.0)
    # Nominal prices are of year 1: a year of inflation lies between them and year 0.
    first = replace(plain, other_saving=300 * 1.04, running_cost=20 * 1.04)
    a, b = appraise(plain, real), appraise(first, nominal)
    assert a.npv == pytest.approx(b.npv)
    assert a.npv_after_tax == pytest.approx(b.npv_after_tax)


def test_a_life_beyond_the_horizon_is_cut_and_said() -> None:
    long = replace(DRIVE, life=20)
    assert len(appraise(long, SCENARIO).flows) == 11
    assert "longer than the horizon" in remarks(long, SCENARIO)[0].en
    assert remarks(DRIVE, SCENARIO) == ()


def test_every_fault_is_named_at_once() -> None:
    bad = Proposal("b", "Bơm", -1.0, 0, {"steam": 5.0})
    with pytest.raises(InputError) as caught:
        appraise(bad, replace(SCENARIO, rate=10.0))
    assert {p.code for p in caught.value.problems} == {
        "appraise-price",
        "appraise-life",
        "appraise-investment",
        "appraise-grant",
        "appraise-rate",
    }
    assert "10 % ghi là 10% hoặc 0,1" in str([p.cure.vi for p in caught.value.problems])


def test_unknown_co2_is_not_zero() -> None:
    steam = Proposal("s", "s", 10.0, 5, {"steam": 5.0}, prices={"steam": 3.0})
    result = appraise(steam, SCENARIO)
    assert result.co2e is None
    assert result.abatement_cost is None
    assert abatement_curve([result]) == ()


def test_the_curve_never_ranks_negative_costs_by_the_tonne() -> None:
    few = appraise(replace(DRIVE, id="few", co2e=10.0), SCENARIO)
    many = appraise(replace(DRIVE, id="many", co2e=100.0), SCENARIO)
    dear = appraise(Proposal("dear", "", 900e6, 10, co2e=50.0), SCENARIO)
    cheap = appraise(Proposal("cheap", "", 100e6, 10, co2e=50.0), SCENARIO)
    steps = abatement_curve([dear, few, cheap, many])
    assert [step.proposal for step in steps] == ["many", "few", "cheap", "dear"]
    assert [step.pays for step in steps] == [True, True, False, False]
    assert all(a.end_t == b.start_t for a, b in pairwise(steps))


def test_of_measures_that_exclude_each_other_the_most_valuable_stays() -> None:
    big = appraise(replace(DRIVE, id="big", savings={"electricity": 90.0}), SCENARIO)
    kept, dropped = choose_among([appraise(DRIVE, SCENARIO), big], {"vsd": ["big"]})
    assert (kept, dropped) == ({"big"}, {"vsd": "big"})


def test_risk_repeats_and_widens_with_its_spread() -> None:
    once = simulate(DRIVE, SCENARIO, draws=4000, seed=7)
    assert once == simulate(DRIVE, SCENARIO, draws=4000, seed=7)
    wide = simulate(DRIVE, SCENARIO, Spread(saving=(-0.6, 0.3)), draws=4000, seed=7)
    assert wide.p10 < once.p10 < once.p50 < once.p90
    assert once.rank_correlation["saving"] > 0 > once.rank_correlation["investment"]
    still = Spread((0, 0), (0, 0), (0, 0), (0, 0))
    assert simulate(DRIVE, SCENARIO, still, draws=5).p50 == pytest.approx(
        appraise(DRIVE, SCENARIO).npv
    )


FLOWS = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


@given(FLOWS, st.integers(1, 5000), st.floats(0, 0.5), st.floats(0.001, 0.4))
def test_worth_falls_as_the_rate_rises(
    gains: list[int], cost: int, rate: float, more: float
) -> None:
    flows = [-cost, *gains]
    assert npv(rate + more, flows) <= npv(rate, flows) + 1e-9


@settings(max_examples=60)
@given(st.lists(st.integers(-500, 500), min_size=2, max_size=8))
def test_every_rate_found_makes_the_worth_zero_and_pyxirr_finds_no_other(flows: list[int]) -> None:
    found = find_irr(flows)
    for root in found.roots:
        scale = sum(abs(f) / (1 + root) ** t for t, f in enumerate(flows))
        assert abs(npv(root, flows)) <= 1e-7 * scale
    if not (min(flows) < 0 < max(flows)):
        assert found.outcome == "none"
        return
    other = pyxirr.irr(flows)
    if other is not None and -0.99 < other < 1e4 and abs(npv(other, flows)) < 1e-9:
        assert found.roots
        assert np.abs(np.array(found.roots) - other).min() < 1e-5 * (1 + abs(other))
