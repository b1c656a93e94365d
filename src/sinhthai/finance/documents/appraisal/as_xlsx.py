"""An appraisal as a workbook that computes itself: change an assumption and every figure follows.

Inputs stand once; cash flows, worth, rate, payback and cost of a tonne are formulas over them. Only
what is drawn at random, and a rate that is not one figure, are numbers.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from sinhthai.finance.documents.appraisal import Answer, words
from sinhthai.finance.documents.appraisal import formulas as f
from sinhthai.finance.documents.appraisal.sections import Said
from sinhthai.finance.engine.model import Appraisal, Irr
from sinhthai.finance.engine.study import Result
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label

_CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's properties have no time zone
_MONEY, _SHARE, _YEARS, _PLAIN = "#,##0", "0.0%", "0.0", "#,##0.###"
_INPUTS = (
    (words.MEASURE, 36), (Text("Tính vào tổng", "Counts"), 9), (words.INVESTMENT, 15),
    (Text("Hỗ trợ", "Grant"), 13), (Text("Tuổi thọ", "Life"), 8),
    (Text("Lợi ích khác", "Other saving"), 14), (Text("Chi phí vận hành", "Running cost"), 14),
    (Text("Giá trị thu hồi", "Salvage"), 13), (Text("CO2e tự tính (t)", "Own CO2e (t)"), 12),
    (Text("Phần còn lại của hộ", "Left of its use"), 11),
)  # fmt: skip
_SHARED = (
    ("rate", Text("Lãi suất chiết khấu", "Discount rate"), _SHARE),
    ("inflation", Text("Lạm phát", "Inflation"), _SHARE),
    ("is_real", Text("Giá cố định (1), danh nghĩa (0)", "Constant prices (1), nominal (0)"), "0"),
    ("horizon", Text("Thời hạn thẩm định (năm)", "Horizon (years)"), "0"),
    ("first_year", Text("Năm đầu có lợi ích", "First year of savings"), "0"),
    ("tax", Text("Thuế suất", "Tax rate"), _SHARE),
    ("depreciation", Text("Số năm khấu hao (0: tuổi thọ)", "Depreciation (years; 0: life)"), "0"),
)  # fmt: skip


def to_xlsx(answer: Answer, language: str) -> bytes:
    """Return *answer* as an .xlsx file in *language*; the same answer gives the same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED, "title": words.TITLE.get(language)})
        _Writer(book, answer, language).write()
    return target.getvalue()


