"""What is due: a person's duties, or those of the territory they supervise, in order of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinhthai.accounts.models import Organisation
from sinhthai.certification.engine.clocks import Calendar, NoHolidays
from sinhthai.certification.models import Dossier, Duty
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.models import Province
from sinhthai.rules.procedures_loading import load_procedures

WHEN = {
    "late": _("late"),
    "soon": _("due within 5 working days"),
    "later": _("due later"),
    "none": _("without a day"),
}
# What a duty belongs to -> the first words of its kind.
_KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "dossier": ("state", "clock", "receipts"),
    "opinion": ("opinion",),
    "filing": ("filing",),
    "obligation": ("obligation",),
    "certificate": ("certificate",),
    "alert": ("alert",),
    "inspection": ("inspection",),
    "corrective": ("corrective",),
    "milestone": ("milestone",),
}
KINDS = {
    "dossier": pgettext_lazy("kind of duty", "dossier"),
    "opinion": pgettext_lazy("kind of duty", "opinion"),
    "filing": pgettext_lazy("kind of duty", "yearly form"),
    "obligation": pgettext_lazy("kind of duty", "report of the Board"),
    "certificate": pgettext_lazy("kind of duty", "re-certification"),
    "alert": pgettext_lazy("kind of duty", "alert"),
    "inspection": pgettext_lazy("kind of duty", "inspection"),
    "corrective": pgettext_lazy("kind of duty", "corrective action"),
    "milestone": pgettext_lazy("kind of duty", "milestone"),
}
_BY_WORD = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
SORTS = {
    "due": ("due_on", "id"),
    "-due": ("-due_on", "-id"),
    "since": ("since", "id"),
    "-since": ("-since", "-id"),
    "subject": ("about_name", "due_on", "id"),
    "-subject": ("-about_name", "due_on", "id"),
}
SOON = 5  # working days
_PUBLIC = [Dossier.Kind.REVOKE, Dossier.Kind.REVIEW]  # known from the first step on


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What of the desk is asked for."""

    words: str = ""
    kind: str = ""
    when: str = ""
    province: str = ""
    park: str = ""
    sort: str = "due"

    @property
    def narrows(self) -> bool:
        """True when something other than everything was asked for."""
        return bool(self.words or self.kind or self.when or self.province or self.park)


@dataclass(frozen=True, slots=True)
class Places:
    """The provinces and parks duties lie in; the parks of the province asked for."""

    provinces: tuple[tuple[str, str], ...]
    parks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A duty with how long it has.

    ``days_left``: working days after today up to its day; negative, those since, when late; None
    where it has no day, or where the days off of a year are not known (then ``problem`` says so).
    """

    duty: Duty
    kind: str
    subject: Text
    url: str  # where it is done, or where who only watches can follow it
    timeline: str  # the public page of its dossier
    days_left: int | None
    when: str  # late, soon, later, none: as they are counted
    is_today: bool
    problem: Text | None

    @property
    def title(self) -> Text:
        """What is to be done."""
        return Text(self.duty.title_vi, self.duty.title_en)

    @property
    def kind_name(self) -> Any:
        """What it belongs to, in the reader's language."""
        return KINDS.get(self.kind, "")

    @property
    def late_by(self) -> int:
        """Working days since it was due."""
        return -(self.days_left or 0)

    @property
    def is_late(self) -> bool:
        """True when its day has passed."""
        return self.when == "late"

    @property
    def waits_for(self) -> Any:
        """Who must do it: the body named, else the kind of body."""
        body = self.duty.organisation
        if body is not None:
            return Text(body.name_vi, body.name_en or body.name_vi)
        known = self.duty.holder in Organisation.Kind.values
        return Organisation.Kind(self.duty.holder).label if known else ""


def the_calendar() -> Calendar:
    """Return the calendar of working days of the rules."""
    return Calendar(load_procedures().holidays)


def end_of_soon(today: dt.date, calendar: Calendar) -> dt.date:
    """Return the last day that counts as soon; plain days where the year has no days off."""
    try:
        return calendar.add_working(today, SOON)
    except InputError:  # only where the list is cut, no deadline
        return today + dt.timedelta(days=SOON + 2)


def subject_of(duty: Duty) -> Text:
    """Return the enterprise, else the park, a duty is about."""
    about = duty.enterprise or duty.park
    return Text("", "") if about is None else Text(about.name_vi, about.name_en or about.name_vi)


def subject_beside(duty: Duty) -> Text:
    """Return what a duty is about, where its title does not say so already."""
    about = subject_of(duty)
    return Text(
        "" if about.vi in duty.title_vi else about.vi, "" if about.en in duty.title_en else about.en
    )


def find_duties(rows: QuerySet[Duty], asked: DeskFilter, *, today: dt.date) -> QuerySet[Duty]:
    """Return the duties asked for, with their park, enterprise and dossier's address."""
    rows = narrowed(rows, asked, today=today)
    public = When(Q(dossier__kind__in=_PUBLIC) | ~Q(dossier__submitted_digest=""), then=Value(True))
    rows = rows.select_related("park", "enterprise", "organisation").annotate(
        about_name=Coalesce("enterprise__name_vi", "park__name_vi"),
        dossier_code=F("dossier__public_id"),
        is_public=Case(public, default=Value(False)),
    )
    return rows.order_by(*_order(asked.sort))


