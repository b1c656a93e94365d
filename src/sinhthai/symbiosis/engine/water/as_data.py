"""The answers as plain data, for JSON: t/h, mg/L, kg/h, m3 and VND a year."""

from __future__ import annotations

from typing import Any

from sinhthai.symbiosis.engine.water.curves import fresh_line, surplus_curve
from sinhthai.symbiosis.engine.water.routes import Network
from sinhthai.symbiosis.engine.water.study import Figures, WaterStudy
from sinhthai.symbiosis.engine.water.targets import RegenerationTarget


def as_data(study: WaterStudy, language: str) -> dict[str, Any]:
    """Return *study* as dictionaries and lists; the sentences in *language*. Unknown is null."""
    file, asked, whole = study.file, study.asked, study.whole
    data: dict[str, Any] = {
        "units": {"flow": "t/h", "concentration": "mg/L", "load": "kg/h"},
        "contaminants": list(file.contaminants),
        "fresh_water": list(file.fresh),
        "hours_a_year": asked.hours,
        "price_vnd_m3": asked.price,
        **_figures(study, whole, language),
    }
    if study.enterprises:
        data["enterprises"] = [
            {"enterprise": one.name, **_figures(study, one, language)} for one in study.enterprises
        ]
        data["each_alone"] = study.alone
    if file.cleaned is not None:
        data["regeneration"] = {
            "outlet": list(file.cleaned),
            "reuse": _cleaned(study.once),
            "recycling": _cleaned(study.again),
            "network": _network(study.cleaning),
        }
    data["network"] = _network(study.network)
    if study.target is not None:
        target = study.target
        data["curves"] = {
            "limiting_composite": [
                [load, level]
                for load, level in zip(target.load.tolist(), target.level.tolist(), strict=True)
            ],
            "fresh_water": [list(point) for point in fresh_line(target, file.fresh[0])],
        }
    if study.cascade is not None:
        data["waste"] = study.cascade.waste
        data["curves"] = {"cascade": [list(point) for point in surplus_curve(study.cascade)]}
    data["warnings"] = [warning.say(language) for warning in file.warnings]
    return data


def _figures(study: WaterStudy, one: Figures, language: str) -> dict[str, Any]:
    saving = one.saving
    return {
        "without_reuse": one.without_reuse,
        "fresh": one.fresh,
        "bound": one.bound,
        "pinch": one.pinch,
        "saving": saving,
        "saving_m3_a_year": None if saving is None else study.a_year(saving),
        "saving_vnd_a_year": None if saving is None else study.worth(saving),
        "why_none": one.why.get(language) if one.why else None,
    }


def _cleaned(target: RegenerationTarget | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {"fresh": target.fresh, "regenerated": target.regenerated, "sent_at": target.at}


def _network(network: Network | None) -> dict[str, Any] | None:
    if network is None:
        return None
    return {
        "fresh": network.fresh,
        "bound": network.bound,
        "proven": network.proven,
        "fewest_pipes_proven": network.fewest,
        "regenerated": network.regenerated,
        "waste": network.waste,
        "pipes": [
            {
                "from": route.giver,
                "to": route.taker,
                "flow": route.flow,
                "concentration": list(route.concentration),
                "between_enterprises": route.between_owners,
            }
            for route in network.routes
        ],
    }
