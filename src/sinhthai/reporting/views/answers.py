"""What every page here does with a file to send, and with a refusal of an action."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from sinhthai.accounts.models import User
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import fold


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
