"""What one unit of an activity emits: the common answer of all methods.

Every method is linear in the quantity: ``mass = slope * quantity + offset``. That is what lets a
whole country be computed as one multiplication (``columns``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.factors.lookup import Factors
from sinhthai.factors.model import Choice, Factor
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Emission:
    """One gas of a method: ``slope`` [t per base unit], ``offset`` [t].

    ``factors`` multiply to the slope; each is one draw for everybody in a Monte Carlo. A factor
    the plant measured itself has an id that names the plant.
    """

    gas: str
    slope: float
    factors: tuple[Factor, ...]
    formula: Text
    offset: float = 0.0
    is_biogenic: bool = False
    flags: tuple[Text, ...] = ()

    @property
    def uncertainty(self) -> float:
        """Half-width of the 95 % interval of the slope, per cent of it (IPCC rule A)."""
        return math.sqrt(sum(half_width(factor) ** 2 for factor in self.factors))

    @property
    def tier(self) -> int:
        """The lowest tier of its factors."""
        return min((factor.tier for factor in self.factors), default=1)


def half_width(factor: Factor) -> float:
    """Return the half-width of a factor's 95 % interval, per cent of its value; 0: none is known.

    >>> from sinhthai.factors.loading import load_factors
    >>> half_width(load_factors().by_id["ipcc2006-waste/wastewater/b0/cod"])
    75.0
    """
    if factor.low is None or factor.high is None or not factor.value:
        return 0.0
    return 50.0 * (factor.high - factor.low) / abs(factor.value)


@dataclass(slots=True)
class Ask:
    """Factors asked for on behalf of one activity; what was chosen is flagged where it must be."""

    activity: Activity
    factors: Factors
    settings: Settings
    flags: list[Text] = field(default_factory=list)

    def factor(
        self, quantity: str, *, what: str = "", gas: str = "", category: str = "", plant: str = ""
    ) -> Factor:
        """Return the plant's own value where the activity states it (*plant*), else the table's."""
        own = self.own(plant)
        what = what or self.activity.what
        if own is not None:
            return self._plant(what, quantity, gas, own)
        return self._seen(
            self.factors.choose(
                what,
                quantity,
                year=self.activity.year,
                gas=gas,
                category=category,
                policy=self.settings.policy,
                last_published=self.settings.last_published,
            )
        )

    def own(self, name: str) -> float | None:
        """Return what the plant states under *name*, or None."""
        return self.activity.parameters.get(name) if name else None

    def share(self, name: str, default: float) -> float:
        """Return a parameter that is a share from 0 to 1.

        Raises
        ------
        InputError : it is not; 85 is a per cent where 0.85 is meant.
        """
        value = self.activity.parameters.get(name, default)
        if not 0 <= value <= 1:
            raise InputError([_not_a_share(self.activity, name, value)])
        return value

    def note(self, vi: str, en: str) -> None:
        """Flag the result."""
        flag = Text(vi, en)
        if flag not in self.flags:
            self.flags.append(flag)

    def _plant(self, what: str, quantity: str, gas: str, value: float) -> Factor:
        if value < 0:
            raise InputError([_negative(self.activity, quantity)])
        owner = f"plant:{self.activity.subject}"
        return Factor(
            id="/".join(part for part in (owner, what, quantity, gas) if part),
            table="plant",
            activity=what,
            quantity=quantity,
            gas=gas,
            value=value,
            unit="",
            tier=3,
            verified=True,
        )

    def _seen(self, choice: Choice) -> Factor:
        factor = choice.factor
        if choice.is_last_published and factor.valid_to is not None:
            year = factor.valid_to.year
            self.note(
                f"Chưa có hệ số năm {self.activity.year}; dùng hệ số công bố gần nhất ({year}).",
                f"No factor of {self.activity.year} is published; the last one ({year}) is used.",
            )
        if not factor.verified:
            self.note(
                f"Hệ số chưa xác minh: {factor.id}.",
                f"This factor is not verified: {factor.id}.",
            )
        if factor.low is None:
            # The same number with a range, from another table, tells how sure it is.
            for other in choice.others:
                if other.value == factor.value and other.low is not None:
                    return _with_range(factor, other)
        return factor


def _with_range(factor: Factor, other: Factor) -> Factor:
    return replace(factor, low=other.low, high=other.high, range_verified=other.range_verified)


def _not_a_share(activity: Activity, name: str, value: float) -> Problem:
    return Problem(
        "share-out-of-range",
        Text(
            f"Dòng {activity.line}: «{name}» = {value:g} không nằm giữa 0 và 1.",
            f"Line {activity.line}: '{name}' = {value:g} is not between 0 and 1.",
        ),
        Text(
            f"Nếu là phần trăm, ghi {value / 100:g}.",
            f"If it is a per cent, write {value / 100:g}.",
        ),
        activity.place,
    )


def _negative(activity: Activity, name: str) -> Problem:
    return Problem(
        "negative-parameter",
        Text(
            f"Dòng {activity.line}: «{name}» là số âm.",
            f"Line {activity.line}: '{name}' is negative.",
        ),
        Text("Ghi số không âm.", "Give zero or more."),
        activity.place,
    )
