"""The list of measures, line by line; a line without a name adds to the one above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sinhthai.factors.lookup import Factors
from sinhthai.finance.workbook.carriers import WATER, Named, base_units, carrier_of, material
from sinhthai.finance.workbook.cells import Cell, cell_of
from sinhthai.finance.workbook.columns import LIST, MONEY
from sinhthai.finance.workbook.grids import Table
from sinhthai.finance.workbook.messages import Problems
from sinhthai.finance.workbook.model import Given
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError

_COLUMNS = {column.key: column for column in LIST}
_MONEY = ("investment", "other_saving", "running_cost", "grant", "salvage")
_ADDS = frozenset(
    {"fuel", "fuel_quantity", "fuel_unit", "material", "material_quantity", "material_price"}
)
_SAVES = _ADDS | {"electricity", "water", "wastewater", "other_saving"}
ELECTRICITY = Named("electricity", Text("điện", "electricity"), "MWh")
_KWH = 1e-3
_WATER = Named(WATER, Text("nước cấp", "water"), "m**3")
_WASTEWATER = Named("wastewater", Text("nước thải", "wastewater"), "m**3")
_METERED = (("electricity", ELECTRICITY, _KWH), ("water", _WATER, 1.0),
            ("wastewater", _WASTEWATER, 1.0))  # fmt: skip


@dataclass(slots=True)
class Draft:
    """One measure as its lines say it."""

    name: str
    key: str
    """The name however it is spelt."""
    row: int
    investment: float = 0.0
    life: int = 1
    savings: dict[str, float] = field(default_factory=dict)
    prices: dict[str, float] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    money: dict[str, float] = field(default_factory=dict)
    co2e: float | None = None
    use: str = ""
    share: float | None = None
    excludes: list[str] = field(default_factory=list)
    names_saving: bool = False
    """Some cell says what is saved, be it wrong."""


@dataclass(slots=True)
class MeasureRows:
    """Reads the lines one after the other; ``named`` collects every carrier met."""

    table: Table
    factors: Factors
    given: Given
    problems: Problems
    named: dict[str, Named] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    _fuels: dict[str, Named | InputError] = field(default_factory=dict)
    _factors: dict[tuple[str, str], float | Exception] = field(default_factory=dict)

    def read(self) -> list[Draft]:
        """Return the measures in the order of the sheet."""
        rows: dict[str, int] = {}
        for number, cells in self.table.rows():
            said = cells.get("name")
            if said is None or not str(said).strip():
                self._add_to_last(number, cells)
                continue
            name = " ".join(str(said).split())
            key = fold(name)
            if key in rows:
                place = self.table.place(number, "name")
                self.problems.add("name_twice", place, name=name, row=rows[key] + 1)
                continue
            rows[key] = number
            draft = Draft(name, key, number)
            self.drafts.append(draft)
            self._fill(draft, number, cells)
        if not self.drafts:
            place = self.table.grid.place(self.table.head + 1, 0)
            self.problems.add("no_measures", place)
        return self.drafts

    def _add_to_last(self, number: int, cells: Mapping[str, object]) -> None:
        if not self.drafts or not cells.keys() <= _ADDS:
            self.problems.add("no_name", self.table.place(number, "name"))
            return
        self._fuel(self.drafts[-1], number, cells)
        self._material(self.drafts[-1], number, cells)

    def _fill(self, draft: Draft, number: int, cells: Mapping[str, object]) -> None:
        for key in ("investment", "life"):
            if key not in cells:
                place = self.table.place(number, key)
                self.problems.add("empty", place, name=_COLUMNS[key].name)
        size = self._size(number, cells)
        for key in _MONEY:
            if (cell := self._cell(number, key, cells)) is not None:
                draft.cells[key] = cell
                draft.money[key] = cell.money(size) or 0.0
        draft.investment = draft.money.get("investment", 0.0)
        if draft.money.get("grant", 0.0) > draft.investment:
            high = _COLUMNS["investment"].name
            self.problems.add(
                "share_out",
                draft.cells["grant"].place,
                name=_COLUMNS["grant"].name,
                low=0,
                high=high,
            )
        if (cell := self._cell(number, "life", cells)) is not None:
            draft.life = cell.whole(1, 100) or 1
        for key, carrier, per_unit in _METERED:
            if (cell := self._cell(number, key, cells)) is not None:
                value = cell.quantity()
                if value is not None:
                    self._save(draft, carrier, value * per_unit, cell)
        self._fuel(draft, number, cells)
        self._material(draft, number, cells)
        if (cell := self._cell(number, "co2e", cells)) is not None:
            draft.co2e = cell.quantity()
        if (cell := self._cell(number, "share", cells)) is not None:
            draft.cells["share"] = cell
            draft.share = cell.share(0.0, 1.0)
        draft.names_saving = not _SAVES.isdisjoint(cells)
        if "use" in cells:
            draft.use = " ".join(str(cells["use"] or "").split())
        if "excludes" in cells:
            names = str(cells["excludes"] or "").replace("\n", ";").split(";")
            draft.excludes = [" ".join(name.split()) for name in names if name.strip()]

    def _size(self, number: int, cells: Mapping[str, object]) -> float:
        cell = self._cell(number, "money", cells)
        chosen = cell.choice() if cell is not None else None
        return MONEY[chosen][1] if chosen else 1.0

    def _fuel(self, draft: Draft, number: int, cells: Mapping[str, object]) -> None:
        keys = ("fuel", "fuel_quantity", "fuel_unit")
        said = [key for key in keys if key in cells]
        if not said:
            return
        for key in keys:
            if key not in cells:
                self.problems.add(
                    "pair",
                    self.table.place(number, key),
                    one=_COLUMNS[said[0]].name,
                    other=_COLUMNS[key].name,
                )
                return
        name, quantity, unit = (self._cell(number, key, cells) for key in keys)
        if name is None or quantity is None or unit is None:
            return
        carrier = self._carrier(str(name.raw), name)
        value = quantity.number()
        if carrier is None or value is None:
            return
        per_unit = self._base(str(unit.raw).strip(), carrier, unit)
        if per_unit is not None:
            self._save(draft, carrier, value * per_unit, quantity)

    def _material(self, draft: Draft, number: int, cells: Mapping[str, object]) -> None:
        keys = ("material", "material_quantity")
        said = [key for key in (*keys, "material_price") if key in cells]
        if not said:
            return
        for key in keys:
            if key not in cells:
                place = self.table.place(number, key)
                one, other = _COLUMNS[said[0]].name, _COLUMNS[key].name
                self.problems.add("pair", place, one=one, other=other)
                return
        cell = self._cell(number, "material_quantity", cells)
        quantity = cell.quantity() if cell is not None else None
        if cell is None or quantity is None:
            return
        carrier = material(str(cells["material"]))
        before = draft.savings.get(carrier.id, 0.0)
        self._save(draft, carrier, quantity, cell)
        priced = self._cell(number, "material_price", cells)
        price = priced.price() if priced is not None else None
        if price is not None:
            total = draft.savings[carrier.id]
            known = draft.prices.get(carrier.id, price)
            mean = (before * known + quantity * price) / total if before and total else price
            draft.prices[carrier.id] = mean

    def _save(self, draft: Draft, carrier: Named, quantity: float, cell: Cell) -> None:
        self.named.setdefault(carrier.id, carrier)
        draft.savings[carrier.id] = draft.savings.get(carrier.id, 0.0) + quantity
        draft.cells.setdefault(carrier.id, cell)
        if quantity < 0:
            self.problems.add("more_used", cell.place, name=draft.name, carrier=carrier.name)

    def _carrier(self, said: str, cell: Cell) -> Named | None:
        if said not in self._fuels:
            try:
                self._fuels[said] = carrier_of(said, self.factors)
            except InputError as error:
                self._fuels[said] = error
        found = self._fuels[said]
        if isinstance(found, InputError):
            for problem in found.problems:
                cell.wrong(problem.message, problem.cure)
            return None
        return found

    def _base(self, written: str, carrier: Named, cell: Cell) -> float | None:
        key = (written, carrier.id)
        if key not in self._factors:
            year, policy = self.given.year_of_factors, self.given.policy
            try:
                self._factors[key] = base_units(written, carrier, self.factors, year, policy)
            except (UnitError, InputError) as error:
                self._factors[key] = error
        found = self._factors[key]
        if isinstance(found, UnitError):
            cell.wrong(found.message, found.cure)
        elif isinstance(found, InputError):
            for problem in found.problems:
                cell.wrong(problem.message, problem.cure)
        return found if isinstance(found, float) else None

    def _cell(self, number: int, key: str, cells: Mapping[str, object]) -> Cell | None:
        if key not in cells:
            return None
        return cell_of(self.table, number, _COLUMNS[key], cells[key], self.problems)
