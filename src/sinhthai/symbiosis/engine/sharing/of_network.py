"""What every group of a park's enterprises could earn with the exchanges among themselves.

A group may build the links and treatment units of its members, and those that belong to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sinhthai.symbiosis.engine.sharing.game import Game

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.network.design import Design
    from sinhthai.symbiosis.engine.network.network import Choice, Link, Network

EXACT_ENTERPRISES = 10
"""Up to so many enterprises every group's network is solved (1,023 groups); beyond, sampled."""


@dataclass(slots=True)
class NetworkGame:
    """The game of a park; ``game`` asks for one network a group, and remembers it.

    The investment budget of the park is open to every group. What the network must take or bring
    at least binds the park as a whole, not a group that works by itself. ``solved`` counts the
    networks solved, ``unproven`` those whose time ran out.
    """

    network: Network
    solve: Callable[[Network], Design]
    partners: tuple[str, ...] = field(init=False)
    solved: int = field(init=False, default=0)
    unproven: int = field(init=False, default=0)
    _known: dict[tuple[int, bool], tuple[float, float]] = field(init=False, default_factory=dict)
    _owner: Mapping[str, str] = field(init=False)
    _near: tuple[int, ...] = field(init=False)
    _worth: dict[int, tuple[float, int]] = field(init=False, default_factory=dict)
    _whole: Design | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._owner = owners_of(self.network)
        ends = [one.id for one in self.network.sources]
        ends += [one.id for one in self.network.sinks]
        ends += [unit.id for unit in self.network.treatments if unit.owner]
        self.partners = tuple(dict.fromkeys(self._owner[end] for end in ends))
        number = {partner: bit for bit, partner in enumerate(self.partners)}
        near = [1 << bit for bit in range(len(self.partners))]
        for together in _bound_together(self.network, self._owner):
            mask = sum(1 << number[owner] for owner in together if owner in number)
            for bit in range(len(self.partners)):
                if mask >> bit & 1:
                    near[bit] |= mask
        self._near = tuple(near)

    @property
    def game(self) -> Game:
        """The game, for a split."""
        return Game(self.partners, self.value)

    @property
    def idle(self) -> tuple[str, ...]:
        """Who has no part in the network that is worth most to the park as a whole."""
        everybody = (1 << len(self.partners)) - 1
        best = self._worth.get(everybody, (0.0, everybody))[1]
        return tuple(name for bit, name in enumerate(self.partners) if not best >> bit & 1)

    def value(self, mask: int) -> float:
        """Return what a group earns in its best network [VND a year]."""
        if not mask:
            return 0.0
        if mask not in self._worth:
            everybody = mask == (1 << len(self.partners)) - 1
            own = self.whole().net if everybody else self._alone(mask)
            smaller = [mask ^ 1 << bit for bit in range(len(self.partners)) if mask >> bit & 1]
            known = [self._worth[one] for one in smaller if one in self._worth]
            worth, group = max(known, default=(own, mask))
            if everybody and worth > own * (1 + 1e-9):
                worth = self._with_minimums(group)
            self._worth[mask] = (worth, group) if worth > own * (1 + 1e-9) else (own, mask)
        return self._worth[mask][0]

    def _alone(self, mask: int) -> float:
        """Return the net benefit of the network found for exactly this group."""
        found = [self._of(part, is_free=True) for part in self._parts(mask)]
        budget = self.network.budget
        if budget is None or sum(invested for _, invested in found) <= budget * (1 + 1e-9):
            return sum(net for net, _ in found)
        return self._of(mask, is_free=False)[0]

    def _with_minimums(self, mask: int) -> float:
        """Return what the park earns with this group alone at work, if that does its duties."""
        group = {name for bit, name in enumerate(self.partners) if mask >> bit & 1}
        small = restricted(self.network, group, self._owner, keep_minimums=True)
        wanted = [one.at_least for one in self.network.sources]
        wanted += [one.at_least for one in self.network.sinks]
        kept = [one.at_least for one in small.sources] + [one.at_least for one in small.sinks]
        if sum(kept) < sum(wanted):
            return 0.0
        design = self.solve(small)
        self._count(design)
        return design.net if design.status in ("optimal", "stopped") else 0.0

    def whole(self) -> Design:
        """Return the best network of the park as it is written."""
        if self._whole is None:
            self._whole = self.solve(self.network)
            self._count(self._whole)
        return self._whole

    def _parts(self, mask: int) -> Iterator[int]:
        """Yield the members of a group that some link, unit or choice binds together."""
        while mask:
            part, rest = mask & -mask, 0
            while part != rest:
                rest = part
                for bit in range(len(self.partners)):
                    if rest >> bit & 1:
                        part |= self._near[bit] & mask
            mask &= ~part
            yield part

    def _of(self, mask: int, *, is_free: bool) -> tuple[float, float]:
        key = (mask, is_free)
        if key not in self._known:
            group = {name for bit, name in enumerate(self.partners) if mask >> bit & 1}
            small = restricted(self.network, group, self._owner)
            if is_free:
                small = replace(small, budget=None)
            if small.links:
                design = self.solve(small)
                self._count(design)
                # A group can always do nothing.
                self._known[key] = (design.net, design.investment) if design.net > 0 else (0.0, 0.0)
            else:
                self._known[key] = (0.0, 0.0)
        return self._known[key]

    def _count(self, design: Design) -> None:
        self.solved += 1
        self.unproven += design.status != "optimal"


