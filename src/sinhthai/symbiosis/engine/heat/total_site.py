"""The total site: enterprises that exchange heat through steam mains and hot water.

Dhole & Linnhoff, Computers & Chemical Engineering 17 (1993) S101; Klemeš, Dhole, Raissi, Perry &
Puigjaner, Applied Thermal Engineering 17 (1997) 993; Perry, Klemeš & Bulatov, Energy 33 (2008)
1489. Each enterprise first recovers what it can by itself; what is left of it, without pockets,
is put together into a source and a sink profile, between which the mains carry heat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.heat.curves import Curve
from sinhthai.symbiosis.engine.heat.intervals import Intervals, Span
from sinhthai.symbiosis.engine.heat.problem_table import problem_table
from sinhthai.symbiosis.engine.heat.profiles import Piece, left_over
from sinhthai.symbiosis.engine.heat.program import Program
from sinhthai.symbiosis.engine.heat.streams import Floats, HeatStreams
from sinhthai.symbiosis.engine.heat.utility import Utility

_UNSERVED = 1e3  # cost of heat no level reaches, where a bought kilowatt costs 1
_SURPLUS = 1e-3  # raising steam to condense it: only where no cold utility is
# A kilowatt is used at the coldest and raised at the hottest level that will do, but not raised
# hot only to be let down.
_STEP = 1e-6


@dataclass(frozen=True, slots=True)
class LevelBalance:
    """What one level brings and takes over the whole site [kW].

    ``used`` goes to enterprises, ``raised`` comes from their waste heat, ``bought`` from a
    boiler, ``let_down`` from hotter levels (negative: to colder ones), ``surplus`` is raised and
    not needed: raised + bought + let_down = used + surplus.
    """

    utility: Utility
    used: float
    raised: float
    bought: float
    let_down: float
    surplus: float


@dataclass(frozen=True, slots=True)
class SiteTargets:
    """Targets of a site whose enterprises exchange heat through the levels given.

    ``hot`` and ``cold`` [kW] are what is still bought and carried away; they lie between direct
    exchange across the whole site and every enterprise by itself. ``unserved_hot`` and
    ``unserved_cold`` are the parts of them no level reaches.
    """

    hot: float
    cold: float
    through_mains: float
    levels: tuple[LevelBalance, ...]
    unserved_hot: float
    unserved_cold: float
    sources: Curve
    sinks: Curve


def total_site(streams: HeatStreams, levels: Sequence[Utility]) -> SiteTargets:
    """Return the targets of the site of all zones of *streams*.

    Least bought heat: in the sink profile hot levels, in the source profile cold levels and
    mains balance every interval; heat raised at a main may be used there or let down to a
    colder one. Levels without a limit are unlimited.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> streams = HeatStreams.of([HeatStream.flowing("H", 180, 120, 1.0, zone="a"),
    ...                           HeatStream.flowing("C", 20, 80, 1.0, zone="b")])
    >>> total_site(streams, [Utility("LP", "both", 100, 100)]).hot
    0.0
    """
    tables = [problem_table(streams.zone(name)) for name in streams.zone_names]
    sinks: list[Piece] = []
    sources: list[Piece] = []
    for table in tables:
        needs, gives = left_over(table)
        sinks += needs
        sources += gives
    demand, supply = sum(heat for _, heat in sinks), sum(heat for _, heat in sources)
    model = _SiteModel(sinks, sources, levels)
    values = model.program.solve().values
    assert values is not None  # heat no level brings or takes has variables of its own
    small = 1e-9 * max(demand, supply)
    balances = tuple(model.balance(at, values, small) for at in range(len(levels)))
    unserved_hot, unserved_cold = model.unserved(values, small)
    bought = sum(one.bought for one in balances) + unserved_hot
    hot = min(bought, demand) if bought > small else 0.0
    cold = supply - demand + hot
    return SiteTargets(
        hot,
        cold if cold > small else 0.0,
        demand - hot if demand - hot > small else 0.0,
        balances,
        unserved_hot,
        unserved_cold,
        _profile(sources),
        _profile(sinks),
    )


class _SiteModel:
    """Least bought heat over the sink profile, the source profile and the mains between."""

    def __init__(
        self, sinks: Sequence[Piece], sources: Sequence[Piece], levels: Sequence[Utility]
    ) -> None:
        self.levels = levels
        self.program = program = Program()
        rank = np.argsort(np.argsort([max(one.supply, one.target) for one in levels])).tolist()
        many = len(levels)
        self.used: dict[int, int] = {}
        self.raised: dict[int, int] = {}
        self.bought: dict[int, int] = {}
        self.surplus: dict[int, int] = {}
        self.down: dict[tuple[int, int], int] = {}
        for at, one in enumerate(levels):
            limit = np.inf if one.limit is None else one.limit
            if one.kind != "cold":
                self.used[at] = program.variable(_STEP * rank[at])
                self.bought[at] = program.variable(1.0, 0.0, limit)
            if one.kind != "hot":
                top = limit if one.kind == "cold" else np.inf
                self.raised[at] = program.variable(_STEP * (many - rank[at]), 0.0, top)
            if one.kind == "both":
                self.surplus[at] = program.variable(_SURPLUS)
        for hot in self.used:
            for cold in self.used:
                if levels[hot].as_hot[1] >= levels[cold].as_hot[0] and hot != cold:
                    self.down[hot, cold] = program.variable(2 * _STEP * many)
        self.missing = program.variable(_UNSERVED)
        self.stuck = program.variable(_UNSERVED)
        self._hold_mains()
        self._cascade(sinks, {self.used[at]: levels[at].as_hot for at in self.used}, self.missing)
        colds = {self.raised[at]: levels[at].as_cold for at in self.raised}
        self._cascade(sources, colds, self.stuck, is_source=True)

    def balance(self, at: int, values: Floats, small: float) -> LevelBalance:
        """Return the figures of one level."""

        def of(kind: dict[int, int]) -> float:
            value = float(values[kind[at]]) if at in kind else 0.0
            return value if value > small else 0.0

        down = sum(
            float(values[number]) * ((cold == at) - (hot == at))
            for (hot, cold), number in self.down.items()
        )
        down = down if abs(down) > small else 0.0
        used, raised, bought = of(self.used), of(self.raised), of(self.bought)
        return LevelBalance(self.levels[at], used, raised, bought, down, of(self.surplus))

    def unserved(self, values: Floats, small: float) -> tuple[float, float]:
        """Return the heat no level brings, and the heat no level takes [kW]."""
        missing, stuck = float(values[self.missing]), float(values[self.stuck])
        return missing if missing > small else 0.0, stuck if stuck > small else 0.0

    def _hold_mains(self) -> None:
        """Ask of every level: raised + bought + let down to it = used + surplus + let down."""
        for at in self.used:
            terms = [(self.used[at], -1.0), (self.bought[at], 1.0)]
            if at in self.surplus:
                terms += [(self.raised[at], 1.0), (self.surplus[at], -1.0)]
            terms += [
                (number, 1.0 if cold == at else -1.0)
                for (hot, cold), number in self.down.items()
                if at in (hot, cold)
            ]
            self.program.equal(terms, 0.0)

    def _cascade(
        self,
        pieces: Sequence[Piece],
        levels: dict[int, Span],
        beyond: int,
        *,
        is_source: bool = False,
    ) -> None:
        """Ask that heat only falls: what comes from hotter is what is taken there or below.

        *beyond* stands above all sinks, or below all sources.
        """
        intervals = Intervals.of([*(span for span, _ in pieces), *levels.values()])
        net = np.zeros(len(intervals))
        for span, heat in pieces:
            net += intervals.shares(span) * (heat if is_source else -heat)
        shares = {number: intervals.shares(span) for number, span in levels.items()}
        sign = -1.0 if is_source else 1.0
        left: int | None = None if is_source else beyond
        for k in range(len(intervals)):
            terms = [(number, -sign * float(of[k])) for number, of in shares.items() if of[k]]
            if left is not None:
                terms.append((left, -1.0))
            is_last = k == len(intervals) - 1
            left = (beyond if is_source else None) if is_last else self.program.variable()
            if left is not None:
                terms.append((left, 1.0))
            self.program.equal(terms, float(net[k]))


def _profile(pieces: Sequence[Piece]) -> Curve:
    """Return pieces put together, from heat 0 at the coldest up."""
    intervals = Intervals.of([span for span, _ in pieces])
    if not len(intervals):
        return Curve(np.empty(0), np.empty(0))
    heat = np.zeros(len(intervals))
    for span, amount in pieces:
        heat += intervals.shares(span) * amount
    rising = heat[::-1]
    total = np.concatenate([[0.0], np.cumsum(rising)])
    ends = np.concatenate([intervals.lower[::-1][:1], intervals.upper[::-1]])
    return Curve(total, ends)
