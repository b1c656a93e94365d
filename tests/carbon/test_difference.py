"""Why a recalculation differs: the parts add up to the whole, and each cause is told apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinhthai.carbon.engine.difference import Computed, explain
from sinhthai.carbon.engine.inventory import compute, counts
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.factors.loading import load_factors

FACTORS = load_factors()
COAL = Activity("a", 2023, "1", "stationary", "anthracite", 100.0, "t")
POWER = Activity("a", 2023, "2", "electricity", "electricity", 1000.0, "MWh", scope=2)
COOL = Activity("a", 2023, "3", "refrigerant", "r-410a", 10.0, "kg")
WATER = Activity(
    "a", 2023, "4", "wastewater", "wastewater", 5000.0, "m3", category="lagoon-deep",
    parameters={"cod": 3.0, "recovered": 200.0},
)  # fmt: skip
ALL = (COAL, POWER, COOL, WATER)


def computed(*activities, **settings):
    return Computed(activities, compute(activities, FACTORS, Settings(**settings)).lines)


def known(one):
    """Return the known part of scopes 1 and 2 in grams, each line rounded for itself."""
    return sum(
        round((line.co2e_t or 0.0) * 1e6)
        for line in one.lines
        if counts(line) and line.scope in (1, 2)
    )


def causes(found):
    return {change.cause for change in found.changes}


def test_nothing_changed_is_no_difference():
    assert explain(computed(*ALL), computed(*ALL)).changes == ()


def test_what_is_not_summed_tells_of_no_change():
    """A line of scope 3, and CO2 of biomass, weigh nothing however they move."""
    waste = Activity(
        "a", 2023, "5", "landfill", "waste-paper", 10.0, "t", scope=3, category="managed"
    )
    husk = Activity("a", 2023, "6", "stationary", "solid-biomass", 10.0, "t")
    more = [replace(one, quantity=20.0) for one in (waste, husk)]
    found = explain(computed(waste, husk), computed(*more))
    assert {(change.line, change.gas) for change in found.changes} == {("6", "CH4"), ("6", "N2O")}


@pytest.mark.parametrize(
    ("after", "cause"),
    [
        (replace(COAL, quantity=120.0), "quantity"),
        (replace(COAL, quantity=100_000.0, unit="kg"), None),
        (replace(COAL, parameters={"ncv": 25.0}), "method"),
        (replace(COAL, what="bituminous-coal"), "method"),
        (replace(COAL, quantity=3.0, unit="TJ"), "method"),
        (replace(COAL, quantity=None), "untold"),
        (replace(COAL, scope=3), "scope"),
    ],
)
def test_each_cause_is_told_apart(after, cause):
    found = explain(computed(COAL), computed(after))
    assert causes(found) == ({cause} if cause else set())
    assert found.grams == sum(change.grams for change in found.changes)


def test_added_removed_and_now_known_lines():
    assert causes(explain(computed(COAL), computed(COAL, POWER))) == {"added"}
    assert causes(explain(computed(COAL, POWER), computed(COAL))) == {"removed"}
    unknown = replace(POWER, quantity=None)
    found = explain(computed(unknown), computed(POWER))
    assert causes(found) == {"told"}
    assert found.grams == 659_200_000


def test_another_set_of_potentials_moves_every_gas_but_co2():
    found = explain(computed(COAL, COOL), computed(COAL, COOL, gwp="AR6"))
    assert causes(found) == {"gwp"}
    assert {change.gas for change in found.changes} == {"CH4", "N2O", "HFC-32", "HFC-125"}


def test_a_later_factor_is_told_as_a_factor():
    before = computed(POWER)
    line = before.lines[0]
    later = replace(line, slope=0.7, mass_t=700.0, co2e_t=700.0)
    found = explain(before, Computed([replace(POWER, quantity=1000.0)], [later]))
    assert [(change.cause, change.grams) for change in found.changes] == [("factor", 40_800_000)]


def test_an_offset_does_not_move_with_the_quantity():
    """What is recovered stays when more water comes: its part is not scaled."""
    found = explain(computed(WATER), computed(replace(WATER, quantity=6000.0)))
    assert causes(found) == {"quantity"}
    slope = computed(WATER).lines[0].slope
    assert found.grams == pytest.approx(slope * 1000.0 * 28 * 1e6, abs=1)


def test_two_lines_of_one_number_are_refused():
    with pytest.raises(ValueError, match="twice"):
        explain(computed(COAL, replace(COAL, what="diesel")), computed(COAL))


quantities = st.none() | st.floats(0, 1e6)
settings = st.fixed_dictionaries(
    {
        "gwp": st.sampled_from(["AR4", "AR5", "AR6"]),
        "policy": st.sampled_from(["national", "ipcc2006", "ipcc2019"]),
    }
)
drawn = st.lists(st.sampled_from(ALL), unique_by=lambda one: one.line).flatmap(
    lambda chosen: st.tuples(
        *(quantities.map(lambda q, one=one: replace(one, quantity=q)) for one in chosen)
    )
)


@given(drawn, drawn, settings, settings)
def test_the_parts_add_up_to_the_whole_whatever_moved(before, after, old, new):
    was, now = computed(*before, **old), computed(*after, **new)
    found = explain(was, now)
    assert sum(change.grams for change in found.changes) == found.grams
    assert found.grams == known(now) - known(was)
    assert sum(found.by_cause().values()) == found.grams
    back = explain(now, was)
    assert back.grams == -found.grams
