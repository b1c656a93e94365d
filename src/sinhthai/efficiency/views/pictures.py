"""The bars of the four classes, side by side: never stacked, never added."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

from sinhthai.efficiency.engine.progress import CLASSES
from sinhthai.efficiency.readers.sums import Totals
from sinhthai.efficiency.wording import CLASS_NAMES
from sinhthai.foundation.charts.bars import Series, stacked_bars
from sinhthai.foundation.text import Text

AMOUNT_NAMES = {
    "electricity_mwh": Text("Điện tiết kiệm", "Electricity saved"),
    "fuel_toe": Text("Nhiên liệu tiết kiệm", "Fuel saved"),
    "water_m3": Text("Nước tiết kiệm", "Water saved"),
    "co2e_t": Text("CO2e giảm", "CO2e cut"),
    "value_vnd": Text("Tiền tiết kiệm", "Money saved"),
    "investment_vnd": Text("Vốn đầu tư", "Investment"),
    "measures": Text("Số giải pháp", "Measures"),
}
AMOUNT_UNITS = {
    "electricity_mwh": Text("MWh/năm", "MWh/yr"),
    "fuel_toe": Text("TOE/năm", "TOE/yr"),
    "water_m3": Text("m³/năm", "m³/yr"),
    "co2e_t": Text("tấn/năm", "t/yr"),
    "value_vnd": Text("triệu đồng/năm", "million VND/yr"),
    "investment_vnd": Text("triệu đồng", "million VND"),
    "measures": Text("", ""),
}
AMOUNT_SCALES = {"value_vnd": 1e-6, "investment_vnd": 1e-6}


def class_chart(totals: Totals, amount: str, language: str) -> SafeString | None:
    """Return the bars of *amount* by class; None where no class knows it."""
    values = [
        totals[class_].amounts.get(amount) if not totals[class_].hidden else None
        for class_ in CLASSES
    ]
    if not any(values):
        return None
    scale = AMOUNT_SCALES.get(amount, 1.0)
    svg = stacked_bars(
        AMOUNT_NAMES[amount].get(language),
        [CLASS_NAMES[class_].get(language) for class_ in CLASSES],
        [
            Series(
                AMOUNT_NAMES[amount].get(language),
                [None if value is None else value * scale for value in values],
            )
        ],
        unit=AMOUNT_UNITS[amount].get(language),
        language=language,
        height=260,
    )
    return mark_safe(svg)  # noqa: S308  drawn by foundation.charts, which escapes its texts
