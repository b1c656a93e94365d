"""How a reported value is said to people."""

from __future__ import annotations

import datetime as dt

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.reporting.standing import Standing
from sinhthai.rules.model import Item

YES = Text("Có", "Yes")
NO = Text("Không", "No")
SIGNS = {"at_least": "≥ ", "at_most": "≤ ", "about": "≈ "}


def say_value(item: Item | None, value: object, qualifier: str, language: str) -> str:
    """Return a stored value as people write it, without its unit; "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).get(language)
    if isinstance(value, int | float):
        return SIGNS.get(qualifier, "") + format_number(value, language)
    text = str(value)
    if item is not None and item.kind == "choice":
        names = {choice.code: choice.name for choice in item.choices}
        return names[text].get(language) if text in names else text
    if item is not None and item.kind == "date":
        return _say_day(text, language)
    return text


def say_standing(item: Item | None, standing: Standing | None, language: str) -> str:
    """Return the value, or the reason why there is none; "" when nobody said anything."""
    if standing is None:
        return ""
    if standing.absence:
        return say_absence(standing.absence, language)
    return say_value(item, standing.value, standing.qualifier, language)


def say_absence(reason: str, language: str) -> str:
    """Return the words of an absence reason.

    >>> say_absence("confidential", "vi")
    'bảo mật'
    """
    return Absence(reason).label.get(language)


def say_unit(item: Item, language: str) -> str:
    """Return the unit shown beside the values of *item*; "" where there is none."""
    return unit_label(item.unit, language) if item.unit else ""


def _say_day(text: str, language: str) -> str:
    try:
        return format_date(dt.date.fromisoformat(text), language)
    except ValueError:
        return text
