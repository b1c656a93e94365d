"""All measures of one list, appraised: alone and beside each other, with risk, totals and curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sinhthai.finance.engine.constant_prices import in_other_money
from sinhthai.finance.engine.curve import Step, abatement_curve, choose_among, pareto
from sinhthai.finance.engine.flows import appraise
from sinhthai.finance.engine.measures import Counted, Measure, beside_each_other
from sinhthai.finance.engine.model import Appraisal, Scenario
from sinhthai.finance.engine.risk import Risk, Spread, simulate


@dataclass(frozen=True, slots=True)
class Result:
    """One measure: what it is worth beside the others, and alone where that differs."""

    measure: Measure
    """As counted: on the part of its use that is left."""
    appraisal: Appraisal
    alone: Appraisal
    left: float
    """Share of its use left by the measures before it; 1: all."""
    other_money: Appraisal
    """The same in constant prices where the scenario is nominal, and the other way round."""
    risk: Risk | None
    replaced_by: str = ""
    """The measure that takes its place; it then counts in no total."""
    known_co2e: float = 0.0
    """t CO2e a year of the carriers whose factor is known."""
    is_on_front: bool = False
    """No other measure beats it in both worth and CO2e."""

    @property
    def counts(self) -> bool:
        """Say whether it is part of the totals."""
        return not self.replaced_by


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the measures that go together; a ratio (IRR, payback) is never summed."""

    measures: int
    paying: int
    """Of them with a worth above zero."""
    investment: float
    grant: float
    yearly_saving: float
    npv: float
    npv_after_tax: float
    savings: Mapping[str, float]
    """By carrier, in its base unit."""
    co2e: float | None
    """t CO2e a year; None: of some measure it is not known."""
    known_co2e: float
    unknown: tuple[str, ...] = ()
    """Measures whose CO2e is not known."""


@dataclass(frozen=True, slots=True)
class Study:
    """The answer for a list of measures."""

    scenario: Scenario
    spread: Spread
    draws: int
    seed: int
    results: tuple[Result, ...]
    totals: Totals
    curve: tuple[Step, ...] = field(default=())

    def of(self, name: str) -> Result:
        """Return the result of the measure *name*.

        Raises
        ------
        KeyError : there is none.
        """
        for result in self.results:
            if result.measure.proposal.id == name:
                return result
        raise KeyError(name)


def study(
    measures: Sequence[Measure],
    scenario: Scenario,
    *,
    spread: Spread | None = None,
    draws: int = 10_000,
    seed: int = 1,
) -> Study:
    """Appraise *measures*.

    Of measures that exclude each other the one worth most alone is kept. Those kept save, in their
    order, on what is left of the use they share. Without *draws* no risk is computed.

    Raises
    ------
    InputError : a measure cannot be appraised; see ``flows.appraise``.

    >>> from sinhthai.finance.engine.model import Proposal
    >>> def one(name, saved):
    ...     return Measure(Proposal(name, name, 100.0, 5, {"power": saved}), "air", saved / 100)
    >>> market = Scenario(0.1, 10, 2025, prices={"power": 2.0}, co2_factors={"power": 0.5})
    >>> found = study([one("a", 20.0), one("b", 10.0)], market, draws=0)
    >>> found.totals.savings, found.totals.co2e, round(found.of("b").left, 2)
    ({'power': 28.0}, 14.0, 0.8)
    """
    spread = spread or Spread()
    alone = {m.proposal.id: appraise(m.proposal, scenario) for m in measures}
    excludes = {m.proposal.id: m.proposal.excludes for m in measures if m.proposal.excludes}
    dropped: Mapping[str, str] = {}
    if excludes:
        _, dropped = choose_among(tuple(alone.values()), excludes)
    kept = [m for m in measures if m.proposal.id not in dropped]
    counted = {c.measure.proposal.id: c for c in beside_each_other(kept)}
    results = []
    for measure in measures:
        name = measure.proposal.id
        one = counted.get(name, Counted(measure))
        proposal = one.measure.proposal
        risk = simulate(proposal, scenario, spread, draws=draws, seed=seed) if draws else None
        results.append(
            Result(
                measure=one.measure,
                appraisal=alone[name] if one.left == 1.0 else appraise(proposal, scenario),
                alone=alone[name],
                left=one.left,
                other_money=appraise(*in_other_money(proposal, scenario)),
                risk=risk,
                replaced_by=dropped.get(name, ""),
                known_co2e=_known(one.measure, scenario),
            )
        )
    return _whole(results, scenario, spread, draws, seed)


def _whole(
    results: Sequence[Result], scenario: Scenario, spread: Spread, draws: int, seed: int
) -> Study:
    chosen = [result.appraisal for result in results if result.counts]
    front = pareto(chosen)
    results = [replace(r, is_on_front=r.counts and r.measure.proposal.id in front) for r in results]
    return Study(
        scenario, spread, draws, seed, tuple(results), totals(results), abatement_curve(chosen)
    )


def totals(results: Sequence[Result]) -> Totals:
    """Return the sums over those that count."""
    counted = [result for result in results if result.counts]
    savings: dict[str, float] = {}
    for result in counted:
        for carrier, quantity in result.measure.proposal.savings.items():
            savings[carrier] = savings.get(carrier, 0.0) + quantity
    unknown = tuple(r.measure.proposal.name for r in counted if r.appraisal.co2e is None)
    known = sum(result.known_co2e for result in counted)
    return Totals(
        measures=len(counted),
        paying=sum(result.appraisal.npv > 0 for result in counted),
        investment=sum(result.measure.proposal.investment for result in counted),
        grant=sum(result.measure.proposal.grant for result in counted),
        yearly_saving=sum(result.appraisal.yearly_saving for result in counted),
        npv=sum(result.appraisal.npv for result in counted),
        npv_after_tax=sum(result.appraisal.npv_after_tax for result in counted),
        savings=savings,
        co2e=None if unknown else known,
        known_co2e=known,
        unknown=unknown,
    )


def _known(measure: Measure, scenario: Scenario) -> float:
    proposal = measure.proposal
    if proposal.co2e is not None:
        return proposal.co2e
    return sum(
        quantity * scenario.co2_factors[carrier]
        for carrier, quantity in proposal.savings.items()
        if carrier in scenario.co2_factors
    )
