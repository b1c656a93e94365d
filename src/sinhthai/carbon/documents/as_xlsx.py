"""An inventory as a workbook in which every figure is computed again by Excel.

Quantities, factors and warming potentials are values; masses, tonnes of CO2e, totals and intervals
are formulas of their cells. Change a factor, and everything moves.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from sinhthai.carbon.documents import words
from sinhthai.carbon.documents.as_table import factor_words
from sinhthai.carbon.documents.parts import Part, Used, part_of
from sinhthai.carbon.documents.report import Report, Study
from sinhthai.carbon.engine.model import Scope
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.model import column_name

MOST_LINES = 20_000
_CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_SUMMARY, _LINES = Text("Tổng", "Totals"), Text("Từng dòng", "Lines")
_FACTORS, _GWP, _CAUSES = Text("Hệ số", "Factors"), Text("GWP", "GWP"), Text("Sai số", "Errors")
_GROUPS: tuple[tuple[str, tuple[Scope, ...]], ...] = (
    ("1", (1,)), ("2", (2,)), ("1+2", (1, 2)), ("3", (3,)),
)  # fmt: skip


def as_xlsx(study: Study, language: str) -> bytes:
    """Return *study* as an .xlsx file.

    Raises
    ------
    InputError : more lines than a workbook of formulas can hold.
    """
    import xlsxwriter

    reports = [*study.reports, *(park.report for park in study.parks)]
    count = sum(len(report.lines) for report in reports)
    if count > MOST_LINES:
        raise InputError([_too_many(count)])
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED})  # the same input, the same bytes
        _Book(book, study, language).write(reports)
    return target.getvalue()


class _Book:
    def __init__(self, book: Any, study: Study, language: str) -> None:
        self.book, self.study, self.language = book, study, language
        self.bold = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#e9f3ee"}
        )
        self.number = book.add_format({"num_format": "#,##0.000"})
        self.input = book.add_format({"font_color": "#2c5f8a"})
        self.sheets = {
            name.en: book.add_worksheet(name.get(language))
            for name in (_SUMMARY, _LINES, _FACTORS, _GWP, _CAUSES)
        }
        self.gwp: dict[str, int] = {}
        self.rows: dict[tuple[object, ...], int] = {}  # of factors

    def write(self, reports: list[Report]) -> None:
        parts = [part_of(report, self.study) for report in reports]
        self._gwp()
        self._factors(parts)
        self._lines(parts)
        self._summary(parts, self._causes(parts))

    def _ref(self, sheet: Text, row: int, column: int) -> str:
        """Return the absolute name of a cell of another sheet."""
        letters, number = column_name(column), row + 1
        return f"'{sheet.get(self.language)}'!${letters}${number}"

    def _column(self, letters: str, last: int) -> str:
        name = _LINES.get(self.language)
        return f"'{name}'!${letters}$2:${letters}${last + 1}"

    def _head(self, sheet: Any, names: list[Text], widths: list[int], row: int = 0) -> None:
        for at, (name, width) in enumerate(zip(names, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(row, at, name.get(self.language), self.head)
        sheet.freeze_panes(row + 1, 1)

    def _gwp(self) -> None:
        sheet, chosen = self.sheets[_GWP.en], self.study.factors.gwp(self.study.settings.gwp)
        self._head(sheet, [words.GAS, Text(f"GWP {chosen.name}", f"GWP {chosen.name}")], [14, 14])
        for row, (gas, value) in enumerate((("CO2e", 1.0), *chosen.values.items()), start=1):
            self.gwp[gas] = row
            sheet.write_string(row, 0, gas)
            sheet.write_number(row, 1, value, self.input)

    def _factors(self, parts: list[Part]) -> None:
        sheet = self.sheets[_FACTORS.en]
        names = [words.FACTORS, Text("Giá trị", "Value"), Text("Đơn vị", "Unit"), words.LOW,
                 words.HIGH, Text("± (tỷ lệ)", "± (share)"), Text("Nguồn", "Source")]  # fmt: skip
        self._head(sheet, names, [44, 12, 12, 12, 12, 12, 90])
        used = {one.key: one for part in parts for line in part.lines for one in line.factors}
        for row, (key, one) in enumerate(sorted(used.items(), key=lambda p: str(p[0])), start=1):
            self.rows[key] = row
            factor = one.factor
            sheet.write_string(row, 0, factor.id)
            sheet.write_number(row, 1, factor.value, self.input)
            sheet.write_string(row, 2, factor.unit)
            low, high = f"D{row + 1}", f"E{row + 1}"
            if factor.low is not None and factor.high is not None:
                sheet.write_number(row, 3, factor.low, self.input)
                sheet.write_number(row, 4, factor.high, self.input)
            formula = f'=IF(OR({low}="",{high}="",B{row + 1}=0),0,({high}-{low})/2/ABS(B{row + 1}))'
            sheet.write_formula(row, 5, formula, None, one.half)
            source = factor_words(factor.id, self.study).get(self.language)
            sheet.write_string(row, 6, source)

    def _lines(self, parts: list[Part]) -> None:
        sheet = self.sheets[_LINES.en]
        self.most = max((len(line.factors) for part in parts for line in part.lines), default=0)
        n = self.most
        names = [
            Text("Số báo cáo", "Report no."), words.ENTERPRISE, words.YEAR, words.SCOPE, words.LINE,
            words.SOURCE, words.GAS, Text("Lượng", "Quantity"), Text("Đơn vị", "Unit"),
            Text("Hằng số đổi", "Constant"), Text("Trừ, cộng (t)", "Offset (t)"),
            Text("Tính vào tổng", "Counts"), Text("Sai số lượng (tỷ lệ)", "Error of quantity"),
            Text("t khí trên đơn vị", "t of gas per unit"), words.MASS, words.GWP, words.T_CO2E,
            Text("Phần theo lượng, tính vào tổng", "Part by quantity that counts"),
            words.LOW, words.HIGH, words.FORMULA,
        ]  # fmt: skip
        widths = [9, 24, 8, 8, 16, 40, 10, 14, 10, 14, 12, 9, 11, 14, 14, 10, 14, 14, 12, 12, 60]
        extra = [Text(f"Hệ số {i + 1}", f"Factor {i + 1}") for i in range(n)]
        self._head(sheet, names + extra, widths + [40] * n)
        row = 1
        for number, part in enumerate(parts, start=1):
            for line in part.lines:
                self._line(sheet, row, number, part, line)
                row += 1
        self.last = row - 1

    def _line(self, sheet: Any, row: int, number: int, part: Part, used: Used) -> None:
        line, at = used.line, row + 1
        source = (line.scope, line.kind, line.what, "")
        name = words.source_name(source, self.study.factors)
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, line.subject)
        sheet.write_number(row, 2, line.year)
        sheet.write_number(row, 3, line.scope)
        sheet.write_string(row, 4, line.line)
        sheet.write_string(row, 5, name.get(self.language))
        sheet.write_string(row, 6, line.gas)
        if used.quantity is not None:
            sheet.write_number(row, 7, used.quantity, self.input)
        sheet.write_string(row, 8, used.unit)
        sheet.write_number(row, 9, used.constant)
        sheet.write_number(row, 10, used.offset)
        sheet.write_number(row, 11, int(used.counts))
        sheet.write_number(row, 12, used.half, self.input)
        refs = [(one, self._ref(_FACTORS, self.rows[one.key], 1)) for one in used.factors]
        product = "*".join([f"J{at}", *(f"(1-{r})" if o.is_rest else r for o, r in refs)])
        sheet.write_formula(row, 13, f"={product}", None, used.slope)
        # What does not hang on the quantity is known without it.
        mass = f'=IF(H{at}="","",N{at}*H{at}+K{at})' if used.slope else f"=K{at}"
        known = line.mass_t is not None
        sheet.write_formula(row, 14, mass, self.number, line.mass_t if known else "")
        gwp = self._ref(_GWP, self.gwp[line.gas], 1)
        sheet.write_formula(row, 15, f"={gwp}", None, used.gwp)
        tonnes = f'=IF(O{at}="","",O{at}*P{at})'
        sheet.write_formula(row, 16, tonnes, self.number, line.co2e_t if known else "")
        moving = f'=IF(O{at}="",0,(O{at}-K{at})*P{at}*L{at})'
        sheet.write_formula(row, 17, moving, self.number, used.moving)
        squares = "+".join(
            [f"M{at}^2", *(f"{self._ref(_FACTORS, self.rows[o.key], 5)}^2" for o in used.factors)]
        )
        width = f"ABS(O{at}-K{at})*P{at}*SQRT({squares})"
        for column, sign, value in ((18, "-", line.low_t), (19, "+", line.high_t)):
            formula = f'=IF(O{at}="","",Q{at}{sign}{width})'
            sheet.write_formula(row, column, formula, self.number, value if known else "")
        sheet.write_string(row, 20, line.formula.get(self.language))
        for place, one in enumerate(used.factors):
            sheet.write_string(row, 21 + place, one.name)
        del part

    def _causes(self, parts: list[Part]) -> dict[tuple[int, str], float]:
        """Write what makes each total uncertain: its quantities, and each factor as one."""
        sheet = self.sheets[_CAUSES.en]
        names = [Text("Số báo cáo", "Report no."), words.SCOPE, Text("Vì đâu", "Cause"),
                 Text("± t CO2e", "± t CO2e"), Text("bình phương", "squared")]  # fmt: skip
        self._head(sheet, names, [10, 8, 60, 16, 16])
        row, first = 1, 1
        widths: dict[tuple[int, str], float] = {}
        lines = _LINES.get(self.language)
        for number, part in enumerate(parts, start=1):
            for group, scopes in _GROUPS:
                squares = 0.0
                for name, rows, scope, half, moving in part.quantities(first):
                    if scope not in scopes:
                        continue
                    span = f"'{lines}'!$R${rows[0] + 1}:$R${rows[1] + 1}"
                    formula = f"='{lines}'!$M${rows[0] + 1}*SUM({span})"
                    squares += self._cause(sheet, row, number, group, name, formula, half * moving)
                    row += 1
                for key, name, error in part.factors(scopes):
                    half_cell = self._ref(_FACTORS, self.rows[key], 5)
                    sums = "+".join(
                        self._sumifs(number, scopes, column_name(21 + place), name)
                        for place in range(self.most)
                    )
                    formula = f"={half_cell}*({sums})"
                    squares += self._cause(sheet, row, number, group, name, formula, error)
                    row += 1
                widths[number, group] = squares**0.5
            first += len(part.lines)
        self.last_cause = row - 1
        return widths

    def _sumifs(self, number: int, scopes: tuple[Scope, ...], letters: str, name: str) -> str:
        moving, reports = self._column("R", self.last), self._column("A", self.last)
        scope, names = self._column("D", self.last), self._column(letters, self.last)
        which = '"<3"' if len(scopes) > 1 else f"{scopes[0]}"
        return f'SUMIFS({moving},{reports},{number},{scope},{which},{names},"{name}")'

    def _cause(
        self, sheet: Any, row: int, number: int, group: str, name: str, formula: str, error: float
    ) -> float:
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, group)
        sheet.write_string(row, 2, name)
        sheet.write_formula(row, 3, formula, self.number, error)
        sheet.write_formula(row, 4, f"=D{row + 1}^2", self.number, error**2)
        return error**2

    def _summary(self, parts: list[Part], widths: dict[tuple[int, str], float]) -> None:
        sheet = self.sheets[_SUMMARY.en]
        sheet.write_string(0, 0, words.TITLE.get(self.language), self.bold)
        names = [
            Text("Số báo cáo", "Report no."), words.ENTERPRISE, words.YEAR, words.SCOPE,
            Text("Đã biết (t CO2e)", "Known (t CO2e)"), Text("Chưa biết (khí của dòng)",
            "Unknown (gases of lines)"), Text("Tổng (t CO2e)", "Total (t CO2e)"), words.LOW,
            words.HIGH, words.BIOGENIC, words.DUTY,
        ]  # fmt: skip
        self._head(sheet, names, [9, 34, 8, 10, 16, 14, 16, 14, 14, 14, 40], row=2)
        row = 3
        for number, part in enumerate(parts, start=1):
            for group, scopes in _GROUPS:
                if group != "1+2" and scopes[0] not in part.report.scopes:
                    continue
                self._total(sheet, row, number, part, group, scopes, widths[number, group])
                row += 1
        row += 1
        for label, said in words.pins(self.study, self.language):
            sheet.write_string(row, 1, label)
            sheet.write_string(row, 3, said)
            row += 1
        sheet.write_string(row, 1, words.DUTY_NOTE.get(self.language))
        sheet.write_string(row + 1, 1, words.WHO_DECIDES.get(self.language))

    def _total(
        self,
        sheet: Any,
        row: int,
        number: int,
        part: Part,
        group: str,
        scopes: tuple[Scope, ...],
        width: float,
    ) -> None:
        report, at, last = part.report, row + 1, self.last
        total = report.scopes.get(None if group == "1+2" else scopes[0])
        known = total.known_t if total else 0.0
        missing = part.unknown(scopes)
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, report.subject)
        sheet.write_number(row, 2, report.year)
        sheet.write_string(row, 3, group)
        which = '"<3"' if group == "1+2" else group
        tests = f"{self._column('A', last)},{number},{self._column('D', last)},{which}"
        counted = f"{self._column('L', last)},1"
        formula = f"=SUMIFS({self._column('Q', last)},{tests},{counted})"
        sheet.write_formula(row, 4, formula, self.number, known)
        formula = f'=COUNTIFS({tests},{self._column("O", last)},"")'
        sheet.write_formula(row, 5, formula, None, missing)
        empty = "" if missing else known
        sheet.write_formula(row, 6, f'=IF(F{at}>0,"",E{at})', self.number, empty)
        causes = _CAUSES.get(self.language)
        ends = max(self.last_cause, 1) + 1
        half = (
            f"SQRT(SUMIFS('{causes}'!$E$2:$E${ends},'{causes}'!$A$2:$A${ends},{number},"
            f"'{causes}'!$B$2:$B${ends},\"{group}\"))"
        )
        for column, sign, value in ((7, "-", known - width), (8, "+", known + width)):
            formula = f'=IF(F{at}>0,"",E{at}{sign}{half})'
            sheet.write_formula(row, column, formula, self.number, "" if missing else value)
        if group == "1+2":
            if report.biogenic:
                formula = (
                    f"=SUMIFS({self._column('Q', last)},{tests},{self._column('L', last)},0,"
                    f'{self._column("G", last)},"CO2")'
                )
                direct = sum(
                    line.co2e_t or 0.0
                    for line in report.lines
                    if line.is_biogenic and line.scope in scopes
                )
                sheet.write_formula(row, 9, formula, self.number, direct)
            if report.duty:
                said = words.DUTIES[report.duty.outcome].get(self.language)
                sheet.write_string(row, 10, said)


def _too_many(count: int) -> Problem:
    return Problem(
        "too-many-lines",
        Text(
            f"{count} dòng kết quả: quá nhiều cho một sổ Excel có công thức.",
            f"{count} lines of results are too many for a workbook of formulas.",
        ),
        Text(
            f"Tối đa {MOST_LINES}. Chọn một năm (--year), chia sổ, hoặc dùng --format json.",
            f"At most {MOST_LINES}. Choose a year (--year), split the file, or use --format json.",
        ),
    )
