"""Ranked partners as files: JSON for programmes, Excel for people, Parquet for tables."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from sinhthai.foundation.tables import Cell, Column, write_table
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.symbiosis.engine.explain import reasons
from sinhthai.symbiosis.engine.legal import LEGAL_NAMES

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.matches import Matches

FORMAT_VERSION: Final = 1
"""Of the JSON document; a change that breaks its readers raises it."""

LEGAL_STATUS: Final[Mapping[str, Text]] = {"": Text("chưa tra", "not looked up"), **LEGAL_NAMES}
_PARTS = ("fit", "text", "quality", "season", "coverage")
_SHEET: Sequence[tuple[Text, int]] = (
    (Text("Bên cung", "Giver"), 26),
    (Text("Dòng cung", "Offer"), 28),
    (Text("Hạng", "Rank"), 6),
    (Text("Bên nhận", "Receiver"), 26),
    (Text("Dòng cầu", "Need"), 28),
    (Text("Điểm (0–1)", "Score (0–1)"), 10),
    (Text("Khoảng cách (km)", "Distance (km)"), 11),
    (Text("Lượng mỗi năm", "Quantity a year"), 14),
    (Text("Đơn vị", "Unit"), 8),
    (Text("Đáp ứng nhu cầu (%)", "Share of the need (%)"), 11),
    (Text("Lợi ích (triệu đồng/năm)", "Worth (million VND/year)"), 14),
    (Text("thấp", "low"), 12),
    (Text("cao", "high"), 12),
    (Text("CO2 tránh được (t/năm)", "CO2 avoided (t/year)"), 12),
    (Text("Pháp lý", "Law"), 16),
    (Text("Điều khoản", "Clause"), 20),
    (Text("Quy tắc", "Rule"), 30),
    (Text("Ước tính", "Estimated"), 9),
    (Text("Vì sao, và điều chưa biết", "Why, and what is not known"), 90),
)


def stream_rows(matches: Matches) -> Mapping[str, dict[str, Any]]:
    """Return stream id -> the stream, for the streams that stand in an answer."""
    import pyarrow.compute as pc

    chunks = [*matches.table["offer"].chunks, *matches.table["need"].chunks]
    wanted = pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())
    return {
        row["id"]: row
        for table in (matches.streams.offers, matches.streams.needs)
        for row in table.filter(pc.is_in(table["id"], value_set=wanted)).to_pylist()
    }


def as_json(matches: Matches, about: Mapping[str, object], language: str) -> bytes:
    """Return an answer as one JSON document, indented, UTF-8.

    *about* says what was asked and by which knowledge (H6); it stands under ``about``. Unknown is
    null. The reasons are in *language*; everything else is the same in both.
    """
    streams = stream_rows(matches)
    left_out = matches.left_out
    document = {
        "format": FORMAT_VERSION,
        "about": dict(about),
        "matches": [
            {
                "offer": _stream(streams[row["offer"]]),
                "need": _stream(streams[row["need"]]),
                **{name: row[name] for name in ("rank", "score", "forbidden")},
                "parts": {name: row[name] for name in _PARTS},
                "distance_m": row["distance_m"],
                "quantity": row["quantity"],
                "unit": row["unit"],
                "value_vnd": {
                    "low": row["value_low"],
                    "mid": row["value_vnd"],
                    "high": row["value_high"],
                },
                "co2_t": {"low": row["co2_low"], "mid": row["co2_t"], "high": row["co2_high"]},
                "rule": row["substitution"] or None,
                "kind": row["kind"],
                "offer_material": row["offer_material"] or None,
                "need_material": row["need_material"] or None,
                "legal": {
                    "id": row["legal"] or None,
                    "status": row["legal_status"] or None,
                    "clause": row["clause"],
                },
                "estimated": row["estimated"],
                "reasons": [
                    {"topic": reason.topic, "text": reason.text.get(language)}
                    for reason in reasons(matches, number)
                ],
            }
            for number, row in enumerate(matches.table.to_pylist())
        ],
        "nothing": matches.nothing.get(language) if matches.nothing else None,
        "left_out": {
            "no_place": left_out.no_place,
            "zero": left_out.zero,
            "no_material": left_out.no_material,
            "other_unit": left_out.other_unit,
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def as_xlsx(matches: Matches, language: str, title: str) -> bytes:
    """Return an answer as one Excel sheet; an unknown figure is an empty cell."""
    columns: list[Column] = [(name.get(language), width) for name, width in _SHEET]
    name = Text("Đối tác", "Partners").get(language)
    return write_table("xlsx", columns, _sheet_rows(matches, language), name=name, title=title)


def as_parquet(matches: Matches) -> bytes:
    """Return an answer as Parquet: ``MATCH_SCHEMA``, then who and what stands behind the ids."""
    import pyarrow.parquet as pq

    streams = stream_rows(matches)
    table = matches.table
    for side in ("offer", "need"):
        rows = [streams[stream] for stream in table[side].to_pylist()]
        for name in ("enterprise", "park", "name"):
            values = pa.array([row[name] for row in rows], pa.string())
            table = table.append_column(f"{side}_{name}", values)
    target = io.BytesIO()
    pq.write_table(table, target)
    return target.getvalue()


def _stream(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("id", "enterprise", "park", "name", "code", "unit", "quantity", "estimated")
    return {name: row[name] for name in kept}


def _sheet_rows(matches: Matches, language: str) -> Iterator[Sequence[Cell]]:
    streams = stream_rows(matches)
    for number, row in enumerate(matches.table.to_pylist()):
        offer, need = streams[row["offer"]], streams[row["need"]]
        yes = Text("có", "yes").get(language)
        yield (
            offer["enterprise"],
            offer["name"],
            row["rank"],
            need["enterprise"],
            need["name"],
            round(row["score"], 3),
            round(row["distance_m"] / 1000, 1),
            row["quantity"],
            unit_label(row["unit"], language),
            _scaled(row["coverage"], 100, 1),
            _scaled(row["value_vnd"], 1e-6, 1),
            _scaled(row["value_low"], 1e-6, 1),
            _scaled(row["value_high"], 1e-6, 1),
            _scaled(row["co2_t"], 1, 1),
            LEGAL_STATUS[row["legal_status"]].get(language),
            row["clause"],
            row["substitution"],
            yes if row["estimated"] else "",
            "\n".join(reason.text.get(language) for reason in reasons(matches, number)),
        )


def _scaled(value: float | None, factor: float, digits: int) -> float | None:
    return None if value is None else round(value * factor, digits)
