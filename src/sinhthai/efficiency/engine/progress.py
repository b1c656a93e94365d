"""The way of a measure: which status may follow which, and in which class its saving counts.

Potential, planned, implemented and verified savings are four different things: they are shown
side by side and never added together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, get_args

from sinhthai.efficiency.engine.model import Class, Status

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
CLASSES: Final[tuple[Class, ...]] = get_args(Class)
_CLASS: Final[Mapping[Status, Class | None]] = {
    "identified": "potential",
    "rejected": None,
    "planned": "planned",
    "in_implementation": "planned",
    "implemented": "implemented",
    "verified": "verified",
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a step asks for before it may be taken."""

    needs_reason: bool = False
    needs_sizing: bool = False
    needs_plan: bool = False
    needs_evidence: bool = False
    needs_result: bool = False
    needs_other_person: bool = False
    is_back: bool = False


_BACK = Step(needs_reason=True, is_back=True)
_REJECT = Step(needs_reason=True)
STEPS: Final[Mapping[tuple[Status, Status], Step]] = {
    ("identified", "planned"): Step(needs_sizing=True, needs_plan=True),
    ("identified", "rejected"): _REJECT,
    ("rejected", "identified"): _BACK,
    ("planned", "in_implementation"): Step(),
    ("planned", "rejected"): _REJECT,
    ("planned", "identified"): _BACK,
    ("in_implementation", "implemented"): Step(needs_evidence=True),
    ("in_implementation", "rejected"): _REJECT,
    ("in_implementation", "planned"): _BACK,
    ("implemented", "verified"): Step(needs_result=True, needs_other_person=True),
    ("implemented", "in_implementation"): _BACK,
    ("verified", "implemented"): _BACK,
}
"""The one table of transitions; what is not in it cannot be done."""


def class_of(status: Status) -> Class | None:
    """Return the class a saving counts in; None: in none.

    >>> class_of("in_implementation"), class_of("rejected")
    ('planned', None)
    """
    return _CLASS[status]


def steps_from(status: Status) -> tuple[Status, ...]:
    """Return what may follow *status*, forward first.

    >>> steps_from("implemented")
    ('verified', 'in_implementation')
    """
    return tuple(after for before, after in STEPS if before == status)
