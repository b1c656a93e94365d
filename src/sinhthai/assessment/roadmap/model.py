"""What a roadmap of a real park is made from: the ground it stands on, and what could be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sinhthai.assessment.engine.findings import Finding
from sinhthai.assessment.engine.roadmap.model import Need, Option
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.facts import Facts
from sinhthai.rules.model import Framework, Leaf

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted: all criteria met by a day, from a year on, with budgets [VND] by year.

    ``rate`` is real, a year; savings count over ``horizon`` years from the first one. ``months``
    are those left of the first year: what takes longer cannot be done within it.
    """

    by: dt.date
    first: int
    goals: tuple[str, ...] = ("cheapest", "carbon", "soonest")
    budget: Mapping[int, float] = field(default_factory=dict)
    rate: float = 0.10
    horizon: int = 10
    seconds: float = 20.0
    months: int = 12

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the plan; one that the day cuts short is not counted on."""
        last = self.by.year if (self.by.month, self.by.day) == (12, 31) else self.by.year - 1
        return tuple(range(self.first, last + 1))


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise: its name, trade and what it reported to use in the year (absent: unknown)."""

    code: str
    name: Text
    vsic: str = ""
    uses: Mapping[str, float] = field(default_factory=dict)
    """``electricity`` [MWh], ``fuel-oil`` [t], ``natural-gas`` [m**3] a year."""
    has_iso: bool = False


@dataclass(frozen=True, slots=True)
class Trade:
    """An exchange on its way, or an idea of the last search; None where nobody said."""

    id: str
    name: Text
    enterprises: tuple[str, ...]
    investment: float | None
    value: float | None
    """VND a year."""
    co2e: float | None
    """t a year."""
    stage: str = "idea"
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """A park as a roadmap finds it: the findings on the day, and what is known of it.

    ``later`` holds the findings of the years after ``year`` as far as the past decides them: a
    breach still breaks a criterion of several years running.
    """

    code: str
    name: Text
    framework: Framework
    on: dt.date
    year: int
    readings: Mapping[str, str]
    findings: Mapping[str, Finding]
    later: Mapping[int, Mapping[str, Finding]]
    facts: Facts
    firms: Mapping[str, Firm]
    trades: tuple[Trade, ...]
    digest: str
    known_at: dt.datetime | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Want:
    """A criterion that is not met, and what it lacks.

    ``sure`` is what is missing even if all that is not reported turns out well. ``sized`` is
    False when nothing says how much could be missing. ``clear_from`` is the first year in which
    the past no longer breaks it.
    """

    need: Need
    leaf: Leaf
    finding: Finding
    sure: float
    sized: bool = True
    no: tuple[str, ...] = ()
    """Enterprises that do not meet it."""
    open: tuple[str, ...] = ()
    """Enterprises that have not said."""
    clear_from: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether reporting alone could settle some of it."""
        return self.sure < self.need.missing


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option with its words: what it is, why it is offered, where its figures come from.

    ``low`` and ``high`` bound the investment [VND].
    """

    option: Option
    name: Text
    why: Text
    source: Text
    estimated: bool
    low: float
    high: float
    owner: Text = NOTHING
    months: int = 0
