"""Open and close what somebody must do. A duty is opened once, by its key, and never deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sinhthai.accounts.models import Organisation
from sinhthai.certification.engine.clocks import Clock, legal_day
from sinhthai.certification.models import Certificate, Dossier, Duty, Opinion
from sinhthai.certification.policy import kind_of_party
from sinhthai.certification.readers.clocks import clocks_of, history_of, opinion_clock
from sinhthai.certification.readers.dossier import CASE_PAGE, STEP_PAGES
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.procedures import ClockRule, Party, Procedure, State
from sinhthai.rules.procedures_loading import load_procedures

ANSWER = Text(
    "Trả lời lấy ý kiến về hồ sơ của {name}", "Give your opinion on the dossier of {name}"
)

CONFIRM = Text(
    "Xác nhận việc cơ quan được lấy ý kiến đã nhận hồ sơ của {name}",
    "Have the bodies asked confirm that they received the dossier of {name}",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A duty that should be open on a dossier now."""

    key: str
    kind: str
    title: Text
    url: str
    party: str
    holder: str
    organisation: Organisation | None
    clause: str
    clock: str
    due_on: dt.date | None
    due_problem: str


def open_duty(
    *,
    key: str,
    kind: str,
    title: Text,
    url: str,
    since: dt.datetime,
    due_on: dt.date | None = None,
    due_problem: str = "",
    party: str = "",
    holder: str = "",
    province: str = "",
    organisation: Organisation | None = None,
    park: Park | None = None,
    enterprise: Enterprise | None = None,
    dossier: Dossier | None = None,
    certificate: Certificate | None = None,
    clause: str = "",
    clock: str = "",
) -> Duty:
    """Open a duty, or return the one opened under this key before, even if it was closed since."""
    duty, _new = Duty.objects.get_or_create(
        key=key[:120],
        defaults={
            "kind": kind,
            "title_vi": title.vi[:300],
            "title_en": title.en[:300],
            "url": url,
            "since": since,
            "due_on": due_on,
            "due_problem": due_problem[:300],
            "party": party,
            "holder": holder,
            "province": province,
            "organisation": organisation,
            "park": park,
            "enterprise": enterprise,
            "dossier": dossier,
            "certificate": certificate,
            "clause": clause[:80],
            "clock": clock,
        },
    )
    return duty


def close_duties(at: dt.datetime, **filter: Any) -> int:
    """Close the open duties that match *filter*; return how many."""
    return Duty.objects.filter(closed_at=None, **filter).update(closed_at=at)


def refresh_duties(dossier: Dossier, at: dt.datetime, *, today: dt.date | None = None) -> None:
    """Make the open duties of *dossier* what its state and clocks ask for at *at*.

    What is no longer asked is closed, what is new is opened, and a day that moved (a clock stood
    still, the days off of a year became known) is written. Doing it again changes nothing.
    Duties of the same dossier that other parts opened under their own keys are left alone.
    *today* is the legal day asked for, that of *at* unless named.
    """
    wanted = {one.key: one for one in _wanted(dossier, today or legal_day(at))}
    ours = Duty.objects.filter(dossier=dossier, closed_at=None, key__startswith="dossier:")
    for duty in ours:
        one = wanted.get(duty.key)
        if one is None:
            duty.closed_at = at
            duty.save(update_fields=["closed_at"])
        elif (duty.due_on, duty.due_problem, duty.clock) != (
            one.due_on,
            one.due_problem,
            one.clock,
        ):
            duty.due_on, duty.due_problem, duty.clock = one.due_on, one.due_problem, one.clock
            duty.save(update_fields=["due_on", "due_problem", "clock"])
    known = {duty.key for duty in ours}
    for key, one in wanted.items():
        if key not in known:
            open_duty(
                key=key,
                kind=one.kind,
                title=one.title,
                url=one.url,
                since=at,
                due_on=one.due_on,
                due_problem=one.due_problem,
                party=one.party,
                holder=one.holder,
                province=dossier.park.province_now.code,
                organisation=one.organisation,
                park=dossier.park,
                enterprise=dossier.enterprise,
                dossier=dossier,
                clause=one.clause,
                clock=one.clock,
            )


def _wanted(dossier: Dossier, today: dt.date) -> list[Wanted]:
    procedure = load_procedures().procedure(dossier.procedure)
    state = procedure.state(dossier.state)
    if state.final:
        return []
    history = history_of(dossier)
    running = [
        clock
        for clock in clocks_of(dossier, today)
        if clock.stopped_on is None and clock.rule.days is not None and not clock.is_paused
    ]
    own = [clock for clock in running if clock.rule.party == state.waits_for]
    first = min(own, key=_urgency, default=None)
    found = []
    if state.waits_for:
        found.append(_of_state(dossier, procedure, state, first))
    found += [_of_clock(dossier, procedure, clock) for clock in running if clock is not first]
    asked = open_opinions(dossier, procedure)
    found += [
        _of_opinion(dossier, procedure, opinion, opinion_clock(opinion, dossier, history, today))
        for opinion in asked
    ]
    unconfirmed = [one for one in asked if waits_for_receipt(one, dossier, today)]
    if unconfirmed:
        found.append(_of_receipts(dossier, procedure, unconfirmed))
    return found


def open_opinions(dossier: Dossier, procedure: Procedure) -> list[Opinion]:
    """Return the opinions asked on *dossier* that can still be answered and were not."""
    if not may_answer(dossier.state, procedure):
        return []
    return list(dossier.opinions.filter(answered_at=None).select_related("organisation"))


