"""Baselines: the line that is there is found, its interval covers, and what cannot be is said."""

from __future__ import annotations

import csv
import gzip
import math
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sinhthai.efficiency.engine.baseline import (
    NoBaseline,
    choose,
    degree_days,
    fit,
    verify,
)
from sinhthai.foundation.problems import InputError

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "tests-only"
MONTHS = 12


def plant(
    seed: int, noise: float = 5.0, months: int = MONTHS
) -> tuple[list[float], dict[str, list[float]]]:
    rng = np.random.default_rng(seed)
    output = rng.uniform(50, 150, months)
    cooling = rng.uniform(0, 200, months)
    use = 300 + 2.0 * output + 0.8 * cooling + rng.normal(0, noise, months)
    return use.tolist(), {"production": output.tolist(), "cooling": cooling.tolist()}


def test_the_line_that_made_the_data_is_found() -> None:
    use, drivers = plant(1, noise=0.0)
    found = fit(use, drivers)
    assert found.intercept == pytest.approx(300)
    assert found.slopes == pytest.approx((2.0, 0.8))
    assert found.r2 == pytest.approx(1.0)
    assert found.is_adequate


def test_agrees_with_the_correlation_and_a_plain_solution() -> None:
    use, drivers = plant(2)
    one = fit(use, {"production": drivers["production"]})
    assert one.r2 == pytest.approx(np.corrcoef(use, drivers["production"])[0, 1] ** 2)
    assert (one.slopes[0], one.intercept) == pytest.approx(
        np.polyfit(drivers["production"], use, 1)
    )


def test_units_of_use_and_driver_change_nothing_but_units() -> None:
    use, drivers = plant(3)
    plain = fit(use, drivers)
    scaled = fit(
        [u * 3.6 for u in use],
        {"production": [p * 1e6 for p in drivers["production"]], "cooling": drivers["cooling"]},
    )
    assert (scaled.r2, scaled.cv_rmse) == pytest.approx((plain.r2, plain.cv_rmse))
    assert scaled.slopes[0] == pytest.approx(plain.slopes[0] * 3.6e-6)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    covered = 0
    runs = 300
    for seed in range(runs):
        use, drivers = plant(seed, noise=10.0, months=24)
        line = fit(use[:12], {name: column[:12] for name, column in drivers.items()})
        now = {name: column[12:] for name, column in drivers.items()}
        found = verify(line, [u - 20.0 for u in use[12:]], now)
        covered += found.low <= 240.0 <= found.high
    assert covered / runs >= 0.92  # autocorrelation found by chance only widens it


def test_an_adjusted_baseline_is_not_fooled_by_less_production() -> None:
    use, drivers = plant(5, noise=1.0)
    line = fit(use, drivers)
    idle = {"production": [60.0] * 3, "cooling": [100.0] * 3}
    same = [300 + 2.0 * 60 + 0.8 * 100] * 3
    assert verify(line, same, idle).outcome == "not_shown"
    assert verify(line, [u - 50 for u in same], idle).outcome == "saved"
    assert verify(line, [u + 50 for u in same], idle).outcome == "more_used"


def test_the_interval_of_one_period_is_the_textbook_one() -> None:
    use, drivers = plant(13, noise=8.0)
    x = np.array(drivers["production"])
    line = fit(use, {"production": drivers["production"]})
    independent = replace(line, autocorrelation=0.0)
    found = verify(independent, [500.0], {"production": [120.0]})
    rest = np.array(use) - line.expect(drivers)
    s = np.sqrt(rest @ rest / (MONTHS - 2))
    away = (120.0 - x.mean()) ** 2 / np.square(x - x.mean()).sum()
    half = 2.228138852 * s * np.sqrt(1 + 1 / MONTHS + away)  # t of 10 degrees of freedom, 97.5 %
    assert (found.high - found.low) / 2 == pytest.approx(half, rel=1e-8)
    alike = verify(replace(line, autocorrelation=0.5), [500.0], {"production": [120.0]})
    assert alike.high - alike.low > np.sqrt(3) * (found.high - found.low)


def test_more_confidence_is_a_wider_interval() -> None:
    use, drivers = plant(6)
    line = fit(use, drivers)
    now = {"production": [100.0], "cooling": [100.0]}
    narrow, wide = (verify(line, [500.0], now, confidence=c) for c in (0.8, 0.95))
    assert wide.low < narrow.low < narrow.saved < narrow.high < wide.high


def test_periods_without_a_value_are_left_out_and_counted() -> None:
    use, drivers = plant(7, months=14)
    blank = [None, *use[1:]]
    found = fit(blank, drivers)
    assert (found.points, found.left_out) == (13, 1)


def test_a_year_outside_what_was_seen_is_remarked() -> None:
    use, drivers = plant(8)
    found = verify(fit(use, drivers), [900.0], {"production": [400.0], "cooling": [50.0]})
    assert any("outside the range" in remark.en for remark in found.remarks)


