"""How stages, kinds, units and legal statuses are said to people, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise

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
AXIS_NAMES: Mapping[str, Text] = {
    "technical": Text("kỹ thuật", "technical"),
    "business": Text("kinh doanh", "business"),
    "organisation": Text("tổ chức", "organisation"),
    "legal": Text("pháp lý", "legal"),
    "social": Text("xã hội", "social"),
    "environment": Text("môi trường", "environment"),
}


_LEGAL_FORMS = re.compile(
    r"^(?:Công ty (?:TNHH(?: Một thành viên| MTV)?|Cổ phần|CP)|Tổng công ty) |"
    r" (?:Co\.?,? Ltd\.?|JSC|LLC)(?= |$)|\s*\((?:giả định|invented)\)"
)


def short_name(name: str) -> str:
    """Return a company's name as a picture has room for: without its legal form.

    >>> short_name("Công ty TNHH Thức ăn chăn nuôi Minh Hà (giả định)")
    'Thức ăn chăn nuôi Minh Hà'
    """
    return _LEGAL_FORMS.sub("", name).strip() or name


def name_of(enterprise: Enterprise) -> Text:
    """Return the name of an enterprise; the Vietnamese one where it has no English one."""
    return Text(enterprise.name_vi, enterprise.name_en or enterprise.name_vi)


def title_of(title: str, basis: Mapping[str, Any]) -> Text:
    """Return the title of an exchange in both languages where nobody gave it another one.

    >>> title_of("Tro → Gạch", {"title": {"vi": "Tro → Gạch", "en": "Ash → Brick"}}).en
    'Ash → Brick'
    """
    said = basis.get("title")
    return Text(**said) if said and said["vi"] == title else Text(title, title)


def yearly_unit(unit: str) -> Text:
    """Return how an amount a year is written in *unit* (a base unit of streams).

    >>> yearly_unit("m**3").en
    'm³/yr'
    """
    shown = {"t": Text("tấn/năm", "t/yr"), "m**3": Text("m³/năm", "m³/yr")}
    return shown.get(unit, Text(f"{unit}/năm", f"{unit}/yr"))
