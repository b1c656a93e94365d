"""What the slices above may listen to, and what they are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.dispatch import Signal

from sinhthai.certification.models import Certificate
from sinhthai.foundation.text import Text

# Sent with ``certificate`` after the commit of whatever issued it or changed its standing.
certificate_changed = Signal()
# Sent with ``certificate`` and ``today``; a listener answers with ``YearlyReport``s.
yearly_reports_asked = Signal()


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """A yearly report the holder owed, and how it stands. ``sent_on`` None: never sent."""

    year: int
    form: str
    standing: Text
    sent_on: dt.date | None


def announce(certificate: Certificate) -> None:
    """Send ``certificate_changed`` once the running transaction is committed, else never.

    The change stands by then: a listener that fails is logged, and fails nobody's request.
    """
    transaction.on_commit(
        lambda: certificate_changed.send(sender=Certificate, certificate=certificate), robust=True
    )


def yearly_reports(certificate: Certificate, today: dt.date) -> Sequence[YearlyReport]:
    """Return the yearly reports owed under *certificate* by *today*, oldest first (43, 45.3)."""
    answers = yearly_reports_asked.send(sender=Certificate, certificate=certificate, today=today)
    told = cast("list[tuple[object, list[YearlyReport]]]", answers)
    found = [row for _listener, rows in told for row in rows]
    return sorted(found, key=lambda row: (row.year, row.form))
