"""The fair split of several agreements at once, when what they bring simply adds up.

Each agreement needs all of its partners and earns its benefit whatever the others do. Then the
Shapley value is exact for any number of partners, and partners no agreement ties together, over
however many steps, have nothing to settle with each other: each *circle* is judged by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sinhthai.symbiosis.engine.sharing.game import EXACT_PARTNERS, Game
from sinhthai.symbiosis.engine.sharing.shapley import shapley_of_agreements
from sinhthai.symbiosis.engine.sharing.split import fair_split

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the partners of one exchange earn together: ``benefit`` in VND a year."""

    number: int
    partners: Group
    benefit: float


@dataclass(frozen=True, slots=True)
class PartnerShare:
    """What one partner gets, VND a year.

    ``parts`` is the share by number of agreement; ``lost`` is what the others lose together when
    the partner leaves all of its agreements. ``nucleolus`` is the split that serves the worst-off
    group best; None beyond ``EXACT_PARTNERS`` partners in the circle.
    """

    partner: str
    share: float
    parts: Mapping[int, float]
    lost: float
    nucleolus: float | None


@dataclass(frozen=True, slots=True)
class Circle:
    """Partners tied together by agreements, and whether the Shapley split holds among them.

    ``holds`` is None where it cannot be told: more than ``EXACT_PARTNERS`` partners, and an
    agreement that loses money. ``objecting`` are the groups that do better without the others,
    with by how much, VND a year.
    """

    partners: tuple[str, ...]
    agreements: tuple[int, ...]
    total: float
    holds: bool | None
    objecting: tuple[tuple[tuple[str, ...], float], ...]


@dataclass(frozen=True, slots=True)
class AgreementSplit:
    """The split of all agreements: partners by share, the largest first; circles by total."""

    total: float
    shares: tuple[PartnerShare, ...]
    circles: tuple[Circle, ...]


def split_of_agreements(agreements: Sequence[Agreement]) -> AgreementSplit:
    """Return the Shapley split of *agreements* whose benefits add up, and whether it holds.

    Where no agreement loses money the game is convex: a partner adds the more, the more are
    there already, so the Shapley value lies in the core (L. S. Shapley, Int. J. Game Theory 1
    (1971) 11-26), whatever the number of partners. Otherwise every group is asked, up to
    ``EXACT_PARTNERS`` partners a circle.

    Raises
    ------
    ValueError
        If an agreement is among nobody, or its benefit is not a number.

    >>> ash = Agreement(1, frozenset({"kiln", "power"}), 8.0)
    >>> heat = Agreement(2, frozenset({"farm", "power"}), 4.0)
    >>> split = split_of_agreements([ash, heat])
    >>> [(one.partner, one.share, one.lost) for one in split.shares]
    [('power', 6.0, 6.0), ('kiln', 4.0, 4.0), ('farm', 2.0, 2.0)]
    >>> split.circles[0].holds
    True
    """
    parts: dict[str, dict[int, float]] = {}
    brought: dict[str, float] = {}
    for one in agreements:
        for name, share in shapley_of_agreements({one.partners: one.benefit}).items():
            parts.setdefault(name, {})[one.number] = share
            brought[name] = brought.get(name, 0.0) + one.benefit
    nucleolus: dict[str, float] = {}
    circles = []
    for own in _circles(agreements):
        circle, settled = _judged(own)
        circles.append(circle)
        nucleolus |= settled
    shares = [
        PartnerShare(
            name,
            sum(mine.values()),
            mine,
            brought[name] - sum(mine.values()),
            nucleolus.get(name),
        )
        for name, mine in parts.items()
    ]
    return AgreementSplit(
        sum(one.benefit for one in agreements),
        tuple(sorted(shares, key=lambda one: (-one.share, one.partner))),
        tuple(sorted(circles, key=lambda one: (-one.total, one.partners))),
    )


def _circles(agreements: Iterable[Agreement]) -> list[list[Agreement]]:
    """Return the agreements of each set of partners tied together, in the order given."""
    head: dict[str, str] = {}

    def find(name: str) -> str:
        while head[name] != name:
            head[name] = head[head[name]]
            name = head[name]
        return name

    all_ = list(agreements)
    for one in all_:
        names = sorted(one.partners)
        for name in names:
            head.setdefault(name, name)
            head[find(name)] = find(names[0])
    found: dict[str, list[Agreement]] = {}
    for one in all_:
        found.setdefault(find(min(one.partners)), []).append(one)
    return list(found.values())


def _judged(own: Sequence[Agreement]) -> tuple[Circle, dict[str, float]]:
    """Return the circle of agreements that hang together, and its nucleolus where it is told."""
    partners = tuple(sorted(frozenset[str]().union(*(one.partners for one in own))))
    earned: dict[Group, float] = {}
    for one in own:
        earned[one.partners] = earned.get(one.partners, 0.0) + one.benefit
    total = sum(earned.values())
    gains = all(one >= 0 for one in earned.values())
    holds: bool | None = True if gains else None
    objecting: tuple[tuple[tuple[str, ...], float], ...] = ()
    settled: dict[str, float] = {}
    if gains and len(earned) == 1:
        settled = dict.fromkeys(partners, total / len(partners))  # all alike: nothing to solve
    elif len(partners) <= EXACT_PARTNERS:
        bits = {name: 1 << at for at, name in enumerate(partners)}
        game = tuple((sum(bits[name] for name in group), won) for group, won in earned.items())
        shares, objecting = _exact(partners, game)
        settled = dict(zip(partners, shares, strict=True))
        holds = not objecting
    numbers = tuple(one.number for one in own)
    return Circle(partners, numbers, total, holds, objecting), settled


@lru_cache(maxsize=256)
def _exact(
    partners: tuple[str, ...], earned: tuple[tuple[int, float], ...]
) -> tuple[tuple[float, ...], tuple[tuple[tuple[str, ...], float], ...]]:
    """Return the nucleolus of an additive game and the groups that object to its Shapley value.

    Kept: twelve partners are 4,096 groups and a linear programme a level, and a page asks again.
    """

    def value(mask: int) -> float:
        return sum(won for group, won in earned if group & mask == group)

    split = fair_split(Game(partners, value), generator=np.random.default_rng(0))
    settled = () if split.nucleolus is None else tuple(split.nucleolus.tolist())
    return settled, split.objecting
