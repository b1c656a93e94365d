"""Inspections: planned, held, observed, closed; followed up where something was left to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from sinhthai.accounts.models import User
from sinhthai.certification.actions.duties import close_duties, open_duty
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.bundle import load_bundle
from sinhthai.supervision.actions.files import File, check_files, keep_files
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.actions.trail import note
from sinhthai.supervision.models import Alert, Attachment, CorrectiveAction, Inspection, Observation
from sinhthai.supervision.policy_keeping import may, organisation_of
from sinhthai.supervision.readers.standing import ENTERPRISE, HELD, PARK

State = Inspection.State
STATE_NAMES = {
    State.PLANNED: Text("đã lên kế hoạch", "planned"),
    State.HELD: Text("đã tiến hành", "held"),
    State.CLOSED: Text("đã kết thúc", "closed"),
    State.CANCELLED: Text("đã hủy", "cancelled"),
}
_HOLD = Text("Kiểm tra {who}", "Inspect {who}")
_CONCLUDE = Text("Kết luận cuộc kiểm tra {who}", "Conclude the inspection of {who}")


def plan_inspection(
    *,
    user: User,
    park: Park,
    enterprise: Enterprise | None = None,
    purpose: str,
    team: str = "",
    planned_on: dt.date,
    at: dt.datetime,
    certificate: Certificate | None = None,
    alert: Alert | None = None,
    follow_up_of: Inspection | None = None,
) -> Inspection:
    """Plan a visit of the Management Board; about a certificate, an alert, an earlier visit."""
    if not may(user, "receiver", "editor", park, enterprise):
        raise refuse("no-right")
    if not purpose.strip():
        raise refuse("text-missing")
    if planned_on < legal_day(at):
        raise refuse("in-the-past", **_day(planned_on))
    if enterprise is not None and enterprise.park_id != park.pk:
        raise refuse("other-certificate")
    if alert is not None:
        certificate = certificate or alert.certificate
        if alert.certificate_id != certificate.pk:
            raise refuse("other-certificate")
    for about in (certificate, follow_up_of):
        if about is not None and (about.park_id, about.enterprise_id) != (
            park.pk,
            enterprise.pk if enterprise else None,
        ):
            raise refuse("other-certificate")
    if certificate is None:
        certificate = _held_by(park, enterprise)
    with transaction.atomic():
        made = Inspection.objects.create(
            park=park,
            enterprise=enterprise,
            certificate=certificate,
            alert=alert,
            follow_up_of=follow_up_of,
            purpose=purpose.strip(),
            team=team.strip()[:300],
            planned_on=planned_on,
            created_by=user,
            created_at=at,
        )
        _duty(made, "hold", _HOLD, at, due_on=planned_on)
        _note(
            made,
            "plan",
            user,
            at,
            Text("Lên kế hoạch kiểm tra {who}.", "Planned an inspection of {who}."),
            after=State.PLANNED,
            reason=made.purpose,
        )
    return made


def hold_inspection(
    *,
    user: User,
    inspection: Inspection,
    held_on: dt.date,
    team: str = "",
    files: Sequence[File] = (),
    at: dt.datetime,
) -> Inspection:
    """Record that a visit took place, with its minutes."""
    _supervisor(user, inspection)
    if held_on > legal_day(at):
        raise refuse("in-the-future", **_day(held_on))
    check_files(files)
    with transaction.atomic():
        found = _locked(inspection, State.PLANNED)
        found.held_on, found.state = held_on, State.HELD
        if team.strip():
            found.team = team.strip()[:300]
        found.save(update_fields=["held_on", "state", "team"])
        keep_files(found, files, user=user, at=at)
        close_duties(at, key=_key(found, "hold"))
        _duty(found, "conclude", _CONCLUDE, at)
        _note(
            found,
            "hold",
            user,
            at,
            Text("Đã kiểm tra {who}.", "Inspected {who}."),
            before=State.PLANNED,
            after=State.HELD,
        )
    return found


def observe(
    *,
    user: User,
    inspection: Inspection,
    severity: str,
    text: str,
    leaf: str = "",
    clause: str = "",
    at: dt.datetime,
) -> Observation:
    """Write what the visit found, against a criterion or a clause of law."""
    _supervisor(user, inspection)
    if not text.strip():
        raise refuse("text-missing")
    if not leaf and not clause.strip():
        raise refuse("criterion-or-clause")
    if leaf and leaf not in leaves_of(inspection, legal_day(at)):
        raise refuse("unknown-criterion", leaf=leaf)
    with transaction.atomic():
        found = _locked(inspection, State.HELD, code="not-held")
        made = Observation.objects.create(
            inspection=found,
            leaf=leaf,
            clause=clause.strip()[:120],
            severity=Observation.Severity(severity),
            text=text.strip(),
            by=user,
            at=at,
        )
        _note(
            found,
            "observe",
            user,
            at,
            Text("Ghi kết quả kiểm tra {who}.", "Wrote an observation on {who}."),
            reason=made.text,
            leaf=leaf,
            clause=made.clause,
            severity=made.severity,
        )
    return made


def close_inspection(
    *, user: User, inspection: Inspection, conclusion: str, at: dt.datetime
) -> Inspection:
    """Conclude a visit; what is not yet put right needs a follow-up planned first."""
    _supervisor(user, inspection)
    if not conclusion.strip():
        raise refuse("text-missing")
    with transaction.atomic():
        found = _locked(inspection, State.HELD, code="not-held")
        left = (
            CorrectiveAction.objects.filter(observation__inspection=found)
            .exclude(state=CorrectiveAction.State.VERIFIED)
            .count()
        )
        followed = found.follow_ups.exclude(state=State.CANCELLED).exists()
        if left and not followed:
            raise refuse("actions-open", n=left)
        found.state, found.conclusion = State.CLOSED, conclusion.strip()
        found.closed_by, found.closed_at = user, at
        found.save(update_fields=["state", "conclusion", "closed_by", "closed_at"])
        close_duties(at, key=_key(found, "conclude"))
        _note(
            found,
            "close",
            user,
            at,
            Text("Kết luận cuộc kiểm tra {who}.", "Concluded the inspection of {who}."),
            before=State.HELD,
            after=State.CLOSED,
            reason=found.conclusion,
        )
    return found


def cancel_inspection(
    *, user: User, inspection: Inspection, reason: str, at: dt.datetime
) -> Inspection:
    """Call a planned visit off; it stays in the list with its reason."""
    _supervisor(user, inspection)
    if not reason.strip():
        raise refuse("reason-missing")
    with transaction.atomic():
        found = _locked(inspection, State.PLANNED)
        found.state, found.conclusion = State.CANCELLED, reason.strip()
        found.closed_by, found.closed_at = user, at
        found.save(update_fields=["state", "conclusion", "closed_by", "closed_at"])
        close_duties(at, key=_key(found, "hold"))
        _note(
            found,
            "cancel",
            user,
            at,
            Text("Hủy cuộc kiểm tra {who}.", "Cancelled the inspection of {who}."),
            before=State.PLANNED,
            after=State.CANCELLED,
            reason=found.conclusion,
        )
    return found


def add_minutes(
    *, user: User, inspection: Inspection, files: Sequence[File], at: dt.datetime
) -> list[Attachment]:
    """Add minutes or photographs to a visit that took place."""
    _supervisor(user, inspection)
    check_files(files)
    with transaction.atomic():
        found = _locked(inspection, State.HELD, code="not-held")
        return keep_files(found, files, user=user, at=at)


def leaves_of(inspection: Inspection, today: dt.date) -> dict[str, Text]:
    """Return the criteria a visit may be held against: id -> clause and title."""
    framework = load_bundle().framework_on(ENTERPRISE if inspection.enterprise_id else PARK, today)
    if framework is None:
        return {}
    return {
        leaf.id: Text(f"{leaf.clause}: {leaf.title.vi}", f"{leaf.clause}: {leaf.title.en}")
        for leaf in framework.leaves
    }


def inspected(inspection: Inspection) -> Text:
    """Return the name of who is inspected."""
    who = inspection.enterprise or inspection.park
    return Text(who.name_vi, who.name_en or who.name_vi)


def _supervisor(user: User, inspection: Inspection) -> None:
    if not may(user, "receiver", "editor", inspection.park, inspection.enterprise):
        raise refuse("no-right")


def _locked(inspection: Inspection, wanted: str, *, code: str = "moved-meanwhile") -> Inspection:
    """Return the row locked, if it is in the state *wanted*; whoever comes second is told so."""
    found = (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("park__province_now", "enterprise", "certificate")
        .get(pk=inspection.pk)
    )
    if found.state != wanted:
        state = STATE_NAMES[State(found.state)]
        raise refuse(code, state_vi=state.vi, state_en=state.en)
    return found


def _held_by(park: Park, enterprise: Enterprise | None) -> Certificate | None:
    rows = Certificate.objects.filter(park=park, enterprise=enterprise, state__in=HELD)
    return rows.order_by("-id").first()


def _key(inspection: Inspection, what: str) -> str:
    return f"inspection:{inspection.pk}:{what}"


def _duty(
    inspection: Inspection,
    what: str,
    title: Text,
    at: dt.datetime,
    due_on: dt.date | None = None,
) -> None:
    open_duty(
        key=_key(inspection, what),
        kind="inspection",
        title=title.format(who=inspected(inspection)),
        url=reverse("inspection", args=[inspection.pk]),
        since=at,
        due_on=due_on,
        party="receiver",
        holder="management_board",
        province=inspection.park.province_now.code,
        park=inspection.park,
        enterprise=inspection.enterprise,
        certificate=inspection.certificate,
    )


def _note(
    inspection: Inspection,
    what: str,
    user: User,
    at: dt.datetime,
    summary: Text,
    *,
    before: str = "",
    after: str = "",
    reason: str = "",
    **detail: str,
) -> None:
    note(
        kind=f"inspection.{what}",
        at=at,
        actor=user,
        summary=summary.format(who=inspected(inspection)),
        park=inspection.park,
        enterprise=inspection.enterprise,
        certificate=inspection.certificate,
        organisation=organisation_of(
            user, "receiver", inspection.park, of_enterprise=inspection.enterprise_id is not None
        ),
        before=before,
        after=after,
        reason=reason,
        detail={"inspection": inspection.pk, **detail},
    )


def _day(day: dt.date) -> dict[str, str]:
    return {"day_vi": format_date(day, "vi"), "day_en": format_date(day, "en")}
