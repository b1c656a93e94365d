"""From raw cells to statements: one column, or one single cell, of an item at a time.

Plain values (numbers in a number column, the words of a list) are read together; only the odd
cells (a unit, a bounding word, an absence, a mistake) are looked at one by one, and equal odd
cells only once.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sinhthai.foundation.numbers import (
    AmbiguousNumber,
    NumberError,
    format_number,
    parse_amount,
    parse_date,
)
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError, convert, unit_label
from sinhthai.reporting.engine.workbook.model import Stated
from sinhthai.reporting.engine.workbook.words import (
    absence_words,
    boolean_words,
    both,
    choice_words,
    choices_of,
)
from sinhthai.rules.model import Item

MAX_TEXT: Final = 2_000
_REMEMBERED: Final = 10_000  # distinct odd cells of a column kept, so that memory stays bounded


class Refused(Exception):
    """A cell that cannot be taken: the problem's code and the values of its words."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Column:
    """A run of cells of one item: what was said, by position; blank cells appear nowhere.

    ``positions`` are those of plain values, with ``numbers`` or ``texts`` beside them;
    ``odd`` holds the others.
    """

    positions: NDArray[np.int32]
    numbers: NDArray[np.float64] | None
    texts: list[str] | None
    odd: list[tuple[int, Stated]]
    refused: list[tuple[int, Refused]]


@dataclass(slots=True)
class CellReader:
    """Reads the cells of one item. Keep one per column: it remembers odd cells it has seen."""

    item: Item
    _seen: dict[object, Stated | Refused | None] = field(default_factory=dict)
    _words: dict[Any, Any] = field(default_factory=dict)

    def read(self, raw: Sequence[Any], is_percent: Callable[[int], bool]) -> Column:
        """Read a run of raw cells; *is_percent* tells whether a position is shown in percent."""
        if self.item.kind in {"number", "integer"}:
            return self._read_numbers(raw, is_percent)
        if self.item.kind in {"boolean", "choice"}:
            return self._read_words(raw)
        return self._read_texts(raw)

    def _read_numbers(self, raw: Sequence[Any], is_percent: Callable[[int], bool]) -> Column:
        values = np.array([v if v.__class__ is float else math.nan for v in raw], np.float64)
        plain = ~np.isnan(values)
        low, high = _limits(self.item)
        suspect = plain & ((values < low) | (values > high))
        if self.item.kind == "integer":
            suspect |= plain & (values != np.floor(values))
        if self.item.unit == "percent":
            suspect = plain  # what a figure means there depends on the format of its cell
        if not plain.all() or suspect.any():
            odd_positions = [
                index
                for index, value in enumerate(raw)
                if (suspect[index] or value.__class__ is not float) and value != ""
            ]
        else:
            odd_positions = []
        good = plain & ~suspect
        positions = np.flatnonzero(good).astype(np.int32)
        odd, refused = self._each(raw, odd_positions, is_percent)
        return Column(positions, values[good], None, odd, refused)

    def _read_words(self, raw: Sequence[Any]) -> Column:
        known = self._words
        if not known:
            if self.item.kind == "boolean":
                # 1.0 and True are one key in Python, and mean the same here
                known.update({True: 1.0, False: 0.0, "Có · Yes": 1.0, "Không · No": 0.0})
            else:
                for code, name in choices_of(self.item).items():
                    known.update({code: code, both(name): code})
            known[""] = None
        found = [known.get(value, _UNSEEN) for value in raw]
        odd_positions = [index for index, value in enumerate(found) if value is _UNSEEN]
        plain = [
            (index, value)
            for index, value in enumerate(found)
            if value is not None and value is not _UNSEEN
        ]
        positions = np.array([index for index, _ in plain], np.int32)
        odd, refused = self._each(raw, odd_positions, _never)
        if self.item.kind == "boolean":
            numbers = np.array([value for _, value in plain], np.float64)
            return Column(positions, numbers, None, odd, refused)
        return Column(positions, None, [value for _, value in plain], odd, refused)

    def _read_texts(self, raw: Sequence[Any]) -> Column:
        filled = [index for index, value in enumerate(raw) if value != ""]
        odd, refused = self._each(raw, filled, _never)
        return Column(np.empty(0, np.int32), None, None, odd, refused)

    def _each(
        self, raw: Sequence[Any], positions: list[int], is_percent: Callable[[int], bool]
    ) -> tuple[list[tuple[int, Stated]], list[tuple[int, Refused]]]:
        odd: list[tuple[int, Stated]] = []
        refused: list[tuple[int, Refused]] = []
        for index in positions:
            value = raw[index]
            shown_in_percent = self.item.unit == "percent" and is_percent(index)
            key = (value.__class__, value, shown_in_percent)
            if key in self._seen:
                answer = self._seen[key]
            else:
                answer = self._answer(value, shown_in_percent)
                if len(self._seen) < _REMEMBERED:
                    self._seen[key] = answer
            if isinstance(answer, Refused):
                refused.append((index, answer))
            elif answer is not None:
                odd.append((index, answer))
        return odd, refused

    def _answer(self, value: object, shown_in_percent: bool) -> Stated | Refused | None:
        try:
            return read_cell(self.item, value, shown_in_percent)
        except Refused as refusal:
            return refusal


