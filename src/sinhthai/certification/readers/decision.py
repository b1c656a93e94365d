"""What stands between a dossier and its certificate: obstacles, each with what lifted it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.certification.guards import MET, Standing
from sinhthai.certification.models import Override
from sinhthai.certification.readers.evaluation import Evaluation, Row
from sinhthai.foundation.text import Text

OBSTACLE_NAMES: dict[str, Text] = {
    Override.Obstacle.UNVERIFIED: Text(
        "quy định chưa được đối chiếu với văn bản gốc",
        "the rule was not verified in the document",
    ),
    Override.Obstacle.NOT_MET: Text(
        "tiêu chí chưa được chứng minh là đạt", "the criterion is not shown to be met"
    ),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One criterion in the way, and the legal override that lifts it, if there is one."""

    row: Row
    kind: str
    override: Override | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.row.leaf.id}:{self.kind}"

    @property
    def words(self) -> Text:
        return OBSTACLE_NAMES[self.kind]


def read_obstacles(evaluation: Evaluation | None) -> list[Obstacle]:
    """Return what is in the way, criterion by criterion; those lifted too."""
    if evaluation is None:
        return []
    found = []
    for row in evaluation.rows:
        refused = bool(row.judgement and not row.open and not row.judgement.met)
        if refused or row.criterion.status not in MET:
            found.append(_obstacle(row, Override.Obstacle.NOT_MET))
        if not row.leaf.verified:
            found.append(_obstacle(row, Override.Obstacle.UNVERIFIED))
    return found


def standings_of(evaluation: Evaluation | None) -> list[Standing] | None:
    """Return the criteria as the guards look at them, so that they need not read them again."""
    if evaluation is None:
        return None
    return [
        Standing(
            leaf=row.leaf.id,
            status=row.criterion.status,
            verified=row.leaf.verified,
            judged=None if row.open or row.judgement is None else row.judgement.met,
            overridden=frozenset(override.obstacle for override in row.overrides),
        )
        for row in evaluation.rows
    ]


def open_obstacles(obstacles: Sequence[Obstacle]) -> list[Obstacle]:
    """Return those nothing lifts."""
    return [obstacle for obstacle in obstacles if obstacle.override is None]


def _obstacle(row: Row, kind: str) -> Obstacle:
    lifting = [override for override in row.overrides if override.obstacle == kind]
    return Obstacle(row, kind, lifting[-1] if lifting else None)
