"""The list of dossiers of every role, and what the pages of one dossier have in common."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sinhthai.certification.exports_dossiers import dossiers_file
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import dossier_for
from sinhthai.certification.readers import dossier_list as reader
from sinhthai.certification.readers.evaluation import evidence_of, framework_of
from sinhthai.certification.views.answers import shell
from sinhthai.certification.wording import KIND_NAMES, procedure_of, states_by_title
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.reporting.views.answers import file_response, language_of, stored_file
from sinhthai.rules.procedures import Procedure

PAGE_SIZE = 50
LONGEST_EXPORT = 20_000


@login_required
@require_GET
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers a person may see: searched, narrowed, sorted, fifty a page."""
    today = timezone.localdate()
    asked = asked_of(request)
    page = Paginator(reader.read_dossiers(request.user, asked, today=today), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "nav": "certification",
        "asked": asked,
        "page": page,
        "rows": reader.dossier_rows(page, today=today),
        "kinds": list(KIND_NAMES.items()),
        "states": states_by_title(),
        "sorts": [
            ("subject", _("Subject"), ""),
            ("state", _("State"), ""),
            ("", _("What is next"), ""),
            ("due", _("Due"), ""),
            ("accepted", _("Complete since"), ""),
            ("changed", _("Last step"), ""),
        ],
    }
    return render(request, "certification/authority/dossiers.html", context)


@login_required
@require_GET
def export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The filtered dossiers as a file."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    today = timezone.localdate()
    found = reader.read_dossiers(request.user, asked_of(request), today=today)[:LONGEST_EXPORT]
    rows = reader.dossier_rows(found, today=today)
    content = dossiers_file(rows, fmt=fmt, language=language_of(request))
    return file_response(content, f"dossiers-{today}.{fmt}", MEDIA_TYPES[fmt])


@require_GET
def evidence(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A file that proves a value the dossier rests on, to everybody the dossier was sent to."""
    dossier = dossier_for(request.user, public_id)
    snapshot = dossier.snapshots.filter(is_current=True).first()
    framework = framework_of(snapshot) if snapshot else None
    if snapshot is None or framework is None:
        raise Http404("nothing was assessed yet")
    files = evidence_of(dossier, framework, snapshot).values()
    found = next((file for some in files for file in some if file.pk == pk), None)
    if found is None:
        raise Http404("no such evidence in this dossier")
    return stored_file(found.file, found.sha256, found.file_name)


def page_context(request: HttpRequest, dossier: Dossier, section: str) -> dict[str, Any]:
    """Return what the head of every page of an authority shows of *dossier*."""
    today = timezone.localdate()
    [row] = reader.dossier_rows([dossier], today=today)
    return shell(dossier) | {
        "section": section,
        "sections": sections_of(procedure_of(dossier)),
        "row": row,
        "today": today,
    }


def sections_of(procedure: Procedure) -> list[tuple[str, str, str]]:
    """Return key, address name and title of the pages this procedure has."""
    if procedure.kind in ("revoke", "review"):
        return [("case", "dossier_case", _("Case"))]
    steps = {step.id for step in procedure.steps}
    found = [("check", "dossier_check", _("Completeness"))]
    if "consult" in steps:
        found.append(("consult", "dossier_consult", _("Opinions")))
    return [
        *found,
        ("evaluate", "dossier_evaluate", _("Evaluation")),
        ("report", "dossier_report", _("Report")),
        ("decide", "dossier_decide", _("The decision")),
    ]


def asked_of(request: HttpRequest) -> reader.DossierFilter:
    """Read the filters of the address; what is not one of them is left out."""
    get = request.GET
    raw = get.get("sort", "-changed")
    sort = raw.removeprefix("-")
    known = sort in reader.SORTS
    kind, state = get.get("kind", ""), get.get("state", "")
    subject, standing = get.get("subject", ""), get.get("standing", "")
    return reader.DossierFilter(
        words=get.get("q", "").strip()[:100],
        kind=kind if kind in Dossier.Kind.values else "",
        subject=subject if subject in ("park", "enterprise") else "",
        state=state if state in dict(states_by_title()) else "",
        standing=standing if standing in ("open", "closed") else "",
        late=get.get("late") == "1",
        mine=get.get("mine") == "1",
        sort=sort if known else "changed",
        descending=raw.startswith("-") if known else True,
    )
