"""The sheets of the workbook of measures: their columns and rows, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sinhthai.factors.lookup import VOLTAGES
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list, or a row of the assumptions.

    ``kind`` says how a cell is read: text, money (VND), price (VND a unit), share, years, year,
    quantity (in ``unit``), unit, names, time, date, choice.
    """

    key: str
    name: Text
    help: Text
    kind: str = "text"
    unit: str = ""
    """Unit of a quantity where neither heading nor cell says another."""
    width: int = 13
    needed: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[tuple[str, Text], ...] = ()


MEASURES = Text("Giải pháp", "Measures")
ASSUMPTIONS = Text("Giả định", "Assumptions")
PRICES = Text("Giá", "Prices")
USES = Text("Hộ tiêu thụ", "Uses")
RANGES = Text("Biên độ", "Ranges")
GUIDE = Text("Hướng dẫn", "Guide")

MONEY: Mapping[str, tuple[Text, float]] = {
    "VND": (Text("đồng", "VND"), 1.0),
    "kVND": (Text("nghìn đồng", "thousand VND"), 1e3),
    "MVND": (Text("triệu đồng", "million VND"), 1e6),
    "GVND": (Text("tỷ đồng", "billion VND"), 1e9),
}
FUEL_UNITS = ("t", "kg", "m3", "lít", "GJ", "MWh")

