"""The exchanges of a park as rows: for the board, the list, the pictures and the exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sinhthai.foundation.text import Text, fold
from sinhthai.registry.models import Enterprise, Park
from sinhthai.symbiosis.engine.stages import CLOSED, RUNNING, STAGES
from sinhthai.symbiosis.models import Exchange, Participant, Readiness, Task
from sinhthai.symbiosis.readers.agreed import agreed_among
from sinhthai.symbiosis.readers.ideas import partner_words
from sinhthai.symbiosis.readers.search import material_names
from sinhthai.symbiosis.wording import name_of, title_of

SORTS = ("since", "title", "stage", "value", "co2", "quantity", "tasks")


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: an enterprise of the register, or a party named in words."""

    name: Text
    role: str
    enterprise: Enterprise | None
    in_park: bool
    joined_on: dt.date | None
    left_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """An exchange with what a list of exchanges shows of it."""

    exchange: Exchange
    parties: tuple[Party, ...]
    readiness: Mapping[str, int] = field(default_factory=dict)
    open_tasks: int = 0
    overdue: int = 0

    @property
    def title(self) -> Text:
        """The title, in both languages where nobody gave it another one."""
        return title_of(self.exchange.title, self.exchange.basis)

    @property
    def material(self) -> Text:
        """What moves: the offered material, else the title people gave."""
        known = material_names().get(self.exchange.basis.get("offer_material", ""))
        return known or self.title

    @property
    def weakest(self) -> tuple[str, int] | None:
        """The axis that is least ready, of those judged."""
        if not self.readiness:
            return None
        return min(self.readiness.items(), key=lambda pair: pair[1])

    def of_role(self, *roles: str) -> list[Party]:
        """Return the parties that hold one of *roles*."""
        return [party for party in self.parties if party.role in roles]


@dataclass(frozen=True, slots=True)
class ExchangeFilter:
    """What a reader of the pipeline asked for; empty means all."""

    words: str = ""
    stage: str = ""
    kind: str = ""
    mine: bool = False
    overdue: bool = False
    sort: str = "since"
    descending: bool = True

    @property
    def narrows(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.words or self.stage or self.kind or self.mine or self.overdue)


def read_exchanges(
    park: Park, *, today: dt.date | None = None, readiness: bool = False
) -> list[ExchangeRow]:
    """Return every exchange of *park*, newest step first; tasks where *today* is given.

    Two queries; one more for *readiness*; one more where an enterprise of another park takes part
    in what does not run yet.
    """
    asked = (
        Exchange.objects.filter(park=park)
        .select_related("responsible", "offer__enterprise", "need__enterprise")
        .order_by("-stage_since", "-pk")
    )
    if today is not None:
        still_open = Q(done_at=None)
        asked = asked.annotate(
            open_tasks=_tasks(still_open), overdue=_tasks(still_open & Q(due_on__lt=today))
        )
    exchanges = list(asked)
    parties: dict[int, list[Party]] = {}
    rows = list(
        Participant.objects.filter(exchange__park=park).select_related("enterprise").order_by("pk")
    )
    unnamed = _unnamed(exchanges, rows, park)
    for row in rows:
        party = party_of(row, park)
        if row.exchange_id in unnamed and party.enterprise is not None and not party.in_park:
            party = replace(party, name=partner_words(), enterprise=None)
        parties.setdefault(row.exchange_id, []).append(party)
    levels = _readiness(park) if readiness else {}
    return [
        ExchangeRow(
            one,
            tuple(parties.get(one.pk, ())),
            levels.get(one.pk, {}),
            getattr(one, "open_tasks", 0),
            getattr(one, "overdue", 0),
        )
        for one in exchanges
    ]


def _tasks(wanted: Q) -> Coalesce:
    """Return the number of tasks of an exchange, counted in the query of the exchanges."""
    tasks = Task.objects.filter(wanted, exchange=OuterRef("pk")).order_by().values("exchange")
    return Coalesce(Subquery(tasks.annotate(n=Count("pk")).values("n")), 0)


def _readiness(park: Park) -> dict[int, dict[str, int]]:
    """Return the last level of each axis judged, by number of exchange."""
    found: dict[int, dict[str, int]] = {}
    levels = Readiness.objects.filter(exchange__park=park).order_by("pk")
    for number, axis, level in levels.values_list("exchange_id", "axis", "level"):
        found.setdefault(number, {})[axis] = level
    return found


