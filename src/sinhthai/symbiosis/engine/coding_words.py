"""Why a stream is taken for a material, in words: one short reason for each kind of evidence."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text


def contains(phrase: str, whole: bool) -> Text:
    if whole:
        return Text(f"gọi là “{phrase}”", f"it is called “{phrase}”")
    return Text(f"tên có “{phrase}”", f"the name contains “{phrase}”")


def has_words(phrase: str) -> Text:
    return Text(f"có đủ các từ của “{phrase}”", f"it has every word of “{phrase}”")


def looks_like(phrase: str, likeness: float) -> Text:
    return Text(
        f"tên giống “{phrase}” ({format_number(likeness, 'vi', 2)})",
        f"the name looks like “{phrase}” ({format_number(likeness, 'en', 2)})",
    )


def is_stated(code: str) -> Text:
    return Text(f"ghi rõ {code}", f"stated as {code}")


def bears(code: str, borne: str, levels: int) -> Text:
    if levels == 0:
        return Text(f"mã {code}", f"code {code}")
    return Text(f"mã {code}, cùng nhóm {borne}", f"code {code}, of the group {borne}")


def other_state() -> Text:
    return Text("nhưng trạng thái khác", "but of another state")


def other_unit(unit: str) -> Text:
    return Text(f"nhưng thường đo bằng {unit}", f"but usually measured in {unit}")


def joined(reasons: Sequence[Text]) -> Text:
    return Text("; ".join(why.vi for why in reasons), "; ".join(why.en for why in reasons))
