"""Audits as their pages show them: the list of an enterprise, one audit with its tasks by phase."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sinhthai.efficiency.engine.catalogue import load_catalogue
from sinhthai.efficiency.engine.model import Measure
from sinhthai.efficiency.models import (
    Audit,
    AuditEvidence,
    AuditMeasure,
    BaselineEntry,
    PhaseChange,
    Proposal,
    WalkAnswer,
)
from sinhthai.efficiency.readers.baseline import Key, standing_entries
from sinhthai.efficiency.readers.sums import Totals, totals_of
from sinhthai.efficiency.readers.walk import Area, areas_of, standing_answers
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure of an audit beside its entry in the catalogue."""

    row: AuditMeasure
    measure: Measure


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do in a phase, whether it is done, and where."""

    phase: int
    name: Text
    done: bool
    page: str
    """Name of the address; the area of a walk stands in ``area``."""
    area: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Everything the page of an audit shows."""

    audit: Audit
    entries: dict[Key, BaselineEntry]
    areas: list[Area]
    measures: list[MeasureRow]
    totals: Totals
    evidence: list[AuditEvidence]
    phases: list[PhaseChange]
    proposals: list[Proposal]
    duties: list[Duty]


def listed(audits: QuerySet[Audit]) -> QuerySet[Audit]:
    """Return *audits* with how many measures each has, how many of them verified; newest first."""
    return (
        audits.select_related("enterprise__park", "created_by")
        .annotate(
            chosen=Count("measures", filter=~Q(measures__status="rejected")),
            verified=Count("measures", filter=Q(measures__status="verified")),
        )
        .order_by("-year", "enterprise__name_vi")
    )


def read_audit(audit: Audit) -> AuditPage:
    """Return the page of *audit*."""
    entries = standing_entries(audit)
    answers = standing_answers(audit)
    areas = areas_of(audit, answers)
    measures = measure_rows(audit)
    evidence = list(
        AuditEvidence.objects.filter(audit=audit)
        .select_related("by", "withdrawn_by")
        .order_by("-pk")
    )
    proposals = list(
        Proposal.objects.filter(audit=audit).select_related("by", "answered_by").order_by("-pk")
    )
    return AuditPage(
        audit=audit,
        entries=entries,
        areas=areas,
        measures=measures,
        totals=totals_of(AuditMeasure.objects.filter(audit=audit)),
        evidence=evidence,
        phases=list(audit.phases.select_related("by").order_by("-pk")),
        proposals=proposals,
        duties=_duties(audit, entries, areas, answers, measures, proposals),
    )


def measure_rows(audit: Audit) -> list[MeasureRow]:
    """Return the measures of an audit, in the order of the catalogue."""
    catalogue = {one.id: one for one in load_catalogue()}
    rows = [
        MeasureRow(row, catalogue[row.measure]) for row in AuditMeasure.objects.filter(audit=audit)
    ]
    return sorted(rows, key=lambda each: each.measure.number)


def _duties(
    audit: Audit,
    entries: dict[Key, BaselineEntry],
    areas: list[Area],
    answers: dict[str, WalkAnswer],
    measures: list[MeasureRow],
    proposals: list[Proposal],
) -> list[Duty]:
    open_rows = [one.row for one in measures if one.row.status != "rejected"]
    sized = [row for row in open_rows if row.counted or row.value_vnd is not None]
    planned = [row for row in open_rows if row.status != "identified"]
    running = [row for row in open_rows if row.status in ("implemented", "verified")]
    verified = [row for row in open_rows if row.status == "verified"]
    wholes = [key for key, row in entries.items() if key[1] == "" and row.quantity is not None]
    uses = [key for key, row in entries.items() if key[1] and row.quantity is not None]
    walked = sum(area.answered for area in areas)
    points = sum(area.points for area in areas)
    return [
        Duty(1, Text("Mục tiêu của kiểm toán", "Aim of the audit"), bool(audit.aim), "audit"),
        Duty(
            2,
            Text("Đường cơ sở: tổng của cơ sở", "Baseline: the whole of the site"),
            bool(wholes),
            "efficiency_baseline",
            said=str(len(wholes)),
        ),
        Duty(
            2,
            Text("Khảo sát theo tiện ích", "Walk-through by utility"),
            bool(points) and walked == points,
            "walk",
            said=f"{walked}/{points}",
        ),
        Duty(
            3,
            Text("Đường cơ sở: theo mục sử dụng", "Baseline: by use"),
            bool(uses),
            "efficiency_baseline",
            said=str(len(uses)),
        ),
        Duty(
            3,
            Text("Chọn giải pháp", "Choose measures"),
            bool(open_rows),
            "efficiency_measures",
            said=str(len(open_rows)),
        ),
        Duty(
            4,
            Text("Tính mức tiết kiệm, đánh giá khả thi", "Size and judge the measures"),
            bool(open_rows) and len(sized) == len(open_rows),
            "efficiency_measures",
            said=f"{len(sized)}/{len(open_rows)}",
        ),
        Duty(
            5,
            Text("Lập kế hoạch", "Plan"),
            bool(open_rows) and len(planned) == len(open_rows),
            "efficiency_measures",
            said=f"{len(planned)}/{len(open_rows)}",
        ),
        Duty(
            5,
            Text("Thực hiện", "Implement"),
            bool(planned) and len(running) == len(planned),
            "efficiency_measures",
            said=f"{len(running)}/{len(planned)}",
        ),
        Duty(
            5,
            Text("Xác minh kết quả", "Verify the results"),
            bool(running) and len(verified) == len(running),
            "efficiency_measures",
            said=f"{len(verified)}/{len(running)}",
        ),
        Duty(
            5,
            Text("Đưa kết quả vào báo cáo", "Hand the results to the report"),
            any(one.accepted for one in proposals),
            "efficiency_report",
        ),
    ]
