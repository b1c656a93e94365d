"""The pipeline of an exchange: which step may follow which, and what its history says.

A history is only added to. A step back says that the step it takes back was a mistake, so the
*standing path* of a history leaves both out; an exchange that stopped is ended, not taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

PIPELINE = ("idea", "contact", "feasibility", "agreement", "implemented", "verified")
OPEN = PIPELINE[:4]
"""On the way: nothing moves yet."""
RUNNING = ("implemented", "verified")
CLOSED = ("dropped", "ended")
STAGES = (*PIPELINE, *CLOSED)

Way = Literal["forward", "back", "drop", "end"]


@dataclass(frozen=True, slots=True)
class Step:
    """A change of stage, and the day it really happened."""

    before: str
    after: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage of the standing path, and since when."""

    stage: str
    since: dt.date


def way_of(before: str, after: str) -> Way | None:
    """Say what kind of step leads from *before* to *after*; None where there is no such step.

    From a closed stage the only step leads back; where to depends on the history, so any open
    or running stage is a step here and ``steps_from`` names the one that fits.

    >>> way_of("idea", "contact"), way_of("contact", "idea"), way_of("idea", "agreement")
    ('forward', 'back', None)
    >>> way_of("agreement", "dropped"), way_of("verified", "ended"), way_of("verified", "dropped")
    ('drop', 'end', None)
    """
    if after == "dropped":
        return "drop" if before in OPEN else None
    if after == "ended":
        return "end" if before in RUNNING else None
    if before == "dropped":
        return "back" if after in OPEN else None
    if before == "ended":
        return "back" if after in RUNNING else None
    apart = PIPELINE.index(after) - PIPELINE.index(before)
    return {1: "forward", -1: "back"}.get(apart)  # type: ignore[return-value]


def standing_path(steps: Iterable[Step]) -> tuple[Reached, ...]:
    """Return the stages reached one after the other, without what was taken back.

    *steps* are in the order they were recorded; the first one has no stage before it.

    >>> day = dt.date(2025, 3, 1)
    >>> steps = [Step("", "idea", day), Step("idea", "contact", day), Step("contact", "idea", day)]
    >>> [reached.stage for reached in standing_path(steps)]
    ['idea']
    """
    path: list[Reached] = []
    for step in steps:
        if len(path) > 1 and path[-2].stage == step.after and _is_back(step):
            path.pop()
        else:
            path.append(Reached(step.after, step.on))
    return tuple(path)


def stage_on(path: Iterable[Reached], day: dt.date) -> str:
    """Return the stage reached by the end of *day*; "" before the exchange began.

    >>> path = (Reached("idea", dt.date(2025, 1, 5)), Reached("contact", dt.date(2025, 2, 1)))
    >>> stage_on(path, dt.date(2025, 1, 31)), stage_on(path, dt.date(2024, 12, 31))
    ('idea', '')
    """
    found = ""
    for reached in path:
        if reached.since <= day:
            found = reached.stage
    return found


def ran_during(path: Iterable[Reached], first: dt.date, last: dt.date) -> bool:
    """Say whether the exchange ran on at least one day from *first* to *last*.

    >>> path = (Reached("implemented", dt.date(2024, 5, 1)), Reached("ended", dt.date(2025, 2, 1)))
    >>> ran_during(path, dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    True
    >>> ran_during(path, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    False
    """
    began = began_on(path)
    ended = next((reached.since for reached in path if reached.stage == "ended"), None)
    return began is not None and began <= last and (ended is None or ended > first)


def began_on(path: Iterable[Reached]) -> dt.date | None:
    """Return the day the exchange began to run; None when it never did."""
    return next((reached.since for reached in path if reached.stage == "implemented"), None)


def steps_from(path: tuple[Reached, ...]) -> tuple[str, ...]:
    """Return the stages one step away: onward first, then back, then out.

    >>> steps_from((Reached("idea", dt.date(2025, 1, 5)),))
    ('contact', 'dropped')
    """
    now = path[-1].stage
    before = path[-2].stage if len(path) > 1 else ""
    onward = PIPELINE[PIPELINE.index(now) + 1 : PIPELINE.index(now) + 2] if now in PIPELINE else ()
    out = ("dropped",) if now in OPEN else ("ended",) if now in RUNNING else ()
    return (*onward, *((before,) if before else ()), *out)


def _is_back(step: Step) -> bool:
    return bool(step.before) and way_of(step.before, step.after) == "back"
