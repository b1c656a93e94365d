"""What a file is, told by its content: the name and the ending are only what somebody typed."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree


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
# What may lie outside a file: an address to click, another workbook a formula was computed from.
_HARMLESS = ("hyperlink", "externalLinkPath")
_LONGEST_PART = 2**20
_UNREADABLE = (ValueError, OSError, RuntimeError, EOFError)
KINDS = (PDF, DOCX, XLSX, PNG, JPEG)


def kind_of(content: bytes) -> Kind | None:
    """Return the kind of *content*, or None when it is nothing we accept.

    Office files that run something or fetch something when they are opened are not accepted:
    macros, by whatever name their part goes, templates, frames and objects of another place.

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
            found = next((one for part, one in _PARTS if part in names), None)
            if found is None or any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            return None if _acts(parts) else found
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, *_UNREADABLE):
        return None


def _acts(parts: zipfile.ZipFile) -> bool:
    """Say whether an Office file runs or fetches something; what cannot be looked over does."""
    for info in parts.infolist():
        name = info.filename.lower()
        if name != "[content_types].xml" and not name.endswith(".rels"):
            continue
        with parts.open(info) as part:
            said = part.read(_LONGEST_PART + 1)
        if len(said) > _LONGEST_PART or b"<!DOCTYPE" in said:
            return True
        for element in ElementTree.fromstring(said).iter():  # noqa: S314  short, no entities
            kept_as = element.get("ContentType", "").lower()
            if "macro" in kept_as or "vbaproject" in kept_as:
                return True
            about = element.get("Type", "").rpartition("/")[2]
            outside = element.get("TargetMode", "").lower() == "external"
            if about == "vbaProject" or (outside and about not in _HARMLESS):
                return True
    return False
