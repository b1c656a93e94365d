"""How a reported value is said in the explanation of a finding. Pure."""

from __future__ import annotations

import datetime as dt

from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.rules.model import Item

YES = Text("có", "yes")
NO = Text("không", "no")
_QUALIFIERS = {
    "": Text("{n}", "{n}"),
    "at_least": Text("ít nhất {n}", "at least {n}"),
    "at_most": Text("nhiều nhất {n}", "at most {n}"),
    "about": Text("khoảng {n}", "about {n}"),
}


def say_reported(item: Item, value: object, qualifier: str = "", absence: str = "") -> Text:
    r"""Return *value* with its unit as people say it, or the reason why there is none.

    >>> from sinhthai.foundation.text import Text
    >>> area = Item("a", "park", "number", "state", "land", Text("", ""), Text("", ""), unit="ha")
    >>> say_reported(area, 1234.5, "at_least").vi, say_reported(area, None).en
    ('ít nhất 1.234,5\xa0ha', 'not reported')
    """
    if absence:
        return Absence(absence).label
    if value is None:
        return Absence.NOT_REPORTED.label
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int | float):
        unit = "" if item.unit in ("", "1") else item.unit
        amount = Text(*(_amount(value, unit, language) for language in ("vi", "en")))
        word = _QUALIFIERS.get(qualifier, _QUALIFIERS[""])
        return Text(word.vi.format(n=amount.vi), word.en.format(n=amount.en))
    written = str(value)
    if item.kind == "choice":
        for choice in item.choices:
            if choice.code == written:
                return choice.name
    if item.kind == "date":
        try:
            day = dt.date.fromisoformat(written)
        except ValueError:
            return Text(written, written)
        return Text(format_date(day, "vi"), format_date(day, "en"))
    return Text(written, written)


def _amount(value: float, unit: str, language: str) -> str:
    number = format_number(value, language)
    return f"{number}\u00a0{unit_label(unit, language)}" if unit else number
