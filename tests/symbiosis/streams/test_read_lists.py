"""A list of streams from a file: what is read, in which units; every refusal with place and cure."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.stream_template import load_examples, write_stream_template
from sinhthai.symbiosis.engine.streams import ALL_YEAR
from tests.symbiosis.streams.making import GOOD, HEADINGS, NEED, csv_file, read, workbook


def offer_of(**changes: object) -> dict[str, object]:
    return read(workbook([{**GOOD, **changes}, NEED])).streams.offers.to_pylist()[0]


def problems_of(data: bytes, name: str = "a.xlsx") -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        read(data, name)
    return caught.value.problems


def refused(row: Mapping[str, object]) -> Problem:
    found = [p for p in problems_of(workbook([{**GOOD, **row}, NEED])) if p.severity == "error"]
    assert len(found) == 1, [problem.say("en") for problem in found]
    return found[0]


def warned(row: Mapping[str, object]) -> Problem:
    found = read(workbook([{**GOOD, **row}, NEED])).warnings
    assert len(found) == 1, [problem.say("en") for problem in found]
    return found[0]


def test_a_plain_list_is_read_as_it_stands() -> None:
    file = read(workbook([GOOD, NEED]))
    assert file.warnings == ()
    offer, need = file.streams.offers.to_pylist()[0], file.streams.needs.to_pylist()[0]
    assert offer["id"] == "Cung cầu!2"
    assert (offer["enterprise"], offer["name"], offer["code"]) == (
        "Nhiệt điện A",
        "Tro bay khô",
        "ewc:100102",
    )
    assert (offer["unit"], offer["quantity"], offer["months"]) == ("t", 20000.0, ALL_YEAR)
    assert offer["quantity_min"] is None and offer["hazard"] is None and offer["sorted"] is None
    assert (need["enterprise"], need["unit"], need["estimated"]) == ("Xi măng B", "t", False)
    assert file.places["Cung cầu!2"].cell == "E2"


def test_titles_above_and_english_headings_in_any_order_are_found() -> None:
    headings = (
        "Unit",
        "Stream",
        "Quantity",
        "Enterprise",
        "Offer or need",
        "Latitude",
        "Longitude",
    )
    row = {
        "Unit": "kg",
        "Stream": "fly ash",
        "Quantity": 500,
        "Enterprise": "A",
        "Offer or need": "offer",
        "Latitude": 10.62,
        "Longitude": 106.74,
    }
    file = read(workbook([row], headings=headings, titles=["List of streams 2026", ""]))
    assert file.streams.offers["quantity"].to_pylist() == [0.5]


def test_two_sheets_named_after_the_sides_need_no_column() -> None:
    headings = [h for h in HEADINGS if h != "Cung hoặc cầu"]
    data = workbook([GOOD], headings=headings, sheet="Cung", more={"Cầu": [NEED]})
    streams = read(data).streams
    assert streams.offers["id"].to_pylist() == ["Cung!2"]
    assert streams.needs["id"].to_pylist() == ["Cầu!2"]


def test_csv_and_parquet_say_the_same_as_excel() -> None:
    from_excel = read(workbook([GOOD, NEED])).streams
    from_csv = read(csv_file([GOOD, NEED]), "a.csv").streams
    columns = {
        h: [str(row[h]) if row.get(h) is not None else None for row in (GOOD, NEED)]
        for h in HEADINGS
    }
    target = io.BytesIO()
    pq.write_table(pa.table({h: pa.array(v, pa.string()) for h, v in columns.items()}), target)
    from_parquet = read(target.getvalue(), "a.parquet").streams
    for other in (from_csv, from_parquet):
        for side in ("offers", "needs"):
            mine, theirs = getattr(from_excel, side), getattr(other, side)
            assert mine.drop(["id"]).equals(theirs.drop(["id"])), side


def test_the_unicode_text_of_excel_is_read_by_its_first_two_bytes() -> None:
    plain = csv_file([GOOD, NEED])
    wide = plain.decode("utf-8-sig").encode("utf-16")
    assert read(wide, "a.txt").streams == read(plain, "a.txt").streams


def test_the_bounds_of_a_quantity_are_found_by_other_names() -> None:
    renamed = {"Ít nhất": "Lượng thấp nhất", "Nhiều nhất": "Cao nhất"}
    row = {**GOOD, "Lượng thấp nhất": 15_000, "Cao nhất": 25_000}
    headings = [renamed.get(heading, heading) for heading in HEADINGS]
    offers = read(workbook([row, NEED], headings=headings)).streams.offers
    assert offers["quantity_min"].to_pylist() == [15_000.0]
    assert offers["quantity_max"].to_pylist() == [25_000.0]


@pytest.mark.parametrize(
    ("changes", "unit", "quantity"),
    [
        ({"Đơn vị": "kg", "Lượng": 500}, "t", 0.5),
        ({"Đơn vị": "tấn/ngày", "Lượng": 10, "Số ngày chạy": 300}, "t", 3000.0),
        ({"Đơn vị": "tấn", "Kỳ": "tháng", "Lượng": 10}, "t", 120.0),
        ({"Đơn vị": "tấn", "Kỳ": "tháng", "Lượng": 10, "Tháng có": "1-3"}, "t", 30.0),
        ({"Đơn vị": "m³", "Lượng": 5}, "m**3", 5.0),
        ({"Đơn vị": "lít", "Lượng": 5000}, "m**3", 5.0),
        ({"Đơn vị": "GJ", "Lượng": 36}, "MWh", 10.0),
        ({"Đơn vị": "tấn", "Lượng": "1.234,5"}, "t", 1234.5),
    ],
)  # fmt: skip
def test_quantities_become_base_units_a_year(
    changes: dict[str, object], unit: str, quantity: float
) -> None:
    row = offer_of(**changes)
    assert row["unit"] == unit
    assert row["quantity"] == pytest.approx(quantity)


def test_a_price_follows_its_unit() -> None:
    assert offer_of(**{"Đơn vị": "kg", "Lượng": 1, "Giá": -500})["price"] == pytest.approx(-500_000)


def test_negative_prices_on_both_sides_are_a_warning_with_its_cell() -> None:
    file = read(workbook([{**GOOD, "Giá": -100}, {**NEED, "Giá": -50}]))
    assert [(p.code, p.place.cell) for p in file.warnings] == [("pays_both_ways", "O3")]
    assert read(workbook([{**GOOD, "Giá": -100}, {**NEED, "Giá": 50}])).warnings == ()


def test_every_message_is_one_that_can_be_told() -> None:
    from sinhthai.symbiosis.engine import stream_messages

    folder = Path(stream_messages.__file__).parent
    code = "".join(
        path.read_text("utf-8")
        for path in folder.glob("stream_*.py")
        if path.name != "stream_messages.py"
    )
    assert [name for name in stream_messages.KINDS if f'"{name}"' not in code] == []


def test_months_may_run_over_the_new_year() -> None:
    assert offer_of(**{"Tháng có": "11-2"})["months"] == 0b1100_0000_0011
    assert offer_of(**{"Tháng có": "1-5, 10"})["months"] == 0b10_0001_1111


def test_quality_is_read_with_parameter_sign_range_and_unit() -> None:
    file = read(
        workbook(
            [{**GOOD, "Chất lượng": "độ ẩm <= 15 %; Cl 0,1-0,3 %; loss on ignition ≥ 4"}, NEED]
        )
    )
    assert [tuple(row.values())[1:] for row in file.streams.qualities.to_pylist()] == [
        ("moisture", None, 15.0), ("chloride", 0.1, 0.3), ("loi", 4.0, None),
    ]  # fmt: skip


def test_a_park_gives_the_place() -> None:
    row = offer_of(**{"Vĩ độ": None, "Kinh độ": None, "Khu công nghiệp": "KCN Hiệp Phước"})
    assert (row["park"], row["lat"], row["lon"]) == ("hiep-phuoc", 10.63, 106.74)


@pytest.mark.parametrize(
    ("row", "code", "cell", "words"),
    [
        ({"Mã": "ewc:109102"}, "code_unknown", "F2", "nearest: ewc:"),
        ({"Mã": "abc:12"}, "code_unknown", "F2", "abc:12"),
        ({"Mã": "material:coal-fly-ahs"}, "code_unknown", "F2", "coal-fly-ash"),
        ({"Đơn vị": "con"}, "unit_unknown", "J2", "con"),
        ({"Đơn vị": "kW"}, "unit_of_another_kind", "J2", "no"),
        ({"Đơn vị": "m2"}, "unit_of_another_kind", "J2", "mass, a volume or an energy"),
        ({"Đơn vị": None}, "unit_missing", "J2", "no unit"),
        ({"Ít nhất": 30, "Nhiều nhất": 20, "Lượng": None}, "range_upside_down", "H2", "30"),
        ({"Ít nhất": 1, "Nhiều nhất": 20}, "quantity_outside", "G2", "20,000 lies outside 1–20"),
        ({"Lượng": -5}, "negative", "G2", "-5"),
        ({"Lượng": "nhiều"}, "not_a_number", "G2", "nhiều"),
        ({"Lượng": "1.234"}, "not_a_number", "G2", "1234 or 1.234"),
        ({"Vĩ độ": 0, "Kinh độ": 0}, "place_zero", "B2", "not a place"),
        ({"Vĩ độ": 106.74, "Kinh độ": 10.62}, "place_swapped", "B2", "Write latitude 10.62"),
        ({"Vĩ độ": 10.0, "Kinh độ": 110.0}, "place_at_sea", "B2", "km off the coast"),
        ({"Vĩ độ": 95, "Kinh độ": 200}, "place_impossible", "B2", "no place"),
        ({"Kinh độ": None}, "place_half", "C2", "Only one"),
        ({"Cung hoặc cầu": "gì"}, "not_in_list", "D2", "offer, need"),
        ({"Cung hoặc cầu": None}, "direction_missing", "D2", "given or needed"),
        ({"Doanh nghiệp": None}, "enterprise_missing", "A2", "not named"),
        ({"Tên dòng": None, "Mã": None}, "name_missing", "E2", "Neither"),
        ({"Tháng có": "13"}, "months_unreadable", "M2", "13"),
        ({"Chất lượng": "độ ẩm cao"}, "quality_unreadable", "N2", "moisture ≤ 15 %"),
        ({"Chất lượng": "mùi 5"}, "parameter_unknown", "N2", "mùi"),
        ({"Chất lượng": "độ ẩm 20-10 %"}, "parameter_upside_down", "N2", "20-10"),
        ({"Chất lượng": "độ ẩm 5 %; độ ẩm 6 %"}, "parameter_twice", "N2", "twice"),
        ({"Đơn vị": "tấn/ngày", "Kỳ": "năm"}, "period_twice", "K2", "one place"),
        ({"Kỳ": "ngày", "Số ngày chạy": 400}, "days_outside", "L2", "400"),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_refused_with_its_place_and_cure(
    row: dict[str, object], code: str, cell: str, words: str
) -> None:
    found = refused(row)
    assert found.code == code
    assert (found.place.sheet, found.place.cell) == ("Cung cầu", cell)
    assert words in found.say("en")
    assert found.cure.vi and found.cure.en


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"Vĩ độ": 11.56, "Kinh độ": 104.92}, "place_abroad"),
        ({"Lượng": 0}, "quantity_zero"),
        ({"Lượng": None}, "quantity_unknown"),
        ({"Kỳ": "ngày"}, "days_assumed"),
        ({"Vĩ độ": None, "Kinh độ": None}, "place_missing"),
        ({"Vĩ độ": None, "Kinh độ": None, "Khu công nghiệp": "hiep-phuok"}, "park_unknown"),
    ],
)
def test_what_is_only_doubtful_is_a_warning(row: dict[str, object], code: str) -> None:
    assert warned(row).code == code


def test_all_problems_are_told_at_once() -> None:
    found = problems_of(
        workbook([{**GOOD, "Lượng": -1, "Đơn vị": "con"}, {**NEED, "Vĩ độ": 0, "Kinh độ": 0}])
    )
    assert {problem.code for problem in found} == {"negative", "unit_unknown", "place_zero"}


def test_the_same_stream_twice_names_the_other_line() -> None:
    found = problems_of(
        workbook([GOOD, NEED, {**GOOD, "Doanh nghiệp": "NHIỆT ĐIỆN A", "Lượng": 5}])
    )
    assert [problem.code for problem in found] == ["stream_twice"]
    assert "E2" in found[0].say("en") and found[0].place.cell == "E4"


def test_many_problems_are_cut_and_counted() -> None:
    rows = [{**GOOD, "Tên dòng": f"tro {n}", "Lượng": -1} for n in range(250)]
    found = problems_of(workbook(rows))
    assert len(found) == 201
    assert found[-1].code == "too_many_problems" and "50" in found[-1].message.en


def test_a_missing_heading_names_the_nearest_one() -> None:
    headings = ["Tên dong chay" if h == "Tên dòng" else h for h in HEADINGS if h != "Mã"]
    found = problems_of(workbook([GOOD], headings=headings))
    assert [p.code for p in found if p.severity == "error"] == ["heading_missing"]
    assert "ten dong chay" in found[0].message.vi


def test_an_unknown_heading_is_passed_over_with_a_word() -> None:
    file = read(workbook([GOOD, NEED], headings=[*HEADINGS, "Mùi vị", "Ghi chú"]))
    assert [problem.code for problem in file.warnings] == ["heading_unknown"]
    assert "Mùi vị" in file.warnings[0].message.vi


def test_a_heading_twice_is_refused() -> None:
    found = problems_of(workbook([GOOD], headings=[*HEADINGS, "Quantity"]))
    assert [problem.code for problem in found] == ["heading_twice"]


def test_merged_cells_and_uncomputed_formulas_are_refused_with_their_cell() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([GOOD, NEED])))
    sheet = book.active
    sheet.merge_cells("A2:A3")
    sheet["G2"] = "=1+1"
    target = io.BytesIO()
    book.save(target)
    found = {problem.code: problem.place.cell for problem in problems_of(target.getvalue())}
    assert found["cells_merged"] == "A2"
    assert found["formula_uncomputed"] == "G2"


def test_a_formula_with_an_error_is_refused() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("Cung")
        page.write_row(0, 0, ["Doanh nghiệp", "Tên dòng", "Lượng", "Đơn vị"])
        page.write_row(1, 0, ["A", "tro bay"])
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        page.write_string(1, 3, "tấn")
    codes = [p.code for p in problems_of(target.getvalue()) if p.severity == "error"]
    assert codes == ["formula_error"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"", "empty_file"),
        ("a.csv", b"  \n", "empty_file"),
        ("a.pdf", b"%PDF-1.7", "file_ending"),
        ("a.xls", b"a;b\n1;2\n", "disguised"),
        ("a.txt", b"PK\x03\x04....", "disguised"),
        ("a.xlsx", b"a;b\n1;2\n", "disguised"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600, "file_ending"),
        ("a.csv", "Tên".encode("cp1258", "replace") + b"\xea", "csv_not_utf8"),
        ("a.csv", b'Stream,Unit\n"open', "csv_damaged"),
        ("a.parquet", b"PAR1....PAR1", "parquet_damaged"),
        ("a.xlsx", b"PK\x03\x04" + b"0" * 50, "cut_off"),
    ],
)
def test_a_file_that_is_no_list_is_refused(name: str, data: bytes, code: str) -> None:
    assert problems_of(data, name)[0].code == code


def test_a_list_without_lines_says_so() -> None:
    assert [p.code for p in problems_of(workbook([]))] == ["list_empty"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_reads_back_as_the_examples(language: str) -> None:
    file = read(write_stream_template(language, load_knowledge()), "streams.xlsx")
    streams = file.streams
    sides = [row["direction"] for row in load_examples()]
    assert streams.offers.num_rows == sides.count("offer")
    assert streams.needs.num_rows == sides.count("need")
    assert all("ví dụ" in name for name in streams.offers["enterprise"].to_pylist())
    assert {w.code for w in file.warnings} == {"days_assumed"}


def test_the_template_is_the_same_bytes_every_time() -> None:
    first, second = (write_stream_template("vi", load_knowledge()) for _ in range(2))
    assert first == second
