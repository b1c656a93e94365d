"""One act of supervision, written twice: a link of the hash chain, a line people can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions.chain import record
from sinhthai.certification.models import Certificate, Dossier
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park


def note(
    *,
    kind: str,
    at: dt.datetime,
    actor: User | None,
    summary: Text,
    park: Park,
    enterprise: Enterprise | None = None,
    certificate: Certificate | None = None,
    dossier: Dossier | None = None,
    organisation: Organisation | None = None,
    before: str = "",
    after: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write *kind* into the chain and the audit trail, in the transaction of what it tells of."""
    told = {
        "vi": summary.vi,
        "en": summary.en,
        "park": park.code,
        "enterprise": enterprise.code if enterprise else "",
        **(detail or {}),
    }
    event = record(
        kind=kind,
        at=at,
        actor=actor,
        dossier=dossier,
        certificate=certificate,
        organisation=organisation,
        before=before,
        after=after,
        reason=reason,
        detail=told,
    )
    record_audit(
        actor=actor,
        action=f"supervision.{kind.replace('.', '_')}",
        at=at,
        summary=summary,
        park_code=park.code,
        object_kind="certificate" if certificate else "park",
        object_code=certificate.number if certificate else park.code,
        detail={"event": event.seq},
    )
