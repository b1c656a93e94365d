"""What statuses, classes, areas, uses and carriers are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.model import Class, Status
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise

STATUS_NAMES: Final[Mapping[str, Text]] = {
    "identified": Text("đã nhận diện", "identified"),
    "rejected": Text("đã loại", "rejected"),
    "planned": Text("đã lập kế hoạch", "planned"),
    "in_implementation": Text("đang thực hiện", "in implementation"),
    "implemented": Text("đã thực hiện", "implemented"),
    "verified": Text("đã xác minh", "verified"),
}
STATUS_SIGNS: Final[Mapping[Status, str]] = {
    "identified": "○",
    "rejected": "✕",
    "planned": "◔",
    "in_implementation": "◑",
    "implemented": "●",
    "verified": "✓",
}
CLASS_NAMES: Final[Mapping[Class, Text]] = {
    "potential": Text("Tiềm năng", "Potential"),
    "planned": Text("Đã lập kế hoạch", "Planned"),
    "implemented": Text("Đã thực hiện", "Implemented"),
    "verified": Text("Đã xác minh", "Verified"),
}
PHASE_NAMES: Final[Mapping[int, Text]] = {
    1: Text("Lập kế hoạch và tổ chức", "Planning and organisation"),
    2: Text("Đánh giá sơ bộ", "Pre-assessment"),
    3: Text("Đánh giá", "Assessment"),
    4: Text("Phân tích khả thi", "Feasibility"),
    5: Text("Thực hiện và duy trì", "Implementation and continuation"),
}
AREA_NAMES: Final[Mapping[str, Text]] = {
    "compressed_air": Text("Khí nén", "Compressed air"),
    "motors": Text("Động cơ và điện", "Motors and power"),
    "lighting": Text("Chiếu sáng và nhà xưởng", "Lighting and buildings"),
    "steam": Text("Lò hơi và hơi", "Boilers and steam"),
    "furnaces": Text("Lò công nghiệp", "Furnaces"),
    "cooling": Text("Làm lạnh và nhiệt", "Cooling and heat"),
    "renewables": Text("Năng lượng tái tạo", "Renewable energy"),
    "water": Text("Nước", "Water"),
    "sector": Text("Riêng của ngành", "Of the sector"),
}
_CARRIERS: Final[Mapping[str, tuple[Text, str]]] = {
    "electricity": (Text("Điện", "Electricity"), "MWh"),
    "heat": (Text("Nhiệt", "Heat"), "MWh"),
    "steam": (Text("Hơi", "Steam"), "t"),
    "water": (Text("Nước", "Water"), "m**3"),
    "wastewater": (Text("Nước thải", "Wastewater"), "m**3"),
    "materials": (Text("Nguyên vật liệu", "Materials"), "t"),
    "chemicals": (Text("Hóa chất", "Chemicals"), "t"),
    "waste": (Text("Chất thải", "Waste"), "t"),
}


def fuels() -> list[str]:
    """Return the fuels of the factor tables, in their order."""
    return [one.id for one in load_factors().activities.values() if one.group == "fuel"]


def is_fuel(carrier: str) -> bool:
    """Say whether the carrier is a fuel of the factor tables."""
    found = load_factors().activities.get(carrier)
    return found is not None and found.group == "fuel"


def carriers() -> list[str]:
    """Return every carrier a baseline may have: the plain ones, then the fuels."""
    return [*_CARRIERS, *fuels()]


def carrier_name(carrier: str) -> Text:
    """Return the name of a carrier."""
    if carrier in _CARRIERS:
        return _CARRIERS[carrier][0]
    found = load_factors().activities.get(carrier)
    return found.name if found else Text(carrier, carrier)


def carrier_unit(carrier: str) -> str:
    """Return the base unit of a carrier.

    >>> carrier_unit("electricity"), carrier_unit("diesel")
    ('MWh', 't')
    """
    if carrier in _CARRIERS:
        return _CARRIERS[carrier][1]
    return load_factors().activities[carrier].unit


def use_name(use: str) -> Text:
    """Return the name of a use of the catalogue."""
    found = load_whole_catalogue().uses.get(use)
    return found.name if found else Text(use, use)


def carriers_of(use: str) -> list[str]:
    """Return the carriers a use of the catalogue may take: one, or any fuel.

    >>> carriers_of("electricity.lighting")
    ['electricity']
    """
    family = load_whole_catalogue().uses[use].carrier
    if family == "fuel":
        return fuels()
    if family == "energy":
        return ["electricity", *fuels()]
    return [family] if family in _CARRIERS else []


def name_of(enterprise: Enterprise) -> Text:
    """Return the name of an enterprise in both languages."""
    return Text(enterprise.name_vi, enterprise.name_en or enterprise.name_vi)
