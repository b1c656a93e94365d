"""Files of a project: term sheet, picture, papers. Each reading from outside is logged."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.finance import policy
from sinhthai.finance.models import ProjectDocument
from sinhthai.finance.readers.project import ProjectPage, read_page
from sinhthai.finance.readers.sheets import term_sheet
from sinhthai.finance.termsheet.excel import to_xlsx
from sinhthai.finance.termsheet.pdf import cash_flow_picture, to_pdf
from sinhthai.foundation.charts.png import to_png
from sinhthai.foundation.fonts import FONTS
from sinhthai.foundation.tables import XLSX
from sinhthai.reporting.views.answers import file_response, language_of, person, stored_file


@require_GET
def sheet(request: HttpRequest, pk: int, fmt: str) -> HttpResponse:
    """The term sheet as PDF or Excel."""
    if fmt not in ("pdf", "xlsx"):
        raise Http404("no such format")
    page = _page(request, pk, "term sheet")
    made = term_sheet(page)
    if made is None:
        raise Http404("nothing is appraised yet")
    language = language_of(request)
    content = to_pdf(made, language) if fmt == "pdf" else to_xlsx(made, language)
    kind = "application/pdf" if fmt == "pdf" else XLSX
    return file_response(content, f"{_('Term sheet')} {pk}.{fmt}", kind)


@require_GET
def picture(request: HttpRequest, pk: int, fmt: str) -> HttpResponse:
    """The cash flow as a picture to download."""
    if fmt not in ("svg", "png"):
        raise Http404("no such format")
    page = _page(request, pk, "project")
    if not page.worked:
        raise Http404("nothing is appraised yet")
    drawn = cash_flow_picture(page.worked, language_of(request))
    content = drawn.encode() if fmt == "svg" else to_png(drawn, fonts=[FONTS])
    kind = "image/svg+xml" if fmt == "svg" else "image/png"
    return file_response(content, f"{_('Cash flow')} {pk}.{fmt}", kind)


@require_GET
def document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """A paper of the project, as it was kept."""
    found, standing = policy.project_for(request.user, pk)
    row = get_object_or_404(ProjectDocument, project=found, pk=document, withdrawn_at=None)
    policy.log_looks(person(request), [pk], standing, "document", timezone.now())
    return stored_file(row.file, row.sha256, row.file_name)


def _page(request: HttpRequest, pk: int, name: str) -> ProjectPage:
    found, standing = policy.project_for(request.user, pk)
    policy.log_looks(person(request), [pk], standing, name, timezone.now())
    return read_page(found, standing, today=timezone.localdate())
