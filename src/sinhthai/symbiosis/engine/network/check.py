"""Does the network contradict itself? Every problem at once, each with its place and cure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Generator, Iterator

import numpy as np
from scipy import sparse

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.instance import Instance
from sinhthai.symbiosis.engine.network.links import Node, carries, label, nodes_of, receivers_of
from sinhthai.symbiosis.engine.network.messages import problem
from sinhthai.symbiosis.engine.network.network import (
    Choice,
    Link,
    Material,
    Mode,
    Network,
    Sink,
    Source,
    Treatment,
)

Where = Callable[[str, str], Place]  # (id of the thing, field) -> where it was written


def nowhere(_id: str, _field: str) -> Place:
    """Return no place: the network did not come from a file."""
    return Place()


def check(network: Network, where: Where = nowhere) -> list[Problem]:
    """Return every problem of *network*; *where* tells the cell a field was read from.

    >>> ash = Material("fly-ash", "t")
    >>> [one.code for one in check(Network((ash,), (Source("power", "ash", 9.0),), (), ()))]
    ['unknown_material', 'no_links']
    """
    found = [*_names(network, where), *_nodes(network, where), *_rest(network, where)]
    if not found or not any(one.code.startswith("unknown") for one in found):
        found += _links(network, where)
    return found


def _names(network: Network, where: Where) -> Iterator[Problem]:
    nodes = nodes_of(network)
    groups: tuple[tuple[Node | Material | Mode | Choice, ...], ...] = (
        nodes, network.materials, network.modes, network.choices,
    )  # fmt: skip
    for group in groups:
        for name, times in Counter(one.id for one in group).items():
            if times > 1:
                yield problem("duplicate_id", where(name, "id"), id=name)
    names = Counter(link.name for link in network.links if link.name)
    for name, times in names.items():
        if times > 1:
            yield problem("duplicate_id", where(name, "id"), id=name)
    known, modes = {one.id for one in nodes}, {mode.id for mode in network.modes}
    materials = {material.id for material in network.materials}
    for link in network.links:
        for field in ("tail", "head", "via"):
            end = getattr(link, field)
            if end not in known and (end or field != "via"):
                yield problem("unknown_node", where(label(link), field), id=end)
        if link.mode not in modes:
            yield problem("unknown_mode", where(label(link), "mode"), id=link.mode)
    for owner, field, material in _mentioned(network):
        if material not in materials:
            yield problem("unknown_material", where(owner, field), id=material)
    members = {label(link) for link in network.links} | {one.id for one in network.treatments}
    members |= {f"{link.tail}>{link.head}" for link in network.links}
    for choice in network.choices:
        for member in choice.members:
            if member not in members:
                yield problem("unknown_member", where(choice.id, "members"), id=member)


def _mentioned(network: Network) -> Iterator[tuple[str, str, str]]:
    for source in network.sources:
        yield source.id, "material", source.material
    for receiver in receivers_of(network):
        for accept in receiver.accepts:
            yield receiver.id, "accepts", accept.material
    for unit in network.treatments:
        for output in unit.outputs:
            if output.material:
                yield unit.id, "outputs", output.material
    for mode in network.modes:
        for material in mode.materials:
            yield mode.id, "materials", material


def _nodes(network: Network, where: Where) -> Iterator[Problem]:
    units = {material.id: material.unit for material in network.materials}
    for node in nodes_of(network):
        kind, field, most = _most(node)
        if not (math.isfinite(most) and most > 0):
            yield problem(kind, where(node.id, field), id=node.id)
        elif node.at_least > most:
            yield problem("minimum_above_maximum", where(node.id, "at_least"), id=node.id)
        if not node.at_least >= 0:
            yield problem("negative", where(node.id, "at_least"), id=node.id, field="at_least")
        if node.spot is not None and not _plausible(node.spot.lat, node.spot.lon):
            at = where(node.id, "spot")
            yield problem("bad_place", at, id=node.id, lat=node.spot.lat, lon=node.spot.lon)
        if isinstance(node, Source):
            continue
        for limit in node.limits:
            if limit.low is not None and limit.high is not None and limit.low > limit.high:
                at = where(node.id, limit.parameter)
                yield problem("limits_upside_down", at, id=node.id, parameter=limit.parameter)
        first = node.accepts[0] if node.accepts else None
        for accept in node.accepts:
            if not accept.ratio > 0:
                yield problem("zero_ratio", where(node.id, "accepts"), id=node.id)
            if (
                first
                and accept.ratio == 1
                and units.get(accept.material) != units.get(first.material)
            ):
                yield problem(
                    "other_unit", where(node.id, "accepts"), id=node.id,
                    one=first.material, one_unit=units.get(first.material),
                    other=accept.material, other_unit=units.get(accept.material),
                )  # fmt: skip
        if isinstance(node, Treatment):
            yield from _treatment(network, node, where)


def _treatment(network: Network, unit: Treatment, where: Where) -> Iterator[Problem]:
    for field in ("investment", "fixed"):
        if not getattr(unit, field) >= 0:
            yield problem("negative", where(unit.id, field), id=unit.id, field=field)
    for output in unit.outputs:
        if not output.ratio > 0:
            yield problem("zero_ratio", where(unit.id, "outputs"), id=unit.id)
    mixes = any(link.head == unit.id for link in network.links)
    if mixes and any(not output.material for output in unit.outputs):
        yield problem("unnamed_outlet", where(unit.id, "outputs"), id=unit.id)


def _rest(network: Network, where: Where) -> Iterator[Problem]:
    for mode in network.modes:
        for field in ("fixed", "fixed_km", "investment", "investment_km", "co2_km"):
            if not getattr(mode, field) >= 0:
                yield problem("negative", where(mode.id, field), id=mode.id, field=field)
        if not 0 <= mode.loss_km < 1:
            yield problem("not_a_share", where(mode.id, "loss_km"), id=mode.id, field="loss_km")
    if not (network.budget is None or network.budget >= 0):
        yield problem("negative", where("network", "budget"), id="network", field="budget")
    if not network.life > 0:
        yield problem("bad_life", where("network", "life"))
    if not network.rate >= 0:
        yield problem("negative", where("network", "rate"), id="network", field="rate")
    if not network.links:
        yield problem("no_links", where("network", "links"))


def _links(network: Network, where: Where) -> Iterator[Problem]:
    nodes: dict[str, Node] = {node.id: node for node in nodes_of(network)}
    modes = {mode.id: mode for mode in network.modes}
    taken = {
        node.id: {accept.material for accept in node.accepts} for node in receivers_of(network)
    }
    for link in network.links:
        name, tail, head = label(link), nodes[link.tail], nodes[link.head]
        if tail is head:
            yield problem("self_link", where(name, "head"), id=link.tail)
            continue
        if isinstance(tail, Sink) or isinstance(head, Source):
            yield problem("wrong_end", where(name, "tail"), tail=link.tail, head=link.head)
            continue
        for field in ("fixed", "investment", "at_least", "at_most", "distance"):
            value = getattr(link, field)
            if value is not None and not value >= 0:
                yield problem("negative", where(name, field), id=name, field=field)
        if link.at_least > link.at_most:
            yield problem("minimum_above_maximum", where(name, "at_least"), id=name)
        if link.distance is None:
            for stop in (link.tail, link.via, link.head):
                if stop and stop != link.via and nodes[stop].spot is None:
                    yield problem("no_distance", where(name, "distance"), link=name, id=stop)
        material = yield from _material(link, tail, where)
        if material is None:
            continue
        if not carries(modes[link.mode], material):
            yield problem("wrong_mode", where(name, "mode"), mode=link.mode, material=material)
        if link.via:
            unit = nodes[link.via]
            passes = isinstance(unit, Treatment) and len(unit.outputs) == 1
            ends = isinstance(tail, Source) and isinstance(head, Sink)
            if not (passes and ends and material in taken.get(link.via, ())):
                yield problem("wrong_via", where(name, "via"), link=name, id=link.via)
                continue
            assert isinstance(unit, Treatment)
            material = unit.outputs[0].material or material
        if material not in taken[head.id]:
            yield problem(
                "wrong_material", where(name, "head"), tail=link.tail, head=link.head,
                material=material,
            )  # fmt: skip
        if (
            isinstance(tail, Source)
            and isinstance(head, Sink)
            and tail.disposal < 0 > head.purchase
        ):
            yield problem("negative_both_ways", where(name, "tail"), tail=link.tail, head=link.head)


def _material(
    link: Link, tail: Source | Treatment, where: Where
) -> Generator[Problem, None, str | None]:
    """Return (after its problem, if any) the material the link takes; None: not said which."""
    if isinstance(tail, Source):
        return tail.material
    outlets = [output.material for output in tail.outputs]
    if link.material in outlets:
        return link.material
    if link.material or len(outlets) != 1:
        yield problem("which_outlet", where(label(link), "material"), id=tail.id)
        return None
    return outlets[0]


def _most(node: Node) -> tuple[str, str, float]:
    if isinstance(node, Source):
        return "zero_supply", "supply", node.supply
    if isinstance(node, Sink):
        return "zero_demand", "demand", node.demand
    return "zero_capacity", "capacity", node.capacity


def _plausible(lat: float, lon: float) -> bool:
    inside = abs(lat) <= 90 and abs(lon) <= 180
    return inside and not (abs(lat) < 1e-9 and abs(lon) < 1e-9)


def islands(instance: Instance) -> tuple[Text, ...]:
    """Return sentences: who has no candidate link at all, and the parts the park falls into."""
    network, arcs = instance.network, instance.arcs
    names = [n.name or n.id for n in nodes_of(network)]
    sources, sinks = len(network.sources), len(network.sinks)
    outlet = np.where(arcs.origin < sources, 0, arcs.origin - sources)
    unit = np.append(instance.outlet_unit, 0)[outlet]
    tail = np.where(arcs.origin < sources, arcs.origin, sources + sinks + unit)
    batch = arcs.via >= 0
    rows = np.concatenate([tail, tail[batch]])
    cols = np.concatenate([sources + arcs.receiver, (sources + sinks + arcs.via)[batch]])
    graph = sparse.coo_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(names), len(names)))
    count, part = sparse.csgraph.connected_components(graph, directed=False)
    if count <= 1:
        return ()
    sizes = np.bincount(part)
    alone = [names[node] for node in np.flatnonzero(sizes[part] == 1)]
    parts = [
        ", ".join(names[node] for node in np.flatnonzero(part == number))
        for number in np.argsort(-sizes, kind="stable")
        if sizes[number] > 1
    ]
    notes = []
    if alone:
        words = Text(
            "Không có liên kết nào có thể lập đến: {names}.",
            "No link that may be built reaches: {names}.",
        )
        notes.append(words.format(names=", ".join(alone)))
    if len(parts) > 1:
        words = Text(
            "Khu tách thành {count} phần không có liên kết với nhau: ({parts}).",
            "The park falls into {count} parts without a link between them: ({parts}).",
        )
        notes.append(words.format(count=len(parts), parts="); (".join(parts)))
    return tuple(notes)
