"""What a decision about a certificate may rest on: its alerts, and visits that found something."""

from __future__ import annotations

from sinhthai.certification.models import Certificate
from sinhthai.supervision.actions.alerts import leaf_of
from sinhthai.supervision.models import Alert, Inspection


def alerts_of(certificate: Certificate) -> list[tuple[Alert, str]]:
    """Return the open alerts, each with the clause of its criterion."""
    rows = certificate.alerts.filter(closed_at=None).order_by("-id")
    return [
        (row, leaf.clause if (leaf := leaf_of(certificate, row.leaf)) else row.leaf) for row in rows
    ]


def visits_of(certificate: Certificate) -> list[Inspection]:
    """Return the inspections that wrote an observation, newest first."""
    rows = Inspection.objects.filter(
        park=certificate.park,
        enterprise=certificate.enterprise,
        observations__isnull=False,
    )
    return list(rows.distinct().order_by("-planned_on", "-id"))
