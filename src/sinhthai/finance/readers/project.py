"""What the page of one project shows, put together from its rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sinhthai.finance.engine.eligibility import Verdict
from sinhthai.finance.engine.funds import funds_on, load_funds
from sinhthai.finance.engine.stages import DROPPED, STAGE_NAMES, STAGES, standing_path, steps_from
from sinhthai.finance.engine.taxonomy import Check, EvidenceItem, check, load_taxonomy
from sinhthai.finance.facts import judged
from sinhthai.finance.models import (
    Project,
    ProjectDocument,
    ProjectEvent,
    ProjectLook,
    SavedAppraisal,
    Share,
    VerifiedResult,
)
from sinhthai.finance.policy import Standing
from sinhthai.foundation.text import Text

LOOKS_SHOWN = 20
What = ProjectEvent.What
_ORDER = {"eligible": 0, "undetermined": 1, "not": 2}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A paper of the taxonomy, and the documents that are it."""

    item: EvidenceItem
    documents: tuple[ProjectDocument, ...]


@dataclass(frozen=True, slots=True)
class StepOffered:
    """A step a person may take now."""

    to: str
    way: str
    name: Text


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Everything the page shows; to a bank neither shares nor looks."""

    project: Project
    standing: Standing
    appraisal: SavedAppraisal | None
    appraisals: int
    events: tuple[ProjectEvent, ...]
    documents: tuple[ProjectDocument, ...]
    results: tuple[VerifiedResult, ...]
    shares: tuple[Share, ...]
    looks: tuple[ProjectLook, ...]
    taxonomy: Check
    verdicts: tuple[Verdict, ...]
    today: dt.date

    @property
    def evidence(self) -> list[EvidenceLine]:
        """The papers of the taxonomy with their documents."""
        return [
            EvidenceLine(item, tuple(one for one in self.documents if one.item == item.id))
            for item in load_taxonomy().evidence.values()
        ]

    @property
    def others(self) -> list[ProjectDocument]:
        """The documents that are no evidence of the taxonomy."""
        return [one for one in self.documents if not one.item]

    @property
    def path(self) -> tuple[str, ...]:
        """The stages it stands on."""
        return standing_path([one.after for one in self._steps])

    @property
    def last_step(self) -> int:
        """The number of the last step, so that nobody steps on what they did not see."""
        return self._steps[-1].pk

    @property
    def steps(self) -> list[StepOffered]:
        """Steps offered: onward, back, out, again."""
        return [StepOffered(to, way, STAGE_NAMES[to]) for to, way in steps_from(self.path).items()]

    @property
    def track(self) -> list[tuple[str, Text, dt.date | None]]:
        """The stages with the day each was reached."""
        reached: dict[str, dt.date] = {}
        for one in self._steps:
            reached[one.after] = one.on
        standing = set(self.path)
        return [
            (stage, STAGE_NAMES[stage], reached[stage] if stage in standing else None)
            for stage in STAGES
        ]

    @property
    def is_dropped(self) -> bool:
        """Say whether it was dropped."""
        return self.project.stage == DROPPED

    @property
    def result(self) -> VerifiedResult | None:
        """The measured result that holds."""
        return self.results[0] if self.results else None

    @property
    def worked(self) -> Mapping[str, Any]:
        """The figures of the appraisal that holds; empty where there is none."""
        return self.appraisal.result if self.appraisal else {}

    @property
    def _steps(self) -> list[ProjectEvent]:
        steps = [one for one in self.events if one.what in (What.OPENED, What.STEP)]
        return sorted(steps, key=lambda one: one.pk)


def read_page(project: Project, standing: Standing, *, today: dt.date) -> ProjectPage:
    """Return the page of *project*; four queries, six for its own people."""
    appraisals = list(project.appraisals.select_related("by").order_by("-pk"))
    documents = tuple(
        project.documents.filter(withdrawn_at=None).select_related("by").order_by("pk")
    )
    events = tuple(project.events.select_related("by").order_by("-pk"))
    inside = standing == "owner"
    appraisal = appraisals[0] if appraisals else None
    on_file = {one.item for one in documents if one.item}
    return ProjectPage(
        project,
        standing,
        appraisal,
        len(appraisals),
        events if inside else tuple(one for one in events if one.what in _FOR_ALL),
        documents,
        tuple(project.results.select_related("by").order_by("-pk")),
        tuple(project.shares.select_related("organisation", "by").order_by("-pk"))
        if inside
        else (),
        tuple(project.looks.order_by("-at", "-pk")[:LOOKS_SHOWN]) if inside else (),
        check(project.kind, on_file, today),
        verdicts_of(project, on_file, today, appraisal),
        today,
    )


def verdicts_of(
    project: Project, on_file: set[str], on: dt.date, appraisal: SavedAppraisal | None
) -> tuple[Verdict, ...]:
    """Return how the project stands to every fund on *on*: those that fit first."""
    plan = appraisal.assumptions if appraisal else None
    found = [
        judged(project, fund, on_file, on, assumptions=plan) for fund in funds_on(load_funds(), on)
    ]
    return tuple(
        sorted(found, key=lambda one: (_ORDER[one.outcome], len(one.unmet), len(one.missing)))
    )


# Whom it is shared with concerns nobody but the enterprise.
_FOR_ALL = frozenset(What.values) - {What.SHARED, What.UNSHARED}
