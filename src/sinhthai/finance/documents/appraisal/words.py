"""What an appraisal says, in both languages, and how its figures are written."""

from __future__ import annotations

from sinhthai.finance.engine.model import Irr
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

SYSTEM = Text("Sinh Thái", "Sinh Thái")
PAGE = Text("Trang", "Page")
TITLE = Text("Thẩm định tài chính các giải pháp", "Financial appraisal of measures")
INVENTED = Text("Số liệu giả định", "Invented figures")
NOT_A_DECISION = Text(
    "Kết quả tính toán, không phải quyết định đầu tư.", "A computation, not a decision to invest."
)
UNKNOWN = Text("chưa rõ", "unknown")
NEVER = Text("không", "never")
NO_RATE = Text("không có", "none")
SEVERAL = Text("nhiều", "several")

MEASURE = Text("Giải pháp", "Measure")
NUMBER = Text("Số", "No.")
INVESTMENT = Text("Vốn đầu tư", "Investment")
SAVING = Text("Lợi ích ròng năm đầu", "Net saving, year 1")
NPV = Text("NPV", "NPV")
NPV_TAXED = Text("NPV sau thuế", "NPV after tax")
IRR = Text("IRR", "IRR")
IRR_TAXED = Text("IRR sau thuế", "IRR after tax")
PAYBACK = Text("Hoàn vốn (năm)", "Payback (years)")
DISCOUNTED = Text("Hoàn vốn chiết khấu (năm)", "Discounted payback (years)")
ELECTRICITY = Text("Điện (kWh)", "Electricity (kWh)")
OTHERS = Text("Nhiên liệu, vật liệu, chất thải", "Fuels, materials, waste")
WATER = Text("Nước (m³)", "Water (m³)")
WASTEWATER = Text("Nước thải (m³)", "Wastewater (m³)")
CO2E = Text("CO2e (t)", "CO2e (t)")
COST = Text("Nghìn đ/t CO2e", "k VND per t CO2e")
P10, P50, P90 = (Text(p, p) for p in ("P10", "P50", "P90"))
LOSS = Text("Khả năng lỗ", "Chance of loss")
DRIVER = Text("Ảnh hưởng mạnh nhất", "Strongest influence")
TOTAL = Text("Cộng", "Total")

MONEY = Text("Giá trị của từng giải pháp (triệu đồng)", "What each measure is worth (million VND)")
SAVED = Text("Tiết kiệm mỗi năm", "Saved a year")
RISK = Text("Biên độ của NPV trước thuế (triệu đồng)", "Spread of the NPV before tax (million VND)")
BOTH_MONEYS = Text(
    "Danh nghĩa và giá cố định (NPV, triệu đồng)",
    "Nominal money and constant prices (NPV, million VND)",
)
ASSUMPTIONS = Text("Giả định", "Assumptions")
PRICES = Text("Giá và hệ số", "Prices and factors")
REMARKS = Text("Lưu ý", "Remarks")
PINS = Text("Căn cứ để tính lại", "What recomputes it")

