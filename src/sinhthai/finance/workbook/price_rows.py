"""The sheets of prices and of uses, and the price of electricity from the dated tariff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.factors.lookup import Factors
from sinhthai.finance.engine.bills import Hours, hours_of_day, mean_price
from sinhthai.finance.engine.measures import Use
from sinhthai.finance.workbook.assumptions import named
from sinhthai.finance.workbook.carriers import Named, base_units, carrier_of, material
from sinhthai.finance.workbook.cells import Cell, cell_of, money_size
from sinhthai.finance.workbook.columns import GIVEN, PRICE_LIST, PRICES, USE_LIST, USES, Column
from sinhthai.finance.workbook.grids import Grid, Table, find_table
from sinhthai.finance.workbook.messages import Problems
from sinhthai.finance.workbook.model import Given
from sinhthai.foundation.problems import InputError, Place
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError

_PRICES = {column.key: column for column in PRICE_LIST}
_USES = {column.key: column for column in USE_LIST}
_WORKING_WEEK = 6
_PER_KWH = 1000.0  # VND/kWh -> VND/MWh


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What the sheet of prices says of a carrier, in its base unit."""

    price: float | None
    escalation: float
    factor: float | None
    place: Place
    note: str = ""


@dataclass(slots=True)
class Lists:
    """Reads rows that name a carrier and a unit."""

    factors: Factors
    given: Given
    problems: Problems
    known: Mapping[str, Named]
    """Every carrier of the measures: what a name without energy may mean."""

    def prices(self, grids: Sequence[Grid]) -> dict[str, PriceRow]:
        """Return the rows of the sheet of prices by carrier; none where there is no sheet."""
        table = self._table(grids, PRICES, PRICE_LIST)
        found: dict[str, PriceRow] = {}
        for number, cells in table.rows() if table else ():
            assert table is not None
            carrier = self._carrier(table, number, cells)
            if carrier is None:
                continue
            place = table.place(number, "price")
            if carrier.id in found:
                self.problems.add("row_twice", place, name=carrier.name)
                continue
            per = self._base(table, number, cells, carrier, "per", _PRICES)
            price = self._number(table, number, cells, "price")
            factor = self._number(table, number, cells, "factor")
            if price is not None and price < 0:
                self.problems.add("negative", place, name=_PRICES["price"].name)
            if per is None:
                if price is not None or factor is not None:
                    unit = table.place(number, "per")
                    if "per" not in cells:
                        self.problems.add("empty", unit, name=_PRICES["per"].name)
                per = 1.0
            cell = self._cell(table, number, cells, "escalation", _PRICES)
            escalation = cell.share(-0.5, 0.99) if cell is not None else None
            found[carrier.id] = PriceRow(
                None if price is None else price / per,
                escalation or 0.0,
                None if factor is None else factor / per,
                place,
                str(cells.get("note") or ""),
            )
        return found

    def uses(self, grids: Sequence[Grid]) -> dict[str, Use]:
        """Return what uses were metered to take, by folded name; empty where there is no sheet."""
        table = self._table(grids, USES, USE_LIST)
        found: dict[str, Use] = {}
        for number, cells in table.rows() if table else ():
            assert table is not None
            absent = [c for c in USE_LIST if c.needed and c.key not in cells]
            for column in absent:
                self.problems.add("empty", table.place(number, column.key), name=column.name)
            if absent:
                continue
            name = " ".join(str(cells["use"]).split())
            if fold(name) in found:
                self.problems.add("row_twice", table.place(number, "use"), name=name)
                continue
            carrier = self._carrier(table, number, cells)
            cell = self._cell(table, number, cells, "quantity", _USES)
            quantity = cell.number() if cell is not None else None
            if carrier is None or quantity is None or cell is None:
                continue
            if quantity < 0:
                self.problems.add("negative", cell.place, name=_USES["quantity"].name)
            per = self._base(table, number, cells, carrier, "unit", _USES)
            if per is not None:
                found[fold(name)] = Use(name, carrier.id, quantity * per)
        return found

    def _table(self, grids: Sequence[Grid], name: Text, columns: Sequence[Column]) -> Table | None:
        grid = named(grids, name.vi, name.en)
        return find_table([grid], name, columns, self.problems) if grid is not None else None

    def _carrier(self, table: Table, number: int, cells: Mapping[str, object]) -> Named | None:
        said = str(cells.get("carrier") or "").strip()
        if not said:
            self.problems.add("empty", table.place(number, "carrier"), name=_PRICES["carrier"].name)
            return None
        own = material(said)
        if own.id in self.known:
            return self.known[own.id]
        try:
            return carrier_of(said, self.factors)
        except InputError as error:
            place = table.place(number, "carrier")
            if table.columns.keys() & {"price"}:  # the price of something no measure saves
                self.problems.add("not_a_carrier", place, name=said[:60])
            else:
                for problem in error.problems:
                    self.problems.add("cell", place, what=problem.message, cure=problem.cure)
            return None

    def _number(
        self, table: Table, number: int, cells: Mapping[str, object], key: str
    ) -> float | None:
        cell = self._cell(table, number, cells, key, _PRICES)
        return cell.number() if cell is not None else None

    def _base(
        self,
        table: Table,
        number: int,
        cells: Mapping[str, object],
        carrier: Named,
        key: str,
        columns: Mapping[str, Column],
    ) -> float | None:
        """Return the base units of one written unit; ``triệu đồng/t`` divides by a million too."""
        cell = self._cell(table, number, cells, key, columns)
        if cell is None:
            return None
        money, slash, per = str(cell.raw).strip().rpartition("/")
        size = 1.0
        if slash:
            known = money_size(money)
            if known is None:
                self.problems.add("not_money", cell.place, said=money)
                return None
            size = known
        try:
            year, policy = self.given.year_of_factors, self.given.policy
            return base_units(per, carrier, self.factors, year, policy) / size
        except UnitError as error:
            cell.wrong(error.message, error.cure)
        except InputError as error:
            for problem in error.problems:
                cell.wrong(problem.message, problem.cure)
        return None

    def _cell(
        self,
        table: Table,
        number: int,
        cells: Mapping[str, object],
        key: str,
        columns: Mapping[str, Column],
    ) -> Cell | None:
        if key not in cells:
            return None
        return cell_of(table, number, columns[key], cells[key], self.problems)


