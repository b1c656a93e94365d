"""Checks across items: parts that are larger than their whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.reporting.engine.workbook.gather import Problems
from sinhthai.reporting.engine.workbook.model import cell_name
from sinhthai.rules.model import Item


@dataclass(frozen=True, slots=True)
class Whole:
    """Park items that are disjoint parts of another park item, in the same unit."""

    whole: str
    parts: tuple[str, ...]


# Land: shared land is part of the planned area (Decree 35/2022, Article 37.2.d).
# Counts: each is a subset of the other, by its own definition.
WHOLES: Final = (
    Whole("plan_area_ha", ("greenery_ha", "roads_ha", "technical_ha", "social_ha")),
    Whole("symbiosis_participants", ("symbiosis_participants_iso",)),
    Whole("operating_enterprises", ("recp_enterprises",)),
)
_ROUNDING: Final = 1.0005  # areas are reported to a few digits: a sum may exceed by that much


def check_parts(said: pa.Table, items: Mapping[str, Item], sheet: str, problems: Problems) -> None:
    """Report the parts of the park that exceed their whole; "at most" bounds prove nothing."""
    own = said.filter(pc.equal(said["subject"], ""))
    exact = {}
    for row in own.select(["item", "number", "qualifier", "row", "column"]).to_pylist():
        if row["number"] is not None and row["qualifier"] in (None, "at_least"):
            exact[row["item"]] = row
    for rule in WHOLES:
        whole = exact.get(rule.whole)
        parts = [exact[code] for code in rule.parts if code in exact]
        if whole is None or whole["qualifier"] or not parts:
            continue
        total = sum(part["number"] for part in parts)
        if total <= whole["number"] * _ROUNDING:
            continue
        unit = items[rule.whole].unit
        problems.add(
            "parts_exceed_whole",
            sheet,
            cell_name(parts[0]["row"], parts[0]["column"]),
            parts=_listed(parts, items),
            sum=_figure(total),
            unit=Text(unit_label(unit, "vi"), unit_label(unit, "en")),
            whole=items[rule.whole].name,
            total=_figure(whole["number"]),
            cell=cell_name(whole["row"], whole["column"]),
        )


def _listed(parts: list[dict[str, object]], items: Mapping[str, Item]) -> Text:
    def said(language: str) -> str:
        return ", ".join(
            f"{items[str(part['item'])].name.get(language)} "
            f"({cell_name(int(str(part['row'])), int(str(part['column'])))})"
            for part in parts
        )

    return Text(said("vi"), said("en"))


def _figure(value: float) -> Text:
    return Text(format_number(value, "vi"), format_number(value, "en"))
