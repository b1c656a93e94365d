"""The workbook of activities: written, filled in as people do, and read again."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sinhthai.carbon.engine.inventory import METHODS
from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.workbook import Reading, read_activities, write_template
from sinhthai.carbon.workbook.columns import COLUMNS, PARAMETERS
from sinhthai.carbon.workbook.example import REMARK, example_activities
from sinhthai.carbon.workbook.words import CATEGORIES, KINDS, SCOPES
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError, Place, Problem

FACTORS = load_factors()
ROOT = Path(__file__).resolve().parents[2]
HEAD = ("Doanh nghiệp", "Năm", "Loại nguồn", "Nhiên liệu, chất, hoạt động", "Lượng", "Đơn vị")
COAL = ("A", 2023, "Đốt cố định", "Than antraxit", 10, "t")


def book(*rows: Sequence[object], head: Sequence[str] = HEAD, name: str = "S") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": True}) as made:
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, head)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def read(content: bytes, **more: object) -> Reading:
    return read_activities(content, "f.xlsx", FACTORS, **{"subject": "f", **more})


def refused(content: bytes, **more: object) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(content, **more)
    return caught.value.problems


def plain(activities: Sequence[Activity]) -> list[Activity]:
    return [replace(one, place=Place()) for one in activities]


def by_line(activities: Sequence[Activity]) -> Mapping[object, Activity]:
    return {(one.subject, one.year, one.line): one for one in plain(activities)}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_written_is_read_again(language: str) -> None:
    activities = example_activities()
    found = read(write_template(FACTORS, language, activities=activities))
    assert by_line(found.activities) == by_line(activities)
    assert found.warnings == ()
    assert found.years == (2022, 2023)


def test_the_shipped_example_is_what_the_command_writes_and_says_it_is_invented() -> None:
    shipped = (ROOT / "examples" / "enterprise.xlsx").read_bytes()
    assert shipped == write_template(FACTORS, "vi", activities=example_activities(), remark=REMARK)
    guide = openpyxl.load_workbook(io.BytesIO(shipped)).worksheets[0]
    assert "hư cấu" in guide["A2"].value


def test_the_template_offers_lists_and_an_empty_one_is_told() -> None:
    content = write_template(FACTORS, "vi")
    made = openpyxl.load_workbook(io.BytesIO(content))
    fuels = made["Nhiên liệu"]
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in fuels.data_validations.dataValidation}
    assert lists.keys() == {"C2", "D2", "F2", "G2"}
    offered = made["_lists"]
    column, last = re.search(r"\$(\w+)\$2:\$\w+\$(\d+)", lists["D2"]).groups()
    names = [offered[f"{column}{row}"].value for row in range(2, int(last) + 1)]
    assert "Than antraxit" in names
    assert "Dầu điêzen (DO)" in names
    assert [one.code for one in refused(content)] == ["no-lines"]


def test_everything_the_engine_asks_a_plant_for_has_a_column() -> None:
    asked = set()
    for path in (ROOT / "src" / "sinhthai" / "carbon" / "engine").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"(?:plant=|own\(|share\()\"([a-z_0-9]+)\"", text))
    assert asked <= {one.key for one in PARAMETERS}
    assert set(KINDS) == set(METHODS) == set(SCOPES)
    keys = [(one.key, kind) for one in PARAMETERS for kind in one.kinds]
    assert len(keys) == len(set(keys))
    assert not {one.key for one in PARAMETERS} & {column.key for column in COLUMNS}


def test_every_category_of_the_tables_has_a_name() -> None:
    def of(what: str, quantity: str) -> set[str]:
        return {
            one.category
            for one in FACTORS.factors
            if one.category and (one.activity, one.quantity) == (what, quantity)
        }

    fuels = {one.id for one in FACTORS.activities.values() if one.group == "fuel"}
    burnt = {
        f.category for f in FACTORS.factors if f.activity in fuels and f.quantity == "emission"
    }
    assert burnt - {""} <= CATEGORIES["stationary"].keys() | CATEGORIES["mobile"].keys()
    assert of("wastewater", "mcf") <= CATEGORIES["wastewater"].keys()
    assert of("landfill", "mcf") == CATEGORIES["landfill"].keys()
    assert of("incineration", "emission") == CATEGORIES["incineration"].keys()
    assert of("composting", "emission") == CATEGORIES["biological"].keys()


@pytest.mark.parametrize(
    ("written", "unit", "value", "read_as"),
    [
        ("1.234,5", "t", 1234.5, "t"),
        ("1,234.5", "t", 1234.5, "t"),
        ("1 234,5 tấn", "", 1234.5, "tấn"),
        (12.5, "nghìn m3", 12_500.0, "m3"),
        (2, "triệu kWh", 2e6, "kWh"),
        ("3", "1000 m3", 3000.0, "m3"),
        (7, "kg", 7.0, "kg"),
    ],
)
def test_quantities_as_people_write_them(
    written: object, unit: str, value: float, read_as: str
) -> None:
    row = ("A", 2023, "Đốt cố định", "Than antraxit", written, unit)
    (found,) = read(book(row)).activities
    assert (found.quantity, found.unit) == (value, read_as)


@pytest.mark.parametrize("blank", ["", "-", "chưa khai", "bảo mật", "not reported"])
def test_what_is_not_reported_is_unknown_and_said(blank: str) -> None:
    found = read(book((*COAL[:4], blank, "t")))
    assert found.activities[0].quantity is None
    assert [one.code for one in found.warnings] == ["not-reported"]


def test_what_does_not_apply_is_left_out_and_zero_is_zero() -> None:
    found = read(book((*COAL[:4], "không áp dụng", ""), (*COAL[:4], 0, "t")))
    assert [one.quantity for one in found.activities] == [0.0]
    assert [one.code for one in found.warnings] == ["not-applicable"]


def test_english_headings_aliases_and_units_of_the_heading_are_understood() -> None:
    head = ("Company", "Reporting year", "Kind", "Fuel", "Amount (kg)", "NCV (GJ/t)")
    (found,) = read(book(("A", "2023", "boiler", "DO", 500, 42.5), head=head)).activities
    assert (found.what, found.quantity, found.unit, found.parameters) == (
        "diesel", 500.0, "kg", {"ncv": 42.5},
    )  # fmt: skip


def test_a_share_is_a_fraction_or_a_per_cent() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, (*HEAD, "Nhóm", "Hiệu suất lò hơi bên bán", "Sai số"))
        percent = made.add_format({"num_format": "0%"})
        for row, value in enumerate((0.85, "85 %", "0,85"), start=1):
            heat = ("A", 2023, "heat", "Nhiệt mua", row, "GJ", "diesel", value)
            sheet.write_row(row, 0, heat)
        sheet.write(1, 7, 0.85, percent)
        sheet.write(1, 8, 0.05, percent)
        sheet.write(2, 8, "± 5 %")
        sheet.write(3, 8, 5)
    found = read(target.getvalue()).activities
    assert [one.parameters for one in found] == [{"efficiency": 0.85}] * 3
    assert [one.uncertainty for one in found] == [5.0] * 3


def test_a_merged_cell_that_describes_speaks_for_its_lines() -> None:
    made = openpyxl.Workbook()
    made.active.append(HEAD)
    made.active.append(COAL)
    made.active.append((None, None, None, "Than nâu", 5, "t"))
    for column in "ABC":
        made.active.merge_cells(f"{column}2:{column}3")
    target = io.BytesIO()
    made.save(target)
    found = read(target.getvalue()).activities
    assert [(one.subject, one.year, one.kind) for one in found] == [("A", 2023, "stationary")] * 2


def test_hidden_rows_count_and_are_told_and_hidden_sheets_are_not_read() -> None:
    made = openpyxl.Workbook()
    made.active.append(HEAD)
    made.active.append(COAL)
    made.active.append((*COAL[:3], "Than nâu", 5, "t"))
    made.active.row_dimensions[3].hidden = True
    made.create_sheet("cũ").append(HEAD)
    made["cũ"].append(("A", 2023, "x", "x", "x", "x"))
    made["cũ"].sheet_state = "hidden"
    target = io.BytesIO()
    made.save(target)
    found = read(target.getvalue())
    assert len(found.activities) == 2
    assert [(one.code, one.place.cell) for one in found.warnings] == [("hidden-rows", "E3")]


def test_the_same_line_twice_is_told_and_both_count() -> None:
    found = read(book(COAL, COAL))
    assert len(found.activities) == 2
    assert [(one.code, one.place.cell) for one in found.warnings] == [("duplicate", "E3")]
    assert "E2" in found.warnings[0].message.en


def test_a_column_nobody_knows_and_a_value_nobody_needs_are_told() -> None:
    head = (*HEAD, "Màu sắc", "COD (kg/m³)")
    found = read(book((*COAL, "đỏ", 2), head=head))
    assert [one.code for one in found.warnings] == ["unknown-column", "parameter-unused"]
    assert found.activities[0].parameters == {}


def test_without_names_all_lines_are_of_the_file_and_the_year_may_be_given() -> None:
    found = read(book(("", "", *COAL[2:])), subject="nhà máy", year=2021)
    assert [(one.subject, one.year) for one in found.activities] == [("nhà máy", 2021)]


def test_twenty_thousand_lines_are_read_in_seconds() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for row in range(1, 20_001):
            sheet.write_row(row, 0, (f"E{row % 500}", 2023, COAL[2], COAL[3], row, "t"))
    start = time.perf_counter()
    found = read(target.getvalue())
    assert len(found.activities) == 20_000
    assert time.perf_counter() - start < 15  # one second and a half where nothing else runs