def owners_of(network: Network) -> dict[str, str]:
    """Return id -> owner of sources, sinks and units; who has no owner written is its own.

    A treatment unit without an owner belongs to nobody (""): every group may build it.
    """
    owner = {source.id: source.owner or source.id for source in network.sources}
    owner |= {sink.id: sink.owner or sink.id for sink in network.sinks}
    return owner | {unit.id: unit.owner for unit in network.treatments}


def restricted(
    network: Network, group: set[str], owner: Mapping[str, str], *, keep_minimums: bool = False
) -> Network:
    """Return what a *group* of owners may build by itself, without minimum quantities."""
    part = 1.0 if keep_minimums else 0.0
    group = group | {""}
    kept = {node for node, who in owner.items() if who in group}
    links = tuple(
        link
        for link in network.links
        if link.tail in kept and link.head in kept and (not link.via or link.via in kept)
    )
    names = {one for link in links for one in (link.name, f"{link.tail}>{link.head}")} | kept
    return replace(
        network,
        sources=tuple(
            replace(one, at_least=part * one.at_least) for one in network.sources if one.id in kept
        ),
        sinks=tuple(
            replace(one, at_least=part * one.at_least) for one in network.sinks if one.id in kept
        ),
        treatments=tuple(unit for unit in network.treatments if unit.id in kept),
        links=links,
        choices=tuple(_choices(network.choices, names)),
    )


def _choices(choices: tuple[Choice, ...], names: set[str]) -> Iterator[Choice]:
    for choice in choices:
        members = tuple(member for member in choice.members if member in names)
        if len(members) > choice.most:
            yield replace(choice, members=members)


def _bound_together(network: Network, owner: Mapping[str, str]) -> Iterator[set[str]]:
    """Yield sets of owners whose exchanges may depend on each other."""
    common: dict[str, set[str]] = {}
    for link in network.links:
        ends = _ends(link)
        yield {owner[end] for end in ends}
        for end in ends:
            if not owner[end]:  # a unit of nobody joins all who can reach it
                common.setdefault(end, set()).update(owner[one] for one in ends)
    yield from common.values()
    for choice in network.choices:
        members = set(choice.members)
        yield {
            owner[end]
            for link in network.links
            for end in _ends(link)
            if members & {link.name, f"{link.tail}>{link.head}", *_ends(link)}
        }


def _ends(link: Link) -> tuple[str, ...]:
    return tuple(end for end in (link.tail, link.head, link.via) if end)
