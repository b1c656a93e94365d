"""The reader that every list shares: headings, units and places, whatever the list holds."""

from __future__ import annotations

import pytest

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError
from sinhthai.symbiosis.engine.lists import (
    MESSAGES,
    Column,
    Layout,
    find_heading,
    missing_headings,
    read_grids,
    rows_below,
)
from sinhthai.symbiosis.engine.lists.units import in_base

OIL = Column(Text("Dầu", "Oil"), "t", ("dau thai",), (("m**3", 0.9),))
RISE = Column(Text("Chênh", "Rise"), "kelvin", ())
FLOW = Column(Text("Lưu lượng", "Flow"), "t/hour", ())
NAME = Column(Text("Tên", "Name"), "", ())
LAYOUT = Layout({"name": NAME, "oil": OIL, "rise": RISE, "flow": FLOW}, MESSAGES,
                {"tat ca": ("oil", "flow")})  # fmt: skip


def rows(text: str, *needed: str) -> tuple[list[dict[str, object]], list[Problem]]:
    (grid,) = read_grids("list.csv", text.encode())
    problems: list[Problem] = []
    heading = find_heading(grid, LAYOUT, needed or ("name",), problems)
    assert heading is not None
    read = [
        {"name": row.text("name"), "oil": row.number("oil"), "flow": row.number("flow")}
        for row in rows_below(grid, heading, LAYOUT, problems)
    ]
    return read, problems


@pytest.mark.parametrize(
    ("value", "written", "column", "expected"),
    [
        (2.0, "", OIL, 2.0),
        (2000.0, "kg", OIL, 2.0),
        (2.0, "m3", OIL, 1.8),  # another kind of unit that means the same here
        (10.0, "°C", RISE, 10.0),  # a difference, not 283 K
        (18.0, "°F", RISE, 10.0),
        (48.0, "tấn/ngày", FLOW, 2.0),
    ],
)
def test_units(value: float, written: str, column: Column, expected: float) -> None:
    assert in_base(value, written, column) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("written", "column", "words"),
    [
        ("kWh", OIL, "cannot be converted to t"),
        ("t/year", FLOW, "a year's amount and does not tell the flow"),
        ("t", NAME, "No unit belongs here"),
    ],
)
def test_units_of_another_kind(written: str, column: Column, words: str) -> None:
    with pytest.raises(UnitError, match=words):
        in_base(1.0, written, column)


def test_the_heading_is_found_below_a_title_in_any_language() -> None:
    read, problems = rows("Danh sách 2025;;\n;;\nName;Dầu thải (kg);LƯU LƯỢNG, kg/h\nA;500;2000\n")
    assert read == [{"name": "A", "oil": 0.5, "flow": 2.0}]
    assert problems == []


def test_one_column_of_units_serves_several() -> None:
    read, _ = rows("Name,Oil,Flow,Đơn vị tất cả\nA,3,4,\nB,3,,kg\n")
    assert (read[0]["oil"], read[1]["oil"]) == (3.0, pytest.approx(0.003))


def test_a_doubtful_number_is_read_as_the_rest_of_the_file() -> None:
    read, _ = rows("Name;Oil\nA;1,5\nB;1.333\n")
    assert read[1]["oil"] == 1333.0


def test_a_record_over_two_lines_keeps_the_place_of_the_next() -> None:
    _, problems = rows('Name,Oil\n"A\nB",3\nC,many\n')
    assert [(one.code, one.place.line) for one in problems] == [("not_a_number", 4)]


def test_a_missing_heading_names_all_that_is_needed() -> None:
    problem = missing_headings(Place("x.csv"), LAYOUT, ("name", "oil"))
    assert problem.message.vi == "Không thấy hàng tiêu đề có đủ các cột: Tên, Dầu."
