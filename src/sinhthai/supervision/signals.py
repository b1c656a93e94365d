"""When facts or a certificate's standing change, what rests on them is looked at again.

Facts: every certificate of the park is compared with what it was issued on. A certificate that
ended: its alerts are closed, and the eco-enterprises of a park without one are reviewed. The
day's work does the same again, so a process killed in between loses nothing.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from sinhthai.certification.models import Certificate
from sinhthai.certification.signals import (
    YearlyReport,
    certificate_changed,
    yearly_reports_asked,
)
from sinhthai.registry.models import Park
from sinhthai.registry.signals import roster_changed
from sinhthai.reporting.actions import facts_changed
from sinhthai.supervision.actions.alerts import check_park, close_ended
from sinhthai.supervision.actions.cases import open_reviews
from sinhthai.supervision.readers.filings import yearly_reports_of


def connect() -> None:
    """Listen; connecting twice is the same as once."""
    for signal in (facts_changed, roster_changed):
        signal.connect(_look_again, dispatch_uid="supervision.check_park")
    certificate_changed.connect(_follow, dispatch_uid="supervision.follow_certificate")
    yearly_reports_asked.connect(_tell_reports, dispatch_uid="supervision.yearly_reports")


def _look_again(sender: object, *, park: Park, **_: object) -> None:
    check_park(park, at=timezone.now())


def _tell_reports(
    sender: object, *, certificate: Certificate, today: dt.date, **_: object
) -> list[YearlyReport]:
    return yearly_reports_of(certificate, today)


def _follow(sender: object, *, certificate: Certificate, **_: object) -> None:
    at = timezone.now()
    close_ended(certificate, at=at)
    if certificate.enterprise_id is None:
        open_reviews(certificate.park, at=at)
