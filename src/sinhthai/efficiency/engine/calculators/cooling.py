"""Cooling towers and chillers."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text

EVAPORATION = 2326.0
"""kJ/kg: 1,000 Btu/lb, the rule behind "1 % evaporates for every 10 °F"."""


@dataclass(frozen=True, slots=True)
class Makeup:
    """Where the make-up water of a tower goes [m**3 a year]."""

    evaporation: float
    drift: float
    blowdown: float

    @property
    def total(self) -> float:
        """All make-up water [m**3 a year]."""
        return self.evaporation + self.drift + self.blowdown


def tower_makeup(
    load: float,
    circulation: float,
    hours: float,
    *,
    cycles: float,
    drift: float,
    correction: float = 1.0,
    density: float = 1.0,
) -> Makeup:
    r"""Return the make-up water of a cooling tower.

    Evaporation :math:`Q / 2326`, drift a share of the circulation, blowdown
    :math:`E / (C - 1)` at *C* cycles of concentration.

    Parameters
    ----------
    load : kW of heat.
    circulation : m**3/h.
    hours : a year at that load.
    cycles : concentration of the blowdown over the make-up, above 1.
    drift : share of the circulation.
    correction : of the evaporation, for the climate.
    density : t/m**3.

    Notes
    -----
    Source: MEASUR, cooling tower make-up water (printed example E8). It counts the drift beside
    the blowdown, which is on the safe side: drift removes salt too.

    >>> round(tower_makeup(1000.0, 200.0, 6000.0, cycles=4, drift=0.0002).total)
    12622
    """
    require(
        not_negative={"load": load, "circulation": circulation, "hours": hours},
        positive={"correction": correction, "density": density},
        shares={"drift": drift},
    )
    if not cycles > 1:
        raise refused(
            "cycles",
            Text(f"Số vòng cô đặc {cycles:g}.", f"{cycles:g} cycles of concentration."),
            Text(
                "Lớn hơn 1: độ dẫn điện của nước xả chia cho của nước bổ sung.",
                "More than 1: conductivity of the blowdown over that of the make-up.",
            ),
        )
    evaporation = correction * load / EVAPORATION * 3.6 / density * hours
    return Makeup(evaporation, drift * circulation * hours, evaporation / (cycles - 1.0))


def chiller_saving(energy: float, kelvin: float, per_kelvin: float) -> float:
    """Return what warmer chilled or cooler condenser water saves [unit of *energy*].

    Each kelvin saves its share of what is left: :math:`E (1 - (1 - s)^{\\Delta T})`.

    Parameters
    ----------
    energy : of the chiller a year.
    kelvin : how much less the chiller has to lift.
    per_kelvin : share; 0.018 to 0.036 for condenser water (tip sheet), 0.02 to 0.03 for chilled
        water (from memory).

    >>> round(chiller_saving(1000.0, 3.0, 0.02), 1)
    58.8
    """
    require(not_negative={"energy": energy, "kelvin": kelvin}, shares={"per_kelvin": per_kelvin})
    return float(energy * (1.0 - (1.0 - per_kelvin) ** kelvin))
