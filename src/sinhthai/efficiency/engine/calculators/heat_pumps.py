"""Heat pumps: what they draw, what they replace, and the best they could do."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class HeatPump:
    """A year of a heat pump [MWh]."""

    electricity: float
    """Drawn; a saving of it is below zero."""
    fuel: float
    """No longer burnt."""
    source: float
    """Heat taken from the cold side: waste heat, or cooling for free."""


def heat_pump(heat: float, cop: float, *, boiler_efficiency: float) -> HeatPump:
    """Return what a heat pump draws and replaces.

    Parameters
    ----------
    heat : MWh a year that it delivers.
    cop : coefficient of performance, of the year; above 1.
    boiler_efficiency : of what made the heat so far.

    >>> heat_pump(800.0, 4.0, boiler_efficiency=0.8)
    HeatPump(electricity=200.0, fuel=1000.0, source=600.0)
    """
    require(
        not_negative={"heat": heat},
        positive={"boiler_efficiency": boiler_efficiency},
        shares={"boiler_efficiency": boiler_efficiency},
    )
    if not cop > 1:
        raise refused(
            "cop",
            Text(f"COP {cop:g} không lớn hơn 1.", f"A COP of {cop:g} is not above 1."),
            Text("Ghi COP trung bình năm, thường 3–5.", "Give the COP of the year, often 3 to 5."),
        )
    electricity = heat / cop
    return HeatPump(electricity, heat / boiler_efficiency, heat - electricity)


def carnot_cop(sink: float, source: float) -> float:
    """Return the COP no heat pump can exceed between two temperatures [K].

    >>> round(carnot_cop(353.15, 303.15), 2)
    7.06
    """
    require(positive={"sink": sink, "source": source})
    if sink <= source:
        raise refused(
            "sink",
            Text("Nguồn nóng hơn nơi nhận.", "The source is not colder than the sink."),
            Text("Không cần bơm nhiệt: trao đổi nhiệt.", "No heat pump is needed: exchange heat."),
        )
    return sink / (sink - source)
