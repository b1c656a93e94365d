"""A hundred random inventories, each also computed row by row by code that shares nothing."""

from __future__ import annotations

import random

import pytest

from sinhthai.carbon.documents.report import study
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.factors.loading import load_factors
from tests.carbon.second_opinion import FUELS, inventory

FACTORS = load_factors()
TREATMENTS = ("reactor", "lagoon-shallow", "lagoon-deep", "aerobic-overloaded", "untreated")


def random_lines(rng: random.Random) -> list[Activity]:
    lines = []
    for number in range(rng.randint(1, 12)):
        owner, year = rng.choice("abc"), rng.choice((2022, 2023))
        sure = rng.choice((None, 0.0, 2.0, 40.0))
        amount = rng.uniform(0, 5000)
        line = f"l{number}"
        kind = rng.choice(("stationary", "stationary", "electricity", "wastewater"))
        if kind == "stationary":
            what, unit = rng.choice(FUELS), rng.choice(("t", "kg"))
            one = Activity(owner, year, line, kind, what, amount, unit, uncertainty=sure)
        elif kind == "electricity":
            unit = rng.choice(("kWh", "MWh", "GWh"))
            one = Activity(owner, year, line, kind, kind, amount, unit, scope=2, uncertainty=sure)
        else:
            cod = {"cod": rng.uniform(0.1, 10)}
            one = Activity(
                owner, year, line, kind, kind, amount, "m3", category=rng.choice(TREATMENTS),
                parameters=cod, uncertainty=sure,
            )  # fmt: skip
        lines.append(one)
    return lines


@pytest.mark.parametrize("seed", range(100))
def test_a_random_inventory_is_that_of_the_second_opinion(seed: int) -> None:
    rng = random.Random(seed)
    lines, gwp = random_lines(rng), rng.choice(("AR4", "AR5", "AR6"))
    found = study(lines, FACTORS, Settings(gwp=gwp))
    expected = inventory(lines, gwp)
    assert len(found.reports) == len(expected)
    for report in found.reports:
        total, half, apart = expected[report.subject, report.year]
        assert report.headline.co2e_t == pytest.approx(total, rel=1e-12, abs=1e-12)
        assert report.headline.high_t - total == pytest.approx(half, rel=1e-9, abs=1e-9)
        assert (report.biogenic.co2e_t if report.biogenic else 0.0) == pytest.approx(apart)
        assert sum(one.known_t for one in report.sources.values()) == pytest.approx(total)
        assert sum(one.known_t for one in report.gases.values()) == pytest.approx(total)
        assert sum(one.known_t for scope, one in report.scopes.items() if scope) == pytest.approx(
            total
        )
