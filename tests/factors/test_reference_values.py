"""Every row of the tables people know by heart, against the values collected from their sources."""

from __future__ import annotations

import pytest

from sinhthai.factors.loading import load_factors
from sinhthai.factors.lookup import NoFactor

FACTORS = load_factors()
GWP = {  # AR4, AR5, AR6
    "CO2": (1, 1, 1),
    "CH4": (25, 28, 27.9),
    "N2O": (298, 265, 273),
    "SF6": (22_800, 23_500, 25_200),
    "NF3": (17_200, 16_100, 17_400),
    "HFC-23": (14_800, 12_400, 14_600),
    "HFC-32": (675, 677, 771),
    "HFC-125": (3_500, 3_170, 3_740),
    "HFC-134a": (1_430, 1_300, 1_530),
    "HFC-143a": (4_470, 4_800, 5_810),
    "HFC-152a": (124, 138, 164),
    "HFC-227ea": (3_220, 3_350, 3_600),
    "HFC-236fa": (9_810, 8_060, 8_690),
    "HFC-245fa": (1_030, 858, 962),
    "HFC-365mfc": (794, 804, 914),
    "CF4": (7_390, 6_630, 7_380),
    "C2F6": (12_200, 11_100, 12_400),
    "C3F8": (8_830, 8_900, 9_290),
    "HCFC-22": (1_810, 1_760, 1_960),
    "HCFC-123": (77, 79, 90.4),
    "HCFC-141b": (725, 782, 860),
    "HCFC-142b": (2_310, 1_980, 2_300),
    "CFC-11": (4_750, 4_660, 6_230),
    "CFC-12": (10_900, 10_200, 12_500),
}
GRID = {
    2014: 0.6612, 2015: 0.8154, 2016: 0.9185, 2017: 0.8649, 2018: 0.9130,
    2019: 0.8458, 2020: 0.8041, 2021: 0.7221, 2022: 0.6766, 2023: 0.6592,
}  # fmt: skip
TOE = {
    "electricity": (0.1543, "toe/MWh"),
    "anthracite-dust-1-2": (0.70, "toe/t"),
    "anthracite-dust-3-4": (0.60, "toe/t"),
    "anthracite-dust-5-6": (0.50, "toe/t"),
    "diesel": (1.02, "toe/t"),
    "fuel-oil": (0.99, "toe/t"),
    "lpg": (1.09, "toe/t"),
    "gasoline": (1.05, "toe/t"),
    "jet-kerosene": (1.05, "toe/t"),
}
FUELS = {  # NCV GJ/t, CO2 kg/TJ of the 2006 Guidelines
    "anthracite": (26.7, 98_300), "coking-coal": (28.2, 94_600), "bituminous-coal": (25.8, 94_600),
    "sub-bituminous-coal": (18.9, 96_100), "lignite": (11.9, 101_000),
    "briquettes": (20.7, 97_500), "coke": (28.2, 107_000), "petroleum-coke": (32.5, 97_500),
    "crude-oil": (42.3, 73_300), "gasoline": (44.3, 69_300), "jet-kerosene": (44.1, 71_500),
    "kerosene": (43.8, 71_900), "diesel": (43.0, 74_100), "fuel-oil": (40.4, 77_400),
    "lpg": (47.3, 63_100), "naphtha": (44.5, 73_300), "lubricants": (40.2, 73_300),
    "waste-oil": (40.2, 73_300), "refinery-gas": (49.5, 57_600), "natural-gas": (48.0, 56_100),
    "coke-oven-gas": (38.7, 44_400), "blast-furnace-gas": (2.47, 260_000), "wood": (15.6, 112_000),
    "solid-biomass": (11.6, 100_000), "charcoal": (29.5, 112_000), "biogas": (50.4, 54_600),
    "liquid-biofuel": (27.0, 70_800), "black-liquor": (11.8, 95_300),
    "municipal-waste": (10, 91_700), "peat": (9.76, 106_000),
}  # fmt: skip


def test_warming_potentials_are_those_of_each_report() -> None:
    found = {
        gas: tuple(FACTORS.gwp(name).values[gas] for name in ("AR4", "AR5", "AR6")) for gas in GWP
    }
    assert found == GWP
    assert set(FACTORS.gwp("AR5").values) == set(GWP)


def test_the_grid_of_each_year_is_the_one_announced() -> None:
    found = {
        year: FACTORS.choose("electricity", "emission", gas="CO2", year=year).factor.value
        for year in GRID
    }
    assert found == GRID


@pytest.mark.parametrize("carrier", TOE)
def test_tonnes_of_oil_equivalent_are_those_of_the_letter(carrier: str) -> None:
    factor = FACTORS.choose(carrier, "toe", year=2024).factor
    assert (factor.value, factor.unit) == TOE[carrier]


@pytest.mark.parametrize("fuel", FUELS)
def test_fuels_are_those_of_the_guidelines(fuel: str) -> None:
    ncv = FACTORS.choose(fuel, "ncv", year=2024, policy="ipcc2006").factor
    co2 = FACTORS.choose(
        fuel, "emission", gas="CO2", category="manufacturing", year=2024, policy="ipcc2006"
    ).factor
    assert (ncv.value, co2.value) == FUELS[fuel]
    assert (ncv.unit, co2.unit) == ("GJ/t", "kg/TJ")


@pytest.mark.parametrize(("year", "value"), [(2013, None), (2014, 0.6612), (2023, 0.6592)])
def test_a_year_before_on_and_after_the_first_and_last_announced(
    year: int, value: float | None
) -> None:
    if value is None:
        with pytest.raises(NoFactor, match="2013"):
            FACTORS.choose("electricity", "emission", gas="CO2", year=year)
        return
    assert FACTORS.choose("electricity", "emission", gas="CO2", year=year).factor.value == value


@pytest.mark.parametrize("year", [2024, 2025, 2030])
def test_a_later_year_is_refused_and_only_when_allowed_takes_the_last_one(year: int) -> None:
    with pytest.raises(NoFactor, match="2023"):
        FACTORS.choose("electricity", "emission", gas="CO2", year=year)
    allowed = FACTORS.choose("electricity", "emission", gas="CO2", year=year, last_published=True)
    assert allowed.is_last_published
    assert allowed.factor.value == 0.6592


def test_a_year_before_any_is_refused_even_when_the_last_is_allowed() -> None:
    with pytest.raises(NoFactor):
        FACTORS.choose("electricity", "emission", gas="CO2", year=2010, last_published=True)


def test_the_national_list_is_not_older_than_itself() -> None:
    asked = {"gas": "CO2", "category": "manufacturing"}
    before = FACTORS.choose("anthracite", "emission", year=2021, **asked).factor
    after = FACTORS.choose("anthracite", "emission", year=2022, **asked).factor
    assert (before.table, after.table) == ("ipcc2006-stationary", "vn2626")


def test_the_policy_decides_between_verified_rows() -> None:
    def clinker(policy: str) -> float:
        return FACTORS.choose(
            "clinker", "emission", gas="CO2", year=2024, policy=policy
        ).factor.value

    assert (clinker("national"), clinker("ipcc2006")) == (0.525, 0.52)


def test_every_factor_names_its_source_and_its_card() -> None:
    assert [one.id for one in FACTORS.factors if not one.source] == []
    assert {one.table for one in FACTORS.factors} <= FACTORS.cards.keys()
    assert len(FACTORS.by_id) == len(FACTORS.factors)
