"""Read a list of waste codes from CSV or Excel: the shipped tables, and a full official list.

Every cell is judged; every problem names the file, the cell and the cure.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar, cast

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.cells import BadCell, parse_cell
from sinhthai.registry.engine.columns import Column
from sinhthai.registry.engine.headings import RawList, RawRow, excel_place
from sinhthai.registry.engine.reading import read_list
from sinhthai.symbiosis.engine.code_cells import (
    CodeCellError,
    parts,
    read_codes,
    read_digits,
    read_entry,
    read_group,
    read_properties,
    read_states,
    read_threshold,
)
from sinhthai.symbiosis.engine.codes import (
    LIST_NAMES,
    ListName,
    Mark,
    WasteCode,
    list_files,
    shipped,
)

Read = TypeVar("Read")

COLUMNS: tuple[Column, ...] = (
    Column(
        "code",
        Text("Mã chất thải", "Waste code"),
        also=("ma", "ma ctnh", "ma chat thai nguy hai", "ewc code", "waste code", "digits"),
    ),
    Column(
        "name_vi",
        Text("Tên chất thải", "Vietnamese name"),
        also=("ten", "ten tieng viet", "ten chat thai nguy hai"),
        length=1_000,
    ),
    Column(
        "name_en",
        Text("Tên tiếng Anh", "English name"),
        also=("description", "name", "waste description"),
        length=1_000,
    ),
    Column("hazardous", Text("Nguy hại", "Hazardous"), "boolean", also=("is hazardous",)),
    Column("entry", Text("Loại mục", "Entry type"), also=("entry type", "type of entry")),
    Column("ewc", Text("Mã EC", "EC code"), also=("ec code", "ma ec", "european code")),
    Column("vn", Text("Mã Việt Nam", "Vietnamese code"), also=("vn code",)),
    Column(
        "properties",
        Text("Tính chất nguy hại chính", "Hazard properties"),
        also=("tinh chat nguy hai", "hazard properties"),
    ),
    Column(
        "states",
        Text("Trạng thái tồn tại thông thường", "States"),
        also=("trang thai", "trang thai ton tai", "state"),
    ),
    Column(
        "threshold",
        Text("Ngưỡng chất thải nguy hại", "Threshold"),
        also=("nguong", "nguong ctnh", "threshold mark"),
    ),
    Column("group", Text("Nhóm chất thải thông thường", "Ordinary-waste group"), also=("nhom",)),
    Column("hs", Text("Mã HS", "HS codes"), also=("hs code",)),
    Column("sectors", Text("Ngành", "Sectors"), also=("isic", "vsic", "nganh phat sinh")),
)
_BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
_NEEDED: Mapping[str, str] = {"ewc": "hazardous", "vn": "threshold"}
_ABSENT = Text("không có tệp này", "there is no such file")
_CLOSED = Text("không đọc được tệp", "the file cannot be read")
_RETYPE = Text("sửa ô này theo danh mục chính thức", "mend this cell after the official list")


def read_code_list(
    source: Path | bytes, *, file_name: str = "", list_name: ListName | None = None
) -> tuple[WasteCode, ...]:
    """Read a list of codes, groups and subgroups included, in the order of the file.

    Parameters
    ----------
    source : a file, or its bytes; then *file_name* tells the kind (``.csv``, ``.xlsx``).
    list_name : which list it is; else the file's name tells (it starts with ``ewc`` or ``vn``),
        else its columns: ``threshold`` makes it Viet Nam's, ``hazardous`` the European one.

    Returns
    -------
    The rows as the file says them: names a list lacks are empty, ``hazard`` and ``parent`` are
    not yet derived (:func:`sinhthai.symbiosis.engine.codes.load_codes` does).

    Raises
    ------
    InputError
        With every problem found: a column absent, a code twice or not made of pairs of digits,
        an unknown threshold mark, property, state or group, merged cells.

    >>> rows = read_code_list("Mã,Tên,Ngưỡng\\n12 06 05,Bùn,*".encode(), file_name="vn.csv")
    >>> rows[0].digits, rows[0].threshold
    ('120605', '*')
    """
    if isinstance(source, Path):
        file_name = file_name or source.name
        data = _bytes_of(source)
    else:
        data = source
    raw = read_list(file_name or "list.csv", data, COLUMNS, "code")
    here = Place(file=file_name)
    reader = _Reader(_which(raw, file_name, list_name, here), file_name)
    reader.problems.extend(_columns_absent(raw, reader.list_name, here))
    reader.problems.extend(_merged(file_name, data))
    rows = [row for line in raw.rows if (row := reader.row(line)) is not None]
    if reader.problems:
        raise InputError(reader.problems)
    return tuple(rows)


def read_shipped() -> tuple[WasteCode, ...]:
    """Return the rows of the tables of this slice, with their sources."""
    rows: list[WasteCode] = []
    for about in csv.DictReader(io.StringIO(shipped("code_lists.csv").decode())):
        name = cast(ListName, about["list"])
        read = read_code_list(shipped(about["file"]), file_name=about["file"], list_name=name)
        verified = about["verified"] == "yes"
        rows += [replace(row, source=about["source"], verified=verified) for row in read]
    return tuple(rows)


def read_folder(folder: Path) -> tuple[WasteCode, ...]:
    """Return the rows of every list in *folder*; all problems of all files at once."""
    rows: list[WasteCode] = []
    problems: list[Problem] = []
    for path in list_files(folder):
        try:
            rows += [replace(row, source=path.name) for row in read_code_list(path)]
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return tuple(rows)


def read_marks() -> tuple[Mark, ...]:
    """Return the meaning of properties, threshold marks, symbols and groups."""
    return tuple(
        Mark(
            cast(Literal["property", "threshold", "symbol", "group"], row["kind"]),
            row["mark"],
            Text(row["name_vi"], row["name_en"]),
            row["source"],
            row["verified"] == "yes",
        )
        for row in csv.DictReader(io.StringIO(shipped("waste_marks.csv").decode()))
    )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            [
                Problem(
                    "code-list-absent",
                    _ABSENT if isinstance(error, FileNotFoundError) else _CLOSED,
                    Text("kiểm tra đường dẫn và quyền đọc", "check the path and the permission"),
                    Place(file=str(path)),
                )
            ]
        ) from error


def _problem(code: str, place: Place, vi: str, en: str, cure: Text = _RETYPE) -> Problem:
    return Problem(code, Text(vi, en), cure, place)


def _which(raw: RawList, file_name: str, given: ListName | None, here: Place) -> ListName:
    if given is not None:
        return given
    start = Path(file_name).name.casefold()
    for name in LIST_NAMES:
        if start.startswith(name):
            return name
    for name in LIST_NAMES:
        if _NEEDED[name] in raw.columns:
            return name
    raise InputError(
        [
            Problem(
                "code-list-unknown",
                Text("không rõ đây là danh mục nào", "it is not clear which list this is"),
                Text(
                    "đặt tên tệp bắt đầu bằng ewc hoặc vn, hoặc thêm cột ngưỡng (vn) hay "
                    "nguy hại (ewc)",
                    "let the file's name start with ewc or vn, or add the column threshold (vn) "
                    "or hazardous (ewc)",
                ),
                here,
            )
        ]
    )


def _columns_absent(raw: RawList, name: ListName, here: Place) -> Iterator[Problem]:
    wanted = [(_NEEDED[name],), ("name_vi", "name_en")]
    for keys in wanted:
        if not raw.columns.intersection(keys):
            column = _BY_KEY[keys[0]]
            yield _problem(
                "code-list-column-absent",
                here,
                f"thiếu cột “{column.name.vi}”",
                f"the column “{column.name.en}” is not there",
                Text("thêm cột này với tiêu đề đúng", "add the column under that heading"),
            )


def _merged(file_name: str, data: bytes) -> Iterator[Problem]:
    """Yield the merged cells of a workbook: one value over several rows belongs to none of them."""
    if not file_name.lower().endswith(".xlsx"):
        return
    import python_calamine  # costs time that whoever reads CSV should not pay

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        for (top, left), (bottom, right) in book.get_sheet_by_name(name).merged_cell_ranges or ():
            if bottom > top:  # a title merged along its own row hurts nobody
                place = excel_place(Place(file_name, name), top, left)
                last = excel_place(Place(), bottom, right).cell
                yield _problem(
                    "code-list-merged",
                    place,
                    f"các ô {place.cell}:{last} bị gộp",
                    f"the cells {place.cell}:{last} are merged",
                    Text(
                        "bỏ gộp ô và ghi giá trị vào từng dòng",
                        "unmerge them and write the value in every row",
                    ),
                )


@dataclass(slots=True)
class _Reader:
    """Turns lines into codes; collects what is wrong with them."""

    list_name: ListName
    file_name: str
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, Place] = field(default_factory=dict)

    def row(self, raw: RawRow) -> WasteCode | None:
        """Return the code of a line, or None having noted what is wrong."""
        before = len(self.problems)
        digits = self._cell(raw, "code", read_digits) or ""
        if digits and digits in self.seen:
            self.problems.append(_twice(digits, raw.at("code"), self.seen[digits]))
        self.seen.setdefault(digits, raw.at("code"))
        name = Text(self._text(raw, "name_vi"), self._text(raw, "name_en"))
        if not (name.vi or name.en):
            self.problems.append(
                _problem("code-list-name", raw.at("name_vi"), "chưa có tên", "it has no name")
            )
        row = WasteCode(
            self.list_name,
            digits,
            name,
            threshold=self._cell(raw, "threshold", read_threshold) or "",
            properties=self._cell(raw, "properties", read_properties) or (),
            states=self._cell(raw, "states", read_states) or (),
            group=self._cell(raw, "group", read_group) or "",
            ewc=self._cell(raw, "ewc", read_codes) or (),
            vn=self._cell(raw, "vn", read_codes) or (),
            source=self.file_name,
            entry=self._cell(raw, "entry", read_entry) or "",
            listed_hazardous=bool(self._value(raw, "hazardous")),
            hs=parts(self._text(raw, "hs")),
            sectors=parts(self._text(raw, "sectors")),
        )
        blank = not str(raw.cells.get("threshold") or "").strip()
        if len(digits) == 6 and self.list_name == "vn" and blank:
            self.problems.append(_no_threshold(raw.at("threshold")))
        return row if len(self.problems) == before else None

    def _value(self, raw: RawRow, key: str) -> object:
        try:
            return parse_cell(raw.cells.get(key), _BY_KEY[key])
        except BadCell as bad:
            self.problems.append(replace(bad.problem, place=raw.at(key)))
            return None

    def _text(self, raw: RawRow, key: str) -> str:
        value = self._value(raw, key)
        return "" if value is None else str(value)

    def _cell(self, raw: RawRow, key: str, parse: Callable[[object], Read]) -> Read | None:
        value = raw.cells.get(key)
        if value is None or not str(value).strip():
            if key == "code":
                self.problems.append(
                    _problem("code-list-code", raw.at(key), "chưa có mã", "it has no code")
                )
            return None
        try:
            return parse(value)
        except CodeCellError as fault:
            self.problems.append(replace(fault.problem, place=raw.at(key)))
            return None


def _twice(digits: str, place: Place, first: Place) -> Problem:
    return _problem(
        "code-list-twice",
        place,
        f"mã {digits} đã có ở {first}",
        f"the code {digits} stands already at {first}",
        Text("giữ một dòng, xóa dòng kia", "keep one row and delete the other"),
    )


def _no_threshold(place: Place) -> Problem:
    return _problem(
        "code-list-no-threshold",
        place,
        "chưa có dấu ngưỡng",
        "it has no threshold mark",
        Text("ghi * (so với ngưỡng) hoặc ** (luôn nguy hại)", "write * (test) or ** (always)"),
    )
