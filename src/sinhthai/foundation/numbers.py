"""Numbers and dates as people write them, in Vietnamese and in English, and back.

A mark before exactly three digits can be a thousands separator or a decimal mark. Where the text
alone cannot say which, it is refused with the two ways to write it; nothing is guessed (H1).
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from sinhthai.foundation.text import Text, fold

Qualifier = Literal["at_least", "at_most", "about"]

LARGEST = 1e18
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NUMBER = {name.lower(): number for number, name in enumerate(_MONTHS, start=1)}

# digits and marks, an exponent, then whatever follows (a unit)
_NUMBER = re.compile(r"([+-]?)\s*(\d[\d.,' ]*|[.,]\d+)(?:[eE]([+-]?\d{1,3}))?\s*(.*)", re.DOTALL)
# a raised, lowered or fractional digit beside a digit: 10² is not 102, 1½ not 11
_RAISED = re.compile(r"\d\s*[⁰¹²³⁴-⁹₀-₉¼-¾⅐-⅞]")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?")
_NAMED_MONTH = re.compile(r"(\d{1,2})[ -]([a-z]{3})[a-z]*\.?,?[ -](\d{4})")
_VIETNAMESE_DATE = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{4})")

# Words before a number that bound it; longest first, so that ">=" is not read as ">".
_QUALIFIERS: tuple[tuple[str, Qualifier], ...] = (
    ("không ít hơn", "at_least"),
    ("không quá", "at_most"),
    ("không dưới", "at_least"),
    ("tối thiểu", "at_least"),
    ("ít nhất", "at_least"),
    ("at least", "at_least"),
    ("tối đa", "at_most"),
    ("nhiều nhất", "at_most"),
    ("at most", "at_most"),
    ("up to", "at_most"),
    ("khoảng", "about"),
    ("about", "about"),
    ("approx.", "about"),
    ("ước", "about"),
    ("ca.", "about"),
    (">=", "at_least"),
    ("<=", "at_most"),
    ("≥", "at_least"),
    ("≤", "at_most"),
    ("~", "about"),
    ("≈", "about"),
)


class NumberError(ValueError):
    """A text that is not a number or a date we can be sure of; says what and how to write it."""

    def __init__(self, message: Text, cure: Text) -> None:
        self.message = message
        self.cure = cure
        super().__init__(f"{message.en} {cure.en}")


class NotANumber(NumberError):
    """There is no number in it."""


class AmbiguousNumber(NumberError):
    """Two numbers are possible: 1.234 is 1234 in Vietnamese and one and a bit in English."""


class NotADate(NumberError):
    """There is no day in it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what stood around it: a bounding word before, a unit after."""

    value: float
    unit: str = ""
    qualifier: Qualifier | None = None


def format_number(value: float, language: str, digits: int | None = None) -> str:
    """Write *value* in the style of *language*, rounded to *digits* decimals.

    Without *digits* at most four decimals are kept and trailing zeros are cut.

    >>> format_number(1234.5, "vi"), format_number(1234.5, "en")
    ('1.234,5', '1,234.5')
    >>> format_number(2, "vi", 1)
    '2,0'
    """
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    text = f"{value:,.{4 if digits is None else digits}f}"
    if digits is None:
        text = text.rstrip("0").rstrip(".")
    if not text.strip("-0.,"):
        text = text.lstrip("-")  # no "-0"
    return text if language.startswith("en") else text.translate(str.maketrans(",.", ".,"))


def format_date(day: dt.date, language: str) -> str:
    """Write *day* as 31/12/2025 in Vietnamese and 31 Dec 2025 in English.

    >>> format_date(dt.date(2025, 12, 31), "vi"), format_date(dt.date(2025, 12, 31), "en")
    ('31/12/2025', '31 Dec 2025')
    """
    if language.startswith("en"):
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day:%d/%m/%Y}"


def parse_number(raw: object) -> float:
    """Read a number in Vietnamese or English style; anything beside the number is an error.

    Parameters
    ----------
    raw : a number (returned as it is), or a text: 1.234,5 · 1,234.5 · 1 234,5 · 12,5 · −3 · 1e6

    Raises
    ------
    NotANumber : empty, words, a unit, true/false, not finite.
    AmbiguousNumber : one mark before exactly three digits (1.234).

    >>> parse_number("1.234,5"), parse_number("1,234.5"), parse_number("12,5")
    (1234.5, 1234.5, 12.5)
    """
    amount = parse_amount(raw)
    if amount.unit or amount.qualifier:
        raise _not_a_number(raw)
    return amount.value


def parse_amount(raw: object) -> Amount:
    """Read a number with an optional bounding word before it and unit after it.

    The unit is returned as written (``%`` too): the caller knows which one is expected.

    >>> parse_amount("ít nhất 30 ha")
    Amount(value=30.0, unit='ha', qualifier='at_least')
    >>> parse_amount("25 %").unit
    '%'
    """
    if isinstance(raw, bool):
        raise _not_a_number(raw)
    if isinstance(raw, int | float):
        try:
            number = float(raw)
        except OverflowError:  # an integer of hundreds of digits, as JSON allows
            raise _not_a_number("9…") from None
        if not math.isfinite(number):
            raise _not_a_number(raw)
        return Amount(_within(number, raw))
    if not isinstance(raw, str) or _RAISED.search(raw):
        raise _not_a_number(raw)
    text = _plain(raw)
    qualifier, rest = _split_qualifier(text)
    match = _NUMBER.fullmatch(rest)
    if not match:
        raise _not_a_number(raw)
    sign, digits, exponent, unit = match.groups()
    stripped = digits.rstrip(" ")
    if stripped[-1:] in "'":
        raise _not_a_number(raw)
    value = float(f"{_unmarked(stripped, raw)}e{exponent or 0}")
    _within(value, raw)
    return Amount(-value if sign == "-" else value, unit.strip(), qualifier)


def parse_date(raw: object) -> dt.date:
    """Read a day: 31/12/2025 (day first), 2025-12-31, 31 Dec 2025, ngày 31 tháng 12 năm 2025.

    >>> parse_date("31/12/2025") == parse_date("2025-12-31") == dt.date(2025, 12, 31)
    True
    """
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    text = fold(_plain(raw)) if isinstance(raw, str) else ""
    if match := _DAY_FIRST.fullmatch(text) or _VIETNAMESE_DATE.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif (match := _NAMED_MONTH.fullmatch(text)) and match[2] in _MONTH_NUMBER:
        day, month, year = int(match[1]), _MONTH_NUMBER[match[2]], int(match[3])
    else:
        raise _not_a_date(raw)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _not_a_date(raw) from None


def _within(value: float, raw: object) -> float:
    """Return *value*; refuse what no park uses or pays: products of it would overflow."""
    if abs(value) <= LARGEST:
        return value
    raise NotANumber(
        Text("“{raw}” quá lớn.", "“{raw}” is too large.").format(raw=_shown(raw)),
        Text("Kiểm tra lại số chữ số và đơn vị.", "Check its digits and its unit."),
    )


def _plain(text: str) -> str:
    """Return *text* with full-width, non-breaking and minus signs made ordinary."""
    ordinary = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-")
    return " ".join(ordinary.split())


def _split_qualifier(text: str) -> tuple[Qualifier | None, str]:
    lowered = text.lower()
    for word, qualifier in _QUALIFIERS:
        if lowered.startswith(word):
            return qualifier, text[len(word) :].lstrip()
    return None, text


def _unmarked(digits: str, raw: object) -> str:
    """Return *digits* with thousands marks removed and the decimal mark as a point."""
    marks = [char for char in digits if not char.isdigit()]
    if not marks:
        return digits
    if len(set(marks)) > 2:
        raise _not_a_number(raw)
    last, first = marks[-1], marks[0]
    if first != last:  # the last mark is the decimal one: 1.234,5
        if marks.count(last) > 1 or last in "' ":
            raise _not_a_number(raw)
        whole, fraction = digits.rsplit(last, 1)
        return f"{_ungrouped(whole, first, raw)}.{fraction}"
    if len(marks) > 1 or first in "' ":  # 1.234.567 · 1 234 567
        return _ungrouped(digits, first, raw)
    whole, fraction = digits.split(first)
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0":
        raise _ambiguous(whole, fraction, raw)
    if not fraction:
        raise _not_a_number(raw)
    return f"{whole or 0}.{fraction}"


def _ungrouped(whole: str, mark: str, raw: object) -> str:
    head, *groups = whole.split(mark)
    grouped = 1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)
    if not grouped or not (head + "".join(groups)).isdigit():
        raise _not_a_number(raw)
    return head + "".join(groups)


def _shown(raw: object) -> str:
    text = " ".join(str(raw).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _not_a_number(raw: object) -> NotANumber:
    return NotANumber(
        Text("“{raw}” không phải là một số.", "“{raw}” is not a number.").format(raw=_shown(raw)),
        Text(
            "Chỉ ghi số, ví dụ 1234,5 hoặc 1.234,5.",
            "Write the number only, for example 1234.5 or 1,234.5.",
        ),
    )


def _ambiguous(whole: str, fraction: str, raw: object) -> AmbiguousNumber:
    return AmbiguousNumber(
        Text(
            "“{raw}” có thể hiểu là {big} hoặc {whole},{fraction}.",
            "“{raw}” can mean {big} or {whole}.{fraction}.",
        ).format(raw=_shown(raw), big=whole + fraction, whole=whole, fraction=fraction),
        Text(
            "Ghi {big} (không có dấu) nếu là số lớn, {whole},{fraction}0 nếu là số thập phân.",
            "Write {big} (no mark) for the large number, {whole}.{fraction}0 for the decimal one.",
        ).format(big=whole + fraction, whole=whole, fraction=fraction),
    )


def _not_a_date(raw: object) -> NotADate:
    return NotADate(
        Text("“{raw}” không phải là một ngày.", "“{raw}” is not a date.").format(raw=_shown(raw)),
        Text("Ghi ngày/tháng/năm, ví dụ 31/12/2025.", "Write day/month/year, such as 31/12/2025."),
    )