def narrowed(rows: QuerySet[Duty], asked: DeskFilter, *, today: dt.date) -> QuerySet[Duty]:
    """Return the duties asked for, bare."""
    if asked.kind in _KIND_WORDS:
        of_kind = Q()
        for word in _KIND_WORDS[asked.kind]:
            of_kind |= Q(kind=word) | Q(kind__startswith=f"{word}.")
        rows = rows.filter(of_kind)
    if asked.when in WHEN:
        rows = rows.filter(_when(asked.when, today, end_of_soon(today, the_calendar())))
    if asked.province:
        rows = rows.filter(province=asked.province)
    if asked.park:
        rows = rows.filter(park__code=asked.park)
    for word in search_words(asked.words):
        rows = rows.filter(
            Q(park__search__contains=word)
            | Q(enterprise__search__contains=word)
            | Q(dossier__public_id__iexact=word)
        )
    return rows


def count_by_when(rows: QuerySet[Duty], *, today: dt.date) -> dict[str, int]:
    """Return how many duties are late, soon, later and without a day, in one query."""
    soon = end_of_soon(today, the_calendar())
    found = rows.order_by().aggregate(
        **{name: Count("pk", filter=_when(name, today, soon)) for name in WHEN}
    )
    return {name: int(found[name]) for name in WHEN}


def places_of(rows: QuerySet[Duty], province: str = "") -> Places:
    """Return where *rows* lie: every province, and the parks of *province* (of all, where one)."""
    found = set(
        rows.exclude(park=None)
        .order_by()
        .values_list("province", "park__code", "park__name_vi")
        .distinct()
    )
    codes = sorted({code for code, _park, _name in found})
    names = dict(
        Province.objects.filter(code__in=codes, valid_until=None).values_list("code", "name")
    )
    provinces = sorted(((code, names.get(code, code)) for code in codes), key=lambda one: one[1])
    chosen = province or (codes[0] if len(codes) == 1 else "")
    parks = {(code, name) for where, code, name in found if where == chosen}
    return Places(tuple(provinces), tuple(sorted(parks, key=lambda one: one[1])))


def desk_rows(duties: Iterable[Duty], *, today: dt.date, watching: bool = False) -> list[DeskRow]:
    """Return duties with the working days they have left; *watching*: they are others' to do.

    A year without days off in the rules gives no number, and says so: no guess.
    """
    calendar = the_calendar()
    known: dict[dt.date, tuple[int | None, Text | None]] = {}
    unknown, soon = _unknown_years(today), end_of_soon(today, calendar)
    rows = []
    for duty in duties:
        left, problem = None, unknown.get(duty.due_problem)
        if duty.due_on is not None:
            if duty.due_on not in known:
                known[duty.due_on] = _days_left(duty.due_on, today, calendar)
            left, problem = known[duty.due_on]
        elif duty.due_problem and problem is None:
            problem = Text(duty.due_problem, duty.due_problem)
        dossier = getattr(duty, "dossier_code", "") or ""
        is_public = dossier and getattr(duty, "is_public", False)
        rows.append(
            DeskRow(
                duty=duty,
                kind=_BY_WORD.get(duty.kind.partition(".")[0], ""),
                subject=subject_of(duty),
                url=reverse("dossier", args=[dossier]) if dossier and watching else duty.url,
                timeline=reverse("timeline", args=[dossier]) if is_public else "",
                days_left=left,
                when=_stage(duty.due_on, today, soon),
                is_today=duty.due_on == today,
                problem=problem,
            )
        )
    return rows


def _days_left(
    due_on: dt.date, today: dt.date, calendar: Calendar
) -> tuple[int | None, Text | None]:
    try:
        return calendar.working_days_between(today, due_on), None
    except InputError as error:
        return None, error.problems[0].message


def _unknown_years(today: dt.date) -> dict[str, Text]:
    """Return both languages of what a duty keeps in one: that the days off are not known."""
    said = (NoHolidays(y).problems[0].message for y in range(today.year - 5, today.year + 6))
    return {text.vi: text for text in said}


def _stage(due_on: dt.date | None, today: dt.date, soon: dt.date) -> str:
    if due_on is None:
        return "none"
    if due_on < today:
        return "late"
    return "soon" if due_on <= soon else "later"


def _when(when: str, today: dt.date, soon: dt.date) -> Q:
    return {
        "late": Q(due_on__lt=today),
        "soon": Q(due_on__gte=today, due_on__lte=soon),
        "later": Q(due_on__gt=soon),
        "none": Q(due_on=None),
    }[when]


def _order(sort: str) -> list[OrderBy]:
    names = SORTS.get(sort, SORTS["due"])
    return [
        F(name.lstrip("-")).desc(nulls_last=True)
        if name.startswith("-")
        else F(name).asc(nulls_last=True)
        for name in names
    ]