def may_go_unnamed(exchange: Exchange) -> bool:
    """Say whether a partner of another park who takes its yes back is not named any more.

    Not once the exchange ran: then it is a fact of both, reported by both.
    """
    over = (*RUNNING, Exchange.Stage.ENDED)
    return exchange.offer_id is not None and exchange.stage not in over


def streams_told(rows: Iterable[ExchangeRow], park: Park) -> set[int]:
    """Return the streams of which *rows* tell what moves and how much: a look at each of them."""
    told = set()
    for row in rows:
        named = {party.enterprise.pk for party in row.parties if party.enterprise is not None}
        for stream in (row.exchange.offer, row.exchange.need):
            if stream is not None and (
                stream.enterprise.park_id == park.pk or stream.enterprise_id in named
            ):
                told.add(stream.pk)
    return told


def _unnamed(
    exchanges: Iterable[Exchange], rows: Iterable[Participant], park: Park
) -> frozenset[int]:
    """Return the exchanges whose partner of another park may not be named (any more)."""
    outside = {
        row.exchange_id
        for row in rows
        if row.enterprise is not None and row.enterprise.park_id != park.pk
    }
    pairs = {
        one.pk: (one.offer_id, one.need_id)
        for one in exchanges
        if one.pk in outside and may_go_unnamed(one)
    }
    if not pairs:
        return frozenset()
    agreed = agreed_among(stream for pair in pairs.values() for stream in pair if stream)
    return frozenset(number for number, pair in pairs.items() if pair not in agreed)


def party_of(row: Participant, park: Park) -> Party:
    """Return a participant as the pages show it."""
    enterprise = row.enterprise
    return Party(
        name_of(enterprise) if enterprise else Text(row.other, row.other),
        row.role,
        enterprise,
        enterprise is not None and enterprise.park_id == park.pk,
        row.joined_on,
        row.left_on,
    )


def narrowed(
    rows: Iterable[ExchangeRow], asked: ExchangeFilter, *, user: int | None
) -> list[ExchangeRow]:
    """Return the rows that fit, in the order asked for; unknown figures come last."""
    words = fold(asked.words).split()
    fitting = [
        row
        for row in rows
        if (not asked.stage or row.exchange.stage == asked.stage)
        and (not asked.kind or row.exchange.kind == asked.kind)
        and (not asked.mine or row.exchange.responsible_id == user)
        and (not asked.overdue or row.overdue)
        and all(word in _searchable(row) for word in words)
    ]
    known = [row for row in fitting if _key(row, asked.sort) is not None]
    unknown = [row for row in fitting if _key(row, asked.sort) is None]
    known.sort(key=lambda row: _key(row, asked.sort), reverse=asked.descending)  # type: ignore[arg-type,return-value]
    return known + unknown


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board: the rows shown, and how many there are."""

    stage: str
    rows: tuple[ExchangeRow, ...]
    count: int


def board(rows: Iterable[ExchangeRow], *, most: int = 12) -> list[Column]:
    """Return the open and running stages with at most *most* cards each, overdue ones first."""
    by_stage: dict[str, list[ExchangeRow]] = {}
    for row in rows:
        by_stage.setdefault(row.exchange.stage, []).append(row)
    columns = []
    for stage in STAGES:
        own = sorted(by_stage.get(stage, ()), key=lambda row: not row.overdue)
        shown = () if stage in CLOSED else tuple(own[:most])
        columns.append(Column(stage, shown, len(own)))
    return columns


def _searchable(row: ExchangeRow) -> str:
    names = " ".join(f"{party.name.vi} {party.name.en}" for party in row.parties)
    return fold(f"{row.title.vi} {row.title.en} {names} {row.material.vi} {row.material.en}")


def _key(row: ExchangeRow, sort: str) -> object:
    exchange = row.exchange
    keys: dict[str, object] = {
        "since": (exchange.stage_since, exchange.pk),
        "title": fold(exchange.title),
        "stage": STAGES.index(exchange.stage),
        "value": exchange.value_vnd,
        "co2": exchange.co2_t,
        "quantity": exchange.quantity,
        "tasks": (row.overdue, row.open_tasks),
    }
    return keys[sort]
