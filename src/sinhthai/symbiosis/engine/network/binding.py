"""Which limits hold the network back, and what a little more of each would earn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.highs import Answer
from sinhthai.symbiosis.engine.network.design import Binding
from sinhthai.symbiosis.engine.network.instance import Floats, Instance
from sinhthai.symbiosis.engine.network.links import receivers_of
from sinhthai.symbiosis.engine.network.network import Network
from sinhthai.symbiosis.engine.network.program import Program, build_program
from sinhthai.symbiosis.engine.network.scaled import Linear
from sinhthai.symbiosis.engine.network.slope_scaling import complete

_SUPPLY = Text("Lượng cung của {name}", "Supply of {name}")
_TAKE = Text("Lượng tối thiểu phải lấy từ {name}", "Minimum to take from {name}")
_DEMAND = Text("Nhu cầu của {name}", "Need of {name}")
_BRING = Text("Lượng tối thiểu phải đưa đến {name}", "Minimum to bring to {name}")
_CAPACITY = Text("Công suất của {name}", "Capacity of {name}")
_LEAST = Text("Lượng xử lý tối thiểu của {name}", "Least throughput of {name}")
_LINK = Text("Năng lực vận chuyển của liên kết {name}", "Capacity of link {name}")
_LINK_LEAST = Text("Lượng tối thiểu trên liên kết {name}", "Minimum quantity on link {name}")
_QUALITY = Text("Giới hạn {parameter} của {name}", "{parameter} limit of {name}")
_CO2 = Text("CO2 phải giảm", "CO2 to avoid")


def binding_limits(instance: Instance, flow: Floats) -> tuple[Binding, ...]:
    """Return the limits with a price, dearest first (price times limit).

    The prices are those of the linear programme in which the built links and units stay: they say
    what one unit more earns as long as no other link gets worth building.
    """
    rows = np.flatnonzero(flow > 0)
    if len(rows) == 0:
        return ()
    part = instance.keep(rows)
    program = _priced(part, flow[rows])
    answer = Linear(program).solve()
    if answer.duals is None or answer.reduced is None:
        return ()
    found = [*_rows(part, program, answer), *_links(part, program, answer)]
    return tuple(sorted(found, key=lambda one: -abs(one.price) * max(abs(one.limit), 1.0)))


def _priced(part: Instance, flow: Floats) -> Program:
    """Return the programme of the built arcs, fixed as built, where only real limits remain."""
    program = build_program(part)
    point = complete(part, program, flow)
    built = program.family_at("built")
    row_high = program.row_high.copy()
    row_high[built] = np.inf  # the arc's own bound repeats the supply or the need behind it
    upper = np.where(program.integer, point, np.inf)
    upper[program.cols.x] = part.arcs.limit
    lower = np.where(program.integer, point, program.lower)
    return replace(
        program, row_high=row_high, lower=lower, upper=upper, integer=np.zeros(len(upper), bool)
    )


def _rows(part: Instance, program: Program, answer: Answer) -> list[Binding]:
    assert answer.duals is not None
    network, found = part.network, []
    first = 0
    tiny = 1e-9 * float(np.abs(program.cost).max(initial=1.0))
    for rows in program.families:
        duals = answer.duals[first : first + len(rows)]
        first += len(rows)
        for number in np.flatnonzero(np.abs(duals) > tiny):
            about, price = int(rows.about[number]), -float(duals[number])
            if rows.family == "supply":
                source = network.sources[about]
                unit = _unit(network, source.material)
                words, limit = (_SUPPLY, source.supply) if price > 0 else (_TAKE, source.at_least)
                found.append(
                    Binding(
                        words.format(name=source.name or source.id), limit, unit, price, "supply"
                    )
                )
            elif rows.family == "demand":
                sink = network.sinks[about]
                unit = _unit(network, sink.accepts[0].material)
                words, limit = (_DEMAND, sink.demand) if price > 0 else (_BRING, sink.at_least)
                found.append(
                    Binding(words.format(name=sink.name or sink.id), limit, unit, price, "demand")
                )
            elif rows.family in ("capacity", "least_treated"):
                node = network.treatments[about]
                unit = _unit(network, node.accepts[0].material)
                more = rows.family == "capacity"
                words, limit = (_CAPACITY, node.capacity) if more else (_LEAST, node.at_least)
                found.append(
                    Binding(
                        words.format(name=node.name or node.id), limit, unit, price, rows.family
                    )
                )
            elif rows.family == "quality":
                if part.blends[about].is_limit:
                    found.append(_quality(part, about, price))
            elif rows.family == "co2":
                floor = float(part.floors[about])
                found.append(Binding(_CO2, floor, "t CO2", price, "co2"))
            elif rows.family == "least_carried":
                name, least = part.routes[about].name, float(part.arcs.lower[about])
                found.append(Binding(_LINK_LEAST.format(name=name), least, "", price, "link"))
    return found


def _quality(part: Instance, about: int, price: float) -> Binding:
    """The price is for a limit wider by one, at the quantity that arrives now: stated as such."""
    blend, network = part.blends[about], part.network
    node = receivers_of(network)[blend.receiver]
    limit = next(one for one in node.limits if one.parameter == blend.parameter)
    value = limit.high if blend.sense == "high" else limit.low
    words = _QUALITY.format(parameter=blend.parameter, name=node.name or node.id)
    return Binding(words, float(value or 0.0), "", price, "quality")


def _links(part: Instance, program: Program, answer: Answer) -> list[Binding]:
    assert answer.reduced is not None and answer.values is not None
    found = []
    x = answer.values[program.cols.x]
    price = -answer.reduced[program.cols.x]
    tiny = 1e-9 * float(np.abs(program.cost).max(initial=1.0))
    full = (x >= part.arcs.limit * (1 - 1e-9)) & (price > tiny)
    for row in np.flatnonzero(full):
        route = part.routes[row]
        unit = _unit(part.network, route.material)
        name = _LINK.format(name=route.name)
        found.append(Binding(name, float(part.arcs.limit[row]), unit, float(price[row]), "link"))
    return found


def _unit(network: Network, material: str) -> str:
    return next((m.unit for m in network.materials if m.id == material), "")
