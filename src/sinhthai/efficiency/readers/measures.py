"""One measure of an audit: its catalogue entry, its sizings, judgements, plan, results, history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from sinhthai.efficiency.actions.steps import SIDE_NAMES
from sinhthai.efficiency.engine.catalogue import find_measure, load_whole_catalogue
from sinhthai.efficiency.engine.model import Measure
from sinhthai.efficiency.engine.progress import STEPS, Step, steps_from
from sinhthai.efficiency.models import (
    Audit,
    AuditEvidence,
    AuditMeasure,
    Judgement,
    MeasureEvent,
    Plan,
    Result,
    Sizing,
)
from sinhthai.efficiency.readers.baseline import standing_entries
from sinhthai.efficiency.readers.suggestions import metered, sources_of
from sinhthai.efficiency.sizing import Calculator, calculator_of
from sinhthai.foundation.text import Text

_LAST_PLAN = Plan.objects.filter(measure=OuterRef("pk")).order_by("-pk")


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that may follow, and what it asks for."""

    to: str
    step: Step


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """Everything the page of a measure shows."""

    audit: Audit
    row: AuditMeasure
    measure: Measure
    needs: list[Text]
    sources: list[str]
    carrier: str
    quantity: float | None
    calculator: Calculator | None
    sizings: list[Sizing]
    judgements: list[Judgement]
    responsible: str | None
    due_on: dt.date | None
    results: list[Result]
    evidence: list[AuditEvidence]
    events: list[MeasureEvent]
    steps: list[NextStep]
    sharing: list[Text]
    """Other measures of the same class on the same use: they leave less to save."""

    @property
    def sizing(self) -> Sizing | None:
        """The sizing that holds."""
        return self.sizings[-1] if self.sizings else None

    @property
    def payback_years(self) -> float | None:
        """Investment over the money of a year; None where either is not known or zero."""
        last = self.sizing
        if last is None or last.investment_vnd is None or not last.value_vnd:
            return None
        return last.investment_vnd / last.value_vnd

    @property
    def sides(self) -> list[tuple[str, Text, Judgement | None]]:
        """Every side of feasibility with the judgement that holds."""
        last = {one.side: one for one in self.judgements}
        return [(side, name, last.get(side)) for side, name in SIDE_NAMES.items()]

    @property
    def last_event(self) -> int:
        """The event the person has before them."""
        return self.events[-1].pk


def find_row(audit: Audit, pk: int) -> AuditMeasure | None:
    """Return a measure of *audit* with its last plan and the others of the audit beside it."""
    rows = list(
        AuditMeasure.objects.filter(audit=audit)
        .annotate(
            responsible=Subquery(_LAST_PLAN.values("responsible")[:1]),
            due_on=Subquery(_LAST_PLAN.values("due_on")[:1]),
        )
        .order_by("pk")
    )
    found = next((row for row in rows if row.pk == pk), None)
    if found is not None:
        found.audit = audit
        found.others = [row for row in rows if row.pk != pk]  # type: ignore[attr-defined]
    return found


def read_measure(audit: Audit, row: AuditMeasure) -> MeasurePage:
    """Return the page of a measure of *audit*, as ``find_row`` gave it."""
    found = find_measure(row.measure)
    catalogue = load_whole_catalogue()
    carrier, quantity = metered(found, standing_entries(audit))
    same_use = {one.id: one.name for one in catalogue.measures if one.use == found.use}
    beside = [
        other.measure
        for other in row.others  # type: ignore[attr-defined]
        if other.measure in same_use and other.status != AuditMeasure.Status.REJECTED
    ]
    return MeasurePage(
        audit=audit,
        row=row,
        measure=found,
        needs=[catalogue.needs[one] for one in found.needs],
        sources=sources_of(found.saving),
        carrier=carrier,
        quantity=quantity,
        calculator=calculator_of(found),
        sizings=_told(row.sizings),
        judgements=_told(row.judgements),
        responsible=row.responsible,  # type: ignore[attr-defined]
        due_on=row.due_on,  # type: ignore[attr-defined]
        results=_told(row.results),
        evidence=list(row.evidence.select_related("by", "withdrawn_by").order_by("pk")),
        events=_told(row.events),
        steps=[NextStep(to, STEPS[row.status, to]) for to in steps_from(row.status)],  # type: ignore[index,arg-type]
        sharing=[same_use[id] for id in beside],
    )


def _told(rows: Any) -> list[Any]:
    made: Iterable[Any] = rows.select_related("by").order_by("pk")
    return list(made)
