"""From links to routes: what a unit that takes a link costs, saves and becomes on the way."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.network import (
    Link,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Treatment,
    distance_between,
)

Node = Source | Sink | Treatment


@dataclass(frozen=True, slots=True)
class Route:
    """A link resolved: who, how far, and every coefficient of its arc (see ``instance.Arcs``)."""

    number: int  # among the routes found
    link: int
    name: str
    pair: str
    material: str
    origin: int
    receiver: int
    via: int
    delivered: float
    gain: float
    load: float
    saving: float
    expense: float
    co2: float
    fixed: float
    investment: float
    lower: float
    upper: float
    limit: float
    distance: float


def nodes_of(network: Network) -> tuple[Node, ...]:
    """Return sources, sinks and treatment units, in this order."""
    return (*network.sources, *network.sinks, *network.treatments)


def receivers_of(network: Network) -> tuple[Sink | Treatment, ...]:
    """Return sinks and treatment units, numbered as receivers are."""
    return (*network.sinks, *network.treatments)


def routes(network: Network) -> tuple[list[Route], list[Text]]:
    """Return the routes of the links of *network*, and a sentence per link that is too long."""
    book = _Book(network)
    found: list[Route] = []
    notes: list[Text] = []
    for number, link in enumerate(network.links):
        mode = book.modes[link.mode]
        distance = book.distance(link)
        if distance > mode.longest:
            notes.append(
                Text(
                    "Bỏ liên kết {link}: dài {length:.0f} m, mà {mode} chỉ đến {longest:.0f} m.",
                    "Link {link} is left out: {length:.0f} m, and {mode} reaches {longest:.0f} m.",
                ).format(
                    link=label(link),
                    length=distance,
                    longest=mode.longest,
                    mode=mode.name or mode.id,
                )
            )
            continue
        found.append(book.route(len(found), number, link, mode, distance))
    return found, notes


def label(link: Link) -> str:
    """Return the name people know the link by."""
    return link.name or f"{link.tail}>{link.head}"


def candidate_links(network: Network) -> tuple[Link, ...]:
    """Return every link the materials, modes and spots of *network* allow.

    A link joins an offer or an outlet to a receiver that accepts the material, by each mode that
    carries it, up to the mode's longest distance. From a source to a sink the owners must differ:
    what an enterprise does within its own walls is no exchange. Nodes without a spot get no link:
    their distance is unknown.

    >>> from sinhthai.symbiosis.engine.network import Accept, Material, Spot
    >>> park = Network(
    ...     materials=(Material("fly-ash", "t"),),
    ...     sources=(Source("power", "fly-ash", 100.0, spot=Spot(10.60, 106.7)),),
    ...     sinks=(Sink("cement", (Accept("fly-ash"),), 80.0, spot=Spot(10.65, 106.7)),),
    ...     modes=(Mode("truck"), Mode("pipe", longest=3_000.0)),
    ... )
    >>> [(link.tail, link.head, link.mode) for link in candidate_links(park)]
    [('power', 'cement', 'truck')]
    """
    receivers = [node for node in receivers_of(network) if node.spot]
    links = []
    for node in _origins(network):
        if node.spot is None:
            continue
        outlets: tuple[Source | Output, ...] = (
            node.outputs if isinstance(node, Treatment) else (node,)
        )
        for outlet in outlets:
            for receiver in receivers:
                takes = any(accept.material == outlet.material for accept in receiver.accepts)
                same = node.id == receiver.id or _own(node, receiver)
                if not takes or same or receiver.spot is None:
                    continue
                far = distance_between(node.spot, receiver.spot, network.detour)
                material = outlet.material if isinstance(node, Treatment) else ""
                links += [
                    Link(node.id, receiver.id, mode.id, material=material)
                    for mode in network.modes
                    if carries(mode, outlet.material) and far <= mode.longest
                ]
    return tuple(links)


def _origins(network: Network) -> tuple[Source | Treatment, ...]:
    return (*network.sources, *network.treatments)


def _own(node: Node, receiver: Node) -> bool:
    """Say whether an enterprise would be its own partner; feeding a treatment unit is not."""
    direct = isinstance(node, Source) and isinstance(receiver, Sink)
    return direct and node.owner != "" and node.owner == receiver.owner


def carries(mode: Mode, material: str) -> bool:
    """Say whether *mode* may carry *material*."""
    return not mode.materials or material in mode.materials


class _Book:
    """The nodes of a network by their ids."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.modes = {mode.id: mode for mode in network.modes}
        self.sources = {node.id: n for n, node in enumerate(network.sources)}
        self.sinks = {node.id: n for n, node in enumerate(network.sinks)}
        self.units = {node.id: n for n, node in enumerate(network.treatments)}
        self.nodes = {node.id: node for node in nodes_of(network)}
        self.origins = {node.id: node for node in _origins(network)}
        self.receivers = {node.id: node for node in receivers_of(network)}
        self.ratios = {
            node.id: {accept.material: accept.ratio for accept in node.accepts}
            for node in receivers_of(network)
        }
        first = len(network.sources)
        self.outlets: dict[tuple[str, str], int] = {}
        for unit in network.treatments:
            for output in unit.outputs:
                self.outlets[unit.id, output.material] = first
                first += 1

    def distance(self, link: Link) -> float:
        """Return the stated distance, or the one between the spots (by way of ``via``) [m]."""
        if link.distance is not None:
            return link.distance
        stops = [self.nodes[stop].spot for stop in (link.tail, link.via, link.head) if stop]
        known = [spot for spot in stops if spot is not None]
        return sum(
            distance_between(one, other, self.network.detour)
            for one, other in itertools.pairwise(known)
        )

    def route(self, number: int, at: int, link: Link, mode: Mode, distance: float) -> Route:
        tail, head = self.origins[link.tail], self.receivers[link.head]
        km = distance / 1000
        delivered, via, load = (1 - mode.loss_km) ** km, -1, 0.0
        saving = co2 = expense = 0.0
        if isinstance(tail, Source):
            material, available = tail.material, tail.supply
            origin = self.sources[tail.id]
            saving, co2 = tail.disposal, tail.disposal_co2
        else:
            output = _output(tail, link.material)
            material, available = output.material, output.ratio * tail.capacity
            origin = self.outlets[tail.id, material]
        if link.via:
            via = self.units[link.via]
            unit = self.network.treatments[via]
            load = self.ratios[unit.id][material]
            material = unit.outputs[0].material or material
            delivered *= load * unit.outputs[0].ratio
            expense, co2 = load * unit.cost, co2 - load * unit.co2
            available = min(available, unit.capacity / load)
        gain = delivered * self.ratios[head.id][material]
        if isinstance(head, Sink):
            receiver, room = self.sinks[head.id], head.demand
            saving += gain * head.purchase
            co2 += gain * head.purchase_co2
        else:
            receiver, room = len(self.sinks) + self.units[head.id], head.capacity
            load, expense, co2 = gain, gain * head.cost, co2 - gain * head.co2
        return Route(
            number=number,
            link=at,
            name=label(link),
            pair=f"{link.tail}>{link.head}",
            material=material,
            origin=origin,
            receiver=receiver,
            via=via,
            delivered=delivered,
            gain=gain,
            load=load,
            saving=saving,
            expense=expense + mode.unit_km * km + mode.unit + link.unit,
            co2=co2 - mode.co2_km * km - link.co2,
            fixed=mode.fixed + mode.fixed_km * km + link.fixed,
            investment=mode.investment + mode.investment_km * km + link.investment,
            lower=link.at_least,
            upper=min(available, room / gain, mode.capacity, link.at_most),
            limit=min(mode.capacity, link.at_most),
            distance=distance,
        )


def _output(unit: Treatment, material: str) -> Output:
    return next((o for o in unit.outputs if o.material == material), unit.outputs[0])
