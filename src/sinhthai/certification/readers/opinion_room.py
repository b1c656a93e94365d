"""The room of a body that is asked for its opinion: what was sent to it, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from sinhthai.certification.models import Opinion
from sinhthai.certification.policy import organisations_of
from sinhthai.certification.wording import (
    dossier_title,
    organisation_name,
    park_name,
    subject_name,
)
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.policy import Person

STANDINGS = ("waiting", "late", "answered")


@dataclass(frozen=True, slots=True)
class OpinionFilter:
    """What a person asked of the list of opinions."""

    words: str = ""
    standing: str = ""
    sort: str = "due"
    descending: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.standing)


SORTS = {
    "due": ("due_on", "id"),
    "sent": ("sent_at", "id"),
    "answered": ("answered_at", "id"),
    "subject": ("dossier__park__name_vi", "dossier__enterprise__name_vi", "id"),
}


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A dossier as sent to one body."""

    opinion: Opinion
    title: Text
    subject: Text
    park: Text
    body: Text
    today: dt.date

    @property
    def days_late(self) -> int:
        """Calendar days past the day due; 0 once answered, or while there is time."""
        if self.opinion.answered_at or self.opinion.due_on is None:
            return 0
        return max((self.today - self.opinion.due_on).days, 0)

    @property
    def invented(self) -> bool:
        dossier = self.opinion.dossier
        enterprise = dossier.enterprise
        return dossier.park.invented or bool(enterprise and enterprise.invented)


def read_opinions(user: Person, asked: OpinionFilter, *, today: dt.date) -> QuerySet[Opinion]:
    """Return what was sent to the bodies *user* belongs to, sorted."""
    mine = [organisation.pk for organisation, _role in organisations_of(user)]
    found = Opinion.objects.filter(organisation__in=mine)
    if asked.standing == "waiting":
        found = found.filter(answered_at=None, dossier__is_open=True)
    elif asked.standing == "late":
        found = found.filter(answered_at=None, dossier__is_open=True, due_on__lt=today)
    elif asked.standing == "answered":
        found = found.filter(answered_at__isnull=False)
    for word in search_words(asked.words):
        found = found.filter(
            Q(dossier__park__search__contains=word)
            | Q(dossier__enterprise__search__contains=word)
            | Q(dossier__public_id__iexact=word)
        )
    order = [
        F(name).desc(nulls_last=True) if asked.descending else F(name).asc(nulls_last=True)
        for name in SORTS[asked.sort]
    ]
    related = found.select_related("organisation", "dossier__park", "dossier__enterprise")
    return related.defer("dossier__contents", "positions", "text").order_by(*order)


def opinion_rows(opinions: Iterable[Opinion], *, today: dt.date) -> list[OpinionRow]:
    """Return *opinions* as lines of the list."""
    return [
        OpinionRow(
            opinion,
            dossier_title(opinion.dossier),
            subject_name(opinion.dossier),
            park_name(opinion.dossier.park),
            organisation_name(opinion.organisation),
            today,
        )
        for opinion in opinions
    ]
