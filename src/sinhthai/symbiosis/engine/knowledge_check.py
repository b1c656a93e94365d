"""Build the knowledge base from its three files, and say everything that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar, cast

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.knowledge_limits import read_limits
from sinhthai.symbiosis.engine.knowledge_model import (
    CONFIDENCES,
    FROM_MEMORY,
    GROUPS,
    HAZARDS,
    MEDIA,
    USES,
    Confidence,
    Knowledge,
    Material,
    Medium,
    Parameter,
    Span,
    Substitution,
    Unit,
    Use,
)
from sinhthai.symbiosis.engine.knowledge_problems import problem
from sinhthai.symbiosis.engine.knowledge_table import Row, Table, read_rows, report_repeats
from sinhthai.symbiosis.engine.streams import STATES, UNITS

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "parameters.csv": ("code", "name_vi", "name_en", "unit", "low", "high"),
    "materials.csv": (
        *("id", "name_vi", "name_en", "unit", "state", "family", "medium"),
        *("synonyms_vi", "synonyms_en", "ewc", "vn", "group", "hazard", "hs"),
        *("source", "verified"),
    ),
    "substitutions.csv": (
        *("id", "offer", "need", "use", "receivers", "givers"),
        *("treatment_vi", "treatment_en", "treatment_cost", "limits"),
        *("replaces_vi", "replaces_en", "ratio_low", "ratio", "ratio_high"),
        *("co2_low", "co2_mid", "co2_high", "value_low", "value_mid", "value_high"),
        *("reach_km", "source", "confidence", "verified", "note_vi", "note_en"),
    ),
}
"""The files of the knowledge base, in the order they are read, and their columns."""

PARAMETER_UNITS: Final = (
    *("1", "percent", "mg/L", "g/L", "mg/kg", "mg/m**3", "kg/m**3"),
    *("degC", "bar", "MJ/kg", "MJ/m**3", "uS/cm", "mm", "m**2/kg", "MPa"),
)
"""Units a parameter may have: pint expressions, all known to ``foundation.units``."""

_ID = re.compile(r"[a-z0-9]+(--?[a-z0-9]+)*")
_UNITS_OF_MEDIUM: Final[Mapping[str, tuple[str, ...]]] = {
    "solid": ("t",),
    "sludge": ("t",),
    "liquid": ("t", "m**3"),
    "water": ("m**3",),
    "gas": ("t", "m**3", "MWh"),
    "heat": ("MWh",),
}
_UNIT_OF_USE: Final = {"irrigation": "m**3", "process_water": "m**3", "heat": "MWh"}
_EWC: Final = ("EWC (2000/532/EC)", (2, 4, 6))
_VN: Final = ("02/2022/TT-BTNMT", (2, 4, 6))
_HS: Final = ("HS", (4, 6, 8))
_VSIC: Final = ("VSIC/ISIC", (2, 3, 4))

_Built = TypeVar("_Built", Material, Parameter, Substitution)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the files say and what is wrong with them; use the knowledge only without problems."""

    knowledge: Knowledge
    problems: tuple[Problem, ...]


def check_folder(folder: Path) -> list[Problem]:
    """Return every problem of the knowledge base in *folder*, in the order of files and lines."""
    return list(check(contents_of(folder)).problems)


def contents_of(folder: Path) -> dict[str, bytes]:
    """Return the files of the knowledge base that *folder* has, by name."""
    paths = ((name, folder / name) for name in COLUMNS)
    return {name: path.read_bytes() for name, path in paths if path.is_file()}


