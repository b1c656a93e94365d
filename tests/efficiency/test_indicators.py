"""The indicators of UNIDO and UNEP: ratios, profile, and what is unknown with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.efficiency.engine.indicators import (
    INDICATORS,
    Performance,
    indicators,
    profile,
)
from sinhthai.foundation.problems import InputError

BASE = Performance(2022, 1000, "t", 500, 1200, 8000, 400, 50, 6000)
NOW = Performance(2024, 1100, "t", 495, 1254, 7920, 352, 66, 5500)


def test_productivities_and_intensities() -> None:
    found = indicators(BASE)
    assert {name: one.value for name, one in found.items()} == {
        "energy_productivity": 2.0,
        "material_productivity": pytest.approx(1 / 1.2),
        "water_productivity": 0.125,
        "carbon_intensity": 0.4,
        "waste_intensity": 0.05,
        "wastewater_intensity": 6.0,
    }
    assert found["energy_productivity"].unit == "t/MWh"
    assert found["wastewater_intensity"].unit == "m**3/t"


def test_profile_is_absolute_and_relative() -> None:
    found = profile(BASE, NOW)
    assert found.output.value == pytest.approx(10)
    assert found.absolute["energy"].value == pytest.approx(-1)
    assert found.relative["energy_productivity"].value == pytest.approx(1.10 / 0.99 * 100 - 100)
    assert found.relative["carbon_intensity"].value == pytest.approx(-20)
    assert found.relative["waste_intensity"].value == pytest.approx(20)


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_the_profile_does_not_know_units(of_output: float, of_flows: float) -> None:
    def scaled(year: Performance) -> Performance:
        flows = ("energy", "materials", "water", "ghg", "waste", "wastewater")
        return replace(
            year,
            output=(year.output or 0) * of_output,
            **{name: getattr(year, name) * of_flows for name in flows},
        )

    plain, other = profile(BASE, NOW), profile(scaled(BASE), scaled(NOW))
    for name in INDICATORS:
        assert other.relative[name].value == pytest.approx(plain.relative[name].value)


def test_energy_without_production_is_unknown_with_its_reason() -> None:
    found = indicators(replace(BASE, output=0.0))
    assert {one.value for one in found.values()} == {None}
    reason = found["energy_productivity"].reason
    assert reason is not None
    assert "the output is zero and there is energy" in reason.en
    assert "sản lượng bằng 0" in reason.vi


@pytest.mark.parametrize(
    ("year", "name", "said"),
    [
        (replace(BASE, output=None), "water_productivity", "output is not reported"),
        (replace(BASE, water=None), "water_productivity", "water not reported"),
        (replace(BASE, water=0.0), "water_productivity", "water is zero"),
        (replace(BASE, output=0.0, waste=0.0), "waste_intensity", "both are zero"),
    ],
)
def test_what_is_missing_is_said_and_not_taken_as_zero(
    year: Performance, name: str, said: str
) -> None:
    found = indicators(year)[name]
    assert found.value is None
    assert found.reason is not None
    assert said in found.reason.en


def test_no_waste_is_an_intensity_of_zero() -> None:
    assert indicators(replace(BASE, waste=0.0))["waste_intensity"].value == 0.0


def test_no_percentage_of_a_base_of_zero_nor_across_units() -> None:
    found = profile(replace(BASE, waste=0.0), NOW)
    assert found.absolute["waste"].reason is not None
    assert "base year is zero" in found.absolute["waste"].reason.en
    pieces = profile(BASE, replace(NOW, unit="piece"))
    assert pieces.output.value is None
    assert pieces.relative["energy_productivity"].value is None
    assert pieces.absolute["energy"].value == pytest.approx(-1)


def test_negative_figures_are_refused() -> None:
    with pytest.raises(InputError) as caught:
        indicators(replace(BASE, energy=-1.0, water=-2.0))
    assert len(caught.value.problems) == 2
