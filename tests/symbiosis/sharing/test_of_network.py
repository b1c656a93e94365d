"""Groups of a park's enterprises: each is worth its own best network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sinhthai.symbiosis.engine.network import (
    Accept,
    Choice,
    Design,
    Link,
    Material,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Treatment,
    solve,
)
from sinhthai.symbiosis.engine.network.workbook import read_park
from sinhthai.symbiosis.engine.sharing import fair_split
from sinhthai.symbiosis.engine.sharing.of_network import NetworkGame, owners_of, restricted

PARK = Path(__file__).parents[3] / "examples" / "park.xlsx"


def small(**changes: object) -> Network:
    """Ash of one plant for two takers, each with a link to build; a sorting unit of a third."""
    made = Network(
        materials=(Material("ash", "t"), Material("fine-ash", "t")),
        sources=(Source("power", "ash", 100.0, disposal=50.0, owner="P"),),
        sinks=(
            Sink("cement", (Accept("fine-ash"),), 60.0, purchase=200.0, owner="C"),
            Sink("bricks", (Accept("ash"),), 80.0, purchase=100.0, owner="B"),
        ),
        modes=(Mode("truck", unit_km=2.0),),
        links=(
            Link("power", "bricks", "truck", distance=10_000.0),
            Link("power", "sorter", "truck", distance=0.0),
            Link("sorter", "cement", "truck", distance=5_000.0, investment=9_000.0),
        ),
        treatments=(
            Treatment(
                "sorter", (Accept("ash"),), (Output("fine-ash"),), 100.0, cost=10.0, owner="T"
            ),
        ),
    )
    return replace(made, **changes)


def value(game: NetworkGame, *names: str) -> float:
    return game.value(sum(1 << game.partners.index(name) for name in names))


def test_groups_are_worth_what_they_can_build() -> None:
    game = NetworkGame(small(), solve)
    assert game.partners == ("P", "C", "B", "T")
    assert value(game, "P") == value(game, "C", "B") == value(game, "P", "C") == 0.0
    assert value(game, "P", "B") == pytest.approx(80 * (50 + 100 - 20))
    everybody = value(game, "P", "C", "B", "T")
    assert everybody == pytest.approx(solve(small()).net)
    assert everybody > value(game, "P", "B")


def test_a_unit_of_nobody_is_open_to_every_group() -> None:
    network = small()
    free = replace(network, treatments=(replace(network.treatments[0], owner=""),))
    game = NetworkGame(free, solve)
    assert game.partners == ("P", "C", "B")
    assert value(game, "P", "C") > 0.0


def test_who_has_no_owner_written_is_its_own() -> None:
    network = small()
    bare = replace(network, sources=(replace(network.sources[0], owner=""),))
    assert owners_of(bare)["power"] == "power"


def test_a_budget_joins_what_is_separate() -> None:
    """Without the money for its link the sorter only saves the disposal: 100 x (50 - 10)."""
    game = NetworkGame(small(budget=1_000.0), solve)
    assert value(game, "P", "C", "T") == pytest.approx(4_000.0)
    assert value(NetworkGame(small(), solve), "P", "C", "T") > 4_000.0
    assert value(game, "P", "B", "C") == pytest.approx(10_400.0)


def test_minimum_quantities_bind_the_park_and_no_group() -> None:
    network = small()
    duty = replace(network, sources=(replace(network.sources[0], at_least=100.0),))
    group = restricted(duty, {"P", "B"}, owners_of(duty))
    assert group.sources[0].at_least == 0.0
    assert NetworkGame(duty, solve).whole().net == pytest.approx(solve(duty).net)


def test_choices_lose_the_members_a_group_has_not() -> None:
    network = small(choices=(Choice("one", ("power>bricks", "sorter")),))
    assert restricted(network, {"P", "B"}, owners_of(network)).choices == ()
    assert len(restricted(network, {"P", "B", "T"}, owners_of(network)).choices) == 1


def test_every_group_solved_whole_says_the_same() -> None:
    """Splitting a group into parts that nothing joins changes no value."""
    network = small()
    game = NetworkGame(network, solve)
    for mask in range(1, 15):
        group = {name for bit, name in enumerate(game.partners) if mask >> bit & 1}
        part = restricted(network, group, owners_of(network))
        alone = max(0.0, solve(part).net) if part.links else 0.0
        assert game.value(mask) == pytest.approx(alone, abs=1e-6)


def test_the_split_gives_out_the_parks_net_benefit() -> None:
    game = NetworkGame(small(), solve)
    split = fair_split(game.game, generator=np.random.default_rng(0))
    assert split.shapley.sum() == pytest.approx(game.whole().net)
    assert split.stable is not None
    assert split.stable.exists
    assert game.unproven == 0
    assert game.solved <= 16  # each network once


def test_a_group_is_never_worth_less_than_one_inside_it() -> None:
    """The solver may find less for more partners: its time may be up before it has found as much."""
    network = small()

    def spoilt(part: Network) -> Design:
        found = solve(part)
        return replace(found, links=(), benefit=0.0, cost=0.0) if len(part.sinks) == 2 else found

    game = NetworkGame(network, spoilt)
    split = fair_split(game.game, generator=np.random.default_rng(0))
    assert game.whole().net == 0.0
    assert split.total == pytest.approx(value(NetworkGame(network, solve), "P", "C", "T"))
    assert game.idle == ("B",)


def test_duties_of_who_is_idle_forbid_to_do_without_them() -> None:
    duty = small()
    bound = replace(duty, sinks=(duty.sinks[0], replace(duty.sinks[1], at_least=10.0)))

    def spoilt(part: Network) -> Design:
        found = solve(part)
        return replace(found, links=(), benefit=0.0, cost=0.0) if len(part.sinks) == 2 else found

    game = NetworkGame(bound, spoilt)
    split = fair_split(game.game, generator=np.random.default_rng(0))
    assert split.total == 0.0
    assert game.idle == ()


def test_a_group_of_the_example_park_with_few_links_is_solved() -> None:
    """One link and two treatment outlets: fewer links than outlets once broke the reduction."""
    game = NetworkGame(read_park(PARK.read_bytes(), PARK.name), lambda part: solve(part, seconds=5))
    assert value(game, "go", "ht") == 0.0
    assert value(game, "dien", "go") > 0.0
