"""Small random parks, and an audit that recomputes a design from the park alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sinhthai.finance.engine.annuity import annuity
from sinhthai.symbiosis.engine.network import (
    Accept,
    Choice,
    Design,
    Limit,
    Link,
    Material,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Treatment,
)


def random_park(seed: int, *, budget: bool = False, minima: bool = False) -> Network:
    """Return a park of ten links: direct ones, ones by way of a unit, and mixed ones."""
    rng = np.random.default_rng(seed)
    sources = tuple(
        Source(
            f"s{k}",
            "raw",
            float(rng.uniform(20, 100)),
            at_least=float(rng.uniform(0, 5)) if minima and rng.random() < 0.3 else 0.0,
            disposal=float(rng.uniform(0, 20)),
            disposal_co2=float(rng.uniform(0, 0.1)),
            qualities={"p": float(rng.uniform(1, 9))},
        )
        for k in range(3)
    )
    sinks = tuple(
        Sink(
            f"k{k}",
            (Accept("raw", float(rng.uniform(0.7, 1.0))), Accept("clean")),
            float(rng.uniform(20, 100)),
            purchase=float(rng.uniform(5, 60)),
            purchase_co2=float(rng.uniform(0, 0.5)),
            limits=(Limit("p", high=float(rng.uniform(3, 8))),) if rng.random() < 0.6 else (),
        )
        for k in range(3)
    )
    unit = Treatment(
        "t", (Accept("raw"),),
        (Output("clean", float(rng.uniform(0.6, 1.0)), disposal=3.0, qualities={"p": 1.0}),),
        capacity=float(rng.uniform(30, 120)), at_least=float(rng.uniform(0, 20)),
        investment=float(rng.uniform(0, 2_000)), fixed=float(rng.uniform(0, 100)),
        cost=float(rng.uniform(0, 5)), co2=0.01,
    )  # fmt: skip
    pairs = [(f"s{i}", f"k{j}") for i in range(3) for j in range(3)]
    direct = [pairs[k] for k in rng.choice(len(pairs), 5, replace=False)]
    links = [
        Link(tail, head, "truck" if rng.random() < 0.7 else "pipe", float(rng.uniform(200, 5_000)),
             at_least=float(rng.uniform(0, 15)) if rng.random() < 0.3 else 0.0)
        for tail, head in direct
    ]  # fmt: skip
    links += [Link(f"s{k}", "t", "truck", float(rng.uniform(200, 3_000))) for k in range(2)]
    links += [Link("t", f"k{k}", "van", float(rng.uniform(200, 3_000))) for k in range(2)]
    links += [Link("s2", "k2", "truck", 900.0, via="t", name="batch")]
    first, second = (f"{tail}>{head}" for tail, head in direct[:2])
    return Network(
        materials=(Material("raw", "t"), Material("clean", "t")),
        sources=sources,
        sinks=sinks,
        modes=(
            Mode("truck", unit_km=2.0, fixed=float(rng.uniform(0, 300)), co2_km=0.0002),
            Mode("van", unit_km=3.0),
            Mode("pipe", "pipe", investment=300.0, investment_km=800.0, loss_km=0.03),
        ),
        links=tuple(links),
        treatments=(unit,),
        choices=(Choice("one", (first, second)),) if rng.random() < 0.5 else (),
        budget=float(rng.uniform(500, 2_500)) if budget else None,
    )


def audit(network: Network, design: Design) -> None:
    """Recompute balances, limits and money of *design* from the park, without the engine's model."""
    sources = {source.id: source for source in network.sources}
    sinks = {sink.id: sink for sink in network.sinks}
    units = {unit.id: unit for unit in network.treatments}
    modes = {mode.id: mode for mode in network.modes}
    by_name = {link.name or f"{link.tail}>{link.head}": link for link in network.links}
    taken, brought, load = dict.fromkeys(sources, 0.0), dict.fromkeys(sinks, 0.0), {}
    treated = dict.fromkeys(units, 0.0)
    outlets = _outlets(network, design)
    fed, passed = dict.fromkeys(units, 0.0), dict.fromkeys(units, 0.0)
    benefit = cost = co2 = investment = 0.0
    for built in design.links:
        link = by_name[built.name]
        mode, km = modes[link.mode], built.distance / 1000
        arriving = built.flow * (1 - mode.loss_km) ** km
        quality = None
        if link.tail in sources:
            source = sources[link.tail]
            taken[source.id] += built.flow
            benefit += built.flow * source.disposal
            co2 += built.flow * source.disposal_co2
            material, quality = source.material, dict(source.qualities)
        else:
            passed[link.tail] += built.flow
            output = next(
                one for one in units[link.tail].outputs if link.material in ("", one.material)
            )
            material = output.material
            quality = outlets[link.tail]
        if link.via:
            unit = units[link.via]
            treated[unit.id] += arriving
            cost += arriving * unit.cost
            co2 -= arriving * unit.co2
            arriving *= unit.outputs[0].ratio
            material, quality = unit.outputs[0].material, _treated(unit, quality)
        if link.head in sinks:
            sink = sinks[link.head]
            ratio = {accept.material: accept.ratio for accept in sink.accepts}[material]
            brought[sink.id] += arriving * ratio
            benefit += arriving * ratio * sink.purchase
            co2 += arriving * ratio * sink.purchase_co2
            _pour(load, sink, arriving, quality)
        else:
            unit = units[link.head]
            fed[unit.id] += arriving
            treated[unit.id] += arriving
            cost += arriving * unit.cost
            co2 -= arriving * unit.co2
            _pour(load, unit, arriving, quality)
        cost += built.flow * (mode.unit_km * km + mode.unit + link.unit)
        co2 -= built.flow * mode.co2_km * km
        cost += mode.fixed + mode.fixed_km * km + link.fixed
        investment += mode.investment + mode.investment_km * km + link.investment
        assert built.flow >= link.at_least - 1e-6
    for name, unit in units.items():
        if treated[name] > 0:
            cost += unit.fixed
            investment += unit.investment
            assert unit.at_least - 1e-6 <= treated[name] <= unit.capacity + 1e-6
        left = unit.outputs[0].ratio * fed[name] - passed[name]
        assert left >= -1e-6, "more leaves a unit than its feed yields"
        cost += max(left, 0.0) * unit.outputs[0].disposal
    for name, source in sources.items():
        assert source.at_least - 1e-6 <= taken[name] <= source.supply + 1e-6
    for name, sink in sinks.items():
        assert sink.at_least - 1e-6 <= brought[name] <= sink.demand + 1e-6
    for (sink, parameter), (amount, quantity, high) in load.items():
        assert amount <= high * quantity * (1 + 1e-6) + 1e-6, f"{parameter} at {sink}"
    chosen = {built.name for built in design.links} | {unit.id for unit in design.units}
    for choice in network.choices:
        assert sum(member in chosen for member in choice.members) <= choice.most
    assert network.budget is None or investment <= network.budget + 1e-6
    cost += investment * annuity(network.rate, network.life)
    assert design.benefit == pytest.approx(benefit, rel=1e-9, abs=1e-6)
    assert design.cost == pytest.approx(cost, rel=1e-6, abs=1e-6)
    assert design.co2 == pytest.approx(co2, rel=1e-9, abs=1e-6)
    assert design.investment == pytest.approx(investment, rel=1e-9, abs=1e-6)