def check(files: Mapping[str, bytes]) -> Checked:
    """Return the knowledge base of the *files* (by name) with all that is wrong with it."""
    tables = {name: _table(name, files) for name in COLUMNS}
    of_parameters, of_materials, of_substitutions = tables.values()
    parameters = _by_id(of_parameters.rows, "code", [_parameter(r) for r in of_parameters.rows])
    materials = _by_id(of_materials.rows, "id", [_material(r) for r in of_materials.rows])
    _report_shared_names(of_materials.rows, materials)
    built = [_substitution(row, materials, parameters) for row in of_substitutions.rows]
    substitutions = _by_id(of_substitutions.rows, "id", built)
    _report_repeated_rules(of_substitutions.rows)
    knowledge = Knowledge(
        materials=MappingProxyType(materials),
        parameters=MappingProxyType(parameters),
        substitutions=MappingProxyType(substitutions),
        by_offer=_grouped(substitutions.values(), "offer"),
        by_need=_grouped(substitutions.values(), "need"),
        hash=_digest(tables),
    )
    # An id may stand in a row that could not be read: only a whole table can lack it.
    unsure = {
        code
        for code, table in (
            ("parameter-unknown", of_parameters),
            ("material-unknown", of_materials),
        )
        if not table.is_whole
    }
    problems = [
        found
        for table in tables.values()
        for found in sorted(table.problems, key=lambda found: found.place.line or 0)
        if found.code not in unsure
    ]
    return Checked(knowledge, tuple(problems))


def _table(name: str, files: Mapping[str, bytes]) -> Table:
    if name in files:
        return read_rows(name, files[name], COLUMNS[name])
    missing = problem("file-missing", Place(file=name), file=name)
    return Table(problems=[missing], is_whole=False)


def _by_id(rows: list[Row], column: str, built: list[_Built]) -> dict[str, _Built]:
    report_repeats(rows, column)
    return {row.cells[column]: one for row, one in zip(rows, built, strict=True)}


def _grouped(
    substitutions: Iterable[Substitution], end: str
) -> Mapping[str, tuple[Substitution, ...]]:
    groups: dict[str, list[Substitution]] = {}
    for substitution in substitutions:
        groups.setdefault(getattr(substitution, end), []).append(substitution)
    return MappingProxyType({material: tuple(group) for material, group in groups.items()})


def _digest(tables: Mapping[str, Table]) -> str:
    """Return a digest of the cells that neither the order of rows nor of columns changes."""
    digest = sha256()
    for name, table in tables.items():
        digest.update(name.encode())
        for line in sorted("\x1f".join(cells) for cells in table.cells):
            digest.update(b"\x1e" + line.encode())
    return digest.hexdigest()


def _id(row: Row, column: str) -> str:
    written = row.text(column)
    if written and not _ID.fullmatch(written):
        row.report("id-bad", column, found=written)
    return written


def _codes(row: Row, column: str, kind: tuple[str, tuple[int, ...]]) -> tuple[str, ...]:
    name, lengths = kind
    codes = row.words(column)
    for code in codes:
        if len(code) not in lengths or not (code.isascii() and code.isdigit()):
            counts = ", ".join(map(str, lengths[:-1]))
            digits = Text(f"{counts} hoặc {lengths[-1]}", f"{counts} or {lengths[-1]}")
            row.report("code-bad", column, found=code, list=name, digits=digits)
    return codes


def _source(row: Row) -> tuple[str, bool]:
    source, verified = row.text("source"), row.flag("verified")
    if verified and FROM_MEMORY in source.lower():
        row.report("verified-from-memory", "verified")
    return source, verified


def _parameter(row: Row) -> Parameter:
    unit = row.text("unit")
    if unit and unit not in PARAMETER_UNITS:
        row.report("parameter-unit", "unit", found=unit, allowed=", ".join(PARAMETER_UNITS))
    low, high = row.number("low"), row.number("high")
    if low is not None and high is not None and low >= high:
        row.report("range-upside-down", "low", low=row.cells["low"], high=row.cells["high"])
    return Parameter(_id(row, "code"), row.both("name", required=True), unit, low, high)


def _material(row: Row) -> Material:
    unit = row.word("unit", UNITS)
    medium = row.word("medium", MEDIA)
    if unit in UNITS and unit not in _UNITS_OF_MEDIUM.get(medium, UNITS):
        row.report("unit-of-medium", "unit", medium=medium, unit=unit)
    for column in ("synonyms_vi", "synonyms_en"):
        if not row.cells[column]:
            row.report("synonym-missing", column, column=column)
    source, verified = _source(row)
    return Material(
        id=_id(row, "id"),
        name=row.both("name", required=True),
        unit=cast(Unit, unit),
        state=row.word("state", STATES),
        family=_id(row, "family"),
        medium=cast(Medium, medium),
        synonyms_vi=row.words("synonyms_vi"),
        synonyms_en=row.words("synonyms_en"),
        ewc=_codes(row, "ewc", _EWC),
        vn=_codes(row, "vn", _VN),
        group=row.word("group", GROUPS, required=False),
        hazard=row.word("hazard", HAZARDS, required=False),
        hs="".join(_codes(row, "hs", _HS)[:1]),
        source=source,
        verified=verified,
    )


