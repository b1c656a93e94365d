"""Open an audit, move it from phase to phase, share it with the park."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.efficiency.actions.refusals import refuse
from sinhthai.efficiency.models import Audit, PhaseChange
from sinhthai.efficiency.policy import may_accept, may_work
from sinhthai.efficiency.wording import PHASE_NAMES
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise

FIRST_YEAR = 2000


def open_audit(
    *, user: User, enterprise: Enterprise, year: int, lead: str, aim: str = "", at: dt.datetime
) -> Audit:
    """Open an audit against the year of its baseline; one a year and enterprise."""
    if not may_work(user, enterprise):
        raise refuse("no-right")
    if not FIRST_YEAR <= year < timezone.localdate(at).year:
        raise refuse("bad-year", year=year)
    if not lead.strip():
        raise refuse("text-missing")
    with transaction.atomic():
        Enterprise.objects.select_for_update().get(pk=enterprise.pk)
        if Audit.objects.filter(enterprise=enterprise, year=year).exists():
            raise refuse("audit-twice", year=year)
        audit = Audit.objects.create(
            enterprise=enterprise,
            year=year,
            lead=lead.strip()[:150],
            aim=aim.strip(),
            created_by=user,
            created_at=at,
        )
        PhaseChange.objects.create(audit=audit, before=None, after=1, by=user, at=at)
        trail(audit, user, at, "open_audit", Text("Mở {audit}.", "Opened {audit}."), {"year": year})
    return audit


def move_phase(*, user: User, audit: Audit, to: int, note: str, at: dt.datetime) -> PhaseChange:
    """Go on to a phase, or back to one; what was entered stays open in every phase."""
    if to not in Audit.Phase.values:
        raise refuse("reload")
    with locked(user, audit) as held:
        if held.phase == to:
            raise refuse("nothing-new")
        if to < held.phase and not note.strip():
            raise refuse("reason-missing")
        change = PhaseChange.objects.create(
            audit=held, before=held.phase, after=to, note=note.strip(), by=user, at=at
        )
        held.phase = to
        held.save(update_fields=["phase"])
        trail(
            held,
            user,
            at,
            "move_phase",
            Text("Chuyển {audit} sang “{phase}”.", "Moved {audit} to “{phase}”."),
            {"before": change.before, "after": to},
            phase=PHASE_NAMES[to],
        )
    return change


def share_audit(*, user: User, audit: Audit, shared: bool, at: dt.datetime) -> Audit:
    """Let the office of the park read the audit, or no longer; the enterprise's own decision."""
    with locked(user, audit) as held:
        if not may_accept(user, held.enterprise):
            raise refuse("only-own")
        if held.shared_with_park == shared:
            raise refuse("nothing-new")
        held.shared_with_park = shared
        held.save(update_fields=["shared_with_park"])
        said = (
            Text("Chia sẻ {audit} với văn phòng khu.", "Shared {audit} with the park's office.")
            if shared
            else Text(
                "Thôi chia sẻ {audit} với văn phòng khu.",
                "No longer shares {audit} with the park's office.",
            )
        )
        trail(held, user, at, "share_audit", said)
    return held


@contextmanager
def locked(user: User, audit: Audit) -> Iterator[Audit]:
    """Give the audit, locked until the block ends, to somebody who may change it."""
    if not may_work(user, audit.enterprise):
        raise refuse("no-right")
    with transaction.atomic():
        yield (
            Audit.objects.select_for_update(of=("self",))
            .select_related("enterprise__park")
            .get(pk=audit.pk)
        )


def trail(
    audit: Audit,
    user: User,
    at: dt.datetime,
    action: str,
    summary: Text,
    detail: dict[str, Any] | None = None,
    **said: object,
) -> None:
    """Write a line of the trail, which calls the audit by its number.

    Province, country and every reader of the park read the trail, but no audits: its words name
    neither the enterprise nor a figure.
    """
    number = Text(f"kiểm toán RECP số {audit.pk}", f"RECP audit no. {audit.pk}")
    record_audit(
        actor=user,
        action=f"efficiency.{action}",
        at=at,
        summary=summary.format(audit=number, **said),
        park_code=audit.enterprise.park.code,
        object_kind="audit",
        object_code=f"{audit.pk}",
        detail=detail,
    )
