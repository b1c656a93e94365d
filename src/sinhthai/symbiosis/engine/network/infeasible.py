"""Why no network meets every demand: which one, by how much, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.highs import Answer
from sinhthai.symbiosis.engine.network.instance import Floats, Instance
from sinhthai.symbiosis.engine.network.levels import at_levels, levels_of
from sinhthai.symbiosis.engine.network.program import Program, build_program
from sinhthai.symbiosis.engine.network.scaled import solve_mip

_SECONDS = 10.0

_SHORT = {
    "demand": Text(
        "{name} phải nhận ít nhất {asked} {unit}/năm; nhiều nhất chỉ đưa đến được {reached}.",
        "{name} must receive at least {asked} {unit}/year; at most {reached} can be brought to it.",
    ),
    "supply": Text(
        "Phải lấy ít nhất {asked} {unit}/năm từ {name}; nhiều nhất chỉ lấy được {reached}.",
        "At least {asked} {unit}/year must be taken from {name}; at most {reached} can be.",
    ),
    "co2": Text(
        "Phải giảm ít nhất {asked} {unit}/năm; nhiều nhất chỉ giảm được {reached}.",
        "At least {asked} {unit}/year must be avoided; at most {reached} can be.",
    ),
}
_CAUSES = {
    "links": Text(
        "Không có liên kết nào đến được đó.",
        "No link that may be built leads there.",
    ),
    "budget": Text("Ngân sách đầu tư không đủ.", "The investment budget does not suffice."),
    "quality": Text("Giới hạn chất lượng không cho phép.", "The quality limits do not allow it."),
    "capacity": Text(
        "Công suất các đơn vị xử lý không đủ.",
        "The treatment units do not have the capacity.",
    ),
    "choice": Text(
        "Các phương án loại trừ nhau chặn lại.", "The groups of alternatives exclude it."
    ),
    "least_carried": Text(
        "Lượng tối thiểu trên liên kết quá lớn.", "Minimum quantities of links are too large."
    ),
    "least_treated": Text(
        "Lượng xử lý tối thiểu của đơn vị xử lý quá lớn.",
        "Minimum throughputs of treatment units are too large.",
    ),
    "supply": Text("Các nguồn cung không đủ.", "The supplies do not suffice."),
    "demand": Text("Các nhu cầu nhận không đủ lớn.", "The needs are not large enough."),
}


@dataclass(frozen=True, slots=True)
class _Shortfall:
    family: str
    about: int
    asked: float
    missing: float


def why_infeasible(instance: Instance) -> tuple[Text, ...]:
    """Return sentences: each demand that cannot be met, by how much, and which limits are why.

    The demands (minima to take and to bring, CO2 to avoid) get a slack that is made as small as
    possible in all; then one family of limits at a time is lifted to see whether it stood in the
    way.
    """
    program = build_program(at_levels(instance, *levels_of(instance), hopeful=True))
    short, total = _least_short(program)
    if not short and instance.pools:  # only the best of mixes would do
        program = build_program(instance)
        short, total = _least_short(program)
    sentences = [_said(instance, one) for one in short]
    if not short:
        return ()
    causes = [
        words
        for family, words in _CAUSES.items()
        if family != "links" and _helps(program, family, total)
    ]
    if not causes:
        causes = [_CAUSES["links"]]
    return (*sentences, *causes)


def _least_short(program: Program) -> tuple[list[_Shortfall], float]:
    """Return the demands missed when as little as possible is missed, and the sum of shares."""
    asked = _asked(program)
    answer = _elastic(program, asked)
    if answer.values is None:
        return [], np.inf
    slack = answer.values[len(program.cost) :]
    short = [
        _Shortfall(family, about, float(program.row_low[row]), float(slack[k]))
        for k, (family, about, row) in enumerate(asked)
        if slack[k] > 1e-6 * program.row_low[row]
    ]
    return short, answer.objective


def _asked(program: Program) -> list[tuple[str, int, int]]:
    found, first = [], 0
    for rows in program.families:
        if rows.family in _SHORT:
            found += [
                (rows.family, int(rows.about[k]), first + int(k))
                for k in np.flatnonzero(rows.low > 0)
            ]
        first += len(rows)
    return found


def _elastic(program: Program, asked: list[tuple[str, int, int]]) -> Answer:
    n, extra = len(program.cost), len(asked)
    row = np.array([at for _, _, at in asked], np.int32)
    low = program.row_low[row]
    elastic = replace(
        program,
        cost=np.concatenate([np.zeros(n), 1 / low]),
        lower=np.concatenate([program.lower, np.zeros(extra)]),
        upper=np.concatenate([program.upper, low]),
        integer=np.concatenate([program.integer, np.zeros(extra, bool)]),
        row=np.concatenate([program.row, row]),
        col=np.concatenate([program.col, np.arange(n, n + extra, dtype=np.int32)]),
        value=np.concatenate([program.value, np.ones(extra)]),
    )
    return solve_mip(elastic, seconds=_SECONDS, gap=1e-3)


def _helps(program: Program, family: str, total: float) -> bool:
    """Say whether less is missing once the upper limits of *family* are lifted."""
    at = program.family_at(family)
    high: Floats = program.row_high.copy()
    low: Floats = program.row_low.copy()
    if family in ("least_carried", "least_treated"):
        low[at] = -np.inf
    else:
        high[at] = np.inf
    if at.start == at.stop:
        return False
    lifted = replace(program, row_high=high, row_low=low)
    if family in ("supply", "demand", "capacity"):
        lifted = _wider(lifted)
    answer = _elastic(lifted, _asked(lifted))
    return answer.values is not None and answer.objective < total * (1 - 1e-3) - 1e-9


def _wider(program: Program) -> Program:
    """Widen the arcs' own bounds, which repeat supply, need and capacity, a thousand times."""
    factor = 1e3
    value = program.value.copy()
    for family in ("built", "needs_unit", "leaves_unit"):
        at = program.family_at(family)
        inside = (program.row >= at.start) & (program.row < at.stop) & (value < 0)
        value[inside] *= factor
    upper = np.where(program.integer, program.upper, program.upper * factor)
    return replace(program, value=value, upper=upper)


def _said(instance: Instance, one: _Shortfall) -> Text:
    network = instance.network
    units = {material.id: material.unit for material in network.materials}
    if one.family == "demand":
        sink = network.sinks[one.about]
        name, unit = sink.name or sink.id, units.get(sink.accepts[0].material, "")
    elif one.family == "supply":
        source = network.sources[one.about]
        name, unit = source.name or source.id, units.get(source.material, "")
    else:
        name, unit = "", "t CO2"
    numbers = {
        key: Text(format_number(value, "vi", 1), format_number(value, "en", 1))
        for key, value in (("asked", one.asked), ("reached", one.asked - one.missing))
    }
    shown = Text(unit_label(unit, "vi"), unit_label(unit, "en"))
    return _SHORT[one.family].format(name=name, unit=shown, **numbers)
