"""The sheets of a park's workbook: columns, what each cell holds, and the words above it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text

Kind = Literal[
    "text",  # a code or a name
    "quantity",  # amount a year, in the row's unit or with a unit in the cell
    "per_unit",  # VND or t per unit of the row
    "number",  # money, a share, a ratio, degrees
    "km",  # kilometres; inside: metres
    "parts",  # code:ratio; code:ratio
    "values",  # parameter=value; parameter=value
    "limits",  # parameter<=value; parameter>=value
    "names",  # name; name
]


_NO_WORDS = Text("", "")


@dataclass(frozen=True, slots=True)
class Field:
    """A column. ``key`` is the field of the type it fills; a blank cell takes the default."""

    key: str
    name: Text
    kind: Kind = "text"
    needed: bool = False
    hint: Text = _NO_WORDS
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: one row per thing."""

    key: str
    name: Text
    fields: tuple[Field, ...]
    needed: bool = True
    about: Text = _NO_WORDS


_CODE = Field("id", Text("Mã", "Code"), needed=True)
_NAME = Field("name", Text("Tên", "Name"), width=28)
_OWNER = Field("owner", Text("Doanh nghiệp", "Owner"), width=18)
_UNIT = Field(
    "unit",
    Text("Đơn vị", "Unit"),
    hint=Text(
        "Của các số trong hàng này, ví dụ: tấn, kg, m3, MWh. Trống: đơn vị của vật liệu.",
        "Of the numbers of this row, such as t, kg, m3, MWh. Blank: the material's unit.",
    ),
    width=10,
)
_LEAST = Field("at_least", Text("Tối thiểu/năm", "At least/year"), "quantity")
_PLACE = (
    Field("lat", Text("Vĩ độ", "Latitude"), "number", width=10),
    Field("lon", Text("Kinh độ", "Longitude"), "number", width=10),
)
_ACCEPTS = Field(
    "accepts",
    Text("Nhận vật liệu", "Accepts"),
    "parts",
    needed=True,
    hint=Text(
        "Mã vật liệu, cách nhau bằng dấu ;. Một đơn vị của nó thay mấy đơn vị nhu cầu thì ghi sau"
        " dấu hai chấm: tro-bay; xi-than:0,8",
        "Material codes, separated by ;. How many units of the need one unit of it covers comes"
        " after a colon: fly-ash; slag:0.8",
    ),
    width=24,
)
_LIMITS = Field(
    "limits",
    Text("Giới hạn chất lượng", "Quality limits"),
    "limits",
    hint=Text(
        "Của hỗn hợp nhận được: cod<=150; nhiệt trị>=10",
        "Of the mix received: cod<=150; calorific>=10",
    ),
    width=24,
)
_QUALITIES = Field(
    "qualities",
    Text("Chất lượng", "Quality"),
    "values",
    hint=Text(
        "Đã biết: cod=300; tss=50. Thông số không ghi là chưa biết, không phải bằng 0.",
        "What is known: cod=300; tss=50. A parameter that is not stated is unknown, not zero.",
    ),
    width=24,
)
_INVESTMENT = Field("investment", Text("Đầu tư (đồng)", "Investment (VND)"), "number", width=16)
_FIXED = Field("fixed", Text("Chi phí cố định/năm", "Fixed cost/year (VND)"), "number", width=16)

