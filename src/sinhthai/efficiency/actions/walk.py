"""The walk-through: what was found of each point of a check list, and the files that show it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from django.core.files.base import ContentFile

from sinhthai.accounts.models import User
from sinhthai.efficiency.actions.audits import locked, trail
from sinhthai.efficiency.actions.refusals import refuse
from sinhthai.efficiency.engine.catalogue import AREAS, load_whole_catalogue
from sinhthai.efficiency.models import Audit, AuditEvidence, AuditMeasure, WalkAnswer
from sinhthai.efficiency.readers.walk import standing_answers
from sinhthai.foundation.text import Text
from sinhthai.reporting.actions.evidence import MAX_BYTES, clean_name
from sinhthai.reporting.evidence_kinds import kind_of

MAX_FILES = 100  # of one audit


def answer_walk(
    *,
    user: User,
    audit: Audit,
    area: str,
    answers: Mapping[str, tuple[str, str]],
    note: str,
    at: dt.datetime,
) -> list[WalkAnswer]:
    """Append the answers (point -> answer, note) that say something new, and the area's note."""
    if area not in AREAS:
        raise refuse("reload")
    points = {one.id for one in load_whole_catalogue().measures if one.area == area}
    for point, (answer, _note) in answers.items():
        if point not in points or answer not in ("", *WalkAnswer.Answer.values):
            raise refuse("reload")
    with locked(user, audit) as held:
        present = standing_answers(held, area)
        given = {**answers, "": ("", note)}
        rows = []
        for point, (answer, text) in given.items():
            before = present.get(point)
            said = (before.answer, before.note) if before else ("", "")
            if (answer, text.strip()) != said:
                rows.append(
                    WalkAnswer(
                        audit=held,
                        area=area,
                        point=point,
                        answer=answer,
                        note=text.strip(),
                        by=user,
                        at=at,
                    )
                )
        if not rows:
            raise refuse("nothing-new")
        rows = WalkAnswer.objects.bulk_create(rows)
        trail(
            held,
            user,
            at,
            "answer_walk",
            Text(
                "Ghi {count} điểm khảo sát của {audit}.",
                "Recorded {count} points of the walk-through of {audit}.",
            ),
            {"answers": [row.pk for row in rows]},
            count=len(rows),
        )
    return rows


def attach_file(
    *,
    user: User,
    audit: Audit,
    title: str,
    file_name: str,
    content: bytes,
    at: dt.datetime,
    measure: AuditMeasure | None = None,
    area: str = "",
) -> AuditEvidence:
    """Keep a file of the audit; InputError when it is not a document we accept."""
    if area and area not in AREAS:
        raise refuse("reload")
    name = clean_name(file_name)
    _check_content(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    with locked(user, audit) as held:
        if measure is not None and measure.audit_id != held.pk:
            raise refuse("unknown-measure")
        present = AuditEvidence.objects.filter(audit=held, withdrawn_at=None)
        if present.filter(sha256=sha256, measure=measure, area=area).exists():
            raise refuse("file-twice")
        if present.count() >= MAX_FILES:
            raise refuse("too-many-files", limit=MAX_FILES)
        row = AuditEvidence(
            audit=held,
            measure=measure,
            area=area,
            title=(title.strip() or PurePath(name).stem)[:200],
            file_name=name,
            sha256=sha256,
            size=len(content),
            by=user,
            at=at,
        )
        row.file.save(sha256, ContentFile(content), save=False)
        row.save()
        trail(
            held,
            user,
            at,
            "attach_file",
            Text("Thêm minh chứng vào {audit}.", "Added evidence to {audit}."),
            {"sha256": sha256, "evidence": row.pk},
        )
    return row


def withdraw_file(*, user: User, evidence: AuditEvidence, at: dt.datetime) -> AuditEvidence:
    """Take a file off the audit. The file and the trail stay."""
    with locked(user, evidence.audit) as held:
        found = AuditEvidence.objects.select_for_update().get(pk=evidence.pk)
        if found.withdrawn_at is not None:
            raise refuse("file-withdrawn")
        found.withdrawn_by, found.withdrawn_at = user, at
        found.save(update_fields=["withdrawn_by", "withdrawn_at"])
        trail(
            held,
            user,
            at,
            "withdraw_file",
            Text("Gỡ một minh chứng của {audit}.", "Withdrew evidence of {audit}."),
            {"sha256": found.sha256, "evidence": found.pk},
        )
    return found


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