class _Writer:
    def __init__(self, book: Any, answer: Answer, language: str) -> None:
        self.book, self.answer, self.language = book, answer, language
        self.said = Said(answer, language)
        self.carriers = list(answer.file.carriers.values())
        self.years = answer.study.scenario.horizon
        self.results = answer.study.results
        self.names = f.SheetNames(language)
        self.layout = f.Layout(self.names, len(_INPUTS), len(self.carriers), self.years)
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter",
             "bg_color": "#E7F0EA"}
        )  # fmt: skip
        self.over = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "align": "right",
             "bg_color": "#E7F0EA"}
        )  # fmt: skip
        self.right = book.add_format({"align": "right"})
        self.bold = book.add_format({"bold": True})
        self.note = book.add_format({"italic": True, "font_color": "#7A5200"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._formats: dict[tuple[str, bool], Any] = {}

    def write(self) -> None:
        sheets = {key: self.book.add_worksheet(self.names[key]) for key in f.SHEETS}
        for sheet in sheets.values():
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
        self._results(sheets["results"])
        self._given(sheets["given"])
        self._prices(sheets["prices"])
        self._inputs(sheets["inputs"])
        self._flows(sheets)
        self._curve(sheets["curve"])
        self._pins(sheets["pins"])

    def form(self, number: str, bold: bool = False) -> Any:
        if (number, bold) not in self._formats:
            self._formats[number, bold] = self.book.add_format(
                {"num_format": number, "bold": bold, "align": "right"}
            )
        return self._formats[number, bold]

    def say(self, text: Text) -> str:
        return text.get(self.language)

    def _heads(self, sheet: Any, row: int, heads: Sequence[tuple[Text, int]]) -> None:
        sheet.set_row(row, 44)
        for at, (text, width) in enumerate(heads):
            sheet.set_column(at, at, width)
            sheet.write_string(row, at, self.say(text), self.over if at else self.head)
        sheet.freeze_panes(row + 1, 1)

    def _results(self, sheet: Any) -> None:
        title = self.say(words.TITLE)
        if self.answer.file.is_invented:
            title = f"{title}. {self.say(words.INVENTED)}"
        sheet.write_string(0, 0, title, self.note if self.answer.file.is_invented else self.bold)
        heads = (
            (words.MEASURE, 36), (Text("Tính vào tổng", "Counts"), 9),
            (Text("Vốn đầu tư (đ)", "Investment (VND)"), 16),
            (Text("Lợi ích ròng năm đầu (đ)", "Net saving, year 1 (VND)"), 16),
            (Text("NPV (đ)", "NPV (VND)"), 17),
            (Text("NPV sau thuế (đ)", "NPV after tax (VND)"), 17), (words.IRR, 10),
            (words.IRR_TAXED, 10), (words.PAYBACK, 10), (words.DISCOUNTED, 11), (words.CO2E, 11),
            (Text("Chi phí giảm CO2e (đ/t)", "Abatement cost (VND/t)"), 16),
            (Text("P10 (đ)", "P10 (VND)"), 16), (Text("P50 (đ)", "P50 (VND)"), 16),
            (Text("P90 (đ)", "P90 (VND)"), 16), (words.LOSS, 10),
        )  # fmt: skip
        self._heads(sheet, f.TOP, heads)
        for number, result in enumerate(self.results):
            self._result(sheet, number, result)
        self._totals(sheet)

    def _result(self, sheet: Any, number: int, result: Result) -> None:
        row, lay, one = lay_row(number), self.layout, result.appraisal
        proposal = result.measure.proposal
        sheet.write_string(row, 0, proposal.name)
        cells: list[tuple[str, object, str]] = [
            (lay.input(number, 1), int(result.counts), "0"),
            (lay.input(number, 2), proposal.investment, _MONEY),
            (lay.first_saving(number), one.yearly_saving, _MONEY),
            (lay.npv(number, "flows"), one.npv, _MONEY),
            (lay.npv(number, "taxed"), one.npv_after_tax, _MONEY),
            (lay.irr(number, "flows", one.irr.value), self._rate(one.irr), _SHARE),
            (lay.irr(number, "taxed", one.irr_after_tax.value), self._rate(one.irr_after_tax),
             _SHARE),
            (lay.payback(number, "sums"), self._years(one.payback), _YEARS),
            (lay.payback(number, "worths"), self._years(one.discounted_payback), _YEARS),
            (lay.co2e(number), one.co2e, _PLAIN),
            (lay.cost(number), "–" if one.abatement_cost is None else one.abatement_cost, _MONEY),
        ]  # fmt: skip
        for at, (formula, value, number_format) in enumerate(cells, 1):
            if at in (6, 7) and (one.irr if at == 6 else one.irr_after_tax).outcome != "one":
                self._value(sheet, row, at, value, number_format)
            elif value is None:
                sheet.write_string(row, at, self.say(words.UNKNOWN), self.form(number_format))
            else:
                sheet.write_formula(row, at, formula, self.form(number_format), value)
        if result.risk is not None:
            risk = result.risk
            for at, value in enumerate((risk.p10, risk.p50, risk.p90), 12):
                sheet.write_number(row, at, value, self.form(_MONEY))
            sheet.write_number(row, 15, risk.chance_of_loss, self.form(_SHARE))

    def _value(self, sheet: Any, row: int, at: int, value: object, number_format: str) -> None:
        if isinstance(value, int | float):
            sheet.write_number(row, at, value, self.form(number_format))
        else:
            sheet.write_string(row, at, str(value), self.form(number_format))

    def _rate(self, found: Irr) -> object:
        if found.value is not None:
            return found.value
        return self.say(words.SEVERAL if found.outcome == "many" else words.NO_RATE)

    def _years(self, value: float | None) -> object:
        return "–" if value is None else value

    def _totals(self, sheet: Any) -> None:
        totals, row = self.answer.study.totals, lay_row(len(self.results))
        sheet.write_string(row, 0, self.say(words.TOTAL), self.bold)
        values = {2: totals.investment, 3: totals.yearly_saving, 4: totals.npv,
                  5: totals.npv_after_tax, 10: totals.co2e}  # fmt: skip
        for at, value in values.items():
            number_format = _PLAIN if at == 10 else _MONEY
            if value is None:
                unknown = self.say(words.UNKNOWN)
                sheet.write_string(row, at, unknown, self.form(number_format, True))
                continue
            formula = self.layout.total(at, len(self.results))
            sheet.write_formula(row, at, formula, self.form(number_format, True), value)
        sheet.write_string(row + 1, 0, self.say(words.NOT_SUMMED), self.note)

    def _given(self, sheet: Any) -> None:
        scenario = self.answer.study.scenario
        values = {
            "rate": scenario.rate, "inflation": scenario.inflation,
            "is_real": int(scenario.is_real), "horizon": scenario.horizon,
            "first_year": scenario.first_year, "tax": scenario.tax,
            "depreciation": scenario.depreciation_years or 0,
        }  # fmt: skip
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 30)
        for row, (key, title, number_format) in enumerate(_SHARED):
            sheet.write_string(row, 0, self.say(title), self.bold)
            sheet.write_number(row, 1, values[key], self.form(number_format))
            self.book.define_name(key_name(key), f"={f.quoted(self.names['given'])}!$B${row + 1}")
        most = Text(f"nhiều nhất {self.years}", f"{self.years} at most")
        sheet.write_string([key for key, *_ in _SHARED].index("horizon"), 2, self.say(most))
        row = len(_SHARED) + 1
        for label, said in self.said.assumptions():
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, said)
            row += 1

    def _prices(self, sheet: Any) -> None:
        heads = (
            (Text("Dạng", "Carrier"), 34), (Text("Đơn vị", "Unit"), 9),
            (Text("Giá năm đầu (đ)", "Price, year 1 (VND)"), 16),
            (Text("Mức tăng giá", "Escalation"), 11),
            (Text("t CO2e một đơn vị", "t CO2e per unit"), 12), (Text("Căn cứ", "Rests on"), 70),
        )  # fmt: skip
        self._heads(sheet, 0, heads)
        for row, one in enumerate(self.carriers, 1):
            sheet.write_string(row, 0, self.say(one.name))
            sheet.write_string(row, 1, unit_label(one.unit, self.language), self.right)
            if one.price is not None:
                sheet.write_number(row, 2, one.price, self.form(_PLAIN))
            sheet.write_number(row, 3, one.escalation, self.form(_SHARE))
            if one.co2e is not None:
                sheet.write_number(row, 4, one.co2e, self.form("0.000000"))
            origins = dict.fromkeys(self.say(said) for said in one.origins.values())
            sheet.write_string(row, 5, "; ".join(origins), self.right)

    def _inputs(self, sheet: Any) -> None:
        lay = self.layout
        names = [
            f"{self.say(one.name)} ({unit_label(one.unit, self.language)})" for one in self.carriers
        ]
        priced = [
            Text(f"Giá {name}", f"Price of {name}") for name in names
        ]  # what the line itself states, else that of the sheet of prices
        heads = [*_INPUTS, *((Text(name, name), 15) for name in names), *((p, 15) for p in priced)]
        self._heads(sheet, f.TOP, heads)
        for at, one in enumerate(self.carriers):
            for row, column, value in ((0, 3, one.escalation), (1, 4, one.co2e or 0.0)):
                source = f"={f.quoted(self.names['prices'])}!{f.cell(at + 1, column)}"
                sheet.write_formula(row, lay.first + at, source, self.form("0.0000"), value)
        for row, label in ((0, Text("Mức tăng giá", "Escalation")), (1, words.CO2E)):
            sheet.write_string(row, lay.first - 1, self.say(label), self.bold)
        for number, result in enumerate(self.results):
            self._input(sheet, number, result)

    def _input(self, sheet: Any, number: int, result: Result) -> None:
        row, proposal, lay = lay_row(number), result.measure.proposal, self.layout
        sheet.write_string(row, 0, proposal.name)
        values = (
            int(result.counts), proposal.investment, proposal.grant, proposal.life,
            proposal.other_saving, proposal.running_cost, proposal.salvage, proposal.co2e,
            result.left,
        )  # fmt: skip
        for at, value in enumerate(values, 1):
            if value is not None:
                sheet.write_number(row, at, value, self.form(_SHARE if at == 9 else _PLAIN))
        for at, one in enumerate(self.carriers):
            quantity = proposal.savings.get(one.id)
            if quantity is None:
                continue
            sheet.write_number(row, lay.first + at, quantity, self.form(_PLAIN))
            place = lay.first + len(self.carriers) + at
            own = proposal.prices.get(one.id)
            if own is not None:
                sheet.write_number(row, place, own, self.form(_PLAIN))
            elif one.price is not None:
                source = f"={f.quoted(self.names['prices'])}!{f.cell(at + 1, 2)}"
                sheet.write_formula(row, place, source, self.form(_PLAIN), one.price)

    def _flows(self, sheets: Mapping[str, Any]) -> None:
        first = self.answer.study.scenario.first_year
        for key in f.YEARLY:
            sheet = sheets[key]
            sheet.write_string(0, 0, self.say(f.ABOUT[key]), self.note)
            sheet.set_column(0, 0, 36)
            sheet.set_column(1, self.years + 1, 15)
            sheet.freeze_panes(f.TOP + 1, 1)
            sheet.write_string(f.TOP, 0, self.say(words.MEASURE), self.head)
            for year in range(self.years + 1):
                sheet.write_number(1, 1 + year, first - 1 + year, self.form("0"))
                sheet.write_number(f.TOP, 1 + year, year, self.over)
        for number, result in enumerate(self.results):
            values = self._values(result.appraisal)
            row = lay_row(number)
            for key in f.YEARLY:
                sheet = sheets[key]
                sheet.write_string(row, 0, result.measure.proposal.name)
                for year in range(self.years + 1):
                    formula = self.layout.yearly(key, number, year)
                    value = values[key][year]
                    sheet.write_formula(row, 1 + year, formula, self.form(_MONEY), value)

    def _values(self, one: Appraisal) -> dict[str, list[float]]:
        """Return what the formulas of every year give: what a program that only reads sees."""
        rate = self.answer.study.scenario.rate
        rest = [0.0] * (self.years + 1 - len(one.flows))
        flows, taxed = [*one.flows, *rest], [*one.flows_after_tax, *rest]
        worths = [flow / (1.0 + rate) ** year for year, flow in enumerate(flows)]
        return {
            "flows": flows,
            "taxed": taxed,
            "sums": list(accumulate(flows)),
            "worths": list(accumulate(worths)),
        }

    def _curve(self, sheet: Any) -> None:
        heads = (
            (words.MEASURE, 40), (Text("Từ (t CO2e)", "From (t CO2e)"), 13),
            (Text("Đến (t CO2e)", "To (t CO2e)"), 13),
            (Text("Chi phí (đ/t)", "Cost (VND/t)"), 16), (Text("NPV (đ)", "NPV (VND)"), 17),
            (Text("Xếp theo", "Ordered by"), 26),
        )  # fmt: skip
        self._heads(sheet, 0, heads)
        for row, step in enumerate(self.answer.study.curve, 1):
            sheet.write_string(row, 0, step.proposal)
            for at, value in enumerate((step.start_t, step.end_t), 1):
                sheet.write_number(row, at, value, self.form(_PLAIN))
            sheet.write_number(row, 3, step.cost, self.form(_MONEY))
            sheet.write_number(row, 4, step.npv, self.form(_MONEY))
            by = words.CURVE_PAYS if step.pays else words.CURVE_COSTS
            sheet.write_string(row, 5, self.say(by), self.right)

    def _pins(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 26, self.bold)
        sheet.set_column(1, 1, 100, self.wrapped)
        row = 0
        for label, value in self.said.pins():
            sheet.write_string(row, 0, label, self.bold)
            sheet.write_string(row, 1, value, self.wrapped)
            row += 1
        said = [*self.said.remarks(), *(p.say(self.language) for p in self.answer.file.remarks)]
        if self.answer.study.draws:
            said += self.said.risk().notes
        for line in [*said, self.say(words.NOT_A_DECISION)]:
            sheet.write_string(row, 1, line, self.wrapped)
            row += 1


def lay_row(number: int) -> int:
    """Return the row of the measure *number* on every sheet of measures."""
    return f.TOP + 1 + number


def key_name(key: str) -> str:
    """Return the name of a shared assumption in formulas."""
    return f"given_{key}"
