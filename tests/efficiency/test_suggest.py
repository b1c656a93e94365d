"""Suggestions: what fits, how much at least and at most, why, and what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sinhthai.efficiency.engine.catalogue import load_catalogue, suits
from sinhthai.efficiency.engine.suggest import Range, Site, Suggestion, suggest
from sinhthai.foundation.problems import InputError

SEAFOOD = Site(
    "10200",
    {"electricity": 4000.0, "anthracite": None, "water": 90_000.0},
    {("electricity", "electricity.lighting"): 200.0, ("anthracite", "fuel.boiler"): 700.0},
    employees=400,
    prices={"electricity": 1.9e6, "anthracite": 5e6, "water": 12_000.0},
    co2_factors={"electricity": 0.6592, "anthracite": 2.6},
)


def of(site: Site) -> dict[str, Suggestion]:
    return {one.measure.id: one for one in suggest(site)}


def test_a_metered_use_gives_amounts_money_and_co2() -> None:
    led = of(SEAFOOD)["led"]
    assert led.basis == "use"
    assert led.savings == {"electricity": Range(80.0, None, 120.0)}
    assert led.value_vnd is not None
    assert led.value_vnd.low == pytest.approx(80 * 1.9e6)
    assert led.co2e_t is not None
    assert led.co2e_t.high == pytest.approx(120 * 0.6592)


def test_fuel_of_a_use_is_the_fuel_burnt_there() -> None:
    economizer = of(SEAFOOD)["economizer"]
    assert economizer.savings == {"anthracite": Range(35.0, None, 70.0)}
    assert economizer.co2e_t is not None
    assert economizer.co2e_t.high == pytest.approx(182.0)


def test_of_a_use_nobody_metered_only_a_ceiling_is_known() -> None:
    drive = of(SEAFOOD)["variable-speed-drive"]
    assert drive.basis == "whole"
    assert drive.savings == {"electricity": Range(None, None, 2000.0)}
    assert any("electricity for pumps and fans" in text.en for text in drive.missing)
    assert any("ceiling" in text.en for text in drive.reasons)


def test_a_carrier_used_but_not_metered_gives_no_amount() -> None:
    bare = replace(SEAFOOD, carriers={"electricity": None}, uses={})
    found = of(bare)["led"]
    assert (found.basis, dict(found.savings), found.value_vnd, found.co2e_t) == (
        "unknown",
        {},
        None,
        None,
    )


def test_what_the_site_does_not_have_is_not_suggested() -> None:
    dry = replace(SEAFOOD, carriers={"electricity": 4000.0}, uses={})
    ids = set(of(dry))
    assert {"economizer", "water-leaks", "steam-traps"}.isdisjoint(ids)
    assert "seafood-cold" in ids
    assert "white-water" not in ids
    assert all(suits(one.measure, "10200") for one in suggest(SEAFOOD))


def test_measures_in_place_are_left_out() -> None:
    assert "led" not in of(replace(SEAFOOD, done=frozenset({"led"})))


def test_moved_load_is_credited_with_no_co2() -> None:
    shift = of(SEAFOOD)["load-shift"]
    assert shift.co2e_t == Range(0.0, 0.0, 0.0)
    assert not shift.savings


def test_a_power_factor_saves_money_but_no_energy() -> None:
    found = of(SEAFOOD)["capacitors"]
    assert not found.savings
    assert found.value_vnd is not None
    assert found.value_vnd.high == pytest.approx(0.1 * 4000 * 1.9e6)
    assert found.co2e_t is None


def test_a_missing_price_or_factor_is_missing_not_zero() -> None:
    poor = of(replace(SEAFOOD, prices={}, co2_factors={}))["led"]
    assert (poor.value_vnd, poor.co2e_t) == (None, None)
    said = [text.en for text in poor.missing]
    assert "the price of electricity" in said
    assert "the emission factor of electricity" in said


def test_metered_ones_come_first_by_value_and_all_only_once() -> None:
    found = suggest(SEAFOOD)
    assert len({one.measure.id for one in found}) == len(found)
    bases = [("use", "whole", "unknown").index(one.basis) for one in found]
    assert bases == sorted(bases)
    values = [one.value_vnd.middle for one in found if one.basis == "use" and one.value_vnd]
    assert values == sorted(values, reverse=True)


def test_a_small_enterprise_sees_the_dear_ones_later() -> None:
    small = suggest(replace(SEAFOOD, employees=60))
    sized = [one for one in small if one.basis == "use"]
    dear = [one.measure.cost_class == "H" for one in sized]
    assert dear == sorted(dear)
    assert any("small enterprise" in text.en for text in sized[-1].reasons)


def test_amounts_scale_with_the_unit_of_the_quantity() -> None:
    double = replace(
        SEAFOOD,
        carriers={name: v and v * 2 for name, v in SEAFOOD.carriers.items()},
        uses={key: value * 2 for key, value in SEAFOOD.uses.items()},
    )
    once, twice = of(SEAFOOD), of(double)
    for id, one in once.items():
        for carrier, saved in one.savings.items():
            assert twice[id].savings[carrier] == saved.times(2.0)


def test_every_suggestion_gives_its_reasons_in_both_languages() -> None:
    for one in suggest(SEAFOOD):
        assert len(one.reasons) >= 2
        assert all(text.vi and text.en for text in (*one.reasons, *one.missing))
        assert one.measure in load_catalogue()


def test_negative_quantities_are_refused_all_at_once() -> None:
    with pytest.raises(InputError) as caught:
        suggest(replace(SEAFOOD, carriers={"electricity": -1.0, "water": -2.0}))
    assert len(caught.value.problems) == 2
