"""The words of a term sheet, in both languages, for all its forms."""

from __future__ import annotations

from sinhthai.foundation.text import Text

TITLE = Text("Bản chào vốn", "Term sheet")
FINDING = Text(
    "Kết quả tính của hệ thống, không phải cam kết cho vay hay xác nhận dự án xanh.",
    "Figures worked out by the system; no offer of a loan, no proof that a project is green.",
)
INVENTED = Text("Dữ liệu giả định, không nói về doanh nghiệp nào có thật.",
                "Invented data; it describes no real enterprise.")  # fmt: skip
ENTERPRISE = Text("Doanh nghiệp", "Enterprise")
PARK = Text("Khu công nghiệp", "Industrial park")
STAGE = Text("Giai đoạn", "Stage")
KIND = Text("Loại dự án", "Kind of project")
GROUPS = Text("Nhóm phân loại xanh cần đối chiếu", "Group of the green taxonomy to check")
MADE = Text("Lập ngày", "Made on")
ASSUMPTIONS = Text("Giả định", "Assumptions")
FLOWS = Text("Dòng tiền", "Cash flow")
RESULTS = Text("Kết quả", "Results")
SOURCES = Text("Nguồn", "Sources")
FUNDS = Text("Quỹ và chương trình", "Funds and schemes")
TAXONOMY = Text("Phân loại xanh (Quyết định 21/2025/QĐ-TTg)", "Green taxonomy (Decision 21/2025)")
RISK = Text("Rủi ro (mô phỏng)", "Risk (simulated)")
PICTURE = Text("Dòng tiền cộng dồn, trước thuế", "Cumulated cash flow, before tax")
BAND = Text("P10 đến P90", "P10 to P90")
UNIT_VND = Text("đồng", "VND")
NONE = Text("không có", "none")
MET = Text("đạt", "met")
UNMET = Text("không đạt", "not met")
UNKNOWN = Text("chưa rõ", "not known")
OUTCOMES = {
    "eligible": Text("đủ điều kiện theo các quy định đã ghi", "eligible by the rules recorded"),
    "not": Text("không đủ điều kiện", "not eligible"),
    "undetermined": Text("chưa xác định", "undetermined"),
}
UNVERIFIED = Text("chưa kiểm tra", "unverified")
YEAR = Text("Năm", "Year")
CALENDAR = Text("Năm dương lịch", "Calendar year")
COLUMNS = {
    "electricity": Text("Điện tiết kiệm", "Electricity saved"),
    "water": Text("Nước tiết kiệm", "Water saved"),
    "other": Text("Tiết kiệm khác", "Other saving"),
    "running": Text("Chi phí vận hành", "Running cost"),
    "capital": Text("Vốn, thanh lý", "Capital, sale"),
    "net": Text("Trước thuế", "Before tax"),
    "tax": Text("Thuế", "Tax"),
    "depreciation": Text("Khấu hao", "Depreciation"),
    "after": Text("Sau thuế", "After tax"),
    "sum": Text("Cộng dồn", "Cumulated"),
    "factor": Text("Hệ số chiết khấu", "Discount factor"),
    "worth": Text("Giá trị hiện tại", "Present value"),
    "worth_after": Text("Giá trị hiện tại sau thuế", "Present value after tax"),
    "worth_sum": Text("Giá trị hiện tại cộng dồn", "Present value cumulated"),
    "payback": Text("Hoàn vốn", "Payback"),
    "payback_discounted": Text("Hoàn vốn chiết khấu", "Discounted payback"),
}
INPUTS: dict[str, tuple[Text, Text]] = {
    "investment": (Text("Vốn đầu tư", "Investment"), UNIT_VND),
    "grant": (Text("Hỗ trợ không hoàn lại", "Grant or rebate"), UNIT_VND),
    "salvage": (Text("Thu thanh lý cuối kỳ", "Sold at the end"), UNIT_VND),
    "life": (Text("Tuổi thọ", "Life"), Text("năm", "years")),
    "horizon": (Text("Thời hạn thẩm định", "Horizon"), Text("năm", "years")),
    "first_year": (Text("Năm đầu sử dụng", "First year of use"), Text("", "")),
    "rate": (Text("Lãi suất chiết khấu", "Discount rate"), Text("một năm", "a year")),
    "is_real": (Text("Giá thực (1) hay danh nghĩa (0)", "Real (1) or nominal (0)"), Text("", "")),
    "inflation": (Text("Lạm phát", "Inflation"), Text("một năm", "a year")),
    "escalation": (Text("Giá điện, nước tăng", "Rise of prices"), Text("một năm", "a year")),
    "tax": (Text("Thuế thu nhập doanh nghiệp", "Income tax"), Text("", "")),
    "depreciation_years": (Text("Khấu hao", "Depreciation"), Text("năm", "years")),
    "electricity_mwh": (Text("Điện tiết kiệm", "Electricity saved"), Text("MWh/năm", "MWh a year")),
    "hours_normal": (Text("Giờ bình thường", "Normal hours"), Text("giờ/ngày", "hours a day")),
    "hours_off_peak": (Text("Giờ thấp điểm", "Off-peak hours"), Text("giờ/ngày", "hours a day")),
    "hours_peak": (Text("Giờ cao điểm", "Peak hours"), Text("giờ/ngày", "hours a day")),
    "price_normal": (Text("Giá giờ bình thường", "Price, normal hours"),
                     Text("đồng/kWh", "VND/kWh")),
    "price_off_peak": (Text("Giá giờ thấp điểm", "Price, off-peak hours"),
                       Text("đồng/kWh", "VND/kWh")),
    "price_peak": (Text("Giá giờ cao điểm", "Price, peak hours"), Text("đồng/kWh", "VND/kWh")),
    "price": (Text("Giá điện", "Price of electricity"),
              Text("đồng/kWh, chưa VAT", "VND/kWh, no VAT")),
    "water_m3": (Text("Nước tiết kiệm", "Water saved"), Text("m³/năm", "m³ a year")),
    "water_price": (Text("Giá nước", "Price of water"), Text("đồng/m³", "VND/m³")),
    "other_saving": (Text("Tiết kiệm khác", "Other saving"), Text("đồng/năm", "VND a year")),
    "running_cost": (Text("Chi phí vận hành", "Running cost"), Text("đồng/năm", "VND a year")),
    "grid_factor": (Text("Hệ số phát thải lưới điện", "Grid factor"),
                    Text("t CO2e/MWh", "t CO2e/MWh")),
    "co2e": (Text("CO2e tiết kiệm", "CO2e saved"), Text("t/năm", "t a year")),
    "asked_share": (Text("Tỷ lệ vay", "Share borrowed"), Text("", "")),
    "asked_years": (Text("Thời hạn vay", "Tenor"), Text("năm", "years")),
    "loan_rate": (Text("Lãi vay", "Interest of the loan"), Text("một năm", "a year")),
}  # fmt: skip
FIGURES: dict[str, tuple[Text, Text]] = {
    "npv": (Text("NPV trước thuế", "NPV before tax"), UNIT_VND),
    "npv_after_tax": (Text("NPV sau thuế", "NPV after tax"), UNIT_VND),
    "irr": (Text("IRR trước thuế", "IRR before tax"), Text("", "")),
    "irr_after_tax": (Text("IRR sau thuế", "IRR after tax"), Text("", "")),
    "payback": (Text("Thời gian hoàn vốn", "Payback"), Text("năm", "years")),
    "discounted_payback": (Text("Hoàn vốn có chiết khấu", "Discounted payback"),
                           Text("năm", "years")),
    "yearly_saving": (Text("Tiết kiệm ròng năm đầu", "Net saving in the first year"),
                      UNIT_VND),
    "co2e": (Text("CO2e tiết kiệm", "CO2e saved"), Text("t/năm", "t a year")),
    "abatement_cost": (Text("Chi phí giảm phát thải", "Abatement cost"),
                       Text("đồng/t CO2e", "VND/t CO2e")),
    "loan": (Text("Số tiền vay", "Loan"), UNIT_VND),
    "debt_service": (Text("Trả nợ mỗi năm (đều)", "Debt service a year (even)"), UNIT_VND),
    "coverage": (Text("Hệ số trả nợ năm đầu", "Debt service coverage, first year"),
                 Text("lần", "times")),
}  # fmt: skip