def _pour(load: dict, node: Sink | Treatment, amount: float, quality: dict[str, float]) -> None:
    for limit in node.limits:
        assert limit.high is not None
        at = load.setdefault((node.id, limit.parameter), [0.0, 0.0, limit.high])
        at[0] += amount * quality[limit.parameter]
        at[1] += amount


def _treated(unit: Treatment, inlet: dict[str, float]) -> dict[str, float]:
    output = unit.outputs[0]
    left = {p: (1 - share) * inlet[p] for p, share in output.removal.items() if p in inlet}
    return {**left, **output.qualities}


def _outlets(network: Network, design: Design) -> dict[str, dict[str, float]]:
    """Return what leaves each unit: what it guarantees, else what its feeds make; in rounds."""
    stated = {source.id: dict(source.qualities) for source in network.sources}
    modes = {mode.id: mode for mode in network.modes}
    units = {unit.id: unit for unit in network.treatments}
    leaving = {name: _treated(unit, {}) for name, unit in units.items()}
    for _ in units:
        for name, unit in units.items():
            feeds = [
                (
                    built.flow * (1 - modes[built.mode].loss_km) ** (built.distance / 1000),
                    (stated | leaving)[built.tail],
                )
                for built in design.links
                if built.head == name
            ]
            total = sum(amount for amount, _ in feeds)
            known = set.intersection(*(set(quality) for _, quality in feeds)) if feeds else ()
            mix = {p: sum(amount * q[p] for amount, q in feeds) / total for p in known}
            leaving[name] = _treated(unit, mix)
    return leaving


