"""What can be dropped, and what falls apart, without touching the best network."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sinhthai.symbiosis.engine.network.instance import Instance, Rows
from sinhthai.symbiosis.engine.network.levels import at_levels, levels_of
from sinhthai.symbiosis.engine.network.program import Aim


def worth_keeping(instance: Instance, aim: Aim = "cost") -> NDArray[np.bool_]:
    r"""Return the arcs a best network may need; dropping the others leaves the optimum unchanged.

    An arc to a sink is dropped when even full it does not earn what building it costs,

    .. math:: (m_a + c_{o(a)})\, u_a \le f_a,

    with the margin :math:`m_a` and, from an outlet, the disposal :math:`c_o` that passing on saves
    (for CO2 the same with tonnes), and when nobody could need it otherwise: no minimum at either
    end or at the unit passed, no limit it dilutes, no CO2 demanded that it would help to avoid.
    """
    arcs = instance.arcs
    origin_is_source = arcs.origin < instance.n_sources
    outlet = np.where(origin_is_source, 0, arcs.origin - instance.n_sources)
    saved, saved_co2 = (
        np.where(origin_is_source, 0.0, np.append(values, 0.0)[outlet])
        for values in (instance.outlet_disposal, instance.outlet_co2)
    )
    money, co2 = instance.margin() + saved, arcs.co2 + saved_co2
    if aim == "cost":
        poor = money * arcs.upper <= instance.arc_charge()
        needed = np.zeros(len(arcs), bool)
        if len(instance.floors):
            needed = co2 > 0
    else:
        poor, needed = co2 <= 0, np.zeros(len(arcs), bool)
    needed |= arcs.receiver >= instance.n_sinks
    needed |= np.append(instance.take, np.zeros(len(instance.outlet_unit)))[arcs.origin] > 0
    needed |= np.append(instance.bring, instance.capacity)[arcs.receiver] > 0
    needed |= np.append(instance.throughput, 0.0)[arcs.via] > 0
    for blend in at_levels(instance, *levels_of(instance), hopeful=True).blends:
        needed[blend.arc[blend.excess < 0]] = True
    return (needed | ~poor) & (arcs.upper > 0)


def components(instance: Instance) -> list[Rows]:
    """Return the arcs of each part of the network that no constraint ties to another part.

    Parts are joined by shared sources, sinks, treatment units and choices; a budget or a demanded
    amount of CO2 joins everything.
    """
    arcs = instance.arcs
    if len(arcs) == 0:
        return []
    if instance.network.budget is not None or len(instance.floors):
        return [np.arange(len(arcs), dtype=np.int32)]
    n_receivers = instance.n_sinks + len(instance.capacity)
    unit_node = instance.n_sources + instance.n_sinks
    is_source = arcs.origin < instance.n_sources
    outlet = np.where(is_source, 0, arcs.origin - instance.n_sources)
    unit = np.append(instance.outlet_unit, 0)[outlet]
    tail = np.where(is_source, arcs.origin, unit_node + unit)
    head = instance.n_sources + arcs.receiver
    batch = arcs.via >= 0
    one = [tail, tail[batch]]
    other = [head, (unit_node + arcs.via)[batch]]
    for members, units, _ in instance.choices:
        nodes = np.concatenate([tail[members], unit_node + units])
        one.append(nodes[:-1])
        other.append(nodes[1:])
    rows, cols = np.concatenate(one), np.concatenate(other)
    count = instance.n_sources + n_receivers
    graph = sparse.coo_matrix((np.ones(len(rows)), (rows, cols)), shape=(count, count))
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    order = np.argsort(label[tail], kind="stable").astype(np.int32)
    cuts = np.flatnonzero(np.diff(label[tail][order])) + 1
    return list(np.split(order, cuts))
