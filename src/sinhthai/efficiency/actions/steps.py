"""Carry a measure from identified to verified, one step at a time; enter its results."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.utils import timezone

from sinhthai.accounts.actions import display_name
from sinhthai.accounts.models import User
from sinhthai.efficiency.actions.audits import locked, trail
from sinhthai.efficiency.actions.baseline import MOST
from sinhthai.efficiency.actions.measures import measure_of
from sinhthai.efficiency.actions.recount import recount
from sinhthai.efficiency.actions.refusals import refuse
from sinhthai.efficiency.engine.progress import STEPS, Step
from sinhthai.efficiency.models import AuditMeasure, Judgement, MeasureEvent, Result
from sinhthai.efficiency.readers.baseline import prices_of, standing_entries
from sinhthai.efficiency.wording import STATUS_NAMES, carriers_of
from sinhthai.efficiency.worth import worth_of
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text


def move_measure(
    *,
    user: User,
    row: AuditMeasure,
    to: str,
    on: dt.date,
    reason: str,
    seen: int,
    at: dt.datetime,
) -> MeasureEvent:
    """Take one step of the table; *seen* is the last event the person had before them.

    Raises
    ------
    InputError : somebody stepped meanwhile; there is no such step; the day cannot be; or the step
        asks for a reason, a sizing, a plan, evidence, a result or another person.
    """
    reason = reason.strip()
    with locked(user, row.audit) as held:
        fresh = AuditMeasure.objects.select_for_update().get(pk=row.pk)
        events = list(fresh.events.select_related("by").order_by("pk"))
        if events[-1].pk != seen:
            raise _moved(events[-1])
        step = STEPS.get((fresh.status, to))  # type: ignore[arg-type]  # words of a column
        if step is None:
            raise _no_step(fresh.status, to)
        if step.needs_reason and not reason:
            raise refuse("reason-missing")
        _check_day(events[-1].on, on, step, at)
        _check_asked(fresh, step, user, reason)
        event = MeasureEvent.objects.create(
            measure=fresh, before=fresh.status, after=to, on=on, reason=reason, by=user, at=at
        )
        fresh.status, fresh.status_since = to, on
        fresh.save(update_fields=["status", "status_since"])
        trail(
            held,
            user,
            at,
            "move_measure",
            Text(
                "Chuyển một giải pháp của {audit} từ “{before}” sang “{after}”.",
                "Moved a measure of {audit} from “{before}” to “{after}”.",
            ),
            {"measure": fresh.pk, "on": on.isoformat(), "reason": reason},
            before=STATUS_NAMES[event.before],
            after=STATUS_NAMES[to],
        )
        recount(held)
    row.status, row.status_since = to, on
    return event


@dataclass(frozen=True, slots=True)
class ResultGiven:
    """What was measured in a year: the use before and after, and the output it served."""

    year: int
    carrier: str
    before: float
    after: float
    activity_before: float | None
    activity_after: float | None
    source: str

    @property
    def saved(self) -> float:
        """Base units saved a year, for the output of after.

        >>> ResultGiven(2025, "electricity", 100.0, 90.0, 50.0, 60.0, "meter").saved
        30.0
        """
        scale = 1.0
        if self.activity_before is not None and self.activity_after is not None:
            scale = self.activity_after / self.activity_before
        return self.before * scale - self.after


def record_result(*, user: User, row: AuditMeasure, given: ResultGiven, at: dt.datetime) -> Result:
    """Append what was measured of an implemented measure; the last row of a year holds."""
    found = measure_of(row.measure)
    with locked(user, row.audit) as held:
        fresh = AuditMeasure.objects.get(pk=row.pk)
        if fresh.status == "verified":
            raise refuse("verified-stands")
        if fresh.status != "implemented":
            raise refuse("not-running")
        _check_result(given, fresh, at)
        if given.carrier not in carriers_of(found.use):
            raise refuse("unknown-carrier", what=given.carrier)
        worth = worth_of(
            {given.carrier: given.saved}, prices_of(standing_entries(held)), given.year
        )
        result = Result.objects.create(
            measure=fresh,
            year=given.year,
            carrier=given.carrier,
            before=given.before,
            after=given.after,
            activity_before=given.activity_before,
            activity_after=given.activity_after,
            saved=given.saved,
            value_vnd=worth.value_vnd,
            co2e_t=worth.co2e_t,
            fuel_toe=worth.fuel_toe,
            source=given.source.strip()[:300],
            by=user,
            at=at,
        )
        trail(
            held,
            user,
            at,
            "record_result",
            Text("Ghi kết quả đo trong {audit}.", "Recorded a result of {audit}."),
            {"measure": fresh.pk, "result": result.pk},
        )
    return result


def _check_result(given: ResultGiven, row: AuditMeasure, at: dt.datetime) -> None:
    if not row.status_since.year <= given.year <= timezone.localdate(at).year:
        raise refuse("result-year", year=given.year)
    if not given.source.strip():
        raise refuse("source-missing")
    for name, amount in (("before", given.before), ("after", given.after)):
        if not (math.isfinite(amount) and 0 <= amount <= MOST):
            raise refuse("bad-number", what=name)
    outputs = (given.activity_before, given.activity_after)
    if (outputs[0] is None) != (outputs[1] is None):
        raise refuse("bad-number", what="output")
    for value in outputs:
        # A year without output says nothing of the saving: it cannot scale the baseline.
        if value is not None and not (math.isfinite(value) and 0 < value <= MOST):
            raise refuse("bad-number", what="output")


def _check_day(last: dt.date, on: dt.date, step: Step, at: dt.datetime) -> None:
    if on > timezone.localdate(at):
        raise refuse("in-the-future", day_vi=format_date(on, "vi"), day_en=format_date(on, "en"))
    # A step back takes a mistake away; it has no place in the order of what happened.
    if on < last and not step.is_back:
        raise refuse(
            "before-last-step",
            day_vi=format_date(on, "vi"),
            day_en=format_date(on, "en"),
            last_vi=format_date(last, "vi"),
            last_en=format_date(last, "en"),
        )


def _check_asked(row: AuditMeasure, step: Step, user: User, reason: str) -> None:
    if step.needs_sizing and not row.sizings.exists():
        raise refuse("not-sized")
    if step.needs_plan:
        if not row.plans.exists():
            raise refuse("no-plan")
        _check_feasible(row)
    if step.needs_evidence and not row.evidence.filter(withdrawn_at=None).exists():
        raise refuse("no-evidence")
    if step.needs_result and not row.results.exists():
        raise refuse("no-result")
    if step.needs_other_person:
        implemented = row.events.filter(after="implemented").order_by("-pk").first()
        did = implemented is not None and implemented.by_id == user.pk
        if did or row.results.filter(by=user).exists():
            raise refuse("own-work")


def _check_feasible(row: AuditMeasure) -> None:
    last = {one.side: one.verdict for one in row.judgements.order_by("pk")}
    for side, verdict in last.items():
        if verdict == Judgement.Verdict.NO:
            name = SIDE_NAMES[side]
            raise refuse("not-feasible", side_vi=name.vi, side_en=name.en)


SIDE_NAMES = {
    "preliminary": Text("sơ bộ", "preliminary"),
    "technical": Text("kỹ thuật", "technical"),
    "economic": Text("kinh tế", "economic"),
    "environmental": Text("môi trường", "environmental"),
}


def _moved(last: MeasureEvent) -> InputError:
    name = STATUS_NAMES[last.after]
    return refuse("moved-meanwhile", who=display_name(last.by), after_vi=name.vi, after_en=name.en)


def _no_step(before: str, after: str) -> InputError:
    was, to = STATUS_NAMES[before], STATUS_NAMES.get(after, Text(after, after))
    return refuse(
        "no-such-step", before_vi=was.vi, before_en=was.en, after_vi=to.vi, after_en=to.en
    )
