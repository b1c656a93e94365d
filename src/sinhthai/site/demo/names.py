"""Names, codes and tax numbers for invented parks and enterprises, plainly marked as invented."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.tax_code import check_digit

# Written behind every invented name, so that it says so even where a tag is cut off (H11).
MARK = Text("(giả định)", "(invented)")

# No province gave out tax codes that start with 99: real ones cannot be hit by chance.
_TAX_PREFIX = 99


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: what a firm's name says of it, its VSIC code, its usual size."""

    vi: str
    en: str
    vsic: str
    employees: int


TRADES = (
    Trade("Dệt nhuộm", "Textile Dyeing", "1313", 420),
    Trade("May mặc", "Garment", "1410", 650),
    Trade("Da giày", "Footwear", "1520", 900),
    Trade("Bao bì giấy", "Paper Packaging", "1702", 160),
    Trade("Chế biến thủy sản", "Seafood Processing", "1020", 380),
    Trade("Chế biến nông sản", "Farm Produce", "1030", 210),
    Trade("Thức ăn chăn nuôi", "Animal Feed", "1080", 140),
    Trade("Nhựa kỹ thuật", "Engineering Plastics", "2220", 180),
    Trade("Hóa chất", "Chemicals", "2011", 120),
    Trade("Sơn công nghiệp", "Industrial Coatings", "2022", 110),
    Trade("Dược phẩm", "Pharmaceuticals", "2100", 230),
    Trade("Vật liệu xây dựng", "Building Materials", "2395", 150),
    Trade("Thủy tinh", "Glass", "2310", 240),
    Trade("Luyện thép", "Steel", "2410", 480),
    Trade("Cơ khí chính xác", "Precision Engineering", "2592", 130),
    Trade("Linh kiện điện tử", "Electronic Components", "2619", 780),
    Trade("Thiết bị điện", "Electrical Equipment", "2710", 260),
    Trade("Phụ tùng ô tô", "Auto Parts", "2930", 310),
    Trade("Nội thất gỗ", "Wood Furniture", "3101", 270),
    Trade("Tái chế kim loại", "Metal Recycling", "3830", 90),
)

_FIRST = (
    "An", "Bảo", "Bình", "Cát", "Châu", "Đại", "Đông", "Gia", "Hải", "Hoàng", "Hưng", "Khải",
    "Lam", "Long", "Minh", "Nam", "Ngọc", "Phú", "Quang", "Sơn", "Tân", "Thái", "Thiên", "Trường",
    "Việt", "Vĩnh",
)  # fmt: skip
_SECOND = (
    "Cường", "Dương", "Hà", "Hòa", "Khánh", "Khoa", "Kim", "Lâm", "Lợi", "Lộc", "Nguyên", "Phát",
    "Phong", "Phúc", "Sinh", "Tâm", "Thành", "Thịnh", "Thuận", "Tiến", "Trí", "Tường", "Vượng",
    "Xuân",
)  # fmt: skip
_LANDSCAPE = (
    "Đồi Thông", "Sông Xanh", "Bãi Bồi", "Cánh Đồng", "Rừng Tràm", "Núi Đá", "Bến Mây", "Hồ Sen",
    "Gò Nắng", "Suối Ngọc", "Đồng Lúa", "Bờ Kè", "Cồn Cát", "Vườn Chè", "Ghềnh Đá", "Lũy Tre",
    "Đầm Sen", "Chợ Nổi", "Mũi Sóng", "Thung Lũng", "Bàu Trắng", "Cửa Biển", "Dốc Gió", "Khe Nước",
)  # fmt: skip


def tax_code(number: int) -> str | None:
    """Return the invented ten-digit tax code number *number*; None where no check digit exists.

    >>> tax_code(1)
    '9900000016'
    """
    digits = f"{_TAX_PREFIX}{number:07d}"
    check = check_digit(digits)
    return None if check is None else f"{digits}{check}"


def tax_codes(start: int, count: int) -> list[str]:
    """Return *count* different invented tax codes, counting up from *start*."""
    codes: list[str] = []
    number = start
    while len(codes) < count:
        if code := tax_code(number):
            codes.append(code)
        number += 1
    return codes


def enterprise_name(number: int, trade: Trade) -> Text:
    """Return the name of invented enterprise *number*: 624 different ones a trade.

    >>> enterprise_name(0, TRADES[0]).vi
    'Công ty TNHH Dệt nhuộm An Cường (giả định)'
    """
    first = _FIRST[number % len(_FIRST)]
    second = _SECOND[number // len(_FIRST) % len(_SECOND)]
    serial = number // (len(_FIRST) * len(_SECOND))
    more = f" {serial + 1}" if serial else ""
    kind, form = ("Công ty Cổ phần", "JSC") if number % 3 == 2 else ("Công ty TNHH", "Co., Ltd")
    return Text(
        f"{kind} {trade.vi} {first} {second}{more} {MARK.vi}",
        f"{first} {second}{more} {trade.en} {form} {MARK.en}",
    )


def park_name(number: int) -> Text:
    """Return the name of invented park *number* of a generated country."""
    place = _LANDSCAPE[number % len(_LANDSCAPE)]
    more = f" {number // len(_LANDSCAPE) + 1}"
    return Text(
        f"Khu công nghiệp {place}{more} {MARK.vi}", f"{place}{more} Industrial Park {MARK.en}"
    )
