"""Suspend a certificate, and end the suspension: decisions of the issuing authority.

Decree 35/2022 says nothing of suspension, so whoever decides names the clause that allows it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.certification.actions.certificates import set_certificate_state
from sinhthai.certification.models import Certificate
from sinhthai.foundation.text import Text
from sinhthai.supervision.actions.evidence_of import check_evidence, evidence_words
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.models import Alert, Inspection
from sinhthai.supervision.policy_keeping import may

State = Certificate.State
STATE_NAMES = {
    State.VALID: Text("còn hiệu lực", "valid"),
    State.SUSPENDED: Text("tạm đình chỉ", "suspended"),
    State.REVOKED: Text("đã thu hồi", "revoked"),
    State.REPLACED: Text("đã thay bằng giấy mới", "replaced by a newer one"),
    State.EXPIRED: Text("hết hạn", "expired"),
}


def suspend(
    *,
    user: User,
    certificate: Certificate,
    clause: str,
    reason: str,
    at: dt.datetime,
    alert: Alert | None = None,
    inspection: Inspection | None = None,
) -> Certificate:
    """Suspend a valid certificate, on the evidence of an alert or an inspection.

    Clause and evidence stand in the reason, which the chain keeps.
    """
    _decider(user, certificate)
    if not clause.strip():
        raise refuse("clause-missing")
    if not reason.strip():
        raise refuse("reason-missing")
    check_evidence(certificate, alert, inspection, needed=True)
    if inspection is not None and inspection.observations.filter(by=user).exists():
        raise refuse("observed-it")
    return _set(
        certificate,
        State.VALID,
        State.SUSPENDED,
        user,
        at,
        f"{reason.strip()} ({clause.strip()}; {evidence_words(alert, inspection).vi})",
        Text("Tạm đình chỉ giấy chứng nhận {number}.", "Suspended certificate {number}."),
    )


def end_suspension(
    *, user: User, certificate: Certificate, reason: str, at: dt.datetime
) -> Certificate:
    """Let a suspended certificate hold again."""
    _decider(user, certificate)
    if not reason.strip():
        raise refuse("reason-missing")
    return _set(
        certificate,
        State.SUSPENDED,
        State.VALID,
        user,
        at,
        reason.strip(),
        Text(
            "Chấm dứt tạm đình chỉ giấy chứng nhận {number}.",
            "Ended the suspension of certificate {number}.",
        ),
    )


def _decider(user: User, certificate: Certificate) -> None:
    if not may(user, "issuer", "approver", certificate.park, certificate.enterprise):
        raise refuse("no-right")


@transaction.atomic
def _set(
    certificate: Certificate,
    before: str,
    after: str,
    user: User,
    at: dt.datetime,
    reason: str,
    summary: Text,
) -> Certificate:
    found = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("park__province_now", "enterprise")
        .get(pk=certificate.pk)
    )
    if found.state != before:
        state = STATE_NAMES[State(found.state)]
        code = "not-valid" if before == State.VALID else "not-suspended"
        raise refuse(code, number=found.number, state_vi=state.vi, state_en=state.en)
    set_certificate_state(found, State(after), by=user, at=at, reason=reason)
    record_audit(
        actor=user,
        action=f"supervision.{'suspend' if after == State.SUSPENDED else 'resume'}",
        at=at,
        summary=summary.format(number=found.number),
        park_code=found.park.code,
        object_kind="certificate",
        object_code=found.number,
    )
    return found
