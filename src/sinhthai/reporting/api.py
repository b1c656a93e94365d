"""Reports and imports as JSON: the same reads and acts as the pages. A stranger gets 404."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.errors import HttpError

from sinhthai.registry.models import Park
from sinhthai.registry.policy import park_for
from sinhthai.reporting import actions, pages
from sinhthai.reporting.models import Batch, Report
from sinhthai.reporting.policy import park_to_report
from sinhthai.reporting.preview import KINDS, ROWS, ChangeRow, change_rows
from sinhthai.reporting.standing import standing
from sinhthai.reporting.views.answers import person

router = Router(tags=["reporting"])
VALUES = 1000


class ReportOut(Schema):
    """A year of a park."""

    year: int
    state: str
    submitted_at: dt.datetime | None = None
    decided_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None
    enterprises_with_values: int
    evidence_files: int


class ValueOut(Schema):
    """What stands for one item of one subject, and where it came from."""

    enterprise: str
    item: str
    value: bool | float | str | None
    qualifier: str
    absence: str
    year: int
    source: str
    cell: str
    author: str
    recorded_at: dt.datetime
    import_id: int | None


class ValuesOut(Schema):
    """A page of the values of a report."""

    park: str
    year: int
    state: str
    total: int
    values: list[ValueOut]


class WordsOut(Schema):
    """One thing said in Vietnamese and in English."""

    vi: str
    en: str


class ProblemOut(Schema):
    """One thing wrong in the file: where, what, and the cure."""

    code: str
    severity: str
    sheet: str
    cell: str
    message: WordsOut
    cure: WordsOut


class ChangeOut(Schema):
    """One value the file says, beside what was downloaded and what is stored, in words."""

    kind: str
    enterprise: str
    item: str
    year: int
    unit: str
    as_downloaded: str
    stored: str
    uploaded: str
    cell: str


class BatchOut(Schema):
    """An import: its state, its counts, what is wrong, and a page of what it changes."""

    id: int
    park: str
    year: int
    state: str
    file_name: str
    sha256: str
    uploaded_at: dt.datetime
    applied_at: dt.datetime | None
    reverted_at: dt.datetime | None
    counts: dict[str, int]
    problems: list[ProblemOut]
    changes: list[ChangeOut]


class Page(Schema):
    """Which part of a long list."""

    kind: str = ""
    page: int = 1
    language: str = "vi"


class ApplyIn(Schema):
    """``take_conflicts`` says that the conflicts were looked at and the file is right."""

    take_conflicts: bool = False


@router.get("/parks/{code}/reports", response=list[ReportOut], operation_id="list_reports")
def reports(request: HttpRequest, code: str) -> list[ReportOut]:
    """List the reports of a park, newest first."""
    park = park_for(request.user, code)
    return [_report_out(row) for row in pages.report_rows(park, timezone.localdate())]


@router.get("/parks/{code}/reports/{int:year}", response=ValuesOut, operation_id="read_report")
def values(
    request: HttpRequest, code: str, year: int, known: dt.datetime | None = None, page: int = 1
) -> ValuesOut:
    """Read the values that count for a year, as known at an instant; 1,000 a page."""
    park = park_for(request.user, code)
    if known is not None and not 1 < known.year < 9999:
        raise HttpError(422, "known: no such instant")  # beyond what every time zone can say
    if known is not None and timezone.is_naive(known):
        known = timezone.make_aware(known)
    state = Report.objects.filter(park=park, year=year).values_list("state", flat=True).first()
    rows = [
        ValueOut(
            enterprise=enterprise,
            item=item,
            value=found.value,
            qualifier=found.qualifier,
            absence=found.absence,
            year=found.origin.year,
            source=found.origin.source,
            cell=found.cell,
            author=found.origin.author or "",
            recorded_at=found.origin.recorded_at,
            import_id=found.origin.batch,
        )
        for enterprise, said in sorted(standing(park, year, known_at=known).items())
        for item, found in sorted(said.items())
    ]
    start = max(page - 1, 0) * VALUES
    return ValuesOut(
        park=park.code,
        year=year,
        state=state or "",
        total=len(rows),
        values=rows[start : start + VALUES],
    )


@router.post("/parks/{code}/imports", response={201: BatchOut}, operation_id="upload_workbook")
def upload(
    request: HttpRequest, code: str, year: Form[int], workbook: File[UploadedFile]
) -> Status[BatchOut]:
    """Upload a filled-in workbook (multipart) and get its preview; nothing is recorded yet."""
    park = park_to_report(request.user, code)
    batch = actions.upload_workbook(
        user=person(request),
        park=park,
        year=year,
        file_name=workbook.name or "",
        content=workbook.read(),
        at=timezone.now(),
    )
    return Status(201, _batch_out(batch, Page()))


@router.get("/parks/{code}/imports/{int:pk}", response=BatchOut, operation_id="read_import")
def batch(request: HttpRequest, code: str, pk: int, asked: Query[Page]) -> BatchOut:
    """Read an import with a page of its changes."""
    if asked.kind and asked.kind not in KINDS:
        raise Http404("no such kind")
    return _batch_out(_batch(park_for(request.user, code), pk), asked)


@router.post("/parks/{code}/imports/{int:pk}/apply", response=BatchOut, operation_id="apply_import")
def apply(request: HttpRequest, code: str, pk: int, body: ApplyIn) -> BatchOut:
    """Record what the file says: all of it, or nothing."""
    found = _batch(park_to_report(request.user, code), pk)
    take = body.take_conflicts
    return _batch_out(
        actions.apply_batch(
            user=person(request), batch=found, at=timezone.now(), take_conflicts=take
        ),
        Page(),
    )


@router.post(
    "/parks/{code}/imports/{int:pk}/revert", response=BatchOut, operation_id="revert_import"
)
def revert(request: HttpRequest, code: str, pk: int) -> BatchOut:
    """Undo an applied import; later ones stand."""
    found = _batch(park_to_report(request.user, code), pk)
    done = actions.revert_batch(user=person(request), batch=found, at=timezone.now())
    return _batch_out(done, Page())


def _batch(park: Park, pk: int) -> Batch:
    return get_object_or_404(Batch.objects.select_related("park"), park=park, pk=pk)


def _report_out(row: pages.ReportRow) -> ReportOut:
    report = row.report
    return ReportOut(
        year=row.year,
        state=row.state,
        submitted_at=report.submitted_at if report else None,
        decided_at=report.decided_at if report else None,
        changed_at=row.changed_at,
        enterprises_with_values=row.enterprises,
        evidence_files=row.evidence,
    )


def _batch_out(found: Batch, asked: Page) -> BatchOut:
    rows, _total = change_rows(
        found, kind=asked.kind, page=max(asked.page, 1), language=asked.language
    )
    return BatchOut(
        id=found.pk,
        park=found.park.code,
        year=found.year,
        state=found.state,
        file_name=found.file_name,
        sha256=found.sha256,
        uploaded_at=found.uploaded_at,
        applied_at=found.applied_at,
        reverted_at=found.reverted_at,
        counts=found.counts,
        problems=[_problem_out(kept) for kept in found.problems],
        changes=[_change_out(row) for row in rows[:ROWS]],
    )


def _problem_out(kept: dict[str, str]) -> ProblemOut:
    return ProblemOut(
        code=kept["code"],
        severity=kept["severity"],
        sheet=kept["sheet"],
        cell=kept["cell"],
        message=WordsOut(vi=kept["vi"], en=kept["en"]),
        cure=WordsOut(vi=kept["cure_vi"], en=kept["cure_en"]),
    )


def _change_out(row: ChangeRow) -> ChangeOut:
    return ChangeOut(
        kind=row.kind,
        enterprise=row.subject,
        item=row.item_name,
        year=row.year,
        unit=row.unit,
        as_downloaded=row.was,
        stored=row.stored,
        uploaded=row.uploaded,
        cell=row.cell,
    )
