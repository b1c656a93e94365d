"""What was recorded, as Arrow tables: the input of ``engine.facts``, for a park or the country."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import connections, models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from sinhthai.registry.models import Enterprise, EnterpriseStatus
from sinhthai.reporting.engine.facts import RECORDS, ROSTER
from sinhthai.reporting.models import Record

_CHUNK = 20_000


def read_records(
    parks: Sequence[str] | None = None, *, known_at: dt.datetime | None = None
) -> pa.Table:
    """Return the yearly records of *parks* (codes; None: all) as known at an instant (None: now).

    What was undone by then is left out. Quarterly records are no part of a year's facts.
    """
    found = Record.objects.filter(quarter=None, **_of(parks))
    if known_at is None:
        found = found.filter(reverted_at=None)
    else:
        found = found.filter(recorded_at__lte=known_at).filter(
            Q(reverted_at=None) | Q(reverted_at__gt=known_at)
        )
    text = models.TextField()
    return _read(
        found.order_by().values_list(
            F("id"),
            F("park__code"),
            Coalesce(F("enterprise__code"), models.Value("")),
            F("year"),
            Cast("values", text),
            Cast("qualifiers", text),
            Cast("absences", text),
        ),
        RECORDS,
    )


def read_roster(parks: Sequence[str] | None, years: Sequence[int]) -> pa.Table:
    """Return the enterprises of *parks* (None: all) in each of *years*, with their status.

    The status is that of 31 December. An enterprise whose first status is later did not exist
    yet and is left out; one without any status is listed with status NULL.
    """
    enterprises = _rows(
        Enterprise.objects.filter(**_of(parks)).order_by().values_list("id", "park__code", "code")
    )
    of_parks = {f"enterprise__{key}": value for key, value in _of(parks).items()}
    statuses: dict[int, list[tuple[str, str]]] = {}
    changes = EnterpriseStatus.objects.filter(**of_parks).order_by("valid_from")
    for enterprise, since, status in _rows(
        changes.values_list("enterprise_id", "valid_from", "status")
    ):
        statuses.setdefault(enterprise, []).append((str(since), status))
    columns: tuple[list[Any], ...] = ([], [], [], [])
    last_days = [(year, f"{year:04}-12-31") for year in sorted(set(years))]
    for number, park, code in enterprises:
        known = statuses.get(number)
        for year, last_day in last_days:
            status = None
            if known is not None:
                if known[0][0] > last_day:
                    continue
                for since, name in known:
                    if since <= last_day:
                        status = name
            for column, value in zip(columns, (park, code, year, status), strict=True):
                column.append(value)
    return pa.table(list(columns), schema=ROSTER)


def years_reported(parks: Sequence[str] | None = None) -> dict[str, list[int]]:
    """Return the years each park has records of, newest first."""
    found: dict[str, list[int]] = {}
    records = Record.objects.filter(quarter=None, reverted_at=None, **_of(parks))
    for park, year in records.order_by("-year").values_list("park__code", "year").distinct():
        found.setdefault(park, []).append(year)
    return found


def _of(parks: Sequence[str] | None) -> dict[str, Any]:
    """Return the filter for some parks; a long list (the country in parts) stays one query."""
    return {} if parks is None else {"park__code__in": list(parks)}


def _rows(query: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Return the rows as the driver gives them, past Django's converters."""
    sql, parameters = query.query.sql_with_params()
    with connections[query.db].cursor() as cursor, _no_collection():
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _read(query: QuerySet[Any, Any], schema: pa.Schema) -> pa.Table:
    """Return the rows as an Arrow table, chunk by chunk so that no copy of all of them is held."""
    sql, parameters = query.query.sql_with_params()
    batches = []
    with connections[query.db].cursor() as cursor, _no_collection():
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(_CHUNK):
            columns = zip(*rows, strict=True)
            batches.append(
                pa.record_batch(
                    [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)],
                    schema=schema,
                )
            )
    return pa.Table.from_batches(batches, schema)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Stop the cyclic collector while making many tuples, none of which can form a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
