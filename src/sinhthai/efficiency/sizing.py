"""The calculators a page offers: which figures each asks for, in which units, and what comes out.

The physics stands in ``engine.calculators``; here is only how a person gives its figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sinhthai.efficiency.engine.calculators.combustion import fuel_saving
from sinhthai.efficiency.engine.calculators.compressed_air import (
    intake_saving,
    leak_saving,
    pressure_saving,
)
from sinhthai.efficiency.engine.calculators.cooling import chiller_saving
from sinhthai.efficiency.engine.calculators.lighting import lighting_saving
from sinhthai.efficiency.engine.calculators.load_shift import shift_value
from sinhthai.efficiency.engine.calculators.motors import efficiency_saving
from sinhthai.efficiency.engine.calculators.reuse import reuse
from sinhthai.efficiency.engine.calculators.solar import solar_roof
from sinhthai.efficiency.engine.model import Measure
from sinhthai.foundation.text import Text

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Field:
    """A figure a person gives in ``unit``; ``to_base`` brings it to the calculator's unit."""

    name: str
    label: Text
    unit: Text
    to_base: Callable[[float], float] = float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a calculator found: so much of the carrier of the use, or money alone."""

    saved: float | None
    value_vnd: float | None = None


@dataclass(frozen=True, slots=True)
class Calculator:
    """A calculator with the figures it asks for; ``needs_use``: it takes the metered use too."""

    fields: tuple[Field, ...]
    compute: Callable[[Figures, float], Outcome]
    needs_use: bool = False


def _same(unit: str) -> Text:
    return Text(unit, unit)


def _celsius(value: float) -> float:
    return value + 273.15


def _per_cent(value: float) -> float:
    return value / 100.0


_BEFORE = Field("before", Text("Hiệu suất trước", "Efficiency before"), _same("%"), _per_cent)
_AFTER = Field("after", Text("Hiệu suất sau", "Efficiency after"), _same("%"), _per_cent)
_HOURS = Field("hours", Text("Số giờ chạy một năm", "Running hours a year"), _same("h"))
_BAR = Text("bar (áp kế)", "bar (gauge)")
CALCULATORS: Final[Mapping[str, Calculator]] = {
    "compressed_air.leak_saving": Calculator(
        (
            Field("flow", Text("Lưu lượng khí bớt được", "Air flow stopped"), _same("m³/h")),
            Field(
                "specific_energy",
                Text("Suất điện của khí nén", "Power to compress a cubic metre"),
                _same("kWh/m³"),
            ),
            _HOURS,
        ),
        lambda g, _use: Outcome(
            leak_saving(g["flow"], g["specific_energy"], g["hours"]).electricity
        ),
    ),
    "compressed_air.pressure_saving": Calculator(
        (
            Field("before", Text("Áp suất trước", "Pressure before"), _BAR, lambda v: v / 10.0),
            Field("after", Text("Áp suất sau", "Pressure after"), _BAR, lambda v: v / 10.0),
        ),
        lambda g, use: Outcome(pressure_saving(use, g["before"], g["after"])),
        needs_use=True,
    ),
    "compressed_air.intake_saving": Calculator(
        (
            Field("before", Text("Khí nạp trước", "Intake air before"), _same("°C"), _celsius),
            Field("after", Text("Khí nạp sau", "Intake air after"), _same("°C"), _celsius),
        ),
        lambda g, use: Outcome(intake_saving(use, g["before"], g["after"])),
        needs_use=True,
    ),
    "motors.efficiency_saving": Calculator(
        (_BEFORE, _AFTER),
        lambda g, use: Outcome(efficiency_saving(use, g["before"], g["after"])),
        needs_use=True,
    ),
    "combustion.fuel_saving": Calculator(
        (_BEFORE, _AFTER),
        lambda g, use: Outcome(fuel_saving(use, g["before"], g["after"])),
        needs_use=True,
    ),
    "cooling.chiller_saving": Calculator(
        (
            Field("kelvin", Text("Chênh nhiệt độ bớt được", "Lift made smaller by"), _same("K")),
            Field("per_kelvin", Text("Tiết kiệm mỗi K", "Saved for each K"), _same("%"), _per_cent),
        ),
        lambda g, use: Outcome(chiller_saving(use, g["kelvin"], g["per_kelvin"])),
        needs_use=True,
    ),
    "lighting.lighting_saving": Calculator(
        (
            Field("lamps", Text("Số đèn", "Lamps"), Text("chiếc", "pieces")),
            Field("before", Text("Công suất một đèn trước", "Power of a lamp before"), _same("W")),
            Field("after", Text("Công suất một đèn sau", "Power of a lamp after"), _same("W")),
            _HOURS,
            Field("hours_after", Text("Số giờ chạy sau", "Running hours after"), _same("h")),
        ),
        lambda g, _use: Outcome(
            lighting_saving(
                round(g["lamps"]),
                g["before"],
                g["after"],
                g["hours"],
                hours_after=g["hours_after"],
            ).lighting
        ),
    ),
    "reuse.reuse": Calculator(
        (
            Field("effluent", Text("Nước thải đã xử lý", "Treated effluent"), _same("m³")),
            Field("demand", Text("Nhu cầu dùng lại", "Demand it can serve"), _same("m³")),
            Field("recovery", Text("Tỷ lệ thu hồi", "Recovery"), _same("%"), _per_cent),
        ),
        lambda g, _use: Outcome(
            reuse(g["effluent"], g["demand"], recovery=g["recovery"], specific_energy=0.0).reused
        ),
    ),
    "solar.solar_roof": Calculator(
        (
            Field("peak", Text("Công suất lắp", "Installed power"), _same("kWp")),
            Field("specific_yield", Text("Sản lượng riêng", "Specific yield"), _same("kWh/kWp")),
            Field("used", Text("Phần tự dùng", "Share used on site"), _same("%"), _per_cent),
        ),
        lambda g, _use: Outcome(solar_roof(g["peak"], g["specific_yield"], used=g["used"]).used),
    ),
    "load_shift.shift_value": Calculator(
        (
            Field("moved", Text("Điện chuyển giờ một năm", "Load moved a year"), _same("MWh")),
            Field("from_price", Text("Giá giờ cao điểm", "Price in peak hours"), _same("đ/kWh")),
            Field("to_price", Text("Giá giờ thấp điểm", "Price off peak"), _same("đ/kWh")),
        ),
        lambda g, _use: Outcome(
            None, shift_value(g["moved"], g["from_price"], g["to_price"]).value
        ),
    ),
}


def calculator_of(measure: Measure) -> Calculator | None:
    """Return the calculator a page offers for *measure*; None where it has a share only.

    >>> from sinhthai.efficiency.engine.catalogue import find_measure
    >>> [field.name for field in calculator_of(find_measure("lower-air-pressure")).fields]
    ['before', 'after']
    """
    return CALCULATORS.get(measure.calculator)
