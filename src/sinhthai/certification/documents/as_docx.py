"""A paper as .docx, to edit or sign in an office; the same document gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from sinhthai.certification.documents import word_parts as parts
from sinhthai.certification.documents import words
from sinhthai.certification.documents.breaking import breakable, day_line, printable, side_of
from sinhthai.certification.documents.model import (
    Block,
    Document,
    Fields,
    Group,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)

_CENTER = WD_ALIGN_PARAGRAPH.CENTER
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": _CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def to_docx(document: Document) -> bytes:
    """Return *document* as an Office Open XML file."""
    word = docx.Document()
    _page(word, document)
    _head(word, document)
    _title(word, document)
    for block in document.blocks:
        _block(word, block, document.language)
    if document.signature is not None:
        _foot(word, document.signature, document.language)
    _pins(word, document)
    out = io.BytesIO()
    word.save(out)
    return parts.without_clock(out.getvalue(), document.made_at)


def _page(word: Word, document: Document) -> None:
    """Set paper, margins, faces, page number and what the file says of itself."""
    section, language = word.sections[0], document.language
    width, height = Mm(210), Mm(297)
    if document.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].alignment = _CENTER
    parts.add_page_number(section.header.paragraphs[0])
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        parts.add_run(line, document.title.get(language), 8, color=parts.SOFT)
        if document.invented:
            invented = "  " + words.INVENTED_SHORT.get(language)
            parts.add_run(line, invented, 8, bold=True, color=parts.AMBER)
    parts.set_font(word.styles["Normal"], 13)
    word.styles["Normal"].paragraph_format.space_after = Pt(6)
    for level in (1, 2, 3, 4):
        style = word.styles[f"Heading {level}"]
        parts.set_font(style, 14 if level == 1 else 13)
        style.font.bold, style.font.italic = True, level == 4
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_before = Pt(0 if level == 1 else 10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
    about = word.core_properties
    about.title = printable(document.title.get(language))[:255]
    about.author = about.last_modified_by = printable(document.header.body)[:255]
    about.language, about.comments, about.revision = language, "", 1
    about.created = about.modified = document.made_at.astimezone(dt.UTC).replace(tzinfo=None)


def _head(word: Word, document: Document) -> None:
    """Write who issues it on the left, the national title on the right; number and day below."""
    language, header = document.language, document.header
    if document.invented:
        line = word.add_paragraph()
        line.alignment = _CENTER
        parts.add_run(line, words.INVENTED.get(language), 10, bold=True, color=parts.AMBER)
    usable = parts.usable_width(word)
    widths = (usable * 42 // 100, usable - usable * 42 // 100)
    table = parts.add_table(word, 2, 2, widths)
    left, right = table.rows[0].cells
    if header.superior:
        _centred(left, header.superior.upper(), 12)
    _centred(left, header.body.upper(), 12, bold=True)
    parts.underline_below(_centred(left, "", 2), 0.4, widths[0])
    _centred(right, words.NATION.get(language), 11.5, bold=True)
    _centred(right, words.MOTTO.get(language), 13, bold=True)
    parts.underline_below(_centred(right, "", 2), 0.62, widths[1])
    left, right = table.rows[1].cells
    number = header.number or f"{words.ROOM}{header.symbol}"
    _centred(left, f"{words.NUMBER.get(language)} {number}", 12.5)
    if not document.kind and document.abstract:
        _centred(left, f"{words.ABOUT.get(language)} {document.abstract}", 11.5)
    day = day_line(header.day, document.made_at, language)
    _centred(right, f"{header.place}, {day}" if header.place else day, 12.5, italic=True)


def _centred(cell: _Cell, text: str, size: float, **look: Any) -> parts.Paragraph:
    """Add a centred line to *cell* and return it; the first one fills the empty line it has."""
    line = cell.paragraphs[0]
    if line.runs:
        line = cell.add_paragraph()
    line.alignment = _CENTER
    line.paragraph_format.space_after = Pt(0)
    parts.add_run(line, text, size, **look)
    return line


def _title(word: Word, document: Document) -> None:
    """Write the kind of paper, what it is about, and to whom it goes."""
    word.add_paragraph().paragraph_format.space_after = Pt(0)
    if document.kind:
        title = word.add_heading(level=1)
        title.alignment = _CENTER
        parts.add_run(title, document.kind.upper(), 14)
        if document.abstract:
            title.add_run().add_break()
            parts.add_run(title, document.abstract, 13.5)
        title.paragraph_format.space_after = Pt(10)
    _addressees(word, document)


def _addressees(word: Word, document: Document) -> None:
    """Write to whom the paper goes: one in the middle, several one under the other."""
    to, several = words.TO.get(document.language), len(document.addressees) > 1
    for number, name in enumerate(document.addressees):
        line = word.add_paragraph()
        line.paragraph_format.space_after = Pt(0 if number + 1 < len(document.addressees) else 12)
        if not several:
            line.alignment = _CENTER
            parts.add_lines(line, f"{to} {name}")
            continue
        line.paragraph_format.left_indent = Mm(38)
        line.paragraph_format.first_line_indent = Mm(-23)
        line.paragraph_format.tab_stops.add_tab_stop(Mm(38))
        parts.add_lines(line, f"{'' if number else to}\t- {name}")


def _block(word: Word, block: Block, language: str) -> None:
    match block:
        case Heading(text, level):
            word.add_heading(level=min(level + 1, 4)).add_run(breakable(text))
        case Paragraph(text, "note"):
            parts.add_lines(word.add_paragraph(), text, 10.5, color=parts.SOFT)
        case Paragraph(text, "centered"):
            line = word.add_paragraph()
            line.alignment = _CENTER
            line.paragraph_format.keep_with_next = True
            parts.add_lines(line, text, bold=True)
        case Paragraph(text, style):
            for part in text.split("\n"):
                line = word.add_paragraph()
                line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
                line.paragraph_format.first_line_indent = Mm(10)
                parts.add_lines(line, part, bold=style == "strong", italic=style == "basis")
        case Items(items):
            for item in items:
                line = word.add_paragraph()
                parts.add_lines(line, f"- {item}")
                line.paragraph_format.left_indent = Mm(10)
                line.paragraph_format.space_after = Pt(3)
        case Fields(rows):
            _field_table(word, rows, language)
        case Table():
            _data_table(word, block, language)
        case PageBreak():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _field_table(word: Word, rows: tuple[tuple[str, str | None], ...], language: str) -> None:
    usable = parts.usable_width(word)
    table = parts.add_table(word, len(rows), 2, (usable * 2 // 5, usable - usable * 2 // 5))
    for row, (label, said) in zip(list(table.rows), rows, strict=True):
        parts.fill(row.cells[0], label, 12, language)
        parts.fill(row.cells[1], said, 12, language)
        parts.keep_whole(row)
    parts.set_borders(table)
    _gap(word)


def _data_table(word: Word, block: Table, language: str) -> None:
    if block.caption:
        line = word.add_paragraph()
        parts.add_run(line, block.caption, 11.5, bold=True)
        line.paragraph_format.keep_with_next = True
    usable, total = parts.usable_width(word), sum(column.width for column in block.columns)
    widths = [int(usable * column.width / total) for column in block.columns]
    table = parts.add_table(word, 1 + len(block.rows), len(block.columns), widths)
    size = 9.5 if len(block.columns) > 6 else 10.5
    head, *rows = table.rows
    for cell, column in zip(head.cells, block.columns, strict=True):
        parts.fill(cell, column.title, size, language, bold=True, align=_CENTER)
        parts.shade(cell, "EEF2F0")
    parts.keep_whole(head)
    parts.repeat_on_each_page(head)
    for number, (row, said) in enumerate(zip(rows, block.rows, strict=True), start=1):
        cells = row.cells
        parts.keep_whole(row)
        if isinstance(said, Group):
            merged = cells[0].merge(cells[-1])
            parts.fill(merged, said.title, size, language, bold=True)
            parts.shade(merged, "F7F9F8")
            merged.paragraphs[0].paragraph_format.keep_with_next = True
            continue
        bold = block.total and number == len(block.rows)
        for cell, text, column in zip(cells, said, block.columns, strict=True):
            parts.fill(
                cell, text, size, language, bold=bold, align=_ALIGN[side_of(column.align, text)]
            )
    parts.set_borders(table, outside=True)
    _gap(word)


def _gap(word: Word) -> None:
    """Keep the next block off a table."""
    line = word.add_paragraph()
    line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = Pt(8)


def _foot(word: Word, signature: Signature, language: str) -> None:
    """Write who gets copies on the left, who signs on the right."""
    _gap(word)
    usable = parts.usable_width(word)
    left_width = usable * 46 // 100
    table = parts.add_table(word, 1, 2, (left_width, usable - left_width))
    parts.keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    if signature.recipients:
        line = left.paragraphs[0]
        parts.add_run(line, words.RECIPIENTS.get(language), 12, bold=True, italic=True)
        last = len(signature.recipients) - 1
        for number, name in enumerate(signature.recipients):
            line.add_run().add_break()
            parts.add_run(line, f"- {name}{'.' if number == last else ';'}", 11)
    if signature.authority:
        _centred(right, signature.authority.upper(), 13, bold=True)
    _centred(right, signature.position.upper(), 13, bold=True)
    _centred(
        right, words.SIGN_HERE.get(language), 11, italic=True
    ).paragraph_format.space_after = Pt(62)
    _centred(right, signature.name, 13, bold=True)


def _pins(word: Word, document: Document) -> None:
    """Write how the paper was laid out and how to make it again."""
    if not (document.pins or document.notes):
        return
    _gap(word)
    for note in document.notes:
        parts.add_lines(word.add_paragraph(), note, 8.5, color=parts.SOFT)
    if document.pins:
        line = word.add_paragraph()
        parts.add_run(line, words.PINS.get(document.language), 8.5, bold=True, color=parts.SOFT)
        for label, said in document.pins:
            parts.add_lines(line, f"\n{label}: {said}", 8.5, color=parts.SOFT)
