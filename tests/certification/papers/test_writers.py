"""Papers as files: the same bytes every time, tagged, nothing lost, nothing out of the page."""

import dataclasses
import datetime as dt
import io
import os
import subprocess
import sys
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sinhthai.certification.documents import to_docx, to_pdf
from sinhthai.certification.documents.breaking import breakable, day_line
from sinhthai.certification.documents.model import (
    Column,
    Document,
    Fields,
    Group,
    Header,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)
from sinhthai.foundation.text import Text

AT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
PAPER = Document(
    title=Text("Báo cáo thử", "Trial report"),
    kind="Báo cáo",
    abstract="Tình hình hoạt động",
    header=Header("Công ty Ưu Việt", symbol="/BC", place="Đồng Nai"),
    blocks=(
        Paragraph("Căn cứ Nghị định số 35/2022/NĐ-CP;", "basis"),
        Heading("I. Chung"),
        Fields((("Điện thoại", None), ("Địa chỉ", "Đường Nguyễn Huệ"))),
        Items(("Một", "Hai")),
        Table(
            (Column("STT", 0.5), Column("Tiêu chí", 3), Column("Giá trị", 1, "figure")),
            (Group("Nhóm A"), ("1", "Cây xanh", "1.234,5 ha"), ("2", "Nước", None)),
        ),
        PageBreak(),
        Paragraph("Ghi chú", "note"),
    ),
    made_at=AT,
    addressees=("Ban Quản lý", "Ủy ban nhân dân"),
    signature=Signature("Giám đốc", "Nguyễn Ánh", "TM. Công ty", ("Như trên", "Lưu: VT")),
    pins=(("Mã băm", "ab" * 32),),
    notes=("Bố cục của hệ thống.",),
)


def text_of_pdf(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def text_of_docx(content):
    word = docx.Document(io.BytesIO(content))
    lines = [line.text for line in word.paragraphs]
    lines += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines).replace("\u200b", "")


@pytest.mark.parametrize("write", [to_pdf, to_docx])
def test_the_same_paper_gives_the_same_bytes(write):
    assert write(PAPER) == write(PAPER)
    assert write(PAPER) != write(dataclasses.replace(PAPER, abstract="Khác"))


def test_bytes_do_not_depend_on_process_or_zone():
    code = (
        "import hashlib,runpy,sys;"
        "ns=runpy.run_path(sys.argv[1]);"
        "print(hashlib.sha256(ns['to_pdf'](ns['PAPER'])+ns['to_docx'](ns['PAPER'])).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, __file__],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for zone, seed in (("UTC", "1"), ("America/New_York", "2"))
    }  # fmt: skip
    assert len(said) == 1 and len(said.pop().strip()) == 64


def test_pdf_is_tagged_titled_and_speaks_its_language():
    catalogue = PdfReader(io.BytesIO(to_pdf(PAPER))).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "vi"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()
    english = dataclasses.replace(PAPER, language="en")
    reader = PdfReader(io.BytesIO(to_pdf(english)))
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata.title == "Trial report"


def test_every_vietnamese_letter_can_be_read_back_in_every_style():
    letters = "ăâđêôơư ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ýỳỷỹỵ ĂÂĐÊÔƠƯ"
    blocks = [Paragraph(letters, style) for style in ("normal", "basis", "strong", "note")]
    blocks += [Heading(letters, level) for level in (1, 2, 3)]
    said = text_of_pdf(to_pdf(dataclasses.replace(PAPER, blocks=tuple(blocks))))
    assert said.replace(" ", "").count(letters.replace(" ", "")) == len(blocks)
    assert "Nơi nhận:" in said


def test_a_letter_has_its_subject_as_title():
    letter = dataclasses.replace(PAPER, kind="", abstract="lấy ý kiến")
    assert "V/v lấy ý kiến" in text_of_pdf(to_pdf(letter))
    assert "V/v lấy ý kiến" in text_of_docx(to_docx(letter))


def test_a_letter_without_subject_can_be_set_too():
    bare = dataclasses.replace(PAPER, kind="", abstract="")
    assert "I. Chung" in text_of_pdf(to_pdf(bare))


@pytest.mark.parametrize(
    ("write", "read"), [(to_pdf, text_of_pdf), (to_docx, text_of_docx)], ids=["pdf", "docx"]
)
def test_both_writers_say_the_parts_the_decree_asks_for(write, read):
    said = read(write(PAPER))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "CÔNG TY ƯU VIỆT",
        "Số: ............/BC", "Đồng Nai, ngày ..... tháng ..... năm 2026", "BÁO CÁO",
        "Tình hình hoạt động", "Kính gửi:", "Nơi nhận:", "GIÁM ĐỐC", "Nguyễn Ánh", "Lưu: VT.",
        "1.234,5 ha", "Bố cục của hệ thống.", "ab" * 32,
    ):  # fmt: skip
        assert part.replace(" ", "") in said.replace(" ", ""), part


@pytest.mark.parametrize(
    ("write", "read"), [(to_pdf, text_of_pdf), (to_docx, text_of_docx)], ids=["pdf", "docx"]
)
def test_what_nobody_reported_says_so_and_is_no_zero(write, read):
    said = read(write(PAPER))
    assert said.count("chưa báo cáo") == 2
    assert "not reported" in read(write(dataclasses.replace(PAPER, language="en")))


