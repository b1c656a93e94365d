"""The papers of a project, and its measured result. Only added to."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.utils import timezone

from sinhthai.accounts.models import User
from sinhthai.finance.actions.recording import held, record
from sinhthai.finance.actions.refusals import refuse
from sinhthai.finance.engine.taxonomy import load_taxonomy
from sinhthai.finance.models import Project, ProjectDocument, ProjectEvent, VerifiedResult
from sinhthai.foundation.text import Text
from sinhthai.reporting.actions.evidence import MAX_BYTES, clean_name
from sinhthai.reporting.evidence_kinds import kind_of

MAX_FILES = 50  # of one project
What = ProjectEvent.What


def attach_document(
    *,
    user: User,
    project: Project,
    item: str,
    title: str,
    file_name: str,
    content: bytes,
    at: dt.datetime,
) -> ProjectDocument:
    """Keep a file; *item* is the evidence of the taxonomy it is, empty for another paper."""
    if item and item not in load_taxonomy().evidence:
        raise refuse("unknown-item")
    if not 0 < len(content) <= MAX_BYTES:
        raise refuse("file-size")
    kind, name = kind_of(content), clean_name(file_name)
    if kind is None:
        raise refuse("file-type")
    if PurePath(name).suffix.lower() not in kind.endings:
        raise refuse("file-name")
    sha256 = hashlib.sha256(content).hexdigest()
    with held(user, project) as row:
        present = row.documents.filter(withdrawn_at=None)
        if present.filter(sha256=sha256, item=item).exists():
            raise refuse("file-twice")
        if present.count() >= MAX_FILES:
            raise refuse("too-many-files", limit=MAX_FILES)
        document = ProjectDocument(
            project=row,
            item=item,
            title=(title.strip() or PurePath(name).stem)[:200],
            file_name=name,
            sha256=sha256,
            size=len(content),
            by=user,
            at=at,
        )
        document.file.save(sha256, ContentFile(content), save=False)
        document.save()
        record(
            row, user, at, What.DOCUMENT,
            Text("Thêm tài liệu vào dự án {project}.", "Added a document to project {project}."),
            text=document.title, detail={"sha256": sha256, "document": document.pk, "item": item},
        )  # fmt: skip
    return document


def withdraw_document(*, user: User, document: ProjectDocument, at: dt.datetime) -> ProjectDocument:
    """Take a document off the project. The file and the trail stay."""
    with held(user, document.project) as row:
        found = ProjectDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if found.withdrawn_at is not None:
            raise refuse("document-withdrawn")
        found.withdrawn_by, found.withdrawn_at = user, at
        found.save(update_fields=["withdrawn_by", "withdrawn_at"])
        record(
            row, user, at, What.DOCUMENT_OUT,
            Text("Gỡ một tài liệu của dự án {project}.",
                 "Withdrew a document of project {project}."),
            text=found.title, detail={"sha256": found.sha256, "document": found.pk},
        )  # fmt: skip
    return found


def record_result(
    *,
    user: User,
    project: Project,
    year: int,
    investment_vnd: float,
    saving_vnd: float,
    co2e_t: float | None,
    source: str,
    at: dt.datetime,
) -> VerifiedResult:
    """Keep what a project really cost and saved in a year; earlier results stay."""
    if not source.strip():
        raise refuse("source-missing")
    if investment_vnd < 0:
        raise refuse("negative")
    with held(user, project) as row:
        if row.stage not in (Project.Stage.DISBURSED, Project.Stage.VERIFIED):
            raise refuse("not-running")
        if not row.created_at.year <= year <= timezone.localdate(at).year:
            raise refuse("year-wrong", year=year)
        result = VerifiedResult.objects.create(
            project=row,
            year=year,
            investment_vnd=investment_vnd,
            saving_vnd=saving_vnd,
            co2e_t=co2e_t,
            source=source.strip()[:300],
            by=user,
            at=at,
        )
        record(
            row, user, at, What.RESULT,
            Text("Nhập kết quả của dự án {project}.", "Entered a result of project {project}."),
            text=f"{year}: {result.source}", amount=saving_vnd, detail={"result": result.pk},
        )  # fmt: skip
    return result
