"""What the engine answers: the network found, what it is worth, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.network.instance import Floats, Instance
from sinhthai.symbiosis.engine.network.program import Program

DesignStatus = Literal["optimal", "stopped", "infeasible", "nothing"]
STATUS_WORDS: dict[str, Text] = {
    "optimal": Text("đã chứng minh là tối ưu", "proven optimal"),
    "stopped": Text(
        "hết thời gian: phương án tốt nhất tìm được, với khoảng cách đến cận đã chứng minh",
        "time is up: the best network found, with its distance to the proven bound",
    ),
    "infeasible": Text("không có phương án nào thỏa mọi yêu cầu", "no network meets every demand"),
    "nothing": Text(
        "hết thời gian mà chưa tìm được phương án nào; chưa kết luận được là không có",
        "time is up and no network was found yet; this does not show that there is none",
    ),
}


@dataclass(frozen=True, slots=True)
class BuiltLink:
    """A link to build. Flows in units leaving a year; money in VND a year.

    ``said`` gives the names people know: of the ids in ``tail``, ``via``, ``head``, ``mode`` and
    ``material``; an id without a name stands for itself.
    """

    name: str
    tail: str
    head: str
    via: str
    mode: str
    material: str
    said: Mapping[str, str]
    unit: str
    distance: float  # m
    flow: float
    delivered: float  # what arrives, in units of the receiver's need
    saving: float
    expense: float
    fixed: float
    investment: float  # VND
    co2: float  # t avoided a year


@dataclass(frozen=True, slots=True)
class BuiltUnit:
    """A treatment unit to build. ``treated`` and ``capacity`` in its units a year."""

    id: str
    name: str
    treated: float
    capacity: float
    fixed: float  # VND a year, without the investment
    investment: float
    left: float  # what leaves its outlets and is not passed on


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that holds the network back; ``price`` is what one unit more of it would earn.

    The price [VND/year per unit] is that of the linear programme with the built links and units
    kept. For the budget it is an average: what the best network of all would earn more, over the
    money it lacks.
    """

    about: Text
    limit: float
    unit: str
    price: float
    kind: str


@dataclass(frozen=True, slots=True)
class Design:
    """The best network found. Money in VND a year, CO2 in t avoided a year.

    ``gap`` is the distance of ``net`` (or of the CO2, where that is the objective) to the proven
    ``bound`` as a share; None when there is no network or no bound. ``payback`` [years] is None
    when nothing is invested or nothing earned.
    """

    objective: str
    status: DesignStatus
    links: tuple[BuiltLink, ...] = ()
    units: tuple[BuiltUnit, ...] = ()
    benefit: float = 0.0
    cost: float = 0.0
    co2: float = 0.0
    investment: float = 0.0
    payback: float | None = None
    bound: float | None = None
    gap: float | None = None
    binding: tuple[Binding, ...] = ()
    why: tuple[Text, ...] = ()  # why there is no network
    notes: tuple[Text, ...] = ()  # links left out, islands
    arcs: int = 0  # candidates
    arcs_kept: int = 0  # after the exact reduction
    parts: int = 0
    solver: str = ""
    flow: Floats = field(default_factory=lambda: np.empty(0), compare=False, repr=False)

    @property
    def net(self) -> float:
        """What the park gains in all [VND/year]."""
        return self.benefit - self.cost

    @property
    def status_text(self) -> Text:
        """The status in words."""
        return STATUS_WORDS[self.status]


def built_links(instance: Instance, flow: Floats) -> tuple[BuiltLink, ...]:
    """Return a row per arc that carries something."""
    network, arcs = instance.network, instance.arcs
    units = {material.id: material.unit for material in network.materials}
    named = {
        thing.id: thing.name
        for things in (
            network.sources,
            network.sinks,
            network.treatments,
            network.materials,
            network.modes,
        )
        for thing in things
        if thing.name
    }
    rows = []
    for row in np.flatnonzero(flow > 0):
        route = instance.routes[row]
        link = network.links[route.link]
        x = float(flow[row])
        material = _material_at_tail(instance, int(arcs.origin[row]))
        rows.append(
            BuiltLink(
                name=route.name,
                tail=link.tail,
                head=link.head,
                via=link.via,
                mode=link.mode,
                material=material,
                said={
                    key: named.get(key, key)
                    for key in (link.tail, link.via, link.head, link.mode, material)
                    if key
                },
                unit=units.get(material, ""),
                distance=float(arcs.distance[row]),
                flow=x,
                delivered=x * float(arcs.gain[row]),
                saving=x * float(arcs.saving[row]),
                expense=x * float(arcs.expense[row]),
                fixed=float(arcs.fixed[row]),
                investment=float(arcs.investment[row]),
                co2=x * float(arcs.co2[row]),
            )
        )
    return tuple(rows)


def built_units(
    instance: Instance, flow: Floats, point: Floats, program: Program
) -> tuple[BuiltUnit, ...]:
    """Return a row per treatment unit that treats something."""
    unit = instance.unit_of_arc()
    treated = np.bincount(
        unit[unit >= 0], (instance.arcs.load * flow)[unit >= 0], len(instance.capacity)
    )
    left = np.bincount(instance.outlet_unit, point[program.cols.r], len(instance.capacity))
    return tuple(
        BuiltUnit(
            id=node.id,
            name=node.name,
            treated=float(treated[number]),
            capacity=node.capacity,
            fixed=node.fixed,
            investment=node.investment,
            left=float(left[number]),
        )
        for number, node in enumerate(instance.network.treatments)
        if treated[number] > 0
    )


def _material_at_tail(instance: Instance, origin: int) -> str:
    sources = instance.network.sources
    if origin < len(sources):
        return sources[origin].material
    outlets = [output for unit in instance.network.treatments for output in unit.outputs]
    return outlets[origin - len(sources)].material
