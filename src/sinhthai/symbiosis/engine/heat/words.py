"""What people call the columns of a list of heat streams, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.heat.messages import KINDS
from sinhthai.symbiosis.engine.lists import Column, Layout

_NOTE = Column(Text("Ghi chú", "Note"), "", ("stt", "no", "#", "notes", "remarks", "dien giai"))

STREAM_COLUMNS: Final[Mapping[str, Column]] = {
    "name": Column(
        Text("Tên dòng", "Name"), "", ("ten", "ten dong", "dong", "dong nhiet", "stream", "id")
    ),
    "zone": Column(
        Text("Doanh nghiệp", "Enterprise"),
        "",
        ("nha may", "phan xuong", "khu", "zone", "plant", "company", "site"),
    ),
    "kind": Column(Text("Loại", "Kind"), "", ("type", "hot/cold", "nong/lanh", "loai dong")),
    "supply": Column(
        Text("Nhiệt độ vào", "Supply"),
        "degC",
        (
            "supply temperature",
            "tin",
            "t in",
            "ts",
            "tvao",
            "t vao",
            "t dau",
            "nhiet do dau",
            "t supply",
            "inlet",
            "inlet temperature",
            "from",
            "tu",
        ),
    ),
    "target": Column(
        Text("Nhiệt độ ra", "Target"),
        "degC",
        (
            "target temperature",
            "tout",
            "t out",
            "tt",
            "tra",
            "t ra",
            "t cuoi",
            "nhiet do cuoi",
            "t target",
            "outlet",
            "outlet temperature",
            "to",
            "den",
        ),
    ),
    "capacity": Column(
        Text("CP", "CP"),
        "kW/kelvin",
        (
            "mcp",
            "fcp",
            "heat capacity flow",
            "heat capacity flow rate",
            "heat capacity flowrate",
            "luu luong nhiet dung",
            "nhiet dung dong",
        ),
    ),
    "duty": Column(
        Text("Công suất nhiệt", "Duty"),
        "kW",
        (
            "heat",
            "heat flow",
            "heat load",
            "load",
            "dh",
            "q",
            "tai nhiet",
            "nhiet luong",
            "phu tai nhiet",
        ),
    ),
    "flow": Column(
        Text("Lưu lượng", "Flow"), "kg/s", ("mass flow", "m", "mass flow rate", "luu luong khoi")
    ),
    "heat_capacity": Column(
        Text("Nhiệt dung riêng", "Specific heat"),
        "kJ/kg/kelvin",
        ("specific heat capacity", "c", "nhiet dung"),
    ),
    "contribution": Column(
        Text("ΔT riêng", "ΔT contribution"),
        "kelvin",
        (
            "dt rieng",
            "dt",
            "dt cont",
            "dtcont",
            "dt contribution",
            "delta t",
            "δt",
            "own contribution",
        ),
    ),
    "note": _NOTE,
}

UTILITY_COLUMNS: Final[Mapping[str, Column]] = {
    "name": Column(Text("Tiện ích", "Utility"), "", ("ten", "ten tien ich", "name")),
    "kind": STREAM_COLUMNS["kind"],
    "supply": STREAM_COLUMNS["supply"],
    "target": STREAM_COLUMNS["target"],
    "price": Column(Text("Đơn giá", "Price"), "VND/MWh", ("gia", "chi phi", "cost")),
    "limit": Column(
        Text("Công suất tối đa", "Most available"),
        "kW",
        ("limit", "capacity", "toi da", "maximum", "gioi han"),
    ),
    "contribution": STREAM_COLUMNS["contribution"],
    "note": _NOTE,
}

PLACE_COLUMNS: Final[Mapping[str, Column]] = {
    "zone": STREAM_COLUMNS["zone"],
    "lat": Column(Text("Vĩ độ", "Latitude"), "", ("lat", "vi do")),
    "lon": Column(Text("Kinh độ", "Longitude"), "", ("lon", "lng", "kinh do")),
    "days": Column(
        Text("Số ngày chạy một năm", "Days a year"),
        "",
        ("days", "ngay", "ngay/nam", "so ngay", "operating days"),
    ),
    "starts": Column(Text("Từ giờ", "From hour"), "", ("from", "tu", "start", "bat dau")),
    "ends": Column(Text("Đến giờ", "To hour"), "", ("to", "den", "end", "ket thuc")),
    "note": _NOTE,
}

SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "utilities": ("tien ich", "utilities", "utility"),
    "places": ("doanh nghiep", "enterprises", "places", "vi tri", "nha may"),
}

HOT: Final = frozenset({"hot", "nong", "h", "source", "nguon", "toa nhiet", "condensing"})
COLD: Final = frozenset({"cold", "lanh", "c", "sink", "thu nhiet", "nhan nhiet", "evaporating"})
BOTH: Final = frozenset({"both", "ca hai", "hai chieu", "level", "main", "mang"})

_TEMPERATURES = ("supply", "target")
_UNITS_OF = {"nhiet do": _TEMPERATURES, "temperature": _TEMPERATURES}
STREAMS: Final = Layout(STREAM_COLUMNS, KINDS, _UNITS_OF)
UTILITIES: Final = Layout(UTILITY_COLUMNS, KINDS, _UNITS_OF)
PLACES: Final = Layout(PLACE_COLUMNS, KINDS)
