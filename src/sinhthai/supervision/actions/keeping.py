"""The day's part of keeping certificates true: what a listener that was killed left undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sinhthai.certification.models import Certificate
from sinhthai.registry.models import Park
from sinhthai.supervision.actions.alerts import check_certificates, close_ended
from sinhthai.supervision.actions.cases import open_reviews
from sinhthai.supervision.models import Alert
from sinhthai.supervision.readers.standing import HELD, held


@dataclass(frozen=True, slots=True)
class Kept:
    """What was made good."""

    certificates: int
    opened: int
    closed: int
    reviews: int


def keep_true(*, at: dt.datetime, today: dt.date | None = None) -> Kept:
    """Compare every certificate that holds with the facts, and open the reviews that are missing.

    All certificates of the same criteria are assessed in one query of the engine. Doing it twice
    changes nothing. *today* is the legal day they must hold on, that of *at* unless named.
    """
    checked = check_certificates(held(), at=at, today=today)
    ended = 0
    for one in _ended_with_alerts():
        ended += close_ended(one, at=at)
    without = (
        Park.objects.filter(certificates__enterprise=None)
        .exclude(pk__in=held().filter(enterprise=None).values("park"))
        .filter(pk__in=held().exclude(enterprise=None).values("park"))
        .distinct()
    )
    reviews = sum(len(open_reviews(park, at=at)) for park in without)
    return Kept(checked.certificates, checked.opened, checked.closed + ended, reviews)


def _ended_with_alerts() -> list[Certificate]:
    open_now = Alert.objects.filter(closed_at=None).values("certificate")
    return list(Certificate.objects.filter(pk__in=open_now).exclude(state__in=HELD))
