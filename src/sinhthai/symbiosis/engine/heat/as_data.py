"""The answers as plain data, for JSON: figures in kW and °C, curves as lists of points."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from sinhthai.symbiosis.engine.heat.curves import Curve
from sinhthai.symbiosis.engine.heat.findings import sentences
from sinhthai.symbiosis.engine.heat.placement import Placement
from sinhthai.symbiosis.engine.heat.report import Targets
from sinhthai.symbiosis.engine.heat.study import HeatStudy
from sinhthai.symbiosis.engine.heat.total_site import SiteTargets


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
    if study.placement is not None:
        data["utilities"] = _placement(study.placement)
    if study.site is not None:
        data["total_site"] = _site(study.site)
    if study.matches is not None:
        plan = study.matches
        data["matches"] = {
            "status": plan.status,
            "found": len(plan.matches),
            "bound": plan.bound,
            "gap": plan.gap,
            "pairs": [asdict(match) for match in plan.matches],
        }
    if study.neighbours is not None:
        found = study.neighbours
        bound = found.bound if math.isfinite(found.bound) else None
        data["neighbours"] = asdict(found) | {"bound": bound}
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


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "loads": [
            {
                "utility": load.utility.name,
                "role": "brings" if load.is_hot else "takes",
                "heat": load.heat,
            }
            for load in placement.loads
        ],
        "cost_an_hour": placement.cost,
        "unserved_hot": placement.unserved_hot,
        "unserved_cold": placement.unserved_cold,
    }


def _site(site: SiteTargets) -> dict[str, Any]:
    return {
        "hot_utility": site.hot,
        "cold_utility": site.cold,
        "through_mains": site.through_mains,
        "unserved_hot": site.unserved_hot,
        "unserved_cold": site.unserved_cold,
        "levels": [
            {
                "utility": level.utility.name,
                "used": level.used,
                "raised": level.raised,
                "bought": level.bought,
                "let_down": level.let_down,
                "surplus": level.surplus,
            }
            for level in site.levels
        ],
        "source_profile": _curve(site.sources),
        "sink_profile": _curve(site.sinks),
    }


def _curve(curve: Curve) -> list[list[float]]:
    return [[heat, temperature] for heat, temperature in curve.points()]
