"""The words of workbook cells: yes and no, absences, choices, statuses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.text import Text, fold
from sinhthai.rules.model import Item

YES: Final = Text("Có", "Yes")
NO: Final = Text("Không", "No")

# The absence words offered in lists. "not reported" is offered too: it withdraws a value.
OFFERED: Final = (Absence.NOT_APPLICABLE, Absence.CONFIDENTIAL, Absence.NOT_REPORTED)

STATUSES: Final[Mapping[str, Text]] = {
    "registered": Text("đã đăng ký", "registered"),
    "leased": Text("đã thuê đất", "land leased"),
    "operating": Text("đang hoạt động", "in operation"),
    "suspended": Text("tạm ngừng", "suspended"),
    "closed": Text("đã chấm dứt", "closed"),
}

_YES = ("có", "yes", "y", "x", "đúng", "true", "đạt", "✓", "1")
_NO = ("không", "no", "n", "sai", "false", "chưa", "chưa có", "0")
_ABSENCES: Mapping[Absence, tuple[str, ...]] = {
    Absence.NOT_APPLICABLE: ("không áp dụng", "not applicable", "n/a", "na", "kad"),
    Absence.CONFIDENTIAL: ("bảo mật", "confidential", "mật"),
    Absence.NOT_REPORTED: ("chưa khai", "not reported", "chưa báo cáo", "chưa có số liệu"),
}


def both(text: Text) -> str:
    """Return both languages on one line, as cells and sheet names show them.

    >>> both(Text("Có", "Yes"))
    'Có · Yes'
    """
    return text.vi if text.vi == text.en or not text.en else f"{text.vi} · {text.en}"


@lru_cache(maxsize=1)
def absence_words() -> dict[str, str]:
    """Return folded word -> absence reason, in either language or as offered."""
    words: dict[str, str] = {}
    for reason, spellings in _ABSENCES.items():
        for spelling in (*spellings, both(reason.label)):
            words[fold(spelling)] = reason.value
    return words


@lru_cache(maxsize=1)
def boolean_words() -> dict[str, float]:
    """Return folded word -> 1.0 (yes) or 0.0 (no)."""
    words = {fold(word): 1.0 for word in (*_YES, both(YES))}
    return words | {fold(word): 0.0 for word in (*_NO, both(NO))}


def choice_words(choices: Mapping[str, Text]) -> dict[str, str]:
    """Return folded code, name or offered wording -> choice code."""
    words: dict[str, str] = {}
    for code, name in choices.items():
        for word in (code, name.vi, name.en, both(name)):
            words[fold(word)] = code
    return words


def choices_of(item: Item) -> dict[str, Text]:
    """Return code -> name of the answers an item allows."""
    return {choice.code: choice.name for choice in item.choices}
