"""One row of a sheet as an activity of the engine, or as problems with its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from sinhthai.carbon.engine.kinds import choices_of
from sinhthai.carbon.engine.model import Activity, Kind, Scope
from sinhthai.carbon.workbook.cells import (
    Quantity,
    Refused,
    plain,
    read_parameter,
    read_quantity,
    read_uncertainty,
    read_year,
    shown,
    split_unit,
)
from sinhthai.carbon.workbook.columns import COLUMNS, GROUPS, PARAMETERS, Parameter, by_kind
from sinhthai.carbon.workbook.grids import Sheet
from sinhthai.carbon.workbook.messages import told
from sinhthai.carbon.workbook.words import (
    CATEGORIES,
    KINDS,
    SCOPES,
    both,
    category_of,
    kind_of,
    nearest,
)
from sinhthai.factors.lookup import Factors, UnknownActivity
from sinhthai.foundation.absence import Absence
from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text, fold

Made = TypeVar("Made")
_ASSUMED: Mapping[Kind, str] = {"electricity": "electricity", "wastewater": "wastewater"}
"""What is meant where a line of the kind does not say."""
_COMMON = frozenset(column.key for column in COLUMNS)
_NAMES: dict[str, Text] = {}
for _one in PARAMETERS:
    _NAMES.setdefault(_one.key, _one.name)
_LIST = Text("; ".join(n.vi for n in KINDS.values()), "; ".join(n.en for n in KINDS.values()))


class RowReader:
    """Reads the rows of one sheet; what was understood once is remembered."""

    def __init__(
        self, sheet: Sheet, factors: Factors, year: int | None, problems: list[Problem]
    ) -> None:
        self.sheet, self.factors, self.year, self.problems = sheet, factors, year, problems
        self._kind_of_sheet = _kind_of_sheet(sheet.name)
        self._parameters = tuple(key for key in sheet.columns if key not in _COMMON)
        self._seen: dict[tuple[str, str, str], object] = {}
        self._fits: dict[Kind, frozenset[str]] = {}

    def read(self, number: int, row: list[object]) -> Activity | None:
        """Return the activity of a row; None where it is refused, or said not to apply."""
        before = len(self.problems)
        kind = self._kind(number, row)
        year = self._read(number, row, "year", read_year)
        if year is None and before == len(self.problems):
            year = self.year
            if year is None:
                self.problems.append(told("no-year", self.sheet.place(number, "year")))
        if kind is None:
            return None
        what = self._what(number, row, kind)
        quantity = self._read(number, row, "quantity", read_quantity) or Quantity(None)
        if quantity.absence is Absence.NOT_APPLICABLE:
            place = self.sheet.place(number)
            name = self._name(what) if what else KINDS[kind]
            self.problems.append(told("not-applicable", place, what=name))
            return None
        value, unit = self._unit(number, row, kind, what, quantity)
        category = self._category(number, row, kind)
        scope = self._scope(number, row, kind)
        uncertainty = self._read(
            number, row, "uncertainty",
            lambda raw: read_uncertainty(raw, _maybe_percent(raw)
                                         and self.sheet.shows_percent(number, "uncertainty")),
        )  # fmt: skip
        parameters = self._stated(number, row, kind)
        if any(one.severity == "error" for one in self.problems[before:]):
            return None
        assert what is not None
        assert year is not None
        return Activity(
            subject=self._text(row, "subject"),
            year=year,
            line=self._text(row, "line") or f"{self.sheet.name}:{number + 1}",
            kind=kind,
            what=what,
            quantity=value,
            unit=unit,
            scope=scope,
            category=category,
            parameters=parameters,
            uncertainty=uncertainty,
            supplier=self._text(row, "supplier"),
            note=self._text(row, "note"),
            place=self.sheet.place(number),
        )

    def _cell(self, row: list[object], key: str) -> object:
        column = self.sheet.columns.get(key)
        return "" if column is None else row[column]

    def _text(self, row: list[object], key: str) -> str:
        return plain(self._cell(row, key))

    def _read(
        self, number: int, row: list[object], key: str, read: Callable[[object], Made]
    ) -> Made | None:
        """Read a cell; what is wrong with it is told, and nothing returned."""
        if key not in self.sheet.columns:
            return None
        raw = self._cell(row, key)
        if raw in ("", None) or raw.__class__ is str:
            broken = self.sheet.error_of(number, key)
            if broken is not None:
                self.problems.append(broken)
                return None
        try:
            return read(raw)
        except Refused as refused:
            self._tell(refused.code, number, key, **refused.values)
            return None

    def _tell(self, code: str, number: int, key: str, **values: object) -> None:
        self.problems.append(told(code, self.sheet.place(number, key), **values))

    def _remember(self, table: str, key: str, more: str, make: Callable[[], Made]) -> Made:
        at = (table, key, more)
        if at not in self._seen:
            self._seen[at] = make()
        return self._seen[at]  # type: ignore[return-value]

    def _kind(self, number: int, row: list[object]) -> Kind | None:
        written = self._text(row, "kind")
        if not written:
            if self._kind_of_sheet is None:
                self._tell("no-kind", number, "kind", known=_LIST)
            return self._kind_of_sheet
        kind = self._remember("kind", written, "", lambda: kind_of(written))
        if kind is None:
            self._tell("unknown-kind", number, "kind", raw=shown(written), known=_LIST)
        return kind

    def _what(self, number: int, row: list[object], kind: Kind) -> str | None:
        written = self._text(row, "what")
        if not written:
            if kind in _ASSUMED:
                return _ASSUMED[kind]
            self._tell("no-what", number, "what")
            return None
        if kind == "other":
            return written
        found = self._remember("what", written, "", lambda: self._activity(written))
        if isinstance(found, Problem):
            place = self.sheet.place(number, "what")
            self.problems.append(Problem(found.code, found.message, found.cure, place))
            return None
        if found not in self._known(kind):
            self._tell("does-not-fit", number, "what", what=self._name(found), kind=KINDS[kind])
            return None
        return found

    def _activity(self, written: str) -> str | Problem:
        try:
            return self.factors.activity_of(written).id
        except UnknownActivity as error:
            vi, _, en = written.partition(" · ")
            if en:
                return self._activity(vi)
            return error.problems[0]

    def _known(self, kind: Kind) -> frozenset[str]:
        if kind not in self._fits:
            self._fits[kind] = frozenset(one.id for one in choices_of(kind, self.factors))
        return self._fits[kind]

    def _name(self, what: str) -> Text:
        known = self.factors.activities.get(what)
        return known.name if known else Text(what, what)

    def _unit(
        self, number: int, row: list[object], kind: Kind, what: str | None, quantity: Quantity
    ) -> tuple[float | None, str]:
        written = self._text(row, "unit")
        multiple, unit = self._remember("unit", written, "", lambda: split_unit(written))
        if quantity.unit and written and fold(quantity.unit) != fold(written):
            self._tell("two-units", number, "unit", one=quantity.unit, other=written)
        if not unit:
            multiple, unit = split_unit(quantity.unit or self.sheet.quantity_unit)
        known = self.factors.activities.get(what or "")
        base = known.unit.replace("**", "") if known else "t"
        if not unit and quantity.value is not None and kind != "other":
            self._tell("no-unit", number, "unit", unit=base)
        value = quantity.value
        if value is not None and multiple != 1.0:
            value *= multiple
        return value, unit or base

    def _category(self, number: int, row: list[object], kind: Kind) -> str:
        written = self._text(row, "category")
        if not written:
            return ""
        if kind == "heat":  # the fuel it is made from
            fuel = self._remember("what", written, "", lambda: self._activity(written))
            if not isinstance(fuel, Problem):
                return fuel
            self._tell("unknown-category", number, "category", raw=shown(written),
                       kind=KINDS[kind], cure=fuel.cure)  # fmt: skip
            return ""
        found = self._remember("category", written, kind, lambda: category_of(kind, written))
        if found is None:
            known = CATEGORIES.get(kind, {})
            near = nearest(written, known.values()) or list(known.values())
            cure = Text("Để trống cột này.", "Leave the cell empty.")
            if near:
                cure = Text(
                    "Chọn: " + "; ".join(name.vi for name in near) + ".",
                    "Choose: " + "; ".join(name.en for name in near) + ".",
                )
            self._tell("unknown-category", number, "category", raw=shown(written),
                       kind=KINDS[kind], cure=cure)  # fmt: skip
        return found or ""

    def _scope(self, number: int, row: list[object], kind: Kind) -> Scope:
        allowed = SCOPES[kind]
        word = fold(self._text(row, "scope")).removeprefix("pham vi").removeprefix("scope").strip()
        if not word:
            return allowed[0]
        for scope in allowed:
            if word == str(scope):
                return scope
        listed = " / ".join(str(scope) for scope in allowed)
        self._tell("scope", number, "scope", raw=shown(word), kind=KINDS[kind], allowed=listed)
        return allowed[0]

    def _stated(self, number: int, row: list[object], kind: Kind) -> dict[str, float]:
        stated = {}
        meant: Mapping[str, Parameter] | None = None
        for key in self._parameters:
            raw = row[self.sheet.columns[key]]
            if raw in ("", None) and not self.sheet.container.sheets[self.sheet.name].errors:
                continue
            if meant is None:
                meant = by_kind(kind)
            if key not in meant:
                if raw not in ("", None):
                    self._tell("parameter-unused", number, key,
                               name=_NAMES[key], kind=KINDS[kind])  # fmt: skip
                continue
            one = meant[key]
            value = self._read(number, row, key, partial(read_parameter, one))
            if value is not None:
                stated[key] = value
        return stated


def _kind_of_sheet(name: str) -> Kind | None:
    """Return the one kind a sheet of the template holds."""
    for group in GROUPS:
        named = {fold(group.name.vi), fold(group.name.en), fold(both(group.name))}
        if fold(name) in named and len(group.kinds) == 1:
            return group.kinds[0]
    return None


def _maybe_percent(raw: object) -> bool:
    return isinstance(raw, float) and 0 < raw <= 10
