"""What stands for a park and year: the latest value of every item, and where it came from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.models import Record

ALL = object()  # every subject of a park

Value = bool | float | int | str
Content = tuple[Value | None, str, str]  # value, absence, qualifier


@dataclass(frozen=True, slots=True)
class Origin:
    """The record a value came in: when, by whom, from what."""

    id: int
    year: int
    recorded_at: dt.datetime
    author: str
    source: str
    as_of: str
    batch: int | None
    reverted_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One value, or the reason why there is none (``absence``), with its origin."""

    value: Value | None
    absence: str
    qualifier: str
    cell: str
    origin: Origin

    @property
    def content(self) -> Content:
        """What is said, without who said it."""
        return self.value, self.absence, self.qualifier


# enterprise code ("" = the park itself) -> item code -> what stands
Known = dict[str, dict[str, Standing]]


def standing(park: Park, year: int, *, known_at: dt.datetime | None = None) -> Known:
    """Return the values reported for *year*, as known at an instant (None: now)."""
    return _latest(known_records(park, known_at).filter(year=year).order_by("id"))


def carried(
    park: Park, year: int, items: Collection[str], *, enterprise: Enterprise | None | object = ALL
) -> Known:
    """Return what earlier years last said of *items*: hints for the report of *year*.

    *enterprise* None asks for the park itself only.
    """
    earlier = known_records(park, None).filter(year__lt=year).order_by("year", "id")
    if enterprise is not ALL:
        earlier = earlier.filter(enterprise=enterprise)
    return _latest(earlier, only=frozenset(items))


def known_records(park: Park, known_at: dt.datetime | None) -> QuerySet[Record]:
    """Return the records of *park* that counted at an instant (None: now)."""
    records = Record.objects.filter(park=park)
    if known_at is None:
        return records.filter(reverted_at=None)
    return records.filter(recorded_at__lte=known_at).filter(
        Q(reverted_at=None) | Q(reverted_at__gt=known_at)
    )


def history(park: Park, enterprise: str, item: str) -> list[Standing]:
    """Return everything ever said of one item, newest first, with what was undone since."""
    records = Record.objects.filter(park=park).filter(
        Q(values__has_key=item) | Q(absences__has_key=item)
    )
    records = records.filter(enterprise__code=enterprise) if enterprise else records.filter(enterprise=None)
    return [row[item] for _, row in read_records_of(records.order_by("-year", "-id"))]


def read_records_of(records: QuerySet[Record]) -> Iterator[tuple[str, dict[str, Standing]]]:
    """Yield the enterprise code and the items of each record, in the given order."""
    rows = records.values_list(
        "enterprise__code",
        "values",
        "absences",
        "qualifiers",
        "cells",
        "id",
        "year",
        "recorded_at",
        "author__username",
        "source",
        "as_of",
        "batch",
        "reverted_at",
    )
    for enterprise, values, absences, qualifiers, cells, *origin in rows.iterator(chunk_size=2000):
        head = Origin(*origin)
        said = {
            item: Standing(value, "", qualifiers.get(item, ""), cells.get(item, ""), head)
            for item, value in values.items()
        }
        for item, absence in absences.items():
            said[item] = Standing(None, absence, "", cells.get(item, ""), head)
        yield enterprise or "", said


def digest(known: Known) -> str:
    """Return the SHA-256 of what is said, whatever the order and whoever said it."""
    said = {
        enterprise: {item: found.content for item, found in row.items()}
        for enterprise, row in known.items()
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Known, after: Known) -> list[tuple[str, str, Standing | None, Standing | None]]:
    """Return (enterprise, item, before, after) wherever what is said differs."""
    found = []
    for enterprise in sorted(before.keys() | after.keys()):
        was, now = before.get(enterprise, {}), after.get(enterprise, {})
        for item in sorted(was.keys() | now.keys()):
            old, new = was.get(item), now.get(item)
            if (old and old.content) != (new and new.content):
                found.append((enterprise, item, old, new))
    return found


def _latest(records: QuerySet[Record], only: frozenset[str] | None = None) -> Known:
    known: Known = {}
    for enterprise, said in read_records_of(records):
        row = known.setdefault(enterprise, {})
        row.update(said if only is None else {i: s for i, s in said.items() if i in only})
    return known
