"""How people are asked for each kind of activity: what helps, which units, from which groups.

Names, scopes, categories and own values of kinds are those of the workbook (``workbook.words``,
``workbook.columns``), so that a form and a file ask for the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.carbon.engine.model import Kind
from sinhthai.factors.lookup import Factors
from sinhthai.factors.model import Activity
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of one kind asks."""

    help: Text
    units: tuple[str, ...]
    groups: tuple[str, ...] = ()
    """Groups of ``factors`` its activities come from; none: named in words."""
    needs_category: bool = False
    default: str = ""
    """The category where none is chosen."""
    from_park: bool = False
    """Whether a park may sell it to its tenants, or treat it for them."""


_FUELS = ("t", "kg", "m3", "L", "GJ", "MWh")

ASKED: Mapping[Kind, Asked] = {
    "stationary": Asked(
        Text(
            "Lò hơi, lò nung, lò sấy, máy phát điện: than, dầu, khí, củi, trấu …",
            "Boilers, furnaces, dryers, generators: coal, oil, gas, wood, husk …",
        ),
        _FUELS,
        ("fuel",),
        default="manufacturing",
    ),
    "mobile": Asked(
        Text(
            "Xe tải, xe nâng, máy xúc … của mình (phạm vi 1) hoặc thuê ngoài (phạm vi 3).",
            "Lorries, forklifts, excavators …, your own (scope 1) or hired (scope 3).",
        ),
        ("L", "t", "kg", "m3", "GJ"),
        ("fuel",),
        default="road",
    ),
    "electricity": Asked(
        Text(
            "Tổng điện năng mua trong năm theo hóa đơn.",
            "All electricity bought in the year, by the bills.",
        ),
        ("kWh", "MWh", "GWh"),
        ("electricity",),
        from_park=True,
    ),
    "heat": Asked(
        Text(
            "Cần biết bên bán đốt nhiên liệu gì. Hơi tính theo tấn cần thêm enthalpy.",
            "Which fuel the seller burns must be known. Steam by the tonne needs its enthalpy.",
        ),
        ("GJ", "MWh", "t"),
        ("steam",),
        from_park=True,
    ),
    "refrigerant": Asked(
        Text(
            "Lượng nạp bổ sung trong năm; hoặc tính theo lượng trong máy và tỷ lệ rò rỉ.",
            "What was refilled in the year; or by the charge and its leak rate.",
        ),
        ("kg",),
        ("refrigerant",),
    ),
    "process": Asked(
        Text(
            "Sản phẩm, nguyên liệu tự phát thải ngoài nhiên liệu: clinker, vôi, thủy tinh, thép …",
            "Products or inputs that emit besides their fuel: clinker, lime, glass, steel …",
        ),
        ("t", "kg"),
        ("mineral", "metal", "chemical"),
    ),
    "wastewater": Asked(
        Text(
            "Theo m³ với COD đo được, hoặc theo tấn sản phẩm của ngành.",
            "By m³ with the measured COD, or by the tonnes of the industry's product.",
        ),
        ("m3", "t"),
        ("wastewater",),
        needs_category=True,
        from_park=True,
    ),
    "landfill": Asked(
        Text(
            "Mê-tan trong suốt thời gian phân hủy của lượng chôn lấp trong năm.",
            "The methane that the waste of the year gives over its whole life.",
        ),
        ("t", "kg"),
        ("waste",),
        default="unknown",
    ),
    "incineration": Asked(
        Text("Theo khối lượng ướt và loại lò.", "By wet mass and the kind of furnace."),
        ("t", "kg"),
        ("waste",),
        default="continuous-stoker",
    ),
    "biological": Asked(
        Text("Theo khối lượng chất thải đưa vào.", "By the mass of waste put in."),
        ("t", "kg"),
        ("waste",),
        default="wet",
    ),
    "other": Asked(
        Text(
            "Nguyên liệu mua, vận chuyển, đi lại …, với hệ số và nguồn do bạn nêu.",
            "Goods bought, transport, travel …, with a factor and source you state.",
        ),
        ("t", "kg", "km", "m3", "MWh"),
        needs_category=True,
    ),
}

_NEEDED: Mapping[Kind, tuple[str, ...]] = {
    "stationary": ("emission",),
    "mobile": ("emission",),
    "process": ("emission", "energy"),
    "wastewater": ("cod", "water"),
    "landfill": ("doc",),
    "incineration": ("carbon",),
    "biological": ("emission",),
}
"""Of these quantities of ``factors`` one must be in the tables for an activity to be offered."""

_GASES = ("", "CO2", "CH4", "N2O")
_DRIVEN = frozenset({"road", "off-road", "rail", "ship", "aviation"})
_BIOLOGICAL = ("composting", "digestion")


def choices_of(kind: Kind, factors: Factors) -> list[Activity]:
    """Return the activities of ``factors`` that *kind* may be of, in the order of the table.

    What the tables could not compute is not offered; written by name with values of the plant's
    own, it is still taken.

    >>> from sinhthai.factors.loading import load_factors
    >>> [a.id for a in choices_of("biological", load_factors())]
    ['composting', 'digestion']
    """
    groups = ASKED[kind].groups
    return [a for a in factors.activities.values() if a.group in groups and _fits(kind, a, factors)]


def _fits(kind: Kind, activity: Activity, factors: Factors) -> bool:
    if kind == "refrigerant":
        return not activity.id.startswith("equipment-")
    if activity.id in ("wastewater", "clinker"):
        return True
    if kind == "mobile":
        return any(f.activity == activity.id and f.category in _DRIVEN for f in factors.factors)
    if activity.id == "coal-mine":
        return False
    if kind == "biological" and activity.id not in _BIOLOGICAL:
        return False
    needed = _NEEDED.get(kind, ())
    return not needed or any(
        factors.has(activity.id, quantity, gas=gas) for quantity in needed for gas in _GASES
    )
