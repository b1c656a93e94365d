"""The letter by which a holder asks to end their certificate, to print and to sign."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from sinhthai.certification.documents import MEDIA_TYPES, to_docx, to_pdf
from sinhthai.certification.readers.papers_request import compose_revocation_request
from sinhthai.reporting.views.answers import file_response
from sinhthai.supervision.policy_keeping import certificate_for, levels_over
from sinhthai.supervision.readers.standing import HELD


@require_GET
def revocation_letter(request: HttpRequest, public_id: str, fmt: str) -> HttpResponse:
    """Send the letter to the holder, or to the Board that hands it to them."""
    certificate = certificate_for(request.user, public_id)
    levels = levels_over(request.user, certificate.park, certificate.enterprise)
    if certificate.state not in HELD or not levels.keys() & {"applicant", "receiver"}:
        raise Http404("no letter for this person")
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    # Official papers are in Vietnamese, whatever language the page is read in.
    letter = compose_revocation_request(certificate, timezone.now())
    content = to_pdf(letter) if fmt == "pdf" else to_docx(letter)
    return file_response(content, f"{letter.title.vi}.{fmt}", MEDIA_TYPES[fmt])
