"""Load a workbook of activities: template, upload, preview, apply, undo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.carbon import exports, wording
from sinhthai.carbon.actions import imports as actions
from sinhthai.carbon.models import ActivityImport
from sinhthai.carbon.readers.activities import current_rows, to_engine
from sinhthai.carbon.subject import Subject
from sinhthai.carbon.views.shell import number_of, open_subject, shell
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.reporting.views.answers import file_response, language_of, person, tell

SHOWN = 200  # lines of a preview spelt out on the page
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
_INVENTED = Text("Dữ liệu giả định.", "Invented data.")


@require_GET
def import_template(request: HttpRequest, code: str, of: str) -> HttpResponse:
    """Give the workbook to fill in; with ``?year=`` what stands now is in it."""
    from sinhthai.carbon.workbook import write_template

    subject = open_subject(request, code, of, write=True)
    language, year = language_of(request), number_of(request, "year")
    standing = current_rows(subject).filter(year=year) if year else []
    content = write_template(
        load_factors(),
        language,
        activities=to_engine(subject, standing),
        remark=_INVENTED if subject.invented else None,
    )
    name = f"{_('Activities')} {subject.code}{f' {year}' if year else ''}.xlsx"
    return file_response(content, name, exports.XLSX)


@require_http_methods(["GET", "POST"])
def import_upload(request: HttpRequest, code: str, of: str) -> HttpResponse:
    """Take a workbook and lead to its preview; one that cannot be read is told cell by cell."""
    subject = open_subject(request, code, of, write=True)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise InputError([_NOTHING_SENT])
            if (sent.size or 0) > settings.SINHTHAI_UPLOAD_MAX_BYTES:
                raise InputError([_TOO_LARGE])
            kept = actions.keep_file(
                subject,
                file_name=sent.name or "",
                data=sent.read(),
                by=person(request),
                at=timezone.now(),
            )
        except InputError as error:
            problems = error.problems
        else:
            return redirect(subject.url("preview", pk=kept.pk))
    return _upload_page(request, subject, problems)


@require_http_methods(["GET", "POST"])
def import_preview(request: HttpRequest, code: str, of: str, pk: int) -> HttpResponse:
    """Show what a file would change, and apply it as shown."""
    subject = open_subject(request, code, of, write=True)
    kept = _kept(request, subject, pk)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            done = actions.apply_file(kept, by=person(request), at=timezone.now())
        except InputError as error:
            problems = error.problems
            kept.refresh_from_db()
        else:
            messages.success(request, _("The file is applied."))
            year = max(entry.activity.year for entry in done.entries)
            return redirect(f"{subject.url('inventory')}?year={year}")
    try:
        preview = actions.preview_file(subject, kept.file_name, bytes(kept.content))
    except InputError as error:  # the tables changed so that the file no longer reads
        return _upload_page(request, subject, error.problems)
    language = language_of(request)
    counts = preview.counts
    told = sorted(preview.entries, key=lambda entry: actions.KINDS.index(entry.kind))
    named = [entry for entry in told if entry.kind != "same"]
    return render(
        request,
        "carbon/preview.html",
        shell(request, subject, "import")
        | {
            "kept": kept,
            "counts": counts,
            "entries": [_entry(entry, language) for entry in named[:SHOWN]],
            "more": max(0, len(named) - SHOWN),
            "warnings": said_problems(preview.warnings, language),
            "problems": said_problems(problems, language),
            "clean": preview.is_clean,
            "writes": counts["new"] + counts["changed"],
            "undo_url": subject.url("undo", pk=kept.pk),
        },
        status=409 if problems else 200,
    )


@require_POST
def import_undo(request: HttpRequest, code: str, of: str, pk: int) -> HttpResponse:
    """Put back what stood before a file was applied."""
    subject = open_subject(request, code, of, write=True)
    kept = _kept(request, subject, pk)
    try:
        count = actions.undo_file(kept, by=person(request), at=timezone.now())
    except InputError as error:
        tell(request, error)
        return redirect(subject.url("preview", pk=pk))
    messages.success(request, _("The file is undone: %(n)d lines stand as before.") % {"n": count})
    return redirect(subject.url("inventory"))


def said_problems(problems: tuple[Problem, ...], language: str) -> list[dict[str, str]]:
    """Return problems as the page tells them."""
    return [
        {
            "place": str(one.place),
            "message": one.message.get(language),
            "cure": one.cure.get(language),
        }
        for one in problems
    ]


def _kept(request: HttpRequest, subject: Subject, pk: int) -> ActivityImport:
    return get_object_or_404(
        ActivityImport.objects.select_related("park", "enterprise"),
        pk=pk,
        uploaded_by=person(request),
        **subject.where,
    )


def _upload_page(
    request: HttpRequest, subject: Subject, problems: tuple[Problem, ...]
) -> HttpResponse:
    mine = ActivityImport.objects.filter(
        **subject.where, uploaded_by=person(request), applied_at__isnull=False
    ).defer("content")
    return render(
        request,
        "carbon/import.html",
        shell(request, subject, "import")
        | {
            "problems": said_problems(problems, language_of(request)),
            "applied": [
                (one, subject.url("preview", pk=one.pk)) for one in mine.order_by("-pk")[:10]
            ],
        },
        status=400 if problems else 200,
    )


def _entry(entry: actions.Entry, language: str) -> dict[str, Any]:
    activity = entry.activity
    return {
        "kind": entry.kind,
        "place": str(activity.place),
        "year": activity.year,
        "name": wording.what_name(activity.what).get(language),
        "said": " · ".join(
            part
            for part in (
                wording.kind_name(activity.kind).get(language),
                wording.said_quantity(activity, language),
            )
            if part
        ),
        "changes": [
            (
                wording.FIELDS[name].get(language),
                wording.said_value(name, before, language),
                wording.said_value(name, after, language),
            )
            for name, before, after in entry.changes
        ],
        "problems": said_problems(entry.problems, language),
    }
