"""Keep certificates true: an alert for each criterion that is lost, closed when it is met again.

The public page turns amber with the first open alert (``Certificate.broken``); the Management
Board gets a task. Nothing is revoked here: engines find, people decide (H7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from sinhthai.accounts.models import User
from sinhthai.certification.actions.duties import close_duties, open_duty
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Leaf
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.actions.trail import note
from sinhthai.supervision.engine.holding import Standing
from sinhthai.supervision.models import Alert
from sinhthai.supervision.policy_keeping import may, organisation_of
from sinhthai.supervision.readers.causes import causes_of
from sinhthai.supervision.readers.standing import HELD, family_of, held, issued_on, standings

_TITLE = Text(
    "Kiểm tra tiêu chí {clause} của {who}: không còn đạt",
    "Look into criterion {clause} of {who}: no longer met",
)
_OPENED = Text(
    "Tiêu chí {clause} của giấy chứng nhận {number} không còn đạt: {was} → {now}.",
    "Criterion {clause} of certificate {number} is no longer met: {was} → {now}.",
)
_CLOSED = Text(
    "Tiêu chí {clause} của giấy chứng nhận {number} đạt trở lại.",
    "Criterion {clause} of certificate {number} is met again.",
)
_ASIDE = Text(
    "Ban quản lý đóng cảnh báo về tiêu chí {clause} của giấy chứng nhận {number}.",
    "The Management Board closed the alert on criterion {clause} of certificate {number}.",
)
_ENDED = "Giấy chứng nhận không còn hiệu lực / The certificate no longer holds"
_AGAIN = "Tiêu chí đạt trở lại / The criterion is met again"
STATUS_NAMES: Mapping[str, Text] = {
    "met": Text("đạt", "met"),
    "not_met": Text("không đạt", "not met"),
    "undetermined": Text("chưa xác định", "undetermined"),
    "not_applicable": Text("không áp dụng", "not applicable"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of certificates did."""

    certificates: int
    opened: int
    closed: int


def check_park(park: Park, *, at: dt.datetime) -> Checked:
    """Look again at every certificate of *park* and its enterprises, after facts changed."""
    return check_certificates(held().filter(park=park), at=at)


def check_certificates(
    certificates: Iterable[Certificate], *, at: dt.datetime, today: dt.date | None = None
) -> Checked:
    """Open an alert for each criterion lost, close those met again; twice is the same as once."""
    chosen = list(certificates)
    today = today or legal_day(at)
    found = standings(chosen, today=today)
    at_issue = issued_on(chosen)
    opened = closed = 0
    for one in chosen:
        if one.pk not in found:
            continue
        lost = [standing for standing in found[one.pk] if standing.broken]
        known = set(one.alerts.filter(closed_at=None).values_list("leaf", flat=True))
        if {standing.leaf for standing in lost} == known:
            continue
        causes = causes_of(
            one,
            at_issue[one.pk],
            [standing for standing in lost if standing.leaf not in known],
            today=today,
        )
        new, gone = _write(one, found[one.pk], causes, at)
        opened, closed = opened + new, closed + gone
    return Checked(len(chosen), opened, closed)


def close_ended(certificate: Certificate, *, at: dt.datetime) -> int:
    """Close what is open about a certificate that no longer holds: there is nothing to keep."""
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if locked.state in HELD:
            return 0
        rows = list(locked.alerts.filter(closed_at=None))
        for alert in rows:
            _close(alert, at, reason=_ENDED)
        _say_public(locked)
    return len(rows)


def set_aside(*, user: User, alert: Alert, reason: str, at: dt.datetime) -> Alert:
    """Close an alert by a reasoned decision of the Board.

    It stays closed as long as the finding is the same; another finding opens another alert.
    """
    held_by = alert.certificate
    park, enterprise = held_by.park, held_by.enterprise
    if not may(user, "receiver", "approver", park, enterprise):
        raise refuse("no-right")
    if not reason.strip():
        raise refuse("reason-missing")
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).get(pk=held_by.pk)
        found = Alert.objects.select_for_update(of=("self",)).get(pk=alert.pk)
        if found.closed_at is not None:
            raise refuse("alert-closed")
        _close(found, at, reason=reason.strip(), by=user)
        _say_public(locked)
        note(
            kind="alert.aside",
            at=at,
            actor=user,
            summary=_ASIDE.format(clause=_clause(found), number=locked.number),
            park=park,
            enterprise=enterprise,
            certificate=locked,
            organisation=organisation_of(
                user, "receiver", park, of_enterprise=enterprise is not None
            ),
            reason=reason.strip(),
            detail={"alert": found.pk, "leaf": found.leaf},
        )
    return found


