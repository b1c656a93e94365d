import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sinhthai.foundation.tables import disarm, rearm, write_table

COLUMNS = [("Tên", 20), ("ha", 8)]


def sheet(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_excel_file_holds_texts_as_texts_and_numbers_as_numbers():
    content = write_table("xlsx", COLUMNS, [("=1+1", 2.5), ("http://x.vn", None)], name="KCN")
    assert sheet(content) == [["Tên", "ha"], ["=1+1", 2.5], ["http://x.vn", ""]]


def test_a_title_stands_above_the_headings():
    content = write_table("xlsx", COLUMNS, [], name="KCN", title="Khu công nghiệp")
    assert [row[0] for row in sheet(content)] == ["Khu công nghiệp", "", "Tên"]


def test_the_comma_separated_file_opens_rightly_and_runs_nothing():
    content = write_table("csv", COLUMNS, [("@SUM(A1)", -2)], name="KCN")
    assert content.decode("utf-8-sig") == "Tên,ha\r\n'@SUM(A1),-2\r\n"
    assert content.startswith(b"\xef\xbb\xbf")


def test_another_format_is_refused_by_name():
    with pytest.raises(ValueError, match="ods"):
        write_table("ods", COLUMNS, [], name="KCN")


@given(st.text(max_size=30))
def test_a_disarmed_text_is_never_a_formula_and_comes_back(text):
    assert disarm(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert rearm(disarm(text)) == text
