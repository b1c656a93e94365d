"""The answers as plain data, for JSON: figures in kW and °C, curves as lists of points."""

from __future__ import annotations

from typing import Any

from sinhthai.symbiosis.engine.heat.curves import Curve
from sinhthai.symbiosis.engine.heat.findings import sentences
from sinhthai.symbiosis.engine.heat.report import Targets
from sinhthai.symbiosis.engine.heat.study import HeatStudy


def as_data(study: HeatStudy, language: str) -> dict[str, Any]:
    """Return *study* as dictionaries and lists; the sentences in *language*."""
    data: dict[str, Any] = {
        "units": {"heat_flow": "kW", "temperature": "degC", "difference": "K"},
        "least_difference": study.least,
        **_targets(study.whole, language),
    }
    if study.zones:
        data["zones"] = [{"zone": zone.name, **_targets(zone, language)} for zone in study.zones]
        data["sum_of_zones"] = {"hot_utility": study.zones_hot, "cold_utility": study.zones_cold}
    data["warnings"] = [warning.say(language) for warning in study.warnings]
    return data


def _targets(one: Targets, language: str) -> dict[str, Any]:
    table = one.table
    return {
        "hot_utility": table.hot,
        "cold_utility": table.cold,
        "recovery": table.recovery,
        "pinches": [
            {"shifted": pinch.shifted, "hot": pinch.hot, "cold": pinch.cold}
            for pinch in one.pinches
        ],
        "sentences": [sentence.get(language) for sentence in sentences(one.streams, table)],
        "problem_table": {
            "temperature": table.temperatures.tolist(),
            "above": table.above.tolist(),
            "below": table.below.tolist(),
            "net_capacity": table.capacity.tolist(),
        },
        "curves": {
            "hot_composite": _curve(one.composites.hot),
            "cold_composite": _curve(one.composites.cold),
            "grand_composite": _curve(one.grand),
        },
    }


def _curve(curve: Curve) -> list[list[float]]:
    return [[heat, temperature] for heat, temperature in curve.points()]
