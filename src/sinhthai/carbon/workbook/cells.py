"""From one cell to a quantity, a share, a year: with every way people write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sinhthai.carbon.workbook.columns import Parameter
from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import Amount, NumberError, format_number, parse_amount
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError, convert, unit_label
from sinhthai.reporting.engine.workbook.words import absence_words

_MULTIPLES = {
    "1000": 1e3, "1.000": 1e3, "1,000": 1e3, "10^3": 1e3, "10³": 1e3, "nghin": 1e3, "ngan": 1e3,
    "thousand": 1e3, "trieu": 1e6, "million": 1e6, "10^6": 1e6, "10⁶": 1e6,
}  # fmt: skip
_MULTIPLE = re.compile(
    "(" + "|".join(re.escape(word) for word in sorted(_MULTIPLES, key=len, reverse=True)) + r")\s*"
    r"(?=\D)"
)
_DASHES = {"-", "–", "—", "?", "x"}  # what stands where nothing is known


class Refused(Exception):
    """A cell that cannot be taken: the code of its problem and the values of its words."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or why there is none; and the unit that stood beside it in the cell."""

    value: float | None
    unit: str = ""
    absence: Absence | None = None


def read_quantity(raw: object) -> Quantity:
    """Return what a cell of a quantity says.

    >>> read_quantity("1.234,5 tấn"), read_quantity("chưa khai").value, read_quantity(" ").value
    (Quantity(value=1234.5, unit='tấn', absence=None), None, None)
    """
    if raw.__class__ is float:
        value = raw
        assert isinstance(value, float)
        if value < 0:
            raise Refused("negative", name=Text("Lượng", "Quantity"), raw=figure(value))
        return Quantity(value)
    if raw is None or raw == "":
        return Quantity(None)
    if isinstance(raw, str):
        word = fold(raw)
        if not word or word in _DASHES:
            return Quantity(None)
        if (reason := absence_words().get(word)) is not None:
            return Quantity(None, absence=Absence(reason))
    amount = _amount(raw)
    if amount.value < 0:
        raise Refused("negative", name=Text("Lượng", "Quantity"), raw=figure(amount.value))
    return Quantity(amount.value, amount.unit)


def split_unit(written: str) -> tuple[float, str]:
    """Return the multiple and the unit of what is written in the unit column.

    >>> split_unit("nghìn m3"), split_unit("triệu kWh"), split_unit("kg")
    ((1000.0, 'm3'), (1000000.0, 'kWh'), (1.0, 'kg'))
    """
    folded = fold(written)
    match = _MULTIPLE.match(folded)
    if match is None:
        return 1.0, written.strip()
    # Folding keeps one letter for one letter, but for spaces: cut the same number of words.
    words = written.strip().split(maxsplit=1)
    if len(words) == 2 and fold(words[0]) == match[1]:
        return _MULTIPLES[match[1]], words[1]
    return _MULTIPLES[match[1]], folded[match.end() :]


def read_parameter(parameter: Parameter, raw: object) -> float | None:
    """Return what a plant states; None where the cell is empty.

    A share is 0.85 or 85 %; a cell that Excel shows as 85 % holds 0.85.
    """
    if raw is None or raw == "" or (isinstance(raw, str) and fold(raw) in ("", *_DASHES)):
        return None
    amount = _amount(raw)
    value = amount.value
    if parameter.is_share:
        if amount.unit:
            if amount.unit != "%":
                raise _of_another_kind(amount.unit, "%")
            value = float(f"{value / 100:.15g}")
        if not 0 <= value <= 1:
            raise Refused(
                "not-a-share", name=parameter.name, raw=figure(value),
                percent=figure(value), share=figure(value / 100),
            )  # fmt: skip
        return value
    if amount.unit:
        try:
            value = convert(value, amount.unit, parameter.unit)
        except UnitError as error:
            raise Refused("number", message=error.message, cure=error.cure) from None
    if value < 0:
        raise Refused("negative", name=parameter.name, raw=figure(value))
    return value


def read_uncertainty(raw: object, shown_in_percent: bool) -> float | None:
    """Return the half-width of the 95 % interval [per cent]; None where none is stated."""
    if raw is None or raw == "" or (isinstance(raw, str) and fold(raw) in ("", *_DASHES)):
        return None
    amount = _amount(raw.replace("±", "").replace("+/-", "") if isinstance(raw, str) else raw)
    value = amount.value
    if amount.unit not in ("", "%"):
        raise _of_another_kind(amount.unit, "%")
    if shown_in_percent and not isinstance(raw, str):
        value = float(f"{value * 100:.12g}")
    elif not amount.unit and 0 < value < 1:
        raise Refused("percent-unclear", raw=figure(value), percent=figure(value * 100))
    if value < 0:
        raise Refused("negative", name=Text("Sai số", "Uncertainty"), raw=figure(value))
    if value > 1000:
        raise Refused("uncertainty-large", raw=figure(value))
    return value


def read_year(raw: object) -> int | None:
    """Return the year of a cell; None where it is empty.

    >>> read_year(2024.0), read_year("Năm 2024"), read_year("")
    (2024, 2024, None)
    """
    if raw is None or raw == "":
        return None
    if isinstance(raw, str):
        word = fold(raw).removeprefix("nam ").removeprefix("year ")
        if not word:
            return None
        value = float(word) if word.isascii() and word.isdigit() and len(word) == 4 else math.nan
    else:
        value = float(raw) if isinstance(raw, int | float) else math.nan
    if not (1990 <= value <= 2100 and value == int(value)):
        raise Refused("year", raw=shown(raw))
    return int(value)


def plain(raw: object) -> str:
    """Return the text of a cell; a whole number loses the ".0" the format gives it."""
    if raw.__class__ is str:
        assert isinstance(raw, str)
        return raw.strip()
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()


def shown(raw: object) -> str:
    """Return a cell as a message shows it."""
    words = " ".join(plain(raw).split())
    return words if len(words) <= 60 else words[:59] + "…"


def figure(value: float) -> Text:
    """Return a number in the manner of each language."""
    return Text(format_number(value, "vi"), format_number(value, "en"))


def _amount(raw: object) -> Amount:
    try:
        amount = parse_amount(raw)
    except NumberError as error:
        raise Refused("number", message=error.message, cure=error.cure) from None
    if amount.qualifier:
        raise Refused("bounded", raw=shown(raw))
    return amount


def _of_another_kind(written: str, unit: str) -> Refused:
    return Refused(
        "number",
        message=Text(
            f"Đơn vị «{written}» không phải là {unit}.", f"The unit '{written}' is not {unit}."
        ),
        cure=Text(f"Ghi theo {unit}.", f"Write it in {unit}."),
    )


def unit_words(unit: str) -> Text:
    """Return how the unit of a parameter is shown in its heading."""
    return Text(unit_label(unit, "vi"), unit_label(unit, "en"))
