"""What holds of every inventory, and what bad input is told."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.carbon.engine.columns import coefficients, sum_lines
from sinhthai.carbon.engine.inventory import (
    compute,
    counts,
    keyed_by_method,
    quantities_of,
)
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.carbon.engine.montecarlo import simulate
from sinhthai.carbon.engine.parks import split_park
from sinhthai.carbon.engine.thresholds import Energy, energy_used, must_report
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError, Place

FACTORS = load_factors()
YEAR = 2023
PLANT = [
    Activity("a", YEAR, "1", "stationary", "anthracite", 1000.0, "t"),
    Activity("a", YEAR, "2", "electricity", "electricity", 1000.0, "MWh", scope=2),
    Activity("a", YEAR, "3", "stationary", "solid-biomass", 50.0, "t"),
    Activity("a", YEAR, "4", "mobile", "diesel", 12_000.0, "L"),
    Activity(
        "a",
        YEAR,
        "5",
        "wastewater",
        "wastewater",
        9000.0,
        "m3",
        category="reactor",
        parameters={"cod": 2.0},
        uncertainty=30.0,
    ),
    Activity("b", YEAR, "6", "electricity", "electricity", 500.0, "MWh", scope=2),
]


def test_totals_are_the_sums_of_the_lines_that_count() -> None:
    found = compute(PLANT, FACTORS, Settings())
    for subject in ("a", "b"):
        lines = [x for x in found.lines if x.subject == subject and counts(x)]
        total = found.total(subject, YEAR)
        assert total.co2e_t == pytest.approx(sum(x.co2e_t for x in lines))
        assert total.low_t < total.co2e_t < total.high_t


def test_co2_of_biomass_stands_apart_and_its_other_gases_count() -> None:
    husk = compute([PLANT[2]], FACTORS, Settings())
    by_gas = {line.gas: line for line in husk.lines}
    assert by_gas["CO2"].is_biogenic
    assert by_gas["CO2"].co2e_t == pytest.approx(58.0)
    assert husk.total("a", YEAR).co2e_t == pytest.approx(
        by_gas["CH4"].co2e_t + by_gas["N2O"].co2e_t
    )


def test_what_is_not_reported_leaves_the_total_unknown_and_its_known_part_stands() -> None:
    missing = [*PLANT[:2], replace(PLANT[3], quantity=None)]
    found = compute(missing, FACTORS, Settings())
    total = found.total("a", YEAR, 1)
    assert (total.co2e_t, total.unknown) == (None, ("4",))
    assert total.known_t == pytest.approx(
        compute(PLANT[:1], FACTORS, Settings()).total("a", YEAR).co2e_t
    )
    assert found.total("a", YEAR, 2).co2e_t == pytest.approx(659.2)
    assert [x.mass_t for x in found.lines if x.line == "4"] == [None] * 3


@given(st.randoms(use_true_random=False), st.floats(0.1, 1000))
def test_order_does_not_matter_and_everything_scales(shuffle: random.Random, by: float) -> None:
    plain = compute(PLANT, FACTORS, Settings()).total("a", YEAR)
    mixed = list(PLANT)
    shuffle.shuffle(mixed)
    assert compute(mixed, FACTORS, Settings()).total("a", YEAR).co2e_t == pytest.approx(
        plain.co2e_t
    )
    scaled = [replace(a, quantity=a.quantity * by) for a in mixed]
    total = compute(scaled, FACTORS, Settings()).total("a", YEAR)
    assert total.co2e_t == pytest.approx(plain.co2e_t * by)
    assert total.high_t == pytest.approx(plain.high_t * by)


@pytest.mark.parametrize(
    ("one", "other"),
    [((1000.0, "t"), (1e6, "kg")), ((1000.0, "t"), (1000.0, "tấn"))],
)
def test_the_unit_it_is_written_in_does_not_matter(
    one: tuple[float, str], other: tuple[float, str]
) -> None:
    a, b = (
        compute([replace(PLANT[0], quantity=q, unit=u)], FACTORS, Settings()).total("a", YEAR)
        for q, u in (one, other)
    )
    assert a.co2e_t == pytest.approx(b.co2e_t)


def test_two_lines_of_one_fuel_are_one_in_their_factor() -> None:
    whole = compute([PLANT[0]], FACTORS, Settings()).total("a", YEAR)
    halves = [replace(PLANT[0], line=n, quantity=500.0, uncertainty=0.0) for n in ("x", "y")]
    split = compute(halves, FACTORS, Settings()).total("a", YEAR)
    sure = compute([replace(PLANT[0], uncertainty=0.0)], FACTORS, Settings()).total("a", YEAR)
    assert split.high_t == pytest.approx(sure.high_t)
    assert split.high_t < whole.high_t


def test_every_bad_line_is_told_at_once_with_its_place_and_cure() -> None:
    bad = [
        replace(PLANT[0], what="than đá xịn", place=Place("f.xlsx", "S", "B5")),
        replace(PLANT[0], unit="kWh/m", place=Place("f.xlsx", "S", "D6")),
        replace(PLANT[1], year=2024, place=Place("f.xlsx", "S", "A7")),
        replace(PLANT[0], quantity=-1.0, place=Place("f.xlsx", "S", "C8")),
        replace(PLANT[4], parameters={}, place=Place("f.xlsx", "S", "A9")),
        replace(PLANT[0], kind="heat", what="steam", category="diesel", unit="GJ",
                parameters={"efficiency": 85.0}, place=Place("f.xlsx", "S", "F10")),
        Activity("a", YEAR, "7", "refrigerant", "r-410a", 3.0, "kg",
                 parameters={"charge": 50.0, "x": 0.1}, place=Place("f.xlsx", "S", "B11")),
    ]  # fmt: skip
    with pytest.raises(InputError) as caught:
        compute(bad, FACTORS, Settings())
    told = {p.place.cell: p for p in caught.value.problems}
    assert {cell: p.code for cell, p in told.items()} == {
        "B5": "unknown-activity", "D6": "unit-of-another-kind", "A7": "no-factor",
        "B11": "refrigerant-told-twice",
        "C8": "negative-quantity", "A9": "no-cod", "F10": "share-out-of-range",
    }  # fmt: skip
    assert "2023" in told["A7"].cure.en
    assert "0.85" in told["F10"].cure.en


def test_the_last_published_grid_factor_is_used_only_when_asked_and_says_so() -> None:
    later = replace(PLANT[1], year=2024)
    found = compute([later], FACTORS, Settings(last_published=True))
    assert found.lines[0].co2e_t == pytest.approx(659.2)
    assert "2023" in found.lines[0].flags[0].vi


def test_the_set_of_warming_potentials_is_one_for_all_lines() -> None:
    ar4, ar5 = (
        compute([PLANT[4]], FACTORS, Settings(gwp=g)).total("a", YEAR) for g in ("AR4", "AR5")
    )
    assert ar5.co2e_t / ar4.co2e_t == pytest.approx(28 / 25)


def test_a_row_that_is_not_verified_is_flagged() -> None:
    found = compute([PLANT[3]], FACTORS, Settings())
    assert any("practice/diesel/density" in flag.en for flag in found.lines[0].flags)


def test_thresholds_are_three_valued() -> None:
    known = compute(PLANT, FACTORS, Settings()).total("a", YEAR)
    energy = energy_used([a for a in PLANT if a.subject == "a"], FACTORS)
    assert energy.unknown == ()
    assert dict(energy.by_carrier)["electricity"] == pytest.approx(154.3)
    assert must_report(known, energy).outcome == "must"  # 3,300 t CO2e
    small = replace(known, co2e_t=2000.0, known_t=2000.0)
    assert must_report(small, Energy(10.0, (), ())).outcome == "need_not"
    assert must_report(replace(small, co2e_t=None), Energy(10.0, (), ())).outcome == "undetermined"
    assert must_report(small, Energy(10.0, ("7",), ())).outcome == "undetermined"
    assert must_report(small, Energy(1000.0, ("7",), ())).outcome == "must"
    assert must_report(small, Energy(10.0, (), ()), None).outcome == "undetermined"
    assert must_report(small, Energy(10.0, (), ()), 65_000.0).outcome == "must"


def test_a_threshold_reached_in_part_of_the_lines_decides() -> None:
    total = compute([PLANT[0], replace(PLANT[1], quantity=None)], FACTORS, Settings())
    known = replace(total.total("a", YEAR), known_t=3000.0)
    assert must_report(known, Energy(0.0, (), ())).outcome == "must"


def test_an_electric_plant_of_the_threshold() -> None:
    power = replace(PLANT[1], quantity=6480.881)
    assert energy_used([power], FACTORS).toe == pytest.approx(1000.0, abs=1e-3)


def test_a_park_counts_what_it_sells_once() -> None:
    park = Activity("p", YEAR, "1", "stationary", "anthracite", 100.0, "t")
    bought = Activity(
        "a", YEAR, "2", "heat", "heat", 1500.0, "GJ", scope=2, category="anthracite", supplier="p"
    )
    split = split_park([park, bought, PLANT[1]], "p", {YEAR})
    total = compute(split.counted, FACTORS, Settings())
    assert sum(t.co2e_t for t in total.totals if t.scope is None) == pytest.approx(
        compute([park], FACTORS, Settings()).total("p", YEAR).co2e_t + 659.2
    )
    assert split.inside == (bought,)
    silent = split_park([bought], "p", ())
    assert (silent.counted, silent.unmatched) == ((bought,), (bought,))


def test_lines_must_stand_by_group() -> None:
    known = coefficients([], FACTORS.gwp("AR5"))
    two = np.array([1, 0], dtype=np.int32)
    with pytest.raises(ValueError, match="sorted"):
        sum_lines(np.zeros(2), two, two, np.zeros(2), 2, known)


def test_draws_repeat_and_shared_factors_do_not_average_out() -> None:
    power = [replace(PLANT[1], subject=str(n), uncertainty=5.0) for n in range(100)]
    keyed = keyed_by_method(power, FACTORS, Settings())
    grid = replace(keyed.keys[0][0].factors[0], low=0.6, high=0.72)
    keys = [[replace(keyed.keys[0][0], factors=(grid,))]]
    known = coefficients(keys, FACTORS.gwp("AR5"))
    quantity, half = quantities_of(keyed)
    group = np.arange(100, dtype=np.int32)
    run = {"draws": 4000, "seed": 3}
    once = simulate(quantity, np.zeros(100, np.int32), group, half, 100, known, **run)
    again = simulate(quantity, np.zeros(100, np.int32), group, half, 100, known, **run)
    assert (once.percentiles == again.percentiles).all()
    low, _, high = once.percentiles[-1]
    # The grid's 9 % stays in the sum of a hundred; the meters' 5 % nearly vanish.
    assert (high - low) / 2 / once.mean[-1] == pytest.approx(0.091, abs=0.006)