@transaction.atomic
def _write(
    certificate: Certificate,
    found: Sequence[Standing],
    causes: Mapping[str, Mapping[str, Any]],
    at: dt.datetime,
) -> tuple[int, int]:
    """Write the alerts of one certificate; whoever comes second finds them written."""
    locked = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("park__province_now", "enterprise")
        .get(pk=certificate.pk)
    )
    if locked.state not in HELD:
        return 0, 0
    open_now = {alert.leaf: alert for alert in locked.alerts.filter(closed_at=None)}
    decided = _decided(locked)
    opened = closed = 0
    for standing in found:
        alert = open_now.get(standing.leaf)
        if standing.broken and alert is None:
            if decided.get(standing.leaf) != standing.now:
                _open(locked, standing, causes.get(standing.leaf, {}), at)
                opened += 1
        elif not standing.broken and alert is not None:
            _close(alert, at, reason=_AGAIN)
            note(
                kind="alert.close",
                at=at,
                actor=None,
                summary=_CLOSED.format(clause=_clause(alert), number=locked.number),
                park=locked.park,
                enterprise=locked.enterprise,
                certificate=locked,
                detail={"alert": alert.pk, "leaf": alert.leaf},
            )
            closed += 1
    _say_public(locked)
    return opened, closed


def _open(
    certificate: Certificate, standing: Standing, cause: Mapping[str, Any], at: dt.datetime
) -> None:
    alert = Alert.objects.create(
        certificate=certificate,
        leaf=standing.leaf,
        before=dict(standing.before),
        now=dict(standing.now or {}),
        cause=dict(cause),
        opened_at=at,
    )
    who = certificate.enterprise or certificate.park
    name = Text(who.name_vi, who.name_en or who.name_vi)
    open_duty(
        key=f"alert:{alert.pk}",
        kind="alert",
        title=_TITLE.format(clause=_clause(alert), who=name),
        url=f"{reverse('certificate_holding', args=[certificate.public_id])}#alerts",
        since=at,
        party="receiver",
        holder="management_board",
        province=certificate.park.province_now.code,
        park=certificate.park,
        enterprise=certificate.enterprise,
        certificate=certificate,
        clause="43.3",
    )
    note(
        kind="alert.open",
        at=at,
        actor=None,
        summary=_OPENED.format(
            clause=_clause(alert),
            number=certificate.number,
            was=STATUS_NAMES[str(standing.before["status"])],
            now=STATUS_NAMES[str(alert.now["status"])],
        ),
        park=certificate.park,
        enterprise=certificate.enterprise,
        certificate=certificate,
        detail={"alert": alert.pk, "leaf": alert.leaf},
    )


def _close(alert: Alert, at: dt.datetime, *, reason: str, by: User | None = None) -> None:
    alert.closed_at, alert.closed_reason, alert.closed_by = at, reason, by
    alert.save(update_fields=["closed_at", "closed_reason", "closed_by"])
    close_duties(at, key=f"alert:{alert.pk}")


def _decided(certificate: Certificate) -> dict[str, Any]:
    """Return the findings the Board looked at and set aside, newest of each criterion."""
    rows = certificate.alerts.exclude(closed_by=None).order_by("id")
    return {row.leaf: row.now for row in rows}


def _say_public(certificate: Certificate) -> None:
    """Write on the certificate itself what its public page shows in amber."""
    rows = list(certificate.alerts.filter(closed_at=None).order_by("opened_at", "id"))
    certificate.broken = [
        {
            "leaf": row.leaf,
            "clause": _clause(row),
            "vi": leaf.title.vi if (leaf := leaf_of(certificate, row.leaf)) else row.leaf,
            "en": leaf.title.en if leaf else row.leaf,
            "status": row.now.get("status", ""),
            "since": legal_day(row.opened_at).isoformat(),
        }
        for row in rows
    ]
    certificate.broken_since = legal_day(rows[0].opened_at) if rows else None
    certificate.save(update_fields=["broken", "broken_since"])


def leaf_of(certificate: Certificate, leaf: str) -> Leaf | None:
    """Return a criterion of the newest version of a certificate's criteria that has it."""
    family = family_of(certificate)
    for framework in reversed(load_bundle().frameworks):
        if framework.family == family:
            for one in framework.leaves:
                if one.id == leaf:
                    return one
    return None


def _clause(alert: Alert) -> str:
    leaf = leaf_of(alert.certificate, alert.leaf)
    return leaf.clause if leaf else alert.leaf