def waits_for_receipt(opinion: Opinion, dossier: Dossier, today: dt.date) -> bool:
    """Say whether the time of a body stands still only because nobody confirmed its receipt.

    On the day of the sending that is nothing to say yet; from the next day on it is (decision 18).
    """
    if opinion.received_at or opinion.answered_at or legal_day(opinion.sent_at) >= today:
        return False
    rule = _rule_of(opinion, load_procedures().procedure(dossier.procedure))
    if rule is None:
        return False
    choice = dossier.options.get(rule.option, "")
    starts = rule.starts_by_choice.get(choice)
    return "received" in ((starts,) if starts else rule.starts)


def may_answer(state: str, procedure: Procedure) -> bool:
    """Say whether an opinion still counts in *state*: until the evaluation has its result."""
    concluding = {
        source
        for step in procedure.steps
        if {"opinions_in", "expert_answered"} & set(step.needs)
        for source in step.from_states
    }
    waiting = {step.to for step in procedure.steps if step.id == "consult"}
    pausing = {
        step.to
        for step in procedure.steps
        if step.party == "receiver"
        and set(step.from_states) <= concluding
        and procedure.state(step.to).waits_for == "applicant"
    }
    return state in concluding | waiting | pausing


def _of_state(dossier: Dossier, procedure: Procedure, state: State, clock: Clock | None) -> Wanted:
    due_on, problem = _day(clock)
    return Wanted(
        key=f"dossier:{dossier.pk}:{state.id}:{dossier.version}",
        kind=f"state.{state.id}",
        title=_titled(state.duty if state.duty.vi else state.title, dossier),
        url=_page(dossier, procedure, state.waits_for),
        party=state.waits_for,
        holder=_holder(state.waits_for, dossier) if state.waits_for else "",
        organisation=None,
        clause=clock.rule.rule.clause if clock else procedure.rule.clause,
        clock=clock.id if clock else "",
        due_on=due_on,
        due_problem=problem,
    )


def _of_clock(dossier: Dossier, procedure: Procedure, clock: Clock) -> Wanted:
    due_on, problem = _day(clock)
    return Wanted(
        key=f"dossier:{dossier.pk}:clock.{clock.id}:{clock.started_on}",
        kind=f"clock.{clock.id}",
        title=_titled(clock.rule.title, dossier),
        url=_page(dossier, procedure, clock.rule.party),
        party=clock.rule.party,
        holder=_holder(clock.rule.party, dossier),
        organisation=None,
        clause=clock.rule.rule.clause,
        clock=clock.id,
        due_on=due_on,
        due_problem=problem,
    )


def _of_opinion(
    dossier: Dossier, procedure: Procedure, opinion: Opinion, clock: Clock | None
) -> Wanted:
    due_on, problem = _day(clock)
    rule = _rule_of(opinion, procedure)
    return Wanted(
        key=f"dossier:{dossier.pk}:opinion:{opinion.pk}",
        kind="opinion",
        title=ANSWER.format(name=_name(dossier)),
        url=reverse("opinion", args=[opinion.pk]),
        party=opinion.party,
        holder="",
        organisation=opinion.organisation,
        clause=rule.rule.clause if rule else procedure.rule.clause,
        clock=clock.id if clock else "",
        due_on=due_on,
        due_problem=problem,
    )


def _of_receipts(dossier: Dossier, procedure: Procedure, opinions: list[Opinion]) -> Wanted:
    """Return the Board's task to have the receipt confirmed, one for what was sent at one time."""
    first = min(opinions, key=lambda one: one.sent_at)
    rule = _rule_of(first, procedure)
    return Wanted(
        key=f"dossier:{dossier.pk}:receipts:{legal_day(first.sent_at)}",
        kind="receipts",
        title=CONFIRM.format(name=_name(dossier)),
        url=reverse("dossier_consult", args=[dossier.public_id]),
        party="receiver",
        holder=_holder("receiver", dossier),
        organisation=None,
        clause=rule.rule.clause if rule else procedure.rule.clause,
        clock="",
        due_on=None,
        due_problem="",
    )


def _rule_of(opinion: Opinion, procedure: Procedure) -> ClockRule | None:
    of_opinions = (one for one in procedure.clocks if one.of == "opinion")
    return next((one for one in of_opinions if one.party == opinion.party), None)


def _urgency(clock: Clock) -> tuple[bool, dt.date]:
    return (clock.due_on is None, clock.due_on or clock.started_on)


def _day(clock: Clock | None) -> tuple[dt.date | None, str]:
    if clock is None:
        return None, ""
    return clock.due_on, clock.problem.message.vi[:300] if clock.problem else ""


def _holder(party: Party, dossier: Dossier) -> str:
    if party == "applicant":
        return "enterprise" if dossier.enterprise_id else "operator"
    return kind_of_party(party, of_enterprise=dossier.enterprise_id is not None)


def _titled(title: Text, dossier: Dossier) -> Text:
    name = _name(dossier)
    return Text(f"{title.vi}: {name.vi}", f"{title.en}: {name.en}")


def _name(dossier: Dossier) -> Text:
    subject: Park | Enterprise = dossier.enterprise or dossier.park
    return Text(subject.name_vi, subject.name_en or subject.name_vi)


def _page(dossier: Dossier, procedure: Procedure, party: str) -> str:
    """Return the address of the page where *party* does what the present state asks."""
    name = "dossier" if party == "applicant" else CASE_PAGE
    if party != "applicant" and dossier.kind in (Dossier.Kind.ISSUE, Dossier.Kind.RECERTIFY):
        name = next(
            (
                STEP_PAGES[step.id]
                for step in procedure.steps
                if step.party == party and dossier.state in step.from_states
                if step.id in STEP_PAGES
            ),
            "dossier",
        )
    return reverse(name, args=[dossier.public_id])
