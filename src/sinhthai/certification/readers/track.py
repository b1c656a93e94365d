"""The way a dossier goes when all is well, and how far along it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.certification.models import Event
from sinhthai.rules.procedures import Procedure, State

# What the way leads to: the certificate, or the decision the case is about.
_GOALS = ("certificate", "revocation_notice", "decision")


@dataclass(frozen=True, slots=True)
class Stop:
    """A state on the way: passed, here, or still to come."""

    state: State
    passed: bool
    here: bool
    since: dt.datetime | None


def track_of(procedure: Procedure, state: str, events: Sequence[Event]) -> list[Stop]:
    """Return the states of the straight way, or nothing when the procedure has none.

    A dossier beside the way (a supplement is asked for, the evaluation failed) is at the last
    state of the way it passed.
    """
    way = straight_way(procedure)
    since: dict[str, dt.datetime] = {}
    for event in events:
        if event.after and event.after != event.before:
            since[event.after] = event.at
    visited = [one for one in way if one in since or one == procedure.start]
    near = state if state in way else (visited[-1] if visited else "")
    here = way.index(near) if near in way else -1
    return [
        Stop(procedure.state(id), number < here, number == here, since.get(id))
        for number, id in enumerate(way)
    ]


def straight_way(procedure: Procedure) -> list[str]:
    """Return the states from the start to what the procedure is for, in the order of the law.

    States beside the way are left out: those that wait for the applicant to complete something,
    and those that lead to no certificate and no decision.
    """
    goal = next(
        (
            step.to
            for made in _GOALS
            for step in procedure.steps
            if step.makes == made and procedure.state(step.to).final
        ),
        "",
    )
    order = [state.id for state in procedure.states]
    beside = {
        state.id
        for state in procedure.states
        if state.waits_for == "applicant" and state.id != procedure.start
    }
    longest: dict[str, list[str]] = {procedure.start: [procedure.start]}
    for id in order:
        for step in procedure.steps:
            ahead = order.index(step.to) > order.index(id) and step.to not in beside
            if id in longest and id in step.from_states and ahead:
                way = [*longest[id], step.to]
                if len(way) > len(longest.get(step.to, ())):
                    longest[step.to] = way
    return longest.get(goal, [])
