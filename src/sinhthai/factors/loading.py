"""The tables of ``data/`` as checked objects; every fault names file and line."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

from sinhthai.factors.lookup import Factors
from sinhthai.factors.model import (
    Activity,
    Authority,
    Band,
    Card,
    Factor,
    GwpName,
    GwpSet,
    Price,
    Tariff,
)
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

DATA = Path(__file__).parent / "data"
_OTHER = {"cards", "activities", "gwp", "blends", "tariffs", "tariff_hours", "prices"}
_GWP_NAMES: tuple[GwpName, ...] = ("AR4", "AR5", "AR6")
Row = Mapping[str, str]
Made = TypeVar("Made")


@lru_cache(maxsize=1)
def load_factors() -> Factors:
    """Return the shipped tables, read once.

    >>> load_factors().gwp("AR5").values["CH4"]
    28.0
    """
    return read_factors(DATA)


def read_factors(folder: Path) -> Factors:
    """Read the tables of *folder*.

    Raises
    ------
    InputError : every row that cannot be read, by file and line; a factor without card or name;
        an interval that does not hold its value; two rows for the same thing and day.
    """
    problems: list[Problem] = []
    files = sorted(folder.glob("*.csv"))
    rows = {path.stem: list(_rows(path)) for path in files}
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")

    def of(name: str, make: Callable[[Row], Made]) -> list[Made]:
        made = []
        for line, row in rows[name]:
            if None in row or None in row.values():
                problems.append(_ragged(f"{name}.csv", line))
                continue
            try:
                made.append(make(row))
            except (KeyError, ValueError) as error:
                problems.append(_unreadable(f"{name}.csv", line, str(error)))
        return made

    cards = {card.id: card for card in of("cards", _card)}
    activities = {activity.id: activity for activity in of("activities", _activity)}
    factors: list[Factor] = []
    for name in sorted(rows.keys() - _OTHER):
        read = of(name, lambda row, table=name: _factor(row, table))  # type: ignore[misc]
        problems += _faults(f"{name}.csv", read, cards, activities)
        factors += read
    blends: dict[str, dict[str, float]] = {}
    for row in of("blends", dict):
        blends.setdefault(row["blend"], {})[row["gas"]] = float(row["share"])
    gases = of("gwp", dict)
    found = Factors(
        cards=cards,
        activities=activities,
        factors=tuple(factors),
        gwp_sets={name: _gwp(name, gases) for name in _GWP_NAMES},
        blends=blends,
        tariffs=tuple(of("tariffs", _tariff)),
        bands=tuple(of("tariff_hours", _band)),
        prices=tuple(of("prices", _price)),
        hash=digest.hexdigest(),
    )
    if problems:
        raise InputError(problems)
    return found


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def _card(row: Row) -> Card:
    return Card(
        id=row["id"],
        title=Text(row["title_vi"], row["title_en"]),
        source=row["source"],
        authority=cast(Authority, row["authority"]),
        licence=row["licence"],
        checked_on=dt.date.fromisoformat(row["checked_on"]),
        verified=_yes(row["verified"]),
        note=Text(row["note_vi"], row["note_en"]),
    )


def _activity(row: Row) -> Activity:
    return Activity(
        id=row["id"],
        name=Text(row["name_vi"], row["name_en"]),
        group=row["group"],
        unit=row["unit"],
        biogenic=_yes(row["biogenic"]),
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
    )


def _factor(row: Row, table: str) -> Factor:
    named = (table, row["activity"], row["quantity"], row["gas"], row["category"])
    year = row["valid_from"][:4] if row["valid_to"] else ""
    return Factor(
        id="/".join(part for part in (*named, year) if part),
        table=table,
        activity=row["activity"],
        quantity=row["quantity"],
        gas=row["gas"],
        category=row["category"],
        value=float(row["value"]),
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        unit=row["unit"],
        tier=int(row["tier"]),
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        verified=_yes(row["verified"]),
        range_verified=row["range_verified"] == "yes",
        source=row["source"],
    )


def _tariff(row: Row) -> Tariff:
    return Tariff(
        decision=row["decision"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        voltage=row["voltage"],
        normal=float(row["normal"]),
        off_peak=float(row["off_peak"]),
        peak=float(row["peak"]),
        verified=_yes(row["verified"]),
    )


def _band(row: Row) -> Band:
    return Band(
        decision=row["decision"],
        valid_from=dt.date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        on_sundays={"all": True, "mon-sat": False}[row["days"]],
        start=dt.time.fromisoformat(row["from"]),
        end=dt.time.fromisoformat(row["to"]),
        kind={"peak": "peak", "off_peak": "off_peak"}[row["band"]],  # type: ignore[arg-type]
        verified=_yes(row["verified"]),
    )


def _price(row: Row) -> Price:
    return Price(
        id=row["id"],
        value=float(row["value"]),
        unit=row["unit"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        verified=_yes(row["verified"]),
        source=row["source"],
    )


def _gwp(name: GwpName, rows: list[dict[str, str]]) -> GwpSet:
    return GwpSet(
        name=name,
        values={row["gas"]: float(row[name]) for row in rows},
        outside=frozenset(row["gas"] for row in rows if _yes(row["outside"])),
        card="gwp",
    )


def _yes(written: str) -> bool:
    return {"yes": True, "no": False}[written]


def _day(written: str) -> dt.date | None:
    return dt.date.fromisoformat(written) if written else None


def _faults(
    file: str,
    factors: list[Factor],
    cards: Mapping[str, Card],
    activities: Mapping[str, Activity],
) -> Iterator[Problem]:
    seen: set[str] = set()
    for factor in factors:
        if factor.table not in cards:
            yield _fault(file, factor.id, "bảng không có thẻ trong cards.csv", "no card")
        if factor.activity not in activities:
            yield _fault(file, factor.id, "hoạt động không có tên trong activities.csv", "no name")
        low = factor.value if factor.low is None else factor.low
        high = factor.value if factor.high is None else factor.high
        if not low <= factor.value <= high:
            yield _fault(file, factor.id, "giá trị nằm ngoài dải", "value outside its range")
        if factor.id in seen:
            yield _fault(file, factor.id, "trùng dòng", "two rows for the same thing")
        seen.add(factor.id)


def _fault(file: str, row: str, vi: str, en: str) -> Problem:
    return Problem(
        "factor-table",
        Text(f"{row}: {vi}.", f"{row}: {en}."),
        Text("Sửa dòng này trong bảng.", "Mend this row of the table."),
        Place(file=file),
    )


def _ragged(file: str, line: int) -> Problem:
    return Problem(
        "factor-cells",
        Text("Số ô của dòng khác số cột.", "The row has another number of cells than headings."),
        Text(
            "Số thập phân dùng dấu chấm; chữ có dấu phẩy đặt trong ngoặc kép.",
            "Decimals take a point; words with a comma stand in double quotes.",
        ),
        Place(file=file, line=line),
    )


def _unreadable(file: str, line: int, what: str) -> Problem:
    return Problem(
        "factor-row",
        Text(f"Không đọc được dòng: {what}.", f"The row cannot be read: {what}."),
        Text("Sửa dòng này trong bảng.", "Mend this row of the table."),
        Place(file=file, line=line),
    )
