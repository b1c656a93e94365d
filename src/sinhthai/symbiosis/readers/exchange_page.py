"""What the page of one exchange shows, put together from its dossier and its pinned basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.rules.model import Item
from sinhthai.symbiosis.actions.results import metrics
from sinhthai.symbiosis.engine.legal import LEGAL_NAMES
from sinhthai.symbiosis.engine.readiness import AXES, CRITERIA
from sinhthai.symbiosis.engine.stages import PIPELINE, RUNNING, steps_from, way_of
from sinhthai.symbiosis.models import (
    Consent,
    Exchange,
    Participant,
    Stream,
    StreamVersion,
)
from sinhthai.symbiosis.readers.agreed import answers_of
from sinhthai.symbiosis.readers.dossier import AxisNow, Dossier, Event, read_dossier
from sinhthai.symbiosis.readers.exchanges import may_go_unnamed
from sinhthai.symbiosis.readers.ideas import partner_words
from sinhthai.symbiosis.readers.search import material_names
from sinhthai.symbiosis.wording import AXIS_NAMES, STAGE_NAMES, name_of


@dataclass(frozen=True, slots=True)
class StepOffered:
    """A step a person may take now."""

    to: str
    way: str
    name: Text


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper the law asks for, and the documents that are it."""

    number: int
    name: Text
    documents: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """The legal path as it was pinned when the exchange was opened."""

    status: Text | None
    status_code: str
    title: Text
    why: Text
    cited: Text
    verified: bool
    papers: tuple[Paper, ...]

    @property
    def missing(self) -> int:
        """How many papers have no document yet."""
        return sum(not paper.documents for paper in self.papers)


@dataclass(frozen=True, slots=True)
class StreamShown:
    """A stream of the exchange: its name now, and whether it changed since it was pinned."""

    stream: Stream
    version: StreamVersion | None
    material: Text | None
    hidden: bool
    changed: bool
    answer: str  # what its side said to being named: "", yes, no, withdrawn


@dataclass(frozen=True, slots=True)
class ResultShown:
    """What one party reported of a year."""

    event: Event
    party: Text
    values: tuple[tuple[Item, float], ...]


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """Everything the page shows."""

    exchange: Exchange
    dossier: Dossier
    participants: tuple[Participant, ...]
    offer: StreamShown | None
    need: StreamShown | None
    law: Law | None
    results: tuple[ResultShown, ...]
    today: dt.date

    @property
    def steps(self) -> list[StepOffered]:
        """Steps offered: onward, back, out."""
        now = self.exchange.stage
        return [
            StepOffered(to, str(way_of(now, to)), STAGE_NAMES[to])
            for to in steps_from(self.dossier.path)
        ]

    @property
    def track(self) -> list[tuple[str, Text, dt.date | None]]:
        """The stages of the pipeline with the day each was reached."""
        reached = {one.stage: one.since for one in self.dossier.path}
        return [(stage, STAGE_NAMES[stage], reached.get(stage)) for stage in PIPELINE]

    @property
    def axes(self) -> list[tuple[AxisNow, Text, tuple[Text, ...]]]:
        """Each axis with its name and the criteria of its levels."""
        return [(axis, AXIS_NAMES[axis.axis], CRITERIA[axis.axis]) for axis in self.dossier.axes]

    @property
    def overdue(self) -> int:
        """How many open tasks are past their day."""
        return sum(
            task.closed is None and task.day is not None and task.day < self.today
            for task in self.dossier.tasks
        )

    @property
    def hides_partner(self) -> bool:
        """Say whether the partner from another park may not be named yet."""
        return any(side is not None and side.hidden for side in (self.offer, self.need))

    @property
    def may_name_partner(self) -> bool:
        """Say whether both agreed and the partner is not among the participants yet."""
        if self.hides_partner or self.offer is None or self.need is None:
            return False
        within = {participant.enterprise_id for participant in self.participants}
        return not {side.stream.enterprise_id for side in (self.offer, self.need)} <= within

    @property
    def financed(self) -> list[Participant]:
        """The parties whose project it may become: enterprises of the park."""
        return [
            row
            for row in self.participants
            if row.enterprise is not None and row.enterprise.park_id == self.exchange.park_id
        ]

    @property
    def runs(self) -> bool:
        """Say whether results can be entered: it runs, or ran."""
        return any(one.stage in RUNNING for one in self.dossier.path)

    @property
    def looked_at(self) -> set[int]:
        """Streams the page lets its reader see."""
        return {
            side.stream.pk
            for side in (self.offer, self.need)
            if side is not None and not side.hidden
        }