_UNSEEN: Final = object()


def _never(_position: int) -> bool:
    return False


def read_cell(item: Item, raw: object, shown_in_percent: bool = False) -> Stated | None:
    """Return what one raw cell says of *item*; None when it is blank.

    Parameters
    ----------
    raw : number, true/false, text, day
    shown_in_percent : the cell's format shows it as a percentage, so 0.25 is stored for 25 %

    Raises
    ------
    Refused : with the code of the problem.
    """
    if isinstance(raw, str):
        folded = fold(raw)
        if not folded:
            return None
        if reason := absence_words().get(folded):
            return Stated(absence=reason)
    match item.kind:
        case "number" | "integer":
            return _read_number(item, raw, shown_in_percent)
        case "boolean":
            return _read_boolean(raw)
        case "choice":
            return _read_choice(item, raw)
        case "date":
            return _read_day(raw)
    return _read_text(raw)


def _read_number(item: Item, raw: object, shown_in_percent: bool) -> Stated:
    try:
        amount = parse_amount(raw)
    except AmbiguousNumber as error:
        raise Refused("ambiguous_number", message=error.message, cure=error.cure) from None
    except NumberError:
        raise Refused("not_a_number", raw=_shown(raw)) from None
    value = amount.value
    if shown_in_percent and not isinstance(raw, str):
        value = float(f"{value * 100:.12g}")
    elif amount.unit:
        try:
            value = convert(value, amount.unit, item.unit or "1")
        except UnitError as error:
            raise Refused("unit_wrong", message=error.message, cure=error.cure) from None
    elif item.unit == "percent" and 0 < abs(value) <= 1:
        raise Refused(
            "percent_unclear",
            raw=_figure(value),
            hundredfold=_figure(float(f"{value * 100:.12g}")),
        )
    low, high = _limits(item)
    unit = Text(unit_label(item.unit, "vi") or "số đếm", unit_label(item.unit, "en") or "a count")
    shown = _figure(value) if shown_in_percent else _shown(raw)
    if value < low:
        code = "negative" if low == 0 else "below_minimum"
        raise Refused(code, raw=shown, limit=_figure(low), unit=unit)
    if value > high:
        raise Refused("above_maximum", raw=shown, limit=_figure(high), unit=unit)
    if item.kind == "integer" and value != math.floor(value):
        raise Refused("not_whole", raw=_shown(raw))
    return Stated(value, amount.qualifier or "")


def _read_boolean(raw: object) -> Stated:
    if isinstance(raw, bool | int | float) and raw in (0, 1):
        return Stated(bool(raw))
    word = boolean_words().get(fold(raw)) if isinstance(raw, str) else None
    if word is None:
        raise Refused("not_yes_no", raw=_shown(raw))
    return Stated(bool(word))


def _read_choice(item: Item, raw: object) -> Stated:
    choices = choices_of(item)
    code = choice_words(choices).get(fold(_plain_text(raw)))
    if code is None:
        listed = Text(
            "; ".join(name.vi for name in choices.values()),
            "; ".join(name.en for name in choices.values()),
        )
        raise Refused("not_in_list", raw=_shown(raw), choices=listed)
    return Stated(code)


def _read_day(raw: object) -> Stated:
    try:
        return Stated(parse_date(raw).isoformat())
    except NumberError:
        raise Refused("not_a_date", raw=_shown(raw)) from None


def _read_text(raw: object) -> Stated:
    text = _plain_text(raw)
    if len(text) > MAX_TEXT:
        raise Refused("too_long", length=len(text), limit=MAX_TEXT)
    return Stated(text)


def _limits(item: Item) -> tuple[float, float]:
    """Return the least and most possible: unless a rule says otherwise nothing is below zero."""
    low = 0.0 if item.minimum is None else item.minimum
    most = 100.0 if item.unit == "percent" else math.inf
    return low, most if item.maximum is None else item.maximum


def _plain_text(raw: object) -> str:
    """Return the text of a cell; a number loses the ".0" the file format gives it."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, dt.datetime | dt.date):
        return raw.isoformat()
    return str(raw).strip()


def _shown(raw: object) -> str | Text:
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int | float):
        return _figure(raw)
    text = " ".join(_plain_text(raw).split())
    return text if len(text) <= 60 else text[:59] + "…"


def _figure(value: float) -> Text:
    return Text(format_number(value, "vi"), format_number(value, "en"))
