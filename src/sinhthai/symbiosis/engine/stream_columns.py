"""The columns of a list of streams: what they are called, what they hold, how they are helped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.foundation.text import Text, fold


@dataclass(frozen=True, slots=True)
class StreamColumn:
    """One column: found by its heading in either language, its key, or another spelling."""

    key: str
    name: Text
    help: Text
    also: tuple[str, ...] = ()
    width: int = 14
    choices: tuple[tuple[str, Text], ...] = ()  # value -> what the drop-down shows


DIRECTIONS = (("offer", Text("cung", "offer")), ("need", Text("cầu", "need")))
STATE_NAMES = (
    ("solid", Text("rắn", "solid")),
    ("sludge", Text("bùn", "sludge")),
    ("liquid", Text("lỏng", "liquid")),
    ("gas", Text("khí", "gas")),
    ("energy", Text("năng lượng", "energy")),
)
HAZARD_NAMES = (
    ("NH", Text("NH: nguy hại", "NH: hazardous")),
    ("KS", Text("KS: phải kiểm soát", "KS: to be tested")),
    ("TT", Text("TT: thông thường", "TT: ordinary")),
    ("TT-R", Text("TT-R: tái sử dụng", "TT-R: re-usable")),
)
PERIODS = (
    ("year", Text("năm", "year")),
    ("month", Text("tháng", "month")),
    ("day", Text("ngày", "day")),
)
YES_NO = (("yes", Text("có", "yes")), ("no", Text("không", "no")))
UNITS_OFFERED = ("tấn", "kg", "m³", "lít", "MWh", "kWh", "GJ")

COLUMNS: Sequence[StreamColumn] = (
    StreamColumn(
        "enterprise",
        Text("Doanh nghiệp", "Enterprise"),
        Text("tên hoặc mã số thuế", "name or tax code"),
        ("ten doanh nghiep", "ma doanh nghiep", "cong ty", "company", "firm"),
        28,
    ),
    StreamColumn(
        "park",
        Text("Khu công nghiệp", "Park"),
        Text("mã hoặc tên; để trống nếu ở ngoài khu", "code or name; empty outside every park"),
        ("kcn", "ma khu", "park code", "industrial park"),
        18,
    ),
    StreamColumn(
        "lat",
        Text("Vĩ độ", "Latitude"),
        Text(
            "độ thập phân, ví dụ 10,629; cần khi không ghi khu",
            "decimal degrees, such as 10.629; needed where no park is named",
        ),
        ("latitude", "vi do bac"),
        11,
    ),
    StreamColumn(
        "lon",
        Text("Kinh độ", "Longitude"),
        Text("độ thập phân, ví dụ 106,742", "decimal degrees, such as 106.742"),
        ("longitude", "lng", "long", "kinh do dong"),
        11,
    ),
    StreamColumn(
        "direction",
        Text("Cung hoặc cầu", "Offer or need"),
        Text(
            "cung: có để cho; cầu: cần mua hoặc nhận. Không cần nếu hai trang tính Cung và Cầu",
            "offer: has to give; need: asks for. Not needed with two sheets, Offers and Needs",
        ),
        ("chieu", "loai dong", "direction", "cung cau", "cung/cau", "offer/need", "type"),
        12,
        DIRECTIONS,
    ),
    StreamColumn(
        "name",
        Text("Tên dòng", "Stream"),
        Text(
            "gọi đúng như trong nhà máy: “tro bay khô từ lò hơi than”",
            "as it is called in the plant: “dry fly ash from the coal boiler”",
        ),
        (
            "ten",
            "name",
            "stream name",
            "vat lieu",
            "material",
            "ten chat thai",
            "ten dong vat chat",
            "dong vat chat",
            "waste",
            "mo ta",
            "description",
        ),
        36,
    ),
    StreamColumn(
        "code",
        Text("Mã", "Code"),
        Text(
            "danh mục và số: ewc:100102, vn:120605; hoặc material:coal-fly-ash",
            "list and digits: ewc:100102, vn:120605; or material:coal-fly-ash",
        ),
        ("ma chat thai", "waste code", "ewc", "ma ewc", "ma so", "ma so chat thai"),
        20,
    ),
    StreamColumn(
        "quantity",
        Text("Lượng", "Quantity"),
        Text("trong một kỳ; để trống nếu không biết", "in a period; empty when not known"),
        ("khoi luong", "so luong", "amount", "luong trung binh"),
        12,
    ),
    StreamColumn(
        "quantity_min",
        Text("Ít nhất", "Least"),
        Text("lượng ít nhất trong một kỳ", "the least in a period"),
        (
            "min",
            "luong it nhat",
            "thap nhat",
            "luong thap nhat",
            "luong nho nhat",
            "tu",
            "toi thieu",
            "minimum",
            "quantity min",
        ),
        12,
    ),
    StreamColumn(
        "quantity_max",
        Text("Nhiều nhất", "Most"),
        Text("lượng nhiều nhất trong một kỳ", "the most in a period"),
        (
            "max",
            "luong nhieu nhat",
            "cao nhat",
            "luong cao nhat",
            "luong lon nhat",
            "den",
            "toi da",
            "maximum",
            "quantity max",
        ),
        12,
    ),
    StreamColumn(
        "unit",
        Text("Đơn vị", "Unit"),
        Text(
            "khối lượng, thể tích hoặc năng lượng; có thể kèm kỳ: tấn/ngày",
            "mass, volume or energy; the period may follow: t/day",
        ),
        ("don vi tinh", "dvt", "units"),
        12,
    ),
    StreamColumn(
        "period",
        Text("Kỳ", "Period"),
        Text("năm (nếu để trống), tháng hoặc ngày", "year (when empty), month or day"),
        ("moi", "per", "thoi gian", "chu ky"),
        10,
        PERIODS,
    ),
    StreamColumn(
        "days",
        Text("Số ngày chạy", "Operating days"),
        Text("trong năm; cần khi lượng ghi theo ngày", "a year; needed with a quantity per day"),
        ("so ngay", "so ngay hoat dong", "days", "days per year"),
        12,
    ),
    StreamColumn(
        "months",
        Text("Tháng có", "Months"),
        Text("ví dụ: 1-5, 10; để trống: cả năm", "such as 1-5, 10; empty: all year"),
        ("thang", "mua vu", "season", "seasonality"),
        12,
    ),
    StreamColumn(
        "state",
        Text("Trạng thái", "State"),
        Text("chọn trong danh sách", "choose from the list"),
        ("physical state", "the"),
        12,
        STATE_NAMES,
    ),
    StreamColumn(
        "quality",
        Text("Chất lượng", "Quality"),
        Text(
            "các chỉ tiêu, cách nhau bằng dấu chấm phẩy: độ ẩm ≤ 15 %; clorua 0,1-0,3 %",
            "parameters between semicolons: moisture ≤ 15 %; chloride 0.1-0.3 %",
        ),
        ("chi tieu chat luong", "chi tieu", "properties", "thanh phan"),
        36,
    ),
    StreamColumn(
        "hazard",
        Text("Nguy hại", "Hazard"),
        Text(
            "theo danh mục của Thông tư 02/2022; ở nhu cầu: loại mình được phép nhận",
            "by the list of Circular 02/2022; of a need: what you are permitted to take",
        ),
        ("phan loai nguy hai", "hazardous", "hazard class"),
        18,
        HAZARD_NAMES,
    ),
    StreamColumn(
        "sorted",
        Text("Đã phân loại", "Sorted"),
        Text("phân loại tại nguồn: có hoặc không", "sorted at source: yes or no"),
        ("phan loai tai nguon", "phan loai", "sorted at source"),
        12,
        YES_NO,
    ),
    StreamColumn(
        "price",
        Text("Giá (đồng/đơn vị)", "Price (VND/unit)"),
        Text(
            "bên cung muốn nhận (âm: phải trả để xử lý); bên cầu đang trả",
            "what the giver asks (negative: pays to be rid of it); what the taker pays today",
        ),
        ("gia", "don gia", "price", "unit price"),
        16,
    ),
    StreamColumn(
        "estimated",
        Text("Ước tính", "Estimated"),
        Text("có: lượng điển hình của ngành", "yes: typical of the industry, not measured"),
        ("uoc luong", "estimate", "invented", "gia dinh"),
        10,
        YES_NO,
    ),
)
IGNORED = frozenset({"ghi chu", "note", "notes", "stt", "no", "#", "id", "nam", "year"})
"""Headings people keep for themselves; passed over without a word."""


def plain_heading(text: str) -> str:
    """Return a heading as compared: folded, without what stands in brackets and without marks.

    >>> plain_heading("Giá (đồng/đơn vị) *")
    'gia'
    """
    return " ".join(re.sub(r"\([^)]*\)|[*:_.]", " ", fold(text)).split())


def _headings() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column in COLUMNS:
        for word in (column.key, column.name.vi, column.name.en, *column.also):
            found.setdefault(plain_heading(word), column.key)
    return found


BY_HEADING: Mapping[str, str] = _headings()
BY_KEY: Mapping[str, StreamColumn] = {column.key: column for column in COLUMNS}

# Other ways to say an entry of a drop-down, folded.
SPELLINGS: Mapping[str, Mapping[str, str]] = {
    "direction": {
        "cung": "offer", "offer": "offer", "offers": "offer", "co": "offer", "cho": "offer",
        "ban": "offer", "thai": "offer", "dau ra": "offer", "output": "offer", "have": "offer",
        "supply": "offer", "dong ra": "offer",
        "cau": "need", "need": "need", "needs": "need", "can": "need", "mua": "need",
        "nhan": "need", "dau vao": "need", "input": "need", "want": "need", "demand": "need",
        "dong vao": "need", "nhu cau": "need",
    },
    "state": {
        "ran": "solid", "solid": "solid", "bun": "sludge", "sludge": "sludge", "set": "sludge",
        "long": "liquid", "liquid": "liquid", "nuoc": "liquid", "khi": "gas", "gas": "gas",
        "hoi": "gas", "nang luong": "energy", "energy": "energy", "nhiet": "energy",
        "heat": "energy",
    },
    "hazard": {
        "nh": "NH", "nguy hai": "NH", "hazardous": "NH", "ks": "KS", "phai kiem soat": "KS",
        "to be tested": "KS", "tt": "TT", "thong thuong": "TT", "ordinary": "TT",
        "khong nguy hai": "TT", "non-hazardous": "TT", "tt-r": "TT-R", "tai su dung": "TT-R",
        "re-usable": "TT-R", "khong": "TT",
    },
    "period": {
        "nam": "year", "year": "year", "yr": "year", "y": "year", "a": "year", "annum": "year",
        "thang": "month", "month": "month", "mo": "month", "ngay": "day", "day": "day",
        "d": "day", "ngay dem": "day", "hang nam": "year", "hang thang": "month",
        "hang ngay": "day",
    },
    "yes_no": {
        "co": "yes", "yes": "yes", "y": "yes", "x": "yes", "dung": "yes", "true": "yes",
        "1": "yes", "roi": "yes", "khong": "no", "no": "no", "n": "no", "sai": "no",
        "false": "no", "0": "no", "chua": "no",
    },
}  # fmt: skip
