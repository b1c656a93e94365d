"""Why a value is absent (house rule H1): four different things, none of them zero."""

from __future__ import annotations

from enum import StrEnum

from sinhthai.foundation.text import Text


class Absence(StrEnum):
    """The reason that stands where a value does not."""

    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    CONFIDENTIAL = "confidential"

    @property
    def label(self) -> Text:
        """The words people read and type in a workbook cell."""
        return _LABELS[self]


_LABELS = {
    Absence.NOT_REPORTED: Text("chưa khai", "not reported"),
    Absence.NOT_APPLICABLE: Text("không áp dụng", "not applicable"),
    Absence.CONFIDENTIAL: Text("bảo mật", "confidential"),
}
