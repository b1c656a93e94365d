"""Worked examples of inventories, to the digits printed: who printed them is said at each."""

from __future__ import annotations

import pytest

from sinhthai.carbon.engine.inventory import compute
from sinhthai.carbon.engine.methods.residues import decay
from sinhthai.carbon.engine.model import Activity, Line, Settings
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError

FACTORS = load_factors()
MMBTU_TJ = 1.055056e-3


def lines(
    kind: str,
    what: str,
    quantity: float | None,
    unit: str,
    *,
    gwp: str = "AR5",
    policy: str = "national",
    year: int = 2023,
    category: str = "",
    **parameters: float,
) -> dict[str, Line]:
    activity = Activity(
        "plant", year, "1", kind, what, quantity, unit, category=category, parameters=parameters
    )
    settings = Settings(gwp=gwp, policy=policy)
    return {line.gas: line for line in compute([activity], FACTORS, settings).lines}


def kg(*args: object, **more: object) -> dict[str, float]:
    return {gas: line.mass_t * 1000 for gas, line in lines(*args, **more).items()}


def test_ten_terajoules_of_anthracite() -> None:  # Circular 38/2023
    assert lines("stationary", "anthracite", 10, "TJ")["CO2"].mass_t == pytest.approx(983.0)


def test_steam_by_the_erratum_of_circular_38() -> None:
    steam = lines(
        "heat", "steam", 1, "t", category="diesel", enthalpy=2776, efficiency=0.85, ef_co2=74_100
    )
    assert steam["CO2"].mass_t == pytest.approx(0.242002, abs=5e-7)


def test_lpg_and_natural_gas() -> None:  # GHG Protocol
    assert kg("stationary", "lpg", 1, "t")["CO2"] == pytest.approx(2984.63)
    assert kg("stationary", "natural-gas", 1000, "m3")["CO2"] == pytest.approx(1884.96)


@pytest.mark.parametrize(
    ("fuel", "co2"),
    [
        ("anthracite", 2624.61),
        ("bituminous-coal", 2440.68),
        ("sub-bituminous-coal", 1816.29),
        ("lignite", 1201.9),
        ("coke", 3017.4),
        ("petroleum-coke", 3168.75),
        ("diesel", 3186.3),
        ("fuel-oil", 3126.96),
        ("gasoline", 3069.99),
        ("kerosene", 3149.22),
        ("natural-gas", 2692.8),
        ("waste-oil", 2946.66),
        ("wood", 1747.2),
        ("solid-biomass", 1160),
        ("charcoal", 3304),
        ("biogas", 2751.84),
    ],
)
def test_a_tonne_of_each_fuel(fuel: str, co2: float) -> None:  # GHG Protocol
    found = lines("stationary", fuel, 1, "t", policy="ipcc2006")["CO2"]
    assert found.mass_t * 1000 == pytest.approx(co2)
    assert found.is_biogenic == (fuel in {"wood", "solid-biomass", "charcoal", "biogas"})


def test_a_thousand_litres_of_diesel_at_a_density_that_is_stated() -> None:
    found = kg("stationary", "diesel", 1000, "L", density=840)
    assert found == pytest.approx({"CO2": 2676.492, "CH4": 0.10836, "N2O": 0.021672})


def test_steam_bought_from_a_gas_boiler() -> None:  # GE calculator
    found = kg(
        "heat",
        "heat",
        1000,
        "MMBtu",
        category="natural-gas",
        efficiency=0.85,
        ef_co2=53.06 / MMBTU_TJ,
        ef_ch4=1e-3 / MMBTU_TJ,
        ef_n2o=1e-4 / MMBTU_TJ,
    )
    assert found == pytest.approx({"CO2": 62_423.53, "CH4": 1.17647, "N2O": 0.117647}, rel=1e-6)


