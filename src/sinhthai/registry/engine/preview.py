"""What an uploaded list would do: each line new, changed, the same, or refused with its reasons."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.engine.cells import BadCell, Value, parse_cell
from sinhthai.registry.engine.columns import Column
from sinhthai.registry.engine.headings import RawList, RawRow

Kind = Literal["new", "changed", "same", "refused"]
Given = Mapping[str, Value]

VIET_NAM_LAT = (8.0, 23.5)
VIET_NAM_LON = (102.0, 118.0)  # to the east of Trường Sa


@dataclass(frozen=True, slots=True)
class Change:
    """A field that the list would change, as stored and as given."""

    key: str
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list, judged. ``given`` holds the cells that were filled in, typed."""

    place: Place
    code: str
    name: str
    kind: Kind
    given: Given
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which the line is refused."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole list, judged. It is applied only if no line is refused."""

    entries: tuple[Entry, ...]
    warnings: tuple[Problem, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """How many lines are new, changed, the same and refused."""
        found = Counter(entry.kind for entry in self.entries)
        return {kind: found.get(kind, 0) for kind in ("new", "changed", "same", "refused")}

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Every problem that stands in the way."""
        return tuple(problem for entry in self.entries for problem in entry.errors)

    @property
    def is_clean(self) -> bool:
        """Whether the list may be applied."""
        return not any(entry.kind == "refused" for entry in self.entries)

    @property
    def writes(self) -> tuple[Entry, ...]:
        """The lines that change something."""
        return tuple(entry for entry in self.entries if entry.kind in {"new", "changed"})

    def digest(self) -> str:
        """A fingerprint of what would be written, to see whether the store changed meanwhile."""
        told = [(entry.code, entry.kind, entry.changes) for entry in self.entries]
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(slots=True)
class Line:
    """A line while it is being judged: typed cells, and the problems found so far."""

    row: RawRow
    given: dict[str, Value]
    problems: list[Problem] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Return a text cell, "" where it is empty."""
        value = self.given.get(key)
        return value if isinstance(value, str) else ""

    def refuse(self, key: str, code: str, message: Text, cure: Text) -> None:
        """Note an error at the cell of column *key*."""
        self.note(key, Problem(code, message, cure))

    def note(self, key: str, problem: Problem) -> None:
        """Note a problem at the cell of column *key*."""
        self.problems.append(replace(problem, place=self.row.at(key)))

    @property
    def is_refused(self) -> bool:
        """Whether an error was found."""
        return any(problem.severity == "error" for problem in self.problems)

    def entry(self, code: str, stored: Given | None, *, ignore: frozenset[str]) -> Entry:
        """Return the judgement; *ignore* names columns that are not compared."""
        name = self.text("name_vi") or str((stored or {}).get("name_vi") or "") or code
        changes: tuple[Change, ...] = ()
        if not self.is_refused:
            before = stored or {}
            changes = tuple(
                Change(key, before.get(key), value)
                for key, value in self.given.items()
                if key not in ignore and not _alike(before.get(key), value)
            )
        kind: Kind = "new" if stored is None else "changed" if changes else "same"
        if self.is_refused:
            kind = "refused"
        return Entry(self.row.place, code, name, kind, self.given, changes, tuple(self.problems))


def _alike(before: Value | None, after: Value) -> bool:
    if before is None:
        return after is False  # an absent mark and "no" say the same
    if isinstance(before, int | float) and isinstance(after, int | float):
        return abs(float(before) - float(after)) <= 1e-9 * max(1.0, abs(float(before)))
    return before == after


def typed_lines(raw: RawList, columns: Sequence[Column]) -> list[Line]:
    """Return the lines with their cells typed; a cell that cannot be read is a problem there.

    An empty cell means "leave as it is", never "erase".
    """
    known = [column for column in columns if column.key in raw.columns]
    lines = []
    for row in raw.rows:
        line = Line(row, {})
        for column in known:
            try:
                value = parse_cell(row.cells.get(column.key), column)
            except BadCell as error:
                line.note(column.key, error.problem)
                continue
            if value is not None and value != "":
                line.given[column.key] = value
        lines.append(line)
    return lines


def check_point(line: Line) -> None:
    """Refuse half a point and a point outside Viet Nam, with a hint where the two are swapped."""
    lat, lon = line.given.get("lat"), line.given.get("lon")
    if lat is None and lon is None:
        return
    if lat is None or lon is None:
        missing = "lat" if lat is None else "lon"
        line.refuse(
            missing,
            "point-half",
            Text("chỉ có một trong hai tọa độ", "only one of the two coordinates is given"),
            Text("ghi cả vĩ độ và kinh độ", "give both latitude and longitude"),
        )
        return
    if _inside(float(str(lat)), float(str(lon))):
        return
    swapped = _inside(float(str(lon)), float(str(lat)))
    line.refuse(
        "lat",
        "point-swapped" if swapped else "point-outside",
        Text(
            f"điểm ({lat}; {lon}) nằm ngoài Việt Nam",
            f"the point ({lat}; {lon}) lies outside Viet Nam",
        ),
        Text(
            "vĩ độ và kinh độ bị đổi chỗ: đổi lại",
            "latitude and longitude are swapped: exchange them",
        )
        if swapped
        else Text(
            "vĩ độ từ 8 đến 23,5; kinh độ từ 102 đến 118, hệ WGS 84",
            "latitude 8 to 23.5, longitude 102 to 118, WGS 84",
        ),
    )


def _inside(lat: float, lon: float) -> bool:
    return VIET_NAM_LAT[0] <= lat <= VIET_NAM_LAT[1] and VIET_NAM_LON[0] <= lon <= VIET_NAM_LON[1]


def slug_of(name: str, *, drop: Sequence[str] = ()) -> str:
    """Return a code made of *name*: small letters, digits and hyphens.

    >>> slug_of("Khu công nghiệp Hiệp Phước", drop=("khu cong nghiep",))
    'hiep-phuoc'
    """
    plain = fold(name)
    for word in drop:
        plain = plain.removeprefix(word)
    return "-".join("".join(ch if ch.isalnum() and ch.isascii() else " " for ch in plain).split())
