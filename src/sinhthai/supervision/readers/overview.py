"""All certificates of a territory with what is open about each: the Board's overview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sinhthai.certification.models import Certificate, Duty
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.policy import Person
from sinhthai.supervision.actions.suspension import STATE_NAMES
from sinhthai.supervision.models import Alert, CorrectiveAction
from sinhthai.supervision.policy_keeping import certificates_supervised
from sinhthai.supervision.readers.standing import HELD

EXPIRING = dt.timedelta(days=180)
SORTS: Mapping[str, str] = {
    "name": "name",
    "number": "number",
    "state": "state",
    "alerts": "alerts_open",
    "late": "actions_late",
    "filing": "filing_due",
    "ends": "valid_until",
}
SUBJECTS = ("park", "enterprise")
SHOWS: Mapping[str, Text] = {
    "amber": Text("có tiêu chí không còn đạt", "with a criterion lost"),
    "late": Text("có khắc phục quá hạn", "with late corrective actions"),
    "filing": Text("có báo cáo quá hạn", "with a late filing"),
    "ending": Text("hết hạn trong 6 tháng", "ending within 6 months"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    words: str = ""
    state: str = ""
    subject: str = ""
    show: str = ""
    sort: str = "alerts"
    descending: bool = True

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.state or self.subject or self.show)


@dataclass(frozen=True, slots=True)
class Figures:
    """The territory at a glance."""

    held: int
    amber: int
    late: int
    filings: int
    ending: int


def find_certificates(user: Person, asked: Asked, *, today: dt.date) -> QuerySet[Any]:
    """Return the certificates of *user*'s territory that fit, each with what is open about it."""
    rows: QuerySet[Any] = _with_open(certificates_supervised(user), today)
    for word in search_words(asked.words):
        rows = rows.filter(
            Q(park__search__contains=word)
            | Q(enterprise__search__contains=word)
            | Q(number__icontains=word)
        )
    if asked.state in STATE_NAMES:
        rows = rows.filter(state=asked.state)
    if asked.subject in SUBJECTS:
        rows = rows.filter(enterprise__isnull=asked.subject == "park")
    match asked.show:
        case "amber":
            rows = rows.filter(alerts_open__gt=0)
        case "late":
            rows = rows.filter(actions_late__gt=0)
        case "filing":
            rows = rows.filter(filing_due__lt=today)
        case "ending":
            rows = rows.filter(state__in=HELD, valid_until__lte=today + EXPIRING)
    key = F(SORTS.get(asked.sort, "alerts_open"))
    first = key.desc(nulls_last=True) if asked.descending else key.asc(nulls_last=True)
    return (
        rows.select_related("park__province_now", "enterprise")
        .defer("credential", "park__search", "enterprise__search")
        .order_by(first, "name", "id")
    )


def figures(user: Person, *, today: dt.date) -> Figures:
    """Count the territory's certificates; one query."""
    rows = _with_open(certificates_supervised(user), today).filter(state__in=HELD)
    found: dict[str, Any] = rows.aggregate(
        held=Count("pk"),
        amber=Count("pk", filter=Q(alerts_open__gt=0)),
        late=Count("pk", filter=Q(actions_late__gt=0)),
        filings=Count("pk", filter=Q(filing_due__lt=today)),
        ending=Count("pk", filter=Q(valid_until__lte=today + EXPIRING)),
    )
    return Figures(**found)


def _with_open(rows: QuerySet[Certificate], today: dt.date) -> QuerySet[Any]:
    alerts = (
        Alert.objects.filter(certificate=OuterRef("pk"), closed_at=None)
        .order_by()
        .values("certificate")
        .annotate(n=Count("pk"))
        .values("n")
    )
    late = (
        CorrectiveAction.objects.filter(
            observation__inspection__certificate=OuterRef("pk"),
            state__in=(CorrectiveAction.State.OPEN, CorrectiveAction.State.REJECTED),
            due_on__lt=today,
        )
        .order_by()
        .values("observation__inspection__certificate")
        .annotate(n=Count("pk"))
        .values("n")
    )
    filing = (
        Duty.objects.filter(certificate=OuterRef("pk"), kind__startswith="filing.", closed_at=None)
        .order_by()
        .values("certificate")
        .annotate(day=Min("due_on"))
        .values("day")
    )
    return rows.annotate(
        name=Coalesce("enterprise__name_vi", "park__name_vi"),
        alerts_open=Coalesce(Subquery(alerts, output_field=IntegerField()), 0),
        actions_late=Coalesce(Subquery(late, output_field=IntegerField()), 0),
        filing_due=Subquery(filing),
    )
