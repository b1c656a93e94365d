"""The divisions of VSIC and ISIC that stand in industrial parks, in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.text import Text

DIVISIONS: Final[Mapping[str, Text]] = {
    "01": Text("nông nghiệp", "agriculture"),
    "02": Text("lâm nghiệp", "forestry"),
    "03": Text("thủy sản", "fishing and aquaculture"),
    "08": Text("khai khoáng", "mining and quarrying"),
    "10": Text("chế biến thực phẩm", "food products"),
    "11": Text("đồ uống", "beverages"),
    "12": Text("thuốc lá", "tobacco"),
    "13": Text("dệt", "textiles"),
    "14": Text("may mặc", "wearing apparel"),
    "15": Text("da, giày dép", "leather and footwear"),
    "16": Text("chế biến gỗ", "wood products"),
    "17": Text("giấy", "paper"),
    "18": Text("in ấn", "printing"),
    "19": Text("than cốc, dầu mỏ tinh chế", "coke and refined petroleum"),
    "20": Text("hóa chất", "chemicals"),
    "21": Text("dược phẩm", "pharmaceuticals"),
    "22": Text("cao su, nhựa", "rubber and plastics"),
    "23": Text("vật liệu xây dựng, khoáng phi kim", "building materials and other minerals"),
    "24": Text("luyện kim", "basic metals"),
    "25": Text("sản phẩm kim loại", "metal products"),
    "26": Text("điện tử, máy tính", "electronics and computers"),
    "27": Text("thiết bị điện", "electrical equipment"),
    "28": Text("máy móc", "machinery"),
    "29": Text("ô tô", "motor vehicles"),
    "30": Text("phương tiện vận tải khác", "other transport equipment"),
    "31": Text("giường, tủ, bàn ghế", "furniture"),
    "32": Text("chế tạo khác", "other manufacturing"),
    "33": Text("sửa chữa, lắp đặt máy móc", "repair and installation of machinery"),
    "35": Text("điện, hơi nước, khí đốt", "electricity, steam and gas"),
    "36": Text("cấp nước", "water supply"),
    "37": Text("thoát nước, xử lý nước thải", "sewerage"),
    "38": Text("thu gom, xử lý, tái chế chất thải", "waste treatment and recycling"),
    "39": Text("xử lý ô nhiễm", "remediation"),
    "41": Text("xây dựng nhà", "construction of buildings"),
    "42": Text("xây dựng công trình", "civil engineering"),
    "49": Text("vận tải đường bộ", "land transport"),
    "52": Text("kho bãi", "warehousing"),
}


def division_name(division: str) -> Text | None:
    """Return what a division of two digits is called; None when it is not one of these.

    >>> division_name("23").en, division_name("99")
    ('building materials and other minerals', None)
    """
    return DIVISIONS.get(division)
