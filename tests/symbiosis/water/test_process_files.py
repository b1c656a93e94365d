"""Lists of water users: what is read, and every message of a list that is not sound."""

from __future__ import annotations

import io

import openpyxl
import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.water.process_files import WaterFile, read_water
from sinhthai.symbiosis.engine.water.words import LAYOUT

HEAD = "Enterprise,Process,Kind,Contaminant,Load (kg/h),Inlet max (mg/L),Outlet max,Flow,Concentration\n"


def read(text: str, **options: str) -> WaterFile:
    return read_water("water.csv", text.encode(), **options)


def problems(text: str, **options: str) -> list[tuple[str, int | None]]:
    with pytest.raises(InputError) as caught:
        read(text, **options)
    for problem in caught.value.problems:
        for said in (problem.message, problem.cure):
            assert said.vi
            assert said.en
            assert "{" not in said.vi + said.en
    return [(one.code, one.place.line) for one in caught.value.problems]


def test_units_in_heading_cell_and_column() -> None:
    file = read(
        "name,load,unit,cin (g/L),cout\n"
        "a,2000,g/h,0,0.1 g/L\n"
        "b,48,kg/ngày,50 ppm,100 mg/l\n"
        "c,0.12,tấn/ngày,50 g/m3,800 ppm\n"
    )
    assert [p.load[0] for p in file.processes] == pytest.approx([2, 2, 5])
    assert [p.inlet_max[0] for p in file.processes] == pytest.approx([0, 50, 50])
    assert [p.outlet_max[0] for p in file.processes] == pytest.approx([100, 100, 800])


def test_a_limiting_flow_stands_for_the_load() -> None:
    file = read("name,flow (m3/day),cin,cout\na,480,0,100\n")
    assert file.processes[0].load == pytest.approx((2.0,))


def test_a_workbook_in_vietnamese() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Sản xuất sợi, năm 2025 (ví dụ)"])
    sheet.append(["Doanh nghiệp", "Tên", "Loại", "Lưu lượng (m³/ngày đêm)", "Nồng độ (mg/L)"])
    sheet.append(["X", "bể 1", "nguồn", 240, 50])
    sheet.append(["x", "rửa", "nơi dùng", 480, 20])
    target = io.BytesIO()
    book.save(target)
    file = read_water("nuoc.xlsx", target.getvalue())
    assert [(tap.name, tap.flow) for tap in file.sources] == [("bể 1", 10.0)]
    assert [(tap.name, tap.flow) for tap in file.sinks] == [("rửa", 20.0)]
    assert file.owners == ("X",)


def test_a_workbook_tells_the_cell() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Nước"
    sheet.append(["name", "load", "cin", "cout"])
    sheet.append(["a", "2 kWh", 0, 100])
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(InputError) as caught:
        read_water("nuoc.xlsx", target.getvalue())
    assert str(caught.value.problems[0].place) == "nuoc.xlsx · Nước · B2"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A,1,process,,2 kWh,0,100,,\n", "unit_wrong"),
        ("A,1,process,,2 hộp,0,100,,\n", "unit_wrong"),
        ("A,1,process,,,0,100,800 m3/year,\n", "unit_wrong"),
        ("A,1,process,,2,10%,100,,\n", "percentage"),
        ("A,1,process,,two,0,100,,\n", "not_a_number"),
        ("A,1,process,,-2,0,100,,\n", "negative"),
        ("A,1,process,,2,100,50,,\n", "inlet_not_cleaner"),
        ("A,1,process,,2,100,100,,\n", "inlet_not_cleaner"),
        ("A,1,process,,,0,100,,\n", "no_load"),
        ("A,1,process,,2,,100,,\n", "missing_value"),
        ("A,1,process,,2,0,100,30,\n", "load_twice"),
        ("A,1,process,,0,0,100,,\n", "zero_load"),
        ("A,,process,,2,0,100,,\n", "missing_text"),
        ("A,1,boiler,,2,0,100,,\n", "kind_unknown"),
        ("A,1,,,,,,20,50\n", "kind_unknown"),
        ("A,1,process,,2,0,100,,\na,1,process,,3,0,100,,\n", "named_twice"),
        ("A,1,source,,,,,0,50\n", "zero_flow"),
        ("A,1,source,,,,,20,\n", "missing_value"),
    ],
)
def test_one_problem_one_message(rows: str, expected: str) -> None:
    line = 1 + rows.count("\n")
    assert problems(HEAD + rows) == [(expected, line)]


def test_fresh_water_dirtier_than_an_inlet_asks() -> None:
    text = HEAD + "A,1,process,,2,0,100,,\nA,2,process,,2,50,100,,\n"
    assert problems(text, fresh="20 ppm") == [("fresh_too_dirty", 2)]


def test_contaminants_missing_for_a_process() -> None:
    text = (
        HEAD + "A,1,process,TSS,2,0,100,,\nA,1,process,COD,2,0,100,,\nA,2,process,TSS,2,5,100,,\n"
    )
    assert problems(text) == [("contaminant_missing", 4)]


def test_a_row_without_a_contaminant_among_others() -> None:
    text = HEAD + "A,1,process,TSS,2,0,100,,\nA,2,process,,2,0,100,,\n"
    assert problems(text) == [("contaminant_unnamed", 3)]


def test_processes_are_not_mixed_with_sources() -> None:
    text = HEAD + "A,1,process,,2,0,100,,\nA,2,source,,,,,20,50\n"
    assert problems(text) == [("mixed_kinds", None)]


def test_sources_have_one_contaminant() -> None:
    text = HEAD + "A,1,source,TSS,,,,20,50\nA,2,sink,COD,,,,20,50\n"
    assert problems(text) == [("taps_of_several", None)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"  \n", "empty_file"),
        (b"PK\x03\x04 not a book", "unreadable_file"),
        (b"\xff\xfe\x00", "unreadable_file"),
        (b"colour,weight\nred,2\n", "no_headings"),
        (HEAD.encode(), "no_rows"),
        (b"name,load,cin,cin,cout\na,2,0,0,100\n", "heading_twice"),
    ],
)
def test_files_that_are_no_list(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_water("water.csv", data)
    assert [one.code for one in caught.value.problems] == [code]


def test_every_problem_is_told_at_once() -> None:
    text = HEAD + "A,1,process,,2 kWh,0,100,,\nA,2,process,,2,90,50,,\nA,3,boiler,,2,0,9,,\n"
    assert [line for _, line in problems(text)] == [2, 3, 4]


def test_an_unknown_heading_is_remarked_on() -> None:
    file = read("name,load,cin,cout,colour\na,2,0,100,red\n")
    assert [one.code for one in file.warnings] == ["heading_unknown"]


def test_every_message_is_in_both_languages() -> None:
    for message, cure in LAYOUT.messages.values():
        assert message.vi
        assert cure.en
