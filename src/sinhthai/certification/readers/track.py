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
    if state in way:
        here = way.index(state)
    else:
        here = way.index(visited[-1]) if visited else -1
    return [
        Stop(procedure.state(id), number < here, number == here, since.get(id))
        for number, id in enumerate(way)
    ]


def straight_way(procedure: Procedure) -> list[str]:
    """Return the shortest sequence of states from the start to what the procedure is for."""
    goal = next(
        (
            step.to
            for made in _GOALS
            for step in procedure.steps
            if step.makes == made and procedure.state(step.to).final
        ),
        "",
    )
    ways = [[procedure.start]]
    seen = {procedure.start}
    while ways:
        way = ways.pop(0)
        if way[-1] == goal:
            return way
        for step in procedure.steps:
            if way[-1] in step.from_states and step.to not in seen:
                seen.add(step.to)
                ways.append([*way, step.to])
    return []
