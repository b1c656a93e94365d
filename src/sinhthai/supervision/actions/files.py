"""Keep the files of an inspection and of what its holder answered; nothing that runs comes in."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.core.files.base import ContentFile

from sinhthai.accounts.models import User
from sinhthai.reporting.actions.evidence import clean_name
from sinhthai.reporting.evidence_kinds import kind_of
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.models import Attachment, Inspection, Remedy

MOST = 10  # of one answer, or of one visit at a time
File = tuple[str, bytes]


def check_files(files: Sequence[File]) -> None:
    """Refuse what is empty, too large, too many, or no document we accept."""
    if len(files) > MOST:
        raise refuse("too-many-files", limit=MOST)
    limit = settings.SINHTHAI_UPLOAD_MAX_BYTES
    for name, content in files:
        shown = clean_name(name)
        if not content:
            raise refuse("empty-file", file=shown)
        if len(content) > limit:
            raise refuse("too-large", file=shown, limit=limit // 2**20)
        kind = kind_of(content)
        if kind is None or not shown.lower().endswith(kind.endings):
            raise refuse("file-type", file=shown)


def keep_files(
    inspection: Inspection,
    files: Sequence[File],
    *,
    user: User,
    at: dt.datetime,
    remedy: Remedy | None = None,
) -> list[Attachment]:
    """Write checked files, in the transaction of what they belong to."""
    kept = []
    for name, content in files:
        digest = hashlib.sha256(content).hexdigest()
        one = Attachment(
            inspection=inspection,
            remedy=remedy,
            file_name=clean_name(name),
            sha256=digest,
            size=len(content),
            by=user,
            at=at,
        )
        one.file.save(digest, ContentFile(content), save=False)
        one.save()
        kept.append(one)
    return kept
