"""Inspections as a list, and one of them with everything it found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce

from sinhthai.registry.engine.search import search_words
from sinhthai.registry.policy import Person
from sinhthai.supervision.models import (
    Attachment,
    CorrectiveAction,
    Inspection,
    Observation,
    Remedy,
)
from sinhthai.supervision.policy_keeping import inspections_visible
from sinhthai.supervision.readers.holding import with_counts

SORTS: Mapping[str, str] = {
    "planned": "planned_on",
    "name": "name",
    "state": "state",
    "found": "found",
    "pending": "pending",
    "late": "late",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    words: str = ""
    state: str = ""
    show: str = ""  # "late": with corrective actions past their day
    sort: str = "planned"
    descending: bool = True

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.state or self.show)


@dataclass(frozen=True, slots=True)
class Visit:
    """One inspection with its observations, corrective actions, answers and files."""

    observations: Sequence[Observation]
    minutes: Sequence[Attachment]
    follow_ups: Sequence[Inspection]

    @property
    def pending(self) -> int:
        """How many corrective actions are not verified."""
        return sum(
            action.state != CorrectiveAction.State.VERIFIED
            for one in self.observations
            for action in one.actions.all()
        )


def find_inspections(user: Person, asked: Asked, *, today: dt.date) -> Any:
    """Return the inspections *user* may read that fit, each with its counts."""
    rows = with_counts(inspections_visible(user), today).annotate(
        name=Coalesce("enterprise__name_vi", "park__name_vi")
    )
    for word in search_words(asked.words):
        rows = rows.filter(
            Q(park__search__contains=word)
            | Q(enterprise__search__contains=word)
            | Q(purpose__icontains=word)
        )
    if asked.state in Inspection.State.values:
        rows = rows.filter(state=asked.state)
    if asked.show == "late":
        rows = rows.filter(late__gt=0)
    key = F(SORTS.get(asked.sort, "planned_on"))
    return rows.select_related("park", "enterprise", "certificate").order_by(
        key.desc() if asked.descending else key.asc(), "-id"
    )


def read_visit(inspection: Inspection) -> Visit:
    """Return what an inspection found and what came of it."""
    observations = inspection.observations.select_related("by").prefetch_related(
        Prefetch("actions", CorrectiveAction.objects.order_by("id"))
    )
    return Visit(
        observations=list(observations),
        minutes=list(inspection.attachments.filter(remedy=None, withdrawn_at=None)),
        follow_ups=list(inspection.follow_ups.order_by("id")),
    )


def read_remedies(action: CorrectiveAction) -> list[Remedy]:
    """Return the answers to a corrective action, oldest first, with their files."""
    rows = action.remedies.select_related("by", "verified_by").prefetch_related("attachments")
    return list(rows.order_by("id"))