LIST = (
    Column("name", Text("Tên giải pháp", "Measure"),
           Text("Mỗi giải pháp một tên. Dòng để trống tên bổ sung nhiên liệu, vật liệu cho giải "
                "pháp ở dòng trên.",
                "One name a measure. A line without a name adds fuels or materials to the measure "
                "above."),
           width=34, needed=True, aliases=("giải pháp", "tên", "biện pháp", "name", "measure")),
    Column("investment", Text("Vốn đầu tư", "Investment"),
           Text("Năm 0, trước hỗ trợ.", "Year 0, before any grant."),
           "money", needed=True, aliases=("đầu tư", "chi phí đầu tư", "capex", "cost")),
    Column("money", Text("Đơn vị tiền", "Money in"),
           Text("Của mọi cột tiền trong dòng; để trống là đồng.",
                "Of every money column of the line; empty is VND."),
           "choice", aliases=("đơn vị", "tiền tệ", "currency", "unit of money"),
           choices=tuple((key, name) for key, (name, _) in MONEY.items())),
    Column("life", Text("Tuổi thọ (năm)", "Life (years)"),
           Text("Số năm nguyên.", "Whole years."), "years", width=9, needed=True,
           aliases=("tuổi thọ", "vòng đời", "life", "lifetime")),
    Column("electricity", Text("Điện tiết kiệm (kWh/năm)", "Electricity saved (kWh/year)"),
           Text("Số âm: dùng thêm điện.", "Negative: more is used."), "quantity", "kWh",
           aliases=("điện", "điện tiết kiệm", "electricity", "electricity saved", "power saved")),
    Column("fuel", Text("Nhiên liệu", "Fuel"),
           Text("Than cám 5, DO, LPG, khí thiên nhiên, củi…", "Anthracite, diesel, LPG, wood…"),
           width=18, aliases=("loại nhiên liệu", "fuel name", "fuel")),
    Column("fuel_quantity", Text("Nhiên liệu tiết kiệm (/năm)", "Fuel saved (/year)"),
           Text("Theo đơn vị ở cột bên; số âm: dùng thêm.",
                "In the unit beside it; negative: more is used."), "number",
           aliases=("nhiên liệu tiết kiệm", "lượng nhiên liệu", "fuel saved", "fuel quantity")),
    Column("fuel_unit", Text("Đơn vị nhiên liệu", "Unit of the fuel"),
           Text("t, kg, m3, lít, GJ, MWh.", "t, kg, m3, L, GJ, MWh."), "unit", width=10,
           aliases=("đvt nhiên liệu", "fuel unit")),
    Column("water", Text("Nước tiết kiệm (m³/năm)", "Water saved (m³/year)"),
           Text("Nước cấp.", "Water supplied."), "quantity", "m**3",
           aliases=("nước", "nước tiết kiệm", "nước cấp", "water", "water saved")),
    Column("wastewater", Text("Nước thải giảm (m³/năm)", "Wastewater avoided (m³/year)"),
           Text("Phần phải trả tiền xử lý.", "What is paid for by volume."), "quantity", "m**3",
           aliases=("nước thải", "nước thải giảm", "wastewater", "wastewater saved")),
    Column("material", Text("Vật liệu, chất thải", "Material or waste"),
           Text("Vật liệu tiết kiệm được, chất thải không phải xử lý.",
                "Material saved, waste no longer treated."), width=18,
           aliases=("vật liệu", "chất thải", "material", "waste")),
    Column("material_quantity", Text("Vật liệu, chất thải giảm (t/năm)",
                                     "Material or waste avoided (t/year)"),
           Text("Tấn một năm.", "Tonnes a year."), "quantity", "t",
           aliases=("vật liệu tiết kiệm", "chất thải giảm", "material saved", "waste avoided")),
    Column("material_price", Text("Giá vật liệu, xử lý (VND/t)", "Price of it (VND/t)"),
           Text("Đồng một tấn, chưa VAT, dù đơn vị tiền của dòng là gì; hoặc ghi ở trang Giá.",
                "VND a tonne without VAT, whatever the line's money; or on the sheet Prices."),
           "price", "t", aliases=("giá vật liệu", "material price", "price of material")),
    Column("other_saving", Text("Lợi ích khác (/năm)", "Other saving (/year)"),
           Text("Nhân công, phí, sản lượng: tiền một năm.", "Labour, fees, output: money a year."),
           "money", aliases=("tiết kiệm khác", "lợi ích khác", "other saving", "other savings")),
    Column("running_cost", Text("Chi phí vận hành (/năm)", "Running cost (/year)"),
           Text("Bảo trì, hóa chất, nhân công tăng thêm.", "Upkeep, chemicals, labour added."),
           "money", aliases=("chi phí vận hành", "vận hành", "opex", "running cost")),
    Column("grant", Text("Hỗ trợ", "Grant"),
           Text("Phần vốn không hoàn lại.", "Part of the investment given."),
           "money", aliases=("tài trợ", "hỗ trợ", "grant", "rebate", "subsidy")),
    Column("salvage", Text("Giá trị thu hồi", "Salvage value"),
           Text("Bán được ở cuối tuổi thọ.", "What it sells for at the end of its life."),
           "money", aliases=("thanh lý", "giá trị còn lại", "salvage")),
    Column("co2e", Text("CO2e giảm, tự tính (t/năm)", "CO2e avoided, own figure (t/year)"),
           Text("Để trống: tính từ các dạng năng lượng bằng hệ số.",
                "Empty: computed from the carriers by their factors."), "quantity", "t",
           aliases=("co2e", "co2", "co2e giảm", "co2e avoided")),
    Column("use", Text("Hộ tiêu thụ", "Use"),
           Text("Giải pháp cùng hộ tiêu thụ chỉ tiết kiệm trên phần còn lại, theo thứ tự dòng.",
                "Measures on one use save on what is left of it, in the order of the lines."),
           width=18, aliases=("nơi dùng", "hệ thống", "use", "end use", "system")),
    Column("share", Text("Phần tiết kiệm của hộ", "Share of the use saved"),
           Text("Nếu chỉ làm riêng giải pháp này, ví dụ 15%.",
                "If it were the only measure, such as 15%."), "share",
           aliases=("tỷ lệ tiết kiệm", "phần tiết kiệm", "share", "share saved", "% saved")),
    Column("excludes", Text("Không làm cùng", "Excludes"),
           Text("Tên giải pháp khác, cách nhau bằng dấu ;", "Names of others, parted by ;"),
           "names", width=22, aliases=("loại trừ", "thay thế cho", "excludes", "alternative to")),
)  # fmt: skip

_KINDS = (("nominal", Text("danh nghĩa", "nominal")), ("real", Text("thực", "real")))
_LEVELS = {
    "110kV": Text("từ 110 kV", "110 kV and above"),
    "22kV": Text("từ 22 kV đến dưới 110 kV", "22 kV to below 110 kV"),
    "6kV": Text("từ 6 kV đến dưới 22 kV", "6 kV to below 22 kV"),
    "low": Text("dưới 6 kV", "below 6 kV"),
}
_POLICIES = (
    ("national", Text("danh mục quốc gia", "national list")),
    ("ipcc2006", Text("IPCC 2006", "IPCC 2006")),
    ("ipcc2019", Text("IPCC 2019", "IPCC 2019")),
)
_GWP = tuple((name, Text(name, name)) for name in ("AR4", "AR5", "AR6"))

