"""Read the profiles of industries from CSV; every fault with its line and cure."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.vsic import industries
from sinhthai.symbiosis.engine.knowledge_model import Material
from sinhthai.symbiosis.engine.streams import ALL_YEAR, Direction

FILE = "profiles.csv"
COLUMNS = (
    "vsic",
    "direction",
    "material",
    "low",
    "mid",
    "high",
    "months",
    "usual",
    "basis_vi",
    "basis_en",
    "source",
    "confidence",
    "verified",
)
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Profile:
    """One row: what enterprises of ``vsic`` give or need, in units of the material.

    ``low``, ``mid``, ``high`` are per employee and year. ``usual`` is false where only some
    enterprises of the industry have the stream; ``basis`` then says which.
    """

    vsic: str  # a section (C), division, group or class
    direction: Direction
    material: str
    low: float
    mid: float
    high: float
    months: int
    usual: bool
    basis: Text
    source: str
    confidence: Confidence
    verified: bool


def read_profiles(
    data: bytes, materials: Mapping[str, Material], *, file_name: str = FILE
) -> tuple[Profile, ...]:
    """Read profiles from the bytes of a CSV file.

    Raises
    ------
    InputError
        With every problem found: a column absent, an unknown industry or material, a range upside
        down or not above zero, a stream twice, verified from memory.
    """
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    absent = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if absent:
        raise InputError([_columns_absent(absent, Place(file_name, line=1))])
    checker = _Checker(materials, {})
    problems: list[Problem] = []
    rows = []
    for row in reader:
        place = Place(file_name, line=reader.line_num)
        found = list(checker.row(row, place))
        problems += found
        if not found:
            rows.append(_profile(row))
    if problems:
        raise InputError(problems)
    return tuple(rows)


def _profile(row: Mapping[str, str]) -> Profile:
    return Profile(
        row["vsic"],
        cast(Direction, row["direction"]),
        row["material"],
        float(row["low"]),
        float(row["mid"]),
        float(row["high"]),
        _months(row["months"]) or ALL_YEAR,
        row["usual"] == "yes",
        Text(row["basis_vi"], row["basis_en"]),
        row["source"],
        cast(Confidence, row["confidence"]),
        row["verified"] == "yes",
    )


def _months(text: str) -> int | None:
    """Return the bit mask of a span of months, ``11-04``; 0 for none, None where unreadable."""
    if not text.strip():
        return 0
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit() and 1 <= int(first) <= 12 and 1 <= int(last) <= 12):
        return None
    mask, month = 0, int(first)
    while True:
        mask |= 1 << (month - 1)
        if month == int(last):
            return mask
        month = month % 12 + 1


@dataclass(slots=True)
class _Checker:
    materials: Mapping[str, Material]
    seen: dict[tuple[str, str, str], Place]

    def row(self, row: Mapping[str, str | None], place: Place) -> Iterator[Problem]:
        """Yield what is wrong with one line."""
        if None in row or None in row.values():
            yield _fault(
                "profile-width",
                place,
                Text("số ô không khớp tiêu đề", "too few or many cells"),
                Text("kiểm tra dấu phẩy và ngoặc kép", "check commas and quotes"),
            )
            return
        cells = {name: str(value) for name, value in row.items()}
        yield from self._words(cells, place)
        yield from _range(cells, place)
        key = (cells["vsic"], cells["direction"], cells["material"])
        if key in self.seen:
            first = self.seen[key]
            yield _fault(
                "profile-twice",
                place,
                Text(f"dòng này đã có ở {first}", f"this stream stands already at {first}"),
                Text("giữ một dòng", "keep one of the two"),
            )
        self.seen.setdefault(key, place)

    def _words(self, cells: Mapping[str, str], place: Place) -> Iterator[Problem]:
        if not _is_industry(cells["vsic"]):
            yield _fault(
                "profile-vsic",
                place,
                Text(f"không có ngành “{cells['vsic']}”", f"no such industry: “{cells['vsic']}”"),
                Text(
                    "ghi mã VSIC 2 đến 4 chữ số, hoặc ngành cấp 1",
                    "write 2 to 4 digits of VSIC, or a section",
                ),
            )
        if cells["material"] not in self.materials:
            yield _fault(
                "profile-material",
                place,
                Text(
                    f"không có vật chất “{cells['material']}”",
                    f"no such material: “{cells['material']}”",
                ),
                Text("dùng mã trong materials.csv", "use an id of materials.csv"),
            )
        for name, allowed in (
            ("direction", ("offer", "need")),
            ("usual", ("yes", "no")),
            ("verified", ("yes", "no")),
            ("confidence", ("high", "medium", "low")),
        ):
            if cells[name] not in allowed:
                choices = ", ".join(allowed)
                yield _fault(
                    "profile-word",
                    place,
                    Text(
                        f"{name} không có giá trị “{cells[name]}”",
                        f"{name} has no value “{cells[name]}”",
                    ),
                    Text(f"ghi một trong: {choices}", f"write one of: {choices}"),
                )
        if _months(cells["months"]) is None:
            yield _fault(
                "profile-months",
                place,
                Text(
                    f"không hiểu các tháng “{cells['months']}”",
                    f"no such months: “{cells['months']}”",
                ),
                Text("ghi như 11-04, hoặc để trống", "write them like 11-04, or leave it empty"),
            )
        if not (cells["basis_vi"] and cells["basis_en"] and cells["source"]):
            yield _fault(
                "profile-source",
                place,
                Text("thiếu cơ sở hoặc nguồn", "basis or source is missing"),
                Text("ghi cả hai ngôn ngữ và nguồn", "say it in both languages, with the source"),
            )
        if cells["verified"] == "yes" and "from memory" in cells["source"]:
            yield _fault(
                "profile-verified",
                place,
                Text(
                    "điều ghi theo trí nhớ thì chưa kiểm chứng",
                    "what is from memory is not verified",
                ),
                Text(
                    "ghi verified no, hoặc nêu nguồn đã đọc",
                    "write no, or name the source that was read",
                ),
            )


def _range(cells: Mapping[str, str], place: Place) -> Iterator[Problem]:
    try:
        low, mid, high = (float(cells[name]) for name in ("low", "mid", "high"))
    except ValueError:
        yield _fault(
            "profile-number",
            place,
            Text("low, mid, high phải là số", "low, mid and high must be numbers"),
            Text("ghi số với dấu chấm thập phân", "write numbers with a decimal point"),
        )
        return
    if not 0 < low <= mid <= high < math.inf:
        yield _fault(
            "profile-range",
            place,
            Text(
                f"khoảng {low:g}, {mid:g}, {high:g} không tăng dần từ trên 0",
                f"{low:g}, {mid:g}, {high:g} do not rise from above zero",
            ),
            Text("ghi thấp ≤ giữa ≤ cao, trên 0", "write low ≤ mid ≤ high, above zero"),
        )


def _is_industry(code: str) -> bool:
    known: Iterable[str] = industries()
    sections = {one.section for one in industries().values()}
    return code in sections or (
        len(code) in (2, 3, 4) and code.isdigit() and any(one.startswith(code) for one in known)
    )


def _columns_absent(names: Iterable[str], place: Place) -> Problem:
    listed = ", ".join(names)
    return _fault(
        "profile-column",
        place,
        Text(f"thiếu cột: {listed}", f"columns missing: {listed}"),
        Text("giữ nguyên dòng tiêu đề", "keep the heading line as it is"),
    )


def _fault(code: str, place: Place, message: Text, cure: Text) -> Problem:
    return Problem(code, message, cure, place)
