"""Reports of a park, the report of a year, its workbook, and the steps of its approval."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.foundation.numbers import NotADate, parse_date
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES, XLSX
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import may_approve, park_for
from sinhthai.reporting import actions, pages
from sinhthai.reporting.actions.values import FIRST_YEAR
from sinhthai.reporting.engine.workbook import write_workbook
from sinhthai.reporting.exports import values_file
from sinhthai.reporting.forms import ReturnForm
from sinhthai.reporting.models import Report
from sinhthai.reporting.policy import entered_by, may_report, park_to_report
from sinhthai.reporting.sections import Choice
from sinhthai.reporting.views.answers import file_response, language_of, person, tell
from sinhthai.reporting.workbooks import workbook_name, workbook_spec


@require_GET
def report_list(request: HttpRequest, code: str) -> HttpResponse:
    park = park_for(request.user, code)
    today = timezone.localdate()
    rows = pages.report_rows(park, today)
    context = {
        "park": park,
        "rows": rows,
        "started": any(row.changed_at for row in rows),
        "next_year": today.year - 1,
        "may_report": may_report(request.user, park),
        "invented": park.invented,
        "park_name": pages.subject_name(park, None, language_of(request)),
        "nav": "reports",
    }
    return render(request, "reporting/report_list.html", context)


@require_GET
def report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    park = park_for(request.user, code)
    return _report_page(request, park, _known_year(year), ReturnForm())


@require_GET
def workbook(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The workbook of a year, filled in with all that is known."""
    park = park_for(request.user, code)
    spec = workbook_spec(park, _known_year(year), at=timezone.now())
    return file_response(write_workbook(spec), workbook_name(park, year), XLSX)


@require_GET
def values_export(request: HttpRequest, code: str, year: int, fmt: str) -> HttpResponse:
    park = park_for(request.user, code)
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    language = language_of(request)
    known_at = _end_of(_asked_day(request))
    content = values_file(park, _known_year(year), fmt=fmt, language=language, known_at=known_at)
    return file_response(content, f"{park.code}-{year}-values.{fmt}", MEDIA_TYPES[fmt])


@require_POST
def submit(request: HttpRequest, code: str, year: int) -> HttpResponse:
    found = get_object_or_404(Report, park=park_to_report(request.user, code), year=year)
    try:
        actions.submit_report(user=person(request), report=found, at=timezone.now())
        messages.success(request, _("The report was submitted. You will see the decision here."))
    except InputError as error:
        tell(request, error)
    return redirect("report", code, year)


@require_POST
def approve(request: HttpRequest, code: str, year: int) -> HttpResponse:
    park = park_for(request.user, code, approve=True)
    found = get_object_or_404(Report, park=park, year=year)
    try:
        actions.approve_report(user=person(request), report=found, at=timezone.now())
        messages.success(request, _("The report was approved."))
    except InputError as error:
        tell(request, error)
    return redirect("report", code, year)


@require_POST
def send_back(request: HttpRequest, code: str, year: int) -> HttpResponse:
    park = park_for(request.user, code, approve=True)
    found = get_object_or_404(Report, park=park, year=year)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _report_page(request, park, year, form, status=422)
    note = form.cleaned_data["note"]
    try:
        actions.return_report(user=person(request), report=found, note=note, at=timezone.now())
        messages.success(request, _("The report was sent back for revision."))
    except InputError as error:
        tell(request, error)
    return redirect("report", code, year)


def _report_page(
    request: HttpRequest, park: Park, year: int, return_form: ReturnForm, status: int = 200
) -> HttpResponse:
    language = language_of(request)
    day = _asked_day(request)
    found = (
        Report.objects.filter(park=park, year=year)
        .select_related("park", "submitted_by", "decided_by")
        .first()
    )
    enterprise = None
    if request.GET.get("enterprise"):
        enterprise = get_object_or_404(Enterprise, park=park, code=request.GET["enterprise"])
    choice = Choice(
        request.GET.get("item", "").strip(),
        request.GET.get("blank") == "1",
        request.GET.get("open", ""),
    )
    page = pages.report_page(
        park,
        year,
        found,
        language=language,
        known_at=_end_of(day),
        enterprise=enterprise,
        search=request.GET.get("q", ""),
        page=request.GET.get("page", 1),
        choice=choice,
    )
    reporter = may_report(request.user, park)
    waiting = found is not None and found.state == Report.State.SUBMITTED
    approver = waiting and may_approve(request.user, park)
    context = {
        "park": park,
        "year": year,
        "report": found,
        "page": page,
        "enterprise": enterprise,
        "choice": choice,
        "shown": sum(len(section.rows) for section in page.sections),
        "known": day,
        "may_report": reporter and day is None,
        "approver": approver,
        "own": approver and found is not None and entered_by(found, request.user),
        "return_form": return_form,
        "invented": park.invented or (enterprise is not None and enterprise.invented),
        "park_name": pages.subject_name(park, None, language_of(request)),
        "nav": "reports",
    }
    return render(request, "reporting/report.html", context, status=status)


def _known_year(year: int) -> int:
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404("no report of that year")
    return year


def _asked_day(request: HttpRequest) -> dt.date | None:
    """Return the day of "as known on", or None for now; what is no day is no page."""
    raw = request.GET.get("known", "").strip()
    if not raw:
        return None
    try:
        return parse_date(raw)
    except NotADate:
        raise Http404("not a day") from None


def _end_of(day: dt.date | None) -> dt.datetime | None:
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
