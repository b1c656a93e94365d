"""How the yearly benefit of a park's exchanges could be split: a proposal, never a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sinhthai.foundation.text import fold
from sinhthai.registry.models import Park
from sinhthai.symbiosis.engine.stages import OPEN, RUNNING
from sinhthai.symbiosis.readers.exchange_page import ExchangePage
from sinhthai.symbiosis.readers.exchanges import ExchangeRow, Party, party_of, read_exchanges

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.sharing import AgreementSplit, Circle

SHOWN: Mapping[str, tuple[str, ...]] = {"planned": OPEN, "running": RUNNING}
"""What may be split together: what is on its way, or what runs; never both at once."""
SORTS = ("share", "name", "lost", "nucleolus", "exchanges")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What one party would get, VND a year, and from which exchanges.

    ``holds`` says whether the split holds among the parties it is tied to; None: not told.
    """

    party: Party
    share: float
    parts: tuple[tuple[ExchangeRow, float], ...]
    lost: float
    nucleolus: float | None
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Objection:
    """Parties that would do better without the others, by so much a year."""

    parties: tuple[Party, ...]
    more: float


@dataclass(frozen=True, slots=True)
class CircleRow:
    """Parties tied together by exchanges, and whether the split holds among them."""

    parties: tuple[Party, ...]
    exchanges: tuple[ExchangeRow, ...]
    total: float
    holds: bool | None
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exchange that is not split: benefit "unknown", a party "unnamed", or nobody else."""

    row: ExchangeRow
    reason: str


@dataclass(frozen=True, slots=True)
class ParkSplit:
    """The split of the exchanges of one stage group."""

    total: float
    exchanges: int
    shares: tuple[ShareRow, ...]
    circles: tuple[CircleRow, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def told(self) -> list[ExchangeRow]:
        """Every exchange the page names."""
        split = [row for circle in self.circles for row in circle.exchanges]
        return split + [gone.row for gone in self.left_out]

    @property
    def objecting(self) -> list[CircleRow]:
        """The circles in which somebody does better without the others."""
        return [one for one in self.circles if one.holds is False]

    @property
    def untold(self) -> list[CircleRow]:
        """The circles too large to ask every group, with an exchange that loses money."""
        return [one for one in self.circles if one.holds is None]


@dataclass(frozen=True, slots=True)
class SplitFilter:
    """What a reader of the split asked for."""

    words: str = ""
    sort: str = "share"
    descending: bool = True


def read_split(park: Park, *, show: str, today: dt.date) -> tuple[ParkSplit, str]:
    """Return the split of the exchanges of *park* in the stages *show*, and what is shown.

    Where *show* is none of ``SHOWN``: what runs, while anything does. As many queries as
    ``read_exchanges``.
    """
    rows = read_exchanges(park)
    if show not in SHOWN:
        runs = any(row.exchange.stage in RUNNING for row in rows)
        show = "running" if runs else "planned"
    return split_of(rows, show=show, today=today), show


def split_of(rows: Iterable[ExchangeRow], *, show: str, today: dt.date) -> ParkSplit:
    """Split the known yearly benefit of *rows* among those who take part *today*.

    An exchange one of whose streams belongs to an enterprise that is not among the parties has a
    party who may not be named (yet), and is left out.
    """
    from sinhthai.symbiosis.engine.sharing import Agreement, split_of_agreements

    agreements, known, left_out = [], {}, []
    parties: dict[str, Party] = {}
    for row in rows:
        if row.exchange.stage not in SHOWN[show]:
            continue
        own = {_key(party): party for party in row.parties if _takes_part(party, today)}
        benefit = row.exchange.value_vnd
        reason = _reason(row, own, benefit)
        if reason or benefit is None:
            left_out.append(LeftOut(row, reason))
            continue
        parties |= own
        known[row.exchange.pk] = row
        agreements.append(Agreement(row.exchange.pk, frozenset(own), benefit))
    return _worded(split_of_agreements(agreements), parties, known, tuple(left_out))


def split_of_one(page: ExchangePage, park: Park, *, today: dt.date) -> ParkSplit:
    """Return the suggested split of one exchange among its parties; no query."""
    row = ExchangeRow(page.exchange, tuple(party_of(one, park) for one in page.participants))
    show = next((key for key, stages in SHOWN.items() if page.exchange.stage in stages), "planned")
    return split_of([row], show=show, today=today)


def narrowed(rows: Sequence[ShareRow], asked: SplitFilter) -> list[ShareRow]:
    """Return the shares that fit, in the order asked for; what is not told comes last."""
    words = fold(asked.words).split()
    fitting = [row for row in rows if all(word in _searchable(row) for word in words)]
    keys = {
        "share": lambda row: row.share,
        "name": lambda row: fold(row.party.name.vi),
        "lost": lambda row: row.lost,
        "nucleolus": lambda row: row.nucleolus,
        "exchanges": lambda row: len(row.parts),
    }
    key = keys[asked.sort]
    known = sorted(
        (row for row in fitting if key(row) is not None), key=key, reverse=asked.descending
    )
    return known + [row for row in fitting if key(row) is None]


def _worded(
    found: AgreementSplit,
    parties: Mapping[str, Party],
    known: Mapping[int, ExchangeRow],
    left_out: tuple[LeftOut, ...],
) -> ParkSplit:
    holds = {name: circle.holds for circle in found.circles for name in circle.partners}
    return ParkSplit(
        found.total,
        len(known),
        tuple(
            ShareRow(
                parties[one.partner],
                one.share,
                tuple((known[number], part) for number, part in one.parts.items()),
                one.lost,
                one.nucleolus,
                holds[one.partner],
            )
            for one in found.shares
        ),
        tuple(_circle(one, parties, known) for one in found.circles),
        left_out,
    )


def _circle(
    one: Circle, parties: Mapping[str, Party], known: Mapping[int, ExchangeRow]
) -> CircleRow:
    return CircleRow(
        tuple(parties[name] for name in one.partners),
        tuple(known[number] for number in one.agreements),
        one.total,
        one.holds,
        tuple(
            Objection(tuple(parties[name] for name in group), more) for group, more in one.objecting
        ),
    )


def _reason(row: ExchangeRow, own: Mapping[str, Party], benefit: float | None) -> str:
    named = {party.enterprise.pk for party in row.parties if party.enterprise is not None}
    sides = (row.exchange.offer, row.exchange.need)
    if {side.enterprise_id for side in sides if side is not None} - named:
        return "unnamed"
    if len(own) < 2:
        return "alone"
    return "unknown" if benefit is None else ""


def _takes_part(party: Party, today: dt.date) -> bool:
    return party.left_on is None or party.left_on > today


def _key(party: Party) -> str:
    """Say who it is: a party in words is the same wherever the same words name it."""
    if party.enterprise is not None:
        return f"enterprise:{party.enterprise.pk}"
    return f"words:{fold(party.name.vi)}"


def _searchable(row: ShareRow) -> str:
    titles = " ".join(f"{one.title.vi} {one.title.en}" for one, _part in row.parts)
    return fold(f"{row.party.name.vi} {row.party.name.en} {titles}")
