"""Which hot stream heats which cold one: the cheapest utilities, then the fewest matches.

The transshipment models of Papoulias & Grossmann, Computers & Chemical Engineering 7 (1983)
707: heat travels from hot streams through falling temperature intervals to cold streams. The
first model finds the cheapest utilities, some matches forbidden or required; the second, with
those utilities, the fewest matches that carry the heat.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sinhthai.symbiosis.engine.heat.intervals import Intervals, Span, most_between
from sinhthai.symbiosis.engine.heat.program import Program
from sinhthai.symbiosis.engine.heat.streams import Floats, HeatStreams
from sinhthai.symbiosis.engine.heat.utility import Utility

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.highs import Answer, Status

Pair = tuple[str, str]
"""What gives and what takes heat, as ``HeatStreams.labels``; a utility counts by its own name."""

_SMALL = 1e-7  # of all heat: what a solver's tolerance can leave in a match


@dataclass(frozen=True, slots=True)
class Rules:
    """Which matches may not be (safety, distance), and which have to carry so much heat [kW]."""

    forbidden: frozenset[Pair] = frozenset()
    required: Mapping[Pair, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UtilityUse:
    """The cheapest utilities.

    ``loads`` [kW] has one figure a utility, 0 where it is not used; ``cost`` is the sum of load
    · price, per hour where a price is of one kWh. Both are empty or not a number when the
    streams cannot be served.
    """

    status: Status
    cost: float
    loads: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Match:
    """Heat [kW] one hot stream or utility gives one cold stream or utility."""

    hot: str
    cold: str
    heat: float


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """The fewest matches found; no plan has fewer than ``bound``."""

    status: Status
    matches: tuple[Match, ...]
    bound: int

    @property
    def gap(self) -> float:
        """How many of the matches may be too many, as a share of them."""
        return 1 - self.bound / len(self.matches) if self.matches else 0.0


@dataclass(frozen=True, slots=True)
class _Party:
    """Something that gives or takes heat: its span, and its heat or the price of it."""

    name: str
    span: Span
    heat: float
    price: float = 0.0
    limit: float = math.inf
    is_utility: bool = False


def cheapest_utilities(
    streams: HeatStreams, utilities: Sequence[Utility], rules: Rules | None = None
) -> UtilityUse:
    """Return the utilities that serve *streams* at least cost.

    Minimise Σ price · load so that in every interval what is taken comes from the same or a
    hotter interval. Every utility needs a price.

    Raises
    ------
    ValueError : a utility without a price, or of the kind ``both``.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> streams = HeatStreams.of([HeatStream.flowing("C", 20, 80, 1.0)])
    >>> steam = Utility("steam", "hot", 130, 130, price=2.0)
    >>> cheapest_utilities(streams, [steam]).loads
    {'steam': 60.0}
    """
    rules = rules or Rules()
    hot, cold = _parties(streams, utilities)
    if rules.forbidden or rules.required:
        answer, loads = _by_pairs(hot, cold, rules)
    else:
        answer, loads = _by_sums(hot, cold)
    if answer.values is None:
        return UtilityUse(answer.status, math.nan, {})
    small = _SMALL * max(1.0, sum(abs(one) for one in loads.values()))
    named = {name: load if load > small else 0.0 for name, load in loads.items()}
    return UtilityUse(answer.status, answer.objective, named)


def fewest_matches(
    streams: HeatStreams,
    utilities: Sequence[Utility],
    use: UtilityUse,
    rules: Rules | None = None,
    *,
    seconds: float = 60.0,
) -> MatchPlan:
    """Return the fewest matches that carry the heat with the utilities of *use*.

    Minimise Σ y over the transshipment, with heat of pair (i, j) at most U · y, where U is the
    most heat that can pass from i to j at all. After *seconds* the best plan found is returned
    with its bound.

    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> streams = HeatStreams.of([HeatStream.flowing("H", 90, 60, 1.0),
    ...                           HeatStream.flowing("C", 20, 80, 1.0)])
    >>> steam = [Utility("steam", "hot", 130, 130, price=2.0)]
    >>> plan = fewest_matches(streams, steam, cheapest_utilities(streams, steam))
    >>> [(one.hot, one.cold, round(one.heat, 6)) for one in plan.matches]
    [('H', 'C', 30.0), ('steam', 'C', 30.0)]
    """
    rules = rules or Rules()
    if not use.loads and utilities:
        return MatchPlan(use.status, (), 0)
    hot, cold = _parties(streams, utilities)
    sources = [_loaded(one, use) for one in hot if _loaded(one, use).heat > 0]
    sinks = [_loaded(one, use) for one in cold if _loaded(one, use).heat > 0]
    if not sources or not sinks:
        return MatchPlan("optimal", (), 0)
    model = _Transshipment(sources, sinks, rules)
    every = model.count_matches()
    answer = model.program.solve(seconds=seconds, start=dict.fromkeys(every, 1.0))
    if answer.values is None:
        return MatchPlan(answer.status, (), 0)
    bound = math.ceil(answer.bound - 1e-6)
    return MatchPlan(answer.status, model.matches(answer.values), bound)


class _Transshipment:
    """Flows of heat pair by pair and interval by interval."""

    def __init__(self, sources: Sequence[_Party], sinks: Sequence[_Party], rules: Rules) -> None:
        self.sources, self.sinks, self.rules = sources, sinks, rules
        self.program = Program()
        self.intervals = Intervals.of([one.span for one in (*sources, *sinks)])
        self._given = [self.intervals.shares(one.span) for one in sources]
        self._taken = [self.intervals.shares(one.span) for one in sinks]
        self._load: dict[str, int] = {}
        self._flow: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._into: dict[tuple[int, int], list[int]] = {}
        for number, source in enumerate(sources):
            self._add_source(number, source)
        for number, sink in enumerate(sinks):
            self._add_sink(number, sink)
        self._hold_required()

    def loads(self, values: Floats) -> dict[str, float]:
        """Return the load of every utility [kW]."""
        return {name: float(values[number]) for name, number in self._load.items()}

    def count_matches(self) -> list[int]:
        """Add a yes-or-no variable a pair, of cost 1, without which no heat passes; return them."""
        added: list[int] = []
        for pair, flows in self._flow.items():
            source, sink = self.sources[pair[0]], self.sinks[pair[1]]
            given = self._given[pair[0]] * source.heat
            taken = self._taken[pair[1]] * sink.heat
            most = most_between(given, taken)
            must = (source.name, sink.name) in self.rules.required
            used = self.program.variable(1.0, float(must), 1.0, whole=True)
            self.program.row([*((flow, 1.0) for _, flow in flows), (used, -most)], high=0.0)
            added.append(used)
        return added

    def matches(self, values: Floats) -> tuple[Match, ...]:
        """Return the pairs heat passes between."""
        small = _SMALL * sum(source.heat for source in self.sources)
        heat = {
            pair: float(sum(values[flow] for _, flow in flows))
            for pair, flows in self._flow.items()
        }
        return tuple(
            Match(self.sources[i].name, self.sinks[j].name, passed)
            for (i, j), passed in heat.items()
            if passed > small
        )

    def _add_source(self, i: int, source: _Party) -> None:
        """Heat left of source i below interval k: left[k] = left[k−1] + given[k] − Σ flow."""
        given = self._given[i]
        first = int(np.argmax(given > 0))
        left: int | None = None
        for k in range(first, len(self.intervals)):
            terms: list[tuple[int, float]] = []
            for j, sink in enumerate(self.sinks):
                if self._taken[j][k] > 0 and self._may(source, sink):
                    flow = self.program.variable()
                    self._flow.setdefault((i, j), []).append((k, flow))
                    self._into.setdefault((j, k), []).append(flow)
                    terms.append((flow, 1.0))
            if left is not None:
                terms.append((left, -1.0))
            last = k == len(self.intervals) - 1
            left = None if last else self.program.variable()
            if left is not None:
                terms.append((left, 1.0))
            self._balance(source, terms, float(given[k]), sign=-1.0)

    def _add_sink(self, j: int, sink: _Party) -> None:
        """Heat of sink j in interval k: Σ flow[k] = taken[k]."""
        for k, share in enumerate(self._taken[j].tolist()):
            if share > 0:
                terms = [(flow, 1.0) for flow in self._into.get((j, k), ())]
                self._balance(sink, terms, share, sign=-1.0)

    def _balance(
        self, party: _Party, terms: list[tuple[int, float]], share: float, *, sign: float
    ) -> None:
        """Ask that the terms are the party's share of its heat, known or to be chosen."""
        if not math.isnan(party.heat):
            self.program.equal(terms, share * party.heat)
            return
        if party.name not in self._load:
            self._load[party.name] = self.program.variable(party.price, 0.0, party.limit)
        if share:
            terms = [*terms, (self._load[party.name], sign * share)]
        self.program.equal(terms, 0.0)

    def _may(self, source: _Party, sink: _Party) -> bool:
        if source.is_utility and sink.is_utility:
            return False  # heat bought to be thrown away
        return (source.name, sink.name) not in self.rules.forbidden

    def _hold_required(self) -> None:
        place = {one.name: at for at, one in enumerate(self.sources)}
        other = {one.name: at for at, one in enumerate(self.sinks)}
        for (hot, cold), least in self.rules.required.items():
            flows = self._flow.get((place.get(hot, -1), other.get(cold, -1)), [])
            self.program.row([(flow, 1.0) for _, flow in flows], low=least)


