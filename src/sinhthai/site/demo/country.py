"""A synthetic country as plain tables: parks, enterprises, their statuses and reports.

Everything is drawn from one seeded generator; the same arguments give the same country.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from sinhthai.foundation.text import Text
from sinhthai.rules.model import Item
from sinhthai.site.demo import names, plausible

_IN_LEFT_OUT = 0.12  # share of enterprise-years without any report
_MISSING = 0.06  # share of answers left out in a report
_ITEMS_A_REPORT = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A province one may put a park in."""

    code: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class InventedPark:
    number: int
    code: str
    name: Text
    province: str
    lat: float
    lon: float
    established_on: dt.date
    new_eip: bool


@dataclass(frozen=True, slots=True)
class InventedEnterprise:
    tax_code: str
    name: Text
    park: int  # index of the park
    vsic: str
    employees: int
    statuses: tuple[tuple[str, dt.date], ...]


@dataclass(frozen=True, slots=True)
class InventedReport:
    """What one subject says of one year; ``enterprise`` is None for the park itself."""

    park: int
    enterprise: int | None
    year: int
    values: Mapping[str, object]


def province_weights(codes: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return how likely a park lies in each province, after the points OpenStreetMap shows."""
    path = files("sinhthai.site.demo") / "data" / "vn_parks_osm_points.csv"
    seen = Counter(
        row["province_code_now"] for row in csv.DictReader(path.read_text("utf-8").splitlines())
    )
    weights = np.array([seen[code] + 0.6 for code in codes])
    return weights / weights.sum()


def parks(rng: np.random.Generator, count: int, places: Sequence[Place]) -> list[InventedPark]:
    """Draw *count* parks near the middle of their provinces."""
    chosen = rng.choice(len(places), count, p=province_weights([place.code for place in places]))
    offsets = rng.normal(0.0, 0.13, (count, 2))
    years = rng.integers(1997, 2022, count)
    new_eip = rng.random(count) < 0.08
    return [
        InventedPark(
            number=index,
            code=f"gia-dinh-{index + 1:03d}",
            name=names.park_name(index),
            province=places[where].code,
            lat=round(places[where].lat + float(offsets[index, 0]), 5),
            lon=round(places[where].lon + float(offsets[index, 1]), 5),
            established_on=dt.date(int(years[index]), 6, 1),
            new_eip=bool(new_eip[index]),
        )
        for index, where in enumerate(chosen)
    ]


def enterprises(
    rng: np.random.Generator, count: int, parks: Sequence[InventedPark], last_year: int
) -> list[InventedEnterprise]:
    """Draw *count* enterprises; big parks hold several times more of them than small ones."""
    pull = rng.gamma(1.6, 1.0, len(parks)) + 0.1
    where = np.sort(rng.choice(len(parks), count, p=pull / pull.sum()))
    trades = rng.integers(len(names.TRADES), size=count)
    sizes = rng.lognormal(0.0, 0.8, count)
    start = rng.integers(2002, last_year + 1, count)
    fate = rng.random(count)
    codes = names.tax_codes(100_000, count)
    return [
        InventedEnterprise(
            tax_code=codes[index],
            name=names.enterprise_name(index, names.TRADES[trades[index]]),
            park=int(where[index]),
            vsic=names.TRADES[trades[index]].vsic,
            employees=max(5, int(names.TRADES[trades[index]].employees * sizes[index])),
            statuses=_history(int(start[index]), float(fate[index]), last_year),
        )
        for index in range(count)
    ]


def _history(start: int, fate: float, last_year: int) -> tuple[tuple[str, dt.date], ...]:
    steps = [("registered", dt.date(start, 3, 1))]
    if fate > 0.04:
        steps.append(("leased", dt.date(start, 9, 1)))
    if fate > 0.09:
        steps.append(("operating", dt.date(start + 1, 4, 1)))
    if fate > 0.97:
        steps.append(("closed", dt.date(max(start + 2, last_year - 1), 5, 1)))
    elif fate > 0.95:
        steps.append(("suspended", dt.date(max(start + 2, last_year), 2, 1)))
    return tuple(steps)


def reports(
    rng: np.random.Generator,
    parks: Sequence[InventedPark],
    enterprises: Sequence[InventedEnterprise],
    years: Sequence[int],
    items: Sequence[Item],
) -> Iterator[list[InventedReport]]:
    """Draw the reports, one list a year and subject kind: first the parks', then the others'."""
    home = [enterprise.park for enterprise in enterprises]
    asked = _chosen(items, "enterprise", _ITEMS_A_REPORT)
    for year in years:
        columns = _columns(rng, _chosen(items, "park", None), len(parks))
        columns.update(plausible.land(rng, len(parks)))
        said = plausible.rows(rng, columns, missing=0.08)
        yield [InventedReport(index, None, year, values) for index, values in enumerate(said)]

        columns = _columns(rng, asked, len(enterprises))
        columns["employees"] = np.array([firm.employees for firm in enterprises], dtype=object)
        said = plausible.rows(rng, columns, missing=_MISSING)
        silent = rng.random(len(enterprises)) < _IN_LEFT_OUT
        yield [
            InventedReport(home[index], index, year, values)
            for index, values in enumerate(said)
            if not silent[index]
        ]


def _chosen(items: Sequence[Item], subject: str, limit: int | None) -> list[Item]:
    """Return what is asked of *subject*: what criteria need most stands first in the dictionary.

    Counts of enterprises are left out: the listed enterprises give them, and a count drawn apart
    from the list would contradict it.
    """
    wanted = [
        item
        for item in items
        if item.subject == subject
        and item.nature != "registry"
        and item.kind in ("boolean", "integer", "number", "choice")
        and not item.code.endswith("_enterprises")
        and "_participants" not in item.code
    ]
    if limit is None or len(wanted) <= limit:
        return wanted
    booleans = [item for item in wanted if item.kind == "boolean"][: limit * 2 // 3]
    others = [item for item in wanted if item.kind != "boolean"]
    return booleans + others[: limit - len(booleans)]


def _columns(
    rng: np.random.Generator, items: Sequence[Item], size: int
) -> dict[str, plausible.Column]:
    drawn = {item.code: plausible.answers(rng, item, size) for item in items}
    columns = {code: column for code, column in drawn.items() if column is not None}
    if {"recp_applied", "recp_result_measured"} <= columns.keys():  # no result without a measure
        columns["recp_result_measured"] = np.logical_and(
            columns["recp_applied"].astype(bool), columns["recp_result_measured"].astype(bool)
        ).astype(object)
    return columns
