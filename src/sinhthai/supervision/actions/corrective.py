"""Corrective actions: asked by the Board with a day, answered by the holder, verified by another.

A day off moves to the next working day, as every legal day does. An answer that is not accepted
stays; the Board names a new day and the holder answers again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from sinhthai.accounts.models import User
from sinhthai.certification.actions.duties import close_duties, open_duty
from sinhthai.certification.engine.clocks import Calendar, legal_day
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.actions.files import File, check_files, keep_files
from sinhthai.supervision.actions.inspections import inspected
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.actions.trail import note
from sinhthai.supervision.models import CorrectiveAction, Inspection, Observation, Remedy
from sinhthai.supervision.policy_keeping import may, organisation_of

State = CorrectiveAction.State
STATE_NAMES = {
    State.OPEN: Text("chờ khắc phục", "to be done"),
    State.ANSWERED: Text("đã trả lời", "answered"),
    State.VERIFIED: Text("đã xác nhận", "verified"),
    State.REJECTED: Text("không được chấp nhận", "not accepted"),
}
WAITING = (State.OPEN, State.REJECTED)  # for the holder
_ANSWER = Text("Khắc phục: {what}", "Put right: {what}")
_VERIFY = Text("Xác nhận khắc phục của {who}: {what}", "Verify what {who} put right: {what}")


def require_action(
    *, user: User, observation: Observation, what: str, due_on: dt.date, at: dt.datetime
) -> CorrectiveAction:
    """Ask the holder to put something right by a day."""
    visit = observation.inspection
    if not may(user, "receiver", "editor", visit.park, visit.enterprise):
        raise refuse("no-right")
    if not what.strip():
        raise refuse("text-missing")
    moved = _day_named(due_on, at)
    with transaction.atomic():
        held = Inspection.objects.select_for_update(of=("self",)).get(pk=visit.pk)
        if held.state != Inspection.State.HELD:
            raise refuse("not-held")
        made = CorrectiveAction.objects.create(
            observation=observation,
            what=what.strip(),
            named_on=due_on,
            due_on=moved,
            created_by=user,
            created_at=at,
        )
        _ask_holder(made, at)
        _note(
            made,
            "require",
            user,
            at,
            Text("Yêu cầu {who} khắc phục đến {vi}.", "Asked {who} to put right by {en}.").format(
                who=Text("{who}", "{who}"),
                vi=format_date(moved, "vi"),
                en=format_date(moved, "en"),
            ),
            after=State.OPEN,
            reason=made.what,
        )
    return made


def answer_action(
    *,
    user: User,
    action: CorrectiveAction,
    text: str,
    files: Sequence[File] = (),
    at: dt.datetime,
) -> Remedy:
    """Say, as the holder, what was done, with the files that prove it."""
    visit = action.observation.inspection
    if not may(user, "applicant", "editor", visit.park, visit.enterprise):
        raise refuse("no-right")
    if not text.strip():
        raise refuse("text-missing")
    check_files(files)
    with transaction.atomic():
        found = _locked(action)
        if found.state not in WAITING:
            raise refuse("not-to-answer", **_state(found))
        made = Remedy.objects.create(action=found, text=text.strip(), by=user, at=at)
        keep_files(visit, files, user=user, at=at, remedy=made)
        before, found.state = found.state, State.ANSWERED
        found.save(update_fields=["state"])
        close_duties(at, key=_key(found, "answer", made_before(found, made)))
        _ask_board(found, made, at)
        _note(
            found,
            "answer",
            user,
            at,
            Text("{who} trả lời yêu cầu khắc phục.", "{who} answered a corrective action."),
            before=before,
            after=State.ANSWERED,
            reason=made.text,
            party="applicant",
        )
    return made


def verify_action(
    *,
    user: User,
    action: CorrectiveAction,
    accepted: bool,
    verdict: str,
    due_on: dt.date | None = None,
    at: dt.datetime,
) -> CorrectiveAction:
    """Accept what the holder did, or refuse it with a reason and a new day.

    Whoever answered may not verify, whichever hats they wear.
    """
    visit = action.observation.inspection
    if not may(user, "receiver", "approver", visit.park, visit.enterprise):
        raise refuse("no-right")
    if not verdict.strip():
        raise refuse("reason-missing")
    if not accepted and due_on is None:
        raise refuse("new-day-missing")
    moved = None if accepted or due_on is None else _day_named(due_on, at)
    with transaction.atomic():
        found = _locked(action)
        remedy = (
            found.remedies.select_for_update(of=("self",)).filter(accepted=None).order_by("-id")
        ).first()
        if found.state != State.ANSWERED or remedy is None:
            raise refuse("not-to-verify", **_state(found))
        if remedy.by_id == user.pk:
            raise refuse("answered-it")
        remedy.accepted, remedy.verdict = accepted, verdict.strip()
        remedy.verified_by, remedy.verified_at = user, at
        remedy.save(update_fields=["accepted", "verdict", "verified_by", "verified_at"])
        close_duties(at, key=_key(found, "verify", remedy.pk))
        found.state = State.VERIFIED if accepted else State.REJECTED
        if moved is not None and due_on is not None:
            found.named_on, found.due_on = due_on, moved
        found.save(update_fields=["state", "named_on", "due_on"])
        if not accepted:
            _ask_holder(found, at)
        said = (
            Text("Xác nhận {who} đã khắc phục.", "Verified that {who} put it right.")
            if accepted
            else Text(
                "Không chấp nhận khắc phục của {who}; hạn mới {vi}.",
                "Did not accept what {who} did; the new day is {en}.",
            ).format(
                who=Text("{who}", "{who}"),
                vi=format_date(found.due_on, "vi"),
                en=format_date(found.due_on, "en"),
            )
        )
        _note(
            found,
            "verify",
            user,
            at,
            said,
            before=State.ANSWERED,
            after=found.state,
            reason=remedy.verdict,
        )
    return found


def made_before(action: CorrectiveAction, remedy: Remedy | None = None) -> int:
    """Return how many answers came before *remedy*, or before the one awaited now."""
    rows = action.remedies.all()
    return (rows.filter(pk__lt=remedy.pk) if remedy else rows).count()


def _day_named(day: dt.date, at: dt.datetime) -> dt.date:
    """Return *day*, or the next working day when it is a day off."""
    if day <= legal_day(at):
        raise refuse("in-the-past", day_vi=format_date(day, "vi"), day_en=format_date(day, "en"))
    return Calendar(load_procedures().holidays).next_working(day)


def _locked(action: CorrectiveAction) -> CorrectiveAction:
    return (
        CorrectiveAction.objects.select_for_update(of=("self",))
        .select_related(
            "observation__inspection__park__province_now",
            "observation__inspection__enterprise",
            "observation__inspection__certificate",
        )
        .get(pk=action.pk)
    )


def _state(action: CorrectiveAction) -> dict[str, str]:
    name = STATE_NAMES[State(action.state)]
    return {"state_vi": name.vi, "state_en": name.en}


def _key(action: CorrectiveAction, what: str, number: int) -> str:
    return f"corrective:{action.pk}:{what}:{number}"


def _ask_holder(action: CorrectiveAction, at: dt.datetime) -> None:
    visit = action.observation.inspection
    open_duty(
        key=_key(action, "answer", made_before(action)),
        kind="corrective.answer",
        title=_ANSWER.format(what=_short(action.what)),
        url=reverse("corrective_action", args=[action.pk]),
        since=at,
        due_on=action.due_on,
        party="applicant",
        holder="enterprise" if visit.enterprise_id else "operator",
        province=visit.park.province_now.code,
        park=visit.park,
        enterprise=visit.enterprise,
        certificate=visit.certificate,
        clause=action.observation.clause[:80],
    )


def _ask_board(action: CorrectiveAction, remedy: Remedy, at: dt.datetime) -> None:
    visit = action.observation.inspection
    open_duty(
        key=_key(action, "verify", remedy.pk),
        kind="corrective.verify",
        title=_VERIFY.format(who=inspected(visit), what=_short(action.what)),
        url=reverse("corrective_action", args=[action.pk]),
        since=at,
        party="receiver",
        holder="management_board",
        province=visit.park.province_now.code,
        park=visit.park,
        enterprise=visit.enterprise,
        certificate=visit.certificate,
    )


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119] + "…"


def _note(
    action: CorrectiveAction,
    what: str,
    user: User,
    at: dt.datetime,
    summary: Text,
    *,
    before: str = "",
    after: str = "",
    reason: str = "",
    party: str = "receiver",
) -> None:
    visit = action.observation.inspection
    note(
        kind=f"corrective.{what}",
        at=at,
        actor=user,
        summary=summary.format(who=inspected(visit)),
        park=visit.park,
        enterprise=visit.enterprise,
        certificate=visit.certificate,
        organisation=organisation_of(
            user, party, visit.park, of_enterprise=visit.enterprise_id is not None
        ),
        before=before,
        after=after,
        reason=reason,
        detail={"inspection": visit.pk, "action": action.pk},
    )
