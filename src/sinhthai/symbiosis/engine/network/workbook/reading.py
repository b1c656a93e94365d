"""Read a park's workbook into a :class:`Network`, with every problem at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.network.check import check
from sinhthai.symbiosis.engine.network.links import candidate_links
from sinhthai.symbiosis.engine.network.network import (
    Accept,
    Choice,
    Link,
    Material,
    Mode,
    Network,
    Output,
    Sink,
    Source,
    Spot,
    Treatment,
)
from sinhthai.symbiosis.engine.network.workbook import sheets
from sinhthai.symbiosis.engine.network.workbook.cells import (
    READERS,
    Refused,
    Scale,
    base_unit,
    number,
    text,
    yes,
)
from sinhthai.symbiosis.engine.network.workbook.grids import Grid, find_grid, open_book
from sinhthai.symbiosis.engine.network.workbook.sheets import Sheet

_PIPE = {"duong ong", "ong", "pipe"}
_TRUCK = {"xe tai", "xe", "truck"}


def read_park(content: bytes, file: str) -> Network:
    """Return the network of the workbook *content*; *file* is its name, for the problems.

    Without a filled sheet of links every link the materials, places and ways of carrying allow is
    made.

    Raises
    ------
    InputError : every problem of the workbook, each with sheet, cell and cure.
    """
    return _Reader(content, file).network()


class _Reader:
    def __init__(self, content: bytes, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.places: dict[tuple[str, str], Place] = {}
        book, titles = open_book(content, file)
        self.grids = {
            sheet.key: find_grid(book, titles, file, sheet, self.problems)
            for sheet in sheets.SHEETS
        }

    def network(self) -> Network:
        materials = self._materials()
        units = {material.id: material.unit for material in materials}
        network = Network(
            materials=materials,
            sources=tuple(self._sources(units)),
            sinks=tuple(self._sinks(units)),
            modes=tuple(self._modes()),
            links=tuple(self._links()),
            treatments=tuple(self._treatments(units)),
            choices=tuple(self._choices()),
            **self._general(),
        )
        if not network.links and not self.problems:
            network = replace(network, links=candidate_links(network))
        self.problems += check(network, self._where)
        if self.problems:
            raise InputError(self.problems)
        return network

    def _where(self, name: str, field: str) -> Place:
        return self.places.get((name, field)) or self.places.get((name, "id")) or Place(self.file)

    def _rows(self, sheet: Sheet, units: dict[str, str] | None = None) -> Iterator[dict[str, Any]]:
        """Yield the filled fields of each row; a cell that cannot be read is a problem."""
        grid = self.grids[sheet.key]
        if grid is None:
            return
        for at, row in grid.rows:
            values = self._row(sheet, grid, at, row, units)
            if values is not None:
                yield values

    def _row(
        self,
        sheet: Sheet,
        grid: Grid,
        at: int,
        row: Sequence[Any],
        units: dict[str, str] | None,
    ) -> dict[str, Any] | None:
        raw = {
            key: row[column]
            for key, column in grid.columns.items()
            if column < len(row) and row[column] not in ("", None)
        }
        scale = _scale(raw, units)
        values: dict[str, Any] = {}
        whole = True
        for field in sheet.fields:
            place = grid.place(at, field.key)
            if field.key not in raw:
                if field.needed:
                    whole = False
                    self.problems.append(_blank(field.name, place))
                continue
            try:
                if field.kind == "quantity":
                    values[field.key] = scale.quantity(raw[field.key])
                elif field.kind == "per_unit":
                    values[field.key] = scale.per_unit(raw[field.key])
                else:
                    values[field.key] = READERS[field.kind](raw[field.key])
            except Refused as refused:
                whole = False
                self.problems.append(refused.at(place))
        name = (
            values.get("id") or values.get("name") or f"{values.get('tail')}>{values.get('head')}"
        )
        for key in grid.columns:
            self.places.setdefault((name, key), grid.place(at, key))
        self.places.setdefault((name, "id"), grid.place(at))
        for key in ("lat", "spot"):
            self.places.setdefault((name, key), grid.place(at, "lat"))
        return values if whole else None

    def _general(self) -> dict[str, Any]:
        grid = self.grids["general"]
        known = {
            fold(words): key
            for key, name in sheets.GENERAL_ENTRIES.items()
            for words in (name.vi, name.en)
        }
        found: dict[str, Any] = {}
        for at, row in grid.rows if grid else ():
            lines = text(row[grid.columns["key"]]) if grid else ""
            raw = row[grid.columns["value"]] if grid and grid.columns["value"] < len(row) else None
            parts = [part for line in str(lines).split("|") for part in [fold(line)]]
            key = next((known[part] for part in parts if part in known), None)
            if key is None or raw in ("", None) or grid is None:
                continue
            self.places["network", key] = grid.place(at, "value")
            try:
                if key == "name":
                    found[key] = text(raw)
                elif key == "invented":
                    found[key] = yes(raw)
                else:
                    found[key] = number(raw)
            except Refused as refused:
                self.problems.append(refused.at(grid.place(at, "value")))
        return found

    def _materials(self) -> tuple[Material, ...]:
        found = []
        for row in self._rows(sheets.MATERIALS):
            try:
                unit = base_unit(row.pop("unit"))
            except Refused as refused:
                self.problems.append(refused.at(self._where(row["id"], "unit")))
                unit = ""
            found.append(Material(unit=unit, **row))
        return tuple(found)

    def _sources(self, units: dict[str, str]) -> Iterator[Source]:
        for row in self._rows(sheets.SOURCES, units):
            row.pop("unit", None)
            yield Source(spot=_spot(row), **row)

    def _sinks(self, units: dict[str, str]) -> Iterator[Sink]:
        for row in self._rows(sheets.SINKS, units):
            row.pop("unit", None)
            accepts = _accepts(row.pop("accepts"))
            yield Sink(accepts=accepts, spot=_spot(row), **row)

    def _treatments(self, units: dict[str, str]) -> Iterator[Treatment]:
        for row in self._rows(sheets.TREATMENTS, units):
            row.pop("unit", None)
            accepts = _accepts(row.pop("accepts"))
            shared = {key: row.pop(key) for key in ("qualities", "removal") if key in row}
            disposal = row.pop("disposal", 0.0)
            outputs = tuple(
                Output("" if name == "=" else name, ratio, disposal, **shared)
                for name, ratio in row.pop("outputs")
            )
            yield Treatment(accepts=accepts, outputs=outputs, spot=_spot(row), **row)

    def _modes(self) -> Iterator[Mode]:
        for row in self._rows(sheets.MODES):
            written = row.pop("vehicle")
            vehicle = fold(written)
            if vehicle not in _PIPE | _TRUCK:
                self.problems.append(_vehicle(written, self._where(row["id"], "vehicle")))
            if "unit_cost" in row:
                row["unit"] = row.pop("unit_cost")
            yield Mode(vehicle="pipe" if vehicle in _PIPE else "truck", **row)

    def _links(self) -> Iterator[Link]:
        for row in self._rows(sheets.LINKS):
            yield Link(**row)

    def _choices(self) -> Iterator[Choice]:
        for row in self._rows(sheets.CHOICES):
            if "most" in row:
                row["most"] = int(row["most"])
            yield Choice(**row)


def _scale(raw: dict[str, Any], units: dict[str, str] | None) -> Scale:
    """Return the scale of a row: the unit it states, and that of its (first) material."""
    if units is None:
        return Scale("", "")
    listed = text(raw.get("material") or raw.get("accepts")).split(";")[0]
    return Scale(text(raw.get("unit")), units.get(listed.split(":")[0].strip(), ""))


def _accepts(parts: tuple[tuple[str, float], ...]) -> tuple[Accept, ...]:
    return tuple(Accept(material, ratio) for material, ratio in parts)


def _spot(row: dict[str, Any]) -> Spot | None:
    lat, lon = row.pop("lat", None), row.pop("lon", None)
    return None if lat is None or lon is None else Spot(lat, lon)


def _blank(name: Text, place: Place) -> Problem:
    return Problem(
        "blank",
        Text("Chưa điền “{name}”.", "“{name}” is blank.").format(name=name),
        Text("Điền ô này, hoặc xóa cả hàng.", "Fill in the cell, or delete the row."),
        place,
    )


def _vehicle(written: str, place: Place) -> Problem:
    return Problem(
        "vehicle",
        Text("“{w}” không phải xe tải hay đường ống.", "“{w}” is neither truck nor pipe.").format(
            w=written
        ),
        Text("Ghi: xe tải hoặc đường ống.", "Write: truck or pipe."),
        place,
    )
