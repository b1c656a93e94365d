"""The options as a workbook people change: costs are theirs to correct, rows theirs to add.

What stands in the file counts: a row taken out is not considered. A cost that is empty is not
zero (H1): it is refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from sinhthai.assessment.engine.roadmap.model import Option, OptionKind
from sinhthai.assessment.roadmap.candidates import timed
from sinhthai.assessment.roadmap.model import NOTHING, Asked, Candidate, Ground, Want
from sinhthai.assessment.roadmap.wording import KIND_NAMES, MILLION
from sinhthai.foundation.console.sheets import Workbook
from sinhthai.foundation.numbers import NumberError, parse_number
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.typed import typed

SHEET = Text("Giải pháp", "Options")
HEADINGS = (
    Text("Mã", "Code"),
    Text("Loại", "Kind"),
    Text("Tên", "Name"),
    Text("Doanh nghiệp (mã, cách nhau bằng ;)", "Enterprises (codes, with ; between)"),
    Text("Tiêu chí (mã=lượng, cách nhau bằng ;)", "Criteria (id=amount, with ; between)"),
    Text("Đầu tư (triệu VND)", "Investment (million VND)"),
    Text("Đầu tư thấp nhất", "Investment, low"),
    Text("Đầu tư cao nhất", "Investment, high"),
    Text("Tiết kiệm mỗi năm (triệu VND)", "Saving a year (million VND)"),
    Text("CO2e giảm mỗi năm (t)", "CO2e cut a year (t)"),
    Text("Số tháng thực hiện", "Months to do it"),
    Text("Tuổi thọ (năm)", "Life (years)"),
    Text("Trên tiêu thụ", "On the use"),
    Text("Tỷ lệ tiết kiệm (0–1)", "Share saved (0 to 1)"),
    Text("Loại trừ (mã)", "Excludes (codes)"),
    Text("Cần trước (mã)", "Requires (codes)"),
    Text("Nguồn", "Source"),
    Text("Ước tính", "Estimated"),
)
_YOURS = Text("người dùng nhập", "entered by the user")
_LIFE, _MOST = 10, 20_000
_MOST_MONTHS, _MOST_YEARS = 600.0, 100.0


def write_options(candidates: Sequence[Candidate], language: str) -> bytes:
    """Return the options as a workbook, in the headings of *language*."""
    rows = [_cells(one, language) for one in sorted(candidates, key=lambda one: one.option.id)]
    title = Text(
        "Sửa chi phí, xóa dòng không muốn xét, thêm dòng mới; tiền tính bằng triệu VND",
        "Change costs, take out rows you do not want, add new ones; money in million VND",
    )
    with Workbook(language) as book:
        book.sheet(SHEET, HEADINGS, rows, title=title)
    return book.data


def read_options(
    data: bytes,
    file: str,
    found: Sequence[Candidate],
    wants: Sequence[Want],
    ground: Ground,
    asked: Asked,
) -> tuple[Candidate, ...]:
    """Return the options of a workbook; known codes keep their reason, new ones are the user's.

    Raises
    ------
    InputError : every cell that cannot be used, by sheet and cell.
    """
    grid = _grid(data, file)
    head = next((n for n, row in enumerate(grid[:10]) if _is_head(row)), None)
    if head is None:
        raise InputError([_no_headings(file)])
    reader = _Reader(file, found, wants, ground, asked)
    for number, row in enumerate(grid[head + 1 :], head + 2):
        if any(cell not in ("", None) for cell in row):
            reader.read(number, [*row, *[""] * (len(HEADINGS) - len(row))])
    reader.check_references()
    if reader.problems:
        raise InputError(reader.problems)
    return tuple(reader.options.values())


class _Reader:
    def __init__(
        self, file: str, found: Sequence[Candidate], wants: Sequence[Want], ground: Ground,
        asked: Asked,
    ) -> None:  # fmt: skip
        self.file, self.asked, self.ground = file, asked, ground
        self.known = {one.option.id: one for one in found}
        self.wants = {want.leaf.id: want for want in wants}
        self.leaves = {leaf.id for leaf in ground.framework.leaves}
        self.options: dict[str, Candidate] = {}
        self.places: dict[str, int] = {}
        self.problems: list[Problem] = []

    def read(self, number: int, row: Sequence[Any]) -> None:
        before = len(self.problems)
        texts = [str(cell).strip() if cell is not None else "" for cell in row]
        name = texts[2]
        code = texts[0] or f"own:{number}"
        if code in self.options:
            self._wrong(number, 0, Text("mã đã dùng ở dòng khác", "the code is used twice"))
        kind = self._kind(number, texts[1])
        gives = self._gives(number, texts[4])
        cost = self._number(number, row, 5, needed=True)
        low, high = (self._number(number, row, column) for column in (6, 7))
        saving, co2e = (self._number(number, row, c, least=None) for c in (8, 9))
        months = self._number(number, row, 10, most=_MOST_MONTHS)
        life = self._number(number, row, 11, most=_MOST_YEARS)
        share = self._number(number, row, 13)
        if share is not None and share >= 1:
            self._wrong(number, 13, Text("tỷ lệ phải nhỏ hơn 1", "a share is below 1"))
        if not name:
            self._wrong(number, 2, Text("thiếu tên", "the name is missing"))
        if len(self.problems) > before or cost is None:
            return
        old = self.known.get(code)
        money = cost * MILLION
        option = Option(
            code, name, kind, money, (saving or 0.0) * MILLION, co2e or 0.0,
            life=max(int(life or _LIFE), 1), gives=gives, enterprises=_list(texts[3]),
            use=texts[12], share=share or 0.0, excludes=_list(texts[14]),
            requires=_list(texts[15]),
        )  # fmt: skip
        clear = [w.clear_from for leaf in gives if (w := self.wants.get(leaf)) and w.clear_from]
        option = timed(option, int(months or 0), self.asked, max(clear, default=None))
        same = old is not None and abs(old.option.investment - money) < 1.0
        self.places[code] = number
        self.options[code] = Candidate(
            option=option,
            name=old.name if old and name in (old.name.vi, old.name.en) else Text(name, name),
            why=old.why if old else _YOURS,
            source=old.source if old and same else Text(*(texts[16] or part for part in
                                                          (_YOURS.vi, _YOURS.en))),
            estimated=old.estimated if old and same else False,
            low=money if low is None or not same else low * MILLION,
            high=money if high is None or not same else high * MILLION,
            owner=old.owner if old else NOTHING,
            months=int(months or 0),
        )  # fmt: skip

    def check_references(self) -> None:
        """Options name each other by code: what is excluded or required stands in the file."""
        for code, one in self.options.items():
            for other in one.option.requires:
                if other not in self.options:
                    said = Text(f"không có mã «{other}»", f"there is no code '{other}'")
                    self._wrong(self.places[code], 15, said)

    def _kind(self, number: int, written: str) -> OptionKind:
        folded = fold(written)
        for kind in get_args(OptionKind):
            names = KIND_NAMES[kind]
            if folded in (kind, fold(names.vi), fold(names.en)):
                return kind
        listed = Text(
            "; ".join(name.vi for name in KIND_NAMES.values()),
            "; ".join(name.en for name in KIND_NAMES.values()),
        )
        said = Text(f"không có loại «{written}»: {listed.vi}", f"no kind '{written}': {listed.en}")
        self._wrong(number, 1, said)
        return "step"

    def _gives(self, number: int, written: str) -> Mapping[str, float]:
        gives = {}
        for part in _list(written):
            leaf, _, said = part.partition("=")
            try:
                amount = parse_number(said) if said.strip() else 1.0
            except NumberError as error:
                self._wrong(number, 4, error.message)
                continue
            if leaf.strip() not in self.leaves:
                self._wrong(
                    number, 4,
                    Text(f"không có tiêu chí «{leaf}»", f"there is no criterion '{leaf}'"),
                )  # fmt: skip
                continue
            if amount < 0:
                self._wrong(number, 4, Text("không được âm", "cannot be negative"))
            gives[leaf.strip()] = amount
        return gives

    def _number(
        self, number: int, row: Sequence[Any], column: int, *, needed: bool = False,
        least: float | None = 0.0, most: float | None = None,
    ) -> float | None:  # fmt: skip
        cell = row[column]
        if cell is None or str(cell).strip() == "":
            if needed:
                said = Text("trống không phải là 0", "empty is not zero")
                self._wrong(number, column, said)
            return None
        try:
            value = parse_number(cell)
        except NumberError as error:
            self._wrong(number, column, error.message)
            return None
        if least is not None and value < least:
            self._wrong(number, column, Text("không được âm", "cannot be negative"))
        if most is not None and value > most:
            self._wrong(number, column, Text(f"nhiều nhất là {most:g}", f"at most {most:g}"))
        return value

    def _wrong(self, number: int, column: int, said: Text) -> None:
        head = HEADINGS[column]
        self.problems.append(
            Problem(
                "option_cell",
                Text(f"{head.vi}: {said.vi}.", f"{head.en}: {said.en}."),
                Text("Sửa ô này.", "Mend this cell."),
                Place(self.file, SHEET.vi, f"{chr(ord('A') + column)}{number}"),
            )
        )


def _cells(one: Candidate, language: str) -> list[str | float | None]:
    option = one.option
    return [
        option.id,
        KIND_NAMES[option.kind].get(language),
        one.name.get(language),
        "; ".join(option.enterprises),
        "; ".join(f"{leaf}={typed(amount, language)}" for leaf, amount in option.gives.items()),
        option.investment / MILLION,
        one.low / MILLION,
        one.high / MILLION,
        option.saving / MILLION,
        option.co2e,
        one.months,
        option.life,
        option.use,
        option.share or None,
        "; ".join(option.excludes),
        "; ".join(option.requires),
        one.source.get(language),
        Text("có", "yes").get(language) if one.estimated else "",
    ]


def _list(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;\n]", written) if part.strip())


def _is_head(row: Sequence[Any]) -> bool:
    first = fold(str(row[0])) if row else ""
    return first in {fold(HEADINGS[0].vi), fold(HEADINGS[0].en)}


def _grid(data: bytes, file: str) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as error:
        raise InputError([_not_a_workbook(file)]) from error
    if len(rows) > _MOST:
        raise InputError([_too_many(file)])
    return [list(row) for row in rows]


def _not_a_workbook(file: str) -> Problem:
    return Problem(
        "options_unreadable",
        Text("Không đọc được tệp giải pháp.", "The file of options cannot be read."),
        Text(
            "Dùng tệp .xlsx do --write-options ghi ra.",
            "Use the .xlsx file that --write-options writes.",
        ),
        Place(file),
    )


def _too_many(file: str) -> Problem:
    return Problem(
        "options_too_many",
        Text(f"Tệp có hơn {_MOST} dòng.", f"The file has more than {_MOST} rows."),
        Text("Bỏ bớt dòng; không dòng nào được đọc.", "Take rows out; none of them was read."),
        Place(file, SHEET.vi),
    )


def _no_headings(file: str) -> Problem:
    return Problem(
        "options_headings",
        Text("Không thấy dòng tiêu đề.", "The row of headings is not there."),
        Text(
            "Giữ nguyên các cột của tệp do --write-options ghi ra.",
            "Keep the columns of the file that --write-options writes.",
        ),
        Place(file, SHEET.vi),
    )
