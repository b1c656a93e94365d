"""What a roadmap chooses from, what it must reach, and what it answers. Money in VND."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

OptionKind = Literal["measure", "exchange", "land", "step", "report"]
NeedKind = Literal["count", "amount"]
Goal = Literal["cheapest", "carbon", "soonest"]
"""``cheapest``: least net present cost. ``carbon``: most CO2e per VND invested. ``soonest``: all
criteria met as early as can be, and then cheapest."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be done, once.

    A measure with ``use`` and ``share`` saves that share of a use: with others on the same use of
    the same enterprise it works on what they leave, so together they save less than the sum.
    """

    id: str
    name: str
    kind: OptionKind
    investment: float
    """VND in the year it starts."""
    saving: float = 0.0
    """VND a year, alone, net of running cost; negative when it costs."""
    co2e: float = 0.0
    """t CO2e saved a year, alone."""
    life: int = 10
    lead: int = 0
    """Years from the start until it has its effect and counts."""
    gives: Mapping[str, float] = field(default_factory=dict)
    """Need -> how much it adds (an amount), or 1 for each of ``enterprises`` (a count)."""
    enterprises: tuple[str, ...] = ()
    """Who is counted through it."""
    use: str = ""
    """The use it saves on, with its owner: "e12/electricity.motors"."""
    share: float = 0.0
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    """Options that have had their effect before this one starts."""
    earliest: int = 0
    """First year it can start, 0 the first of the plan."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is missing for one criterion.

    ``count``: so many more different enterprises; ``amount``: so many more units (hectares; 1 for
    a condition that is met or not).
    """

    leaf: str
    name: str
    kind: NeedKind
    missing: float


@dataclass(frozen=True, slots=True)
class Problem:
    """A park that is to meet its criteria by the end of the last of ``years``."""

    options: tuple[Option, ...]
    needs: tuple[Need, ...]
    years: tuple[int, ...]
    rate: float
    horizon: int
    """Years from the first one over which savings are counted."""
    budget: tuple[float | None, ...] = ()
    """VND that may be invested in each year; None: no limit. Empty: no limit in any."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option of the plan and the year it starts."""

    option: Option
    year: int


@dataclass(frozen=True, slots=True)
class Met:
    """A need after the plan."""

    need: Need
    reached: float
    price: float
    """What the last unit costs [VND net present], from the relaxed model; 0: it does not bind."""

    @property
    def is_met(self) -> bool:
        """Say whether nothing is missing any more."""
        return self.reached >= self.need.missing - 1e-6


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a need cannot be met."""

    need: Need
    reason: Literal["options", "time", "budget", "together", "unproven"]
    """``unproven``: the time ran out before a plan was found, or shown not to exist."""
    best: float
    """The most that can be reached of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A roadmap. ``cost`` is the net present cost; negative: it pays."""

    goal: Goal
    status: Literal["optimal", "stopped", "infeasible"]
    chosen: tuple[Chosen, ...]
    met: tuple[Met, ...]
    obstacles: tuple[Obstacle, ...]
    cost: float
    investment: float
    """Sum of what is invested, not discounted."""
    yearly_saving: float
    """In a year when everything works, interactions counted."""
    co2e: float
    """t a year then."""
    invested: tuple[float, ...]
    """By year of the plan."""
    met_in: int | None
    """The year in which the last criterion is met; None: never."""
    gap: float
    """Relative distance to the proven bound."""

    @property
    def binding(self) -> Met | None:
        """The need that costs most: its price times what is missing."""
        dear = [met for met in self.met if met.price > 0]
        return max(dear, key=lambda met: met.price * met.need.missing, default=None)
