"""Measures of audits a project can grow from."""

from __future__ import annotations

import dataclasses

from django.db.models import Q

from sinhthai.efficiency.engine.catalogue import find_measure
from sinhthai.efficiency.models import AuditMeasure
from sinhthai.finance.engine.assumptions import Assumptions
from sinhthai.finance.models import Project
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise

MOST = 100


def measures_open(enterprise: Enterprise, language: str) -> list[tuple[int, str]]:
    """Return the measures of the enterprise's audits that are no project yet, with their names."""
    taken = Project.objects.filter(
        enterprise=enterprise, origin=Project.Origin.MEASURE
    ).values_list("origin_key", flat=True)
    rows = (
        AuditMeasure.objects.filter(audit__enterprise=enterprise)
        .exclude(status=AuditMeasure.Status.REJECTED)
        .exclude(pk__in=[int(key) for key in taken])
        .order_by("-investment_vnd", "pk")[:MOST]
    )
    return [(row.pk, name_of(row).get(language)) for row in rows]


def measure_of(enterprise: Enterprise, written: str) -> AuditMeasure | None:
    """Return the measure of that number, of the enterprise's own audits only."""
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        return None
    mine = Q(audit__enterprise=enterprise, pk=int(written))
    return AuditMeasure.objects.filter(mine).select_related("audit").first()


def name_of(measure: AuditMeasure) -> Text:
    """Return what the catalogue calls a measure."""
    return find_measure(measure.measure).name


def stated_by(measure: AuditMeasure, language: str) -> dict[str, str]:
    """Return what the form of a new project starts from."""
    invested = measure.investment_vnd
    return {
        "title": name_of(measure).get(language),
        "investment_vnd": "" if invested is None else f"{invested:.0f}",
    }


def started(project: Project, given: Assumptions) -> Assumptions:
    """Return *given* with the savings of the measure the project grew from."""
    if project.origin != Project.Origin.MEASURE:
        return given
    measure = measure_of(project.enterprise, project.origin_key)
    if measure is None:
        return given
    return dataclasses.replace(
        given,
        electricity_mwh=measure.electricity_mwh or 0.0,
        water_m3=measure.water_m3 or 0.0,
        co2e=measure.co2e_t,
    )
