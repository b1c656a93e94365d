"""Waste codes: the European list, Viet Nam's hazardous-waste list, and what each says of the other.

The shipped tables hold what industry in parks produces; an office adds the full official lists as
files in a folder (:func:`load_codes`), which are read by the same reader.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from sinhthai.foundation.text import Text

ListName = Literal["ewc", "vn"]
LIST_NAMES: tuple[ListName, ...] = ("ewc", "vn")
Hazard = Literal["NH", "KS", "TT", ""]
"""NH hazardous, KS to be tested first, TT ordinary; empty on a heading of a list."""
LIST_ENDINGS = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class WasteCode:
    """One line of a list: a group (2 digits), a subgroup (4) or a waste (6).

    ``parent`` is the code of the level above, empty at the top. ``threshold`` is the mark of the
    Vietnamese list; ``hazard`` is what Vietnamese law makes of it, for a European code by way of
    the Vietnamese one (:func:`vietnamese_hazard`). ``group`` is that of ordinary industrial waste
    (a re-use, b construction, c treatment), as it typically is. ``ewc`` are the European codes of
    a Vietnamese one; ``vn`` the Vietnamese codes our reading adds to a European one where the
    official list names no European code. ``sectors`` are ISIC divisions where it typically arises.
    """

    list: ListName
    digits: str
    name: Text
    parent: str = ""
    hazard: Hazard = ""
    threshold: str = ""
    properties: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    group: str = ""
    ewc: tuple[str, ...] = ()
    vn: tuple[str, ...] = ()
    source: str = ""
    verified: bool = False
    entry: str = ""  # absolute or mirror, of the European list
    listed_hazardous: bool = False  # marked hazardous by the European list
    hs: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """List and digits: ``ewc:100102``."""
        return f"{self.list}:{self.digits}"

    @property
    def level(self) -> int:
        """1 of a group, 2 of a subgroup, 3 of a waste."""
        return len(self.digits) // 2

    @property
    def spaced(self) -> str:
        """The digits as the law prints them.

        >>> WasteCode("vn", "120605", Text("", "")).spaced
        '12 06 05'
        """
        return " ".join(re.findall("..", self.digits))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a letter or sign of a list means: a property, a threshold mark, a symbol, a group."""

    kind: Literal["property", "threshold", "symbol", "group"]
    mark: str
    name: Text
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Codes:
    """All codes known, by list and digits, and the meaning of their marks."""

    by_code: Mapping[str, WasteCode]
    marks: Mapping[tuple[str, str], Mark]
    hash: str
    _from_ewc: Mapping[str, tuple[str, ...]]

    def find(self, code: str) -> WasteCode | None:
        """Return the code however it is written, a group or subgroup too; None if unknown.

        >>> load_codes().find("EWC 10 01 02").name.en
        'Coal fly ash'
        >>> load_codes().find("vn:1206").name.en
        'Waste water treatment plants'
        >>> load_codes().find("ewc:999999") is None
        True
        """
        return self.by_code.get(plain_code(code))

    def nearest(self, code: str) -> WasteCode | None:
        """Return the code, or the subgroup or group it lies in; None when not even that is known.

        >>> load_codes().nearest("ewc:100199").digits
        '1001'
        """
        name, _, digits = plain_code(code).partition(":")
        for length in (6, 4, 2):
            if len(digits) >= length and (found := self.by_code.get(f"{name}:{digits[:length]}")):
                return found
        return None

    def under(self, code: str) -> tuple[WasteCode, ...]:
        """Return every waste (6 digits) under a group or subgroup, itself if it is one.

        >>> [one.digits for one in load_codes().under("vn:1802")]
        ['180201']
        """
        start = plain_code(code)
        return tuple(
            one for one in self.by_code.values() if one.level == 3 and one.code.startswith(start)
        )

    def crosswalk(self, code: str) -> tuple[WasteCode, ...]:
        """Return the codes of the other list that mean the same waste.

        >>> [one.spaced for one in load_codes().crosswalk("ewc:190811")]
        ['12 06 05']
        """
        plain = plain_code(code)
        found = self.by_code.get(plain)
        if found is not None and found.list == "vn":
            codes = (
                *(f"ewc:{digits}" for digits in found.ewc),
                *(one.code for one in self.by_code.values() if found.digits in one.vn),
            )
        else:
            codes = self._from_ewc.get(plain.removeprefix("ewc:"), ())
        return tuple(self.by_code[one] for one in codes if one in self.by_code)

    def mark(self, kind: str, mark: str) -> Mark | None:
        """Return what *mark* means among the marks of one *kind*.

        >>> load_codes().mark("property", "LN").name.en
        'Infectious'
        """
        return self.marks.get((kind, mark))


def plain_code(code: str) -> str:
    """Return *code* as ``list:digits``, whatever its spelling.

    >>> plain_code(" EWC 10 01 04* "), plain_code("VN: 12.06.05")
    ('ewc:100104', 'vn:120605')
    """
    match = re.fullmatch(r"\s*([A-Za-z]+)[\s:.-]*([\d\s.-]*)\**\s*", code)
    if match is None:
        return code.strip().lower()
    return f"{match[1].lower()}:{re.sub(r'[^0-9]', '', match[2])}"