INPUTS = {
    "saving": Text("lượng tiết kiệm", "saving"),
    "investment": Text("vốn đầu tư", "investment"),
    "running_cost": Text("chi phí vận hành", "running cost"),
    "escalation": Text("mức tăng giá", "escalation"),
    "life": Text("tuổi thọ", "life"),
}
LEFT = Text(
    "{name}: tính trên {left} còn lại của “{use}” sau các giải pháp trước.",
    "{name}: counted on the {left} of “{use}” that the measures before it leave.",
)
REPLACED = Text(
    "{name}: không cộng vào tổng, vì loại trừ với “{other}” có giá trị cao hơn.",
    "{name}: in no total, since “{other}”, worth more, takes its place.",
)
NO_FACTOR = Text(
    "{name}: CO2e chưa rõ vì {carriers} không có hệ số; phần đã biết {known} t.",
    "{name}: CO2e is not known, there is no factor of {carriers}; the known part is {known} t.",
)
MORE_EMITTED = Text(
    "{name}: phát thải tăng {more} t CO2e mỗi năm; không có trong đường cong.",
    "{name}: {more} t CO2e a year more is emitted; it is not on the curve.",
)
NOT_SUMMED = Text(
    "IRR và thời gian hoàn vốn không cộng được nên không có tổng.",
    "Rates and paybacks cannot be added, so they have no total.",
)
UNKNOWN_TOTAL = Text(
    "Tổng CO2e chưa rõ: {known} t là phần đã biết ({names} chưa có hệ số).",
    "The total CO2e is not known: {known} t is the known part ({names} has no factor).",
)
CONSTANT = Text("IRR theo giá cố định", "IRR in constant prices")
NOMINAL = Text("IRR danh nghĩa", "Nominal IRR")
WORTH_HERE = Text("NPV danh nghĩa", "NPV, nominal")
WORTH_THERE = Text("NPV giá cố định", "NPV, constant prices")
BOTH_NOTE = Text(
    "Hai cách phải cho cùng NPV: lãi suất, mức tăng giá và giá cùng đổi theo lạm phát.",
    "Both must give the same NPV: rate, escalation and prices change together with inflation.",
)
CURVE = Text("Đường cong chi phí giảm phát thải", "Abatement curve")
CURVE_ACROSS = Text("t CO2e giảm mỗi năm", "t CO2e avoided a year")
CURVE_UP = Text("đồng/t CO2e", "VND per t CO2e")
CURVE_PAYS = Text("có lãi, xếp theo NPV", "pays, in the order of NPV")
CURVE_COSTS = Text("tốn tiền, xếp theo đ/t", "costs, in the order of VND/t")
CURVE_CUT = Text(
    "Cột có lãi mảnh hơn 1 % bề ngang bị cắt ngọn",
    "bars that pay and are thinner than 1 % are cut",
)
CASH = Text("Dòng tiền lũy kế: {name}", "Cumulated cash flow: {name}")
CASH_UNIT = Text("đồng, trước thuế, chưa chiết khấu", "VND, before tax, not discounted")
CASH_NOTE = Text("từ P10 đến P90, đường giữa là P50", "P10 to P90, the line is P50")
EMPTY_CURVE = Text(
    "Không có giải pháp nào giảm CO2e.",
    "No measure avoids CO2e.",
)


def millions(value: float, language: str) -> str:
    """Return VND as millions; sums below a billion keep a decimal.

    >>> millions(465_770_000, "en"), millions(12_345_678_900, "vi")
    ('465.8', '12.346')
    """
    return format_number(value / 1e6, language, 1 if abs(value) < 1e9 else 0)


def thousands(value: float, language: str) -> str:
    """Return VND as thousands, whole."""
    return format_number(value / 1e3, language, 0)


def plain(value: float, language: str) -> str:
    """Return a quantity with as many digits as matter.

    >>> plain(96000.0, "vi"), plain(1.648, "en")
    ('96.000', '1.65')
    """
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    written = format_number(value, language, digits)
    return format_number(value, language, 0) if float(f"{value:.2f}") == int(value) else written


def percent(share: float, language: str) -> str:
    """Return a share as a percentage.

    >>> percent(0.542698, "vi"), percent(0.1, "vi"), percent(4.564, "en")
    ('54,3 %', '10 %', '456 %')
    """
    digits = 0 if abs(share) >= 1 or round(share * 100, 6) % 1 == 0 else 1
    return format_number(share * 100, language, digits) + " %"


def years(value: float | None, language: str) -> str:
    """Return a payback, or that there is none."""
    return NEVER.get(language) if value is None else format_number(value, language, 1)


def rate(found: Irr, language: str) -> str:
    """Return an internal rate of return, or why it is not one figure."""
    if found.value is None:
        return (SEVERAL if found.outcome == "many" else NO_RATE).get(language)
    mark = "*" if found.outcome == "many" else ""
    return percent(found.value, language) + mark
