"""The law in a search for partners: what is forbidden is shown with its clause, ranked last."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from sinhthai.rules.waste_law import load_waste_law
from sinhthai.symbiosis.engine.codes import load_codes
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.matching import match
from sinhthai.symbiosis.engine.streams import ALL_YEAR, QUALITY_SCHEMA, STREAM_SCHEMA, Streams


def stream(id: str, material: str, unit: str = "t", **facts: Any) -> dict[str, Any]:
    blank: dict[str, Any] = dict.fromkeys(STREAM_SCHEMA.names)
    return blank | {
        "id": id,
        "enterprise": f"firm {id}",
        "park": "p",
        "name": load_knowledge().materials[material].name.vi,
        "code": f"material:{material}",
        "unit": unit,
        "quantity": 10.0,
        "months": ALL_YEAR,
        "lat": 10.8,
        "lon": 106.6,
        "estimated": False,
        **facts,
    }


def legal_of(
    offer: dict[str, Any], *needs: dict[str, Any], day: dt.date = dt.date(2026, 11, 1)
) -> dict[str, tuple[int, str, bool]]:
    found = match(
        Streams(
            pa.Table.from_pylist([offer], schema=STREAM_SCHEMA),
            pa.Table.from_pylist(list(needs), schema=STREAM_SCHEMA),
            QUALITY_SCHEMA.empty_table(),
        ),
        load_knowledge(),
        load_codes(),
        load_waste_law(),
        day=day,
    )
    rows = found.table.to_pylist()
    assert all(row["clause"] for row in rows)
    return {row["need"]: (row["rank"], row["legal"], row["forbidden"]) for row in rows}


def test_hazardous_waste_goes_to_whom_it_may() -> None:
    offer = stream("o", "electroplating-sludge", hazard="NH")
    legal = legal_of(
        offer,
        stream("licensed", "electroplating-sludge", hazard="NH"),
        stream("ordinary", "electroplating-sludge", hazard="TT"),
        stream("unsaid", "electroplating-sludge"),
    )
    assert legal["licensed"] == (1, "hazardous-licensed", False)
    assert legal["unsaid"] == (2, "ask-licence", False)
    assert legal["ordinary"] == (3, "hazardous-forbidden", True)


@pytest.mark.parametrize(
    ("is_sorted", "path"), [(True, "ordinary-goods"), (None, "ask-sorted"), (False, "ask-licence")]
)
def test_sorting_decides_over_ordinary_waste(is_sorted: bool | None, path: str) -> None:
    offer = stream("o", "textile-cutting-scrap", hazard="TT-R", sorted=is_sorted)
    assert legal_of(offer, stream("n", "textile-cutting-scrap"))["n"][1] == path


def test_water_is_asked_about_by_park_and_day() -> None:
    offer = stream("o", "treated-wastewater-a", "m**3", hazard="TT")
    inside = stream("inside", "treated-wastewater-a", "m**3")
    outside = stream("outside", "treated-wastewater-a", "m**3", park="other")
    legal = legal_of(offer, inside, outside)
    assert legal["inside"][1] == "water-reuse-in-park"
    assert legal["outside"][1] == "water-reuse-outside"
    before = legal_of(offer, inside, outside, day=dt.date(2025, 1, 5))
    assert {path for _, path, _ in before.values()} == {"water-reuse"}