GENERAL = Sheet(
    "general",
    Text("Chung", "General"),
    (
        Field("key", Text("Mục", "Entry"), needed=True, width=30),
        Field("value", Text("Giá trị", "Value"), width=20),
    ),
    needed=False,
    about=Text(
        "Tên khu, ngân sách đầu tư, lãi suất, số năm khấu hao.",
        "Name of the park, investment budget, interest, years of life.",
    ),
)
GENERAL_ENTRIES: dict[str, Text] = {
    "name": Text("Tên khu", "Name of the park"),
    "budget": Text("Ngân sách đầu tư (đồng)", "Investment budget (VND)"),
    "rate": Text("Lãi suất một năm", "Interest a year"),
    "life": Text("Tuổi thọ đầu tư (năm)", "Life of the investment (years)"),
    "detour": Text("Đường đi / đường chim bay", "Road over straight line"),
    "invented": Text("Số liệu minh họa (có/không)", "Invented data (yes/no)"),
}
MATERIALS = Sheet(
    "materials",
    Text("Vật liệu", "Materials"),
    (_CODE, _NAME, Field("unit", Text("Đơn vị", "Unit"), needed=True, width=10)),
    about=Text(
        "Mọi thứ được trao đổi, mỗi thứ một đơn vị.", "All that is exchanged, and its unit."
    ),
)
SOURCES = Sheet(
    "sources",
    Text("Nguồn", "Sources"),
    (
        _CODE,
        _NAME,
        _OWNER,
        Field("material", Text("Vật liệu", "Material"), needed=True, width=18),
        _UNIT,
        Field("supply", Text("Lượng cung/năm", "Supply/year"), "quantity", needed=True),
        _LEAST,
        Field(
            "disposal",
            Text("Chi phí thải bỏ hiện nay (đồng/đơn vị)", "Present disposal cost (VND/unit)"),
            "per_unit",
            hint=Text("Số âm: hiện đang bán được.", "Negative: it is sold today."),
            width=18,
        ),
        Field(
            "disposal_co2",
            Text("CO2 khi thải bỏ (tấn/đơn vị)", "CO2 of disposal (t/unit)"),
            "per_unit",
        ),
        _QUALITIES,
        *_PLACE,
    ),
    about=Text(
        "Chất thải, phụ phẩm, nước, nhiệt có để cho.", "Waste, by-products, water, heat on offer."
    ),
)
SINKS = Sheet(
    "sinks",
    Text("Nơi nhận", "Sinks"),
    (
        _CODE,
        _NAME,
        _OWNER,
        _ACCEPTS,
        _UNIT,
        Field("demand", Text("Nhu cầu/năm", "Need/year"), "quantity", needed=True),
        _LEAST,
        Field(
            "purchase",
            Text("Giá mua hiện nay (đồng/đơn vị)", "Present purchase price (VND/unit)"),
            "per_unit",
            hint=Text("Số âm: hiện được trả tiền để nhận.", "Negative: paid for taking it today."),
            width=18,
        ),
        Field(
            "purchase_co2",
            Text("CO2 của hàng mua (tấn/đơn vị)", "CO2 of the purchase (t/unit)"),
            "per_unit",
        ),
        _LIMITS,
        *_PLACE,
    ),
    about=Text("Nhu cầu mà chúng thay được.", "Needs they can replace."),
)
TREATMENTS = Sheet(
    "treatments",
    Text("Xử lý", "Treatment"),
    (
        _CODE,
        _NAME,
        _OWNER,
        _ACCEPTS,
        _UNIT,
        Field("capacity", Text("Công suất/năm", "Capacity/year"), "quantity", needed=True),
        Field("at_least", Text("Tối thiểu/năm khi xây", "At least/year when built"), "quantity"),
        _INVESTMENT,
        _FIXED,
        Field("cost", Text("Chi phí xử lý (đồng/đơn vị)", "Treatment cost (VND/unit)"), "per_unit"),
        Field("co2", Text("CO2 khi xử lý (tấn/đơn vị)", "CO2 of treatment (t/unit)"), "per_unit"),
        Field(
            "outputs",
            Text("Đầu ra", "Outlets"),
            "parts",
            needed=True,
            hint=Text(
                "Vật liệu ra : lượng ra trên một đơn vị xử lý, ví dụ tro-sạch:0,95. Chỉ ghi “=” khi"
                " từng lô đi qua riêng và không đổi tên.",
                "Material out : amount per unit treated, such as clean-ash:0.95. Just “=” when each"
                " batch passes on its own and keeps its name.",
            ),
            width=24,
        ),
        Field(
            "qualities",
            Text("Chất lượng đầu ra bảo đảm", "Guaranteed outlet quality"),
            "values",
            width=24,
        ),
        Field("removal", Text("Tỷ lệ khử", "Share removed"), "values", width=20),
        _LIMITS,
        Field(
            "disposal",
            Text("Thải bỏ phần dư (đồng/đơn vị)", "Disposal of leftovers (VND/unit)"),
            "per_unit",
        ),
        *_PLACE,
    ),
    needed=False,
    about=Text("Đơn vị xử lý có thể xây.", "Treatment units that may be built."),
)
MODES = Sheet(
    "modes",
    Text("Vận chuyển", "Carrying"),
    (
        _CODE,
        _NAME,
        Field("vehicle", Text("Xe tải/đường ống", "Truck/pipe"), needed=True),
        Field("unit_km", Text("Đồng/đơn vị/km", "VND/unit/km"), "number"),
        Field("unit_cost", Text("Đồng/đơn vị", "VND/unit"), "number"),
        _FIXED,
        Field("fixed_km", Text("Cố định/năm/km", "Fixed/year/km (VND)"), "number"),
        _INVESTMENT,
        Field("investment_km", Text("Đầu tư/km", "Investment/km (VND)"), "number"),
        Field("co2_km", Text("CO2 (tấn/đơn vị/km)", "CO2 (t/unit/km)"), "number"),
        Field("loss_km", Text("Tổn thất/km", "Loss/km (share)"), "number"),
        Field("longest", Text("Dài nhất (km)", "Longest (km)"), "km"),
        Field("capacity", Text("Năng lực/năm", "Capacity/year"), "number"),
        Field("materials", Text("Chỉ chở", "Only for materials"), "names", width=24),
    ),
    about=Text("Cách chở và giá.", "Ways of carrying and what they cost."),
)
LINKS = Sheet(
    "links",
    Text("Liên kết", "Links"),
    (
        Field("tail", Text("Từ", "From"), needed=True),
        Field("head", Text("Đến", "To"), needed=True),
        Field("mode", Text("Vận chuyển", "Mode"), needed=True),
        Field("distance", Text("Khoảng cách (km)", "Distance (km)"), "km"),
        Field("material", Text("Vật liệu", "Material"), width=18),
        Field("via", Text("Qua xử lý", "Via treatment")),
        Field("unit", Text("Chi phí thêm (đồng/đơn vị)", "Extra cost (VND/unit)"), "number"),
        _FIXED,
        _INVESTMENT,
        Field("at_least", Text("Tối thiểu/năm khi có", "At least/year when built"), "number"),
        Field("at_most", Text("Tối đa/năm", "At most/year"), "number"),
        _NAME,
    ),
    needed=False,
    about=Text(
        "Liên kết có thể lập. Để trống cả trang: hệ thống tự lập mọi liên kết hợp lý từ tọa độ.",
        "Links that may be built. Leave it empty: all sensible ones are made from the places.",
    ),
)
CHOICES = Sheet(
    "choices",
    Text("Loại trừ", "Alternatives"),
    (
        _CODE,
        Field("members", Text("Gồm", "Members"), "names", needed=True, width=40),
        Field("most", Text("Nhiều nhất", "At most"), "number"),
    ),
    needed=False,
    about=Text(
        "Nhóm liên kết (từ>đến) hoặc đơn vị xử lý chỉ được xây một số.",
        "Groups of links (from>to) or units of which only some are built.",
    ),
)
SHEETS = (GENERAL, MATERIALS, SOURCES, SINKS, TREATMENTS, MODES, LINKS, CHOICES)
GUIDE = Text("Hướng dẫn", "Guide")
