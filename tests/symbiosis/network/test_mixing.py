"""Units that mix their feeds: what leaves them is what the feeds chosen make."""

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
    pareto,
    solve,
)
from tests.symbiosis.network.parks import example_park
from tests.symbiosis.network.random_parks import audit, mixing_park, without

EXACT = Effort(seconds=20.0, gap=1e-4)  # ends at the gap, on a busy machine too


def pooling(*, second: float = 16.0, need: float = 100.0) -> Network:
    """Return Haverly's problem (1978, SIGMAP Bulletin 25): two crudes share a tank, one does not."""
    links = (("a", "tank"), ("b", "tank"), ("c", "x"), ("c", "y"), ("tank", "x"), ("tank", "y"))
    return Network(
        materials=(Material("crude", "t"),),
        sources=(
            Source("a", "crude", 800.0, disposal=-6.0, qualities={"sulphur": 3.0}),
            Source("b", "crude", 800.0, disposal=-second, qualities={"sulphur": 1.0}),
            Source("c", "crude", 800.0, disposal=-10.0, qualities={"sulphur": 2.0}),
        ),
        sinks=(
            Sink("x", (Accept("crude"),), need, purchase=9.0, limits=(Limit("sulphur", high=2.5),)),
            Sink("y", (Accept("crude"),), 200.0, purchase=15.0, limits=(Limit("sulphur", high=1.5),)),
        ),
        modes=(Mode("pipe", "pipe"),),
        links=tuple(Link(tail, head, "pipe", 0.0) for tail, head in links),
        treatments=(
            Treatment("tank", (Accept("crude"),), (Output("crude", removal={"sulphur": 0.0}),), 900.0),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("park", "published"),
    [
        pytest.param(pooling(), 400.0, id="Haverly 1"),
        pytest.param(pooling(need=600.0), 600.0, id="Haverly 2"),
        pytest.param(pooling(second=13.0), 750.0, id="Haverly 3"),
    ],
)
def test_pooling_problems_reach_their_published_optimum(park: Network, published: float) -> None:
    design = solve(park, effort=EXACT)
    assert design.status == "optimal"
    assert design.net == pytest.approx(published, rel=1e-4)
    assert design.bound == pytest.approx(published, rel=1e-4)
    audit(park, design)


def test_a_lower_limit_on_the_mix_is_kept_too() -> None:
    """The same with the mirrored content: 5 less the sulphur, at least instead of at most."""
    park = pooling()
    park = replace(
        park,
        sources=tuple(
            replace(s, qualities={"purity": 5.0 - s.qualities["sulphur"]}) for s in park.sources
        ),
        sinks=tuple(
            replace(s, limits=(Limit("purity", low=5.0 - (s.limits[0].high or 0.0)),))
            for s in park.sinks
        ),
        treatments=(
            replace(park.treatments[0], outputs=(Output("crude", removal={"purity": 0.0}),)),
        ),
    )
    assert solve(park, effort=EXACT).net == pytest.approx(400.0, rel=1e-4)


@pytest.mark.parametrize("removed", ["dien", "det", "tp", "gach", "thep", "go"])
def test_the_example_park_earns_no_more_without_one_of_its_enterprises(removed: str) -> None:
    park = example_park()
    everybody = solve(park)
    assert everybody.status == "optimal"
    audit(park, everybody)
    gone = [node.id for node in (*park.sources, *park.sinks) if node.owner == removed]
    assert solve(without(park, *gone)).net <= everybody.net * (1 + 1e-4)


@pytest.mark.parametrize("seed", range(8))
def test_one_enterprise_more_never_makes_the_best_network_worse(seed: int) -> None:
    park = mixing_park(seed, budget=seed % 2 == 1)
    everybody = solve(park, effort=EXACT)
    assert everybody.bound is not None
    audit(park, everybody)
    for source in park.sources:
        less = solve(without(park, source.id), effort=EXACT)
        assert less.net <= everybody.bound * (1 + 1e-9) + 1e-6
        if everybody.status == "optimal":
            assert less.net <= everybody.net * (1 + 1e-4) + 1e-6


def test_the_random_parks_mix() -> None:
    """In most of the parks above some unit is fed by two sources of different content."""
    mixed = 0
    for seed in range(8):
        links = solve(mixing_park(seed, budget=seed % 2 == 1), effort=EXACT).links
        mixed += any(sum(link.head == unit for link in links) > 1 for unit in ("t0", "t1"))
    assert mixed >= 3


@pytest.mark.parametrize("seed", range(6))
def test_every_split_of_two_feeds_says_the_same(seed: int) -> None:
    rng = np.random.default_rng(seed)
    dirty, clean, fresh = rng.uniform(120, 200), rng.uniform(20, 80), rng.uniform(5, 30)
    saved, paid, cost = rng.uniform(1, 9), rng.uniform(5, 20), rng.uniform(0, 3)
    fixed, limit, need, removal = rng.uniform(0, 100), rng.uniform(35, 60), 90.0, 0.4
    park = Network(
        materials=(Material("w", "m**3"),),
        sources=(
            Source("a", "w", 60.0, disposal=saved, qualities={"cod": dirty}),
            Source("b", "w", 40.0, disposal=1.0, qualities={"cod": clean}),
            Source("c", "w", 20.0, disposal=-8.0, qualities={"cod": fresh}),
        ),
        sinks=(Sink("k", (Accept("w"),), need, purchase=paid, limits=(Limit("cod", high=limit),)),),
        modes=(Mode("pipe", "pipe"),),
        links=(
            Link("a", "u", "pipe", 0.0, fixed=fixed),
            Link("b", "u", "pipe", 0.0),
            Link("u", "k", "pipe", 0.0),
            Link("c", "k", "pipe", 0.0),
        ),
        treatments=(
            Treatment(
                "u", (Accept("w"),), (Output("w", 0.9, 2.0, removal={"cod": removal}),), 80.0,
                cost=cost,
            ),
        ),
    )  # fmt: skip
    a, b, c = np.meshgrid(*(np.linspace(0, most, 101) for most in (60.0, 40.0, 20.0)))
    fed = a + b
    outlet = (1 - removal) * (a * dirty + b * clean) / np.maximum(fed, 1e-12)
    room = np.where(outlet > limit, c * (limit - fresh) / np.maximum(outlet - limit, 1e-12), np.inf)
    sold = np.minimum(np.minimum(0.9 * fed, need - c), room)
    earned = saved * a + b - 8 * c + paid * (sold + c) - cost * fed - 2.0 * (0.9 * fed - sold)
    earned = np.where((fed <= 80) & (sold >= 0), earned - fixed * (a > 0), -np.inf)
    design = solve(park, effort=EXACT)
    assert design.status == "optimal"
    assert design.net >= earned.max() * (1 - 1e-4)
    assert design.net == pytest.approx(earned.max(), rel=0.02)
    audit(park, design)


def test_units_in_a_row_keep_the_limits_and_the_bound_holds() -> None:
    """Two tanks one after the other are one tank, harder to prove: no word of it that is not."""
    park = pooling()
    tank = park.treatments[0]
    moved = [replace(link, tail="last") if link.tail == "tank" else link for link in park.links]
    row = replace(
        park,
        treatments=(tank, replace(tank, id="last")),
        links=(*moved, Link("tank", "last", "pipe", 0.0)),
    )
    design = solve(row, effort=EXACT)
    assert design.bound is not None
    assert design.net <= 400.0 * (1 + 1e-4) <= design.bound * (1 + 2e-4)
    assert design.status == "stopped" or design.net == pytest.approx(400.0, rel=1e-4)
    audit(row, design)


def test_time_up_leaves_a_network_that_keeps_its_limits_and_a_bound_that_holds() -> None:
    park = mixing_park(3)
    best = solve(park, effort=EXACT)
    hasty = solve(park, effort=Effort(seconds=0.01, gap=1e-12))
    assert hasty.bound is not None
    assert hasty.net <= best.net * (1 + 1e-6)
    assert hasty.bound >= best.net * (1 - 1e-6)
    audit(park, hasty)


def test_a_minimum_only_the_mix_can_meet_is_met_and_one_beyond_it_is_named() -> None:
    park = pooling()
    y = replace(park.sinks[1], at_least=200.0)
    assert solve(replace(park, sinks=(park.sinks[0], y))).net == pytest.approx(400.0, rel=1e-3)
    strict = replace(y, limits=(Limit("sulphur", high=0.5),))
    design = solve(replace(park, sinks=(park.sinks[0], strict)))
    assert design.status == "infeasible"
    assert any("y must receive at least 200.0" in sentence.en for sentence in design.why)


def test_the_front_mixes_as_well() -> None:
    park = pooling()
    clean = replace(park.sinks[0], purchase_co2=1.0)
    front = pareto(replace(park, sinks=(clean, park.sinks[1])), points=3, effort=EXACT).designs
    assert front[0].net == pytest.approx(400.0, rel=1e-4)
    assert front[-1].co2 == pytest.approx(100.0, rel=3e-4)
