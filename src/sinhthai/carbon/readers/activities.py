"""Activities of the store as the engine takes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from sinhthai.carbon.actions.activities import engine_activity, given_of
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.carbon.models import ActivityRow, InventorySettings
from sinhthai.carbon.subject import Subject

_DEFAULT = InventorySettings()


def current_rows(subject: Subject) -> QuerySet[ActivityRow]:
    """Return what now stands, all years, the withdrawn left out."""
    rows = ActivityRow.objects.filter(**subject.where, is_current=True, is_withdrawn=False)
    return rows.select_related("author").order_by("year", "pk")


def withdrawn_rows(subject: Subject, year: int) -> QuerySet[ActivityRow]:
    """Return the lines of *year* that were withdrawn."""
    return ActivityRow.objects.filter(
        **subject.where, year=year, is_current=True, is_withdrawn=True
    ).order_by("pk")


def to_engine(subject: Subject, rows: Iterable[ActivityRow]) -> tuple[Activity, ...]:
    """Return *rows* as activities of the engine."""
    return tuple(engine_activity(subject, row.year, row.line, given_of(row)) for row in rows)


def settings_rows(subject: Subject) -> dict[int, InventorySettings]:
    """Return the settings that hold, by year; a year without a row has the usual ones."""
    rows = InventorySettings.objects.filter(**subject.where).order_by("pk")
    return {row.year: row for row in rows}


def settings_of(row: InventorySettings | None) -> Settings:
    """Return a row of settings as the engine takes it; None: the usual ones."""
    row = row or _DEFAULT
    return Settings(row.gwp, row.policy, row.last_published)  # type: ignore[arg-type]


def waste_of(row: InventorySettings | None) -> float | None:
    """Return the solid waste treated for others [t]; None: it treats some, not known how much."""
    if row is None or not row.treats_waste:
        return 0.0
    return row.waste_t


def history(subject: Subject, row: ActivityRow) -> list[ActivityRow]:
    """Return everything ever said of a line, newest first."""
    rows = ActivityRow.objects.filter(**subject.where, year=row.year, line=row.line)
    return list(rows.select_related("author").order_by("-pk"))
