"""The pieces of a .docx python-docx leaves to its callers: borders, widths, page numbers, time."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sinhthai.certification.documents import words
from sinhthai.certification.documents.breaking import breakable, printable

SERIF = "Times New Roman"  # the face Decree 30/2020/ND-CP asks for
SOFT = RGBColor(0x5B, 0x67, 0x62)
AMBER = RGBColor(0x8A, 0x5A, 0x00)
_CELL_MARGIN = 70  # twentieths of a point: 1.2 mm
_HAIR = "8D9691"


def set_font(style: Any, size: float) -> None:
    """Give a style the face of official papers, for Vietnamese letters too."""
    style.font.name, style.font.size = SERIF, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), SERIF)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(theme), None)


def add_run(
    line: Paragraph,
    text: str,
    size: float | None = None,
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    color: RGBColor | None = None,
) -> Run:
    run = line.add_run(printable(text))
    run.bold, run.italic = bold, italic
    if size is not None:
        run.font.size = Pt(size)
    if color is not None:
        run.font.color.rgb = color
    return run


def add_lines(line: Paragraph, text: str, size: float | None = None, **look: Any) -> None:
    """Write *text*; a line break of it is one on paper."""
    for number, part in enumerate(breakable(text).split("\n")):
        if number:
            line.add_run().add_break()
        add_run(line, part, size, **look)


def usable_width(word: Word) -> int:
    """Return the width between the margins [EMU]."""
    section = word.sections[-1]
    edges = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (int(edge or 0) for edge in edges)
    return page - left - right


def add_table(word: Word, rows: int, columns: int, widths: Sequence[int]) -> Table:
    """Return a table of fixed *widths* [EMU] without borders."""
    table = word.add_table(rows, columns)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        margin = OxmlElement(f"w:{edge}")
        margin.set(qn("w:w"), str(_CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(width)
    return table


def fill(
    cell: _Cell,
    text: str | None,
    size: float,
    language: str,
    *,
    bold: bool | None = None,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> None:
    """Write a cell; None was never reported and says so."""
    line = cell.paragraphs[0]
    line.alignment = align
    line.paragraph_format.space_after = line.paragraph_format.space_before = Pt(2)
    line.paragraph_format.line_spacing = 1.0
    if text is None:
        add_run(line, words.NOT_REPORTED.get(language), size, italic=True, color=SOFT)
    else:
        add_lines(line, text, size, bold=bold)


def set_borders(table: Table, *, outside: bool = False) -> None:
    """Rule the rows of *table*; with *outside* its columns and its edge too."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        drawn = outside or edge in ("insideH", "bottom")
        line.set(qn("w:val"), "single" if drawn else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), _HAIR)
        borders.append(line)
    # The schema wants borders before the layout, the layout before the margins of cells.
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )


def shade(cell: _Cell, fill_color: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill_color)
    cell._tc.get_or_add_tcPr().append(shading)


def repeat_on_each_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_whole(row: _Row) -> None:
    """Keep *row* from breaking over two pages."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


def underline_below(line: Paragraph, share: float, width: int) -> None:
    """Draw the short rule the decree puts under a body's name and under the motto.

    *share* is its length as a part of *width* [EMU].
    """
    indent = Emu(int(width * (1 - share) / 2))
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = indent
    borders = OxmlElement("w:pBdr")
    rule = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    properties = line._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def add_page_number(line: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)


def without_clock(content: bytes, made_at: dt.datetime) -> bytes:
    """Return the file with every member dated *made_at*: saving it twice gives the same bytes."""
    when = made_at.astimezone(dt.UTC)
    date_time = (max(when.year, 1980), *when.timetuple()[1:6])  # a ZIP knows no year before
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, date_time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(member))
    return out.getvalue()
