"""Lists as people write them, and one broken list for every message."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.heat.messages import KINDS
from sinhthai.symbiosis.engine.heat.stream_files import read_heat, read_utilities

_HEAD = "Name,Kind,Supply (°C),Target (°C),CP (kW/K),Duty (kW)\n"
_GOOD = "H1,hot,170,60,3,\n"


def _read(text: str, least: float = 10.0):
    return read_heat("list.csv", text.encode(), least=least)


def _book(**sheets) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return target.getvalue()


def test_vietnamese_list_with_semicolons_and_decimal_commas():
    file = _read(
        "\ufeffTên dòng;Doanh nghiệp;Nhiệt độ vào (°C);Nhiệt độ ra (°C);CP (kW/K);ΔT riêng\n"
        "Nước thải;Dệt nhuộm;72,5;40;1,333;\n"
        "Nước cấp;Dệt nhuộm;28;60;2,5;3\n"
    )
    hot, cold = file.streams
    assert (hot.supply, hot.duty, hot.contribution, hot.zone) == (
        72.5,
        pytest.approx(1.333 * 32.5),
        5.0,
        "Dệt nhuộm",
    )
    assert hot.is_hot
    assert not cold.is_hot
    assert cold.contribution == 3.0
    assert file.warnings == ()


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Supply (K),Target (K),Duty (kW)", "443.15,333.15,330"),
        ("Supply (°F),Target (°F),Duty (MW)", "338,140,0.33"),
        ("Tin,Tout,CP (MW/K)", "170,60,0.003"),
        ("Tin,Tout,Duty (kJ/s)", "170,60,330"),
        ("Tin,Tout,Duty", "170 °C,60 °C,0.33 MW"),
        ("Tin,Tout,Duty,Unit", "170,60,0.33,MW"),
        ("Tin,Tout,Temperature unit,Duty", "443.15,333.15,K,330"),
        ("Tin,Tout,Flow (kg/s),Specific heat", "170,60,1.5,2.0"),
        ("Tin,Tout,Flow (t/h),Specific heat (kJ/kg.K)", "170,60,5.4,2.0"),
        ("Tin,Tout,CP,Duty", "170,60,3,330.1"),
    ],
)
def test_every_way_to_write_the_same_stream(heading, row):
    (stream,) = _read(f"{heading}\n{row}\n").streams
    assert stream.supply == pytest.approx(170)
    assert stream.target == pytest.approx(60)
    assert stream.duty == pytest.approx(330, rel=1e-3)


def test_own_contribution_in_fahrenheit_is_a_difference():
    (stream,) = _read("Tin,Tout,CP,dT (°F)\n170,60,3,9\n").streams
    assert stream.contribution == pytest.approx(5)


def test_constant_temperature_stream():
    (stream,) = _read(_HEAD + "Hơi,nóng,120,120,,500\n").streams
    assert (stream.is_hot, stream.duty, stream.capacity) == (True, 500.0, None)


def test_workbook_with_utilities_and_places():
    file = read_heat(
        "park.xlsx",
        _book(
            **{
                "Dòng nhiệt": [
                    ["Danh sách 2025"],
                    ["Doanh nghiệp", "Tên", "Tvào", "Tra", "CP"],
                    ["A", "s", 90, 40, 1.5],
                ],
                "Tiện ích": [["Tên", "Loại", "Tvào", "Đơn giá"], ["Hơi", "cả hai", 144, 900000]],
                "Doanh nghiệp": [
                    ["Doanh nghiệp", "Vĩ độ", "Kinh độ", "Ngày"],
                    ["A", 10.6, 106.7, 300],
                ],
            }
        ),
        least=8,
    )
    assert file.streams[0].contribution == 4.0
    assert (file.utilities[0].kind, file.utilities[0].target) == ("both", 144)
    assert file.utilities[0].contribution == 4.0
    assert (file.places[0].days, file.places[0].ends) == (300, 24)


def test_unknown_heading_is_a_warning_and_a_note_is_not():
    file = _read("Tin,Tout,CP,Ghi chú,Màu\n90,40,1.5,x,đỏ\n")
    (warning,) = file.warnings
    assert (warning.code, warning.place.line) == ("heading_unknown", 1)
    assert "Màu" in warning.message.vi


_BROKEN = {
    "empty_file": ("", None),
    "unreadable_file": ("a\0b", None),
    "no_headings": ("a,b\n1,2\n", None),
    "no_streams": (_HEAD, None),
    "heading_twice": ("Tin,Tout,CP,Tin\n90,40,1,3\n", 1),
    "missing_value": (_HEAD + "H1,hot,170,,3,\n", 2),
    "not_a_number": (_HEAD + "H1,hot,nóng,60,3,\n", 2),
    "ambiguous_number": ("Tin;Tout;CP\n90;40;1.333\n", 2),
    "percentage": (_HEAD + "H1,hot,170,60,25 %,\n", 2),
    "unit_wrong": (_HEAD + "H1,hot,170,60,3 kg,\n", 2),
    "below_absolute_zero": (_HEAD + "H1,hot,170,-300,3,\n", 2),
    "implausibly_hot": (_HEAD + "H1,hot,17000,60,3,\n", 2),
    "no_load": (_HEAD + "H1,hot,170,60,,\n", 2),
    "load_twice": (_HEAD + "H1,hot,170,60,3,340\n", 2),
    "zero_capacity": (_HEAD + "H1,hot,170,60,0,\n", 2),
    "negative": (_HEAD + "H1,hot,170,60,,-330\n", 2),
    "constant_without_kind": (_HEAD + "H1,,120,120,,500\n", 2),
    "constant_without_duty": (_HEAD + "H1,hot,120,120,3,\n", 2),
    "kind_against_temperatures": (_HEAD + "H1,cold,170,60,3,\n", 2),
    "kind_unknown": (_HEAD + "H1,warm,170,60,3,\n", 2),
    "named_twice": (_HEAD + _GOOD + _GOOD, 3),
}


@pytest.mark.parametrize("code", _BROKEN)
def test_broken_list(code):
    text, line = _BROKEN[code]
    with pytest.raises(InputError) as raised:
        _read(text)
    problem = next(one for one in raised.value.problems if one.code == code)
    assert problem.place.file == "list.csv"
    assert problem.place.line == line
    for said in (problem.message, problem.cure):
        assert said.vi.strip()
        assert "{" not in said.vi + said.en


def test_broken_cell_of_a_workbook_is_named():
    data = _book(Sheet=[["Tên", "Tvào", "Tra", "CP"], ["a", 90, 40, 1], ["b", -400, 40, 1]])
    with pytest.raises(InputError) as raised:
        read_heat("park.xlsx", data, least=10)
    (problem,) = raised.value.problems
    assert str(problem.place) == "park.xlsx · Sheet · B3"
    assert problem.code == "below_absolute_zero"


def test_every_problem_at_once():
    with pytest.raises(InputError) as raised:
        _read(_HEAD + "H1,hot,170,,3,\nH2,hot,-400,60,0,\n")
    codes = [one.code for one in raised.value.problems]
    assert codes == ["missing_value", "below_absolute_zero", "zero_capacity"]


@pytest.mark.parametrize("least", [0, -5, 500, float("nan")])
def test_difference_out_of_range(least):
    with pytest.raises(InputError, match="ΔTmin"):
        _read(_HEAD + _GOOD, least)


_BROKEN_SHEETS = {
    "price_some": {"Tiện ích": [["Tên", "Loại", "Tvào", "Giá"], ["a", "nóng", 200, 5], ["b", "lạnh", 9, None]]},
    "missing_heading": {"Tiện ích": [["Tên", "Tvào"], ["a", 200]]},
    "place_unknown": {"Doanh nghiệp": [["Doanh nghiệp", "Lat", "Lon", "Ngày"], ["X", 10, 106, 300]]},
    "place_out_of_range": {"Doanh nghiệp": [["Doanh nghiệp", "Lat", "Lon", "Ngày"], ["A", 106, 10, 300]]},
    "days_out_of_range": {"Doanh nghiệp": [["Doanh nghiệp", "Lat", "Lon", "Ngày"], ["A", 10, 106, 400]]},
    "hour_out_of_range": {
        "Doanh nghiệp": [["Doanh nghiệp", "Lat", "Lon", "Ngày", "Từ giờ"], ["A", 10, 106, 300, 25]]
    },
}  # fmt: skip


@pytest.mark.parametrize("code", _BROKEN_SHEETS)
def test_broken_sheet(code):
    streams = [["Doanh nghiệp", "Tên", "Tvào", "Tra", "CP"], ["A", "s", 90, 40, 1.5]]
    with pytest.raises(InputError) as raised:
        read_heat("park.xlsx", _book(Dòng=streams, **_BROKEN_SHEETS[code]), least=10)
    assert code in {one.code for one in raised.value.problems}


def test_every_message_was_seen():
    seen = {*_BROKEN, *_BROKEN_SHEETS, "difference_out_of_range", "heading_unknown"}
    # of any list: heat says no_streams, and a stream may go without a name
    assert seen == set(KINDS) - {"no_rows", "missing_text"}


def test_utilities_of_a_file_of_their_own():
    data = (
        "Utility,Kind,Tin,Tout,Price (VND/kWh),Limit (MW)\nLP,hot,144,,900,2\nCW,cold,28,33,60,\n"
    )
    steam, water = read_utilities("levels.csv", data.encode(), least=10)
    assert (steam.price, steam.limit, steam.target) == (900_000, 2000, 144)
    assert (water.price, water.limit, water.target) == (60_000, None, 33)
