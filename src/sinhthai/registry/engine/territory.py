"""Viet Nam's provincial units with their dates: which existed on a day, and what they were called.

Resolution 202/2025/QH15 merged 63 units into 34 on 1 July 2025; Resolution 30/2026/QH16 made
Đồng Nai a city on 30 April 2026. The table is ``data/territory.csv``.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from sinhthai.foundation.text import Text, fold

MERGER = dt.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Title:
    """The full name a unit bears from a day on."""

    valid_from: dt.date
    text: Text


@dataclass(frozen=True, slots=True)
class Unit:
    """A provincial unit of one era.

    ``valid_until`` is the first day it no longer exists (None: it still does); ``successor`` the
    code of the unit it went into; ``titles`` are in order of time, at least one.
    """

    code: str
    name: str
    valid_from: dt.date
    valid_until: dt.date | None
    successor: str
    lat: float
    lon: float
    titles: tuple[Title, ...]

    def exists_on(self, day: dt.date) -> bool:
        """Say whether the unit exists on *day*."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    """Return every unit of every era, older era first, by code.

    >>> len(units())
    97
    """
    table = files("sinhthai.registry").joinpath("data/territory.csv").read_text("utf-8")
    rows: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in csv.DictReader(table.splitlines()):
        rows.setdefault((row["unit_from"], row["code"]), []).append(row)
    return tuple(_unit(rows[key]) for key in sorted(rows))


def _unit(rows: list[dict[str, str]]) -> Unit:
    first = rows[0]
    day = dt.date.fromisoformat
    return Unit(
        code=first["code"],
        name=first["name"],
        valid_from=day(first["unit_from"]),
        valid_until=day(first["unit_until"]) if first["unit_until"] else None,
        successor=first["successor"],
        lat=float(first["lat"]),
        lon=float(first["lon"]),
        titles=tuple(
            Title(day(row["title_from"]), Text(row["title_vi"], row["title_en"]))
            for row in sorted(rows, key=lambda row: row["title_from"])
        ),
    )


@lru_cache(maxsize=64)
def provinces_on(day: dt.date) -> Mapping[str, Unit]:
    """Return the units that exist on *day*, by code; empty before 1 August 2008 (not known).

    >>> len(provinces_on(dt.date(2025, 6, 30))), len(provinces_on(dt.date(2025, 7, 1)))
    (63, 34)
    """
    return MappingProxyType({unit.code: unit for unit in units() if unit.exists_on(day)})


def unit_of(code: str, valid_from: dt.date) -> Unit:
    """Return the unit of that code and era; KeyError when there is none."""
    return _by_key()[code, valid_from]


def province_on(unit: Unit, day: dt.date) -> Unit | None:
    """Return the unit that holds, on *day*, what is known to lie in *unit*.

    Forward in time there is always one answer. Backward there is one only where a unit has a
    single predecessor; of a unit merged from several, None says that the older one is unknown.

    >>> long_an = provinces_on(dt.date(2025, 6, 30))["80"]
    >>> province_on(long_an, dt.date(2025, 7, 1)).name
    'Tây Ninh'
    >>> tay_ninh = provinces_on(dt.date(2025, 7, 1))["80"]
    >>> province_on(tay_ninh, dt.date(2025, 6, 30)) is None
    True
    """
    while not unit.exists_on(day):
        if unit.valid_until is not None and day >= unit.valid_until:
            unit = provinces_on(unit.valid_until)[unit.successor]
            continue
        before = predecessors(unit)
        if len(before) != 1:
            return None
        unit = before[0]
    return unit


@lru_cache(maxsize=128)
def predecessors(unit: Unit) -> tuple[Unit, ...]:
    """Return the units that were merged into *unit*, by code; none are known of the first era."""
    return tuple(
        older
        for older in units()
        if older.valid_until == unit.valid_from and older.successor == unit.code
    )


def title_on(unit: Unit, day: dt.date) -> Text:
    """Return the full name of *unit* on *day* (the first or last it bore, outside its time).

    >>> dong_nai = provinces_on(dt.date(2026, 4, 30))["75"]
    >>> title_on(dong_nai, dt.date(2026, 4, 29)).vi, title_on(dong_nai, dt.date(2026, 4, 30)).vi
    ('Tỉnh Đồng Nai', 'Thành phố Đồng Nai')
    """
    borne = [title for title in unit.titles if title.valid_from <= day]
    return (borne or unit.titles[:1])[-1].text


def find_units(name: str, *, on: dt.date | None = None) -> tuple[Unit, ...]:
    """Return the units called *name* (or bearing that code or title), newest era first.

    Spelling marks and case do not matter, nor does a leading "tỉnh", "thành phố" or "TP.".

    >>> [str(unit.valid_from.year) for unit in find_units("tinh dong nai")]
    ['2025', '2008']
    >>> [unit.name for unit in find_units("HCM")]
    ['Hồ Chí Minh', 'Hồ Chí Minh']
    """
    wanted = name.strip()
    plain = plain_name(wanted)
    return tuple(
        unit
        for unit in reversed(units())
        if (on is None or unit.exists_on(on)) and (wanted == unit.code or plain in _names(unit))
    )


def plain_name(name: str) -> str:
    """Return a province's name as compared: folded, without its rank, aliases resolved."""
    plain = fold(name).replace("-", " ").replace("–", " ")
    for prefix in ("thanh pho ", "tinh ", "tp. ", "tp.", "tp "):
        plain = plain.removeprefix(prefix)
    for suffix in (" province", " city"):
        plain = plain.removesuffix(suffix)
    plain = " ".join(plain.split())
    return _ALIASES.get(plain, plain)


_ALIASES = {
    "hcm": "ho chi minh",
    "hcmc": "ho chi minh",
    "tphcm": "ho chi minh",
    "sai gon": "ho chi minh",
    "br vt": "ba ria vung tau",
    "vung tau": "ba ria vung tau",
    "hanoi": "ha noi",
    "haiphong": "hai phong",
    "danang": "da nang",
}


@lru_cache(maxsize=128)
def _names(unit: Unit) -> frozenset[str]:
    words = [unit.name, *(word for title in unit.titles for word in (title.text.vi, title.text.en))]
    return frozenset(plain_name(word) for word in words)


@lru_cache(maxsize=1)
def _by_key() -> Mapping[tuple[str, dt.date], Unit]:
    return MappingProxyType({(unit.code, unit.valid_from): unit for unit in units()})
