"""The dossiers a person may see, as rows: searched, narrowed, sorted, with the next day due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from sinhthai.certification.models import Certificate, Dossier, Duty
from sinhthai.certification.policy import dossiers_visible, duties_visible
from sinhthai.certification.wording import dossier_title, park_name, state_of, subject_name
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.policy import Person
from sinhthai.rules.procedures import State

SORTS: Mapping[str, tuple[str, ...]] = {
    "changed": ("changed_at", "id"),
    "accepted": ("accepted_at", "id"),
    "created": ("created_at", "id"),
    "subject": ("park__name_vi", "enterprise__name_vi", "id"),
    "state": ("state", "id"),
    "due": ("next_due", "id"),
}
# A duty of one consulted body is that body's business: what it must do stands in its own room.
_OF_ONE_BODY = Q(kind__startswith="opinion")


@dataclass(frozen=True, slots=True)
class DossierFilter:
    """What a person asked of the list; empty fields ask nothing."""

    words: str = ""
    kind: str = ""
    subject: str = ""  # park, enterprise
    state: str = ""
    standing: str = ""  # open, closed
    late: bool = False
    mine: bool = False  # something waits for me
    sort: str = "changed"
    descending: bool = True

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        asked = (self.words, self.kind, self.subject, self.state, self.standing)
        return any(asked) or self.late or self.mine


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A dossier as a line of the list. ``due_on`` None: no day is set for what comes next."""

    dossier: Dossier
    subject: Text
    park: Text
    title: Text
    state: State
    duty: Text
    due_on: dt.date | None
    due_problem: str
    today: dt.date

    @property
    def days_late(self) -> int:
        """Calendar days past the day due; 0 while there is time."""
        return max((self.today - self.due_on).days, 0) if self.due_on else 0

    @property
    def invented(self) -> bool:
        """Whether it is about a park or an enterprise made up for the demonstration (H11)."""
        enterprise = self.dossier.enterprise
        return self.dossier.park.invented or bool(enterprise and enterprise.invented)


def read_dossiers(user: Person, asked: DossierFilter, *, today: dt.date) -> QuerySet[Dossier]:
    """Return the dossiers *user* may see that fit *asked*, sorted; rows: `dossier_rows`."""
    found = dossiers_visible(user)
    open_duties = Duty.objects.filter(closed_at=None, dossier=OuterRef("pk"))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.subject:
        found = found.filter(enterprise__isnull=asked.subject == "park")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.standing:
        found = found.filter(is_open=asked.standing == "open")
    if asked.late:
        found = found.filter(Exists(open_duties.exclude(_OF_ONE_BODY).filter(due_on__lt=today)))
    if asked.mine:
        waiting = duties_visible(user).filter(closed_at=None, dossier__isnull=False)
        found = found.filter(pk__in=waiting.order_by().values("dossier"))
    if asked.words:
        found = _with_words(found, asked.words)
    if asked.sort == "due":
        earliest = open_duties.exclude(_OF_ONE_BODY).order_by().values("dossier")
        first = earliest.annotate(day=Min("due_on")).values("day")
        found = found.annotate(next_due=Subquery(first))
    order = [
        F(name).desc(nulls_last=True) if asked.descending else F(name).asc(nulls_last=True)
        for name in SORTS[asked.sort]
    ]
    return found.select_related("park", "enterprise").defer("contents", "options").order_by(*order)


def dossier_rows(dossiers: Iterable[Dossier], *, today: dt.date) -> list[DossierRow]:
    """Return *dossiers* with what each waits for and by when; one query for all of them."""
    shown = list(dossiers)
    due: dict[int, Duty] = {}
    waiting = Duty.objects.filter(closed_at=None, dossier__in=[one.pk for one in shown])
    for duty in waiting.exclude(_OF_ONE_BODY).order_by(F("due_on").asc(nulls_last=True), "id"):
        if duty.dossier_id is not None:
            due.setdefault(duty.dossier_id, duty)
    return [_row(dossier, due.get(dossier.pk), today) for dossier in shown]


def _row(dossier: Dossier, duty: Duty | None, today: dt.date) -> DossierRow:
    state = state_of(dossier)
    return DossierRow(
        dossier=dossier,
        subject=subject_name(dossier),
        park=park_name(dossier.park),
        title=dossier_title(dossier),
        state=state,
        duty=Text(duty.title_vi, duty.title_en) if duty else state.duty,
        due_on=duty.due_on if duty else None,
        due_problem=duty.due_problem if duty else "",
        today=today,
    )


def _with_words(found: QuerySet[Dossier], words: str) -> QuerySet[Dossier]:
    """Keep what names a park, an enterprise, a dossier or a certificate by all the *words*."""
    numbered = Certificate.objects.filter(number__iexact=words).order_by().values("dossier")
    named = Q(public_id__iexact=words) | Q(pk__in=numbered)
    by_name = Q()
    for word in search_words(words):
        by_name &= Q(park__search__contains=word) | Q(enterprise__search__contains=word)
    return found.filter(named | by_name if by_name else named)
