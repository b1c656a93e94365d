"""Reactive power and the capacitors that supply it. Saves no kWh of the meter, only money."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Correction:
    """A load before and after capacitors; the real power stays."""

    power_factor: float
    angle: float
    """Degrees."""
    reactive: float
    """kvar."""
    apparent_after: float
    """kVA."""
    reactive_after: float
    """kvar."""
    capacitors: float
    """kvar to install."""


def correct(real: float, apparent: float, target: float) -> Correction:
    r"""Return the capacitors that lift a load to the power factor *target*.

    :math:`Q = \sqrt{S^2 - P^2}`, :math:`Q_c = Q - P \tan\arccos\varphi_t`.

    Parameters
    ----------
    real : kW.
    apparent : kVA.
    target : share, not below the present power factor.

    Notes
    -----
    Source: MEASUR, power factor correction (printed example E3).

    >>> round(correct(87, 100, 0.95).capacitors, 4)
    20.7097
    """
    require(positive={"real": real, "apparent": apparent, "target": target})
    require(shares={"target": target})
    if real > apparent:
        raise refused(
            "real",
            Text(f"{real:g} kW lớn hơn {apparent:g} kVA.", f"{real:g} kW exceed {apparent:g} kVA."),
            Text("Kiểm tra hai số đo.", "Check both measurements."),
        )
    now = real / apparent
    if target < now:
        raise refused(
            "target",
            Text(f"Đã đạt {now:.3f}.", f"It is at {now:.3f} already."),
            Text("Không cần tụ bù.", "No capacitors are needed."),
        )
    reactive = math.sqrt(apparent**2 - real**2)
    after = real * math.tan(math.acos(target))
    return Correction(
        now, math.degrees(math.acos(now)), reactive, real / target, after, reactive - after
    )