def test_a_driver_that_adds_nothing_is_not_chosen() -> None:
    use, drivers = plant(9, noise=3.0)
    rng = np.random.default_rng(0)
    candidates = {
        "both": drivers,
        "production": {"production": drivers["production"]},
        "and the moon": {**drivers, "moon": rng.uniform(0, 1, MONTHS).tolist()},
    }
    assert choose(use, candidates)[0] == "both"


@pytest.mark.parametrize(
    ("use", "drivers", "said"),
    [
        ([1.0, 2.0, 3.0], {"production": [1.0, 2.0, 3.0]}, "at least 8"),
        ([5.0] * 12, {"production": [0.0] * 12}, "zero in every period while energy"),
        ([5.0, 6.0] * 6, {"production": [7.0] * 12}, "never changes"),
        ([0.0] * 12, {"production": list(range(12))}, "use is zero"),
        (
            list(range(12)),
            {"a": list(range(12)), "b": [2.0 * m for m in range(12)]},
            "say the same",
        ),
        ([1.0] * 12, {"production": [1.0] * 11}, "12 periods of use, 11"),
        ([1.0] * 12, {}, "at least 8"),
        ([1.0, -2.0] * 6, {"production": list(range(12))}, "Period 2, 4, 6"),
    ],
)
def test_data_that_carry_no_baseline_say_why(
    use: list[float], drivers: dict[str, list[float]], said: str
) -> None:
    with pytest.raises(NoBaseline, match=said) as caught:
        fit(use, drivers)
    assert all(problem.cure.vi for problem in caught.value.problems)


def test_verification_needs_every_driver() -> None:
    use, drivers = plant(10)
    with pytest.raises(InputError, match="cooling"):
        verify(fit(use, drivers), [1.0], {"production": [1.0]})


def test_a_saving_is_not_verified_over_a_gap_or_a_negative_meter() -> None:
    use, drivers = plant(11)
    line = fit(use, {"production": drivers["production"]})
    with pytest.raises(InputError, match="no figure"):
        verify(line, [math.nan], {"production": [100.0]})
    with pytest.raises(InputError, match="below zero"):
        verify(line, [-1.0], {"production": [100.0]})


def test_degree_days_count_what_lies_beyond_the_base() -> None:
    assert degree_days([20.0, 30.0, 35.0], 26.0) == 13.0
    assert degree_days([20.0, 30.0, 10.0], 18.0, "heating") == 8.0


def test_a_real_wastewater_plant_is_told_apart_from_a_good_baseline() -> None:
    file = DATA / "melbourne_wwtp_daily.csv"
    if not file.exists():
        pytest.skip("the test data of others is not here")
    with file.open(encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    energy = [float(row["Energy Consumption"]) for row in rows]
    drivers = {
        "inflow": [float(row["Average Inflow"]) for row in rows],
        "nitrogen": [float(row["Total Nitrogen"]) for row in rows],
        "temperature": [float(row["Average Temperature"]) for row in rows],
    }
    found = fit(energy, drivers)
    design = np.column_stack([np.ones(len(energy)), *drivers.values()])
    beta, rest, *_ = np.linalg.lstsq(design, np.array(energy), rcond=None)
    assert (found.intercept, *found.slopes) == pytest.approx(beta, rel=1e-6)
    assert found.r2 == pytest.approx(1 - rest[0] / np.square(energy - np.mean(energy)).sum())
    assert found.points == len(rows)
    assert not found.is_adequate  # inflow and weather explain little of this plant, and it says so
    assert found.autocorrelation > 0.3
    year = {name: column[-365:] for name, column in drivers.items()}
    same = verify(found, energy[-365:], year)
    assert same.high - same.low > 0.02 * same.used


def test_a_real_steel_plant_by_days() -> None:
    file = DATA / "steel_plant_energy_15min.csv.gz"
    if not file.exists():
        pytest.skip("the test data of others is not here")
    use: dict[str, float] = defaultdict(float)
    busy: dict[str, float] = defaultdict(float)
    with gzip.open(file, "rt", encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            day = row["date"].split(" ")[0]
            use[day] += float(row["Usage_kWh"])
            busy[day] += 0.25 * (row["Load_Type"] != "Light_Load")
    days = list(use)
    found = fit([use[d] for d in days], {"hours": [busy[d] for d in days]})
    assert found.points == len(days) > 360
    assert found.slopes[0] > 0
    hours = [busy[d] for d in days]
    assert found.r2 == pytest.approx(np.corrcoef([use[d] for d in days], hours)[0, 1] ** 2)
    assert not found.is_adequate  # half of the use goes with the hours
    again = verify(found, [use[d] for d in days], {"hours": [busy[d] for d in days]})
    assert again.saved == pytest.approx(0, abs=1e-6 * again.used)
    assert again.outcome == "not_shown"
