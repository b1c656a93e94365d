"""Load a list of streams from Excel: template, upload, preview, apply."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.registry.views.imports import _said as said_problems
from sinhthai.reporting.views.answers import file_response, language_of, person
from sinhthai.symbiosis import exports, policy
from sinhthai.symbiosis.actions import imports as actions
from sinhthai.symbiosis.models import StreamImport
from sinhthai.symbiosis.readers import wording
from sinhthai.symbiosis.views.streams import look, shell

SHOWN = 200  # lines of a preview spelt out on the page
_ORDER = {"refused": 0, "changed": 1, "new": 2, "same": 3}
_NOTHING_SENT = Problem(
    "nothing_sent",
    Text("Chưa chọn tệp.", "No file was chosen."),
    Text("Chọn tệp rồi tải lên.", "Choose the file and upload it."),
)
_TOO_LARGE = Problem(
    "file_too_large",
    Text("Tệp quá lớn.", "The file is too big."),
    Text("Chia thành nhiều tệp nhỏ hơn.", "Split it into smaller files."),
)


@require_GET
def stream_template(request: HttpRequest, code: str) -> HttpResponse:
    """Give the Excel template of a list of streams."""
    enterprise = policy.enterprise_with_streams(request.user, code, write=True)
    language = language_of(request)
    name = Text("mẫu", "template").get(language)
    return file_response(
        exports.template(language),
        f"{_('Streams')} {enterprise.code} ({name}).xlsx",
        exports.MEDIA_TYPES["xlsx"],
    )


@require_http_methods(["GET", "POST"])
def stream_import(request: HttpRequest, code: str) -> HttpResponse:
    """Take a list and lead to its preview; a list that cannot be read is told cell by cell."""
    enterprise = policy.enterprise_with_streams(request.user, code, write=True)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise InputError([_NOTHING_SENT])
            if (sent.size or 0) > settings.SINHTHAI_UPLOAD_MAX_BYTES:
                raise InputError([_TOO_LARGE])
            kept = actions.keep_list(
                enterprise,
                file_name=sent.name or "",
                data=sent.read(),
                by=person(request),
                at=timezone.now(),
            )
        except InputError as error:
            problems = error.problems
        else:
            return redirect("symbiosis_stream_import_preview", code=code, pk=kept.pk)
    return _upload_page(request, enterprise, problems)


@require_http_methods(["GET", "POST"])
def stream_import_preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show what a list would change, and apply it as shown."""
    enterprise = policy.enterprise_with_streams(request.user, code, write=True)
    kept = get_object_or_404(
        StreamImport.objects.select_related("enterprise__park"),
        pk=pk,
        enterprise=enterprise,
        uploaded_by=person(request),
    )
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            actions.apply_list(kept, by=person(request), at=timezone.now())
        except InputError as error:
            problems = error.problems
            kept.refresh_from_db()
        else:
            messages.success(request, _("The list is applied."))
            return redirect("symbiosis_streams", code=code)
    try:
        preview = actions.preview_list(enterprise, kept.file_name, bytes(kept.content))
    except InputError as error:  # the lists changed so that the file no longer reads
        return _upload_page(request, enterprise, error.problems)
    named = [entry.stream for entry in preview.entries if entry.stream is not None]
    look(request, enterprise, named, "streams")
    language = language_of(request)
    told = sorted(preview.entries, key=lambda entry: _ORDER[entry.kind])
    counts = preview.counts
    return render(
        request,
        "symbiosis/enterprise/import_preview.html",
        shell(request, enterprise, "streams")
        | {
            "kept": kept,
            "counts": counts,
            "entries": [_entry(entry, language) for entry in told[:SHOWN] if entry.kind != "same"],
            "more": max(0, sum(entry.kind != "same" for entry in told) - SHOWN),
            "warnings": said_problems(preview.warnings),
            "problems": said_problems(problems),
            "clean": preview.is_clean,
            "writes": counts["new"] + counts["changed"],
        },
        status=409 if problems else 200,
    )


def _upload_page(
    request: HttpRequest, enterprise: Enterprise, problems: tuple[Problem, ...]
) -> HttpResponse:
    return render(
        request,
        "symbiosis/enterprise/import.html",
        shell(request, enterprise, "streams")
        | {"problems": said_problems(problems), "columns": exports.list_columns()},
        status=400 if problems else 200,
    )


def _entry(entry: actions.Entry, language: str) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "name": entry.given.name,
        "place": str(entry.place),
        "changes": wording.say_changes(entry.changes, language),
        "problems": said_problems(entry.problems),
        "said": wording.say_given(entry.given, language),
    }
