"""The clocks of a dossier and of the opinions asked on it, as they stand on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from sinhthai.certification.engine.clocks import Calendar, Clock, Happened, run
from sinhthai.certification.models import Dossier, Event, Opinion
from sinhthai.rules.procedures import ClockRule, Procedure
from sinhthai.rules.procedures_loading import load_procedures

UNASKED = "unasked"  # in an event of sending for opinion: the bodies it left for later


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """Return the working days of Viet Nam as the rules know them."""
    return Calendar(load_procedures().holidays)


def history_of(dossier: Dossier, events: Iterable[Event] | None = None) -> list[Happened]:
    """Return the steps *dossier* took, oldest first; one query unless *events* are at hand.

    A sending for opinion that left out bodies the law names is told as ``consult.part``: no clock
    ends with it.
    """
    rows = dossier.events.order_by("seq") if events is None else events
    return [
        Happened(
            row.kind.removeprefix("step.") + (".part" if row.detail.get(UNASKED) else ""),
            row.at,
            row.after,
        )
        for row in rows
        if row.kind.startswith("step.")
    ]


def clocks_of(
    dossier: Dossier, today: dt.date, events: Iterable[Event] | None = None
) -> list[Clock]:
    """Return the clocks of *dossier* that have started."""
    procedure = load_procedures().procedure(dossier.procedure)
    rules = [clock for clock in procedure.clocks if clock.of == "dossier"]
    history = history_of(dossier, events)
    return run(rules, history, calendar(), dossier.options, today, final_states(procedure))


def opinion_clock(
    opinion: Opinion, dossier: Dossier, history: list[Happened], today: dt.date
) -> Clock | None:
    """Return the clock of *opinion*; None before it starts, or where the law sets none."""
    procedure = load_procedures().procedure(dossier.procedure)
    rules: list[ClockRule] = [
        clock
        for clock in procedure.clocks
        if clock.of == "opinion" and clock.party == opinion.party
    ]
    own = [Happened("sent", opinion.sent_at)]
    if opinion.received_at:
        own.append(Happened("received", opinion.received_at))
    if opinion.answered_at:
        own.append(Happened("answered", opinion.answered_at))
    both = sorted([*history, *own], key=lambda one: one.at)
    found = run(rules, both, calendar(), dossier.options, today, final_states(procedure))
    return found[0] if found else None


def final_states(procedure: Procedure) -> frozenset[str]:
    """Return the states nothing follows."""
    return frozenset(state.id for state in procedure.states if state.final)
