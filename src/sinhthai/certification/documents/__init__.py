"""Papers of a dossier and the certificate: frozen values in, the bytes of PDF and .docx out. Pure.

The writers are imported when asked for: Typst and python-docx cost time nobody else should pay.
"""

from __future__ import annotations

from sinhthai.certification.documents.model import Document

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def to_pdf(document: Document) -> bytes:
    """Return *document* as a tagged PDF; the same document gives the same bytes."""
    from sinhthai.certification.documents.as_pdf import to_pdf as write

    return write(document)


def to_docx(document: Document) -> bytes:
    """Return *document* as .docx; the same document gives the same bytes."""
    from sinhthai.certification.documents.as_docx import to_docx as write

    return write(document)