def read_page(exchange: Exchange, park: Park, *, today: dt.date) -> ExchangePage:
    """Return the page of *exchange*; four queries."""
    dossier = read_dossier(exchange)
    participants = tuple(exchange.participants.select_related("enterprise").order_by("pk"))
    numbers = [one for one in (exchange.offer_id, exchange.need_id) if one is not None]
    pinned: Mapping[str, int] = exchange.basis.get("versions") or {}
    versions = (
        {
            row.stream_id: row
            for row in StreamVersion.objects.filter(Q(stream__in=numbers), is_current=True)
        }
        if numbers
        else {}
    )
    answers = answers_of(numbers) if len(numbers) == 2 else {}
    agreed = len(numbers) == 2 and all(
        answers.get((one, other)) == Consent.Answer.YES
        for one, other in (numbers, reversed(numbers))
    )
    stands = all(
        stream is None or stream.withdrawn_at is None for stream in (exchange.offer, exchange.need)
    )

    def side(stream: Stream | None, other: int | None, key: str) -> StreamShown | None:
        if stream is None:
            return None
        hidden = stream.enterprise.park_id != park.pk and not (agreed and stands)
        version = versions.get(stream.pk)
        return StreamShown(
            stream,
            None if hidden else version,
            material_names().get(exchange.basis.get(f"{key}_material", "")),
            hidden,
            version is not None and key in pinned and version.pk != pinned[key],
            answers.get((stream.pk, other or 0), ""),
        )

    if may_go_unnamed(exchange) and not (agreed and stands):
        participants = tuple(_unnamed(row, park) for row in participants)
    return ExchangePage(
        exchange,
        dossier,
        participants,
        side(exchange.offer, exchange.need_id, "offer"),
        side(exchange.need, exchange.offer_id, "need"),
        _law(exchange, dossier),
        _results(dossier, participants),
        today,
    )


def _unnamed(row: Participant, park: Park) -> Participant:
    """Return a party as it may be shown once its yes was taken back; never saved."""
    if row.enterprise is None or row.enterprise.park_id == park.pk:
        return row
    return Participant(
        pk=row.pk,
        exchange_id=row.exchange_id,
        other=partner_words().get(get_language() or "vi"),
        role=row.role,
        joined_on=row.joined_on,
        left_on=row.left_on,
    )


def radar_data(page: ExchangePage, language: str) -> dict[str, Any]:
    """Return the six axes for ECharts; an axis nobody judged is null, not zero."""
    levels = {axis.axis: axis.now.n if axis.now else None for axis in page.dossier.axes}
    return {
        "axes": [AXIS_NAMES[axis].get(language) for axis in AXES],
        "levels": [levels[axis] for axis in AXES],
    }


def plan_in_words(exchange: Exchange, language: str) -> dict[str, str]:
    """Return the planned figures as a person would type them."""
    return {
        name: "" if value is None else format_number(value, language)
        for name in ("quantity", "value_vnd", "investment_vnd", "co2_t")
        for value in (getattr(exchange, name),)
    }


def _law(exchange: Exchange, dossier: Dossier) -> Law | None:
    path = exchange.basis.get("path")
    if not path:
        return None
    papers = tuple(
        Paper(
            number,
            Text(**paper),
            tuple(doc for doc in dossier.documents if doc.n == number),
        )
        for number, paper in enumerate(path["papers"])
    )
    return Law(
        LEGAL_NAMES.get(path["status"]),
        path["status"],
        Text(**path["title"]),
        Text(**path["why"]),
        Text(**path["cited"]),
        path["verified"],
        papers,
    )


def _results(dossier: Dossier, participants: tuple[Participant, ...]) -> tuple[ResultShown, ...]:
    names = {
        row.pk: name_of(row.enterprise) if row.enterprise else Text(row.other, row.other)
        for row in participants
    }
    known = metrics()
    return tuple(
        ResultShown(
            event,
            names.get(event.n or 0, Text("", "")),
            tuple((known[key], value) for key, value in event.values.items() if key in known),
        )
        for event in dossier.results
    )
