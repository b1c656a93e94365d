"""Plausible invented answers to the items of the dictionary, drawn in columns with NumPy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from sinhthai.rules.model import Item

Column = npt.NDArray[np.object_]

# How often the answer is yes; anything else is yes in seven of ten.
_YES = {
    "recp_applied": 0.45,
    "recp_result_measured": 0.32,
    "in_symbiosis": 0.12,
    "iso_production_system": 0.55,
    "iso_environment_system": 0.4,
    "new_eip_registered": 0.05,
}
_YES_PREFIX = (("compliance_", 0.985), ("investor_compliance_", 0.99), ("service_", 0.95))
# The middle of a log-normal amount, by the item's unit.
_MEDIAN = {"kWh": 60_000.0, "m**3": 2_500.0, "t": 40.0, "ha": 12.0, "MVND": 180.0, "MWh": 60.0}


def answers(rng: np.random.Generator, item: Item, size: int) -> Column | None:
    """Draw *size* answers to *item*; None for free text and dates, which nobody invents here."""
    if item.kind == "boolean":
        return rng.random(size).__lt__(_chance_of_yes(item.code)).astype(object)
    if item.kind == "choice":
        codes = [choice.code for choice in item.choices]
        return np.array(codes, dtype=object)[rng.integers(len(codes), size=size)] if codes else None
    if item.kind in ("integer", "number"):
        return _amounts(rng, item, size)
    return None


def _chance_of_yes(code: str) -> float:
    for prefix, chance in _YES_PREFIX:
        if code.startswith(prefix):
            return chance
    return _YES.get(code, 0.7)


def _amounts(rng: np.random.Generator, item: Item, size: int) -> Column:
    if item.maximum is not None:
        low = item.minimum or 0.0
        drawn = low + (item.maximum - low) * rng.beta(2, 3, size)
    else:
        drawn = _MEDIAN.get(item.unit, 8.0) * rng.lognormal(0.0, 0.9, size)
        drawn = np.maximum(drawn, item.minimum or 0.0)
    if item.kind == "integer":
        return np.rint(drawn).astype(np.int64).astype(object)
    return np.round(drawn, 1).astype(object)


def land(rng: np.random.Generator, size: int) -> dict[str, Column]:
    """Draw the land of *size* parks, in hectares: the shared part lies around one quarter."""
    plan = np.round(np.clip(rng.lognormal(5.5, 0.5, size), 60, 1600), 1)
    parts = {
        "greenery_ha": rng.uniform(0.09, 0.15, size),
        "roads_ha": rng.uniform(0.08, 0.13, size),
        "technical_ha": rng.uniform(0.01, 0.03, size),
        "social_ha": rng.uniform(0.0, 0.04, size),
    }
    areas = {code: np.round(plan * part, 2).astype(object) for code, part in parts.items()}
    return {"plan_area_ha": plan.astype(object), **areas}


def rows(
    rng: np.random.Generator,
    columns: dict[str, Column],
    *,
    missing: float,
    keep: Iterable[str] = (),
) -> list[dict[str, object]]:
    """Turn columns into one dictionary a row, leaving out a share *missing* of the answers.

    Items named in *keep* are always answered.
    """
    codes = list(columns)
    always = frozenset(keep)
    size = len(next(iter(columns.values())))
    gone = rng.random((size, len(codes))) < missing
    gone[:, [index for index, code in enumerate(codes) if code in always]] = False
    table: Sequence[list[object]] = [columns[code].tolist() for code in codes]
    return [
        {
            code: value
            for code, value, absent in zip(codes, row, absences, strict=True)
            if not absent
        }
        for row, absences in zip(zip(*table, strict=True), gone.tolist(), strict=True)
    ]
