"""Measures side by side: on one use they share what is left; of those that exclude one stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sinhthai.efficiency.engine.interactions import combine
from sinhthai.finance.engine.model import Proposal
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Use:
    """What measures save on: compressed air, a boiler, rinsing; and what it was metered to take."""

    name: str
    carrier: str
    quantity: float
    """A year, in the base unit of the carrier."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A proposal and the use it saves on."""

    proposal: Proposal
    use: str = ""
    """Empty: a use of its own."""
    share: float | None = None
    """Of the use, saved if it were the only measure; 0 to 1."""
    unknown_co2e: tuple[str, ...] = ()
    """Carriers whose CO2e is not known."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure as it counts beside the others."""

    measure: Measure
    left: float = 1.0
    """Share of its use that the measures before it have left."""


def remaining(shares: Sequence[float]) -> float:
    """Return the share of a use that is left after measures saving *shares*, one on the other.

    >>> round(remaining([0.2, 0.1]), 6)
    0.72
    """
    return 1.0 - combine(min(max(share, 0.0), 1.0) for share in shares)


def beside_each_other(measures: Sequence[Measure]) -> tuple[Counted, ...]:
    """Return *measures*, each saving its share of what those before it on the same use leave.

    All of them together never save more than the use takes. What a measure needs in return (power
    of a pump, another fuel) shrinks with it; savings and costs that no carrier explains stay.

    >>> def one(name, share):
    ...     saved = Proposal(name, name, 0.0, 5, {"electricity": 100.0 * share})
    ...     return Measure(saved, use="air", share=share)
    >>> both = beside_each_other([one("leaks", 0.2), one("pressure", 0.1)])
    >>> [round(c.measure.proposal.savings["electricity"], 6) for c in both]
    [20.0, 8.0]
    """
    before: dict[str, list[float]] = {}
    counted = []
    for measure in measures:
        if not measure.use or measure.share is None:
            counted.append(Counted(measure))
            continue
        earlier = before.setdefault(measure.use, [])
        left = remaining(earlier)
        earlier.append(measure.share)
        counted.append(Counted(_shrunk(measure, left), left))
    return tuple(counted)


def _shrunk(measure: Measure, left: float) -> Measure:
    if left == 1.0:
        return measure
    proposal = measure.proposal
    savings = {name: quantity * left for name, quantity in proposal.savings.items()}
    co2e = None if proposal.co2e is None else proposal.co2e * left
    return replace(measure, proposal=replace(proposal, savings=savings, co2e=co2e))


@dataclass(frozen=True, slots=True)
class Carrier:
    """What is saved by the unit: its price and what a unit emits, each with its origin."""

    id: str
    name: Text
    unit: str
    """Base unit: MWh, t, m**3, GJ."""
    price: float | None = None
    """VND a unit in the first year, without VAT; None: stated by measure, or not at all."""
    escalation: float = 0.0
    co2e: float | None = None
    """t CO2e a unit; None: not known."""
    origins: Mapping[str, Text] = field(default_factory=dict)
