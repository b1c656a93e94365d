"""The inventories of one subject: what is locked, what is a draft, and the trace of a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sinhthai.carbon.engine import records
from sinhthai.carbon.engine.energy import counted_by_law
from sinhthai.carbon.engine.inventory import counts
from sinhthai.carbon.engine.model import Activity, Line, Settings, Total
from sinhthai.carbon.engine.park_sum import Part, lines_apart
from sinhthai.carbon.engine.partial import compute_draft
from sinhthai.carbon.engine.records import Pinned
from sinhthai.carbon.engine.thresholds import Duty, must_report
from sinhthai.carbon.models import ActivityRow, Inventory, InventorySettings
from sinhthai.carbon.readers.activities import (
    current_rows,
    settings_of,
    settings_rows,
    to_engine,
    waste_of,
)
from sinhthai.carbon.subject import Subject
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """One inventory as a page shows it: a locked version, or the draft of a year."""

    subject: Subject
    year: int
    pinned: Pinned
    waste_t: float | None
    refused: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """Of a draft: lines that cannot be computed, and why."""
    lost: tuple[Activity, ...] = ()
    """The activities of ``refused``."""
    rows: Mapping[str, ActivityRow] = field(default_factory=dict)
    """Of a draft: the rows the lines stand in."""
    locked: Inventory | None = None

    @property
    def settings(self) -> Settings:
        """How it was computed."""
        return self.pinned.inventory.settings

    @property
    def totals(self) -> dict[int | None, Total]:
        """Totals by scope; None: scopes 1 and 2 together."""
        return {total.scope: total for total in self.pinned.inventory.totals}

    @property
    def whole(self) -> Total:
        """Scopes 1 and 2 together; of nothing entered the sum of nothing."""
        nothing = Total(self.subject.code, self.year, None, 0.0, 0.0, 0.0, 0.0)
        return self.totals.get(None, nothing)

    @property
    def duty(self) -> Duty:
        """Whether it must be reported by law."""
        energy = counted_by_law(self.pinned.energy)
        lost = tuple(a.line for a in self.lost if a.kind in ("stationary", "mobile", "electricity"))
        if lost:  # what a line cannot say of its gases it may not say of its energy either
            energy = replace(energy, unknown=(*energy.unknown, *lost))
        return must_report(self.whole, energy, self.waste_t)

    @property
    def digest(self) -> str:
        """What an approver of this draft agrees to."""
        return self.locked.digest if self.locked else records.digest_of(self.data)

    @property
    def data(self) -> dict[str, object]:
        """The same as it would be kept."""
        return records.to_data(self.pinned)

    @property
    def sources(self) -> list[Source]:
        """The lines of its table, by scope, in the order they were entered."""
        parts = lines_apart(self.pinned, load_factors().gwp(self.settings.gwp))
        by_line: dict[str, list[Line]] = {}
        for line in self.pinned.inventory.lines:
            by_line.setdefault(line.line, []).append(line)
        found = [
            Source(a, tuple(by_line.get(a.line, ())), parts.get(a.line))
            for a in self.pinned.activities
        ]
        found += [Source(a, (), None, self.refused[a.line]) for a in self.lost]
        return sorted(found, key=lambda one: (one.activity.scope, one.activity.kind))


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the table: an activity with its gases."""

    activity: Activity
    gases: tuple[Line, ...]
    part: Part | None
    """What it adds to its scope; None: it cannot be computed."""
    problems: tuple[Problem, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether its sum is a number."""
        return self.part is not None and not self.part.unknown

    def co2e(self, gas: str) -> float | None:
        """Return what *gas* adds [t CO2e]; "" is every gas that is not CO2, CH4 or N2O."""
        named = ("CO2", "CH4", "N2O")
        chosen = [
            line
            for line in self.gases
            if counts(line) and (line.gas == gas if gas else line.gas not in named)
        ]
        if not chosen or any(line.co2e_t is None for line in chosen):
            return None
        return sum(line.co2e_t or 0.0 for line in chosen)

    @property
    def biogenic_t(self) -> float | None:
        """CO2 of biomass [t]; None: there is none, or it is not known."""
        chosen = [line for line in self.gases if line.is_biogenic]
        if not chosen or any(line.mass_t is None for line in chosen):
            return None
        return sum(line.mass_t or 0.0 for line in chosen)

    @property
    def biogenic_open(self) -> bool:
        """Whether there is CO2 of biomass and nobody knows how much."""
        return any(line.is_biogenic and line.mass_t is None for line in self.gases)

    @property
    def outside_open(self) -> bool:
        """Whether there are gases of the Montreal Protocol and nobody knows how much."""
        return any(line.is_outside and line.co2e_t is None for line in self.gases)

    @property
    def outside_t(self) -> float | None:
        """Gases of the Montreal Protocol [t CO2e], outside the totals."""
        chosen = [line for line in self.gases if line.is_outside]
        if not chosen or any(line.co2e_t is None for line in chosen):
            return None
        return sum(line.co2e_t or 0.0 for line in chosen)


@dataclass(frozen=True, slots=True)
class Book:
    """All inventories of a subject: the drafts, and every locked version."""

    subject: Subject
    drafts: Mapping[int, Shown]
    versions: Mapping[int, tuple[Inventory, ...]]
    """By year, the newest first."""
    settings: Mapping[int, InventorySettings]

    @property
    def years(self) -> list[int]:
        """Every year that has anything, the first one first."""
        return sorted({*self.drafts, *self.versions})

    def shown(self, year: int, version: int | None = None) -> Shown | None:
        """Return a version; None asks for the draft, or the newest version where there is none."""
        locked = self.versions.get(year, ())
        if version is None:
            return self.drafts.get(year) or (
                show_locked(self.subject, locked[0]) if locked else None
            )
        return next(
            (show_locked(self.subject, one) for one in locked if one.version == version), None
        )

    def published(self, year: int) -> Shown | None:
        """Return the newest version, or None."""
        locked = self.versions.get(year, ())
        return show_locked(self.subject, locked[0]) if locked else None

    def has_moved(self, year: int) -> bool:
        """Say whether the draft of *year* says something else than its newest version."""
        locked, draft = self.versions.get(year), self.drafts.get(year)
        if not locked or draft is None:
            return False
        now = {**draft.data, "factors_hash": ""}
        return bool(draft.refused) or records.digest_of(now) != records.digest_of(
            {**locked[0].data, "factors_hash": ""}
        )


def open_book(subject: Subject, *, drafts: bool) -> Book:
    """Return the inventories of *subject*; the drafts too where the reader may see them."""
    versions: dict[int, list[Inventory]] = {}
    rows = Inventory.objects.filter(**subject.where).select_related("locked_by")
    for row in rows.order_by("year", "-version"):
        versions.setdefault(row.year, []).append(row)
    kept = {year: tuple(found) for year, found in versions.items()}
    if not drafts:
        return Book(subject, {}, kept, {})
    chosen = settings_rows(subject)
    by_year: dict[int, list[ActivityRow]] = {}
    for activity in current_rows(subject):
        by_year.setdefault(activity.year, []).append(activity)
    found = {
        year: show_draft(subject, year, rows_, chosen.get(year)) for year, rows_ in by_year.items()
    }
    return Book(subject, found, kept, chosen)


def show_draft(
    subject: Subject,
    year: int,
    rows: Sequence[ActivityRow],
    chosen: InventorySettings | None,
) -> Shown:
    """Return the inventory of *rows* as far as it can be computed."""
    factors = load_factors()
    activities = to_engine(subject, rows)
    draft = compute_draft(activities, factors, settings_of(chosen))
    refused = {line: problems for (_, _, line), problems in draft.refused.items()}
    good = [a for a in activities if a.line not in refused]
    return Shown(
        subject,
        year,
        records.pin(good, draft.inventory, factors),
        waste_of(chosen),
        refused,
        tuple(a for a in activities if a.line in refused),
        {row.line: row for row in rows},
    )


def show_locked(subject: Subject, locked: Inventory) -> Shown:
    """Return a locked version as it was published."""
    return Shown(
        subject, locked.year, records.from_data(locked.data), locked.waste_t, locked=locked
    )
