"""Import of lists: upload, preview, apply."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def park_import(request: HttpRequest) -> HttpResponse:
    raise Http404


def park_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


def park_template(request: HttpRequest) -> HttpResponse:
    raise Http404


def enterprise_import(request: HttpRequest, code: str) -> HttpResponse:
    raise Http404


def enterprise_import_preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    raise Http404


def enterprise_template(request: HttpRequest, code: str) -> HttpResponse:
    raise Http404
