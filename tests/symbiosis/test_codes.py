"""Waste codes: typed right, crossed right, and official lists read with every fault named."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from sinhthai.foundation.problems import InputError
from sinhthai.registry.engine.vsic import industries
from sinhthai.symbiosis.engine.code_cells import PROPERTIES
from sinhthai.symbiosis.engine.code_lists import read_code_list
from sinhthai.symbiosis.engine.codes import Codes, WasteCode, load_codes
from sinhthai.symbiosis.engine.knowledge import load_knowledge

ROOT = Path(__file__).parents[2]
FULL = ROOT.parent / "shared" / "data" / "tests-only"
EWC_FULL, VN_FULL = FULL / "ewc_list_of_waste.csv", FULL / "vn_hazardous_waste_list.csv"
needs_full = pytest.mark.skipif(
    not FULL.is_dir(), reason="the full lists are not beside the project"
)
# The transcription names a European code that does not exist; ours is the one that fits the words.
SLIPS = {"080203": ("080216", "080316")}


def wastes(name: str) -> list[WasteCode]:
    return [one for one in load_codes().by_code.values() if one.list == name and one.level == 3]


# --- the shipped tables


def test_there_are_enough_codes_and_every_vietnamese_group() -> None:
    assert len(wastes("ewc")) >= 150
    assert len(wastes("vn")) >= 130
    groups = [one.digits for one in load_codes().by_code.values() if one.code.startswith("vn:")]
    assert [digits for digits in groups if len(digits) == 2] == [f"{n:02}" for n in range(1, 20)]


def test_every_code_has_both_names_and_its_parents() -> None:
    codes = load_codes()
    for one in codes.by_code.values():
        assert one.name.vi, one.code
        assert one.name.en, one.code
        assert one.name.vi != one.name.en, one.code
        assert one.source
        if one.level > 1:
            assert one.parent == one.code[:-2]
            assert one.parent in codes.by_code


def test_a_code_says_what_its_level_can_say() -> None:
    for one in load_codes().by_code.values():
        if one.level < 3:
            assert (one.hazard, one.threshold, one.group, one.properties) == ("", "", "", ())
        elif one.list == "vn":
            assert one.threshold in ("*", "**")
            assert one.hazard == ("NH" if one.threshold == "**" else "KS")
            assert set(one.properties) <= set(PROPERTIES)
            assert one.properties
            assert one.states
        else:
            assert one.entry in ("absolute", "mirror")
            assert bool(one.group) is not one.listed_hazardous, one.code
            assert one.hazard in ("NH", "KS", "TT")


def test_names_do_not_repeat_within_a_list() -> None:
    for name in ("ewc", "vn"):
        for language in ("vi", "en"):
            said = [one.name.get(language) for one in wastes(name)]
            assert len(said) == len(set(said)), sorted(s for s in said if said.count(s) > 1)


def test_sectors_are_divisions_of_the_classification() -> None:
    divisions = {one.division for one in industries().values()}
    named = {sector for one in load_codes().by_code.values() for sector in one.sectors}
    outside = {sector for sector in named if sector not in divisions}
    # Sections beyond B to E have no table of classes here; their divisions are known by number.
    assert all(sector.isdigit() and len(sector) == 2 for sector in named)
    assert outside <= {"01", "02", "41", "42", "43", "45", "49", "50", "52", "56", "58"} | {
        "71", "72", "81", "82", "84", "86",
    }  # fmt: skip


def test_hs_headings_are_four_digits() -> None:
    headings = {heading for one in load_codes().by_code.values() for heading in one.hs}
    assert headings
    assert all(heading.isdigit() and len(heading) == 4 for heading in headings)


def test_every_code_of_the_materials_is_known() -> None:
    codes = load_codes()
    for material in load_knowledge().materials.values():
        for code in (*(f"ewc:{d}" for d in material.ewc), *(f"vn:{d}" for d in material.vn)):
            # A file of streams may name any of them, and a heading must hold a waste.
            assert codes.find(code) is not None, (material.id, code)
            assert codes.under(code), (material.id, code)


@needs_full
def test_the_european_codes_agree_with_the_full_list() -> None:
    full = {row["code"]: row for row in csv.DictReader(EWC_FULL.read_text("utf-8").splitlines())}
    for one in wastes("ewc"):
        row = full[one.digits]
        assert one.listed_hazardous == (row["hazardous"] == "1"), one.code
        assert one.entry == row["entry_type"].split()[0].casefold(), one.code


@needs_full
def test_the_vietnamese_codes_agree_with_the_full_list() -> None:
    full = {one.digits: one for one in read_code_list(VN_FULL, list_name="vn")}
    for one in load_codes().by_code.values():
        if one.list != "vn":
            continue
        row = full[one.digits]
        assert one.ewc == row.ewc or SLIPS[one.digits] == (*row.ewc, *one.ewc), one.code
        if one.level == 3:
            assert (one.threshold, one.properties, one.states) == (
                row.threshold,
                row.properties,
                row.states,
            ), one.code


@needs_full
def test_every_european_code_of_the_crosswalk_exists() -> None:
    full = {row["code"] for row in csv.DictReader(EWC_FULL.read_text("utf-8").splitlines())}
    prefixes = full | {code[:4] for code in full}
    # Chapter 18 (health care) lies outside the copy of the list beside the project.
    named = {digits for one in load_codes().by_code.values() for digits in one.ewc}
    assert {digits for digits in named - prefixes if not digits.startswith("18")} == set()


@needs_full
def test_the_full_lists_can_be_loaded_over_ours(tmp_path: Path) -> None:
    (tmp_path / "ewc-full.csv").write_bytes(EWC_FULL.read_bytes())
    (tmp_path / "vn-full.csv").write_bytes(VN_FULL.read_bytes())
    codes = load_codes(tmp_path)
    assert len([one for one in codes.by_code.values() if one.code.startswith("vn:")]) == 550
    assert len([one for one in codes.by_code.values() if one.level == 3]) > 1_200
    ours = load_codes()
    for code, one in ours.by_code.items():
        # Our English name stays where the official list has none; what the law says does not move.
        assert codes.by_code[code].name.en
        assert codes.by_code[code].hazard == one.hazard, code
    assert codes.hash != ours.hash


# --- what Vietnamese law makes of a European code


@pytest.mark.parametrize(
    ("code", "hazard", "because"),
    [
        ("ewc:100102", "TT", "coal fly ash is ordinary in both lists"),
        ("ewc:110105", "NH", "pickling acid is 07 01 01 **"),
        ("ewc:150110", "KS", "absolute hazardous in Europe, 18 01 01 * in Viet Nam"),
        ("ewc:040219", "KS", "10 02 03 *"),
        ("ewc:100207", "KS", "05 01 01 * from ore, 05 01 04 ** from scrap"),
        ("ewc:190812", "KS", "ordinary in Europe; 12 06 07 ** in parks with chemicals"),
        ("ewc:160605", "KS", "ordinary in Europe; 19 06 05 ** names no European code"),
        ("ewc:120113", "KS", "welding waste: 07 04 01, 07 04 02 * name no European code"),
        ("ewc:060201", "NH", "no Vietnamese partner: the European entry speaks"),
        ("ewc:0402", "", "a subgroup is no waste"),
        ("vn:120605", "KS", "*"),
        ("vn:120607", "NH", "**"),
    ],
)
def test_the_hazard_of_a_code(code: str, hazard: str, because: str) -> None:
    found = load_codes().find(code)
    assert found is not None
    assert found.hazard == hazard, because


def test_the_crosswalk_goes_both_ways() -> None:
    codes = load_codes()
    for one in codes.by_code.values():
        for other in codes.crosswalk(one.code):
            assert other.list != one.list
            assert one in codes.crosswalk(other.code), (one.code, other.code)
    assert [one.digits for one in codes.crosswalk("ewc:100207")] == ["050101", "050104"]


# --- finding


@pytest.mark.parametrize(
    "spelling",
    ["vn:120605", "VN 12 06 05", "vn:12.06.05", " vn: 12-06-05* ", "VN:120605"],
)
def test_a_code_is_found_however_it_is_written(spelling: str) -> None:
    found = load_codes().find(spelling)
    assert found is not None
    assert found.spaced == "12 06 05"


@pytest.mark.parametrize(
    "unknown", ["", "vn:", "120605", "ewc:990000", "cas:7732-18-5", "vn:1206051"]
)
def test_an_unknown_code_is_nobody(unknown: str) -> None:
    assert load_codes().find(unknown) is None


def test_an_unknown_waste_lies_in_a_known_subgroup() -> None:
    codes = load_codes()
    assert codes.nearest("ewc:100199") == codes.find("ewc:1001")
    assert codes.nearest("vn:17") == codes.find("vn:17")
    assert codes.nearest("ewc:990000") is None
    assert {one.digits for one in codes.under("vn:1801")} == {
        "180101",
        "180102",
        "180103",
        "180104",
    }


def test_every_mark_of_the_lists_is_explained() -> None:
    codes = load_codes()
    for one in codes.by_code.values():
        for kind, marks in (
            ("property", one.properties),
            ("threshold", (one.threshold,)),
            ("symbol", (one.hazard,)),
            ("group", (one.group,)),
        ):
            assert all(codes.mark(kind, mark) for mark in marks if mark)
    assert not any(m.verified for m in codes.marks.values() if m.kind == "symbol")


# --- reading an official list

GOOD = "Mã,Tên chất thải,Mã EC,Tính chất nguy hại,Trạng thái,Ngưỡng\n"
ROW = "12 06 05,Bùn sinh học,19 08 11,Đ;ĐS,Bùn,*\n"


def problems_of(data: bytes, file_name: str = "vn.csv") -> list[tuple[str, str, str]]:
    with pytest.raises(InputError) as caught:
        read_code_list(data, file_name=file_name)
    for problem in caught.value.problems:
        assert problem.message.vi
        assert problem.cure.vi
        assert problem.place.file == file_name
    return [
        (problem.code, str(problem.place), problem.say("en")) for problem in caught.value.problems
    ]


def test_a_good_list_is_read_in_its_order() -> None:
    text = GOOD + ROW + "18 02 01,Giẻ lau,15 02 02,Đ;ĐS,Rắn,*\n"
    first, second = read_code_list(text.encode(), file_name="vn.csv")
    assert (first.digits, first.ewc, first.states) == ("120605", ("190811",), ("sludge",))
    assert (second.name.vi, second.properties) == ("Giẻ lau", ("Đ", "ĐS"))


@pytest.mark.parametrize(
    ("row", "code", "says"),
    [
        ("12 06 5,Bùn,,Đ,Bùn,*\n", "code-list-digits", "is not one to three pairs of digits"),
        ("12 06 0x,Bùn,,Đ,Bùn,*\n", "code-list-digits", "“12 06 0x”"),
        ("12 06 05 07,Bùn,,Đ,Bùn,*\n", "code-list-digits", "write it like 12 06 05"),
        (",Bùn,,Đ,Bùn,*\n", "code-list-code", "it has no code"),
        ("12 06 06,,,Đ,Bùn,*\n", "code-list-name", "it has no name"),
        ("12 06 06,Bùn,,Đ,Bùn,***\n", "code-list-threshold", "“***” → write one of: *, **"),
        ("12 06 06,Bùn,,Đ,Bùn,\n", "code-list-no-threshold", "it has no threshold mark"),
        ("12 06 06,Bùn,,Đ;X,Bùn,*\n", "code-list-property", "no such hazard property: “X”"),
        ("12 06 06,Bùn,,Đ,Keo,*\n", "code-list-state", "no such state: “Keo”"),
        ("12 06 06,Bùn,19 08 1,Đ,Bùn,*\n", "code-list-digits", "pairs of digits"),
        ("12 06 05,Bùn,,Đ,Bùn,*\n", "code-list-twice", "stands already at vn.csv · Mã · 2"),
    ],
)
def test_a_bad_row_is_named_with_its_cell_and_cure(row: str, code: str, says: str) -> None:
    ((found, place, said),) = problems_of((GOOD + ROW + row).encode())
    assert found == code
    assert says in said
    assert place.endswith("· 3")


def test_all_bad_rows_are_told_at_once() -> None:
    text = GOOD + "1,Bùn,,Đ,Bùn,*\n12 06 06,Bùn,,Z,Bùn,?\n"
    assert [code for code, _, _ in problems_of(text.encode())] == [
        "code-list-digits",
        "code-list-threshold",
        "code-list-property",
    ]


def test_a_missing_column_is_named() -> None:
    ((code, _, said),) = problems_of("Mã,Tên\n12 06 05,Bùn\n".encode(), "vn-full.csv")[:1]
    assert code == "code-list-column-absent"
    assert "“Threshold”" in said
    ((code, _, said),) = problems_of(b"Code,Description\n100102,Ash\n", "ewc.csv")
    assert "“Hazardous”" in said
    ((code, _, said),) = problems_of(b"Code,Hazardous\n100102,0\n", "ewc.csv")[:1]
    assert "“Vietnamese name”" in said


def test_a_file_that_is_no_list_is_refused() -> None:
    assert problems_of(b"a,b\n1,2\n")[0][0] == "heading-missing"
    assert problems_of(b"")[0][0] == "file-empty"
    assert problems_of(GOOD.encode())[0][0] == "list-empty"
    assert problems_of(GOOD.encode("utf-16"))[0][0] == "csv-not-utf8"
    assert problems_of(b"PK", "vn.xlsx")[0][0] == "not-a-workbook"
    assert problems_of(b"x", "vn.docx")[0][0] == "file-ending"


def test_a_list_nobody_can_tell_is_asked_for_its_name() -> None:
    text = "Mã,Tên\n12 06 05,Bùn\n".encode()
    ((code, _, said),) = problems_of(text, "danh-muc.csv")
    assert code == "code-list-unknown"
    assert "start with ewc or vn" in said
    assert (
        read_code_list(b"Code,Description,Hazardous\n10 01 02,Ash,0", file_name="x.csv")[0].code
        == "ewc:100102"
    )


def workbook(rows: list[list[object]], merged: str = "") -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("PL3")
        sheet.merge_range("A1:F1", "Danh mục chất thải nguy hại")
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        if merged:
            sheet.merge_range(merged, "*")
    return target.getvalue()


HEAD: list[object] = ["Mã", "Tên", "Mã EC", "Tính chất nguy hại", "Trạng thái", "Ngưỡng"]


def test_a_workbook_is_read_below_its_title_and_zeros_eaten_by_excel_come_back() -> None:
    data = workbook([HEAD, [20101, "Axit", "06 01 01", "AM", "Lỏng", "**"], ["02 02", "Bazơ"]])
    first, second = read_code_list(data, file_name="vn.xlsx")
    assert (first.digits, first.threshold, second.digits) == ("020101", "**", "0202")


def test_merged_cells_over_rows_are_named_with_their_span() -> None:
    rows = [HEAD, ["12 06 05", "A", "", "Đ", "Bùn", "*"], ["12 06 06", "B", "", "Đ", "Bùn", ""]]
    found = problems_of(workbook(rows, "F3:F4"), "vn.xlsx")
    assert found[0][:2] == ("code-list-merged", "vn.xlsx · PL3 · F3")
    assert "the cells F3:F4 are merged" in found[0][2]


def test_a_bad_cell_of_a_workbook_is_named() -> None:
    rows = [HEAD, ["12 06 05", "A", "", "Đ", "Bùn", "#"]]
    ((code, place, _),) = problems_of(workbook(rows), "vn.xlsx")
    assert (code, place) == ("code-list-threshold", "vn.xlsx · PL3 · F3")


# --- the folder of an office


def loaded(folder: Path, **files: str) -> Codes:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_codes(folder)


def test_an_absent_or_empty_folder_adds_nothing(tmp_path: Path) -> None:
    assert load_codes(tmp_path / "none") is load_codes()
    assert load_codes(tmp_path) is load_codes()


def test_an_office_list_replaces_what_it_says_and_keeps_the_rest(tmp_path: Path) -> None:
    codes = loaded(tmp_path, vn_2027=GOOD + "12 06 05,Bùn vi sinh,19 08 11,Đ;ĐS,Bùn,**\n")
    found, ours = codes.find("vn:120605"), load_codes().find("vn:120605")
    assert found is not None
    assert ours is not None
    assert (found.name.vi, found.name.en) == ("Bùn vi sinh", ours.name.en)
    assert (found.hazard, found.source) == ("NH", "vn_2027.csv")
    assert found.sectors == ours.sectors
    european = codes.find("ewc:190811")
    assert european is not None
    assert european.hazard == "NH"  # it follows its Vietnamese partner


def test_a_changed_file_is_read_anew_and_a_removed_one_forgotten(tmp_path: Path) -> None:
    assert loaded(tmp_path, vn=GOOD + "12 99 01,Bùn mới,,Đ,Bùn,*\n").find("vn:129901")
    changed = loaded(tmp_path, vn=GOOD + "12 99 02,Bùn khác nữa,,Đ,Bùn,**\n")
    assert changed.find("vn:129901") is None
    assert changed.find("vn:129902")
    (tmp_path / "vn.csv").unlink()
    assert load_codes(tmp_path).find("vn:129902") is None


def test_problems_of_all_files_of_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        loaded(tmp_path, vn=GOOD + "1,A,,,,*\n", ewc="Mã,Tên,Nguy hại\n10 01 02,Tro,có lẽ\n")
    assert [str(problem.place) for problem in caught.value.problems] == [
        "ewc.csv · Nguy hại · 2",
        "vn.csv · Mã · 2",
    ]