GIVEN = (
    Column("rate", Text("Lãi suất chiết khấu", "Discount rate"),
           Text("Một năm, ví dụ 10%.", "Yearly, such as 10%."), "share", needed=True,
           aliases=("lãi suất", "tỷ lệ chiết khấu", "suất chiết khấu", "rate")),
    Column("money_kind", Text("Lãi suất, mức tăng giá là", "Rate and escalation are"),
           Text("danh nghĩa (có lạm phát) hoặc thực (giá cố định).",
                "nominal (with inflation) or real (constant prices)."), "choice",
           aliases=("danh nghĩa hay thực", "nominal or real"), choices=_KINDS),
    Column("inflation", Text("Lạm phát", "Inflation"),
           Text("Một năm; của lợi ích khác và chi phí vận hành.",
                "Yearly; of other savings and running costs."), "share"),
    Column("horizon", Text("Thời hạn thẩm định (năm)", "Horizon (years)"),
           Text("Lợi ích sau đó không tính.", "What comes after is not counted."), "years",
           needed=True, aliases=("thời hạn", "thời hạn thẩm định", "horizon")),
    Column("first_year", Text("Năm đầu có lợi ích", "First year of savings"),
           Text("Giá là giá của năm này.", "Prices are of this year."), "year", needed=True,
           aliases=("năm đầu", "năm thứ nhất", "first year")),
    Column("tax", Text("Thuế thu nhập doanh nghiệp", "Corporate income tax"),
           Text("Để trống: 20%.", "Empty: 20%."), "share", aliases=("thuế", "thuế suất", "tax")),
    Column("depreciation_years", Text("Số năm khấu hao", "Depreciation (years)"),
           Text("Đường thẳng; để trống: theo tuổi thọ.", "Straight line; empty: over the life."),
           "years", aliases=("khấu hao", "depreciation")),
    Column("voltage", Text("Cấp điện áp", "Voltage"),
           Text("Cho biểu giá điện sản xuất; hoặc ghi giá điện ở trang Giá.",
                "For the tariff of production; or give the price on the sheet Prices."), "choice",
           aliases=("điện áp", "voltage level"),
           choices=tuple((key, _LEVELS[key]) for key in VOLTAGES)),
    Column("start", Text("Giờ bắt đầu chạy", "Runs from"),
           Text("Ví dụ 6:00; chạy suốt: 0:00 đến 24:00.", "Such as 6:00; all day: 0:00 to 24:00."),
           "time", aliases=("từ giờ", "runs from", "start")),
    Column("end", Text("Giờ ngừng chạy", "Runs until"),
           Text("Ví dụ 22:00.", "Such as 22:00."), "time",
           aliases=("đến giờ", "runs until", "end")),
    Column("days", Text("Số ngày chạy một tuần", "Days a week"),
           Text("1 đến 7; ngày thứ bảy là Chủ nhật, không có giờ cao điểm.",
                "1 to 7; the seventh is Sunday, which has no peak hours."), "years",
           aliases=("ngày một tuần", "days a week", "days")),
    Column("tariff_on", Text("Biểu giá điện ngày", "Tariff of (day)"),
           Text("Để trống: ngày cuối của năm đầu.", "Empty: the last day of the first year."),
           "date", aliases=("ngày biểu giá", "tariff date")),
    Column("factor_year", Text("Năm của hệ số phát thải", "Year of emission factors"),
           Text("Để trống: năm đầu, nếu chưa công bố thì năm gần nhất (có ghi rõ).",
                "Empty: the first year, or the last one published before it (the result says so)."),
           "year", aliases=("năm hệ số", "factor year", "grid factor year")),
    Column("gwp", Text("Bộ GWP", "GWP set"), Text("Để trống: AR5.", "Empty: AR5."), "choice",
           aliases=("gwp",), choices=_GWP),
    Column("policy", Text("Nguồn hệ số", "Source of factors"),
           Text("Để trống: danh mục quốc gia trước.", "Empty: the national list first."),
           "choice", aliases=("policy",), choices=_POLICIES),
)  # fmt: skip

