"""What is due: a person's duties, or those of the territory they supervise, in order of the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sinhthai.certification.engine.clocks import Calendar
from sinhthai.certification.models import Duty
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text, fold
from sinhthai.rules.procedures_loading import load_procedures

WHEN = {
    "late": _("late"),
    "soon": _("due within 5 working days"),
    "later": _("later"),
    "none": _("without a day"),
}
# What a duty belongs to, by the first word of its kind.
KINDS = {
    "state": pgettext_lazy("kind of duty", "dossier"),
    "opinion": pgettext_lazy("kind of duty", "opinion"),
    "filing": pgettext_lazy("kind of duty", "yearly report"),
    "obligation": pgettext_lazy("kind of duty", "periodic report"),
    "certificate": pgettext_lazy("kind of duty", "certificate"),
    "alert": pgettext_lazy("kind of duty", "alert"),
    "inspection": pgettext_lazy("kind of duty", "inspection"),
    "corrective": pgettext_lazy("kind of duty", "corrective action"),
    "milestone": pgettext_lazy("kind of duty", "milestone"),
    "review": pgettext_lazy("kind of duty", "review"),
}
SORTS = {
    "due": ("due_on", "id"),
    "-due": ("-due_on", "-id"),
    "since": ("since", "id"),
    "-since": ("-since", "-id"),
    "park": ("park__name_vi", "due_on", "id"),
    "-park": ("-park__name_vi", "due_on", "id"),
}
SOON = 5  # working days


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What of the desk is asked for."""

    words: str = ""
    kind: str = ""
    when: str = ""
    sort: str = "due"

    @property
    def narrows(self) -> bool:
        """True when something other than everything was asked for."""
        return bool(self.words or self.kind or self.when)


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A duty with how long it has: ``days_left`` in working days, negative when late."""

    duty: Duty
    days_left: int | None
    is_late: bool
    problem: str

    @property
    def title(self) -> Text:
        """What is to be done."""
        return Text(self.duty.title_vi, self.duty.title_en)

    @property
    def late_by(self) -> int:
        """Working days since it was due."""
        return -(self.days_left or 0)

    @property
    def subject(self) -> Text:
        """The enterprise, else the park it is about."""
        about = self.duty.enterprise or self.duty.park
        return (
            Text("", "") if about is None else Text(about.name_vi, about.name_en or about.name_vi)
        )


def the_calendar() -> Calendar:
    """Return the calendar of working days of the rules."""
    return Calendar(load_procedures().holidays)


def end_of_soon(today: dt.date, calendar: Calendar) -> dt.date:
    """Return the last day that counts as soon; plain days where the year has no days off."""
    try:
        return calendar.add_working(today, SOON)
    except InputError:
        return today + dt.timedelta(days=SOON + 2)


def find_duties(rows: QuerySet[Duty], asked: DeskFilter, *, today: dt.date) -> QuerySet[Duty]:
    """Return the duties asked for, with their park and enterprise."""
    rows = rows.select_related("park", "enterprise", "organisation")
    if asked.kind in KINDS:
        rows = rows.filter(Q(kind=asked.kind) | Q(kind__startswith=f"{asked.kind}."))
    if asked.when in WHEN:
        rows = rows.filter(_when(asked.when, today, end_of_soon(today, the_calendar())))
    for word in fold(asked.words).split():
        rows = rows.filter(
            Q(park__search__contains=word)
            | Q(enterprise__search__contains=word)
            | Q(dossier__public_id__iexact=word)
        )
    return rows.order_by(*_order(asked.sort))


def count_by_when(rows: QuerySet[Duty], *, today: dt.date) -> dict[str, int]:
    """Return how many duties are late, soon, later and without a day, in one query."""
    soon = end_of_soon(today, the_calendar())
    found = rows.order_by().aggregate(
        **{name: Count("pk", filter=_when(name, today, soon)) for name in WHEN}
    )
    return {name: int(found[name]) for name in WHEN}


def desk_rows(duties: Iterable[Duty], *, today: dt.date) -> list[DeskRow]:
    """Return duties with the working days they have left.

    A year without days off in the rules gives no number, and says so: no guess.
    """
    calendar = the_calendar()
    return [_row(duty, today, calendar) for duty in duties]


def _row(duty: Duty, today: dt.date, calendar: Calendar) -> DeskRow:
    if duty.due_on is None:
        return DeskRow(duty, None, False, duty.due_problem)
    late = duty.due_on < today
    try:
        left = (
            -calendar.working_days_between(duty.due_on, today)
            if late
            else calendar.working_days_between(today, duty.due_on)
        )
    except InputError as error:
        return DeskRow(duty, None, late, error.problems[0].message.vi)
    return DeskRow(duty, left, late, "")


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
