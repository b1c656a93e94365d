"""The letter that asks for opinions, and a body's opinion as a letter: to print and to sign."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sinhthai.certification.documents import MEDIA_TYPES, to_docx, to_pdf
from sinhthai.certification.documents.model import Document
from sinhthai.certification.policy import dossier_for, opinion_for, party_of
from sinhthai.certification.readers.papers import compose_opinion, compose_paper
from sinhthai.reporting.views.answers import file_response


@require_GET
def request_letter(request: HttpRequest, public_id: str, fmt: str) -> HttpResponse:
    """The Management Board's letter to the bodies the procedure consults."""
    found = dossier_for(request.user, public_id)
    if "receiver" not in party_of(request.user, found):
        raise Http404("a paper of the Management Board")
    return _file(compose_paper(found, "opinion_request", timezone.now()), fmt)


@require_GET
def answer_letter(request: HttpRequest, pk: int, fmt: str) -> HttpResponse:
    """The opinion of a body as it stands, for its own people."""
    return _file(compose_opinion(opinion_for(request.user, pk), timezone.now()), fmt)


def _file(document: Document, fmt: str) -> HttpResponse:
    """Send *document*; official papers are in Vietnamese whatever the page is read in."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    content = to_pdf(document) if fmt == "pdf" else to_docx(document)
    return file_response(content, f"{document.title.vi}.{fmt}", MEDIA_TYPES[fmt])