PRICE_LIST = (
    Column("carrier", Text("Dạng năng lượng, nước, vật liệu", "Energy, water or material"),
           Text("Điện, nước, nước thải, tên nhiên liệu hoặc vật liệu như ở trang Giải pháp.",
                "Electricity, water, wastewater, a fuel or a material as on the sheet Measures."),
           width=34, needed=True, aliases=("dạng năng lượng", "tên", "carrier", "name")),
    Column("price", Text("Giá (VND)", "Price (VND)"),
           Text("Chưa VAT, của năm đầu. Điện để trống: theo biểu giá.",
                "Without VAT, of the first year. Electricity left empty: by the tariff."),
           "number", aliases=("giá", "đơn giá", "price")),
    Column("per", Text("Cho một", "Per"),
           Text("kWh, t, kg, lít, m3, GJ.", "kWh, t, kg, L, m3, GJ."), "unit", width=9,
           aliases=("đơn vị", "cho mỗi", "unit", "per")),
    Column("escalation", Text("Mức tăng giá một năm", "Yearly change of price"),
           Text("Ví dụ 4%; để trống: không đổi.", "Such as 4%; empty: none."), "share",
           aliases=("mức tăng giá", "tăng giá", "escalation")),
    Column("factor", Text("Hệ số riêng (t CO2e cho một đơn vị)", "Own factor (t CO2e per unit)"),
           Text("Để trống: theo bảng hệ số; nước, vật liệu không có trong bảng là chưa biết. "
                "0: ngoài phạm vi tính.",
                "Empty: by the tables; water and materials have none and stay unknown. 0: outside "
                "what is counted."), "number", width=18,
           aliases=("hệ số riêng", "hệ số", "own factor", "factor")),
    Column("note", Text("Nguồn, ghi chú", "Source, notes"),
           Text("Hóa đơn, báo giá.", "Invoice, offer."), width=34,
           aliases=("ghi chú", "nguồn", "note", "source", "notes")),
)  # fmt: skip

USE_LIST = (
    Column("use", Text("Hộ tiêu thụ", "Use"),
           Text("Tên như ở trang Giải pháp.", "Named as on the sheet Measures."), width=30,
           needed=True, aliases=("hệ thống", "tên", "use", "system", "name")),
    Column("carrier", Text("Dùng", "Takes"),
           Text("Điện, nước, nước thải, hoặc tên nhiên liệu.",
                "Electricity, water, wastewater, or a fuel."), width=20, needed=True,
           aliases=("dạng năng lượng", "carrier", "takes")),
    Column("quantity", Text("Lượng đo được một năm", "Metered a year"),
           Text("Cả hộ, trước mọi giải pháp.", "All of it, before any measure."), "number",
           needed=True, aliases=("lượng", "lượng đo được", "quantity", "metered")),
    Column("unit", Text("Đơn vị", "Unit"), Text("kWh, t, m3, GJ.", "kWh, t, m3, GJ."), "unit",
           width=9, needed=True, aliases=("đvt", "unit")),
)  # fmt: skip

_OF_STATED = Text("Tỷ lệ của số đã ghi, ví dụ -20% và 10%.", "Of what is stated: -20% and 10%.")
RANGE_ROWS = (
    Column("saving", Text("Lượng tiết kiệm", "Saving"), _OF_STATED, "share"),
    Column("investment", Text("Vốn đầu tư", "Investment"), _OF_STATED, "share"),
    Column("running_cost", Text("Chi phí vận hành", "Running cost"), _OF_STATED, "share"),
    Column("escalation", Text("Mức tăng giá", "Escalation"),
           Text("Cộng vào mức tăng giá mỗi năm, ví dụ -2% và 2%.",
                "Added to the yearly change of prices, such as -2% and 2%."), "share"),
    Column("life", Text("Tuổi thọ (năm)", "Life (years)"),
           Text("Số năm bớt hoặc thêm, ví dụ -2 và 1.", "Years less or more, such as -2 and 1."),
           "years", aliases=("tuổi thọ", "life")),
)  # fmt: skip
RANGE_LIST = (
    Column("input", Text("Đại lượng", "Input"), Text("", ""), width=26, needed=True,
           aliases=("input", "tên")),
    Column("low", Text("Thấp", "Low"), Text("", ""), needed=True, aliases=("low", "từ")),
    Column("high", Text("Cao", "High"), Text("", ""), needed=True, aliases=("high", "đến")),
)  # fmt: skip
