"""Motors and what they drive: power, affinity laws, variable speed, efficiency, size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text

IEC_RATINGS = (
    *(0.37, 0.55, 0.75, 1.1, 1.5, 2.2, 3.0, 4.0, 5.5, 7.5, 11.0, 15.0, 18.5, 22.0, 30.0),
    *(37.0, 45.0, 55.0, 75.0, 90.0, 110.0, 132.0, 160.0, 200.0, 250.0, 315.0, 355.0, 400.0),
)
"""Rated outputs of motors [kW] (IEC 60072-1; from memory)."""


@dataclass(frozen=True, slots=True)
class LoadPoint:
    """Hours a year at one flow, and what the drive drew then."""

    hours: float
    flow: float
    """Share of the full flow."""
    power: float
    """kW drawn before, as measured at that flow."""


@dataclass(frozen=True, slots=True)
class Drive:
    """Electricity of a drive before and after [MWh a year]."""

    before: float
    after: float

    @property
    def saved(self) -> float:
        """MWh a year; below zero where the drive loses more than it saves."""
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class Size:
    """A motor for a shaft power."""

    rating: float
    """kW."""
    load: float
    """Share of the rating."""


def three_phase_power(voltage: float, current: float, power_factor: float) -> float:
    r"""Return the power of a three-phase load [kW], :math:`\sqrt3\,U I \cos\varphi / 1000`.

    Parameters
    ----------
    voltage : between phases [V].
    current : of a phase [A].
    power_factor : share.

    Notes
    -----
    Source: MEASUR, electricity reduction (printed example E1).

    >>> round(three_phase_power(800, 40, 0.85), 4)
    47.1118
    """
    require(not_negative={"voltage": voltage, "current": current}, shares={"power": power_factor})
    return math.sqrt(3.0) * voltage * current * power_factor / 1000.0


def affinity_power(power: float, speed: float) -> float:
    """Return the power [kW] of a fan or pump at a share *speed* of its speed: the cube law.

    Holds where the system has no static head; else use ``drive_saving``. Source: University of
    Connecticut handbook.

    >>> round(affinity_power(50, 0.8), 6), round(affinity_power(40, 0.6), 6)
    (25.6, 8.64)
    """
    require(not_negative={"power": power}, shares={"speed": speed})
    return power * speed**3


def drive_saving(
    profile: Sequence[LoadPoint],
    full_power: float,
    *,
    drive_efficiency: float,
    static_head: float = 0.0,
) -> Drive:
    r"""Return what a variable-speed drive leaves of a part-load profile.

    At flow share *q* a pump against static head share *s* needs
    :math:`P = P_1\, q\,(s + (1 - s) q^2) / \eta`; without static head that is the cube law. The
    efficiency of the pump is taken as constant along the profile.

    Parameters
    ----------
    profile : hours a year at each flow with the power drawn before (throttled, bypassed, …).
    full_power : kW drawn at full flow without drive.
    drive_efficiency : of the converter, share; it also costs at full flow.
    static_head : share of the head that does not fall with the flow.

    Raises
    ------
    InputError : more hours than a year has, a share that is none.

    >>> day = [LoadPoint(4000, 0.8, 48.0), LoadPoint(2000, 1.0, 50.0)]
    >>> saving = drive_saving(day, 50.0, drive_efficiency=0.97)
    >>> round(saving.before, 1), round(saving.after, 1), round(saving.saved, 1)
    (292.0, 208.7, 83.3)
    """
    require(
        positive={"full_power": full_power, "drive_efficiency": drive_efficiency},
        shares={"drive_efficiency": drive_efficiency, "static_head": static_head},
        not_negative={
            **{f"profile[{at}].hours": point.hours for at, point in enumerate(profile)},
            **{f"profile[{at}].power": point.power for at, point in enumerate(profile)},
        },
    )
    require(shares={f"profile[{at}].flow": point.flow for at, point in enumerate(profile)})
    hours = sum(point.hours for point in profile)
    if hours > 8784:
        raise refused(
            "profile",
            Text(f"{hours:g} giờ dài hơn một năm.", f"{hours:g} hours are more than a year."),
            Text("Chia lại số giờ của từng mức tải.", "Share the hours of the year anew."),
        )
    before = sum(point.hours * point.power for point in profile)
    after = sum(
        point.hours * point.flow * (static_head + (1.0 - static_head) * point.flow**2)
        for point in profile
    )
    return Drive(before / 1000.0, after * full_power / drive_efficiency / 1000.0)


def efficiency_saving(energy: float, before: float, after: float) -> float:
    r"""Return what the same output needs less [unit of *energy*], :math:`E (1 - \eta_1/\eta_2)`.

    For motors, belts, compressors, chillers (with COP as efficiency) and furnaces.

    Parameters
    ----------
    energy : used now a year.
    before, after : efficiencies; shares, or COPs on both sides.

    >>> round(efficiency_saving(100.0, 0.93, 0.97), 4)
    4.1237
    """
    require(not_negative={"energy": energy}, positive={"before": before, "after": after})
    return energy * (1.0 - before / after)


def load_share(drawn: float, efficiency: float, rating: float) -> float:
    """Return the load of a motor as a share of its *rating* [kW] from the power *drawn* [kW].

    >>> round(load_share(30.0, 0.9, 55.0), 3)
    0.491
    """
    require(
        not_negative={"drawn": drawn},
        positive={"rating": rating, "efficiency": efficiency},
        shares={"efficiency": efficiency},
    )
    return drawn * efficiency / rating


def motor_size(shaft_power: float, *, highest_load: float = 0.9) -> Size:
    """Return the smallest standard motor that carries *shaft_power* [kW] at *highest_load* or less.

    Motors work best at 75 to 90 % of their rating (University of Connecticut handbook).

    >>> motor_size(27.0)
    Size(rating=30.0, load=0.9)
    """
    require(positive={"shaft_power": shaft_power}, shares={"highest_load": highest_load})
    for rating in IEC_RATINGS:
        if shaft_power <= rating * highest_load * (1 + 1e-12):
            return Size(rating, shaft_power / rating)
    raise refused(
        "shaft_power",
        Text(
            f"{shaft_power:g} kW lớn hơn động cơ tiêu chuẩn lớn nhất ({IEC_RATINGS[-1]:g} kW).",
            f"{shaft_power:g} kW is more than the largest standard motor ({IEC_RATINGS[-1]:g} kW).",
        ),
        Text("Hỏi nhà sản xuất.", "Ask a manufacturer."),
    )
