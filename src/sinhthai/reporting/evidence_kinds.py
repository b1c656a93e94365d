"""What a file is, told by its content: the name and the ending are only what somebody typed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file accepted as evidence."""

    name: str
    endings: tuple[str, ...]
    content_type: str


PDF = Kind("PDF", (".pdf",), "application/pdf")
PNG = Kind("PNG", (".png",), "image/png")
JPEG = Kind("JPEG", (".jpg", ".jpeg"), "image/jpeg")
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind("Word", (".docx",), _OFFICE + "wordprocessingml.document")
XLSX = Kind("Excel", (".xlsx",), _OFFICE + "spreadsheetml.sheet")

_STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX))
KINDS = (PDF, DOCX, XLSX, PNG, JPEG)


def kind_of(content: bytes) -> Kind | None:
    """Return the kind of *content*, or None when it is nothing we accept.

    Office files with macros are not accepted.

    >>> kind_of(b"%PDF-1.7 ...").name
    'PDF'
    >>> kind_of(b"MZ\\x90 an executable named report.pdf") is None
    True
    """
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in _PARTS if part in names), None)
