"""The printed examples of other people's engines, in our units; and what holds of every result."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.efficiency.engine import steam
from sinhthai.efficiency.engine.calculators import (
    biogas,
    boilers,
    combustion,
    compressed_air,
    cooling,
    heat_pumps,
    insulation,
    load_shift,
    motors,
    power_factor,
    reuse,
    rinsing,
    solar,
    steam_system,
)
from sinhthai.foundation.problems import InputError

PSI = 0.006894757293168  # MPa
POUND, FOOT, GALLON, INCH = 0.45359237, 0.3048, 3.785411784e-3, 25.4  # kg, m, m**3, mm
BTU = 1.05505585262e-3 / 3600  # MWh
FAHRENHEIT = 5 / 9  # K per degree
WATER = 8.34 * POUND / GALLON / 1000  # t/m**3, as US tip sheets take it


def kelvin(fahrenheit: float) -> float:
    return (fahrenheit - 32) * FAHRENHEIT + 273.15


def test_three_phase_load_and_its_year() -> None:
    power = motors.three_phase_power(800, 40, 0.85)
    assert power == pytest.approx(47.111781, abs=1e-6)
    assert power * 8640 == pytest.approx(407_045.796, abs=1e-3)
    assert power * 8640 * 0.12 == pytest.approx(48_845.4955, abs=1e-4)


def test_capacitors() -> None:
    found = power_factor.correct(87, 100, 0.95)
    assert found.reactive == pytest.approx(49.3052, abs=5e-5)
    assert found.angle == pytest.approx(29.54, abs=5e-3)
    assert found.apparent_after == pytest.approx(91.5789, abs=5e-5)
    assert found.reactive_after == pytest.approx(28.5955, abs=5e-5)
    assert found.capacitors == pytest.approx(20.7097, abs=5e-5)


def test_lower_air_pressure() -> None:
    before = 200 * 8760
    saved = compressed_air.pressure_saving(before, 100 * PSI, 90 * PSI, atmosphere=14.7 * PSI)
    assert before - saved == pytest.approx(1_650_714.7105, abs=1e-4)
    assert (before - saved) * 0.005 == pytest.approx(8_253.5736, abs=5e-5)


def test_air_leak() -> None:
    cubic_foot = FOOT**3
    leak = compressed_air.leak_saving(100 * 60 * cubic_foot, 0.16 / 60 / cubic_foot, 8760)
    assert leak.volume / cubic_foot == pytest.approx(52_560_000, abs=1e-6)
    assert leak.electricity * 1000 == pytest.approx(140_160, abs=1e-6)
    assert leak.electricity * 1000 * 0.12 == pytest.approx(16_819.20, abs=1e-6)


def test_affinity_laws() -> None:
    assert motors.affinity_power(50, 0.8) == pytest.approx(25.6)
    assert motors.affinity_power(40, 0.6) == pytest.approx(8.64)


def test_bare_and_insulated_pipe() -> None:
    iron = insulation.polynomial((0, 2.08333e-9, 3.67044e-19, -5.10833e-2, 79.0))
    wool = insulation.polynomial((1.57526e-12, -2.02822e-9, 8.6328e-7, 0, 0.006729488))
    # The printed case takes the wall thickness off the diameter once.
    pipe = insulation.Pipe(0.025399, 0.025399 - 0.0033782, 422.039, 0.8, iron)
    bare = insulation.pipe_loss(pipe, 299.817, 0.89408)
    kept = insulation.pipe_loss(pipe, 299.817, 0.89408, insulation.Insulation(0.0762, wool, 0.1))
    assert bare.per_metre == pytest.approx(278.8984025, abs=1e-4)
    assert kept.per_metre == pytest.approx(19.3858771, abs=1e-4)
    assert 1 - kept.per_metre / bare.per_metre == pytest.approx(0.93, abs=0.005)
    assert bare.yearly(15.24, 8640, 0.9) * 1e6 == pytest.approx(40_803_938.64, rel=1e-6)


@pytest.mark.parametrize(
    ("load", "hours", "before", "after"),
    [
        (10, 1000, 2_100_000, 1_815_000),
        (5, 2000, 2_400_000, 1_830_000),
        (2, 3000, 1_980_000, 1_125_000),
    ],
)
def test_tower_makeup(load: float, hours: float, before: float, after: float) -> None:
    rule = 500 / 60 * POUND / GALLON / 1000  # t/m**3 behind "500 lb/h per gpm"

    def gallons(drift: float) -> float:
        heat = load * 1e6 * BTU * 1000
        flow = 2500 * 60 * GALLON
        found = cooling.tower_makeup(heat, flow, hours, cycles=3, drift=drift, density=rule)
        return found.total / GALLON

    assert gallons(0.002) == pytest.approx(before, rel=1e-6)
    assert gallons(0.0001) == pytest.approx(after, rel=1e-6)


def test_boiler() -> None:
    found = boilers.boiler_balance(boilers.Boiler(10.864, 5.5766, 0.3631, 0.724, 0.037))
    assert found.fuel * 3.6e6 == pytest.approx(33_344_279.479, abs=1e-2)
    assert found.feedwater == pytest.approx(10.864 + found.blowdown)
    heat_in = found.fuel * 0.724 + found.feed_heat
    assert heat_in == pytest.approx(found.steam_heat + found.blowdown_heat)


def test_failed_steam_trap() -> None:
    tonnes = 75.8 * POUND / 1000 * 8760
    assert tonnes / POUND * 1000 / 1000 * 10 == pytest.approx(6640, abs=0.5)
    through = steam_system.orifice_loss(INCH / 8, (150 + 14.7) * PSI, discharge=0.73)
    assert through * 1000 / POUND == pytest.approx(75.8, abs=0.2)


def test_condensate() -> None:
    found = steam_system.condensate_saving(
        10_000 * POUND / 1000,
        8000,
        condensate=kelvin(180),
        makeup=kelvin(55),
        flash=0.12,
        boiler_efficiency=0.8,
        density=WATER,
    )
    water, fuel = found.water / GALLON * 0.004, found.fuel / BTU / 1e6 * 8
    assert water == pytest.approx(33_765, abs=0.5)
    assert fuel == pytest.approx(88_000, abs=1)
    assert round(water, -1) + round(fuel) == pytest.approx(121_760, abs=10)


def test_fuel_for_a_better_efficiency() -> None:
    saved = combustion.fuel_saving(500_000, 0.782, 0.831)
    assert saved == pytest.approx(29_482, abs=1)
    assert saved * 8 == pytest.approx(235_860, abs=5)


@pytest.mark.parametrize(
    ("excess", "percent"), [(9.5, 80.8), (15, 80.4), (28.1, 79.5), (44.9, 78.2), (81.6, 75.6)]
)
def test_combustion_of_natural_gas(excess: float, percent: float) -> None:
    warmer = 400 * FAHRENHEIT
    assert combustion.natural_gas_efficiency(excess / 100, warmer) == pytest.approx(percent / 100)
    methane = combustion.FuelAnalysis(12.011 / 16.043, 4.032 / 16.043, 55_500)
    own = combustion.stack_loss(methane, excess=excess / 100, flue=293.15 + warmer, air=293.15)
    assert own.efficiency == pytest.approx(percent / 100, abs=0.012)  # another method, same answer


def test_counter_current_rinsing() -> None:
    flows = [rinsing.rinse_flow(1, 270_000, 40, tanks) for tanks in (1, 2, 3)]
    assert flows == pytest.approx([6750, 82.16, 18.90], abs=5e-3)
    assert rinsing.rinse_saving(6750, 1, 2) == pytest.approx(1 - 82.16 / 6750, abs=1e-5)


def test_steam_tables_of_the_release() -> None:
    assert steam.saturated(1.0).steam == pytest.approx(2777.1, abs=0.05)
    for temperature, pressure in ((300, 0.353658941e-2), (500, 2.63889776), (600, 12.3443146)):
        assert steam.saturation_pressure(temperature) == pytest.approx(pressure, rel=1e-8)
        assert steam.saturation_temperature(pressure) == pytest.approx(temperature, rel=1e-8)
    assert steam.water_enthalpy(3, 500) == pytest.approx(975.542239, abs=5e-7)
    assert steam.steam_enthalpy(0.0035, 300) == pytest.approx(2549.91145, abs=5e-6)
    assert steam.steam_enthalpy(0.0035, 700) == pytest.approx(3335.68375, abs=5e-6)


@given(st.floats(0.001, 16.5))
def test_steam_always_holds_more_heat_than_water(pressure: float) -> None:
    state = steam.saturated(pressure)
    assert 0 < state.liquid < state.wet(0.5) < state.steam
    assert steam.saturation_pressure(state.temperature) == pytest.approx(pressure, rel=1e-6)


@pytest.mark.parametrize("pressure", [0, -1, 16.6, 22.1, math.nan])
def test_steam_outside_the_equations_is_refused(pressure: float) -> None:
    with pytest.raises(InputError, match="MPa"):
        steam.saturated(pressure)


def test_a_wet_state_is_not_taken_for_steam_or_water() -> None:
    with pytest.raises(InputError, match="condensed"):
        steam.steam_enthalpy(1.0, 400.0)
    with pytest.raises(InputError, match="boiled"):
        steam.water_enthalpy(0.1, 400.0)


def test_more_insulation_never_loses_more_at_steam_temperatures() -> None:
    pipe = insulation.Pipe(0.1143, 0.1023, 453.15, 0.8, 50.0)
    losses = [
        insulation.pipe_loss(pipe, 303.15, 0.5, insulation.Insulation(mm / 1000, 0.045, 0.1))
        for mm in (10, 25, 50, 75, 100)
    ]
    assert all(thin.per_metre > thick.per_metre for thin, thick in pairwise(losses))
    assert all(303.15 < loss.surface < 453.15 for loss in losses)


@given(
    st.floats(0.01, 1.5),
    st.floats(320, 900),
    st.floats(0, 30),
    st.floats(0.001, 0.3),
    st.floats(0, 1),
)
def test_what_passes_the_insulation_passes_its_surface(
    diameter: float, inside: float, wind: float, thickness: float, emissivity: float
) -> None:
    pipe = insulation.Pipe(diameter, diameter * 0.9, inside, emissivity, 40.0)
    layer = insulation.Insulation(thickness, 0.05, emissivity)
    loss = insulation.pipe_loss(pipe, 300.0, wind, layer)
    outer = diameter + 2 * thickness
    # All that comes through must fall off over wall and layer, from inside to surface.
    fall = (
        loss.per_metre
        / (2 * math.pi)
        * (math.log(1 / 0.9) / 40.0 + math.log(outer / diameter) / 0.05)
    )
    assert inside - fall == pytest.approx(loss.surface, rel=1e-5)
    assert 300.0 < loss.surface < inside


@given(st.floats(1e-3, 1e3), st.floats(0, 5000), st.floats(0.1, 1))
def test_savings_scale_with_the_unit_of_the_quantity(energy: float, k: float, share: float) -> None:
    for saving in (
        lambda one: motors.efficiency_saving(one, share, 1.0),
        lambda one: combustion.fuel_saving(one, share, 1.0),
        lambda one: compressed_air.pressure_saving(one, 0.7, 0.7 * share),
        lambda one: cooling.chiller_saving(one, 2.0, share / 10),
    ):
        assert saving(energy * k) == pytest.approx(k * saving(energy), rel=1e-9, abs=1e-12)
        assert -1e-12 <= saving(energy) <= energy


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0.05, 1))
def test_reused_water_is_balanced(effluent: float, demand: float, recovery: float) -> None:
    found = reuse.reuse(effluent, demand, recovery=recovery, specific_energy=1.0)
    assert found.reused + found.concentrate + found.discharged == pytest.approx(effluent)
    assert found.reused <= min(demand, effluent) * (1 + 1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
def test_solar_power_is_used_sold_or_lost(used: float, sellable: float) -> None:
    roof = solar.solar_roof(500, 1250, used=used, sellable=sellable)
    assert roof.used + roof.sold + roof.lost == pytest.approx(roof.made)
    assert min(roof.used, roof.sold, roof.lost) >= -1e-9


def test_a_drive_can_lose_and_says_so() -> None:
    full = [motors.LoadPoint(6000, 1.0, 50.0)]
    assert motors.drive_saving(full, 50.0, drive_efficiency=0.97).saved < 0
    part = [motors.LoadPoint(6000, 0.6, 50.0)]
    free = motors.drive_saving(part, 50.0, drive_efficiency=1.0)
    assert free.after == pytest.approx(motors.affinity_power(50.0, 0.6) * 6)
    lifted = motors.drive_saving(part, 50.0, drive_efficiency=1.0, static_head=0.5)
    assert free.saved > lifted.saved > 0


def test_heat_pump_keeps_the_first_and_second_law() -> None:
    pump = heat_pumps.heat_pump(900, 3.0, boiler_efficiency=0.9)
    assert pump.electricity + pump.source == pytest.approx(900)
    assert heat_pumps.carnot_cop(363.15, 303.15) == pytest.approx(6.05, abs=5e-3)


def test_moving_load_saves_money_only() -> None:
    found = load_shift.shift_value(1.0, 3398, 1190)
    assert (found.value, found.energy, found.co2e) == (2_208_000, 0, 0)


def test_methane_is_caught_or_escapes() -> None:
    found = biogas.biogas(1000, removal=0.8, capture=0.9)
    assert found.methane + found.escaped == pytest.approx(1000 * 0.8 * 0.25)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: boilers.boiler_balance(boilers.Boiler(10, 1, 0.12, 72.4, 0.037)), "Write 0.724"),
        (lambda: combustion.fuel_saving(-1, 0.7, 0.8), "below 0"),
        (lambda: combustion.natural_gas_efficiency(1.5, 200), "outside the table"),
        (lambda: cooling.tower_makeup(1, 1, 1, cycles=1, drift=0), "More than 1"),
        (lambda: heat_pumps.heat_pump(1, 0.8, boiler_efficiency=0.8), "not above 1"),
        (lambda: rinsing.rinse_flow(1, 10, 20), "thinner"),
        (lambda: compressed_air.pressure_saving(1, 0.6, 0.7), "Swap"),
        (lambda: steam_system.orifice_loss(3, 0.12, discharge=0.7), "absolute"),
        (
            lambda: motors.drive_saving([motors.LoadPoint(9000, 1, 1)], 1, drive_efficiency=1),
            "year",
        ),
        (lambda: motors.motor_size(1000), "largest"),
        (lambda: power_factor.correct(110, 100, 0.95), "exceed"),
        (lambda: solar.self_use([1.0], [1.0, 2.0]), "steps"),
    ],
)
def test_what_cannot_be_is_refused_with_a_cure(call: object, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        call()  # type: ignore[operator]
    assert all(problem.cure.vi and problem.message.vi for problem in caught.value.problems)


def test_all_wrong_figures_are_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        combustion.fuel_saving(-5, 78, 0)
    assert len(caught.value.problems) == 3
