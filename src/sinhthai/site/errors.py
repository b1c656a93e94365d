"""Pages for what went wrong: what happened and what to do, in the reader's language.

Under ``/api/`` the same is said as a problem document (RFC 9457).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

PROBLEM = "application/problem+json"


def problem(status: int, title: str, **more: Any) -> HttpResponse:
    """Return a problem document (RFC 9457)."""
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, **more},
        status=status,
        content_type=PROBLEM,
        json_dumps_params={"ensure_ascii": False},
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent could not be read, or was too big."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, 413, _("The file is too big"))
    return _page(request, 400, _("What was sent could not be read"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, _("This is not open to you"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, _("There is no such page"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something of ours broke. The page needs no store: that may be what broke."""
    if request.path.startswith("/api/"):
        return problem(500, _("Something broke"), request=getattr(request, "request_id", ""))
    return render(
        None,  # no context processors: they may be what broke
        "site/500.html",
        {"request_id": getattr(request, "request_id", "")},
        status=500,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or cookies are off."""
    return _page(request, 403, _("The form could not be accepted"), template="site/403_csrf.html")


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many tries in a short time (the sign-in library calls it)."""
    return _page(request, 429, _("Too many tries"))


def _page(request: HttpRequest, status: int, title: str, *, template: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(status, title)
    name = template or f"site/{status}.html"
    return TemplateResponse(request, name, {"heading": title}, status=status).render()