def _by_pairs(
    hot: Sequence[_Party], cold: Sequence[_Party], rules: Rules
) -> tuple[Answer, dict[str, float]]:
    model = _Transshipment(hot, cold, rules)
    answer = model.program.solve()
    return answer, {} if answer.values is None else model.loads(answer.values)


def _by_sums(hot: Sequence[_Party], cold: Sequence[_Party]) -> tuple[Answer, dict[str, float]]:
    """Solve without rules on pairs, where only the sums per interval matter."""
    parties = [(one, 1.0) for one in hot] + [(one, -1.0) for one in cold]
    program = Program()
    intervals = Intervals.of([one.span for one, _ in parties])
    net = np.zeros(len(intervals))
    load: dict[str, int] = {}
    into: list[list[tuple[int, float]]] = [[] for _ in range(len(intervals))]
    for one, sign in parties:
        shares = intervals.shares(one.span)
        if not one.is_utility:
            net += sign * one.heat * shares
            continue
        load[one.name] = program.variable(one.price, 0.0, one.limit)
        for k in np.flatnonzero(shares).tolist():
            into[k].append((load[one.name], -sign * float(shares[k])))
    left: int | None = None
    for k, terms in enumerate(into):
        if left is not None:
            terms.append((left, -1.0))
        left = program.variable() if k < len(into) - 1 else None
        if left is not None:
            terms.append((left, 1.0))
        program.equal(terms, float(net[k]))
    answer = program.solve()
    values = answer.values
    return answer, {} if values is None else {name: float(values[at]) for name, at in load.items()}


def _parties(
    streams: HeatStreams, utilities: Sequence[Utility]
) -> tuple[list[_Party], list[_Party]]:
    hot: list[_Party] = []
    cold: list[_Party] = []
    for at, name in enumerate(streams.labels):
        signed = float(streams.signed[at])
        party = _Party(name, (float(streams.upper[at]), float(streams.lower[at])), abs(signed))
        if signed:
            (hot if signed > 0 else cold).append(party)
    for one in utilities:
        if one.price is None or one.kind == "both":
            raise ValueError(f"a match needs hot and cold utilities with a price: {one.name}")
        limit = math.inf if one.limit is None else one.limit
        is_hot = one.kind == "hot"
        span = one.as_hot if is_hot else one.as_cold
        (hot if is_hot else cold).append(
            _Party(one.name, span, math.nan, one.price, limit, is_utility=True)
        )
    return hot, cold


def _loaded(party: _Party, use: UtilityUse) -> _Party:
    if not party.is_utility:
        return party
    heat = use.loads.get(party.name, 0.0)
    return _Party(party.name, party.span, heat, is_utility=True)