@dataclass(frozen=True, slots=True)
class Electricity:
    """The mean price [VND/MWh] of a load over its hours, and what it rests on."""

    price: float
    decision: str
    origin: Text
    is_verified: bool


def electricity_price(
    given: Given, factors: Factors, problems: Problems, where: Mapping[str, Place], sheet: Place
) -> Electricity | None:
    """Return the price by the tariff of the voltage over the hours it runs; None: not to be told.

    Six days have peak hours; the seventh is a Sunday.
    """
    missing = [
        column
        for column in GIVEN
        if column.key in ("voltage", "start", "end") and getattr(given, column.key) is None
    ]
    if missing or given.voltage is None or given.start is None or given.end is None:
        listed = Text(
            "; ".join(column.name.vi for column in missing),
            "; ".join(column.name.en for column in missing),
        )
        place = where.get(missing[0].key, sheet) if missing else sheet
        problems.add("no_tariff_inputs", place, missing=listed)
        return None
    on = given.tariff_on or dt.date(given.first_year, 12, 31)
    try:
        tariff = factors.tariff(on, given.voltage)
    except InputError as error:
        place = where.get("tariff_on", sheet)
        for problem in error.problems:
            problems.add("cell", place, what=problem.message, cure=problem.cure)
        return None
    weekday = on if on.weekday() < _WORKING_WEEK else on - dt.timedelta(days=1)
    bands = factors.bands_on(weekday)
    sundays = max(0, given.days - _WORKING_WEEK)
    week = [
        (hours_of_day(bands, given.start, given.end), given.days - sundays),
        (hours_of_day([b for b in bands if b.on_sundays], given.start, given.end), sundays),
    ]
    hours = Hours(
        sum(day.normal * n for day, n in week),
        sum(day.off_peak * n for day, n in week),
        sum(day.peak * n for day, n in week),
    )
    verified = tariff.verified and all(band.verified for band in bands)
    times = f"{given.start:%H:%M}–{given.end:%H:%M}"
    decisions = "; ".join(dict.fromkeys([tariff.decision, *(band.decision for band in bands)]))
    return Electricity(
        mean_price(tariff, hours) * _PER_KWH,
        tariff.decision,
        Text(
            f"{decisions}, {given.voltage}, {times}, {given.days} ngày một tuần",
            f"{decisions}, {given.voltage}, {times}, {given.days} days a week",
        ),
        verified,
    )
