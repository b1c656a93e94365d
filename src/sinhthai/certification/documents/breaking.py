"""How lines of a paper break, and how its day is written. Pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from sinhthai.certification.documents import words
from sinhthai.certification.documents.model import Align

_VIET_NAM = dt.timezone(dt.timedelta(hours=7))  # one time zone, no summer time
_ZERO_WIDTH = "\u200b"
_FIGURE = re.compile(
    r"(?:ít nhất |nhiều nhất |khoảng |at least |at most |about )?[≥≤<>+−-]? ?\d[^\n]{0,24}$"
)
_LONG = re.compile(r"[^\s\u200b]{24,}")
# What neither Word nor Typst can set: controls other than line break and tab, lone surrogates.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def breakable(text: str) -> str:
    """Return *text* so that nothing in it runs out of a narrow column.

    Addresses, digests and file names may break after a mark, or anywhere when they have none.

    >>> breakable("a" * 30).count("\\u200b"), breakable("một hai ba")
    (2, 'một hai ba')
    """
    plain = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LONG.sub(lambda found: _softened(found[0]), plain)


def printable(text: str) -> str:
    r"""Return *text* without what no paper can show, and XML may not hold.

    >>> printable("Điện\x0b lực\n")
    'Điện lực\n'
    """
    return _UNPRINTABLE.sub("", text)


def _softened(token: str) -> str:
    marked = re.sub(r"([/\\.:;,_=&?+-])(?=\S)", rf"\1{_ZERO_WIDTH}", token)
    return re.sub(r"([^\u200b]{12})(?=[^\u200b])", rf"\1{_ZERO_WIDTH}", marked)


def side_of(align: Align, said: str | None) -> Literal["left", "center", "right"]:
    """Return the side a cell is set to; a column of figures may hold words too.

    >>> side_of("figure", "≥ 20 %"), side_of("figure", "có"), side_of("figure", None)
    ('right', 'left', 'right')
    """
    if align != "figure":
        return align
    return "right" if said is None or _FIGURE.match(said) else "left"


def day_line(day: dt.date | None, made_at: dt.datetime, language: str) -> str:
    """Return the day of the head; with room to write it where nobody signed yet.

    >>> day_line(dt.date(2026, 2, 3), dt.datetime(2026, 2, 3, tzinfo=dt.UTC), "vi")
    'ngày 03 tháng 02 năm 2026'
    """
    if day is None:
        return words.DAY_OPEN.get(language).format(y=made_at.astimezone(_VIET_NAM).year)
    if language.startswith("en"):
        return f"{day.day} {day:%B} {day.year}"
    # Days up to 9 and the months January and February are written with a leading zero.
    month = f"{day.month:02}" if day.month <= 2 else f"{day.month}"
    return words.DAY.vi.format(d=f"{day.day:02}", m=month, y=day.year)
