"""The abatement curve: what each tonne of CO2e costs, without the classical fault.

A negative cost per tonne does not rank: of two measures that gain the same money, the one that
saves fewer tonnes looks cheaper (Taylor, Energy Policy 48, 2012, 430-438). Measures that pay for
themselves are therefore ordered by what they are worth; only those that cost money by their cost
per tonne.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.finance.engine.model import Appraisal


@dataclass(frozen=True, slots=True)
class Step:
    """One measure on the curve. ``start_t`` to ``end_t`` [t CO2e a year] is its width."""

    proposal: str
    start_t: float
    end_t: float
    cost: float
    """VND per t CO2e; among those that pay (below zero) not a rank."""
    pays: bool
    npv: float


def abatement_curve(appraisals: Sequence[Appraisal]) -> tuple[Step, ...]:
    """Return the curve: what pays for itself first, by its worth; then the rest by cost.

    Measures that abate nothing, or of unknown abatement, have no place on it.

    >>> from sinhthai.finance.engine.model import Irr
    >>> none = Irr(None, "none")
    >>> def one(name, npv, co2e, cost):
    ...     return Appraisal(name, (), (), npv, npv, none, none, None, None, 0, co2e, cost)
    >>> few, many = one("few", 100, 10, -10), one("many", 100, 100, -1)
    >>> [step.proposal for step in abatement_curve([few, many, one("dear", -5, 20, 3)])]
    ['many', 'few', 'dear']
    """
    placed = [a for a in appraisals if a.abatement_cost is not None and a.co2e]
    # Worth the same money: more tonnes first. Sorted by name last, so that order is no accident.
    pays = sorted(
        (a for a in placed if _cost(a) < 0), key=lambda a: (-a.npv, -(a.co2e or 0), a.proposal)
    )
    costs = sorted((a for a in placed if _cost(a) >= 0), key=lambda a: (_cost(a), a.proposal))
    steps, at = [], 0.0
    for appraisal in [*pays, *costs]:
        end = at + (appraisal.co2e or 0.0)
        cost = _cost(appraisal)
        steps.append(Step(appraisal.proposal, at, end, cost, cost < 0, appraisal.npv))
        at = end
    return tuple(steps)


def pareto(appraisals: Sequence[Appraisal]) -> frozenset[str]:
    """Return the proposals that no other beats in both worth and CO2e.

    >>> from sinhthai.finance.engine.model import Irr
    >>> none = Irr(None, "none")
    >>> def one(name, npv, co2e):
    ...     return Appraisal(name, (), (), npv, npv, none, none, None, None, 0, co2e, 0)
    >>> sorted(pareto([one("a", 5, 1), one("b", 3, 4), one("c", 2, 3)]))
    ['a', 'b']
    """
    best, front = float("-inf"), set()
    known = [a for a in appraisals if a.co2e is not None]
    for a in sorted(known, key=lambda a: (-a.npv, -(a.co2e or 0.0))):
        if (a.co2e or 0.0) > best:
            front.add(a.proposal)
            best = a.co2e or 0.0
    return frozenset(front)


def choose_among(
    appraisals: Sequence[Appraisal], excludes: Mapping[str, Collection[str]]
) -> tuple[frozenset[str], Mapping[str, str]]:
    """Return the proposals kept, and those dropped with the one that takes their place.

    Of proposals that exclude one another the one worth most is kept.
    """
    kept: list[str] = []
    dropped: dict[str, str] = {}
    for a in sorted(appraisals, key=lambda a: (-a.npv, a.proposal)):
        against = next(
            (
                other
                for other in kept
                if other in excludes.get(a.proposal, ()) or a.proposal in excludes.get(other, ())
            ),
            None,
        )
        if against is None:
            kept.append(a.proposal)
        else:
            dropped[a.proposal] = against
    return frozenset(kept), dropped


def _cost(appraisal: Appraisal) -> float:
    return appraisal.abatement_cost if appraisal.abatement_cost is not None else 0.0
