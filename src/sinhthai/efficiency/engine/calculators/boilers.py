"""Boilers: the balance of heat, blowdown, economizers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.efficiency.engine.steam import saturated, steam_enthalpy
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Boiler:
    """How a boiler is run; the same mass unit per hour in and out."""

    steam: float
    """t/h of steam sent out."""
    pressure: float
    """MPa, absolute, of the steam."""
    feed_pressure: float
    """MPa, absolute, of the deaerator; the feedwater is saturated there."""
    efficiency: float
    """Share of the fuel's heat that reaches the water, on the heating value the fuel is in."""
    blowdown: float
    """Share of the feedwater."""
    superheated: float | None = None
    """K; None: dry saturated steam."""


@dataclass(frozen=True, slots=True)
class BoilerBalance:
    """Mass [t/h] and heat [MWh/h = MW] of a boiler."""

    feedwater: float
    blowdown: float
    steam_heat: float
    blowdown_heat: float
    feed_heat: float
    useful: float
    """Heat given to the water: steam and blowdown less feedwater."""
    fuel: float


def boiler_balance(boiler: Boiler) -> BoilerBalance:
    r"""Return what a boiler takes and gives.

    :math:`F = (m_s h_s + m_b h' - m_f h_f)/\eta`, with :math:`m_f = m_s/(1-b)`; enthalpies of
    IAPWS-IF97.

    Raises
    ------
    InputError : a percentage instead of a share, pressures outside the tables, a blowdown of all.

    Notes
    -----
    Source: MEASUR, boiler (printed example E10).

    >>> found = boiler_balance(Boiler(10.864, 5.5766, 0.3631, 0.724, 0.037))
    >>> round(found.fuel * 3600, 3)  # MJ/h
    33344.279
    """
    require(
        positive={"steam": boiler.steam, "efficiency": boiler.efficiency},
        shares={"efficiency": boiler.efficiency, "blowdown": boiler.blowdown},
    )
    if boiler.blowdown >= 1:
        raise refused(
            "blowdown",
            Text("Xả hết nước cấp thì không còn hơi.", "All feedwater blown down leaves no steam."),
            Text("Ghi tỷ lệ dưới 1.", "Give a share below 1."),
        )
    state = saturated(boiler.pressure)
    out = (
        state.steam
        if boiler.superheated is None
        else steam_enthalpy(boiler.pressure, boiler.superheated)
    )
    feedwater = boiler.steam / (1.0 - boiler.blowdown)
    blowdown = feedwater * boiler.blowdown
    steam_heat = boiler.steam * out / 3600.0
    blowdown_heat = blowdown * state.liquid / 3600.0
    feed_heat = feedwater * saturated(boiler.feed_pressure).liquid / 3600.0
    useful = steam_heat + blowdown_heat - feed_heat
    return BoilerBalance(
        feedwater,
        blowdown,
        steam_heat,
        blowdown_heat,
        feed_heat,
        useful,
        useful / boiler.efficiency,
    )


def blowdown_share(feed: float, boiler: float) -> float:
    """Return the blowdown as a share of the feedwater from two concentrations of the same salt.

    What comes in with the feedwater must leave with the blowdown.

    Parameters
    ----------
    feed, boiler : dissolved solids of feed and boiler water [same unit: mg/L or µS/cm].

    >>> blowdown_share(150.0, 3000.0)
    0.05
    """
    require(not_negative={"feed": feed}, positive={"boiler": boiler})
    if feed >= boiler:
        raise refused(
            "boiler",
            Text("Nước lò không thể loãng hơn nước cấp.", "Boiler water is not thinner than feed."),
            Text("Đổi chỗ hai nồng độ.", "Swap the two concentrations."),
        )
    return feed / boiler


def blowdown_saving(boiler: Boiler, blowdown: float, hours: float) -> float:
    """Return the fuel saved [MWh a year] by a smaller *blowdown* (share of the feedwater).

    >>> boiler = Boiler(10.0, 1.0, 0.12, 0.8, 0.08)
    >>> round(blowdown_saving(boiler, 0.04, 6000.0))
    305
    """
    require(not_negative={"hours": hours}, shares={"blowdown": blowdown})
    if blowdown > boiler.blowdown:
        raise refused(
            "blowdown",
            Text("Xả nhiều hơn hiện nay.", "This is more blowdown than now."),
            Text("Ghi tỷ lệ xả thấp hơn.", "Give a smaller share."),
        )
    before = boiler_balance(boiler).fuel
    after = boiler_balance(replace(boiler, blowdown=blowdown)).fuel
    return (before - after) * hours


def economizer_saving(
    flue_gas: float,
    before: float,
    after: float,
    hours: float,
    *,
    boiler_efficiency: float,
    dew_point: float,
    heat_capacity: float = 1.05,
) -> float:
    """Return the fuel saved [MWh a year] by cooling the flue gas against the feedwater.

    Parameters
    ----------
    flue_gas : t/h; ``combustion.stack_loss`` gives the air, add the fuel.
    before, after : flue-gas temperatures [K].
    hours : a year.
    dew_point : K below which acid or water condenses and an ordinary economizer corrodes.
    heat_capacity : kJ/(kg K) of the flue gas.

    Raises
    ------
    InputError : it would have to condense, or to warm the gas.

    >>> round(economizer_saving(10, 493.15, 433.15, 6000, boiler_efficiency=0.8, dew_point=403.15))
    1312
    """
    require(
        not_negative={"flue_gas": flue_gas, "hours": hours},
        positive={"before": before, "after": after, "boiler_efficiency": boiler_efficiency},
        shares={"boiler_efficiency": boiler_efficiency},
    )
    if after > before:
        raise refused(
            "after",
            Text("Khói ra nóng hơn khói vào.", "The gas leaves warmer than it comes."),
            Text("Đổi chỗ hai nhiệt độ.", "Swap the two temperatures."),
        )
    if after < dew_point:
        raise refused(
            "after",
            Text(
                f"Khói ra {after:g} K dưới điểm sương {dew_point:g} K.",
                f"The gas leaves at {after:g} K, below the dew point of {dew_point:g} K.",
            ),
            Text(
                "Chọn nhiệt độ cao hơn hoặc bộ hâm nước ngưng tụ.",
                "Choose a higher temperature or a condensing economizer.",
            ),
        )
    heat = flue_gas * heat_capacity * (before - after) / 3600.0
    return heat * hours / boiler_efficiency
