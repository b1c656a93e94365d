"""What is said of the quality of a match, parameter by parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.keys import is_outside
from sinhthai.symbiosis.engine.reason import Reason

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge, Parameter, Substitution

Bounds = tuple[float | None, float | None]


def quality_reasons(
    rule: Substitution | None,
    given: Mapping[str, Bounds],
    asked: Mapping[str, Bounds],
    knowledge: Knowledge,
) -> Iterator[Reason]:
    """Compare parameter by parameter: with what the need states, else with what the rule allows."""
    limits = {limit.parameter: (limit.low, limit.high) for limit in rule.limits} if rule else {}
    silent: list[Text] = []
    for code in dict.fromkeys((*asked, *limits)):
        parameter = knowledge.parameters.get(code)
        if parameter is None:
            continue
        low, high = asked.get(code) or limits[code]
        wanted = _bounds((low, high), parameter)
        if code not in given:
            silent.append(
                Text(f"{parameter.name.vi} {wanted.vi}", f"{parameter.name.en} {wanted.en}")
            )
            continue
        who = (
            Text("bên cần yêu cầu", "the need asks for")
            if code in asked
            else Text("quy tắc cho phép", "the rule allows")
        )
        yield Reason(
            "quality",
            _verdict(given[code], low, high).format(
                name=parameter.name,
                who=who,
                wanted=wanted,
                stated=_bounds(given[code], parameter),
            ),
        )
    if silent:
        listed = Text("; ".join(one.vi for one in silent), "; ".join(one.en for one in silent))
        yield Reason(
            "unknown",
            Text(
                "Bên cung chưa ghi chỉ tiêu phải đạt: {listed}.",
                "The offer does not state what must be met: {listed}.",
            ).format(listed=listed),
        )


def _verdict(given: Bounds, low: float | None, high: float | None) -> Text:
    least, most = given
    inside = (low is None or (least is not None and least >= low)) and (
        high is None or (most is not None and most <= high)
    )
    if inside:
        return Text(
            "{name}: {stated}, đạt ({who} {wanted}).", "{name}: {stated}, fits ({who} {wanted})."
        )
    if is_outside(given, low, high):
        return Text(
            "{name}: {stated}, KHÔNG đạt ({who} {wanted}).",
            "{name}: {stated}, does NOT fit ({who} {wanted}).",
        )
    return Text(
        "{name}: {stated}, chỉ đạt một phần ({who} {wanted}).",
        "{name}: {stated}, fits in part ({who} {wanted}).",
    )


def _bounds(bounds: Bounds, parameter: Parameter) -> Text:
    def said(language: str) -> str:
        low, high = (None if v is None else format_number(v, language) for v in bounds)
        unit = _unit(parameter.unit, language)
        if low is not None and high is not None:
            text = low if low == high else f"{low}–{high}"
        else:
            text = f"≤ {high}" if low is None else f"≥ {low}"
        return f"{text} {unit}".rstrip()

    return Text(said("vi"), said("en"))


def _unit(unit: str, language: str) -> str:
    return {"degC": "°C", "delta_degC": "K", "percent": "%"}.get(unit) or unit_label(unit, language)
