"""The catalogue of measures in ``data/`` as checked objects; every fault names file and line."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, get_args

from sinhthai.efficiency.engine.model import Catalogue, Category, Confidence, Figure, Measure, Use
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold

DATA = Path(__file__).parent.parent / "data"
AREAS = (
    "compressed_air",
    "motors",
    "lighting",
    "steam",
    "furnaces",
    "cooling",
    "renewables",
    "water",
    "sector",
)
COST_CLASSES = ("L", "L-M", "M", "M-H", "H", "")
Row = Mapping[str, str]
Made = TypeVar("Made")
_CURE = Text("Sửa dòng này trong tệp.", "Mend this row of the file.")


def load_catalogue() -> tuple[Measure, ...]:
    """Return the shipped measures, read once.

    >>> led = find_measure("led")
    >>> led.name.en, led.saving.low, led.saving.high, led.saving.confidence
    ('LED lamps', 0.4, 0.6, 'memory')
    """
    return load_whole_catalogue().measures


@lru_cache(maxsize=1)
def load_whole_catalogue() -> Catalogue:
    """Return the shipped measures with their uses, needs and sources, read once.

    >>> load_whole_catalogue().uses["electricity.lighting"].unit
    'MWh'
    """
    return read_catalogue(DATA)


def find_measure(id: str) -> Measure:
    """Return the shipped measure of that id.

    Raises
    ------
    InputError : there is none; names the ids that look like it.
    """
    by_id = {measure.id: measure for measure in load_catalogue()}
    if id in by_id:
        return by_id[id]
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(id, by_id, n=3, cutoff=0.4)) or "sinhthai measures"
    raise InputError(
        [
            Problem(
                "unknown-measure",
                Text(f"Không có giải pháp «{id}».", f"There is no measure '{id}'."),
                Text(f"Có phải: {near}?", f"Did you mean: {near}?"),
            )
        ]
    )


def read_catalogue(folder: Path) -> Catalogue:
    """Read the four tables of *folder*.

    Raises
    ------
    InputError : every row that cannot be read, by file and line: a share that is not between 0
        and 1, a range the wrong way round, an unknown use, need, source, category or
        exclusion, an id or number given twice.
    """
    problems: list[Problem] = []
    digest = hashlib.sha256()

    def of(name: str, make: Callable[[Row], Made]) -> list[tuple[int, Made]]:
        path = folder / f"{name}.csv"
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        made = []
        for line, row in _rows(path):
            try:
                made.append((line, make(row)))
            except (KeyError, ValueError, TypeError) as error:
                problems.append(_fault(f"{name}.csv", line, f"{error}".strip("'\"")))
        return made

    listed = of("uses", _use)
    uses = {use.id: use for _, use in listed}
    needs = {row["id"]: Text(row["name_vi"], row["name_en"]) for _, row in of("needs", dict)}
    sources = {row["id"]: row["title"] for _, row in of("sources", dict)}
    rows = of("measures", _measure)
    words = Catalogue((), uses, needs, sources)
    problems.extend(
        _fault("uses.csv", line, f"unknown use {use.within}")
        for line, use in listed
        if use.within and use.within not in uses
    )
    ids = {measure.id for _, measure in rows}
    seen: set[str | int] = set()
    for line, measure in rows:
        faults = _faults(measure, words, ids, seen)
        problems.extend(_fault("measures.csv", line, f"{measure.id}: {what}") for what in faults)
        seen |= {measure.id, measure.number}
    if problems:
        raise InputError(problems)
    measures = tuple(measure for _, measure in rows)
    return Catalogue(measures, uses, needs, sources, digest.hexdigest())


def search(measures: tuple[Measure, ...], words: str) -> tuple[Measure, ...]:
    """Return the measures that say every word, whatever its diacritics, in either language.

    >>> [found.id for found in search(load_catalogue(), "den cam bien")]
    ['lighting-control']
    """
    parts = fold(words).split()

    def says(measure: Measure) -> bool:
        written = (measure.id, measure.area, measure.use, measure.name.vi, measure.name.en)
        folded = fold(" ".join((*written, measure.note.vi, measure.note.en)))
        return all(part in folded for part in parts)

    return tuple(measure for measure in measures if says(measure))


def suits(measure: Measure, sector: str) -> bool:
    """Say whether the measure is for the ISIC or VSIC code *sector* (its division counts).

    >>> suits(find_measure("led"), "1010"), suits(find_measure("white-water"), "1010")
    (True, False)
    """
    digits = "".join(mark for mark in sector if mark.isdigit())
    return not measure.sectors or digits[:2] in measure.sectors


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            yield reader.line_num, row


def _use(row: Row) -> Use:
    if row["id"].partition(".")[0] != row["carrier"]:
        raise ValueError(f"{row['id']}: carrier {row['carrier']}")
    name = Text(row["name_vi"], row["name_en"])
    return Use(row["id"], row["carrier"], row["unit"], name, row["within"])


def _measure(row: Row) -> Measure:
    categories = [_one_of(get_args(Category), part) for part in row["category"].split("/")]
    return Measure(
        id=row["id"],
        number=int(row["number"]),
        name=Text(row["name_vi"], row["name_en"]),
        area=_one_of(AREAS, row["area"]),
        category=categories[0],
        use=row["use"],
        saving=_figure(row, "saving"),
        payback=_figure(row, "payback"),
        cost_class=_one_of(COST_CLASSES, row["cost_class"]),
        life=_figure(row, "life"),
        arc=_list(row["arc"]),
        per=row["per"],
        other_categories=tuple(categories[1:]),
        cost_confidence=_one_of(get_args(Confidence), row["cost_confidence"]),
        sectors=_list(row["sectors"]),
        needs=_list(row["needs"]),
        excludes=_list(row["excludes"]),
        calculator=row["calculator"],
        note=Text(row["note_vi"], row["note_en"]),
    )


def _figure(row: Row, name: str) -> Figure:
    low, typical, high = (
        float(row[f"{name}_{part}"]) if row[f"{name}_{part}"] else None
        for part in ("low", "typical", "high")
    )
    confidence = _one_of(get_args(Confidence), row[f"{name}_confidence"])
    return Figure(low, typical, high, row[f"{name}_source"], confidence)


Word = TypeVar("Word", bound=str)


def _one_of(words: tuple[Word, ...], written: str) -> Word:
    for word in words:
        if word == written:
            return word
    raise ValueError(f"{written}? ({', '.join(words)})")


def _list(written: str) -> tuple[str, ...]:
    return tuple(part for part in written.split(";") if part)


def _faults(
    measure: Measure, words: Catalogue, ids: set[str], seen: set[str | int]
) -> Iterator[str]:
    if {measure.id, measure.number} & seen:
        yield "id or number given twice"
    if measure.use not in words.uses:
        yield f"unknown use {measure.use}"
    yield from (f"unknown need {one}" for one in measure.needs if one not in words.needs)
    yield from (f"unknown measure {one}" for one in measure.excludes if one not in ids)
    yield from (f"no ISIC division {one}" for one in measure.sectors if not _is_division(one))
    for name in ("saving", "payback", "life"):
        figure: Figure = getattr(measure, name)
        values = [v for v in (figure.low, figure.typical, figure.high) if v is not None]
        if values != sorted(values) or any(value < 0 for value in values):
            yield f"{name} runs the wrong way: {values}"
        if name == "saving" and any(value > 1 for value in values):
            yield f"saving is a share from 0 to 1, not a percentage: {values}"
        sources = _list(figure.source)
        if not sources:
            yield f"{name} has no source"
        yield from (f"unknown source {one}" for one in sources if one not in words.sources)


def _is_division(code: str) -> bool:
    return code.isdigit() and len(code) == 2


def _fault(file: str, line: int, what: str) -> Problem:
    return Problem(
        "catalogue-row",
        Text(f"Không dùng được dòng này: {what}.", f"The row cannot be used: {what}."),
        _CURE,
        Place(file=file, line=line),
    )
