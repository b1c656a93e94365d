"""Bind a file to the value it proves, and withdraw it again."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.actions.messages import refuse
from sinhthai.reporting.actions.values import lock_report, reopen
from sinhthai.reporting.evidence_kinds import kind_of
from sinhthai.reporting.models import Evidence
from sinhthai.reporting.policy import may_report
from sinhthai.rules.bundle import load_bundle

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 10  # of one item, subject and year


def attach_evidence(
    *,
    user: User,
    park: Park,
    year: int,
    item: str,
    file_name: str,
    content: bytes,
    at: dt.datetime,
    enterprise: Enterprise | None = None,
) -> Evidence:
    """Keep *content* as proof of an item; InputError when it is not a document we accept."""
    if not may_report(user, park):
        raise refuse("no-right")
    if enterprise is not None and enterprise.park_id != park.pk:
        raise refuse("unknown-enterprise")
    found = load_bundle().items.get(item)
    if found is None or found.subject != ("park" if enterprise is None else "enterprise"):
        raise refuse("unknown-item", item=item)
    name = clean_name(file_name)
    _check_content(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        lock_report(park, year, at=at)  # two at once may not pass the limit together
        present = Evidence.objects.filter(
            park=park, enterprise=enterprise, year=year, item=item, withdrawn_at=None
        )
        if present.filter(sha256=sha256).exists():
            raise refuse("evidence-twice")
        if present.count() >= MAX_FILES:
            raise refuse("evidence-too-many", limit=MAX_FILES)
        evidence = Evidence(
            park=park,
            enterprise=enterprise,
            year=year,
            item=item,
            file_name=name,
            sha256=sha256,
            size=len(content),
            uploaded_by=user,
            uploaded_at=at,
        )
        evidence.file.save(sha256, ContentFile(content), save=False)
        evidence.save()
        _audit(
            evidence,
            user,
            at,
            "reporting.attach_evidence",
            Text(
                "Thêm minh chứng “{file}” cho “{vi}” năm {year}.",
                "Added the evidence “{file}” of “{en}”, {year}.",
            ),
        )
    return evidence


def withdraw_evidence(*, user: User, evidence: Evidence, at: dt.datetime) -> Evidence:
    """Take evidence off its value. The file and the trail stay.

    A report that was submitted or approved on it is a draft again.
    """
    if not may_report(user, evidence.park):
        raise refuse("no-right")
    with transaction.atomic():
        report = lock_report(evidence.park, evidence.year, at=at)
        found = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
        if found.withdrawn_at is not None:
            raise refuse("evidence-withdrawn")
        found.withdrawn_by, found.withdrawn_at = user, at
        found.save(update_fields=["withdrawn_by", "withdrawn_at"])
        _audit(
            found,
            user,
            at,
            "reporting.withdraw_evidence",
            Text(
                "Gỡ minh chứng “{file}” của “{vi}” năm {year}.",
                "Withdrew the evidence “{file}” of “{en}”, {year}.",
            ),
        )
        reopen(report, user=user, at=at)
    return found


def clean_name(file_name: str) -> str:
    """Return the name without path and control characters, at most 200 characters long.

    >>> clean_name("C:\\\\temp\\\\báo cáo.pdf")
    'báo cáo.pdf'
    """
    name = PurePath(file_name.replace("\\", "/")).name
    printable = "".join(ch for ch in name if ch.isprintable()).strip() or "unnamed"
    path = PurePath(printable)
    return path.stem[: 200 - len(path.suffix)] + path.suffix if len(printable) > 200 else printable


def _check_content(name: str, content: bytes) -> None:
    if not content:
        raise refuse("empty-file")
    if len(content) > MAX_BYTES:
        raise refuse("too-large", limit=MAX_BYTES // 2**20)
    kind = kind_of(content)
    if kind is None:
        raise refuse("evidence-type")
    ending = PurePath(name).suffix.lower()
    if ending not in kind.endings:
        raise refuse("evidence-type-name", ending=ending, kind=kind.name)


def _audit(evidence: Evidence, user: User, at: dt.datetime, action: str, summary: Text) -> None:
    name = load_bundle().items[evidence.item].name
    record_audit(
        actor=user,
        action=action,
        at=at,
        summary=summary.format(file=evidence.file_name, vi=name.vi, en=name.en, year=evidence.year),
        park_code=evidence.park.code,
        object_kind="evidence",
        object_code=f"{evidence.pk}",
        detail={"sha256": evidence.sha256, "item": evidence.item},
    )
