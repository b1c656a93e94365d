"""What every change of a project does: hold the row, write the event and the line of the trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.finance.actions.refusals import refuse
from sinhthai.finance.engine.stages import DROPPED
from sinhthai.finance.models import Project, ProjectEvent
from sinhthai.finance.policy import may_write
from sinhthai.foundation.text import Text


@contextmanager
def held(user: User, project: Project, *, dropped_too: bool = False) -> Iterator[Project]:
    """Hold *project* for a change by one of its own people; two at once stand in line."""
    with transaction.atomic():
        row = (
            Project.objects.select_for_update(of=("self",))
            .select_related("enterprise__park")
            .get(pk=project.pk)
        )
        if not may_write(user, row.enterprise):
            raise refuse("no-right")
        if row.stage == DROPPED and not dropped_too:
            raise refuse("closed")
        yield row


def record(
    project: Project,
    user: User,
    at: dt.datetime,
    what: str,
    says: Text,
    *,
    on: dt.date | None = None,
    before: str = "",
    after: str = "",
    text: str = "",
    amount: float | None = None,
    detail: Mapping[str, Any] | None = None,
    **values: object,
) -> ProjectEvent:
    """Write what happened, for the page and for the trail.

    *says* may name ``{project}``, and what *values* holds.
    """
    event = ProjectEvent.objects.create(
        project=project,
        what=what,
        before=before,
        after=after,
        on=on or timezone.localdate(at),
        text=text,
        amount_vnd=amount,
        detail=dict(detail or {}),
        by=user,
        at=at,
    )
    record_audit(
        actor=user,
        action=f"finance.{what}",
        at=at,
        summary=says.format(project=f"“{project.title}”", **values),
        park_code=project.enterprise.park.code,
        object_kind="finance_project",
        object_code=str(project.pk),
        detail={"enterprise": project.enterprise.code, **(detail or {})},
    )
    return event
