"""What stands for a park and year: the latest value of every item, and where it came from.

The same merging as ``engine.facts`` (a later record wins, a state carries into later years, an
absence hides an earlier value), kept with the origin of each value for the pages and imports.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

import pyarrow as pa
from django.db.models import Q, QuerySet

from sinhthai.registry.models import Park
from sinhthai.reporting.engine.workbook.earlier import key_of
from sinhthai.reporting.engine.workbook.model import SAID
from sinhthai.reporting.models import Record
from sinhthai.rules.bundle import load_bundle

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


def standing(
    park: Park,
    year: int,
    *,
    known_at: dt.datetime | None = None,
    subjects: Q | None = None,
    carry: bool = True,
    earlier: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> Known:
    """Return what counts for *year*, as known at an instant (None: now).

    *subjects* narrows the records to some subjects; without *carry* only what was reported for
    the year itself counts. The items of *earlier* are given for those years too, under the codes a
    workbook asks them by (``code@year``).
    """
    records = known_records(park, known_at)
    records = records.filter(year__lte=year) if carry else records.filter(year=year)
    if subjects is not None:
        records = records.filter(subjects)
    known: Known = {}
    states = _states()
    for enterprise, said in read_records_of(records.order_by("year", "id")):
        row = known.setdefault(enterprise, {})
        for item, found in said.items():
            if found.origin.year == year or item in states:
                row[item] = found
            if found.origin.year in earlier.get(item, ()):
                row[key_of(item, found.origin.year)] = found
    return known


def known_records(park: Park, known_at: dt.datetime | None) -> QuerySet[Record]:
    """Return the records of *park* that counted at an instant (None: now)."""
    records = Record.objects.filter(park=park, quarter=None)
    if known_at is None:
        return records.filter(reverted_at=None)
    return records.filter(recorded_at__lte=known_at).filter(
        Q(reverted_at=None) | Q(reverted_at__gt=known_at)
    )


def history(park: Park, enterprise: str, item: str) -> list[Standing]:
    """Return everything ever said of one item, newest first, with what was undone since."""
    said = Q(values__has_key=item) | Q(absences__has_key=item)
    subject = Q(enterprise__code=enterprise) if enterprise else Q(enterprise=None)
    records = Record.objects.filter(said, subject, park=park).order_by("-year", "-id")
    return [row[item] for _, row in read_records_of(records)]


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
    for enterprise, values, absences, qualifiers, cells, *head_columns in rows.iterator(2000):
        head = Origin(*cast(tuple[Any, ...], head_columns))
        said = {
            item: Standing(value, "", qualifiers.get(item, ""), cells.get(item, ""), head)
            for item, value in values.items()
        }
        for item, absence in absences.items():
            said[item] = Standing(None, absence, "", cells.get(item, ""), head)
        yield enterprise or "", said


def said_table(known: Known) -> pa.Table:
    """Return *known* as statements of the workbook engine, to hold an upload against."""
    columns: dict[str, list[object]] = {name: [] for name in SAID.names}
    for subject, item, found in _each(known):
        value = found.value
        is_text = isinstance(value, str)
        columns["subject"].append(subject)
        columns["item"].append(item)
        columns["number"].append(None if value is None or is_text else float(value))
        columns["text"].append(value if is_text else None)
        columns["qualifier"].append(found.qualifier or None)
        columns["absence"].append(found.absence or None)
        columns["row"].append(-1)
        columns["column"].append(-1)
    return pa.table(columns, schema=SAID)


def digest(known: Known) -> str:
    """Return the SHA-256 of what is said, whatever the order and whoever said it."""
    said = [[subject, item, *found.content] for subject, item, found in _each(known)]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(
    before: Known, after: Known
) -> list[tuple[str, str, Standing | None, Standing | None]]:
    """Return (enterprise, item, before, after) wherever what is said differs."""
    found = []
    for subject in sorted(before.keys() | after.keys()):
        was, now = before.get(subject, {}), after.get(subject, {})
        for item in sorted(was.keys() | now.keys()):
            old, new = was.get(item), now.get(item)
            if (old and old.content) != (new and new.content):
                found.append((subject, item, old, new))
    return found


def _each(known: Known) -> Iterable[tuple[str, str, Standing]]:
    for subject in sorted(known):
        for item in sorted(known[subject]):
            yield subject, item, known[subject][item]


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Return the items that hold until replaced."""
    items = load_bundle().items.values()
    return frozenset(item.code for item in items if item.nature == "state")
