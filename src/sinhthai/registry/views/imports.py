"""Import of lists: upload, look at the preview, apply it whole or not at all."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.accounts.models import User
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry import actions, policy
from sinhthai.registry.engine.columns import ENTERPRISE_COLUMNS, PARK_COLUMNS, Column
from sinhthai.registry.engine.preview import Entry
from sinhthai.registry.engine.writing import MEDIA_TYPES, write_list
from sinhthai.registry.list_readers import preview_import, say_value
from sinhthai.registry.models import Park, RegistryImport
from sinhthai.registry.views.listing import attachment

SHOWN = 200  # lines of a preview spelt out on the page


@require_http_methods(["GET", "POST"])
def park_import(request: HttpRequest) -> HttpResponse:
    if not policy.may_import_parks(request.user):
        raise Http404("nothing to import for this person")
    return _upload(request, None)


@require_http_methods(["GET", "POST"])
def enterprise_import(request: HttpRequest, code: str) -> HttpResponse:
    return _upload(request, policy.park_for(request.user, code, write=True))


@require_http_methods(["GET", "POST"])
def park_import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    if not policy.may_import_parks(request.user):
        raise Http404("nothing to import for this person")
    return _preview(request, pk, None)


@require_http_methods(["GET", "POST"])
def enterprise_import_preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    return _preview(request, pk, policy.park_for(request.user, code, write=True))


@require_GET
def park_template(request: HttpRequest) -> HttpResponse:
    if not policy.may_import_parks(request.user):
        raise Http404("nothing to import for this person")
    return _template(PARK_COLUMNS, Text("Khu công nghiệp", "Industrial parks"), None)


@require_GET
def enterprise_template(request: HttpRequest, code: str) -> HttpResponse:
    park = policy.park_for(request.user, code, write=True)
    return _template(ENTERPRISE_COLUMNS, Text("Doanh nghiệp", "Enterprises"), park)


def _template(columns: tuple[Column, ...], title: Text, park: Park | None) -> HttpResponse:
    language = get_language() or "vi"
    note = Text("Giữ dòng tiêu đề; mỗi dòng một đối tượng.", "Keep the heading; one line each.")
    data = write_list("xlsx", [], columns, title=title, notes=[note], language=language)
    place = f" {park.code}" if park else ""
    name = Text("mẫu", "template").get(language)
    return attachment(data, f"{title.get(language)}{place} ({name}).xlsx", MEDIA_TYPES["xlsx"])


def _where(park: Park | None) -> dict[str, object]:
    """Return what the pages of one import share."""
    return {
        "nav": "parks",
        "park": park,
        "invented": bool(park and park.invented),
        "upload_url": reverse("enterprise_import", args=[park.code])
        if park
        else reverse("park_import"),
        "template_url": reverse("enterprise_template", args=[park.code])
        if park
        else reverse("park_template"),
        "list_url": reverse("park_enterprises", args=[park.code]) if park else reverse("parks"),
    }


def _upload(request: HttpRequest, park: Park | None) -> HttpResponse:
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        sent = request.FILES.get("file")
        assert isinstance(request.user, User)  # the policy let no stranger in
        try:
            if sent is None:
                raise InputError([_NOTHING_SENT])
            if (sent.size or 0) > settings.SINHTHAI_UPLOAD_MAX_BYTES:
                raise InputError([_TOO_LARGE])
            kept = actions.keep_upload(
                "enterprises" if park else "parks",
                file_name=sent.name or "",
                data=sent.read(),
                by=request.user,
                at=timezone.now(),
                park=park,
            )
        except InputError as error:
            problems = error.problems
        else:
            return redirect(_preview_url(kept))
    columns = ENTERPRISE_COLUMNS if park else PARK_COLUMNS
    context = _where(park) | {"problems": _said(problems), "columns": columns}
    return render(request, "registry/import.html", context, status=400 if problems else 200)


def _preview(request: HttpRequest, pk: int, park: Park | None) -> HttpResponse:
    kept = get_object_or_404(
        RegistryImport.objects.select_related("park"),
        pk=pk,
        uploaded_by=request.user,
        park=park,
    )
    assert isinstance(request.user, User)
    now = timezone.now()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            actions.apply_import(kept, by=request.user, at=now)
        except InputError as error:
            problems = error.problems
        else:
            messages.success(request, _("The list is applied."))
            return redirect(str(_where(park)["list_url"]))
    try:
        preview = preview_import(kept, by=request.user, today=timezone.localdate())
    except InputError as error:  # the register changed so that the file no longer reads
        return render(
            request,
            "registry/import.html",
            _where(park) | {"problems": _said(error.problems)},
            status=400,
        )
    columns = {column.key: column for column in (ENTERPRISE_COLUMNS if park else PARK_COLUMNS)}
    order = {"refused": 0, "changed": 1, "new": 2, "same": 3}
    told = sorted(preview.entries, key=lambda entry: order[entry.kind])
    context = _where(park) | {
        "kept": kept,
        "counts": preview.counts,
        "entries": [_entry(entry, columns) for entry in told[:SHOWN] if entry.kind != "same"],
        "more": max(0, sum(entry.kind != "same" for entry in told) - SHOWN),
        "warnings": _said(preview.warnings),
        "problems": _said(problems),
        "clean": preview.is_clean,
        "writes": len(preview.writes),
    }
    return render(request, "registry/preview.html", context, status=400 if problems else 200)


def _entry(entry: Entry, columns: dict[str, Column]) -> dict[str, object]:
    language = get_language() or "vi"
    return {
        "kind": entry.kind,
        "code": entry.code,
        "name": entry.name,
        "place": str(entry.place),
        "changes": [
            (
                columns[change.key].name.get(language),
                say_value(change.before, columns[change.key], language),
                say_value(change.after, columns[change.key], language),
            )
            for change in entry.changes
            if entry.kind == "changed"
        ],
        "problems": _said(entry.problems),
    }


def _said(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    language = get_language() or "vi"
    return [
        {
            "place": str(problem.place),
            "cell": problem.place.cell,
            "message": _sentence(problem.message.get(language)),
            "cure": _sentence(problem.cure.get(language)),
            "severity": problem.severity,
        }
        for problem in problems
    ]


def _sentence(words: str) -> str:
    """Return *words* as a sentence: a capital first, a mark at the end."""
    ended = words if words.endswith((".", "?", "!")) else f"{words}."
    return ended[:1].upper() + ended[1:]


def _preview_url(kept: RegistryImport) -> str:
    if kept.park:
        return reverse("enterprise_import_preview", args=[kept.park.code, kept.pk])
    return reverse("park_import_preview", args=[kept.pk])


_NOTHING_SENT = Problem(
    "nothing-sent",
    Text("chưa chọn tệp", "no file was chosen"),
    Text("chọn tệp .xlsx, .csv hoặc .geojson", "choose an .xlsx, .csv or .geojson file"),
)
_TOO_LARGE = Problem(
    "file-too-large",
    Text("tệp quá lớn", "the file is too large"),
    Text("chia thành nhiều tệp", "split it into several files"),
)
