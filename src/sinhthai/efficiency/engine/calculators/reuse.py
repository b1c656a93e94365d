"""Treated effluent used again: a balance of water, and the power of the treatment."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import require


@dataclass(frozen=True, slots=True)
class Reuse:
    """A year of reuse [m**3]: effluent = reused + concentrate + discharged."""

    reused: float
    """Fresh water no longer taken."""
    concentrate: float
    discharged: float
    electricity: float
    """MWh drawn."""


def reuse(effluent: float, demand: float, *, recovery: float, specific_energy: float) -> Reuse:
    """Return how much effluent replaces fresh water.

    Parameters
    ----------
    effluent : m**3 a year treated today.
    demand : m**3 a year of uses that take the quality made.
    recovery : share of the water fed to the treatment that becomes good (reverse osmosis leaves
        the rest as concentrate).
    specific_energy : kWh per m**3 fed.

    >>> reuse(100_000, 60_000, recovery=0.75, specific_energy=1.0)
    Reuse(reused=60000.0, concentrate=20000.0, discharged=20000.0, electricity=80.0)
    """
    require(
        not_negative={"effluent": effluent, "demand": demand, "specific_energy": specific_energy},
        shares={"recovery": recovery},
        positive={"recovery": recovery},
    )
    fed = min(effluent, demand / recovery)
    reused = fed * recovery
    return Reuse(reused, fed - reused, effluent - fed, fed * specific_energy / 1000.0)
