"""The columns of the lists of parks and enterprises: what they are called and what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text, fold

Kind = Literal["text", "number", "integer", "date", "boolean", "status", "confidence"]

_NO_HELP = Text("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: found by its key, its Vietnamese or English heading, or another spelling."""

    key: str
    name: Text
    kind: Kind = "text"
    width: int = 16
    help: Text = _NO_HELP
    also: tuple[str, ...] = ()
    length: int = 200  # of a text

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that means this column, folded."""
        return frozenset(
            plain_heading(word) for word in (self.key, self.name.vi, self.name.en, *self.also)
        )


def plain_heading(text: str) -> str:
    """Return a heading as compared: folded, without units in brackets, marks and underscores.

    >>> plain_heading("Diện tích (ha) *")
    'dien tich'
    """
    return " ".join(re.sub(r"\([^)]*\)|[*:_]", " ", fold(text)).split())


_INVENTED = Column(
    "invented",
    Text("Dữ liệu giả định", "Invented"),
    "boolean",
    12,
    Text("có: dữ liệu tạo ra để trình diễn", "yes: made up for the demonstration"),
)
_LAT = Column("lat", Text("Vĩ độ", "Latitude"), "number", 12, also=("latitude", "vi do bac"))
_LON = Column(
    "lon", Text("Kinh độ", "Longitude"), "number", 12, also=("lng", "long", "kinh do dong")
)

PARK_COLUMNS: tuple[Column, ...] = (
    Column(
        "code",
        Text("Mã khu công nghiệp", "Park code"),
        width=22,
        help=Text(
            "chữ thường không dấu, gạch nối: hiep-phuoc", "small letters, hyphens: hiep-phuoc"
        ),
        also=("ma", "ma kcn", "park", "park id"),
        length=64,
    ),
    Column(
        "name_vi",
        Text("Tên tiếng Việt", "Vietnamese name"),
        width=40,
        also=("ten", "ten kcn", "ten khu cong nghiep", "name"),
        length=160,
    ),
    Column("name_en", Text("Tên tiếng Anh", "English name"), width=32, length=160),
    Column(
        "other_names",
        Text("Tên khác", "Other names"),
        width=28,
        help=Text("cách nhau bằng dấu chấm phẩy", "separated by semicolons"),
        also=("ten cu", "former name"),
        length=300,
    ),
    Column(
        "province",
        Text("Tỉnh, thành phố", "Province"),
        width=18,
        help=Text("tên hoặc mã theo 34 tỉnh, thành phố", "name or code of the 34 of today"),
        also=("tinh", "tinh/thanh pho", "tinh thanh pho"),
    ),
    Column(
        "province_before",
        Text("Tỉnh trước 01/7/2025", "Province before 1 July 2025"),
        width=18,
        help=Text("tên hoặc mã theo 63 tỉnh cũ", "name or code of the 63 of then"),
        also=("tinh cu", "old province", "province before 2025"),
    ),
    Column(
        "operator",
        Text("Nhà đầu tư kết cấu hạ tầng", "Operator"),
        width=34,
        also=("chu dau tu", "developer"),
    ),
    Column("operator_tax_code", Text("Mã số thuế nhà đầu tư", "Operator tax code"), width=17),
    _LAT,
    _LON,
    Column("point_source", Text("Nguồn tọa độ", "Source of the point"), width=28),
    Column(
        "established_on",
        Text("Ngày thành lập", "Established on"),
        "date",
        14,
        also=("ngay quyet dinh thanh lap",),
    ),
    Column(
        "registered_as_new_eip",
        Text("Đăng ký là KCN sinh thái mới", "New eco-industrial park"),
        "boolean",
        14,
        Text("Điều 38 Nghị định 35/2022", "Article 38 of Decree 35/2022"),
    ),
    Column(
        "area_ha", Text("Diện tích (ha)", "Area (ha)"), "number", 13, also=("dien tich", "area")
    ),
    Column(
        "area_as_of",
        Text("Thời điểm của diện tích", "Area as of"),
        width=14,
        help=Text("2023, 2023-09 hoặc 2023-09-17", "2023, 2023-09 or 2023-09-17"),
        length=10,
    ),
    Column("area_source", Text("Nguồn diện tích", "Source of the area"), width=34, length=300),
    Column(
        "area_confidence", Text("Độ tin cậy của diện tích", "Confidence of the area"), "confidence"
    ),
    _INVENTED,
)

ENTERPRISE_COLUMNS: tuple[Column, ...] = (
    Column(
        "park",
        Text("Mã khu công nghiệp", "Park code"),
        width=22,
        also=("khu cong nghiep", "kcn", "ma kcn", "park"),
        length=64,
    ),
    Column(
        "code",
        Text("Mã doanh nghiệp", "Enterprise code"),
        width=20,
        help=Text("để trống thì lấy mã số thuế", "left empty: the tax code"),
        also=("ma", "ma dn", "enterprise"),
        length=64,
    ),
    Column(
        "tax_code",
        Text("Mã số thuế", "Tax code"),
        width=17,
        help=Text("10 chữ số, hoặc 10-3 chữ số", "10 digits, or 10-3 digits"),
        also=("mst", "tax id"),
    ),
    Column(
        "name_vi",
        Text("Tên doanh nghiệp", "Enterprise name"),
        width=42,
        also=("ten", "ten tieng viet", "vietnamese name", "name"),
    ),
    Column("name_en", Text("Tên tiếng Anh", "English name"), width=32),
    Column(
        "vsic",
        Text("Mã ngành (VSIC 2025)", "Industry (VSIC 2025)"),
        width=12,
        help=Text("4 chữ số", "four digits"),
        also=("ma nganh", "vsic", "nganh"),
    ),
    Column("employees", Text("Số lao động", "Employees"), "integer", 12, also=("lao dong",)),
    Column(
        "country",
        Text("Quốc gia đầu tư", "Investor's country"),
        width=16,
        also=("quoc gia",),
        length=60,
    ),
    Column("status", Text("Tình trạng", "Status"), "status", 18, also=("trang thai",)),
    Column("status_since", Text("Từ ngày", "Since"), "date", 13, also=("ngay tinh trang",)),
    Column(
        "operating_since",
        Text("Ngày bắt đầu hoạt động", "Operating since"),
        "date",
        13,
        also=("bat dau hoat dong",),
    ),
    _LAT,
    _LON,
    _INVENTED,
)