def load_codes(extra: Path | None = None) -> Codes:
    """Return the shipped codes, with the official lists of the folder *extra* laid over them.

    A list of the folder (``.csv``, ``.xlsx``; its name starts with ``ewc`` or ``vn``) replaces
    what it says and leaves what it is silent about: an official list without English names keeps
    ours. A folder that does not exist adds nothing. A changed file is read anew.

    Raises
    ------
    InputError
        With every problem of every file of the folder.

    >>> codes = load_codes()
    >>> codes.find("vn:120607").hazard, codes.find("ewc:100102").hazard
    ('NH', 'TT')
    """
    seen = tuple(
        (path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in list_files(extra)
    )
    return _load(extra if seen else None, seen)


def list_files(folder: Path | None) -> tuple[Path, ...]:
    """Return the files of *folder* that are lists by their ending, in order of name."""
    if folder is None or not folder.is_dir():
        return ()
    return tuple(
        path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in LIST_ENDINGS and not path.name.startswith(("~", "."))
    )


@lru_cache(maxsize=4)
def _load(extra: Path | None, _seen: tuple[tuple[str, int, int], ...]) -> Codes:
    # The reader knows the types above; it is imported here so that both may name each other.
    from sinhthai.symbiosis.engine.code_lists import read_folder, read_marks, read_shipped

    rows: dict[str, WasteCode] = {}
    for row in (*read_shipped(), *(read_folder(extra) if extra else ())):
        rows[row.code] = overlay(rows[row.code], row) if row.code in rows else row
    from_ewc: dict[str, list[str]] = {}
    for row in rows.values():
        for digits in row.ewc:
            from_ewc.setdefault(digits, []).append(row.code)
        if row.vn:
            from_ewc.setdefault(row.digits, []).extend(f"vn:{digits}" for digits in row.vn)
    placed = {
        code: replace(row, parent=_parent(row, rows), hazard=vietnamese_hazard(row, partners))
        for code, row in sorted(rows.items())
        for partners in [
            [rows[one] for one in from_ewc.get(row.digits, ()) if row.list == "ewc" and one in rows]
        ]
    }
    return Codes(
        MappingProxyType(placed),
        MappingProxyType({(mark.kind, mark.mark): mark for mark in read_marks()}),
        hashlib.sha256("\n".join(map(repr, placed.values())).encode()).hexdigest(),
        MappingProxyType({digits: tuple(sorted(codes)) for digits, codes in from_ewc.items()}),
    )


def overlay(below: WasteCode, above: WasteCode) -> WasteCode:
    """Return *above* with what it leaves empty taken from *below*.

    >>> ours = WasteCode("vn", "01", Text("Khai khoáng", "Mining"), hs=("2601",))
    >>> overlay(ours, WasteCode("vn", "01", Text("KHAI KHOÁNG", ""))).name.en
    'Mining'
    """
    name = Text(above.name.vi or below.name.vi, above.name.en or below.name.en)
    kept = {
        field.name: getattr(below, field.name)
        for field in fields(WasteCode)
        if getattr(above, field.name) in ("", ())
    }
    return replace(above, **{**kept, "name": name})


def vietnamese_hazard(code: WasteCode, partners: Iterable[WasteCode] = ()) -> Hazard:
    """Return the symbol Vietnamese law gives a waste; empty for a group or subgroup.

    The mark of the Vietnamese list decides: ``**`` is hazardous, ``*`` must be tested. A European
    code takes it from the Vietnamese codes that name it (*partners*); where those disagree, or
    one stands for a waste the European list calls ordinary, it must be tested. Without a partner
    the European entry speaks: absolute hazardous, mirror hazardous (test), else ordinary.

    >>> vietnamese_hazard(WasteCode("vn", "170203", Text("", ""), threshold="**"))
    'NH'
    >>> vietnamese_hazard(WasteCode("ewc", "100114", Text("", ""), entry="mirror",
    ...                             listed_hazardous=True))
    'KS'
    """
    if code.level < 3:
        return ""
    if code.list == "vn":
        return "NH" if code.threshold == "**" else "KS"
    marks = {partner.threshold for partner in partners}
    if marks:
        return "NH" if marks == {"**"} and code.listed_hazardous else "KS"
    if code.listed_hazardous:
        return "NH" if code.entry == "absolute" else "KS"
    return "TT"


def _parent(row: WasteCode, rows: Mapping[str, WasteCode]) -> str:
    for length in (len(row.digits) - 2, len(row.digits) - 4):
        if length > 0 and (code := f"{row.list}:{row.digits[:length]}") in rows:
            return code
    return ""


def shipped(name: str) -> bytes:
    """Return the bytes of a table of this slice."""
    return files("sinhthai.symbiosis").joinpath(f"data/{name}").read_bytes()
