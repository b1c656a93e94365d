"""Every problem a network can have: found, all at once, with its words, before anything is solved."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.network import (
    Accept,
    Choice,
    Limit,
    Link,
    Network,
    Output,
    Spot,
    check,
    solve,
)
from sinhthai.symbiosis.engine.network.messages import KINDS
from tests.symbiosis.network.parks import example_park


def swap(part: str, id_: str, **changes: object) -> Callable[[Network], Network]:
    """Return the change of one thing of the example park."""

    def change(park: Network) -> Network:
        things = tuple(
            replace(thing, **changes) if thing.id == id_ else thing for thing in getattr(park, part)
        )
        return replace(park, **{part: things})

    return change


def add(part: str, thing: object) -> Callable[[Network], Network]:
    return lambda park: replace(park, **{part: (*getattr(park, part), thing)})


CASES: dict[str, Callable[[Network], Network]] = {
    "duplicate_id": add("sources", example_park().sources[0]),
    "unknown_node": add("links", Link("dien-tro", "nobody", "xe-tai")),
    "unknown_mode": add("links", Link("dien-tro", "gach", "cable-car")),
    "unknown_material": swap("sources", "dien-tro", material="gold"),
    "unknown_member": add("choices", Choice("c", ("nothing",))),
    "self_link": add("links", Link("loc-mang", "loc-mang", "ong-nuoc")),
    "wrong_end": add("links", Link("gach", "dien-tro", "xe-tai")),
    "wrong_material": add("links", Link("dien-thach-cao", "gach", "xe-tai")),
    "wrong_mode": add("links", Link("dien-tro", "gach", "ong-nuoc", name="wet")),
    "wrong_via": add("links", Link("dien-tro", "gach", "xe-tai", via="loc-mang", name="odd")),
    "which_outlet": add("links", Link("tuyen-tro", "xi-mang", "xe-tai", material="gold")),
    "unnamed_outlet": swap("treatments", "tuyen-tro", outputs=(Output(""),)),
    "zero_supply": swap("sources", "dien-tro", supply=0.0),
    "zero_demand": swap("sinks", "gach", demand=0.0),
    "zero_capacity": swap("treatments", "loc-mang", capacity=-1.0),
    "zero_ratio": swap("sinks", "gach", accepts=(Accept("coal-fly-ash", 0.0),)),
    "negative": swap("modes", "xe-tai", fixed=-5.0),
    "not_a_share": swap("modes", "ong-nhiet", loss_km=1.2),
    "minimum_above_maximum": swap("sinks", "gach", at_least=99e3),
    "limits_upside_down": swap("sinks", "gach", limits=(Limit("loi", low=9.0, high=1.0),)),
    "negative_both_ways": lambda park: swap("sources", "dien-tro", disposal=-1.0)(
        swap("sinks", "gach", purchase=-1.0)(park)
    ),
    "other_unit": swap("sinks", "gach", accepts=(Accept("coal-fly-ash"), Accept("hot-water"))),
    "no_distance": swap("sinks", "gach", spot=None),
    "bad_place": swap("sinks", "gach", spot=Spot(106.9, 10.7)),
    "bad_life": lambda park: replace(park, life=0.0),
    "no_links": lambda park: replace(park, links=()),
}


def test_the_example_has_no_problem() -> None:
    assert check(example_park()) == []


@pytest.mark.parametrize("code", KINDS)
def test_each_problem_is_found_and_stops_the_engine(code: str) -> None:
    park = CASES[code](example_park())
    found = [problem for problem in check(park) if problem.code == code]
    assert found
    for problem in found:
        for language in ("vi", "en"):
            sentence = problem.say(language)
            assert "{" not in sentence
            assert "→" in sentence
    with pytest.raises(InputError):
        solve(park)


@pytest.mark.parametrize("spot", [Spot(0.0, 0.0), Spot(10.0, 200.0)])
def test_places_that_cannot_be(spot: Spot) -> None:
    park = swap("sinks", "gach", spot=spot)(example_park())
    assert {problem.code for problem in check(park)} == {"bad_place"}


@pytest.mark.parametrize("value", [math.nan, math.inf, -3.0])
def test_supply_that_is_no_amount(value: float) -> None:
    park = swap("sources", "dien-tro", supply=value)(example_park())
    assert "zero_supply" in {problem.code for problem in check(park)}


def test_all_problems_come_at_once() -> None:
    park = example_park()
    for change in (CASES["zero_demand"], CASES["negative"], CASES["duplicate_id"]):
        park = change(park)
    codes = {problem.code for problem in check(park)}
    assert {"zero_demand", "negative", "duplicate_id"} <= codes


def test_a_sold_by_product_and_a_paid_taker_are_fine_alone() -> None:
    sold = swap("sources", "dien-tro", disposal=-10.0)(example_park())
    assert check(sold) == []


def test_unit_of_another_kind_with_a_ratio_is_fine() -> None:
    accepts = (Accept("coal-fly-ash"), Accept("hot-water", 0.3))
    park = swap("sinks", "gach", accepts=accepts)(example_park())
    assert check(park) == []
