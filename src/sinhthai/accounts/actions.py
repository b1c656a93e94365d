"""Changes to people, organisations, tokens, and the audit trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser

from sinhthai.accounts.models import AuditEntry, User
from sinhthai.foundation.text import Text


def record_audit(
    *,
    actor: User | AnonymousUser | None,
    action: str,
    at: dt.datetime,
    summary: Text,
    park_code: str = "",
    object_kind: str = "",
    object_code: str = "",
    detail: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Write one line of the audit trail, in words people can read.

    Call it inside the transaction of the change it tells of, so both stand or fall together.
    *actor* None is the system itself (command line, nightly work).
    """
    person = actor if isinstance(actor, User) else None
    return AuditEntry.objects.create(
        at=at,
        actor=person,
        actor_name=(person.get_full_name() or person.get_username()) if person else "Sinh Thái",
        action=action,
        park_code=park_code,
        object_kind=object_kind,
        object_code=object_code,
        summary_vi=summary.vi,
        summary_en=summary.en,
        detail=dict(detail or {}),
    )
