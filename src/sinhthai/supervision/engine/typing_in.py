"""What a person types for a field: read, converted to its unit, held against its range."""

from __future__ import annotations

import datetime as dt
from typing import Final

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import NumberError, format_number, parse_amount, parse_date
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError, convert, unit_label
from sinhthai.rules.forms import FormField
from sinhthai.supervision.engine.filling import Typed, Value

MAX_TEXT: Final = 2_000
_YES = frozenset({"co", "yes", "true", "x", "1"})
_NO = frozenset({"khong", "no", "false", "0"})
_ABSENCES = {
    fold(word): reason.value
    for reason in (Absence.NOT_APPLICABLE, Absence.CONFIDENTIAL)
    for word in (reason.label.vi, reason.label.en)
}


def read_typed(one: FormField, raw: object, place: Place | None = None) -> Typed | None:
    """Return what *raw* says for *one*: a value in the unit of the field, or an absence.

    None when nothing was typed. Words of absence ("không áp dụng", "not applicable") are read.

    Raises
    ------
    InputError
        With the one problem of this answer, at *place* (the cell of a workbook).

    Examples
    --------
    >>> from sinhthai.rules.forms import load_forms
    >>> share = load_forms().forms["B.5"].by_id()["share_env_2"]
    >>> read_typed(share, "35,5 %").value
    35.5
    """
    where = place or Place()
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, str) and fold(raw) in _ABSENCES:
        return Typed(absence=_ABSENCES[fold(raw)])
    return Typed(value=_value(one, raw, where))


def _value(one: FormField, raw: object, place: Place) -> Value:
    if one.is_number:
        return _number(one, raw, place)
    if one.kind == "date":
        try:
            return parse_date(raw).isoformat()
        except NumberError as error:
            raise _wrong("filing-date", one, error.message, error.cure, place) from None
    if one.kind == "boolean":
        return _truth(one, raw, place)
    if one.kind == "choice":
        return _choice(one, raw, place)
    return _text(one, raw, place)


def _number(one: FormField, raw: object, place: Place) -> float | int:
    try:
        amount = parse_amount(raw)
        number = convert(amount.value, amount.unit, one.unit) if amount.unit else amount.value
    except (NumberError, UnitError) as error:
        raise _wrong("filing-number", one, error.message, error.cure, place) from None
    low, high = one.minimum, one.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        said = _range(one)
        raise _wrong(
            "filing-range",
            one,
            Text(
                f"{format_number(number, 'vi')} nằm ngoài khoảng cho phép ({said.vi})",
                f"{format_number(number, 'en')} is outside the range allowed ({said.en})",
            ),
            Text("kiểm tra số và đơn vị", "check the number and its unit"),
            place,
        )
    if one.kind == "integer":
        if number != int(number):
            raise _wrong(
                "filing-whole",
                one,
                Text("cần một số nguyên", "a whole number is needed"),
                Text("bỏ phần thập phân", "leave out the decimals"),
                place,
            )
        return int(number)
    return number


def _truth(one: FormField, raw: object, place: Place) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(str(raw))
    if word in _YES or word in _NO:
        return word in _YES
    raise _wrong(
        "filing-yes-no",
        one,
        Text(f"“{_short(raw)}” không phải Có hoặc Không", f"“{_short(raw)}” is not Yes or No"),
        Text("ghi Có hoặc Không", "write Yes or No"),
        place,
    )


def _choice(one: FormField, raw: object, place: Place) -> str:
    word = fold(str(raw))
    for choice in one.choices:
        if word in {fold(choice.code), fold(choice.name.vi), fold(choice.name.en)}:
            return choice.code
    allowed = Text(
        ", ".join(choice.name.vi for choice in one.choices),
        ", ".join(choice.name.en for choice in one.choices),
    )
    raise _wrong(
        "filing-choice",
        one,
        Text(f"“{_short(raw)}” không có trong danh sách", f"“{_short(raw)}” is not in the list"),
        Text(f"chọn: {allowed.vi}", f"choose: {allowed.en}"),
        place,
    )


def _text(one: FormField, raw: object, place: Place) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)  # a telephone number typed into a cell of numbers
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    text = str(raw).strip()
    if len(text) > MAX_TEXT:
        raise _wrong(
            "filing-long",
            one,
            Text(f"dài hơn {MAX_TEXT} ký tự", f"longer than {MAX_TEXT} characters"),
            Text("viết ngắn lại", "shorten it"),
            place,
        )
    return text


def _range(one: FormField) -> Text:
    def said(language: str) -> str:
        ends = [
            "" if end is None else format_number(end, language)
            for end in (one.minimum, one.maximum)
        ]
        unit = unit_label(one.unit, language)
        if ends[0] and ends[1]:
            return f"{ends[0]}–{ends[1]} {unit}".strip()
        return f"{'≥' if ends[0] else '≤'} {ends[0] or ends[1]} {unit}".strip()

    return Text(said("vi"), said("en"))


def _short(raw: object) -> str:
    text = " ".join(str(raw).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _wrong(code: str, one: FormField, what: Text, cure: Text, place: Place) -> InputError:
    message = Text(f"{one.title.vi}: {what.vi}", f"{one.title.en}: {what.en}")
    return InputError([Problem(code, message, cure, place)])
