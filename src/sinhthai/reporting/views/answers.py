"""What every page here does with a file to send, and with a refusal of an action."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import structlog
from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from sinhthai.accounts.models import User
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import fold
from sinhthai.reporting.evidence_kinds import kind_of

log = structlog.get_logger("sinhthai.files")


def language_of(request: HttpRequest) -> str:
    """Return the language the page is shown in."""
    return getattr(request, "LANGUAGE_CODE", "vi")


def person(request: HttpRequest) -> User:
    """Return who acts; nobody signed in finds no page here."""
    if not isinstance(request.user, User):
        raise Http404("nobody signed in")
    return request.user


def file_response(content: bytes, file_name: str, content_type: str) -> HttpResponse:
    """Return a file to save, never to be shown or run in the page's own origin."""
    response = HttpResponse(content, content_type=content_type)
    plain = "".join(
        ch if ch.isascii() and (ch.isalnum() or ch in "-_. ") else "_" for ch in fold(file_name)
    )
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def stored_file(file: FieldFile, sha256: str, file_name: str) -> HttpResponse:
    """Return a file as it was kept, byte for byte; one that is gone or changed is not found.

    A store put back from a backup without its files, or a file changed behind its back, is told to
    whoever runs the server; nobody reads another content under the same name.
    """
    try:
        with file.open("rb") as source:
            content = source.read()
    except OSError:
        log.error("stored file missing", file=file.name)
        raise Http404("the file is gone") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        log.error("stored file changed", file=file.name)
        raise Http404("not the file that was kept")
    kind = kind_of(content)
    return file_response(
        content, file_name, kind.content_type if kind else "application/octet-stream"
    )


def said(problem: Problem, language: str) -> str:
    """Return message and cure of a problem in one go."""
    return f"{problem.message.get(language)} {problem.cure.get(language)}"


def tell(request: HttpRequest, error: InputError) -> None:
    """Put every problem of a refusal on the next page."""
    for problem in error.problems:
        messages.error(request, said(problem, language_of(request)))


def tell_form(form: Form, field: str | None, error: InputError, language: str) -> None:
    """Put every problem of a refusal beside the field it speaks of; above the form for None."""
    for problem in error.problems:
        where = f"{problem.place}: " if str(problem.place) else ""
        form.add_error(field, where + said(problem, language))