def test_steam_at_its_suppliers_factors() -> None:
    # The supplier's factors are per heat bought; the example divides by 85 % as well.
    found = kg(
        "heat",
        "heat",
        1000 / 0.85,
        "MMBtu",
        supplier_co2=54 / MMBTU_TJ,
        supplier_ch4=1.1e-3 / MMBTU_TJ,
        supplier_n2o=0.2e-3 / MMBTU_TJ,
    )
    assert found == pytest.approx({"CO2": 63_529.41, "CH4": 1.29412, "N2O": 0.23529}, rel=5e-5)


def test_an_efficiency_that_is_missing_is_eighty_per_cent_and_says_so() -> None:
    stated = {"ef_co2": 75 / MMBTU_TJ, "ef_ch4": 0.0, "ef_n2o": 0.0}
    found = lines("heat", "heat", 1000, "MMBtu", category="fuel-oil", **stated)["CO2"]
    assert found.mass_t * 1000 == pytest.approx(93_750, rel=1e-6)
    assert "80 %" in found.flags[0].en
    stated["ef_co2"] = 74 / MMBTU_TJ
    told = kg("heat", "heat", 1000, "MMBtu", category="diesel", efficiency=0.75, **stated)
    assert told["CO2"] == pytest.approx(98_666.67, rel=1e-6)


def test_refrigerant_refilled_and_screened() -> None:
    assert lines("refrigerant", "hfc-23", 3, "kg", gwp="AR4")["HFC-23"].co2e_t == pytest.approx(
        44.4
    )
    screened = lines(
        "refrigerant",
        "hfc-32",
        None,
        "kg",
        gwp="AR4",
        charge_new=100,
        k=0.01,
        charge=1,
        x=0.005,
        disposed=0.5,
        y=0.8,
        z=0.7,
    )
    assert screened["HFC-32"].co2e_t * 1000 == pytest.approx(759.375)


@pytest.mark.parametrize(
    ("blend", "gwp", "value"),
    [
        ("r-410a", "AR4", 2087.5),
        ("r-410a", "AR5", 1923.5),
        ("r-410a", "AR6", 2255.5),
        ("r-404a", "AR4", 3921.6),
        ("r-404a", "AR5", 3942.8),
        ("r-404a", "AR6", 4728.0),
        ("r-407c", "AR4", 1773.85),
        ("r-407c", "AR5", 1624.21),
        ("r-407c", "AR6", 1907.93),
        ("r-507a", "AR4", 3985),
        ("r-507a", "AR5", 3985),
        ("r-507a", "AR6", 4775),
    ],
)
def test_blends(blend: str, gwp: str, value: float) -> None:
    found = lines("refrigerant", blend, 1000, "kg", gwp=gwp).values()
    assert sum(line.co2e_t for line in found) == pytest.approx(value)


def test_gases_of_the_montreal_protocol_stay_outside_the_total() -> None:
    leak = Activity("p", 2023, "1", "refrigerant", "hcfc-22", 10, "kg")
    found = compute([leak], FACTORS, Settings())
    assert found.lines[0].is_outside
    assert found.lines[0].co2e_t == pytest.approx(17.6)
    assert found.total("p", 2023).co2e_t == 0


def test_wastewater_in_a_deep_lagoon_and_an_overloaded_plant() -> None:  # bonsai_ipcc
    deep = lines("wastewater", "wastewater", 100_000, "m3", category="lagoon-deep", cod=5)["CH4"]
    assert (deep.mass_t, deep.co2e_t) == pytest.approx((100.0, 2800.0))
    over = lines("wastewater", "wastewater", 100_000, "m3", category="aerobic-overloaded", cod=5)[
        "CH4"
    ]
    assert (over.mass_t, over.co2e_t) == pytest.approx((37.5, 1050.0))


def test_a_well_run_aerobic_plant_emits_nothing_whatever_the_list_prints() -> None:
    well = lines("wastewater", "wastewater", 100_000, "m3", category="aerobic", cod=5)["CH4"]
    assert well.mass_t == 0


def test_landfill_over_its_life() -> None:  # bonsai_ipcc
    found = lines("landfill", "waste-food", 1000, "t", category="deep")["CH4"]
    assert found.mass_t == pytest.approx(40.0)


