"""Vietnamese unless chosen otherwise; clean queries; headers of every page; first passwords."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponse]


class CleanQueryMiddleware:
    """Leave NUL out of a query, and take no form that has one.

    Nobody types it, and PostgreSQL has no text that holds it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Refuse a form that a program sent, before its view keeps half of it."""
        if any("\0" in said for _name, given in request.POST.lists() for said in given):
            return HttpResponseBadRequest("NUL")
        return None


class LanguageMiddleware:
    """Use the chosen language (cookie), else Vietnamese: the browser's wish is not asked.

    Government users sit at computers installed in English and read Vietnamese.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ["Cookie"])
        return response


class PrivatePagesMiddleware:
    """Keep what a signed-in person reads out of shared caches; ask for no device features."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response


class OwnPasswordMiddleware:
    """Before anything else, a person with a one-time password chooses one of their own."""

    ALLOWED = ("/accounts/", "/language/", "/static/", "/healthz")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        waiting = request.user.is_authenticated and request.user.must_change_password
        if waiting and not request.path.startswith(self.ALLOWED):
            return redirect("account_change_password")
        return self.get_response(request)
