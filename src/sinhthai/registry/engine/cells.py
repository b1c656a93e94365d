"""From what stands in a cell to a typed value, and back to what a person reads."""

from __future__ import annotations

import datetime as dt
import re

from sinhthai.foundation.numbers import NumberError, parse_date, parse_number
from sinhthai.foundation.problems import Problem
from sinhthai.foundation.sources import stored_source
from sinhthai.foundation.tables import disarm
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.engine.columns import Column
from sinhthai.registry.engine.fact_names import CONFIDENCE_NAMES
from sinhthai.registry.engine.statuses import STATUS_NAMES, parse_status, unknown_status

Value = str | float | int | bool | dt.date
_TRUE = {"co", "yes", "true", "x", "1", "dung", "y", "c"}
_FALSE = {"khong", "no", "false", "0", "sai", "n", "k"}
_EXCEL_ERRORS = {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!"}


class BadCell(ValueError):
    """A cell that cannot be read; ``problem`` has no place yet."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.say("en"))


def parse_cell(raw: object, column: Column) -> Value | None:
    """Return the value of a cell of *column*, None of an empty one.

    Raises
    ------
    BadCell
        With message and cure; the caller adds sheet and cell.

    >>> parse_cell("1.234,5", Column("area_ha", Text("Diện tích", "Area"), "number"))
    1234.5
    >>> parse_cell("  ", Column("area_ha", Text("Diện tích", "Area"), "number")) is None
    True
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if isinstance(raw, str) and raw.strip().upper() in _EXCEL_ERRORS:
        raise BadCell(
            Problem(
                "cell-error",
                Text(f"công thức trong ô báo lỗi {raw}", f"the formula of this cell gives {raw}"),
                Text("sửa công thức hoặc ghi giá trị", "mend the formula or write the value"),
            )
        )
    return _PARSERS[column.kind](raw, column)


def _text(raw: object, column: Column) -> Value:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)  # a code typed as a number
    if isinstance(raw, dt.datetime | dt.date):
        raw = raw.isoformat()[:10]
    text = " ".join(str(raw).split())
    if column.key.endswith("_source"):
        text = stored_source(text)
    if len(text) > column.length:
        raise BadCell(
            Problem(
                "text-too-long",
                Text(
                    f"dài {len(text)} ký tự, tối đa {column.length}",
                    f"{len(text)} characters long, at most {column.length}",
                ),
                Text("rút ngắn lại", "shorten it"),
            )
        )
    return text


def _number(raw: object, column: Column) -> Value:
    # A degree has one decimal mark and no thousands: 10.629 is not ambiguous there.
    if column.key in {"lat", "lon"} and isinstance(raw, str):
        plain = raw.strip().replace(",", ".")
        if re.fullmatch(r"[+-]?\d{1,3}(\.\d+)?", plain):
            return float(plain)
    try:
        return parse_number(raw)
    except NumberError as error:
        raise BadCell(Problem("not-a-number", error.message, error.cure)) from None


def _integer(raw: object, column: Column) -> Value:
    number = _number(raw, column)
    if not float(number).is_integer() or not 0 <= float(number) < 10_000_000:  # type: ignore[arg-type]
        raise BadCell(
            Problem(
                "not-a-count",
                Text(f"{raw} không phải là một số đếm", f"{raw} is not a count"),
                Text("ghi số nguyên, không âm", "write a whole number, not negative"),
            )
        )
    return int(number)  # type: ignore[arg-type]


def _date(raw: object, column: Column) -> Value:
    try:
        return parse_date(raw)
    except NumberError as error:
        raise BadCell(Problem("not-a-date", error.message, error.cure)) from None


def _boolean(raw: object, column: Column) -> Value:
    if isinstance(raw, bool):
        return raw
    plain = fold(str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw))
    if plain in _TRUE or plain in _FALSE:
        return plain in _TRUE
    raise BadCell(
        Problem(
            "not-yes-no",
            Text(f"“{raw}” không phải là có hoặc không", f"“{raw}” is neither yes nor no"),
            Text("ghi “có” hoặc “không”", "write “yes” or “no”"),
        )
    )


def _status(raw: object, column: Column) -> Value:
    status = parse_status(str(raw))
    if status is None:
        raise BadCell(unknown_status(str(raw)))
    return status


def _confidence(raw: object, column: Column) -> Value:
    plain = fold(str(raw))
    for code, name in CONFIDENCE_NAMES.items():
        if plain in {code, fold(name.vi)}:
            return code
    raise BadCell(
        Problem(
            "not-a-confidence",
            Text(f"không có độ tin cậy “{raw}”", f"no such confidence: “{raw}”"),
            Text("ghi cao, trung bình hoặc thấp", "write high, medium or low"),
        )
    )


_PARSERS = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "date": _date,
    "boolean": _boolean,
    "status": _status,
    "confidence": _confidence,
}


def say_cell(value: Value | None, column: Column, language: str) -> str:
    """Return *value* as text for a CSV file: read back, it is the same value.

    >>> say_cell(1.234, Column("area_ha", Text("Diện tích", "Area"), "number"), "vi")
    '1.2340'
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return (Text("có", "yes") if value else Text("không", "no")).get(language)
    if column.kind == "status":
        return STATUS_NAMES[str(value)].get(language)
    if column.kind == "confidence":
        return CONFIDENCE_NAMES[str(value)].get(language)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return _plain_float(value)
    return disarm(value) if isinstance(value, str) else str(value)


def _plain_float(value: float) -> str:
    """Write a float so that no mark stands before exactly three digits, which is ambiguous."""
    if value.is_integer():
        return str(int(value))
    text = f"{value:.15f}".rstrip("0") if "e" in repr(value) else repr(value)
    return text + "0" if len(text.rsplit(".", 1)[1]) == 3 else text
