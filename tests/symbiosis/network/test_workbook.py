"""The park's workbook: read back as written, and every mistake at its sheet and cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.symbiosis.engine.network import Network
from sinhthai.symbiosis.engine.network.workbook import read_park, write_park
from tests.symbiosis.network.parks import example_park, infeasible_park
from tests.symbiosis.network.regenerate import EXAMPLES


def rewritten(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """Return the example workbook after *change*."""
    book = openpyxl.load_workbook(io.BytesIO(write_park(example_park())))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column(sheet: object, heading: str) -> str:
    """Return the letter of the column whose heading holds *heading*."""
    return next(c.column_letter for c in sheet[1] if c.value and heading in str(c.value))


def put(sheet: str, heading: str, row: int, value: object) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        page = book[sheet]
        page[f"{column(page, heading)}{row}"] = value

    return change


def problems_of(content: bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read_park(content, "park.xlsx")
    return caught.value.problems


@pytest.mark.parametrize("park", [example_park(), infeasible_park()])
def test_written_and_read_back_is_the_same(park: Network) -> None:
    assert read_park(write_park(park), "park.xlsx") == park


@pytest.mark.parametrize(
    ("name", "park"), [("park.xlsx", example_park()), ("park-infeasible.xlsx", infeasible_park())]
)
def test_the_examples_are_these_parks(name: str, park: Network) -> None:
    assert read_park((EXAMPLES / name).read_bytes(), name) == park


def test_links_are_made_when_none_are_stated() -> None:
    park = replace(example_park(), links=())
    assert read_park(write_park(park), "park.xlsx").links == example_park().links


@pytest.mark.parametrize(
    ("change", "code", "cell", "words"),
    [
        (put("Nguồn", "Unit", 2, "lít"), "unit", "F2", "lít"),
        (put("Nguồn", "Unit", 2, "kWh"), "unit", "F2", "kWh"),
        (put("Nguồn", "Supply", 3, "nhiều"), "not_a_number", "F3", "nhiều"),
        (put("Nơi nhận", "Need", 2, 0), "zero_demand", "F2", "xi-mang"),
        (put("Nơi nhận", "Need", 2, None), "blank", "F2", "Need/year"),
        (put("Nơi nhận", "Quality limits", 2, "loi=6"), "bad_form", "J2", "loi=6"),
        (put("Nguồn", "Material", 2, "gold"), "unknown_material", "D2", "gold"),
        (put("Nguồn", "Latitude", 2, 106.9), "bad_place", "K2", "106.9"),
        (put("Liên kết", "To", 2, "nobody"), "unknown_node", "B2", "nobody"),
        (put("Vật liệu", "Unit", 2, "mét"), "unit", "C2", "mét"),
        (put("Vận chuyển", "Truck/pipe", 2, "voi"), "vehicle", "C2", "voi"),
        (put("Chung", "Value", 3, "nhiều"), "not_a_number", "B3", "nhiều"),
    ],
)
def test_a_mistake_is_named_with_sheet_cell_and_cure(
    change: Callable[[openpyxl.Workbook], None], code: str, cell: str, words: str
) -> None:
    found = [one for one in problems_of(rewritten(change)) if one.code == code]
    assert found
    problem = found[0]
    if not (code == "unit" and cell == "F2"):  # the unit is refused where an amount needs it
        assert problem.place.cell == cell
    assert problem.place.sheet
    assert words in problem.say("en")


def test_all_mistakes_of_a_workbook_come_at_once() -> None:
    def change(book: openpyxl.Workbook) -> None:
        put("Nguồn", "Supply", 2, "x")(book)
        put("Nơi nhận", "Need", 3, "y")(book)
        put("Vận chuyển", "Truck/pipe", 2, "voi")(book)

    codes = [problem.code for problem in problems_of(rewritten(change))]
    assert codes.count("not_a_number") == 2
    assert "vehicle" in codes


def test_a_missing_sheet_and_a_missing_column_are_named() -> None:
    def change(book: openpyxl.Workbook) -> None:
        del book["Vận chuyển"]
        page = book["Nguồn"]
        page[f"{column(page, 'Supply')}1"] = "?"

    found = {problem.code: problem for problem in problems_of(rewritten(change))}
    assert "Carrying" in found["no_sheet"].message.en
    assert "Supply/year" in found["no_column"].message.en


def test_units_of_the_row_and_of_the_cell_are_converted() -> None:
    def change(book: openpyxl.Workbook) -> None:
        put("Nguồn", "Unit", 2, "kg")(book)
        put("Nguồn", "Supply", 2, "60000 t")(book)
        put("Nguồn", "At least", 2, 20_000_000)(book)
        put("Nguồn", "disposal cost", 2, 90)(book)

    assert read_park(rewritten(change), "park.xlsx").sources[0] == example_park().sources[0]


def test_no_workbook_at_all() -> None:
    assert problems_of(b"not a workbook")[0].code == "not_a_workbook"


def test_the_template_is_an_empty_park_with_its_guide() -> None:
    content = write_park(Network((), (), (), ()))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames[0] == "Hướng dẫn"
    assert "Nguồn" in book.sheetnames
    assert {problem.code for problem in problems_of(content)} == {"no_links"}
