"""What the exchanges say for the report of a year, and the step that puts it there."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.reporting.actions.values import FIRST_YEAR
from sinhthai.reporting.models import Report
from sinhthai.reporting.policy import may_report
from sinhthai.reporting.views.answers import file_response, language_of, person, tell
from sinhthai.symbiosis.actions.reporting import put_into_report
from sinhthai.symbiosis.exports_workbench import report_file
from sinhthai.symbiosis.policy import park_to_facilitate
from sinhthai.symbiosis.readers.year_report import read_preview
from sinhthai.symbiosis.views.workbench import shell


@require_GET
def preview(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Each figure beside what stands in the report, with the exchanges it rests on."""
    park = park_to_facilitate(request.user, code)
    _known(year)
    found = read_preview(park, year)
    report = Report.objects.filter(park=park, year=year).first()
    today = timezone.localdate()
    context = {
        **shell(park, "report"),
        "year": year,
        "years": range(today.year, max(FIRST_YEAR, today.year - 6) - 1, -1),
        "preview": found,
        "report": report,
        "reopens": report is not None
        and report.state in (Report.State.SUBMITTED, Report.State.APPROVED),
        "may_report": may_report(request.user, park),
        "running": [
            found.exchanges[number] for number in found.yearly.park["symbiosis_count"].exchanges
        ],
        "unsaid": [
            found.exchanges[number]
            for number in sorted({number for number, _part in found.yearly.silent})
        ],
        "undated": [found.exchanges[number] for number in found.yearly.undated],
        "iso_unknown": [found.names[code] for code in found.yearly.iso_unknown],
    }
    return render(request, "symbiosis/workbench/report.html", context)


@require_GET
def export(request: HttpRequest, code: str, year: int, fmt: str) -> HttpResponse:
    """The preview as a file."""
    park = park_to_facilitate(request.user, code)
    _known(year)
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    content = report_file(park, read_preview(park, year), fmt=fmt, language=language_of(request))
    return file_response(content, f"{park.code}-symbiosis-{year}.{fmt}", MEDIA_TYPES[fmt])


@require_POST
def apply(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Put the ticked lines into the report."""
    park = park_to_facilitate(request.user, code)
    _known(year)
    try:
        records = put_into_report(
            user=person(request),
            park=park,
            year=year,
            chosen=set(request.POST.getlist("line")),
            seen=request.POST.get("seen", ""),
            language=language_of(request),
            at=timezone.now(),
        )
    except InputError as error:
        tell(request, error)
        return redirect("symbiosis_report", code, year)
    count = sum(len(record.values) for record in records)
    said = ngettext(
        "%(n)d figure was put into the report.", "%(n)d figures were put into the report.", count
    )
    messages.success(request, said % {"n": count})
    return redirect("symbiosis_report", code, year)


def _known(year: int) -> None:
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404("no report of that year")
