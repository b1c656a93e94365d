"""Where everything stands in the workbook of a yearly form; writer and reader agree on it here."""

from __future__ import annotations

from typing import Final

from sinhthai.foundation.text import Text

META: Final = "_sinhthai"  # very hidden: which form, year and filer the file is of
CODE, TITLE, UNIT, ANSWER, REASON, ORIGIN, EXPORTED = range(7)
HEADINGS: Final = (
    (Text("Mã trường", "Field"), 26),
    (Text("Nội dung", "What is asked"), 58),
    (Text("Đơn vị", "Unit"), 12),
    (Text("Trả lời", "Answer"), 30),
    (Text("Vì sao chưa có", "Why there is none"), 34),
    (Text("Lấy từ đâu", "Where it comes from"), 46),
    (Text("Như khi xuất", "As exported"), 12),
)
HEAD_ROW: Final = 4  # 0-based
META_KEYS: Final = ("form", "year", "park", "enterprise", "forms_hash")


def sheet_name(form_id: str) -> str:
    """Return the name of the sheet of a form.

    >>> sheet_name("A.4")
    'A.4'
    """
    return form_id
