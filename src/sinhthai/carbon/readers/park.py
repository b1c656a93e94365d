"""What a park emits, as far as its reader may see: drafts inside, locked inventories above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sinhthai.carbon.engine import records
from sinhthai.carbon.engine.inventory import Keyed
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.carbon.engine.park_sum import ParkSum, Part, join, keyed_of, sum_park
from sinhthai.carbon.engine.partial import key_known
from sinhthai.carbon.models import ActivityRow, Inventory, InventorySettings
from sinhthai.carbon.readers.activities import settings_of, to_engine
from sinhthai.carbon.subject import Subject
from sinhthai.factors.loading import load_factors
from sinhthai.factors.model import GwpName
from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park

Basis = Literal["locked", "working"]
State = Literal["locked", "draft", "missing"]
DRAWS = 4_000
TREND = 5
"""Years drawn."""
SORTS = {"state": "state", "name": "name", "co2e": "co2e"}
_NOTHING = Keyed((), (), ())


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
    """The inventories of a park's subjects in the newest years."""

    park: Park
    basis: Basis
    years: tuple[int, ...]
    """Every year of which anything is known, the first one first; ``loaded`` of them can be
    summed."""
    loaded: tuple[int, ...]
    subjects: Mapping[str, Subject]
    keyed: Mapping[int, Keyed]
    refused: Mapping[int, tuple[tuple[str, str, int], ...]]
    states: Mapping[int, Mapping[str, tuple[State, int | None]]]
    sets: Mapping[int, Mapping[str, str]]
    """The set of potentials of each locked inventory."""

    def sum_of(self, year: int, gwp: GwpName, *, draws: int = 0) -> YearSum:
        """Return the sum of *year* with the potentials of one set."""
        found = sum_park(
            self.keyed.get(year, _NOTHING),
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
        other = tuple(code for code, name in self.sets.get(year, {}).items() if name != gwp)
        return YearSum(year, found, tuple(members), other)


def open_park(park: Park, basis: Basis, asked: int | None = None) -> ParkBook:
    """Return the inventories of *park*: the locked ones, and where *basis* says so the drafts.

    Loaded are the newest years, and the one *asked* for.
    """
    subjects = {park.code: Subject(park)} | {
        firm.code: Subject(park, firm)
        for firm in Enterprise.objects.filter(park=park).order_by("name_vi")
    }
    years = set(Inventory.objects.filter(park=park).values_list("year", flat=True))
    if basis == "working":
        standing = ActivityRow.objects.filter(park=park, is_current=True, is_withdrawn=False)
        years |= set(standing.values_list("year", flat=True).distinct())
    known = tuple(sorted(years))
    loaded = tuple(sorted({*known[-TREND:], *(year for year in years if year == asked)}))
    parts: dict[int, list[Keyed]] = {}
    states: dict[int, dict[str, tuple[State, int | None]]] = {}
    sets: dict[int, dict[str, str]] = {}
    for row in _newest(park, loaded):
        code = row.enterprise.code if row.enterprise else park.code
        pinned = records.from_data(row.data)
        parts.setdefault(row.year, []).append(keyed_of([pinned]))
        states.setdefault(row.year, {})[code] = ("locked", row.version)
        sets.setdefault(row.year, {})[code] = pinned.inventory.settings.gwp
    refused: dict[int, list[tuple[str, str, int]]] = {}
    if basis == "working":
        for settings, activities in _drafts(park, loaded, subjects, states).items():
            keyed, bad = key_known(activities, load_factors(), settings)
            for year in loaded:
                parts.setdefault(year, []).append(_of_year(keyed, year))
            for activity, _why in bad:
                refused.setdefault(activity.year, []).append(
                    (activity.subject, activity.line, activity.scope)
                )
    return ParkBook(
        park,
        basis,
        known,
        loaded,
        subjects,
        {year: join(found) for year, found in parts.items()},
        {year: tuple(found) for year, found in refused.items()},
        states,
        sets,
    )


def _of_year(keyed: Keyed, year: int) -> Keyed:
    kept = [i for i, activity in enumerate(keyed.activities) if activity.year == year]
    return Keyed(
        tuple(keyed.activities[i] for i in kept), keyed.keys, tuple(keyed.key[i] for i in kept)
    )


def _drafts(
    park: Park,
    years: Sequence[int],
    subjects: Mapping[str, Subject],
    states: dict[int, dict[str, tuple[State, int | None]]],
) -> dict[Settings, list[Activity]]:
    """Return the activities of what is not locked, by how they are computed; mark them in *states*.

    What is published counts as published.
    """
    chosen = {
        (row.enterprise_id, row.year): settings_of(row)
        for row in InventorySettings.objects.filter(park=park, year__in=years).order_by("pk")
    }
    rows = ActivityRow.objects.filter(
        park=park, year__in=years, is_current=True, is_withdrawn=False
    )
    codes = {s.enterprise.pk if s.enterprise else None: code for code, s in subjects.items()}
    usual = settings_of(None)
    found: dict[Settings, list[Activity]] = {}
    for row in rows.order_by("pk"):
        code = codes.get(row.enterprise_id)
        if code is None or states.get(row.year, {}).get(code, ("", None))[0] == "locked":
            continue
        states.setdefault(row.year, {})[code] = ("draft", None)
        settings = chosen.get((row.enterprise_id, row.year), usual)
        found.setdefault(settings, []).extend(to_engine(subjects[code], [row]))
    return found


def _newest(park: Park, years: Sequence[int]) -> list[Inventory]:
    rows = Inventory.objects.filter(park=park, year__in=years).select_related("enterprise")
    found: dict[tuple[int | None, int], Inventory] = {}
    for row in rows.order_by("version"):
        found[row.enterprise_id, row.year] = row
    return list(found.values())


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What a reader of the list of enterprises asked for."""

    words: str = ""
    state: str = ""
    sort: str = "state"
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
        rows.sort(key=lambda one: -(one.part.known if one.part else 0.0))
        rows.sort(key=lambda one: order.index(one.state), reverse=asked.descending)
    elif asked.sort == "co2e":
        sign = -1.0 if asked.descending else 1.0
        rows.sort(key=lambda one: (one.part is None, sign * (one.part.known if one.part else 0.0)))
    elif asked.descending:
        rows.reverse()
    return rows
