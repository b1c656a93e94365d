"""The commitment of a new eco-industrial park (Article 38.2.a): its roadmap, step by step.

The park's office lays the roadmap and reports what is done; the Management Board sees it and what
is late. A step is never deleted: it is withdrawn, with its reason in the trail.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse

from sinhthai.accounts.models import User
from sinhthai.certification.actions.duties import close_duties, open_duty
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.commitments import Commitment, commitment_on
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.actions.trail import note
from sinhthai.supervision.models import Milestone
from sinhthai.supervision.policy_keeping import may

_DO = Text("Hoàn thành mốc cam kết: {title}", "Reach the milestone: {title}")


def period_of(park: Park, today: dt.date) -> tuple[Commitment, dt.date, dt.date]:
    """Return the commitment of *park* with its first and last day; InputError if it has none."""
    commitment = commitment_on(today)
    if commitment is None or not park.registered_as_new_eip:
        raise refuse("not-new-park")
    if park.established_on is None:
        raise refuse("no-founding-day")
    return commitment, park.established_on, commitment.due_on(park.established_on)


def add_milestone(
    *, user: User, park: Park, title: str, due_on: dt.date, leaf: str = "", at: dt.datetime
) -> Milestone:
    """Add a step of the roadmap, with the day it is to be reached."""
    _office(user, park)
    commitment, first, last = period_of(park, legal_day(at))
    if not title.strip():
        raise refuse("text-missing")
    framework = load_bundle().framework_on(commitment.family, legal_day(at))
    if leaf and (framework is None or leaf not in {one.id for one in framework.leaves}):
        raise refuse("unknown-criterion", leaf=leaf)
    if not first < due_on <= last:
        raise refuse(
            "outside-commitment",
            day_vi=format_date(due_on, "vi"),
            day_en=format_date(due_on, "en"),
            from_vi=format_date(first, "vi"),
            from_en=format_date(first, "en"),
            to_vi=format_date(last, "vi"),
            to_en=format_date(last, "en"),
        )
    with transaction.atomic():
        made = Milestone.objects.create(
            park=park,
            title=title.strip()[:300],
            leaf=leaf,
            due_on=due_on,
            created_by=user,
            created_at=at,
        )
        open_duty(
            key=f"milestone:{made.pk}",
            kind="milestone",
            title=_DO.format(title=made.title[:200]),
            url=reverse("park_commitment", args=[park.code]),
            since=at,
            due_on=due_on,
            party="applicant",
            holder="operator",
            province=park.province_now.code,
            park=park,
            clause=commitment.rule.clause,
        )
        _note(made, "add", user, at, Text("Thêm mốc cam kết “{t}”.", "Added milestone “{t}”."))
    return made


def reach_milestone(
    *, user: User, milestone: Milestone, done_on: dt.date, remark: str = "", at: dt.datetime
) -> Milestone:
    """Record that a step was reached, on which day."""
    _office(user, milestone.park)
    if done_on > legal_day(at):
        raise refuse(
            "in-the-future", day_vi=format_date(done_on, "vi"), day_en=format_date(done_on, "en")
        )
    with transaction.atomic():
        found = _locked(milestone)
        found.done_on, found.done_by, found.note = done_on, user, remark.strip()
        found.save(update_fields=["done_on", "done_by", "note"])
        close_duties(at, key=f"milestone:{found.pk}")
        _note(
            found,
            "reach",
            user,
            at,
            Text("Hoàn thành mốc cam kết “{t}”.", "Reached milestone “{t}”."),
            reason=found.note,
        )
    return found


def withdraw_milestone(
    *, user: User, milestone: Milestone, reason: str, at: dt.datetime
) -> Milestone:
    """Take a step off the roadmap; it stays in the trail with its reason."""
    _office(user, milestone.park)
    if not reason.strip():
        raise refuse("reason-missing")
    with transaction.atomic():
        found = _locked(milestone)
        found.withdrawn_at, found.note = at, reason.strip()
        found.save(update_fields=["withdrawn_at", "note"])
        close_duties(at, key=f"milestone:{found.pk}")
        _note(
            found,
            "withdraw",
            user,
            at,
            Text("Gỡ mốc cam kết “{t}”.", "Withdrew milestone “{t}”."),
            reason=found.note,
        )
    return found


def _office(user: User, park: Park) -> None:
    if not may(user, "applicant", "editor", park):
        raise refuse("no-right")


def _locked(milestone: Milestone) -> Milestone:
    found = (
        Milestone.objects.select_for_update(of=("self",))
        .select_related("park__province_now")
        .get(pk=milestone.pk)
    )
    if found.done_on is not None or found.withdrawn_at is not None:
        raise refuse("milestone-closed")
    return found


def _note(
    milestone: Milestone, what: str, user: User, at: dt.datetime, summary: Text, *, reason: str = ""
) -> None:
    told = {"milestone": milestone.pk, "due_on": milestone.due_on.isoformat()}
    note(
        kind=f"milestone.{what}",
        at=at,
        actor=user,
        summary=summary.format(t=milestone.title),
        park=milestone.park,
        reason=reason,
        detail=told,
    )
