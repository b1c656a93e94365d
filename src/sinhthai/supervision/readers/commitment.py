"""The commitment of a new eco-industrial park: until when, by which steps, and what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.assessment.models import Assessment
from sinhthai.registry.models import Park
from sinhthai.rules.commitments import Commitment, commitment_on
from sinhthai.supervision.models import Milestone


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone with where it stands on a day."""

    milestone: Milestone
    late: bool
    found: str  # what the assessment now finds of its criterion, "" where it names none


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The commitment of a park. ``problem``: why there is none to show, "" if there is."""

    commitment: Commitment | None
    first: dt.date | None
    last: dt.date | None
    steps: Sequence[Step]
    withdrawn: Sequence[Milestone]
    assessment: Assessment | None
    today: dt.date

    @property
    def days_left(self) -> int | None:
        """Days until the last day; negative once it has passed."""
        return None if self.last is None else (self.last - self.today).days

    @property
    def elapsed(self) -> float:
        """The part of the period that has passed, between 0 and 1."""
        if self.first is None or self.last is None or self.last <= self.first:
            return 0.0
        passed = (self.today - self.first) / (self.last - self.first)
        return min(max(passed, 0.0), 1.0)

    @property
    def done(self) -> int:
        return sum(step.milestone.done_on is not None for step in self.steps)

    @property
    def late(self) -> int:
        return sum(step.late for step in self.steps)


def read_roadmap(park: Park, *, today: dt.date) -> Roadmap:
    """Return the roadmap of *park*; without a commitment, ``commitment`` is None."""
    commitment = commitment_on(today) if park.registered_as_new_eip else None
    founded = park.established_on
    assessment = None
    if commitment is not None:
        assessment = Assessment.objects.filter(
            park=park, family=commitment.family, is_current=True
        ).first()
    found = (
        {str(row["leaf"]): str(row["status"]) for row in assessment.findings} if assessment else {}
    )
    rows = list(
        Milestone.objects.filter(park=park).select_related("done_by").order_by("due_on", "id")
    )
    return Roadmap(
        commitment=commitment,
        first=founded,
        last=commitment.due_on(founded) if commitment and founded else None,
        steps=[
            Step(row, row.done_on is None and row.due_on < today, found.get(row.leaf, ""))
            for row in rows
            if row.withdrawn_at is None
        ],
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
        assessment=assessment,
        today=today,
    )