@pytest.mark.parametrize(
    ("write", "read"), [(to_pdf, text_of_pdf), (to_docx, text_of_docx)], ids=["pdf", "docx"]
)
def test_invented_data_is_marked(write, read):
    mark = "Số liệu giả định để minh họa"
    assert mark not in read(write(PAPER))
    assert mark in read(write(dataclasses.replace(PAPER, invented=True)))


def sixty_rows():
    rows = tuple((str(n), f"Tiêu chí thứ {n} " + "rất dài " * 12, None) for n in range(60))
    table = Table(PAPER.blocks[4].columns, (Group("Nhóm A"), *rows))
    return dataclasses.replace(PAPER, blocks=(table,))


def test_sixty_criteria_run_over_pages_under_a_repeated_head():
    reader = PdfReader(io.BytesIO(to_pdf(sixty_rows())))
    pages = [page.extract_text() for page in reader.pages]
    full = [text for text in pages if "Tiêu chí thứ" in text]
    assert len(full) >= 3
    assert all("Giá trị" in text and "Nhóm A" in text for text in full)
    together = text_of_pdf(to_pdf(sixty_rows()))
    assert all(f"Tiêu chí thứ {n} " in together for n in range(60))


def test_word_tables_repeat_their_head_and_keep_rows_whole():
    word = docx.Document(io.BytesIO(to_docx(sixty_rows())))
    table = max(word.tables, key=lambda one: len(one.rows))
    xml = [row._tr.xml for row in table.rows]
    assert "w:tblHeader" in xml[0] and not any("w:tblHeader" in one for one in xml[1:])
    assert all("w:cantSplit" in one for one in xml)


def test_a_cell_taller_than_a_page_is_not_cut():
    tall = " ".join(f"chữ{n}" for n in range(4000))
    table = Table((Column("A", 1), Column("B", 3)), (("1", tall),))
    said = text_of_pdf(to_pdf(dataclasses.replace(PAPER, blocks=(table,))))
    assert all(f"chữ{n}" in said for n in (0, 2000, 3999))


def far_right(content):
    """The rightmost place where a word begins on any page, as a share of the page's width."""
    found = []
    for page in PdfReader(io.BytesIO(content)).pages:
        width = float(page.mediabox.width)

        def seen(text, cm, tm, font, size, width=width):
            if text.strip():
                found.append((tm[4] * cm[0] + cm[4]) / width)

        page.extract_text(visitor_text=seen)
    return max(found)


def test_nothing_runs_out_of_the_page():
    address = "https://example.vn/" + "a" * 300
    blocks = (
        Fields((("Trang", address), ("Tệp", "x" * 200 + ".pdf"))),
        Table((Column("A"), Column("B"), Column("C")), ((address, "b" * 200, "c" * 90),)),
        Paragraph("W" * 400),
        Items(("d" * 300,)),
    )
    name = "Công ty " + "Trách nhiệm hữu hạn " * 12
    paper = dataclasses.replace(
        PAPER, blocks=blocks, abstract="e" * 300, header=Header(name, place="Đồng Nai")
    )
    assert far_right(to_pdf(paper)) < (210 - 18) / 210


def test_word_file_carries_no_clock():
    with zipfile.ZipFile(io.BytesIO(to_docx(PAPER))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2026, 11, 22, 3, 0, 0)}
    about = docx.Document(io.BytesIO(to_docx(PAPER))).core_properties
    assert (about.title, about.author, about.language) == ("Báo cáo thử", "Công ty Ưu Việt", "vi")


def test_landscape_turns_the_page():
    paper = dataclasses.replace(PAPER, landscape=True)
    page = PdfReader(io.BytesIO(to_pdf(paper))).pages[0].mediabox
    section = docx.Document(io.BytesIO(to_docx(paper))).sections[0]
    assert page.width > page.height and section.page_width > section.page_height


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (dt.date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (dt.date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (None, "ngày ..... tháng ..... năm 2026"),
    ],
)
def test_the_day_is_written_as_the_decree_asks(day, said):
    assert day_line(day, AT, "vi") == said


def test_the_open_day_is_of_the_year_in_viet_nam():
    assert "2027" in day_line(None, dt.datetime(2026, 12, 31, 18, tzinfo=dt.UTC), "vi")


@given(st.text(max_size=400))
def test_breaking_loses_no_letter_and_leaves_no_long_token(text):
    said = breakable(text)
    kept = said.replace("\u200b", "")
    assert all(len(part) <= 24 for token in said.split() for part in token.split("\u200b"))
    assert breakable(kept).replace("\u200b", "") == kept
    assert set(kept) <= set(text) | {"\n"}


@settings(max_examples=25)
@given(st.text(max_size=120), st.text(max_size=120))
def test_no_text_breaks_a_writer(one, other):
    blocks = (Heading(one or "x", 3), Paragraph(other), Table((Column(one),), ((other,),)))
    paper = dataclasses.replace(PAPER, blocks=blocks)
    assert to_pdf(paper).startswith(b"%PDF-") and to_docx(paper).startswith(b"PK")
