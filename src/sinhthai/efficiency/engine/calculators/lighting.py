"""Lamps: fewer watts, fewer hours, less heat to cool away."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import require


@dataclass(frozen=True, slots=True)
class Lighting:
    """What a change of lamps saves [MWh a year]."""

    lighting: float
    cooling: float
    """By the air conditioning that no longer removes the heat of the lamps."""

    @property
    def saved(self) -> float:
        """Lighting and cooling together."""
        return self.lighting + self.cooling


def lighting_saving(
    lamps: int,
    before: float,
    after: float,
    hours: float,
    *,
    hours_after: float | None = None,
    cooled: float = 0.0,
    cop: float = 3.0,
) -> Lighting:
    """Return what other lamps or shorter hours save.

    Parameters
    ----------
    lamps : how many.
    before, after : watts each, with ballast or driver.
    hours, hours_after : a year, before and after; None: the same.
    cooled : share of the hours in which the room is cooled.
    cop : of the air conditioning.

    >>> lighting_saving(100, 40.0, 18.0, 4000.0)
    Lighting(lighting=8.8, cooling=0.0)
    """
    later = hours if hours_after is None else hours_after
    require(
        not_negative={
            "lamps": lamps,
            "before": before,
            "after": after,
            "hours": hours,
            "hours_after": later,
        },
        shares={"cooled": cooled},
        positive={"cop": cop},
    )
    saved = lamps * (before * hours - after * later) / 1e6
    return Lighting(saved, saved * cooled / cop)
