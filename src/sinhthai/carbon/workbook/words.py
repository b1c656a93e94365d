"""The words people write for kinds of sources and categories, in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sinhthai.carbon.engine.model import Kind, Scope
from sinhthai.foundation.text import Text, fold

KINDS: Mapping[Kind, Text] = {
    "stationary": Text("Đốt cố định", "Stationary combustion"),
    "mobile": Text("Xe, máy di động", "Mobile combustion"),
    "electricity": Text("Điện mua", "Electricity bought"),
    "heat": Text("Hơi, nhiệt mua", "Steam or heat bought"),
    "refrigerant": Text("Môi chất lạnh", "Refrigerants"),
    "process": Text("Quá trình công nghiệp", "Industrial processes"),
    "wastewater": Text("Nước thải", "Wastewater"),
    "landfill": Text("Chôn lấp", "Landfill"),
    "incineration": Text("Đốt chất thải", "Waste incineration"),
    "biological": Text("Ủ phân, phân hủy kỵ khí", "Composting and digestion"),
    "other": Text("Phạm vi 3 khác", "Other scope 3"),
}
_MORE_KINDS: Mapping[str, Kind] = {
    "lò hơi": "stationary",
    "lò nung": "stationary",
    "máy phát điện": "stationary",
    "boiler": "stationary",
    "vận tải": "mobile",
    "xe nâng": "mobile",
    "vehicles": "mobile",
    "transport": "mobile",
    "điện": "electricity",
    "power": "electricity",
    "hơi": "heat",
    "nhiệt": "heat",
    "steam": "heat",
    "quá trình": "process",
    "processes": "process",
    "ủ phân": "biological",
    "composting": "biological",
    "phạm vi 3": "other",
    "scope 3": "other",
}
SCOPES: Mapping[Kind, tuple[Scope, ...]] = {
    kind: (2, 3) if kind in ("electricity", "heat") else (3,) if kind == "other" else (1, 3)
    for kind in KINDS
}
"""The scopes a kind can stand in; the first one is meant where none is written."""

_SECTORS = {
    "manufacturing": Text("sản xuất công nghiệp", "manufacturing"),
    "energy": Text("công nghiệp năng lượng", "energy industry"),
    "commercial": Text("thương mại, dịch vụ", "commercial"),
    "residential": Text("dân dụng", "residential"),
}
_VEHICLES = {
    "road": Text("đường bộ", "road"),
    "road-no-catalyst": Text("đường bộ, không bộ xúc tác", "road, no catalyst"),
    "road-oxidation-catalyst": Text("đường bộ, xúc tác oxy hóa", "road, oxidation catalyst"),
    "off-road": Text("xe máy công trình, xe nâng", "off-road"),
    "off-road-4-stroke": Text("ngoài đường, xăng 4 kỳ", "off-road, 4-stroke"),
    "off-road-2-stroke": Text("ngoài đường, xăng 2 kỳ", "off-road, 2-stroke"),
    "rail": Text("đường sắt", "rail"),
    "ship": Text("tàu thủy", "ship"),
    "aviation": Text("hàng không", "aviation"),
}
_TREATMENTS = {
    "aerobic": Text("hiếu khí, vận hành tốt", "aerobic, well run"),
    "aerobic-overloaded": Text("hiếu khí, quá tải", "aerobic, overloaded"),
    "reactor": Text("bể kỵ khí (UASB)", "anaerobic reactor (UASB)"),
    "digester": Text("phân hủy bùn kỵ khí", "anaerobic sludge digester"),
    "lagoon-shallow": Text("hồ kỵ khí nông (dưới 2 m)", "shallow anaerobic lagoon (under 2 m)"),
    "lagoon-deep": Text("hồ kỵ khí sâu (trên 2 m)", "deep anaerobic lagoon (over 2 m)"),
    "septic": Text("bể tự hoại", "septic tank"),
    "untreated": Text("xả không xử lý", "untreated discharge"),
    "reservoir": Text("xả vào hồ chứa", "discharge to a reservoir or lake"),
    "other-water": Text("xả vào sông, biển", "discharge to a river or the sea"),
}
_SITES = {
    "managed": Text("bãi hợp vệ sinh, kỵ khí", "managed, anaerobic"),
    "semi-aerobic": Text("bán hiếu khí, vận hành tốt", "semi-aerobic, well run"),
    "semi-aerobic-bad": Text("bán hiếu khí, vận hành kém", "semi-aerobic, badly run"),
    "active-aeration": Text("thổi khí, vận hành tốt", "active aeration, well run"),
    "active-aeration-bad": Text("thổi khí, vận hành kém", "active aeration, badly run"),
    "deep": Text("bãi không quản lý, sâu", "unmanaged, deep"),
    "shallow": Text("bãi không quản lý, nông", "unmanaged, shallow"),
    "unknown": Text("không rõ loại bãi", "not classified"),
}
_FURNACES = {
    "continuous-stoker": Text("ghi lò, liên tục", "stoker, continuous"),
    "semi-continuous-stoker": Text("ghi lò, bán liên tục", "stoker, semi-continuous"),
    "batch-stoker": Text("ghi lò, theo mẻ", "stoker, batch"),
    "continuous-fluidised": Text("tầng sôi, liên tục", "fluidised bed, continuous"),
    "semi-continuous-fluidised": Text("tầng sôi, bán liên tục", "fluidised bed, semi-continuous"),
    "batch-fluidised": Text("tầng sôi, theo mẻ", "fluidised bed, batch"),
    "open": Text("đốt lộ thiên", "open burning"),
}
_WEIGHED = {
    "wet": Text("khối lượng ướt", "wet mass"),
    "dry": Text("khối lượng khô", "dry mass"),
}
SCOPE_3: Mapping[str, Text] = {
    "1": Text("1 hàng hóa, dịch vụ mua", "1 purchased goods and services"),
    "2": Text("2 tài sản cố định", "2 capital goods"),
    "3": Text("3 nhiên liệu, năng lượng thượng nguồn", "3 fuel and energy, upstream"),
    "4": Text("4 vận chuyển đầu vào", "4 upstream transport"),
    "5": Text("5 chất thải phát sinh", "5 waste in operations"),
    "6": Text("6 công tác", "6 business travel"),
    "7": Text("7 người lao động đi làm", "7 employee commuting"),
    "8": Text("8 tài sản thuê", "8 upstream leased assets"),
    "9": Text("9 vận chuyển đầu ra", "9 downstream transport"),
    "10": Text("10 chế biến sản phẩm bán ra", "10 processing of sold products"),
    "11": Text("11 sử dụng sản phẩm", "11 use of sold products"),
    "12": Text("12 thải bỏ sản phẩm", "12 end of life of sold products"),
    "13": Text("13 tài sản cho thuê", "13 downstream leased assets"),
    "14": Text("14 nhượng quyền", "14 franchises"),
    "15": Text("15 đầu tư", "15 investments"),
}
CATEGORIES: Mapping[Kind, Mapping[str, Text]] = {
    "stationary": _SECTORS,
    "mobile": _VEHICLES,
    "wastewater": _TREATMENTS,
    "landfill": _SITES,
    "incineration": _FURNACES,
    "biological": _WEIGHED,
    "other": SCOPE_3,
}
"""The categories a kind can have; of heat it is the fuel it is made from, of others nothing."""


def kind_of(written: str) -> Kind | None:
    """Return the kind of source people mean, or None.

    >>> kind_of("Điện mua"), kind_of("Đốt cố định · Stationary combustion"), kind_of("gì đó")
    ('electricity', 'stationary', None)
    """
    return _kinds().get(_key(written))


def category_of(kind: Kind, written: str) -> str | None:
    """Return the category of *kind* people mean by *written*, or None.

    >>> category_of("wastewater", "Bể kỵ khí (UASB)"), category_of("mobile", "biển")
    ('reactor', None)
    """
    return _categories(kind).get(_key(written))


def nearest(written: str, known: Iterable[Text]) -> list[Text]:
    """Return the names that look like what was written, the nearest first; at most three."""
    names = {_key(spelling): name for name in known for spelling in (name.vi, name.en)}
    found = difflib.get_close_matches(_key(written), names, n=6, cutoff=0.5)
    return list(dict.fromkeys(names[key] for key in found))[:3]


def both(name: Text) -> str:
    """Return a name in both languages, as the drop-down lists show it."""
    return name.vi if name.vi == name.en else f"{name.vi} · {name.en}"


def _key(written: str) -> str:
    return " ".join(fold(written).replace("_", " ").replace("-", " ").split())


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, Kind]:
    words: dict[str, Kind] = {_key(word): kind for word, kind in _MORE_KINDS.items()}
    for kind, name in KINDS.items():
        words |= dict.fromkeys(map(_key, (kind, name.vi, name.en, both(name))), kind)
    return words


@lru_cache(maxsize=16)
def _categories(kind: Kind) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for category, name in CATEGORIES.get(kind, {}).items():
        words |= dict.fromkeys(map(_key, (category, name.vi, name.en, both(name))), category)
    return words