def mixing_park(seed: int, *, budget: bool = False) -> Network:
    """Return a park of three sources and two units that mix them, guaranteeing little or nothing."""
    rng = np.random.default_rng(seed)
    sources = tuple(
        Source(
            f"s{k}", "raw", float(rng.uniform(20, 80)), disposal=float(rng.uniform(0, 6)),
            qualities={"p": float(rng.uniform(1, 12)), "q": float(rng.uniform(1, 4))},
        )
        for k in range(3)
    )  # fmt: skip
    sinks = tuple(
        Sink(
            f"k{k}", (Accept("clean"), Accept("raw")), float(rng.uniform(30, 90)),
            purchase=float(rng.uniform(5, 30)), limits=(Limit("p", high=float(rng.uniform(1, 5))),),
        )
        for k in range(3)
    )  # fmt: skip
    units = tuple(
        Treatment(
            f"t{k}", (Accept("raw"),),
            (
                Output(
                    "clean", float(rng.uniform(0.7, 1.0)), 1.0,
                    qualities={"q": 1.0} if rng.random() < 0.5 else {},
                    removal={"p": float(rng.uniform(0.2, 0.7)), "q": 0.0},
                ),
            ),
            capacity=float(rng.uniform(60, 160)), investment=float(rng.uniform(0, 600)),
            fixed=float(rng.uniform(0, 60)), cost=float(rng.uniform(0, 3)),
            limits=(Limit("p", high=float(rng.uniform(8, 13))),) if rng.random() < 0.4 else (),
        )
        for k in range(2)
    )  # fmt: skip
    links = [Link(f"s{i}", f"t{t}", "truck", float(rng.uniform(100, 3_000)))
             for i in range(3) for t in range(2) if rng.random() < 0.8]  # fmt: skip
    links += [Link(f"t{t}", f"k{j}", "van", float(rng.uniform(100, 3_000)))
              for t in range(2) for j in range(3) if rng.random() < 0.7]  # fmt: skip
    links += [Link(f"s{i}", f"k{i}", "van", 500.0) for i in range(3) if rng.random() < 0.4]
    return Network(
        materials=(Material("raw", "t"), Material("clean", "t")),
        sources=sources,
        sinks=sinks,
        modes=(
            Mode("truck", unit_km=0.5, fixed=float(rng.uniform(0, 60)), investment=50.0),
            Mode("van", unit_km=0.7),
        ),
        links=tuple(links),
        treatments=units,
        budget=float(rng.uniform(300, 900)) if budget else None,
    )


def without(network: Network, *gone: str) -> Network:
    """Return the park without these sources and sinks, and the links that need them."""
    return replace(
        network,
        sources=tuple(source for source in network.sources if source.id not in gone),
        sinks=tuple(sink for sink in network.sinks if sink.id not in gone),
        links=tuple(
            link for link in network.links if link.tail not in gone and link.head not in gone
        ),
    )