def _report_shared_names(rows: list[Row], materials: Mapping[str, Material]) -> None:
    """Report names and synonyms that, folded, two materials claim: a stream could be either."""
    owner: dict[str, str] = {}
    for row in rows:
        mine = row.cells["id"]
        for column in ("name_vi", "name_en", "synonyms_vi", "synonyms_en"):
            for name in row.words(column) if column.startswith("syn") else (row.cells[column],):
                other = owner.setdefault(fold(name), mine)
                if name and other != mine and other in materials:
                    row.report("synonym-shared", column, found=name, other=other)


def _end(row: Row, column: str, materials: Mapping[str, Material]) -> Material | None:
    written = row.text(column)
    material = materials.get(written)
    if written and material is None:
        close = get_close_matches(written, materials, n=1)
        hint = f" ({close[0]}?)" if close else ""
        row.report("material-unknown", column, found=written, hint=hint)
    return material


def _span(row: Row, stem: str) -> Span | None:
    columns = (f"{stem}_low", f"{stem}_mid", f"{stem}_high")
    filled = [column for column in columns if row.cells[column]]
    if not filled:
        return None
    if len(filled) < len(columns):
        row.report("range-partial", columns[0], columns=", ".join(columns))
        return None
    numbers = [number for column in columns if (number := row.number(column)) is not None]
    if len(numbers) < len(columns):
        return None
    _report_disorder(row, columns[0], numbers)
    return Span(*numbers)


def _report_disorder(row: Row, column: str, numbers: list[float]) -> None:
    for low, high in pairwise(numbers):
        if low > high:
            row.report("range-upside-down", column, low=f"{low:.12g}", high=f"{high:.12g}")
            return


def _ratio(row: Row) -> tuple[float, float, float]:
    columns = ("ratio_low", "ratio", "ratio_high")
    numbers = [row.number(column, required=True) for column in columns]
    known = [number for number in numbers if number is not None]
    for column, number in zip(columns, numbers, strict=True):
        if number is not None and number <= 0:
            row.report("ratio-not-positive", column, found=row.cells[column])
    if len(known) < len(columns):
        return (1.0, 1.0, 1.0)
    _report_disorder(row, columns[0], known)
    return (known[0], known[1], known[2])


def _substitution(
    row: Row, materials: Mapping[str, Material], parameters: Mapping[str, Parameter]
) -> Substitution:
    offer, need = _end(row, "offer", materials), _end(row, "need", materials)
    if offer is not None and offer is need:
        row.report("replaces-itself", "need", found=offer.id)
    use = row.word("use", USES)
    if need is not None and need.unit != _UNIT_OF_USE.get(use, need.unit):
        row.report("use-of-unit", "use", use=use, unit=need.unit)
    ratio_low, ratio, ratio_high = _ratio(row)
    source, verified = _source(row)
    return Substitution(
        id=_id(row, "id"),
        offer=row.cells["offer"],
        need=row.cells["need"],
        use=cast(Use, use),
        receivers=_codes(row, "receivers", _VSIC),
        givers=_codes(row, "givers", _VSIC),
        treatment=row.both("treatment"),
        treatment_cost=row.amount("treatment_cost"),
        limits=read_limits(row, parameters),
        replaces=row.both("replaces", required=True),
        ratio=ratio,
        ratio_low=ratio_low,
        ratio_high=ratio_high,
        co2=_span(row, "co2"),
        value=_span(row, "value"),
        reach_km=row.amount("reach_km"),
        source=source,
        confidence=cast(Confidence, row.word("confidence", CONFIDENCES)),
        verified=verified,
        note=row.both("note"),
    )


def _report_repeated_rules(rows: list[Row]) -> None:
    first: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row.cells["offer"], row.cells["need"], row.cells["use"])
        line = first.setdefault(key, row.line)
        if line != row.line:
            row.report("rule-twice", "offer", first=line)
