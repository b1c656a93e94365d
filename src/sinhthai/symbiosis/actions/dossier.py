"""What belongs to an exchange on its way: readiness, documents, tasks and notes. Only added to."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile

from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.reporting.actions.evidence import MAX_BYTES, clean_name
from sinhthai.reporting.evidence_kinds import kind_of
from sinhthai.symbiosis.actions.pipeline import audit, locked
from sinhthai.symbiosis.actions.refusals import refuse
from sinhthai.symbiosis.engine.readiness import AXES, LEVELS
from sinhthai.symbiosis.models import Document, Exchange, Note, Readiness, Task
from sinhthai.symbiosis.wording import AXIS_NAMES

MAX_FILES = 50  # of one exchange


def judge_readiness(
    *, user: User, exchange: Exchange, axis: str, level: int, reason: str, at: dt.datetime
) -> Readiness:
    """Say how ready the exchange is on one axis; the earlier levels stay in the history."""
    if axis not in AXES or level not in LEVELS:
        raise refuse("level-out-of-range")
    with locked(user, exchange) as held:
        last = held.readiness.filter(axis=axis).order_by("-pk").first()
        if last is not None and (last.level, last.reason) == (level, reason.strip()):
            raise refuse("nothing-new")
        row = Readiness.objects.create(
            exchange=held, axis=axis, level=level, reason=reason.strip(), by=user, at=at
        )
        audit(
            held,
            user,
            at,
            "judge_readiness",
            Text(
                "Mức sẵn sàng {axis} của {exchange}: {level}.",
                "Readiness of {exchange}, {axis}: {level}.",
            ),
            axis=AXIS_NAMES[axis],
            level=level,
        )
    return row


def attach_document(
    *,
    user: User,
    exchange: Exchange,
    kind: str,
    title: str,
    file_name: str,
    content: bytes,
    paper: int | None = None,
    at: dt.datetime,
) -> Document:
    """Keep a file of the exchange; InputError when it is not a document we accept."""
    if kind not in Document.Kind.values:
        raise refuse("file-type")
    name = clean_name(file_name)
    _check_content(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    with locked(user, exchange) as held:
        present = held.documents.filter(withdrawn_at=None)
        if present.filter(sha256=sha256).exists():
            raise refuse("file-twice")
        if present.count() >= MAX_FILES:
            raise refuse("too-many-files", limit=MAX_FILES)
        papers = (held.basis.get("path") or {}).get("papers", [])
        if paper is not None and not 0 <= paper < len(papers):
            paper = None
        document = Document(
            exchange=held,
            kind=kind,
            paper=paper,
            title=(title.strip() or PurePath(name).stem)[:200],
            file_name=name,
            sha256=sha256,
            size=len(content),
            by=user,
            at=at,
        )
        document.file.save(sha256, ContentFile(content), save=False)
        document.save()
        audit(
            held,
            user,
            at,
            "attach_document",
            Text("Thêm tài liệu vào {exchange}.", "Added a document to {exchange}."),
            {"sha256": sha256, "document": document.pk},
        )
    return document


def withdraw_document(*, user: User, document: Document, at: dt.datetime) -> Document:
    """Take a document off the exchange. The file and the trail stay."""
    with locked(user, document.exchange) as held:
        found = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if found.withdrawn_at is not None:
            raise refuse("document-withdrawn")
        found.withdrawn_by, found.withdrawn_at = user, at
        found.save(update_fields=["withdrawn_by", "withdrawn_at"])
        audit(
            held,
            user,
            at,
            "withdraw_document",
            Text("Gỡ một tài liệu của {exchange}.", "Withdrew a document of {exchange}."),
            {"sha256": found.sha256, "document": found.pk},
        )
    return found


def add_task(
    *,
    user: User,
    exchange: Exchange,
    title: str,
    assignee: str,
    due_on: dt.date | None,
    at: dt.datetime,
) -> Task:
    """Write down something to do, by somebody, by a day."""
    if not title.strip():
        raise refuse("text-missing")
    with locked(user, exchange) as held:
        task = Task.objects.create(
            exchange=held,
            title=title.strip()[:200],
            assignee=assignee.strip()[:150],
            due_on=due_on,
            created_by=user,
            created_at=at,
        )
        audit(
            held,
            user,
            at,
            "add_task",
            Text("Thêm một việc vào {exchange}.", "Added a task to {exchange}."),
            {"task": task.pk},
        )
    return task


def finish_task(*, user: User, task: Task, at: dt.datetime) -> Task:
    """Mark a task as done."""
    with locked(user, task.exchange) as held:
        found = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
        if found.done_at is not None:
            raise refuse("task-done")
        found.done_by, found.done_at = user, at
        found.save(update_fields=["done_by", "done_at"])
        audit(
            held,
            user,
            at,
            "finish_task",
            Text("Xong một việc của {exchange}.", "Finished a task of {exchange}."),
            {"task": found.pk},
        )
    return found


def add_note(*, user: User, exchange: Exchange, text: str, at: dt.datetime) -> Note:
    """Write a note down. It is not changed later; a correction is another note."""
    if not text.strip():
        raise refuse("text-missing")
    with locked(user, exchange) as held:
        note = Note.objects.create(exchange=held, text=text.strip(), by=user, at=at)
        audit(
            held,
            user,
            at,
            "add_note",
            Text("Ghi chú vào {exchange}.", "Wrote a note in {exchange}."),
            {"note": note.pk},
        )
    return note


def _check_content(name: str, content: bytes) -> None:
    if not content:
        raise refuse("empty-file")
    if len(content) > MAX_BYTES:
        raise refuse("too-large", limit=MAX_BYTES // 2**20)
    kind = kind_of(content)
    if kind is None:
        raise refuse("file-type")
    ending = PurePath(name).suffix.lower()
    if ending not in kind.endings:
        raise refuse("file-name", ending=ending, kind=kind.name)
