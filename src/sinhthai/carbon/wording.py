"""How kinds, gases, causes and quantities of an inventory are said to people."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.carbon.engine.kinds import ASKED
from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.workbook.words import CATEGORIES, KINDS
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

SCOPES: Mapping[int | None, Text] = {
    1: Text("Phạm vi 1: phát thải trực tiếp", "Scope 1: direct emissions"),
    2: Text("Phạm vi 2: năng lượng mua", "Scope 2: energy bought"),
    3: Text("Phạm vi 3: gián tiếp khác, đã chọn", "Scope 3: other indirect, chosen"),
    None: Text("Phạm vi 1 và 2", "Scopes 1 and 2"),
}
SHORT_SCOPES: Mapping[int, Text] = {
    1: Text("Phạm vi 1", "Scope 1"),
    2: Text("Phạm vi 2", "Scope 2"),
    3: Text("Phạm vi 3", "Scope 3"),
}
CAUSES: Mapping[str, Text] = {
    "added": Text("dòng mới", "line added"),
    "removed": Text("dòng đã rút", "line removed"),
    "told": Text("lượng trước đây chưa biết", "quantity not known before"),
    "untold": Text("lượng nay chưa biết", "quantity not known now"),
    "quantity": Text("lượng thay đổi", "quantity changed"),
    "factor": Text("hệ số thay đổi", "factor changed"),
    "method": Text("loại nguồn, đơn vị hoặc trị số riêng thay đổi", "source, unit or own value"),
    "gwp": Text("tiềm năng nóng lên toàn cầu thay đổi", "warming potential changed"),
    "scope": Text("chuyển phạm vi", "moved between scopes"),
}
OUTCOMES: Mapping[str, Text] = {
    "must": Text("đạt ngưỡng phải kiểm kê", "over a threshold: must be inventoried"),
    "need_not": Text("dưới mọi ngưỡng", "under every threshold"),
    "undetermined": Text("chưa xác định được", "undetermined"),
}
POLICIES: Mapping[str, Text] = {
    "national": Text("danh mục quốc gia trước, IPCC sau", "the national list before IPCC"),
    "ipcc2006": Text("IPCC 2006 trước", "the 2006 IPCC Guidelines first"),
    "ipcc2019": Text("bản hoàn thiện IPCC 2019 trước", "the 2019 Refinement first"),
}
STATES: Mapping[str, Text] = {
    "locked": Text("đã khóa", "locked"),
    "draft": Text("dự thảo", "draft"),
    "missing": Text("chưa có số liệu", "nothing entered"),
}
FIELDS: Mapping[str, Text] = {
    "kind": Text("loại nguồn", "kind"),
    "what": Text("nhiên liệu, chất", "what"),
    "quantity": Text("lượng", "quantity"),
    "unit": Text("đơn vị", "unit"),
    "scope": Text("phạm vi", "scope"),
    "category": Text("nhóm", "category"),
    "parameters": Text("trị số riêng", "own values"),
    "uncertainty": Text("sai số", "uncertainty"),
    "from_park": Text("mua của khu", "from the park"),
    "note": Text("ghi chú", "note"),
    "is_withdrawn": Text("đã rút", "withdrawn"),
}
_UNITS = {"m3": "m³", "m**3": "m³"}


def what_name(what: str) -> Text:
    """Return what an activity is called; what is not in the tables as it was written."""
    known = load_factors().activities.get(what)
    return known.name if known else Text(what, what)


def kind_name(kind: str) -> Text:
    """Return the name of a kind of source."""
    return next((name for code, name in KINDS.items() if code == kind), Text(kind, kind))


def category_name(kind: str, category: str) -> Text:
    """Return the name of a category: of heat the fuel it is made from."""
    if kind == "heat":
        return what_name(category)
    names = next((rows for code, rows in CATEGORIES.items() if code == kind), {})
    return names.get(category, Text(category, category))


def unit_name(unit: str) -> str:
    """Return a unit as people write it."""
    return _UNITS.get(unit, unit)


def said_value(name: str, value: object, language: str) -> str:
    """Return the content of a column as a person reads it."""
    if value is None or value == "" or value == {}:
        return "—"
    if isinstance(value, bool):
        return Text("có", "yes").get(language) if value else Text("không", "no").get(language)
    if isinstance(value, dict):
        return "; ".join(f"{key} {said_value('', one, language)}" for key, one in value.items())
    if isinstance(value, int | float):
        return format_number(float(value), language)
    if name == "kind":
        return kind_name(str(value)).get(language)
    if name == "what":
        return what_name(str(value)).get(language)
    return unit_name(str(value)) if name == "unit" else str(value)


def said_quantity(activity: Activity, language: str) -> str:
    """Return quantity and unit, or nothing where it is not known."""
    if activity.quantity is None:
        return ""
    return f"{format_number(activity.quantity, language)} {unit_name(activity.unit)}"


def kinds_offered() -> list[tuple[str, Text, Text]]:
    """Return code, name and help of every kind, in the order they are asked."""
    return [(kind, kind_name(kind), asked.help) for kind, asked in ASKED.items()]
