"""A paper as a tagged PDF on A4, in the manner of Decree 30/2020/ND-CP."""

from __future__ import annotations

from sinhthai.certification.documents import words
from sinhthai.certification.documents.breaking import breakable, day_line, side_of
from sinhthai.certification.documents.model import (
    Block,
    Column,
    Document,
    Fields,
    Group,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Table,
)
from sinhthai.certification.documents.typesetting import typeset

_TALL = 2500  # letters a page-wide cell may have to be kept whole: half a page
_WORDS = (
    "NATION", "MOTTO", "NUMBER", "ABOUT", "TO", "RECIPIENTS", "SIGN_HERE", "NOT_REPORTED", "PINS",
    "INVENTED", "INVENTED_SHORT",
)  # fmt: skip


def to_pdf(document: Document) -> bytes:
    """Return *document* as a PDF; the same document gives the same bytes."""
    header, language = document.header, document.language
    signature = document.signature
    value: dict[str, object] = {
        "title": document.title.get(language),
        "language": language,
        "words": {name.lower(): getattr(words, name).get(language) for name in _WORDS},
        "header": {
            "superior": header.superior,
            "body": header.body,
            "number": header.number or f"{words.ROOM}{header.symbol}",
            "place": header.place,
            "day": day_line(header.day, document.made_at, language),
        },
        "kind": document.kind,
        "abstract": document.abstract,
        "addressees": document.addressees,
        "footer": document.title.get(language),
        "blocks": _blocks(document.blocks),
        "signature": None
        if signature is None
        else {
            "position": signature.position,
            "name": signature.name,
            "authority": signature.authority,
            "recipients": signature.recipients,
        },
        "pins": [[label, breakable(said)] for label, said in document.pins],
        "notes": document.notes,
        "invented": document.invented,
        "landscape": document.landscape,
    }
    return typeset("paper", value, timestamp=int(document.made_at.timestamp()))


def _blocks(blocks: tuple[Block, ...]) -> list[dict[str, object]]:
    """Return the blocks as plain values; a heading is at most one level below the one before."""
    found: list[dict[str, object]] = []
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            found.append({"is": "heading", "text": block.text, "level": level})
        else:
            found.append(_block(block))
    return found


def _block(block: Paragraph | Items | Fields | Table | PageBreak) -> dict[str, object]:
    match block:
        case Paragraph(text, style):
            return {"is": "paragraph", "text": breakable(text), "style": style}
        case Items(items):
            return {"is": "items", "items": [breakable(item) for item in items]}
        case Fields(rows):
            return {"is": "fields", "rows": [[label, _cell(said)] for label, said in rows]}
        case Table(columns, rows, caption, total):
            return {
                "is": "table",
                "caption": caption,
                "total": total,
                "columns": [
                    {"title": c.title, "width": c.width, "align": c.align} for c in columns
                ],
                "rows": [
                    {"title": row.title} if isinstance(row, Group) else _row(columns, row)
                    for row in rows
                ],
            }
        case PageBreak():
            return {"is": "pagebreak"}


def _row(columns: tuple[Column, ...], row: tuple[str | None, ...]) -> dict[str, object]:
    """Return one row; it stays on one page unless it is so tall that it could overflow it."""
    return {
        "cells": [
            (_cell(cell), side_of(column.align, cell))
            for column, cell in zip(columns, row, strict=True)
        ],
        "whole": all(
            len(cell or "") < _TALL * column.width / sum(c.width for c in columns)
            for column, cell in zip(columns, row, strict=True)
        ),
    }


def _cell(said: str | None) -> str | None:
    return None if said is None else breakable(said)
