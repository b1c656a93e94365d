"""What a ground or a suspension may rest on: an alert or an inspection of that certificate."""

from __future__ import annotations

from sinhthai.certification.models import Certificate
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.models import Alert, Inspection


def check_evidence(
    certificate: Certificate,
    alert: Alert | None,
    inspection: Inspection | None,
    *,
    needed: bool,
) -> None:
    """Refuse evidence about somebody else, an inspection that found nothing, or none at all."""
    if needed and alert is None and inspection is None:
        raise refuse("evidence-missing")
    if alert is not None and alert.certificate_id != certificate.pk:
        raise refuse("other-certificate")
    if inspection is not None:
        whose = (inspection.park_id, inspection.enterprise_id)
        if whose != (certificate.park_id, certificate.enterprise_id):
            raise refuse("other-certificate")
        if not inspection.observations.exists():
            raise refuse("no-observation")
