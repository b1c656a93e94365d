"""What a ground or a suspension may rest on: an alert or an inspection of that certificate."""

from __future__ import annotations

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.supervision.actions.alerts import leaf_of
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


def evidence_words(alert: Alert | None, inspection: Inspection | None) -> Text:
    """Return what a decision rests on, in words; empty for nothing."""
    said = []
    if alert is not None:
        leaf = leaf_of(alert.certificate, alert.leaf)
        day = legal_day(alert.opened_at)
        said.append(
            Text("cảnh báo {vi} về tiêu chí {c}", "alert of {en} on criterion {c}").format(
                vi=format_date(day, "vi"),
                en=format_date(day, "en"),
                c=leaf.clause if leaf else alert.leaf,
            )
        )
    if inspection is not None:
        day = inspection.held_on or inspection.planned_on
        said.append(
            Text("cuộc kiểm tra ngày {vi}", "inspection of {en}").format(
                vi=format_date(day, "vi"), en=format_date(day, "en")
            )
        )
    return Text("; ".join(one.vi for one in said), "; ".join(one.en for one in said))
