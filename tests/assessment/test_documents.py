"""Every format says the same as the report it was made from."""

from __future__ import annotations

import csv
import io
import json
import re

import openpyxl
import pytest
from pypdf import PdfReader
from rich.console import Console
from tests.assessment.sample_report import sample_report

from sinhthai.assessment.documents import MEDIA_TYPES, export
from sinhthai.assessment.documents.as_json import SCHEMA
from sinhthai.assessment.documents.as_table import print_reports


def text_of_pdf(data: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return re.sub(r"\s+", " ", " ".join(pages)).replace("- ", "-")


def printed(width: int, language: str = "vi", *, invented: bool = False) -> str:
    out = io.StringIO()
    print_reports(Console(file=out, width=width), [sample_report(invented=invented)], language)
    return out.getvalue()


def test_the_pdf_can_be_searched_for_vietnamese_words() -> None:
    text = text_of_pdf(export([sample_report()], "pdf", "vi"))
    assert "KCN Hiệp Phước so với tiêu chí khu công nghiệp sinh thái" in text
    assert "Đất cây xanh, giao thông" in text
    assert "Chưa xác định" in text
    assert "không phải quyết định hành chính" in text
    assert "vn-eip.d35-2022" in text
    assert "giả định" not in text


def test_the_pdf_is_complete_in_english() -> None:
    text = text_of_pdf(export([sample_report(invented=True)], "pdf", "en"))
    assert "Hiệp Phước Industrial Park against the criteria of an eco-industrial park" in text
    assert "Invented data for demonstration" in text
    assert "Page 1" in text
    assert "Không đạt" not in text


def test_the_pdf_of_the_same_report_has_the_same_bytes() -> None:
    assert export([sample_report()], "pdf", "vi") == export([sample_report()], "pdf", "vi")


def test_the_pdf_carries_title_language_and_tags() -> None:
    reader = PdfReader(io.BytesIO(export([sample_report()], "pdf", "vi")))
    assert reader.metadata is not None
    assert reader.metadata.title == sample_report().title().vi
    assert reader.root_object["/Lang"] == "vi"
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_the_workbook_holds_numbers_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export([sample_report()], "xlsx", "vi")))
    assert book.sheetnames == ["Tóm tắt", "Tiêu chí", "Số liệu đầu vào"]
    rows = list(book["Tiêu chí"].iter_rows(values_only=True))
    at = {name: index for index, name in enumerate(rows[0])}
    recp = next(row for row in rows if row[at["Điều khoản"]] == "37.2.c")
    assert recp[at["Cận dưới"]] == pytest.approx(30 / 189)
    assert recp[at["Cận trên"]] == pytest.approx(71 / 189)
    assert recp[at["Ngưỡng (số)"]] == 0.2
    assert recp[at["Doanh nghiệp chưa rõ"]] == 41
    assert recp[at["Kết quả"]] == "? Chưa xác định"


def test_the_workbook_leaves_unknown_empty_and_never_zero() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export([sample_report()], "xlsx", "vi")))
    rows = list(book["Tiêu chí"].iter_rows(values_only=True))
    housing = next(row for row in rows if row[0] == "37.3.b")
    assert housing[rows[0].index("Cận dưới")] is None
    inputs = {row[3]: row[4] for row in book["Số liệu đầu vào"].iter_rows(values_only=True)}
    assert inputs["worker_housing_solution"] == "chưa khai"
    assert inputs["plan_area_ha"] == 395.84


def test_the_workbook_prints_on_a4_with_its_header_row() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export([sample_report()], "xlsx", "en")))
    sheet = book["Criteria"]
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.freeze_panes == "C2"


def test_the_workbook_says_that_the_data_are_invented() -> None:
    def cells(invented: bool) -> str:
        book = openpyxl.load_workbook(
            io.BytesIO(export([sample_report(invented=invented)], "xlsx", "vi"))
        )
        return " ".join(str(c.value) for row in book["Tóm tắt"] for c in row if c.value)

    assert "Số liệu giả định" in cells(True)
    assert "Số liệu giả định" not in cells(False)