def test_decay_begins_the_year_after_and_loses_nothing() -> None:
    gone = decay([100.0, *[0.0] * 200], 0.4)
    assert gone[0] == 0
    assert sum(gone) == pytest.approx(100.0)


def test_clinker_by_its_lime_and_kiln_dust_once() -> None:  # IPCC
    without = lines("process", "clinker", 1, "t", cao=0.65, ckd=1.0)["CO2"].mass_t
    assert without == pytest.approx(0.51012)
    assert lines("process", "clinker", 1, "t", cao=0.65)["CO2"].mass_t == pytest.approx(0.5203224)
    assert lines("process", "clinker", 1, "t", policy="ipcc2006")["CO2"].mass_t == 0.52
    assert lines("process", "clinker", 1, "t")["CO2"].mass_t == 0.525


def test_a_gigawatt_hour_of_the_grid() -> None:
    assert lines("electricity", "electricity", 1, "GWh")["CO2"].mass_t == pytest.approx(659.2)
    of_2016 = lines("electricity", "electricity", 1, "GWh", year=2016)
    assert of_2016["CO2"].mass_t == pytest.approx(918.5)


@pytest.mark.parametrize(
    ("route", "value"),
    [
        ("coal", 3.2725),
        ("gas", 2.10375),
        ("conventional", 1.694),
        ("excess-air", 1.666),
        ("partial-oxidation", 2.772),
    ],
)
def test_ammonia(route: str, value: float) -> None:
    found = lines("process", f"ammonia-{route}", 1, "t")["CO2"].mass_t
    assert found == pytest.approx(value, abs=5e-4)
    with_urea = lines("process", f"ammonia-{route}", 1, "t", urea_t=1)["CO2"].mass_t
    assert found - with_urea == pytest.approx(44 / 60)


def test_short_tons_of_anthracite_and_cubic_feet_of_gas_at_american_factors() -> None:
    coal = kg(
        "stationary",
        "anthracite",
        541_141.33 / 103.69,
        "MMBtu",
        ef_co2=103.69 / MMBTU_TJ,
        ef_ch4=11e-3 / MMBTU_TJ,
        ef_n2o=1.6e-3 / MMBTU_TJ,
    )
    assert coal["CO2"] == pytest.approx(541_141.33, rel=1e-6)
    assert coal["CH4"] == pytest.approx(57.40008, rel=1e-3)
    assert coal["N2O"] == pytest.approx(8.31885, rel=5e-3)


def test_the_analytic_interval_of_the_fact_sheet() -> None:
    """2,624.61 t +- (5, 3); 659.2 +- (2, 7); 280 +- (30, 50): 3,563.81 +- 6.4220 %."""
    from sinhthai.carbon.engine.columns import Coefficients, sum_lines
    from tests.carbon.three_sources import GROUP, HALF, KEY, KNOWN, QUANTITY

    assert isinstance(KNOWN, Coefficients)
    sums = sum_lines(QUANTITY, KEY, GROUP, HALF, 1, KNOWN)
    assert sums.known[0] == pytest.approx(3563.81)
    assert 100 * sums.half_width[0] / sums.known[0] == pytest.approx(6.4220, abs=5e-5)


def test_monte_carlo_agrees_with_the_fact_sheet() -> None:
    from sinhthai.carbon.engine.montecarlo import simulate
    from tests.carbon.three_sources import GROUP, HALF, KEY, KNOWN, QUANTITY

    drawn = simulate(QUANTITY, KEY, GROUP, HALF, 1, KNOWN, draws=400_000, seed=42)
    assert drawn.mean[0] == pytest.approx(3563.94, rel=5e-4)
    # Between the normal and the lognormal figures printed: only the wide factor is lognormal here.
    assert drawn.percentiles[0] == pytest.approx([3352.0, 3557.2, 3812.7], rel=4e-3)
    assert (drawn.percentiles[0] == drawn.percentiles[1]).all()


def test_mixed_gwp_sets_cannot_happen_and_unknown_fuels_are_proposed() -> None:
    with pytest.raises(InputError, match=r"Did you mean: .*[Dd]iesel|Gas/diesel"):
        lines("stationary", "dầu diezen", 1, "t")
