"""The indicators of resource efficiency of UNIDO and UNEP, and their profile over the years.

Three productivities (output per energy, materials, water) and three intensities (greenhouse gas,
waste, wastewater per output). Source: UNIDO-UNEP primer of 2010, from memory. The primer counts
energy in MJ; here it is in MWh, which changes no profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sinhthai.efficiency.engine.calculators.given import require
from sinhthai.foundation.text import Text

Flow = Literal["energy", "materials", "water", "ghg", "waste", "wastewater"]
FLOWS: Mapping[Flow, tuple[str, Text]] = {
    "energy": ("MWh", Text("năng lượng", "energy")),
    "materials": ("t", Text("nguyên vật liệu", "materials")),
    "water": ("m**3", Text("nước", "water")),
    "ghg": ("t", Text("khí nhà kính", "greenhouse gas")),
    "waste": ("t", Text("chất thải", "waste")),
    "wastewater": ("m**3", Text("nước thải", "wastewater")),
}
INDICATORS: Mapping[str, tuple[Flow, Text]] = {
    "energy_productivity": ("energy", Text("năng suất năng lượng", "energy productivity")),
    "material_productivity": ("materials", Text("năng suất vật liệu", "material productivity")),
    "water_productivity": ("water", Text("năng suất nước", "water productivity")),
    "carbon_intensity": ("ghg", Text("cường độ phát thải", "carbon intensity")),
    "waste_intensity": ("waste", Text("cường độ chất thải", "waste intensity")),
    "wastewater_intensity": ("wastewater", Text("cường độ nước thải", "wastewater intensity")),
}
_PRODUCTIVITIES = ("energy_productivity", "material_productivity", "water_productivity")
_NO_OUTPUT = Text("chưa khai sản lượng", "the output is not reported")
_ZERO_OUTPUT = Text(
    "sản lượng bằng 0 mà vẫn có {flow}: không có tỷ số",
    "the output is zero and there is {flow}: there is no ratio",
)
_BOTH_ZERO = Text("cả hai đều bằng 0", "both are zero")
_NO_FLOW = Text("chưa khai {flow}", "{flow} not reported")
_ZERO_FLOW = Text("{flow} bằng 0: năng suất không xác định", "{flow} is zero: no productivity")
_ZERO_BASE = Text("năm gốc bằng 0: không có phần trăm", "the base year is zero: no percentage")
_UNIT = Text(
    "đơn vị sản phẩm khác nhau ({base}, {now})", "the units of output differ ({base}, {now})"
)


@dataclass(frozen=True, slots=True)
class Performance:
    """What a site made and used in a year; None: not reported."""

    year: int
    output: float | None
    unit: str
    """Of the output: t, piece, m**2, …"""
    energy: float | None = None
    materials: float | None = None
    water: float | None = None
    ghg: float | None = None
    waste: float | None = None
    wastewater: float | None = None

    def flow(self, name: Flow) -> float | None:
        """Return the quantity of that name; None: not reported."""
        value: float | None = getattr(self, name)
        return value


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its unit; None with the reason why there is none."""

    value: float | None
    unit: str
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """How a year stands against the base year [%]."""

    base_year: int
    year: int
    output: Value
    absolute: Mapping[Flow, Value]
    relative: Mapping[str, Value]


def indicators(year: Performance) -> dict[str, Value]:
    """Return the six indicators of a year.

    Production of zero with energy used is no productivity of zero: the value is unknown and says
    why.

    >>> found = indicators(Performance(2024, 1000.0, "t", energy=500.0, water=0.0))
    >>> found["energy_productivity"].value, found["energy_productivity"].unit
    (2.0, 't/MWh')
    >>> found["water_productivity"].reason.en
    'water is zero: no productivity'
    """
    given: dict[str, float | None] = {"output": year.output}
    given.update({name: year.flow(name) for name in FLOWS})
    require(not_negative={name: value for name, value in given.items() if value is not None})
    return {name: _indicator(name, year) for name in INDICATORS}


def profile(base: Performance, now: Performance) -> Profile:
    """Return the change of flows and indicators from *base* to *now* [%].

    (value - base value) / base value x 100, for the absolute and the relative figures.

    >>> before = Performance(2022, 1000.0, "t", energy=500.0)
    >>> after = Performance(2024, 1200.0, "t", energy=540.0)
    >>> found = profile(before, after)
    >>> found.absolute["energy"].value
    8.0
    >>> round(found.relative["energy_productivity"].value, 2)
    11.11
    """
    same = base.unit == now.unit
    differ = _UNIT.format(base=base.unit, now=now.unit)
    old, new = indicators(base), indicators(now)
    return Profile(
        base.year,
        now.year,
        _change(Value(base.output, "", _NO_OUTPUT), Value(now.output, "", _NO_OUTPUT))
        if same
        else Value(None, "%", differ),
        {
            name: _change(
                Value(base.flow(name), "", _NO_FLOW.format(flow=said)),
                Value(now.flow(name), "", _NO_FLOW.format(flow=said)),
            )
            for name, (_, said) in FLOWS.items()
        },
        {
            name: _change(old[name], new[name]) if same else Value(None, "%", differ)
            for name in INDICATORS
        },
    )


def _indicator(name: str, year: Performance) -> Value:
    flow, _ = INDICATORS[name]
    flow_unit, said = FLOWS[flow]
    is_productivity = name in _PRODUCTIVITIES
    unit = f"{year.unit}/{flow_unit}" if is_productivity else f"{flow_unit}/{year.unit}"
    output, used = year.output, year.flow(flow)
    if output is None:
        return Value(None, unit, _NO_OUTPUT)
    if used is None:
        return Value(None, unit, _NO_FLOW.format(flow=said))
    if output == 0:
        return Value(None, unit, _BOTH_ZERO if used == 0 else _ZERO_OUTPUT.format(flow=said))
    if is_productivity and used == 0:
        return Value(None, unit, _ZERO_FLOW.format(flow=said))
    return Value(output / used if is_productivity else used / output, unit)


def _change(base: Value, now: Value) -> Value:
    for one in (base, now):
        if one.value is None:
            return Value(None, "%", one.reason)
    if not base.value or now.value is None:
        return Value(None, "%", _ZERO_BASE)
    return Value((now.value - base.value) / base.value * 100.0, "%")
