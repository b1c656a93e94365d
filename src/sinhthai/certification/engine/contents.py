"""What the applicant writes in their own words: which fields, in which order, for which paper.

Everything else in a dossier comes from the records. An explanation of one criterion is kept
under ``explain:<leaf>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text

Subject = Literal["park", "enterprise"]
EXPLAIN = "explain:"
LONGEST = 8_000  # characters of one field


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to write. ``paper`` is the paper of the procedure that prints it."""

    id: str
    paper: str
    title: Text
    hint: Text
    required: bool
    lines: int  # 1: a line; more: a text of about so many lines
    subjects: tuple[Subject, ...] = ("park", "enterprise")


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that are written on one page."""

    id: str
    title: Text
    fields: tuple[Field, ...]


_NONE = Text("", "")

SECTIONS: tuple[Section, ...] = (
    Section(
        "applicant",
        Text("Người nộp hồ sơ", "The applicant"),
        (
            Field(
                "representative",
                "letter",
                Text("Người đại diện theo pháp luật", "Legal representative"),
                Text("Họ và tên người ký hồ sơ.", "Full name of the person who signs."),
                True,
                1,
            ),
            Field(
                "position",
                "letter",
                Text("Chức vụ", "Position"),
                Text("Ví dụ: Tổng Giám đốc.", "For example: General Director."),
                True,
                1,
            ),
            Field(
                "address",
                "letter",
                Text("Địa chỉ trụ sở", "Address of the head office"),
                _NONE,
                True,
                1,
            ),
            Field(
                "registration",
                "letter",
                Text(
                    "Giấy chứng nhận đăng ký đầu tư hoặc đăng ký doanh nghiệp",
                    "Investment or enterprise registration certificate",
                ),
                Text("Số, ngày cấp, cơ quan cấp.", "Number, date and issuing body."),
                False,
                1,
            ),
            Field(
                "contact",
                "letter",
                Text("Người liên hệ", "Contact person"),
                Text("Họ tên, điện thoại, thư điện tử.", "Name, telephone, e-mail."),
                True,
                1,
            ),
        ),
    ),
    Section(
        "operation",
        Text("Tình hình hoạt động", "Operation"),
        (
            Field(
                "operation",
                "operation",
                Text("Tình hình hoạt động", "Operation"),
                Text(
                    "Các số liệu đã báo cáo được in sẵn; ở đây viết phần lời.",
                    "The figures reported are printed anyway; write here what they do not say.",
                ),
                True,
                10,
            ),
            Field(
                "attraction",
                "operation",
                Text("Tình hình thu hút đầu tư", "Investment attraction"),
                Text(
                    "Ngành, nghề thu hút; dự án mới; tỷ lệ lấp đầy.",
                    "Industries attracted, new projects, occupancy.",
                ),
                True,
                10,
                ("park",),
            ),
        ),
    ),
    Section(
        "explanation",
        Text("Đánh giá và giải trình", "Assessment and explanation"),
        (
            Field(
                "explanation",
                "assessment",
                Text("Giải trình chung", "General explanation"),
                Text(
                    "Kết quả từng tiêu chí được in sẵn cùng minh chứng. Có thể viết thêm lời giải "
                    "trình cho từng tiêu chí bên dưới.",
                    "The finding on each criterion is printed with its evidence. You can explain "
                    "any of them below.",
                ),
                False,
                8,
            ),
        ),
    ),
    Section(
        "other",
        Text("Tài liệu khác", "Other documents"),
        (
            Field(
                "other",
                "letter",
                Text("Danh mục tài liệu khác gửi kèm", "Other documents enclosed"),
                Text(
                    "Mỗi dòng một tài liệu. Để trống nếu không có.",
                    "One a line. Leave empty if there are none.",
                ),
                False,
                6,
            ),
        ),
    ),
)


def fields_of(subject: str) -> tuple[Field, ...]:
    """Return what an applicant of *subject* ("park" or "enterprise") writes, in order.

    >>> [field.id for field in fields_of("enterprise") if field.paper == "operation"]
    ['operation']
    """
    return tuple(
        field for section in SECTIONS for field in section.fields if subject in field.subjects
    )


def unwritten(subject: str, contents: dict[str, str]) -> tuple[Field, ...]:
    """Return the required fields *contents* leaves empty.

    >>> [field.id for field in unwritten("enterprise", {"operation": "…", "address": " "})]
    ['representative', 'position', 'address', 'contact']
    """
    return tuple(
        field
        for field in fields_of(subject)
        if field.required and not str(contents.get(field.id, "")).strip()
    )


def explanation_of(contents: dict[str, str], leaf: str) -> str:
    """Return what the applicant says about a criterion, or "" where they say nothing.

    >>> explanation_of({"explain:ENT-3": "ISO 14001, 2023"}, "ENT-3")
    'ISO 14001, 2023'
    """
    return str(contents.get(EXPLAIN + leaf, "")).strip()
