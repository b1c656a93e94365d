"""What the answer says beside the network: why there is none, what binds, that time was up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sinhthai.symbiosis.engine.network import (
    Accept,
    Effort,
    Limit,
    Link,
    Material,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Treatment,
    candidate_links,
    pareto,
    solve,
)
from sinhthai.symbiosis.engine.network.instance import build_instance
from sinhthai.symbiosis.engine.network.quality import qualities_of
from tests.symbiosis.network.parks import dantzig, example_park, infeasible_park
from tests.symbiosis.network.random_parks import audit


def simple(**changes: object) -> Network:
    """Return one source, one sink, one link: 80 t x (50 + 200 - 20) - 1,000 = 17,400 a year."""
    park = Network(
        materials=(Material("ash", "t"),),
        sources=(Source("power", "ash", 100.0, disposal=50.0, qualities={"loi": 4.0}),),
        sinks=(Sink("cement", (Accept("ash"),), 80.0, purchase=200.0),),
        modes=(Mode("truck", unit_km=2.0),),
        links=(Link("power", "cement", "truck", 10_000.0, fixed=1_000.0),),
    )
    return replace(park, **changes)


def said(network: Network) -> str:
    design = solve(network, effort=Effort(seconds=10.0))
    assert design.status == "infeasible"
    assert not design.links
    return " ".join(text.en for text in design.why)


def test_the_network_and_its_money() -> None:
    design = solve(simple())
    assert (design.benefit, design.cost, design.net) == (20_000.0, 2_600.0, 17_400.0)
    assert design.payback is None
    assert design.gap == 0.0


def test_minimum_above_the_supply_is_named_with_its_cause() -> None:
    sink = replace(simple().sinks[0], demand=300.0, at_least=150.0)
    words = said(simple(sinks=(sink,)))
    assert "cement must receive at least 150.0 t/year; at most 100.0" in words
    assert "The supplies do not suffice." in words
    assert "budget" not in words


def test_quality_that_cannot_be_met_is_named() -> None:
    sink = replace(simple().sinks[0], at_least=10.0, limits=(Limit("loi", high=3.0),))
    words = said(simple(sinks=(sink,)))
    assert "at most 0.0 can be brought" in words
    assert "The quality limits do not allow it." in words


def test_a_short_budget_is_named() -> None:
    link = replace(simple().links[0], investment=500.0)
    sink = replace(simple().sinks[0], at_least=10.0)
    words = said(simple(links=(link,), sinks=(sink,), budget=100.0))
    assert "The investment budget does not suffice." in words


def test_a_sink_no_link_reaches_is_named() -> None:
    lonely = Sink("alone", (Accept("ash"),), 5.0, at_least=1.0)
    words = said(simple(sinks=(*simple().sinks, lonely)))
    assert "alone must receive at least 1.0" in words
    assert "No link that may be built leads there." in words


def test_the_infeasible_example_says_why() -> None:
    words = said(infeasible_park())
    assert "Thép Đại Thành – nước làm mát must receive at least 150,000.0 m³/year" in words
    assert "budget" in words


def test_islands_and_lonely_nodes_are_noted() -> None:
    lonely = Sink("alone", (Accept("ash"),), 5.0)
    design = solve(simple(sinks=(*simple().sinks, lonely)))
    assert any("No link that may be built reaches: alone." in note.en for note in design.notes)
    assert any("falls into 4 parts" in note.en for note in solve(example_park()).notes)


def test_a_link_beyond_the_reach_is_left_out_and_said() -> None:
    short = replace(simple().modes[0], longest=5_000.0)
    design = solve(simple(modes=(short,)))
    assert design.links == ()
    assert any("10000 m, and truck reaches 5000 m" in note.en for note in design.notes)


def test_unknown_quality_is_not_taken_for_zero() -> None:
    sink = replace(simple().sinks[0], limits=(Limit("chloride", high=1.0),))
    design = solve(simple(sinks=(sink,)))
    assert design.links == ()
    assert any("chloride is not stated" in note.en for note in design.notes)


def test_binding_limits_carry_what_one_more_earns() -> None:
    design = solve(simple())
    (limit,) = design.binding
    assert limit.about.en == "Need of cement"
    assert limit.price == pytest.approx(230.0)
    more = solve(simple(sinks=(replace(simple().sinks[0], demand=81.0),)))
    assert more.net - design.net == pytest.approx(limit.price)


def test_a_short_budget_says_what_more_would_earn() -> None:
    link = replace(simple().links[0], investment=500.0)
    design = solve(simple(links=(link,), budget=499.0))
    assert design.net == 0.0
    budget = next(one for one in design.binding if one.kind == "budget")
    free = solve(simple(links=(link,)))
    assert budget.price == pytest.approx(free.net)  # one dong is missing
    assert "needs 500 VND" in budget.about.en


def test_minimum_to_bring_has_a_negative_price() -> None:
    prices = {one.about.en: one.price for one in solve(dantzig()).binding}
    assert prices["Minimum to bring to new-york"] == pytest.approx(-0.225)


def test_time_up_still_answers_with_the_gap() -> None:
    rng = np.random.default_rng(3)
    n = 40
    park = Network(
        materials=(Material("m", "t"),),
        sources=tuple(Source(f"s{k}", "m", float(rng.uniform(20, 60))) for k in range(n)),
        sinks=tuple(
            Sink(f"k{k}", (Accept("m"),), float(rng.uniform(20, 60)), purchase=60.0)
            for k in range(n)
        ),
        modes=(Mode("truck", unit_km=1.0),),
        links=tuple(
            Link(f"s{i}", f"k{j}", "truck", float(rng.uniform(0, 9_000)), fixed=float(rng.uniform(500, 1_500)))
            for i in range(n)
            for j in range(n)
        ),
    )  # fmt: skip
    design = solve(park, effort=Effort(seconds=1.5, gap=1e-9))
    assert design.status == "stopped"
    assert "time is up" in design.status_text.en
    assert design.links
    assert design.bound is not None
    assert design.gap is not None
    assert 0 < design.gap < 1
    assert design.gap == pytest.approx((design.bound - design.net) / design.net, rel=1e-6)
    audit(park, design)


def test_a_batch_keeps_its_own_quality_and_a_mixing_unit_has_what_its_feeds_make() -> None:
    unit = Treatment(
        "u", (Accept("w"),), (Output("w2", 0.9, removal={"cod": 0.5}),), capacity=100.0
    )
    park = Network(
        materials=(Material("w", "m**3"), Material("w2", "m**3")),
        sources=(
            Source("a", "w", 50.0, qualities={"cod": 200.0}),
            Source("b", "w", 50.0, qualities={"cod": 60.0, "tds": 5.0}),
        ),
        sinks=(Sink("k", (Accept("w2"),), 90.0, purchase=9.0, limits=(Limit("cod", high=40.0),)),),
        modes=(Mode("pipe", "pipe"),),
        links=(
            Link("a", "u", "pipe", 0.0),
            Link("b", "u", "pipe", 0.0),
            Link("u", "k", "pipe", 0.0),
            Link("b", "k", "pipe", 0.0, via="u", name="batch"),
        ),
        treatments=(unit,),
    )
    instance = build_instance(park)
    bands = qualities_of(park, list(instance.routes)).arriving
    assert bands[2] == {"cod": (30.0, 100.0)}  # mixed: half of 60 to 200; tds is not known of both
    assert bands[3] == {"cod": (30.0, 30.0)}  # its own batch, exactly
    design = solve(park)
    # Batches take all of b, so the mixing unit gives 100: no more than they dilute from 30 to 40.
    flows = {link.name: link.flow for link in design.links}
    assert flows["batch"] == pytest.approx(50.0)
    assert flows["u>k"] * (100 - 40) == pytest.approx(45.0 * (40 - 30))


def test_cleanest_network_is_also_the_cheapest_of_the_cleanest() -> None:
    sink = replace(simple().sinks[0], purchase_co2=0.5)
    twin = Link("power", "cement", "truck", 20_000.0, name="detour")
    design = solve(simple(sinks=(sink,), links=(*simple().links, twin)), objective="co2")
    assert design.co2 == pytest.approx(40.0, rel=1e-4)
    assert [link.name for link in design.links] == ["power>cement"]


def test_front_of_an_infeasible_park_is_one_answer_that_says_why() -> None:
    (design,) = pareto(infeasible_park(), effort=Effort(seconds=10.0)).designs
    assert design.status == "infeasible"
    assert design.why


def test_heat_that_leaves_is_heat_that_arrives_and_heat_lost() -> None:
    park = Network(
        materials=(Material("hot-water", "MWh"),),
        sources=(Source("mill", "hot-water", 1_000.0),),
        sinks=(Sink("dryer", (Accept("hot-water"),), 500.0, purchase=50.0, purchase_co2=0.2),),
        modes=(Mode("pipe", "pipe", loss_km=0.1, investment_km=1_000.0),),
        links=(Link("mill", "dryer", "pipe", 2_000.0),),
    )
    design = solve(park)
    (link,) = design.links
    assert link.delivered == pytest.approx(500.0)
    assert link.flow * 0.9**2 == pytest.approx(link.delivered)
    assert design.benefit == pytest.approx(500.0 * 50.0)
    assert design.co2 == pytest.approx(100.0)
    assert design.payback == pytest.approx(2_000.0 / 25_000.0)


def test_links_are_made_between_neighbours_but_never_within_one_enterprise() -> None:
    pairs = {(link.tail, link.head, link.mode) for link in example_park().links}
    assert ("dien-tro", "gach", "xe-tai") in pairs
    assert ("loc-mang", "tuoi-cay", "ong-nuoc") in pairs  # both of the infrastructure company
    assert ("tp-nuoc", "tuoi-cay", "ong-nuoc") in pairs
    own = replace(
        example_park(),
        sinks=tuple(replace(sink, owner="dien") for sink in example_park().sinks),
    )
    assert not any(
        link.tail.startswith("dien") and link.head == "gach" for link in candidate_links(own)
    )
