"""Upload a workbook, look at what it would change, apply it, undo it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import XLSX
from sinhthai.registry.models import Park
from sinhthai.registry.policy import park_for
from sinhthai.reporting import actions, pages
from sinhthai.reporting.engine.workbook import annotate
from sinhthai.reporting.forms import UploadForm
from sinhthai.reporting.models import Batch
from sinhthai.reporting.policy import may_report, park_to_report
from sinhthai.reporting.preview import KINDS, ROWS, WRITING, change_rows, from_json
from sinhthai.reporting.views.answers import (
    file_response,
    language_of,
    person,
    tell,
    tell_form,
)
from sinhthai.rules.bundle import load_bundle


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """One workbook; what is wrong with the file as a whole is said on this page."""
    park = park_to_report(request.user, code)
    today = timezone.localdate()
    language = language_of(request)
    if request.method == "GET":
        form = UploadForm(today=today, initial={"year": request.GET.get("year", today.year - 1)})
        return _upload_page(request, park, form)
    form = UploadForm(request.POST, request.FILES, today=today)
    if form.is_valid():
        sent = form.cleaned_data["workbook"]
        try:
            made = actions.upload_workbook(
                user=person(request),
                park=park,
                year=form.cleaned_data["year"],
                file_name=sent.name,
                content=sent.read(),
                at=timezone.now(),
            )
            return redirect("batch", park.code, made.pk)
        except InputError as error:
            tell_form(form, "workbook", error, language)
    return _upload_page(request, park, form, status=422)


@require_GET
def batch_list(request: HttpRequest, code: str) -> HttpResponse:
    park = park_for(request.user, code)
    found = Batch.objects.filter(park=park).select_related(
        "uploaded_by", "applied_by", "reverted_by"
    )
    state = request.GET.get("state", "")
    if state in Batch.State.values:
        found = found.filter(state=state)
    search = request.GET.get("q", "").strip()
    if search:
        found = found.filter(file_name__icontains=search)
    context = {
        "park": park,
        "page": Paginator(found, pages.PAGE).get_page(request.GET.get("page")),
        "states": Batch.State.choices,
        "state": state,
        "search": search,
        "may_report": may_report(request.user, park),
        "invented": park.invented,
        "park_name": pages.subject_name(park, None, language_of(request)),
        "nav": "reports",
    }
    return render(request, "reporting/batch_list.html", context)


@require_GET
def batch(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The preview of an import, or what it did."""
    park = park_for(request.user, code)
    found = _batch(park, pk)
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise Http404("no such kind")
    shown = Paginator(range(_count(found, kind)), ROWS).get_page(request.GET.get("page"))
    rows, _total = change_rows(found, kind=kind, page=shown.number, language=language_of(request))
    counts = found.counts
    context = {
        "park": park,
        "batch": found,
        "rows": rows,
        "page": shown,
        "kind": kind,
        "kinds": [(name, counts.get(name, 0)) for name in KINDS if counts.get(name)],
        "written": counts.get("new", 0) + counts.get("changed", 0),
        "errors": [p for p in map(from_json, found.problems) if p.severity == "error"],
        "warnings": [p for p in map(from_json, found.problems) if p.severity == "warning"],
        "may_report": may_report(request.user, park),
        "assessment_url": _assessment_url(park),
        "invented": park.invented,
        "park_name": pages.subject_name(park, None, language_of(request)),
        "nav": "reports",
    }
    return render(request, "reporting/batch.html", context)


@require_POST
def apply(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found = _batch(park_to_report(request.user, code), pk)
    take = request.POST.get("take_conflicts") == "yes"
    try:
        actions.apply_batch(
            user=person(request), batch=found, at=timezone.now(), take_conflicts=take
        )
        messages.success(request, _("The import was applied. You can undo it at any time."))
    except InputError as error:
        tell(request, error)
    return redirect("batch", code, pk)


@require_POST
def revert(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found = _batch(park_to_report(request.user, code), pk)
    try:
        actions.revert_batch(user=person(request), batch=found, at=timezone.now())
        messages.success(request, _("The import was undone. What was reported later still stands."))
    except InputError as error:
        tell(request, error)
    return redirect("batch", code, pk)


@require_POST
def discard(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    found = _batch(park_to_report(request.user, code), pk)
    try:
        actions.discard_batch(user=person(request), batch=found, at=timezone.now())
        messages.success(request, _("The upload was discarded. Nothing was recorded."))
    except InputError as error:
        tell(request, error)
        return redirect("batch", code, pk)
    return redirect("report", code, found.year)


@require_GET
def errors(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A copy of the file with a comment in each cell that has to be cured."""
    found = _batch(park_for(request.user, code), pk)
    problems = [from_json(kept) for kept in found.problems]
    if not problems:
        raise Http404("nothing is wrong with this file")
    items = load_bundle().items.values()
    copy = annotate(_content(found), problems, items=items, language=language_of(request))
    return file_response(copy, f"{found.file_name.rpartition('.')[0]}-errors.xlsx", XLSX)


@require_GET
def original(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The file as it was uploaded."""
    found = _batch(park_for(request.user, code), pk)
    return file_response(_content(found), found.file_name, XLSX)


def _upload_page(
    request: HttpRequest, park: Park, form: UploadForm, status: int = 200
) -> HttpResponse:
    context = {
        "park": park,
        "form": form,
        "year": form["year"].value(),
        "invented": park.invented,
        "park_name": pages.subject_name(park, None, language_of(request)),
        "nav": "reports",
    }
    return render(request, "reporting/upload.html", context, status=status)


def _batch(park: Park, pk: int) -> Batch:
    people = ("park", "uploaded_by", "applied_by", "reverted_by")
    return get_object_or_404(Batch.objects.select_related(*people), park=park, pk=pk)


def _count(found: Batch, kind: str) -> int:
    return sum(found.counts.get(name, 0) for name in ([kind] if kind else WRITING))


def _content(found: Batch) -> bytes:
    with found.content.open("rb") as source:
        return source.read()


def _assessment_url(park: Park) -> str:
    """Return the address of the park's assessment; its slice stands above this one."""
    try:
        return reverse("assessment", args=[park.code])
    except NoReverseMatch:
        return ""
