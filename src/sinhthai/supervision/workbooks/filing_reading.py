"""Read the workbook of a yearly form back: what was typed, and each mistake with its cell."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from typing import Any

import python_calamine as calamine

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.container import NOT_COMPUTED, Container, open_container
from sinhthai.reporting.engine.workbook.model import cell_name
from sinhthai.rules.forms import Form, FormField
from sinhthai.supervision.engine.typing_in import read_typed
from sinhthai.supervision.workbooks.filing_sheet import (
    ANSWER,
    CODE,
    EXPORTED,
    HEAD_ROW,
    META,
    REASON,
    sheet_name,
)

MOST_ROWS = 2_000
_AGAIN = Text("tải lại tệp của mẫu này rồi nhập vào tệp mới", "download this form's file again")


@dataclass(slots=True)
class Upload:
    """What a file says: "field" -> what was typed, "field?" -> why there is none."""

    words: dict[str, object] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


def read_filing(
    content: bytes, *, file_name: str, form: Form, year: int, park: str, enterprise: str
) -> Upload:
    """Return what was typed into a workbook of this very form, year and filer.

    Raises
    ------
    InputError
        The file cannot be taken, is of another form, or has mistakes: every one with its cell.
    """
    container = open_container(content, file_name)
    book = calamine.load_workbook(io.BytesIO(content))
    _check_meta(book, file_name, (form.id, str(year), park, enterprise))
    sheet = sheet_name(form.id)
    if sheet not in book.sheet_names:
        raise InputError([_sheet_missing(file_name, sheet)])
    rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=MOST_ROWS)
    return _Reader(form, file_name, sheet, container).read(rows)


@dataclass(slots=True)
class _Reader:
    form: Form
    file_name: str
    sheet: str
    container: Container
    upload: Upload = field(default_factory=Upload)
    problems: list[Problem] = field(default_factory=list)

    def read(self, rows: list[list[Any]]) -> Upload:
        fields = self.form.by_id()
        seen: set[str] = set()
        for at, row in enumerate(rows[HEAD_ROW + 1 :], start=HEAD_ROW + 1):
            code = str(_cell(row, CODE)).strip()
            if code in seen:
                self._problem("filing-row-twice", at, CODE, Text(
                    f"trường {code} có hai dòng", f"field {code} has two rows"
                ))  # fmt: skip
            elif code in fields:
                seen.add(code)
                self._row(fields[code], at, row)
            elif any(str(_cell(row, column)).strip() for column in (ANSWER, REASON)):
                self._problem("filing-row-unknown", at, CODE, Text(
                    f"không có trường “{code}”", f"there is no field “{code}”"
                ))  # fmt: skip
        absent = [one.title for name, one in fields.items() if name not in seen]
        if absent:
            names = Text("; ".join(t.vi for t in absent[:5]), "; ".join(t.en for t in absent[:5]))
            self._problem("filing-row-absent", HEAD_ROW, CODE, Text(
                f"thiếu dòng của: {names.vi}", f"rows are missing: {names.en}"
            ))  # fmt: skip
        if self.problems:
            raise InputError(self.problems)
        return self.upload

    def _row(self, one: FormField, at: int, row: list[Any]) -> None:
        raw, reason = _cell(row, ANSWER), _cell(row, REASON)
        error = self.container.sheets[self.sheet].errors.get((at, ANSWER))
        if error is not None:
            what = Text("công thức chưa được tính", "a formula that was not computed")
            if error != NOT_COMPUTED:
                what = Text(f"ô có lỗi {error}", f"the cell shows {error}")
            self._problem("filing-cell-error", at, ANSWER, Text(
                f"{one.title.vi}: {what.vi}", f"{one.title.en}: {what.en}"
            ))  # fmt: skip
            return
        if one.is_typed:
            place = self._place(at, ANSWER)
            try:
                read_typed(one, raw, place)  # to say every mistake of the file at once
            except InputError as mistake:
                self.problems += mistake.problems
            self.upload.words[one.id] = raw
            self.upload.places[one.id] = place
        elif not _same(raw, _cell(row, EXPORTED)):
            self._problem(
                "filing-cell-locked",
                at,
                ANSWER,
                Text(
                    f"{one.title.vi}: ô này lấy từ số liệu đã báo cáo và đã bị sửa",
                    f"{one.title.en}: this cell comes from the records and was changed",
                ),
                Text(
                    "sửa trong báo cáo số liệu của năm đó, rồi tải lại tệp",
                    "correct it in the report of that year, then download the file again",
                ),
            )
        if not one.parts:
            self.upload.words[f"{one.id}?"] = str(reason).strip()
            self.upload.places[f"{one.id}?"] = self._place(at, REASON)

    def _place(self, row: int, column: int) -> Place:
        return Place(self.file_name, self.sheet, cell_name(row, column))

    def _problem(self, code: str, row: int, column: int, what: Text, cure: Text = _AGAIN) -> None:
        self.problems.append(Problem(code, what, cure, self._place(row, column)))


def _check_meta(
    book: calamine.CalamineWorkbook, file_name: str, wanted: tuple[str, str, str, str]
) -> None:
    """Refuse a workbook that is not of this form, year and filer."""
    if META not in book.sheet_names:
        raise InputError(
            [
                Problem(
                    "filing-not-ours",
                    Text(
                        "Tệp này không phải tệp của mẫu báo cáo năm.",
                        "This is not the file of a yearly form.",
                    ),
                    _AGAIN,
                    Place(file_name),
                )
            ]
        )
    rows = book.get_sheet_by_name(META).to_python(skip_empty_area=False, nrows=20)
    said = {str(_cell(row, 0)): _plain(_cell(row, 1)) for row in rows}
    found = tuple(said.get(key, "") for key in ("form", "year", "park", "enterprise"))
    if found != wanted:
        raise InputError(
            [
                Problem(
                    "filing-of-another",
                    Text(
                        f"Tệp này là của {' · '.join(filter(None, found))}, "
                        f"không phải {' · '.join(filter(None, wanted))}.",
                        f"This file is of {' · '.join(filter(None, found))}, "
                        f"not of {' · '.join(filter(None, wanted))}.",
                    ),
                    _AGAIN,
                    Place(file_name, META),
                )
            ]
        )


def _sheet_missing(file_name: str, sheet: str) -> Problem:
    return Problem(
        "filing-sheet-absent",
        Text(f"Tệp không có trang “{sheet}”.", f"The file has no sheet “{sheet}”."),
        _AGAIN,
        Place(file_name),
    )


def _cell(row: list[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _same(now: object, before: object) -> bool:
    if isinstance(now, int | float) and isinstance(before, int | float):
        return math.isclose(float(now), float(before), rel_tol=1e-12, abs_tol=1e-12)
    return str(now).strip() == str(before).strip()
