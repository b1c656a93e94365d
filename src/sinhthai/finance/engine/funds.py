"""Funds and schemes as dated rules, and the tables they are read from."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

DATA = Path(__file__).resolve().parents[1] / "data"
INSTRUMENTS: Mapping[str, Text] = {
    "loan": Text("vay", "loan"),
    "guarantee": Text("bảo lãnh", "guarantee"),
    "grant": Text("tài trợ không hoàn lại", "grant"),
    "interest_support": Text("hỗ trợ lãi suất", "interest support"),
    "bond": Text("trái phiếu", "bond"),
    "advice": Text("tư vấn", "advice"),
    "label": Text("chứng nhận", "label"),
    "programme": Text("chương trình", "programme"),
}
STATUSES = ("open", "draft", "closed")
APPLICANTS = ("enterprise", "esco", "park")
SIZES = ("micro", "small", "medium", "large")
# Fields of a rule that may exist without being recorded here.
RECORDABLE = frozenset(
    {
        "valid_from",
        "valid_to",
        "applicants",
        "sectors",
        "sizes",
        "kinds",
        "minimum_saving",
        "ceiling_share",
        "tenor_years",
        "rate",
    }
)
ANY_GROUP = "any"
_NOTHING = Text("", "")
Made = TypeVar("Made")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fund:
    """An instrument and its conditions in force from ``valid_from`` to ``valid_to``.

    An empty condition asks nothing, unless its name is in ``unrecorded``: then the fund has a rule
    of that sort that this table does not hold. Two rows of one ``id`` are two versions of it.
    """

    id: str
    instrument: str
    name: Text
    provider: Text
    status: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    applicants: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    """Sections of VSIC 2018, letters."""
    sizes: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    """Groups of the green taxonomy; ``any``: one of them, whichever."""
    confirmed: bool = False
    """A confirmation under the taxonomy is asked for."""
    kinds: frozenset[str] = frozenset()
    minimum_saving: float | None = None
    """Share of the energy used before."""
    ceiling_share: float | None = None
    """Most that is financed, as a share of the investment."""
    tenor_years: int | None = None
    rate: float | None = None
    """Yearly rate of a loan; of interest support the part that is borne."""
    rate_note: Text = _NOTHING
    collateral: Text = _NOTHING
    documents: tuple[Text, ...] = ()
    unrecorded: frozenset[str] = frozenset()
    note: Text = _NOTHING
    source: str = ""
    checked_on: dt.date = dt.date.min
    next_review: dt.date = dt.date.max
    verified: bool = False

    def in_force(self, on: dt.date) -> bool:
        """Say whether *on* lies within the dates recorded; both ends belong to them."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def review_due(self, on: dt.date) -> bool:
        """Say whether the rules should have been looked up again."""
        return on > self.next_review


@lru_cache(maxsize=1)
def load_funds() -> tuple[Fund, ...]:
    """Return the shipped table, in its order.

    >>> load_funds()[0].id, load_funds()[0].rate
    ('vepf-loan-guarantee', 0.026)
    """
    return read_funds(DATA / "funds.csv")


def read_funds(path: Path) -> tuple[Fund, ...]:
    """Read a table of funds.

    Raises
    ------
    InputError : every row that cannot be read, by its line; two versions of one fund that hold
        on the same day.
    """
    found, problems = read_rows(path, _fund)
    problems += [
        _overlap(path.name, line, fund.id)
        for at, (line, fund) in enumerate(found)
        for _other, earlier in found[:at]
        if earlier.id == fund.id and _meet(earlier, fund)
    ]
    if problems:
        raise InputError(problems)
    return tuple(fund for _line, fund in found)


def funds_on(funds: Sequence[Fund], on: dt.date) -> tuple[Fund, ...]:
    """Return of each fund the version that holds on *on*; else its nearest one, first named first.

    A fund of other days is not left out: who asks is told that it is not in force.
    """
    by_id: dict[str, list[Fund]] = {}
    for fund in funds:
        by_id.setdefault(fund.id, []).append(fund)
    return tuple(
        next((one for one in versions if one.in_force(on)), versions[-1])
        for versions in by_id.values()
    )


