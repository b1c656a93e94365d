"""One cell at a time: money, shares, years, quantities, times, as people write them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from sinhthai.finance.workbook.columns import MONEY, Column
from sinhthai.finance.workbook.grids import UNCOMPUTED, Grid, Table, error_of
from sinhthai.finance.workbook.messages import Problems
from sinhthai.foundation.numbers import Amount, NumberError, format_number, parse_amount, parse_date
from sinhthai.foundation.problems import Place
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError, convert

_TIME = re.compile(r"(\d{1,2})(?:\s*(?:[:hg.]|giờ)\s*(\d{2})?)?")
_MONEY = {
    "vnd": 1.0, "dong": 1.0, "d": 1.0, "nghin": 1e3, "ngan": 1e3, "nghin dong": 1e3,
    "ngan dong": 1e3, "thousand vnd": 1e3, "k": 1e3, "trieu": 1e6, "trieu dong": 1e6, "tr": 1e6,
    "trd": 1e6, "tr.d": 1e6, "million": 1e6, "million vnd": 1e6, "mvnd": 1e6, "m": 1e6,
    "trieu vnd": 1e6, "ty": 1e9, "ti": 1e9, "ty dong": 1e9, "ti dong": 1e9, "ty vnd": 1e9,
    "billion": 1e9, "billion vnd": 1e9, "bn": 1e9, "gvnd": 1e9,
} | {fold(said): size for name, size in MONEY.values() for said in (name.vi, name.en)}  # fmt: skip
_YEARS = frozenset({"", "nam", "year", "years", "yr", "y", "ngay", "day", "days"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, what it is meant to be, and where to say what is wrong with it."""

    raw: object
    column: Column
    grid: Grid
    row: int
    at: int
    heading_unit: str
    problems: Problems

    @property
    def place(self) -> Place:
        """Where the cell is; said only when something is wrong with it."""
        return self.grid.place(self.row, self.at)

    @property
    def is_percent(self) -> bool:
        """Shown as a percentage: 25 % is stored there as 0.25."""
        return (self.row, self.at) in self.grid.percents

    def amount(self) -> Amount | None:
        """Return the number with the unit written beside it; None once the problem is noted."""
        if isinstance(self.raw, float) and self.raw == self.raw:  # not a NaN: most cells
            return Amount(self.raw)
        try:
            return parse_amount(self.raw)
        except NumberError as error:
            self.wrong(error.message, error.cure)
            return None

    def wrong(self, what: Text, cure: Text) -> None:
        """Note a problem another module has worded."""
        self.problems.add("cell", self.place, what=what, cure=cure)

    def number(self) -> float | None:
        """Return a bare number."""
        amount = self.amount()
        if amount is not None and amount.unit:
            self.problems.add(
                "cell",
                self.place,
                what=Text(
                    f"Ô có đơn vị “{amount.unit}”.", f"The cell has a unit, “{amount.unit}”."
                ),
                cure=Text("Ghi đơn vị ở cột đơn vị.", "Write the unit in the column of units."),
            )
            return None
        return amount.value if amount else None

    def money(self, size: float) -> float | None:
        """Return VND; *size* is that of the line's money where neither cell nor heading says."""
        amount = self.amount()
        if amount is None:
            return None
        written = amount.unit or self.heading_unit
        if written:
            known = money_size(written)
            if known is None:
                self.problems.add("not_money", self.place, said=written)
                return None
            size = known
        if amount.value < 0:
            self.problems.add("negative", self.place, name=self.column.name)
            return None
        return amount.value * size

    def price(self) -> float | None:
        """Return VND for one unit of the column; ``1,2 triệu đồng/t`` says both."""
        amount = self.amount()
        if amount is None:
            return None
        money, _, per = (amount.unit or self.heading_unit or "VND").partition("/")
        size = money_size(money)
        if size is None:
            self.problems.add("not_money", self.place, said=money)
            return None
        if amount.value < 0:
            self.problems.add("negative", self.place, name=self.column.name)
            return None
        try:
            return amount.value * size / factor(per.strip() or self.column.unit, self.column.unit)
        except UnitError as error:
            self.wrong(error.message, error.cure)
            return None

    def quantity(self) -> float | None:
        """Return the quantity in the unit of the column."""
        amount = self.amount()
        if amount is None:
            return None
        written = amount.unit or self.heading_unit or self.column.unit
        try:
            return amount.value * factor(written, self.column.unit)
        except UnitError as error:
            self.wrong(error.message, error.cure)
            return None

    def share(self, low: float, high: float) -> float | None:
        """Return a share: 15 %, 0.15, or 15 under a heading with (%)."""
        amount = self.amount()
        if amount is None:
            return None
        value = amount.value
        if amount.unit == "%":
            value /= 100.0
        elif amount.unit:
            self.wrong(
                Text(f"“{amount.unit}” không phải là %.", f"“{amount.unit}” is not %."),
                Text("Ghi 10% hoặc 0,1.", "Write 10% or 0.1."),
            )
            return None
        elif self.heading_unit == "%" and not self.is_percent:
            if 0 < abs(value) < 1:
                self._doubtful(value)
                return None
            value /= 100.0
        elif not self.is_percent and abs(value) > 1:
            self._doubtful(value)
            return None
        if not low <= value <= high:
            edges = {"low": f"{low * 100:g}%", "high": f"{high * 100:g}%"}
            self.problems.add("share_out", self.place, name=self.column.name, **edges)
            return None
        return value

    def whole(self, low: int, high: int) -> int | None:
        """Return a whole number of years or days."""
        amount = self.amount()
        if amount is None:
            return None
        if amount.unit and fold(amount.unit) not in _YEARS:
            self.wrong(
                Text(f"“{amount.unit}” không phải là năm.", f"“{amount.unit}” is not years."),
                Text("Ghi số năm.", "Write the number of years."),
            )
            return None
        if amount.value != int(amount.value):
            self.problems.add("not_whole", self.place, name=self.column.name)
            return None
        if not low <= amount.value <= high:
            self.problems.add("out_of_range", self.place, name=self.column.name, low=low, high=high)
            return None
        return int(amount.value)

    def choice(self) -> str | None:
        """Return the key of the choice meant."""
        chosen = _choice(str(self.raw), self.column.choices)
        if chosen is not None:
            return chosen
        known = Text(
            "; ".join(name.vi for _, name in self.column.choices),
            "; ".join(name.en for _, name in self.column.choices),
        )
        self.problems.add("not_in_list", self.place, said=str(self.raw)[:60], known=known)
        return None

    def time(self) -> dt.time | None:
        """Return a time of day; 24:00 is midnight."""
        raw = self.raw
        if isinstance(raw, dt.datetime):
            return raw.time().replace(second=0, microsecond=0)
        if isinstance(raw, dt.time):
            return raw.replace(second=0, microsecond=0)
        minutes = -1
        if isinstance(raw, dt.timedelta):
            minutes = round(raw.total_seconds() / 60)
        elif isinstance(raw, int | float) and not isinstance(raw, bool):
            # A spreadsheet keeps a time as a share of the day; a whole number is the hour.
            minutes = round(raw * 24 * 60) if 0 <= raw <= 1 else round(raw * 60)
        elif isinstance(raw, str) and (match := _TIME.fullmatch(fold(raw).replace("gio", "h"))):
            minutes = int(match[1]) * 60 + int(match[2] or 0)
        if not 0 <= minutes <= 24 * 60:
            self.problems.add("not_a_time", self.place, said=str(raw)[:60])
            return None
        return dt.time(minutes // 60 % 24, minutes % 60)

    def date(self) -> dt.date | None:
        """Return a day."""
        try:
            return parse_date(self.raw)
        except NumberError as error:
            self.wrong(error.message, error.cure)
            return None

    def _doubtful(self, value: float) -> None:
        shown = {
            "value": _both(value),
            "hundred": _both(value * 100),
            "fraction": _both(value / 100 if abs(value) > 1 else value),
        }
        self.problems.add("share_or_percent", self.place, **shown)


def cell_of(table: Table, row: int, column: Column, raw: object, problems: Problems) -> Cell | None:
    """Return the cell of *column* in *row*; None once the problem is noted: it shows an error."""
    grid, heading = table.grid, table.columns[column.key]
    if grid.errors and (error := error_of(grid, row, heading.at)) is not None:
        code = "formula_uncomputed" if error == UNCOMPUTED else "formula_error"
        problems.add(code, grid.place(row, heading.at), error=error)
        return None
    return Cell(raw, column, grid, row, heading.at, heading.unit, problems)


def money_size(written: str) -> float | None:
    """Return how many VND one of *written* is; None: it is not a unit of VND.

    >>> money_size("triệu đồng"), money_size("USD")
    (1000000.0, None)
    """
    return _MONEY.get(fold(written))


@lru_cache(maxsize=1024)
def _choice(said: str, choices: tuple[tuple[str, Text], ...]) -> str | None:
    folded = fold(said)
    for key, name in choices:
        if folded in (fold(key), fold(name.vi), fold(name.en)):
            return key
    return None


@lru_cache(maxsize=512)
def factor(written: str, unit: str) -> float:
    """Return how many *unit* one *written* is.

    Raises
    ------
    UnitError : it is not known, or of another kind.
    """
    return convert(1.0, written, unit)


def _both(value: float) -> Text:
    return Text(format_number(value, "vi"), format_number(value, "en"))
