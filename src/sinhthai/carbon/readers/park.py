"""What a park emits, as far as its reader may see: drafts inside, locked inventories above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sinhthai.carbon.engine import records
from sinhthai.carbon.engine.park_sum import ParkSum, Part, sum_park
from sinhthai.carbon.engine.records import Pinned
from sinhthai.carbon.models import ActivityRow, Inventory, InventorySettings
from sinhthai.carbon.readers.inventory import show_draft
from sinhthai.carbon.subject import Subject
from sinhthai.factors.loading import load_factors
from sinhthai.factors.model import GwpName
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park

Basis = Literal["locked", "working"]
State = Literal["locked", "draft", "missing"]
DRAWS = 4_000
SORTS = {"name": "name", "co2e": "co2e", "state": "state"}


@dataclass(frozen=True, slots=True)
class Member:
    """An enterprise of the park (or its own operation) in the sum of a year."""

    subject: Subject
    state: State
    part: Part | None
    """What it adds; None: nothing is known of it."""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class YearSum:
    """The sum of one year, and who is in it."""

    year: int
    found: ParkSum
    members: tuple[Member, ...]
    other_gwp: tuple[str, ...]
    """Subjects whose inventory was locked with another set; weighed anew by the sum's."""

    @property
    def missing(self) -> tuple[Member, ...]:
        """Enterprises of which nothing is known that year: the sum is without them."""
        return tuple(one for one in self.members if one.state == "missing")

    @property
    def is_known(self) -> bool:
        """Whether nothing is missing: only then the sum is the park's."""
        return not self.missing and not self.found.whole.unknown


@dataclass(frozen=True, slots=True)
class ParkBook:
    """The inventories of a park's subjects, all years."""

    park: Park
    basis: Basis
    subjects: Mapping[str, Subject]
    pinned: Mapping[int, Mapping[str, Pinned]]
    refused: Mapping[int, tuple[tuple[str, str, int], ...]]
    states: Mapping[int, Mapping[str, tuple[State, int | None]]]

    @property
    def years(self) -> list[int]:
        """Every year of which anything is known, the first one first."""
        return sorted(self.pinned)

    def sum_of(self, year: int, gwp: GwpName, *, draws: int = 0) -> YearSum:
        """Return the sum of *year* with the potentials of one set."""
        of_year = self.pinned.get(year, {})
        found = sum_park(
            list(of_year.values()),
            self.park.code,
            year,
            load_factors().gwp(gwp),
            refused=self.refused.get(year, ()),
            draws=draws,
        )
        states = self.states.get(year, {})
        members = []
        for code, subject in self.subjects.items():
            state, version = states.get(code, ("missing", None))
            if state == "missing" and subject.enterprise is None:
                continue  # a park need not burn anything itself
            part = found.by_subject.get(code)
            if part is None and state != "missing":
                part = Part(0.0, 0.0, ())
            members.append(Member(subject, state, part, version))
        other = tuple(code for code, one in of_year.items() if one.inventory.settings.gwp != gwp)
        return YearSum(year, found, tuple(members), other)


def open_park(park: Park, basis: Basis) -> ParkBook:
    """Return the inventories of *park*: the locked ones, and where *basis* says so the drafts."""
    subjects = {park.code: Subject(park)} | {
        firm.code: Subject(park, firm)
        for firm in Enterprise.objects.filter(park=park).order_by("name_vi")
    }
    pinned: dict[int, dict[str, Pinned]] = {}
    refused: dict[int, tuple[tuple[str, str, int], ...]] = {}
    states: dict[int, dict[str, tuple[State, int | None]]] = {}
    for row in _newest(park):
        code = row.enterprise.code if row.enterprise else park.code
        pinned.setdefault(row.year, {})[code] = records.from_data(row.data)
        states.setdefault(row.year, {})[code] = ("locked", row.version)
    if basis == "working":
        chosen = {
            (row.enterprise_id, row.year): row
            for row in InventorySettings.objects.filter(park=park).order_by("pk")
        }
        for (code, year), rows in _by_subject(park).items():
            if code in states.get(year, {}):
                continue  # what is published counts as published
            subject = subjects[code]
            key = (subject.enterprise.pk if subject.enterprise else None, year)
            draft = show_draft(subject, year, rows, chosen.get(key))
            pinned.setdefault(year, {})[code] = draft.pinned
            states.setdefault(year, {})[code] = ("draft", None)
            refused[year] = refused.get(year, ()) + tuple(
                (code, a.line, a.scope) for a in draft.lost
            )
    return ParkBook(park, basis, subjects, pinned, refused, states)


def _newest(park: Park) -> list[Inventory]:
    rows = Inventory.objects.filter(park=park).select_related("enterprise")
    found: dict[tuple[int | None, int], Inventory] = {}
    for row in rows.order_by("version"):
        found[row.enterprise_id, row.year] = row
    return list(found.values())


def _by_subject(park: Park) -> dict[tuple[str, int], list[ActivityRow]]:
    rows = ActivityRow.objects.filter(park=park, is_current=True, is_withdrawn=False)
    found: dict[tuple[str, int], list[ActivityRow]] = {}
    for row in rows.select_related("enterprise").order_by("pk"):
        code = row.enterprise.code if row.enterprise else park.code
        found.setdefault((code, row.year), []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What a reader of the list of enterprises asked for."""

    words: str = ""
    state: str = ""
    sort: str = "name"
    descending: bool = False


def choose_members(found: YearSum, asked: MemberFilter, language: str) -> list[Member]:
    """Return the members that fit, sorted; what is not known comes last either way."""
    words = fold(asked.words).split()
    rows = [
        one
        for one in found.members
        if (not asked.state or one.state == asked.state)
        and all(word in fold(f"{one.subject.name.vi} {one.subject.name.en}") for word in words)
    ]
    rows.sort(key=lambda one: fold(one.subject.name.get(language)))
    if asked.sort == "state":
        order = ["locked", "draft", "missing"]
        rows.sort(key=lambda one: order.index(one.state), reverse=asked.descending)
    elif asked.sort == "co2e":
        sign = -1.0 if asked.descending else 1.0
        rows.sort(key=lambda one: (one.part is None, sign * (one.part.known if one.part else 0.0)))
    elif asked.descending:
        rows.reverse()
    return rows
