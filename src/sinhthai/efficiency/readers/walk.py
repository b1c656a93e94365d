"""The check lists of a walk-through: the catalogue's measures of an area that fit the sector."""

from __future__ import annotations

from dataclasses import dataclass

from sinhthai.efficiency.engine.catalogue import AREAS, load_catalogue, suits
from sinhthai.efficiency.engine.model import Measure
from sinhthai.efficiency.models import Audit, WalkAnswer


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a check list, with what was last said of it."""

    measure: Measure
    answer: WalkAnswer | None


@dataclass(frozen=True, slots=True)
class Area:
    """How far the walk through an area is: points answered of points there are."""

    code: str
    answered: int
    points: int
    possible: int

    @property
    def is_done(self) -> bool:
        """Every point has an answer."""
        return self.answered == self.points


def standing_answers(audit: Audit, area: str = "") -> dict[str, WalkAnswer]:
    """Return the last answer of each point (the note of an area under its own empty point)."""
    rows = WalkAnswer.objects.filter(audit=audit).select_related("by").order_by("pk")
    if area:
        return {row.point: row for row in rows.filter(area=area)}
    return {row.point: row for row in rows if row.point}


def points_of(audit: Audit, area: str) -> list[Measure]:
    """Return the measures a check list of *area* asks about in this enterprise."""
    sector = audit.enterprise.vsic
    return [
        one
        for one in load_catalogue()
        # An enterprise without a sector is asked about every sector's measures.
        if one.area == area and (not sector or suits(one, sector))
    ]


def check_list(audit: Audit, area: str) -> list[Point]:
    """Return the points of *area* with their answers."""
    answers = standing_answers(audit, area)
    return [Point(one, answers.get(one.id)) for one in points_of(audit, area)]


def areas_of(audit: Audit, answers: dict[str, WalkAnswer]) -> list[Area]:
    """Return the areas that have points for this enterprise, and how far each is."""
    found = []
    for code in AREAS:
        points = points_of(audit, code)
        said = [answers[one.id].answer for one in points if one.id in answers]
        said = [answer for answer in said if answer]
        if points:
            found.append(Area(code, len(said), len(points), said.count("possible")))
    return found
