"""How an answer of a yearly form, and where it comes from, is said to people."""

from __future__ import annotations

import datetime as dt

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.sources import source_text
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.forms import FormField
from sinhthai.supervision.engine.filling import Answer, Value

YES, NO = Text("Có", "Yes"), Text("Không", "No")
NOT_REPORTED = Text("chưa báo cáo", "not reported")
SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}
_REGISTER = Text("sổ đăng ký", "the register")
_TYPED = Text("nhập vào mẫu", "typed in the form")


def say_value(field: FormField, value: object, qualifier: str, language: str) -> str:
    """Return a value as people write it, without its unit; "" for None.

    >>> from sinhthai.rules.forms import load_forms
    >>> field = load_forms().forms["A.4"].by_id()["plan_area_ha"]
    >>> say_value(field, 1234.5, "", "vi")
    '1.234,5'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).get(language)
    if isinstance(value, int | float):
        return SIGNS.get(qualifier, "") + format_number(value, language, field.digits)
    text = str(value)
    for choice in field.choices:
        if choice.code == text:
            return choice.name.get(language)
    if field.kind == "date":
        try:
            return format_date(dt.date.fromisoformat(text), language)
        except ValueError:
            return text
    return text


def say_content(field: FormField, said: dict[str, Value | None], language: str) -> str:
    """Return what a form says of a field: the value, or why there is none; never an empty cell."""
    if said.get("value") is not None:
        return say_value(field, said["value"], str(said.get("qualifier") or ""), language)
    absence = str(said.get("absence") or "")
    reason = str(said.get("reason") or "")
    if absence and absence != Absence.NOT_REPORTED:
        return Absence(absence).label.get(language)
    words = NOT_REPORTED.get(language)
    return f"{words} ({reason})" if reason else words


def say_unit(field: FormField, language: str) -> str:
    """Return the unit of a field, "" where there is none."""
    return unit_label(field.unit, language) if field.unit else ""


def say_origin(answer: Answer, language: str) -> str:
    """Return where an answer comes from: record, register, a person, or how it was computed."""
    if answer.trace is not None:
        return answer.trace.get(language)
    fact = answer.fact
    if answer.origin == "register":
        return _REGISTER.get(language)
    if fact is None:
        return ""
    if answer.origin == "typed":
        return " · ".join(
            part for part in (_TYPED.get(language), fact.by, _day(fact.at, language)) if part
        )
    parts = [
        str(fact.year or ""),
        source_text(fact.source).get(language),
        fact.cell,
        fact.by,
        _day(fact.at, language),
    ]
    return " · ".join(part for part in parts if part)


def _day(at: str, language: str) -> str:
    """Return the day of an instant as people in Viet Nam write it; "" for none."""
    return format_date(legal_day(dt.datetime.fromisoformat(at)), language) if at else ""
