"""How the families, media and uses of the knowledge base are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.text import Text

FAMILIES: Final[Mapping[str, Text]] = {
    "acid": Text("axit thải", "spent acids"),
    "agri": Text("phụ phẩm nông nghiệp", "agricultural residues"),
    "alkali": Text("kiềm thải", "spent alkalis"),
    "animal": Text("phụ phẩm động vật, thủy sản", "animal and fish by-products"),
    "ash": Text("tro", "ashes"),
    "bio-product": Text("sản phẩm sinh học", "bio-based products"),
    "catalyst": Text("xúc tác thải", "spent catalysts"),
    "ceramic": Text("gốm sứ", "ceramics"),
    "chemical": Text("hóa chất thải", "chemical by-products"),
    "chemical-product": Text("hóa chất thương phẩm", "chemical products"),
    "construction": Text("chất thải xây dựng", "construction waste"),
    "dust": Text("bụi thu hồi", "collected dusts"),
    "electronics": Text("điện, điện tử", "electrical and electronic waste"),
    "etchant": Text("dung dịch ăn mòn, mạ", "etching and plating baths"),
    "fat": Text("dầu mỡ thực phẩm", "fats and edible oils"),
    "fibre": Text("xơ, sợi tự nhiên", "fibres"),
    "food": Text("phụ phẩm thực phẩm", "food by-products"),
    "fuel": Text("nhiên liệu", "fuels"),
    "gas": Text("khí", "gases"),
    "glass": Text("thủy tinh", "glass"),
    "gypsum": Text("thạch cao", "gypsum"),
    "heat": Text("nhiệt, hơi, lạnh", "heat, steam and cold"),
    "leather": Text("da", "leather"),
    "metal": Text("kim loại phế liệu", "scrap metals"),
    "metal-sludge": Text("bùn chứa kim loại", "metal sludges"),
    "mineral": Text("khoáng, cát thải", "mineral by-products"),
    "mixed": Text("chất thải hỗn hợp", "mixed waste"),
    "oil": Text("dầu khoáng thải", "waste mineral oils"),
    "packaging": Text("bao bì", "packaging"),
    "paper": Text("giấy, bột giấy", "paper and pulp"),
    "plastic": Text("nhựa phế liệu", "scrap plastics"),
    "power": Text("điện", "electric power"),
    "product": Text("sản phẩm khác", "other products"),
    "raw-metal": Text("kim loại nguyên liệu", "primary metals"),
    "raw-mineral": Text("khoáng sản nguyên liệu", "primary minerals"),
    "rubber": Text("cao su", "rubber"),
    "service": Text("dịch vụ", "services"),
    "slag": Text("xỉ", "slags"),
    "sludge": Text("bùn thải", "sludges"),
    "solvent": Text("dung môi", "solvents"),
    "sorbent": Text("vật liệu hấp phụ, lọc", "sorbents and filters"),
    "textile": Text("dệt may", "textiles"),
    "virgin-polymer": Text("nhựa nguyên sinh", "virgin polymers"),
    "water": Text("nước", "water"),
    "wood": Text("gỗ", "wood"),
}
MEDIA: Final[Mapping[str, Text]] = {
    "solid": Text("chất rắn", "solid"),
    "sludge": Text("bùn", "sludge"),
    "liquid": Text("chất lỏng", "liquid"),
    "water": Text("nước", "water"),
    "gas": Text("khí", "gas"),
    "heat": Text("nhiệt, năng lượng", "heat and energy"),
}
USES: Final[Mapping[str, Text]] = {
    "raw_material": Text("nguyên liệu", "raw material"),
    "fuel": Text("nhiên liệu", "fuel"),
    "construction": Text("vật liệu xây dựng, san lấp", "construction material"),
    "treatment": Text("xử lý", "treatment"),
    "irrigation": Text("tưới", "irrigation"),
    "process_water": Text("nước sản xuất", "process water"),
    "heat": Text("nhiệt", "heat"),
    "energy": Text("năng lượng", "energy"),
    "product": Text("sản phẩm", "product"),
}
CONFIDENCES: Final[Mapping[str, Text]] = {
    "high": Text("tin cậy cao", "high confidence"),
    "medium": Text("tin cậy vừa", "medium confidence"),
    "low": Text("tin cậy thấp", "low confidence"),
}


def family_name(family: str) -> Text:
    """Return what a family is called; one added by an office is called by its id.

    >>> family_name("gypsum").en, family_name("my-own").vi
    ('gypsum', 'my-own')
    """
    return FAMILIES.get(family, Text(family, family))