def read_rows(
    path: Path, make: Callable[[Row], Made]
) -> tuple[list[tuple[int, Made]], list[Problem]]:
    """Return what *make* makes of each row with its line, and what could not be read."""
    found: list[tuple[int, Made]] = []
    problems: list[Problem] = []
    for line, row in _lines(path):
        try:
            found.append((line, make(row)))
        except (KeyError, ValueError) as error:
            problems.append(_unreadable(path.name, line, str(error)))
    return found, problems


def day(row: Row, key: str) -> dt.date | None:
    """Return the day in a column; None where it is empty."""
    return dt.date.fromisoformat(row[key]) if row[key] else None


def both(row: Row, key: str) -> Text:
    """Return the text of the columns ``key_vi`` and ``key_en``."""
    return Text(row[f"{key}_vi"], row[f"{key}_en"])


def set_of(row: Row, key: str, allowed: Sequence[str] | frozenset[str] = ()) -> frozenset[str]:
    """Return the words of a column, apart by semicolons, each one of *allowed*."""
    words = frozenset(word.strip() for word in row[key].split(";") if word.strip())
    if allowed and words - set(allowed):
        raise ValueError(f"{key}: {', '.join(sorted(words - set(allowed)))}")
    return words


def yes(row: Row, key: str) -> bool:
    """Return a column of yes and no."""
    if row[key] not in ("yes", "no"):
        raise ValueError(f"{key}: {row[key]!r}")
    return row[key] == "yes"


def _fund(row: Row) -> Fund:
    if row["instrument"] not in INSTRUMENTS or row["status"] not in STATUSES:
        raise ValueError(f"{row['instrument']}, {row['status']}")
    papers = [row[f"documents_{language}"].split(";") for language in ("vi", "en")]
    checked, review = day(row, "checked_on"), day(row, "next_review")
    if checked is None or review is None:
        raise ValueError("checked_on, next_review")
    return Fund(
        id=row["id"],
        instrument=row["instrument"],
        name=both(row, "name"),
        provider=both(row, "provider"),
        status=row["status"],
        valid_from=day(row, "valid_from"),
        valid_to=day(row, "valid_to"),
        applicants=set_of(row, "applicants", APPLICANTS),
        sectors=set_of(row, "sectors"),
        sizes=set_of(row, "sizes", SIZES),
        groups=set_of(row, "groups"),
        confirmed=yes(row, "confirmed"),
        kinds=set_of(row, "kinds"),
        minimum_saving=_share(row, "minimum_saving"),
        ceiling_share=_share(row, "ceiling_share"),
        tenor_years=int(row["tenor_years"]) if row["tenor_years"] else None,
        rate=_share(row, "rate"),
        rate_note=both(row, "rate_note"),
        collateral=both(row, "collateral"),
        documents=tuple(Text(*pair) for pair in zip(*papers, strict=True) if pair[0]),
        unrecorded=set_of(row, "unrecorded", RECORDABLE),
        note=both(row, "note"),
        source=row["source"],
        checked_on=checked,
        next_review=review,
        verified=yes(row, "verified"),
    )


def _share(row: Row, key: str) -> float | None:
    if not row[key]:
        return None
    value = float(row[key])
    if not 0 <= value <= 1:
        raise ValueError(f"{key}: {row[key]}")
    return value


def _lines(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file, strict=True), start=2)


def _meet(one: Fund, other: Fund) -> bool:
    starts = [fund.valid_from or dt.date.min for fund in (one, other)]
    ends = [fund.valid_to or dt.date.max for fund in (one, other)]
    return max(starts) <= min(ends)


def _unreadable(file: str, line: int, why: str) -> Problem:
    return Problem(
        "finance-table",
        Text(f"Không đọc được dòng này: {why}.", f"This row cannot be read: {why}."),
        Text("Sửa dòng theo tiêu đề cột.", "Mend the row as its headings say."),
        Place(file, line=line),
    )


def _overlap(file: str, line: int, name: str) -> Problem:
    return Problem(
        "finance-overlap",
        Text(
            f"{name}: hai phiên bản cùng hiệu lực một ngày.",
            f"{name}: two versions hold on the same day.",
        ),
        Text("Ghi ngày hết hiệu lực của bản trước.", "Give the day the earlier one ends."),
        Place(file, line=line),
    )
