"""The formulas of the workbook: the arithmetic of the engine, in the words of a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.foundation.text import Text
from sinhthai.reporting.engine.workbook.model import column_name

TOP = 2
"""Row of the headings on sheets of measures, from 0."""
YEARLY = ("flows", "taxed", "sums", "worths")
SHEETS = ("results", "given", "prices", "inputs", *YEARLY, "curve", "pins")
_NAMES = {
    "results": Text("Kết quả", "Results"),
    "given": Text("Giả định", "Assumptions"),
    "prices": Text("Giá", "Prices"),
    "inputs": Text("Đầu vào", "Inputs"),
    "flows": Text("Dòng tiền", "Cash flows"),
    "taxed": Text("Sau thuế", "After tax"),
    "sums": Text("Lũy kế", "Cumulated"),
    "worths": Text("Lũy kế chiết khấu", "Cumulated, discounted"),
    "curve": Text("Đường cong", "Curve"),
    "pins": Text("Căn cứ", "What it rests on"),
}
ABOUT = {
    "flows": Text("Trước thuế, đồng, cuối mỗi năm.", "Before tax, VND, at the end of each year."),
    "taxed": Text(
        "Sau thuế: lợi ích × (1 − thuế) + khấu hao × thuế.",
        "After tax: saving × (1 − tax) + depreciation × tax.",
    ),
    "sums": Text("Cộng dồn dòng tiền trước thuế.", "Sum of the flows before tax so far."),
    "worths": Text("Cộng dồn dòng tiền đã chiết khấu.", "Sum of the discounted flows so far."),
}
RATE, INFLATION, REAL, HORIZON, TAX, DEPRECIATION = (
    f"given_{key}" for key in ("rate", "inflation", "is_real", "horizon", "tax", "depreciation")
)
INVESTMENT, GRANT, LIFE, OTHER, RUNNING, SALVAGE, OWN_CO2E = 2, 3, 4, 5, 6, 7, 8


@dataclass(frozen=True, slots=True)
class SheetNames:
    """What the sheets are called in a language."""

    language: str

    def __getitem__(self, key: str) -> str:
        return _NAMES[key].get(self.language)


def quoted(sheet: str) -> str:
    """Return a sheet name as formulas write it."""
    return f"'{sheet}'"


def cell(row: int, column: int) -> str:
    """Return the absolute name of a 0-based cell.

    >>> cell(3, 1)
    '$B$4'
    """
    return f"${column_name(column)}${row + 1}"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand: ``inputs`` columns of figures, then carriers, then their prices."""

    names: SheetNames
    inputs: int
    carriers: int
    years: int

    @property
    def first(self) -> int:
        """Column of the first carrier."""
        return self.inputs

    def input(self, number: int, column: int) -> str:
        """Return the formula that fetches an input of the measure *number*."""
        return f"={self._input(number, column)}"

    def first_saving(self, number: int) -> str:
        """Return the net saving of year 1, without what is sold at the end of a life of a year."""
        flow = self._at("flows", number, 1)
        return f"={flow}-IF({self._input(number, LIFE)}=1,{self._input(number, SALVAGE)},0)"

    def npv(self, number: int, key: str) -> str:
        """Return the worth; a spreadsheet's NPV discounts its first flow, so year 0 is added."""
        return f"={self._at(key, number, 0)}+NPV({RATE},{self._row(key, number, 1)})"

    def irr(self, number: int, key: str, guess: float | None) -> str:
        """Return the rate; *guess* leads the search of the spreadsheet."""
        return f"=IRR({self._row(key, number, 0)},{guess or 0.1!r})"

    def payback(self, number: int, key: str) -> str:
        """Return the years until the cumulated flows of *key* stay at zero or above."""
        sums, years = self._row(key, number, 0), self._years(key)
        last = self._at(key, number, self.years)
        year = f"LOOKUP(2,1/({sums}<0),{years})"
        owed = f"LOOKUP(2,1/({sums}<0),{sums})"
        flow = f"INDEX({self._row('flows', number, 0)},{year}+2)"
        if key == "worths":
            flow = f"({flow}/(1+{RATE})^({year}+1))"
        return f'=IF({last}<0,"–",IFERROR({year}-{owed}/{flow},0))'

    def co2e(self, number: int) -> str:
        """Return t CO2e a year: the measure's own figure, else by the factors of its carriers."""
        own = self._input(number, OWN_CO2E)
        quantities = self._carriers(TOP + 1 + number, 0)
        return f"=IF(ISNUMBER({own}),{own},SUMPRODUCT({quantities},{self._carriers(1, 0)}))"

    def cost(self, number: int) -> str:
        """Return the cost of a tonne: the investment spread over the life, less the saving."""
        sheet, row = quoted(self.names["results"]), TOP + 1 + number
        co2e, saving = f"{sheet}!{cell(row, 10)}", f"{sheet}!{cell(row, 3)}"
        life = self._input(number, LIFE)
        invested = f"({self._input(number, INVESTMENT)}-{self._input(number, GRANT)})"
        spread = f"IF({RATE}=0,1/{life},{RATE}/(1-(1+{RATE})^(-{life})))"
        cost = f'IF({co2e}>0,({invested}*{spread}-{saving})/{co2e},"–")'
        return f'=IF(ISNUMBER({co2e}),{cost},"–")'

    def total(self, column: int, measures: int) -> str:
        """Return the sum of a column of results over the measures that count."""
        first, last = TOP + 1, TOP + measures
        counts = f"{cell(first, 1)}:{cell(last, 1)}"
        return f"=SUMPRODUCT({counts},{cell(first, column)}:{cell(last, column)})"

    def yearly(self, key: str, number: int, year: int) -> str:
        """Return the formula of a year on one of the yearly sheets."""
        if key == "flows":
            return self._flow(number, year)
        if key == "taxed":
            return self._taxed(number, year)
        flow = self._at("flows", number, year)
        if key == "worths":
            flow = f"{flow}/(1+{RATE})^{self._year(key, year)}"
        return f"={flow}" if year == 0 else f"={self._at(key, number, year - 1)}+{flow}"

    def _flow(self, number: int, year: int) -> str:
        if year == 0:
            return f"=-({self._input(number, INVESTMENT)}-{self._input(number, GRANT)})"
        at, row = self._year("flows", year), TOP + 1 + number
        quantities, prices = self._carriers(row, 0), self._carriers(row, 1)
        saved = f"SUMPRODUCT({quantities},{prices},(1+{self._carriers(0, 0)})^({at}-1))"
        other = f"({self._input(number, OTHER)}-{self._input(number, RUNNING)})"
        grown = f"{other}*(1+IF({REAL}=1,0,{INFLATION}))^({at}-1)"
        return f"=IF({self._lives(number, at)},{saved}+{grown}+{self._sold(number, at)},0)"

    def _taxed(self, number: int, year: int) -> str:
        flow = self._at("flows", number, year)
        if year == 0:
            return f"={flow}"
        at = self._year("taxed", year)
        sold = self._sold(number, at)
        life = self._input(number, LIFE)
        invested = f"({self._input(number, INVESTMENT)}-{self._input(number, GRANT)})"
        over = f"IF({DEPRECIATION}=0,{life},{DEPRECIATION})"
        deflated = f"IF({REAL}=1,(1+{INFLATION})^{at},1)"
        written_off = f"IF({at}<={over},{invested}/{over}/{deflated},0)"
        net = f"({flow}-{sold})*(1-{TAX})+{written_off}*{TAX}+{sold}"
        return f"=IF({self._lives(number, at)},{net},0)"

    def _lives(self, number: int, at: str) -> str:
        return f"{at}<=MIN({self._input(number, LIFE)},{HORIZON})"

    def _sold(self, number: int, at: str) -> str:
        return f"IF({at}={self._input(number, LIFE)},{self._input(number, SALVAGE)},0)"

    def _input(self, number: int, column: int) -> str:
        return f"{quoted(self.names['inputs'])}!{cell(TOP + 1 + number, column)}"

    def _carriers(self, row: int, block: int) -> str:
        """Return a row over all carriers: quantities (block 0) or prices (block 1)."""
        first = self.first + block * self.carriers
        last = first + max(self.carriers, 1) - 1
        return f"{quoted(self.names['inputs'])}!{cell(row, first)}:{cell(row, last)}"

    def _at(self, key: str, number: int, year: int) -> str:
        return f"{quoted(self.names[key])}!{cell(TOP + 1 + number, 1 + year)}"

    def _row(self, key: str, number: int, first: int) -> str:
        row = TOP + 1 + number
        return f"{quoted(self.names[key])}!{cell(row, 1 + first)}:{cell(row, 1 + self.years)}"

    def _years(self, key: str) -> str:
        return f"{quoted(self.names[key])}!{cell(TOP, 1)}:{cell(TOP, 1 + self.years)}"

    def _year(self, key: str, year: int) -> str:
        return f"{column_name(1 + year)}${TOP + 1}"
