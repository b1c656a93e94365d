"""The fixed words of the documents, in both languages."""

from __future__ import annotations

from sinhthai.foundation.text import Text
from sinhthai.rules.model import Status

# A sign stands beside every colour, so that nobody depends on seeing colours.
SIGNS: dict[Status, str] = {"met": "✓", "not_met": "✕", "undetermined": "?", "not_applicable": "–"}

STATUS: dict[Status, Text] = {
    "met": Text("Đạt", "Met"),
    "not_met": Text("Không đạt", "Not met"),
    "undetermined": Text("Chưa xác định", "Undetermined"),
    "not_applicable": Text("Không áp dụng", "Not applicable"),
}

CLAUSE = Text("Điều khoản", "Clause")
CRITERION = Text("Tiêu chí", "Criterion")
GROUP = Text("Nhóm", "Group")
VALUE = Text("Giá trị", "Value")
LOWER = Text("Cận dưới", "Lower bound")
UPPER = Text("Cận trên", "Upper bound")
THRESHOLD = Text("Ngưỡng", "Threshold")
LIMIT = Text("Ngưỡng (số)", "Threshold (number)")
RESULT = Text("Kết quả", "Result")
GAP = Text("Còn thiếu, cần làm", "What is missing")
UNIT = Text("Đơn vị", "Unit")
FORMULA = Text("Công thức", "Formula")
READING = Text("Cách hiểu quy định", "Reading of the law")
INPUT = Text("Số liệu đầu vào", "Input")
INPUTS = Text("Số liệu đầu vào", "Inputs")
SOURCE = Text("Nguồn", "Source")
RECORDED = Text("Ngày nhập", "Recorded on")
SUMMARY = Text("Tóm tắt", "Summary")
DETAILS = Text("Chi tiết từng tiêu chí", "Criterion by criterion")
CRITERIA = Text("Tiêu chí", "Criteria")
PARK = Text("Khu công nghiệp", "Industrial park")
FRAMEWORK = Text("Bộ tiêu chí", "Framework")
INSTRUMENT = Text("Văn bản", "Instrument")
DAY = Text("Theo quy định có hiệu lực ngày", "By the rules in force on")
YEAR = Text("Năm số liệu", "Year of the data")
CODE = Text("Mã", "Code")
PINS = Text("Để tính lại đúng kết quả này", "To compute this result again")
ENGINE = Text("Phiên bản chương trình", "Engine version")
RULES = Text("Gói quy định", "Rules")
DIGEST = Text("Mã băm số liệu", "Digest of the inputs")
KNOWN_AT = Text("Số liệu biết đến", "Data as known on")
BY = Text("Người thực hiện", "Computed by")
YES = Text("Doanh nghiệp đạt", "Enterprises meeting it")
NO = Text("Doanh nghiệp không đạt", "Enterprises not meeting it")
UNKNOWN = Text("Doanh nghiệp chưa rõ", "Enterprises not known")
MAYBE = Text("Doanh nghiệp chưa rõ có tính hay không", "Enterprises perhaps not counted")
PAGE = Text("Trang", "Page")
OF = Text("trên", "of")

FINDING_NOTE = Text(
    "Kết quả này do hệ thống tính từ số liệu đã khai, không phải quyết định hành chính.",
    "This is what the system computes from the reported data, not an administrative decision.",
)
INVENTED = Text("Số liệu giả định", "Invented data")
INVENTED_NOTE = Text(
    "Số liệu giả định để minh họa, không phải số liệu của một khu công nghiệp có thật.",
    "Invented data for demonstration, not the figures of a real park.",
)
ON_DAY = Text(
    "{instrument} · theo quy định có hiệu lực ngày {day} · số liệu năm {year}",
    "{instrument} · by the rules in force on {day} · data of {year}",
)
SYSTEM = Text("Sinh Thái", "Sinh Thái")
