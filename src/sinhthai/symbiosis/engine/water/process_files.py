"""Read processes, or sources and sinks, from a list in CSV or a workbook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sinhthai.foundation.numbers import NumberError, format_number, parse_amount
from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError
from sinhthai.symbiosis.engine.lists import (
    Row,
    find_heading,
    missing_headings,
    problem,
    raise_errors,
    read_grids,
    rows_below,
)
from sinhthai.symbiosis.engine.lists.units import in_base
from sinhthai.symbiosis.engine.water.processes import PPM, Process, Tap
from sinhthai.symbiosis.engine.water.words import COLUMNS, KIND_CHOICES, KINDS, LAYOUT

_AGREES = 1e-3  # share by which a stated load may differ from flow × rise, for rounding on paper


@dataclass(frozen=True, slots=True)
class WaterFile:
    """What a file of water users holds: processes, or sources and sinks; never both.

    ``contaminants`` are in the order of every process's entries, ("",) when unnamed. ``fresh``
    and ``cleaned`` [mg/L] are the concentrations of fresh water and of what a shared plant gives
    back, one a contaminant; ``cleaned`` is None when there is no plant.
    """

    contaminants: tuple[str, ...]
    fresh: tuple[float, ...]
    cleaned: tuple[float, ...] | None = None
    processes: tuple[Process, ...] = ()
    sources: tuple[Tap, ...] = ()
    sinks: tuple[Tap, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """The enterprises, in the order of the file."""
        owners = [process.owner for process in self.processes]
        owners += [tap.owner for tap in (*self.sources, *self.sinks)]
        return tuple(dict.fromkeys(owners))


@dataclass(slots=True)
class _Asked:
    """A process as its rows say, one entry a contaminant."""

    row: Row
    rows: dict[str, Row] = field(default_factory=dict)
    load: dict[str, float] = field(default_factory=dict)
    inlet: dict[str, float] = field(default_factory=dict)
    outlet: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Found:
    """What the rows hold, kept by (enterprise, name)."""

    processes: dict[tuple[str, str], _Asked] = field(default_factory=dict)
    taps: dict[tuple[str, str], tuple[str, Row, float, float]] = field(default_factory=dict)
    contaminants: dict[str, Row] = field(default_factory=dict)
    spelt: dict[str, str] = field(default_factory=dict)  # folded -> as first written


def read_water(file: str, data: bytes, *, fresh: str = "0", cleaned: str = "") -> WaterFile:
    """Return the water users of *data*.

    Parameters
    ----------
    file : its name, for messages.
    data : a CSV (UTF-8; comma, semicolon or tab), or a workbook.
    fresh, cleaned : concentration of fresh water, and of what a shared plant gives back ("":
        there is none), mg/L unless written otherwise: one for all, or ``salt=10; COD=0``.

    Raises
    ------
    InputError : every problem of the file and the two concentrations, with place and cure.

    >>> read_water("w.csv", b"Process,Load (g/h),Inlet,Outlet\\nwash,2000,0,100\\n").processes
    (Process(name='wash', load=(2.0,), inlet_max=(0.0,), outlet_max=(100.0,), owner=''),)
    """
    problems: list[Problem] = []
    found = _Found()
    read = rows = 0
    for grid in read_grids(file, data):
        heading = find_heading(grid, LAYOUT, ("name",), problems)
        if heading is None or not {"inlet", "outlet", "concentration"} & heading.columns.keys():
            continue
        read += 1
        for row in rows_below(grid, heading, LAYOUT, problems):
            rows += 1
            _read_row(row, found)
    if not read:
        problems.append(missing_headings(Place(file), LAYOUT, ("name", "load", "inlet", "outlet")))
    elif not rows:
        problems.append(problem("no_rows", Place(file)))
    kinds = _contaminants(found)
    if found.processes and found.taps:
        problems.append(problem("mixed_kinds", Place(file), messages=LAYOUT.messages))
    elif found.taps and len(kinds) > 1:
        count = str(len(kinds))
        problems.append(
            problem("taps_of_several", Place(file), messages=LAYOUT.messages, count=count)
        )
    clean = _qualities("--fresh", fresh, kinds, problems)
    back = _qualities("--regeneration", cleaned, kinds, problems) if cleaned else None
    if back and found.taps:
        place = Place("--regeneration")
        problems.append(problem("no_cleaning_of_taps", place, messages=LAYOUT.messages))
    elif back and clean and not all(b > c for b, c in zip(back, clean, strict=True)):
        at = next(at for at, (b, c) in enumerate(zip(back, clean, strict=True)) if b <= c)
        problems.append(
            problem(
                "cleaned_too_clean",
                Place("--regeneration"),
                messages=LAYOUT.messages,
                outlet=said(back[at]),
                fresh=said(clean[at]),
            )
        )
    several = len({fold(owner) for owner, _ in (*found.processes, *found.taps)}) > 1
    processes = _processes(found, kinds, clean, several)
    taps = [
        (kind, Tap(_label(row, several), flow, quality, _spelt(found, row.text("owner"))))
        for kind, row, flow, quality in found.taps.values()
    ]
    warnings = raise_errors(sorted(problems, key=lambda one: one.place.line or 0))
    return WaterFile(
        kinds or ("",),
        clean or (0.0,),
        back,
        processes,
        tuple(tap for kind, tap in taps if kind == "source"),
        tuple(tap for kind, tap in taps if kind == "sink"),
        warnings,
    )


def said(value: float) -> Text:
    """Return a figure in both languages."""
    return Text(format_number(value, "vi"), format_number(value, "en"))


def _read_row(row: Row, found: _Found) -> None:
    name = row.text("name")
    if not name:
        row.add("missing_text", "name")
        return
    _spelt(found, row.text("owner"))
    kind = _kind(row)
    contaminant = row.text("contaminant")
    found.contaminants.setdefault(fold(contaminant), row)
    found.spelt.setdefault(fold(contaminant), contaminant)
    key = (fold(row.text("owner")), fold(name))
    if kind == "process":
        _read_process(row, name, key, fold(contaminant), found)
    elif kind:
        _read_tap(row, name, kind, key, found)


def _kind(row: Row) -> str:
    written = row.text("kind")
    if not written:
        is_tap = not row.text("inlet") and not row.text("outlet") and row.text("concentration")
        if is_tap:
            row.add("kind_unknown", "kind", written=written, choices=KIND_CHOICES)
            return ""
        return "process"
    for kind, known in KINDS.items():
        if fold(written) in known:
            return kind
    row.add("kind_unknown", "kind", written=written, choices=KIND_CHOICES)
    return ""


def _read_process(
    row: Row, name: str, key: tuple[str, str], contaminant: str, found: _Found
) -> None:
    asked = found.processes.setdefault(key, _Asked(row))
    if contaminant in asked.rows:
        about = Text("", "")
        if contaminant:
            written = row.text("contaminant")
            about = Text(f" với chất bẩn “{written}”", f" with the contaminant “{written}”")
        row.add("named_twice", "name", name=name, about=about)
        return
    asked.rows[contaminant] = row
    inlet, outlet = (_not_negative(row, column) for column in ("inlet", "outlet"))
    if inlet >= outlet:
        row.add("inlet_not_cleaner", "inlet", name=name, inlet=said(inlet), outlet=said(outlet))
        inlet = outlet = math.nan
    load = _load(row, name, outlet - inlet)
    asked.load[contaminant] = load
    asked.inlet[contaminant], asked.outlet[contaminant] = inlet, outlet


def _load(row: Row, name: str, rise: float) -> float:
    """Return the load [kg/h] of a row, given itself or by its limiting flow [t/h]."""
    given = {
        column: _not_negative(row, column) if row.text(column) else None
        for column in ("load", "flow")
    }
    load, flow = given["load"], given["flow"]
    if load is None and flow is None:
        row.add("no_load", "load", name=name)
        return math.nan
    if flow is None:
        return math.nan if load is None else load
    other = flow * rise / PPM
    if load is None or math.isnan(load):
        return other
    if abs(other - load) > _AGREES * max(other, load):
        row.add("load_twice", "load", name=name, load=said(load), other=said(other))
    return load


def _not_negative(row: Row, column: str) -> float:
    value = row.needed(column)
    if value < 0:
        row.add("negative", column, value=said(value))
        return math.nan
    return value


def _read_tap(row: Row, name: str, kind: str, key: tuple[str, str], found: _Found) -> None:
    flow, quality = (_not_negative(row, column) for column in ("flow", "concentration"))
    if flow == 0:
        row.add("zero_flow", "flow", name=name)
    if key in found.taps:
        row.add("named_twice", "name", name=name, about="")
    elif not math.isnan(flow) and not math.isnan(quality):
        found.taps[key] = (kind, row, flow, quality)


def _contaminants(found: _Found) -> tuple[str, ...]:
    """Return the names as first written; a row without one is told when others have one."""
    if len(found.contaminants) > 1 and "" in found.contaminants:
        found.contaminants.pop("").add("contaminant_unnamed", "contaminant")
    return tuple(found.spelt[key] for key in found.contaminants)


def _processes(
    found: _Found, kinds: Sequence[str], fresh: Sequence[float] | None, several: bool
) -> tuple[Process, ...]:
    keys = [fold(kind) for kind in kinds]
    made = []
    for asked in found.processes.values():
        row, name = asked.row, asked.row.text("name")
        missing = [kind for kind, key in zip(kinds, keys, strict=True) if key not in asked.rows]
        if missing and "" not in asked.rows:
            row.add("contaminant_missing", "contaminant", name=name, missing=", ".join(missing))
        loads = list(asked.load.values())
        if loads and all(load == 0 for load in loads):
            row.add("zero_load", "load", name=name)
        for key, clean in zip(keys, fresh or (), strict=False):
            inlet = asked.inlet.get(key, math.nan)
            if clean > inlet:
                asked.rows[key].add(
                    "fresh_too_dirty", "inlet", name=name, inlet=said(inlet), fresh=said(clean)
                )
        load, inlets, outlets = (
            tuple(part.get(key, math.nan) for key in keys)
            for part in (asked.load, asked.inlet, asked.outlet)
        )
        if keys and not any(math.isnan(value) for value in (*load, *inlets, *outlets)):
            owner = _spelt(found, row.text("owner"))
            made.append(Process(_label(row, several), load, inlets, outlets, owner))
    return tuple(made)


def _label(row: Row, several: bool) -> str:
    """Return how a process is called: with its enterprise where there are several."""
    owner, name = row.text("owner"), row.text("name")
    return f"{owner} · {name}" if several and owner else name


def _spelt(found: _Found, owner: str) -> str:
    """Return an enterprise as it was first written: two spellings are one."""
    return found.spelt.setdefault(f"owner {fold(owner)}", owner)


def _qualities(
    option: str, written: str, kinds: Sequence[str], problems: list[Problem]
) -> tuple[float, ...] | None:
    """Return one concentration [mg/L] a contaminant, or None when the option is wrong."""
    names = [kind for kind in kinds if kind] or ["COD"]
    example = "; ".join(f"{name}=10" for name in names)

    def wrong(why: Text) -> None:
        problems.append(
            problem(
                "quality_option",
                Place(option),
                messages=LAYOUT.messages,
                option=option,
                written=written,
                why=why,
                example=example,
            )
        )

    values: dict[str, float] = {}
    for part in written.split(";"):
        name, mark, figure = part.rpartition("=")
        key = fold(name)
        if mark and key not in {fold(kind) for kind in kinds}:
            wrong(Text(f": không có chất “{name.strip()}”", f": no contaminant “{name.strip()}”"))
            return None
        try:
            amount = parse_amount(figure)
            value = in_base(amount.value, amount.unit, COLUMNS["inlet"])
        except (NumberError, UnitError) as error:
            wrong(Text(f" ({error.message.vi})", f" ({error.message.en})"))
            return None
        if value < 0:
            wrong(Text(": nồng độ âm", ": it is negative"))
            return None
        values[key if mark else "*"] = value
    missing = [kind for kind in kinds if fold(kind) not in values and "*" not in values]
    if missing:
        names_said = ", ".join(missing)
        wrong(Text(f": thiếu {names_said}", f": {names_said} is missing"))
        return None
    return tuple(values.get(fold(kind), values.get("*", 0.0)) for kind in kinds)
