"""The twelve traps of published factors: each would quietly turn a good inventory into a wrong one."""

from __future__ import annotations

import pytest

from sinhthai.carbon.engine.inventory import compute, counts
from sinhthai.carbon.engine.model import Activity, Line, Settings
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError

FACTORS = load_factors()


def lines(kind: str, what: str, quantity: float, unit: str, **more: object) -> dict[str, Line]:
    policy = more.pop("policy", "national")
    gwp = more.pop("gwp", "AR5")
    year = more.pop("year", 2023)
    activity = Activity("a", year, "1", kind, what, quantity, unit, **more)
    found = compute([activity], FACTORS, Settings(policy=policy, gwp=gwp)).lines
    return {line.gas: line for line in found if counts(line) or line.is_biogenic}


@pytest.mark.parametrize(
    ("fuel", "ch4"), [("anthracite", 10), ("diesel", 3), ("natural-gas", 1), ("wood", 30)]
)
def test_1_methane_of_manufacturing_is_not_that_of_shops(fuel: str, ch4: float) -> None:
    factor = FACTORS.choose(fuel, "emission", gas="CH4", category="manufacturing", year=2023).factor
    assert factor.value == ch4


def test_2_the_density_of_diesel_is_said_and_not_the_heavy_one() -> None:
    found = lines("mobile", "diesel", 1.0, "L")["CO2"]
    assert found.mass_t * 1000 == pytest.approx(0.84 * 43.0 * 74.1 / 1000, rel=1e-9)
    assert 2.645 <= found.mass_t * 1000 <= 2.708
    assert "practice/diesel/density" in found.factors
    stated = lines("mobile", "diesel", 1.0, "L", parameters={"density": 850.0})["CO2"]
    assert stated.mass_t * 1000 == pytest.approx(2.70829, abs=1e-4)


def test_3_a_deep_lagoon_gives_four_times_a_shallow_one() -> None:
    def lagoon(category: str) -> float:
        return lines("wastewater", "wastewater", 1000.0, "m3", category=category,
                     parameters={"cod": 2.0})["CH4"].mass_t  # fmt: skip

    assert lagoon("lagoon-deep") == pytest.approx(4 * lagoon("lagoon-shallow"))
    assert lagoon("lagoon-deep") == pytest.approx(1000 * 2 * 0.25 * 0.8 / 1000)


@pytest.mark.parametrize(
    ("route", "co2"),
    [("ammonia-conventional", 1.694), ("ammonia-excess-air", 1.666), ("ammonia-gas", 2.10375),
     ("ammonia-coal", 3.2725), ("ammonia-partial-oxidation", 2.772)],
)  # fmt: skip
def test_4_ammonia_is_energy_times_carbon_not_energy(route: str, co2: float) -> None:
    assert lines("process", route, 1.0, "t")["CO2"].mass_t == pytest.approx(co2, abs=5e-4)


def test_5_steam_is_divided_by_a_thousand_million_and_efficiency_is_a_share() -> None:
    steam = {"enthalpy": 2776.0, "efficiency": 0.85, "ef_co2": 74_100.0}
    found = lines("heat", "steam", 1.0, "t", scope=2, category="diesel", parameters=steam)
    assert found["CO2"].mass_t == pytest.approx(2776 / 0.85 * 74_100 / 1e9)
    with pytest.raises(InputError, match=r"0\.85"):
        lines("heat", "steam", 1.0, "t", category="diesel", parameters=steam | {"efficiency": 85.0})


def test_6_a_cubic_metre_of_methane_weighs_two_thirds_of_a_kilogram() -> None:
    density = FACTORS.choose("methane", "density", year=2023).factor
    assert (density.value, density.unit) == (0.67, "kg/m**3")


def test_7_a_plant_that_runs_well_is_not_taken_for_an_overloaded_one() -> None:
    def aerobic(category: str, policy: str) -> Line:
        return lines("wastewater", "wastewater", 1e5, "m3", category=category, policy=policy,
                     parameters={"cod": 5.0})["CH4"]  # fmt: skip

    assert aerobic("aerobic", "national").mass_t == 0
    assert aerobic("aerobic-overloaded", "national").mass_t == pytest.approx(37.5)
    assert aerobic("aerobic", "ipcc2019").mass_t == pytest.approx(3.75)
    listed = FACTORS.by_id["vn2626/wastewater/mcf/aerobic"]
    assert (listed.value, listed.verified) == (0.3, False)


def test_8_kiln_dust_is_in_the_clinker_factor_once() -> None:
    plain = lines("process", "clinker", 1.0, "t", policy="ipcc2006")["CO2"].mass_t
    own = lines("process", "clinker", 1.0, "t", parameters={"cao": 0.65})["CO2"].mass_t
    assert plain == pytest.approx(0.52)
    assert own == pytest.approx(0.5203224)


@pytest.mark.parametrize("name", ["AR4", "AR5", "AR6"])
def test_9_one_inventory_carries_one_set_of_potentials(name: str) -> None:
    activities = [
        Activity("a", 2023, "1", "stationary", "anthracite", 1000.0, "t"),
        Activity("a", 2023, "2", "refrigerant", "r-404a", 100.0, "kg"),
    ]
    found = compute(activities, FACTORS, Settings(gwp=name)).lines
    gwp = FACTORS.gwp(name).values
    assert {line.gas: line.co2e_t / line.mass_t for line in found} == pytest.approx(
        {gas: gwp[gas] for gas in ("CO2", "CH4", "N2O", "HFC-125", "HFC-143a", "HFC-134a")}
    )


def test_10_co2_of_biomass_stands_apart_and_its_other_gases_count() -> None:
    activity = Activity("a", 2023, "1", "stationary", "wood", 100.0, "t")
    found = compute([activity], FACTORS, Settings())
    total = found.total("a", 2023, 1)
    assert total.co2e_t == pytest.approx(100 * 15.6 * (30 * 28 + 4 * 265) / 1e6)
    assert [line.is_biogenic for line in found.lines if line.gas == "CO2"] == [True]


def test_11_a_year_without_a_grid_factor_is_never_filled_in_silently() -> None:
    power = Activity("a", 2024, "1", "electricity", "electricity", 1.0, "MWh", scope=2)
    with pytest.raises(InputError, match="2023"):
        compute([power], FACTORS, Settings())
    allowed = compute([power], FACTORS, Settings(last_published=True))
    assert "2023" in allowed.lines[0].flags[0].en


def test_12_what_was_achieved_and_what_could_be_are_told_apart() -> None:
    # Measures of efficiency carry their savings; the factor tables carry none of them.
    assert not {one.quantity for one in FACTORS.factors} & {"saving", "potential", "achieved"}
