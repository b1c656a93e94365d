"""The network simplex method on a transport problem, in integers, compiled.

Each component of the network hangs under a root of its own. A node's slack is an arc to the root
(an offer keeps what nobody takes) or from it (a need stays unserved); together these slacks are
the first spanning tree. A pivot lets the most promising arc of a block in, pushes what it can
around the cycle, and hangs the part that came loose on it. Ties leave in the order that keeps
every empty tree arc pointing to the root (a strongly feasible tree), so it ends.

Source of the method: R. Ahuja, T. Magnanti, J. Orlin, Network Flows, 1993, chapter 11;
W. Cunningham, Math. Program. 11 (1976) 105-116.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_NOWHERE = -1


class Graph(NamedTuple):
    """Arcs from tail to head, ``worth`` a unit each; ``amount`` of each node; integers.

    Nodes and arcs of a component stand together, its root after its nodes. The slacks of its
    nodes come first among its arcs, in the order of the nodes, and are worth nothing.
    """

    amount: Ints
    giver: NDArray[np.bool_]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    worth: Ints


class Tree(NamedTuple):
    """The spanning tree: for each node the arc to its parent, and its price.

    ``arc`` is its number, ``up`` says that it points to the parent, ``flow`` what runs through
    it. ``child``, ``younger`` and ``older`` link a parent to its children in both directions.
    """

    parent: NDArray[np.int32]
    depth: NDArray[np.int32]
    arc: NDArray[np.int64]
    up: NDArray[np.bool_]
    flow: Ints
    price: Ints
    child: NDArray[np.int32]
    younger: NDArray[np.int32]
    older: NDArray[np.int32]


def new_tree(nodes: int) -> Tree:
    """Return room for a tree over *nodes* nodes, roots included."""
    return Tree(
        parent=np.full(nodes, _NOWHERE, np.int32),
        depth=np.zeros(nodes, np.int32),
        arc=np.full(nodes, _NOWHERE, np.int64),
        up=np.zeros(nodes, np.bool_),
        flow=np.zeros(nodes, np.int64),
        price=np.zeros(nodes, np.int64),
        child=np.full(nodes, _NOWHERE, np.int32),
        younger=np.full(nodes, _NOWHERE, np.int32),
        older=np.full(nodes, _NOWHERE, np.int32),
    )


@njit(cache=True, nogil=True)
def solve(  # type: ignore[no-untyped-def]
    graph, tree, stack, first_arc, end_arc, first_node, root, stop
):
    """Solve the component of these arcs and nodes in place; say whether it was finished.

    *stack* is room for the component's nodes; ``stop[0]`` set by anybody ends it early, with a
    feasible flow in the tree.
    """
    for node in range(first_node, root):
        tree.arc[node] = first_arc + node - first_node
        tree.up[node] = graph.giver[node]
        tree.flow[node] = graph.amount[node]
        tree.depth[node] = 1
        _adopt(tree, node, root)
    block = 64 + int(np.sqrt(end_arc - first_arc))
    at = first_arc
    while stop[0] == 0:
        enter, gain, at = _entering(graph, tree.price, first_arc, end_arc, at, block)
        if gain == 0:
            return True
        _pivot(tree, stack, enter, graph.tail[enter], graph.head[enter], gain)
    return False


@njit(cache=True, nogil=True)
def _entering(graph, price, first, end, at, block):  # type: ignore[no-untyped-def]
    """Return the arc that gains most in the next block that has one, and its gain; 0 is none."""
    left = end - first
    best, enter = np.int64(0), first
    while left > 0 and best == 0:
        last = min(at + block, end)
        for arc in range(at, last):
            gain = graph.worth[arc] - price[graph.tail[arc]] + price[graph.head[arc]]
            if gain > best:
                best, enter = gain, arc
        left -= last - at
        at = last if last < end else first
    return enter, best, at


@njit(cache=True, nogil=True)
def _pivot(tree, stack, enter, tail, head, gain):  # type: ignore[no-untyped-def]
    """Push around the cycle the entering arc closes, and hang the loose part on it."""
    u, v = tail, head
    while u != v:  # the apex is where both ways to the root meet
        if tree.depth[u] >= tree.depth[v]:
            u = tree.parent[u]
        else:
            v = tree.parent[v]
    apex = u
    # Flow runs down to the tail and up from the head: arcs the other way give out first.
    pushed, out, on_tail = np.int64(np.iinfo(np.int64).max), -1, True
    u = tail
    while u != apex:
        if tree.up[u] and tree.flow[u] < pushed:
            pushed, out = tree.flow[u], u
        u = tree.parent[u]
    v = head
    while v != apex:
        if not tree.up[v] and tree.flow[v] <= pushed:
            pushed, out, on_tail = tree.flow[v], v, False
        v = tree.parent[v]
    if pushed > 0:
        u = tail
        while u != apex:
            tree.flow[u] += -pushed if tree.up[u] else pushed
            u = tree.parent[u]
        v = head
        while v != apex:
            tree.flow[v] += pushed if tree.up[v] else -pushed
            v = tree.parent[v]
    if on_tail:
        _rehang(tree, tail, head, out, enter, True, pushed)
        _reprice(tree, stack, tail, gain)
    else:
        _rehang(tree, head, tail, out, enter, False, pushed)
        _reprice(tree, stack, head, -gain)


@njit(cache=True, nogil=True)
def _rehang(tree, node, parent, out, arc, up, flow):  # type: ignore[no-untyped-def]
    """Turn the way from *node* up to *out* around, and hang *node* on *parent* by *arc*."""
    while True:
        old = tree.parent[node], tree.arc[node], not tree.up[node], tree.flow[node]
        _disown(tree, node)
        tree.arc[node], tree.up[node], tree.flow[node] = arc, up, flow
        _adopt(tree, node, parent)
        if node == out:
            return
        parent = node
        node, arc, up, flow = old


@njit(cache=True, nogil=True)
def _reprice(tree, stack, top, change):  # type: ignore[no-untyped-def]
    """Add *change* to the prices of everything under *top*, and set the depths anew."""
    stack[0] = top
    size = 1
    while size > 0:
        size -= 1
        node = stack[size]
        tree.price[node] += change
        tree.depth[node] = tree.depth[tree.parent[node]] + 1
        child = tree.child[node]
        while child >= 0:
            stack[size] = child
            size += 1
            child = tree.younger[child]


@njit(cache=True, nogil=True)
def _adopt(tree, node, parent):  # type: ignore[no-untyped-def]
    tree.parent[node] = parent
    sibling = tree.child[parent]
    tree.younger[node], tree.older[node] = sibling, -1
    if sibling >= 0:
        tree.older[sibling] = node
    tree.child[parent] = node


@njit(cache=True, nogil=True)
def _disown(tree, node):  # type: ignore[no-untyped-def]
    younger, older = tree.younger[node], tree.older[node]
    if older >= 0:
        tree.younger[older] = younger
    else:
        tree.child[tree.parent[node]] = younger
    if younger >= 0:
        tree.older[younger] = older
