"""The curves of a study as one SVG picture: hot is drawn full, cold dashed."""

from __future__ import annotations

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.heat.curves import Curve
from sinhthai.symbiosis.engine.heat.report import Targets
from sinhthai.symbiosis.engine.heat.study import HeatStudy
from sinhthai.symbiosis.engine.heat.total_site import SiteTargets
from sinhthai.symbiosis.engine.panels import BLUE, GREEN, RED, Line, Panel, draw

_HEAT = Text("Dòng nhiệt (kW)", "Heat flow (kW)")
_REAL = Text("Nhiệt độ (°C)", "Temperature (°C)")
_SHIFTED = Text("Nhiệt độ dịch chuyển (°C)", "Shifted temperature (°C)")


def picture(study: HeatStudy, language: str) -> str:
    """Return the composite, the grand composite and, for a site, its profiles, side by side."""
    panels = [*_curves(study.whole), *([_profiles(study.site)] if study.site else [])]
    table = study.whole.table
    title = Text(
        "Tiện ích nóng {hot} kW · lạnh {cold} kW · thu hồi {recovery} kW · ΔTmin {least} K",
        "Hot utility {hot} kW · cold utility {cold} kW · recovery {recovery} kW · ΔTmin {least} K",
    ).format(
        hot=_said(table.hot),
        cold=_said(table.cold),
        recovery=_said(table.recovery),
        least=_said(study.least),
    )
    return draw(panels, title, language)


def _curves(one: Targets) -> list[Panel]:
    return [
        Panel(
            Text("Đường tổng hợp", "Composite curves"),
            _HEAT,
            _REAL,
            (
                Line(Text("nóng", "hot"), one.composites.hot.points(), RED),
                Line(Text("lạnh", "cold"), one.composites.cold.points(), BLUE, dashed=True),
            ),
        ),
        Panel(
            Text("Đường tổng hợp lớn", "Grand composite curve"),
            _HEAT,
            _SHIFTED,
            (Line(Text("dòng nhiệt ròng", "net heat flow"), one.grand.points(), GREEN),),
            tuple((at.shifted, _mark("pinch", at.shifted)) for at in one.pinches),
        ),
    ]


def _profiles(site: SiteTargets) -> Panel:
    flipped = Curve(-site.sources.heat, site.sources.temperature)
    levels = [level for level in site.levels if level.used or level.raised]
    return Panel(
        Text("Biên dạng toàn khu", "Total site profiles"),
        _HEAT,
        _SHIFTED,
        (
            Line(Text("nguồn (thừa)", "sources (left)"), flipped.points(), RED),
            Line(Text("nhu cầu", "sinks"), site.sinks.points(), BLUE, dashed=True),
        ),
        tuple(
            (level.utility.supply, _mark(level.utility.name, level.utility.supply))
            for level in levels
        ),
    )


def _mark(name: str, temperature: float) -> Text:
    return Text("{name} {at} °C", "{name} {at} °C").format(name=name, at=_said(temperature))


def _said(value: float) -> Text:
    return Text(*(format_number(round(value, 1), language) for language in ("vi", "en")))