def test_the_csv_opens_in_excel_and_reads_back() -> None:
    data = export([sample_report()], "csv", "en")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["status"] for row in rows] == ["met", "undetermined", "not_met", "undetermined"]
    assert rows[2]["lower"] == "0.214"
    assert rows[2]["gap"] == "At least 14.25 ha more shared land."
    assert rows[1]["missing"] == "recp_applied"


def test_the_csv_does_not_let_a_name_become_a_formula() -> None:
    from dataclasses import replace

    from sinhthai.foundation.text import Text

    bad = replace(sample_report(), name=Text('=HYPERLINK("x")', '=HYPERLINK("x")'))
    rows = list(csv.DictReader(io.StringIO(export([bad], "csv", "vi").decode("utf-8-sig"))))
    assert rows[0]["subject_name"].startswith("'=")


def test_the_json_has_its_documented_keys() -> None:
    document = json.loads(export([sample_report()], "json", "vi"))
    assert document["schema"] == SCHEMA == "sinhthai.assessment/1"
    (one,) = document["assessments"]
    assert set(one) == {
        "subject", "framework", "on", "year", "verdict", "counts", "criteria", "note", "pins",
    }  # fmt: skip
    assert one["counts"] == {
        "met": 1,
        "not_met": 1,
        "undetermined": 2,
        "not_applicable": 0,
        "total": 4,
    }
    recp = one["criteria"][1]
    assert recp["enterprises"]["unknown"] == 41
    assert recp["gap_certain"] == 0.0
    assert one["criteria"][3]["inputs"][0]["value"] is None
    assert one["pins"]["options"] == {"A2": "operating"}


def test_the_printable_page_needs_nothing_else() -> None:
    page = export([sample_report(invented=True)], "html", "vi").decode()
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert 'lang="vi"' in page
    assert "Số liệu giả định" in page
    assert "≥ 25 %" in page


def test_the_printable_page_escapes_what_people_typed() -> None:
    from dataclasses import replace

    from sinhthai.foundation.text import Text

    bad = replace(sample_report(), name=Text("<b>x</b>", "<b>x</b>"))
    assert "<b>x</b>" not in export([bad], "html", "vi").decode()


def test_two_assessments_fit_in_one_file_of_every_format() -> None:
    both = [sample_report(), sample_report(invented=True)]
    for form in MEDIA_TYPES:
        assert len(export(both, form, "vi")) > len(export(both[:1], form, "vi"))


def test_an_unknown_format_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="'docx'; there are pdf, xlsx, csv, json, html"):
        export([sample_report()], "docx", "vi")


@pytest.mark.parametrize("width", [80, 140])
def test_the_table_fits_the_terminal_and_says_everything(width: int) -> None:
    text = printed(width, invented=True)
    assert max(len(line) for line in text.splitlines()) <= width
    flat = re.sub(r"\s+", " ", text)
    assert "✕ Không đạt" in text
    assert "≥ 25 %" in text
    assert "15,9–37,6 %" in text
    assert "Số liệu giả định" in flat
    assert "không phải quyết định hành chính" in flat
    assert "14,25" in flat


def test_the_table_has_no_control_codes_when_piped() -> None:
    assert "\x1b" not in printed(80)
    assert "Undetermined" in printed(140, "en")


def test_the_file_is_named_like_the_page() -> None:
    report = sample_report()
    assert report.title().vi in report.file_name("pdf", "vi")
    assert report.file_name("pdf", "vi").endswith(" 2025-12-31.pdf")


def test_a_file_name_has_no_sign_a_disk_refuses() -> None:
    from dataclasses import replace

    from sinhthai.foundation.text import Text

    report = replace(sample_report(), name=Text('A/B: "C"', 'A/B: "C"'))
    assert not set(report.file_name("xlsx", "en")) & set('\\/:*?"<>|')


def test_a_cell_of_the_workbook_shows_enough_digits_to_stay_beside_its_threshold() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export([sample_report()], "xlsx", "en")))
    shares = [cell for cell in book["Criteria"]["I"] if str(cell.number_format).endswith("%")]
    assert shares
    assert {cell.number_format for cell in shares} == {"0.0####%"}
