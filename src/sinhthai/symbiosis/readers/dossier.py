"""Everything said of one exchange, read in one query and told as a timeline."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim

from sinhthai.symbiosis.engine.readiness import AXES
from sinhthai.symbiosis.engine.stages import Reached, Step, standing_path
from sinhthai.symbiosis.models import (
    Document,
    Exchange,
    ExchangeResult,
    Note,
    Readiness,
    StageChange,
    Task,
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing said of an exchange; what ``a``, ``b``, ``c`` and ``n`` hold depends on ``what``.

    step: before, after, reason; readiness: axis, "", reason, level; document: title, file name,
    kind, paper; task: title, assignee; note: "", "", text; result: year, source, values as JSON,
    number of the participant. ``day`` is the day it happened or is due, ``closed`` when a
    document was withdrawn or a task was done.
    """

    what: str
    pk: int
    a: str
    b: str
    c: str
    n: int | None
    day: dt.date | None
    at: dt.datetime
    who: str
    closed: dt.datetime | None
    closed_by: str | None

    @property
    def values(self) -> Mapping[str, float]:
        """The figures of a result."""
        said: Mapping[str, float] = json.loads(self.c)
        return said


@dataclass(frozen=True, slots=True)
class AxisNow:
    """How ready an exchange is on one axis, with what was said before."""

    axis: str
    now: Event | None
    earlier: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The events of an exchange, oldest first."""

    events: tuple[Event, ...]

    def of(self, what: str) -> list[Event]:
        """Return the events of one kind, oldest first."""
        return [event for event in self.events if event.what == what]

    @property
    def path(self) -> tuple[Reached, ...]:
        """The stages reached, without what was taken back."""
        return standing_path(
            Step(event.a, event.b, event.day or event.at.date()) for event in self.of("step")
        )

    @property
    def last_step(self) -> int:
        """Number of the last change of stage: what a person had before them."""
        return self.of("step")[-1].pk

    @property
    def timeline(self) -> list[Event]:
        """All events, newest first."""
        return list(reversed(self.events))

    @property
    def axes(self) -> list[AxisNow]:
        """The six axes with their level now."""
        said = self.of("readiness")
        axes = []
        for axis in AXES:
            own = [event for event in said if event.a == axis]
            axes.append(AxisNow(axis, own[-1] if own else None, tuple(reversed(own[:-1]))))
        return axes

    @property
    def documents(self) -> list[Event]:
        """Documents that stand, newest first."""
        return [event for event in reversed(self.of("document")) if event.closed is None]

    @property
    def tasks(self) -> list[Event]:
        """Tasks: open ones by due day, then those done."""
        tasks = self.of("task")
        open_ = [task for task in tasks if task.closed is None]
        open_.sort(key=lambda task: (task.day is None, task.day or dt.date.max, task.pk))
        return open_ + [task for task in reversed(tasks) if task.closed is not None]

    @property
    def notes(self) -> list[Event]:
        """Notes, newest first."""
        return list(reversed(self.of("note")))

    @property
    def results(self) -> list[Event]:
        """The result of each participant and year that holds, newest year first."""
        last = {(event.n, event.a): event for event in self.of("result")}
        return sorted(last.values(), key=lambda event: (event.a, -(event.n or 0)), reverse=True)


def read_dossier(exchange: Exchange) -> Dossier:
    """Return everything said of *exchange*: one query over six tables."""
    parts = [
        _rows(StageChange, exchange, "step", a="before", b="after", c="reason", day="on"),
        _rows(Readiness, exchange, "readiness", a="axis", c="reason", n="level"),
        _rows(
            Document, exchange, "document", a="title", b="file_name", c="kind", n="paper",
            closed="withdrawn_at", closed_by="withdrawn_by",
        ),
        _rows(
            Task, exchange, "task", a="title", b="assignee", day="due_on", at="created_at",
            by="created_by", closed="done_at", closed_by="done_by",
        ),
        _rows(Note, exchange, "note", c="text"),
        _rows(
            ExchangeResult, exchange, "result", a="year", b="source", c="values",
            n="participant_id",
        ),
    ]  # fmt: skip
    found = parts[0].union(*parts[1:], all=True)
    # The prefix keeps the columns apart from the fields of the six models.
    events = (Event(**{key.removeprefix("e_"): said for key, said in row.items()}) for row in found)
    return Dossier(tuple(_ordered(events)))


def _ordered(events: Iterable[Event]) -> list[Event]:
    order = ("step", "readiness", "document", "task", "note", "result")
    return sorted(events, key=lambda event: (event.at, order.index(event.what), event.pk))


def _rows(
    model: Any,
    exchange: Exchange,
    what: str,
    *,
    a: str = "",
    b: str = "",
    c: str = "",
    n: str = "",
    day: str = "",
    at: str = "at",
    by: str = "by",
    closed: str = "",
    closed_by: str = "",
) -> QuerySet[Any, dict[str, Any]]:
    """Return a table's rows under the columns of ``Event``, typed alike for the union."""

    def words(column: str) -> Any:
        return Cast(F(column) if column else Value(""), TextField())

    return (
        model.objects.filter(exchange=exchange)
        .order_by()
        .values(
            e_what=Value(what, CharField()),
            e_pk=F("id"),
            e_a=words(a),
            e_b=words(b),
            e_c=words(c),
            e_n=Cast(F(n) if n else Value(None), IntegerField()),
            e_day=Cast(F(day) if day else Value(None), DateField()),
            e_at=F(at),
            e_who=_person(by),
            e_closed=Cast(F(closed) if closed else Value(None), DateTimeField()),
            e_closed_by=_person(closed_by) if closed_by else Cast(Value(None), TextField()),
        )
    )


def _person(path: str) -> Any:
    """Return the full name, else the sign-in name, of the person at *path*."""
    full = Trim(Concat(F(f"{path}__first_name"), Value(" "), F(f"{path}__last_name")))
    return Cast(Coalesce(NullIf(full, Value("")), F(f"{path}__username")), TextField())
