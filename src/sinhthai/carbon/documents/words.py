"""The words of inventories, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.carbon.documents.report import Report, SourceKey, Study
from sinhthai.carbon.engine.model import Scope
from sinhthai.carbon.engine.thresholds import Outcome
from sinhthai.carbon.workbook.words import KINDS, SCOPE_3
from sinhthai.factors.lookup import Factors
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

TITLE = Text("Kiểm kê khí nhà kính", "Greenhouse gas inventory")
SCOPE_NAMES: Mapping[Scope | None, Text] = {
    1: Text("Phạm vi 1: trực tiếp", "Scope 1: direct"),
    2: Text("Phạm vi 2: điện, hơi mua", "Scope 2: power and steam bought"),
    None: Text("Phạm vi 1 + 2", "Scopes 1 + 2"),
    3: Text("Phạm vi 3: loại hình đã chọn", "Scope 3: chosen categories"),
}
SHORT_SCOPES: Mapping[Scope, Text] = {
    1: Text("Phạm vi 1", "Scope 1"),
    2: Text("Phạm vi 2", "Scope 2"),
    3: Text("Phạm vi 3", "Scope 3"),
}
SCOPE = Text("Phạm vi", "Scope")
ENTERPRISE = Text("Doanh nghiệp", "Enterprise")
YEAR = Text("Năm", "Year")
T_CO2E = Text("t CO2e", "t CO2e")
T_CO2 = Text("t CO2", "t CO2")
LOW = Text("thấp", "low")
HIGH = Text("cao", "high")
INTERVAL = Text("khoảng 95 %", "95 % interval")
SHARE = Text("%", "%")
BY_SOURCE = Text("Theo nguồn", "By source")
SOURCE = Text("Nguồn", "Source")
BY_GAS = Text("Theo khí (phạm vi 1 + 2)", "By gas (scopes 1 + 2)")
GAS = Text("Khí", "Gas")
MASS = Text("Khối lượng (t)", "Mass (t)")
APART = Text("Ngoài tổng", "Apart from the totals")
BIOGENIC = Text("CO2 sinh học", "Biogenic CO2")
MONTREAL = Text("{gas} (Nghị định thư Montreal)", "{gas} (Montreal Protocol)")
KNOWN_PART = Text("chưa biết hết; phần đã biết {known}", "not all known; known part {known}")
NOT_KNOWN = Text("chưa biết", "not known")
UNKNOWN_LINES = Text("Dòng chưa có lượng: {lines}", "Lines without a quantity: {lines}")
MONTE_CARLO = Text(
    "Monte Carlo, {draws} lần, hạt {seed}", "Monte Carlo, {draws} draws, seed {seed}"
)
MEAN = Text("trung bình", "mean")
DUTY = Text("Nghĩa vụ kiểm kê theo luật", "Duty to report by law")
DUTIES: Mapping[Outcome, Text] = {
    "must": Text("đạt ngưỡng phải kiểm kê", "reaches a threshold to report"),
    "need_not": Text("dưới mọi ngưỡng", "below every threshold"),
    "undetermined": Text("chưa đủ số liệu để kết luận", "undetermined: not enough is known"),
}
DUTY_NOTE = Text(
    "Bắt buộc theo danh mục của Thủ tướng Chính phủ; đạt ngưỡng chưa có nghĩa đã có tên.",
    "The binding list is the Prime Minister's; reaching a threshold is not yet being listed.",
)
THRESHOLD = Text("Ngưỡng", "Threshold")
FOUND = Text("Kết quả", "Found")
CLAUSE = Text("Nghị định 06/2022/NĐ-CP, Điều 6", "Decree 06/2022/ND-CP, Article 6")
AT_LEAST = Text("ít nhất {value}", "at least {value}")
TRACE = Text("Từng dòng", "Line by line")
LINE = Text("Dòng", "Line")
FORMULA = Text("Công thức", "Formula")
FACTORS = Text("Hệ số", "Factors")
VERIFIED = Text("đã xác minh", "verified")
NOT_VERIFIED = Text("chưa xác minh", "not verified")
PLANT = Text("số đo của cơ sở", "measured by the plant")
REMARKS = Text("Lưu ý", "Remarks")
PINS = Text("Tính lại", "To compute it again")
FILE = Text("Tệp", "File")
ENGINE = Text("Bộ máy", "Engine")
TABLES = Text("Bảng hệ số", "Factor tables")
GWP = Text("GWP", "GWP")
POLICY = Text("Chính sách chọn hệ số", "Policy of factors")
LAST = Text("Hệ số lưới gần nhất", "Last published grid factor")
ALLOWED, NOT_ALLOWED = Text("cho phép", "allowed"), Text("không", "not allowed")
POLICIES = {
    "national": Text(
        "danh mục quốc gia trước, IPCC sau (Thông tư 38/2023)",
        "national list before IPCC (Circular 38/2023)",
    ),
    "ipcc2006": Text("IPCC 2006 trước", "IPCC 2006 first"),
    "ipcc2019": Text("IPCC 2019 trước", "IPCC 2019 first"),
}
PARK = Text("Khu {park}: tổng không tính hai lần", "Park {park}: nothing counted twice")
INSIDE = Text(
    "Không cộng vào vì mua của khu, khu đã tính: {count} dòng ({lines})",
    "Left out, bought from the park, which counts it: {count} ({lines})",
)
UNMATCHED = Text(
    "Mua của khu nhưng tính ở bên mua, vì khu không báo cáo năm này: {count} dòng ({lines})",
    "Bought from the park, but counted at the buyer as the park reports nothing that year: {count}"
    " ({lines})",
)
MANY = Text(
    "Có {count} báo cáo: chỉ in bảng tổng; xem chi tiết bằng --format json, xlsx hoặc pdf.",
    "There are {count} reports: only their totals are printed; see each with --format json, xlsx"
    " or pdf.",
)
BELOW_ZERO = Text(
    "Khoảng đối xứng xuống dưới 0 vì hệ số rất không chắc chắn; --draws cho khoảng đúng hơn.",
    "A symmetric interval falls below zero where a factor is very uncertain; --draws gives a truer"
    " one.",
)
WHO_DECIDES = Text(
    "Máy tính toán, người ký chịu trách nhiệm về số liệu đầu vào.",
    "The machine computes; who signs answers for the figures put in.",
)
PAGE = Text("Trang", "Page")
SYSTEM = Text("Sinh Thái", "Sinh Thái")


def source_name(source: SourceKey, factors: Factors) -> Text:
    """Return what a source is called: its kind, and what is burnt, bought, leaked."""
    _, kind, what, category = source
    known = factors.activities.get(what)
    name = known.name if known else Text(what, what)
    if category in SCOPE_3:
        name = Text("{name} ({category})", "{name} ({category})").format(
            name=name, category=SCOPE_3[category]
        )
    return Text("{kind}: {name}", "{kind}: {name}").format(kind=KINDS[kind], name=name)


def tonnes(value: float, language: str) -> str:
    """Write tonnes: three decimals below ten, one below a thousand, none above."""
    size = abs(value)
    digits = 3 if size < 10 else 1 if size < 1000 else 0
    return format_number(value, language, digits)


def pins(of: Study, language: str) -> list[tuple[str, str]]:
    """Return the lines that say how to compute a study again."""
    settings = of.settings
    lines: list[tuple[Text, Text | str]] = [
        (FILE, f"{of.file} · sha256 {of.sha256[:16]}"),
        (ENGINE, of.engine),
        (TABLES, of.factors.hash[:16]),
        (GWP, settings.gwp),
        (POLICY, POLICIES[settings.policy]),
        (LAST, ALLOWED if settings.last_published else NOT_ALLOWED),
    ]
    if settings.draws:
        lines.append(
            (Text("Monte Carlo", "Monte Carlo"),
             MONTE_CARLO.format(draws=settings.draws, seed=settings.seed))
        )  # fmt: skip
    return [
        (label.get(language), said if isinstance(said, str) else said.get(language))
        for label, said in lines
    ]


def name_of(report: Report) -> str:
    """Return whose report it is, and of which year."""
    return f"{report.subject} · {report.year}"
