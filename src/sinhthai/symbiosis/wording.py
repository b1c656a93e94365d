"""How stages, kinds, units and legal statuses are said to people, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.foundation.text import Text

STAGE_NAMES: Mapping[str, Text] = {
    "idea": Text("ý tưởng", "idea"),
    "contact": Text("liên hệ", "contact"),
    "feasibility": Text("khả thi", "feasibility"),
    "agreement": Text("thỏa thuận", "agreement"),
    "implemented": Text("đang thực hiện", "implemented"),
    "verified": Text("đã xác minh", "verified"),
    "dropped": Text("đã dừng", "dropped"),
    "ended": Text("đã kết thúc", "ended"),
}
# The same stage told apart without colour: on the map, in the graph, on a card.
STAGE_SIGNS: Mapping[str, str] = {
    "idea": "○",
    "contact": "◔",
    "feasibility": "◑",
    "agreement": "◕",
    "implemented": "●",
    "verified": "✓",
    "dropped": "✕",
    "ended": "■",
}
LEGAL_NAMES: Mapping[str, Text] = {
    "goods": Text("như hàng hóa", "as goods"),
    "permitted": Text("được phép", "permitted"),
    "conditional": Text("có điều kiện", "with conditions"),
    "forbidden": Text("bị cấm", "forbidden"),
    "undetermined": Text("chưa xác định", "undetermined"),
}
AXIS_NAMES: Mapping[str, Text] = {
    "technical": Text("kỹ thuật", "technical"),
    "business": Text("kinh doanh", "business"),
    "organisation": Text("tổ chức", "organisation"),
    "legal": Text("pháp lý", "legal"),
    "social": Text("xã hội", "social"),
    "environment": Text("môi trường", "environment"),
}


def yearly_unit(unit: str) -> Text:
    """Return how an amount a year is written in *unit* (a base unit of streams).

    >>> yearly_unit("m**3").en
    'm³/yr'
    """
    shown = {"t": Text("tấn/năm", "t/yr"), "m**3": Text("m³/năm", "m³/yr")}
    return shown.get(unit, Text(f"{unit}/năm", f"{unit}/yr"))
