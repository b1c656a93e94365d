"""The Excel term sheet worked out again from its own cells, by a spreadsheet of our own."""

import io

import openpyxl
import pytest
from django.utils import timezone
from tests.finance.spreadsheet import Spreadsheet
from tests.finance.web.conftest import GIVEN, STATED, step

from sinhthai.finance.actions.appraisals import save_appraisal, work_out
from sinhthai.finance.actions.projects import change_project
from sinhthai.finance.engine.assumptions import Assumptions
from sinhthai.finance.readers.project import read_page
from sinhthai.finance.readers.sheets import term_sheet
from sinhthai.finance.termsheet.excel import to_xlsx
from sinhthai.finance.termsheet.pdf import to_pdf

pytestmark = pytest.mark.django_db
RICH = Assumptions(
    investment=900e6, grant=100e6, salvage=50e6, life=7, horizon=7, first_year=2027, rate=0.12,
    inflation=0.035, escalation=0.04, tax=0.17, depreciation_years=5, running_cost=12e6,
    electricity_mwh=180.0, voltage="22kV", starts="06:00", ends="22:00", water_m3=4000.0,
    water_price=18_500.0, other_saving=30e6, grid_factor=0.6592, asked_share=0.7, asked_years=5,
    loan_rate=0.085,
)  # fmt: skip
CASES = {
    "plain": GIVEN,
    "rich": RICH,
    "real": Assumptions(**{**RICH.as_json(), "is_real": True}),
    "short horizon": Assumptions(**{**RICH.as_json(), "horizon": 3}),
    "one year": Assumptions(**{**RICH.as_json(), "life": 1, "horizon": 4, "other_saving": 2e9}),
    "loss": Assumptions(**{**RICH.as_json(), "investment": 9e9, "co2e": 12.0}),
    "no interest": Assumptions(**{**RICH.as_json(), "rate": 0.0, "loan_rate": 0.0}),
}


def sheet_of(project, given, editor):
    save_appraisal(user=editor, project=project, given=given, at=timezone.now())
    project.refresh_from_db()
    return term_sheet(read_page(project, "owner", today=timezone.localdate()))


@pytest.mark.parametrize("case", CASES)
def test_every_formula_gives_what_the_engine_found(case, project, editor):
    made = sheet_of(project, CASES[case], editor)
    content = to_xlsx(made, "en")
    book, kept = Spreadsheet(content), openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = 0
    for sheet, row, column in book.formulas():
        formulas += 1
        expected = kept[sheet].cell(row, column).value
        found = book.value(sheet, row, column)
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-6), (sheet, row, column)
    assert formulas > 16 * made.years
    results = {row[0].value: row[1].value for row in kept["Results"].iter_rows()}
    assert results["NPV before tax"] == pytest.approx(made.result["npv"])
    assert results["NPV after tax"] == pytest.approx(made.result["npv_after_tax"])


def test_inputs_are_numbers_and_everything_else_follows(project, editor):
    made = sheet_of(project, RICH, editor)
    book = Spreadsheet(to_xlsx(made, "vi"))
    book.book["Assumptions"]["B4"].value *= 2  # the investment
    last = 4 + made.years
    total = sum(book.value("CashFlow", row, 14) for row in range(4, last + 1))
    doubled = Assumptions(**{**RICH.as_json(), "investment": RICH.investment * 2})
    expected = work_out("x", doubled, timezone.localdate()).appraisal.npv
    assert total == pytest.approx(expected)


def test_a_hostile_title_is_no_formula(project, editor):
    stated = {**{name: getattr(STATED, name) for name in STATED.__dataclass_fields__}}
    change_project(
        user=editor, project=project, at=timezone.now(),
        stated=type(STATED)(**{**stated, "title": "=HYPERLINK(1)", "description": "#set page() <x>"}),
    )  # fmt: skip
    project.refresh_from_db()
    made = sheet_of(project, GIVEN, editor)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(made, "en")))
    assert book["Assumptions"]["A1"].data_type == "s"
    assert to_pdf(made, "en").startswith(b"%PDF")


def test_the_pdf_is_the_same_twice_and_in_both_languages(project, editor):
    step(editor, project, "screened")
    made = sheet_of(project, RICH, editor)
    one, again, english = to_pdf(made, "vi"), to_pdf(made, "vi"), to_pdf(made, "en")
    assert one == again
    assert one != english
