"""What the pages of an enterprise's streams show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from sinhthai.foundation.text import fold
from sinhthai.registry.engine.search import search_words
from sinhthai.registry.models import Enterprise
from sinhthai.symbiosis.models import Look, Stream, StreamVersion

SORTS = {
    "name": "name",
    "direction": "stream__direction",
    "quantity": "quantity",
    "origin": "origin",
    "since": "recorded_at",
}
LOOK_SORTS = {"at": "at", "stream": "stream", "viewer": "viewer_name"}
# What a version says that a person would call a change, in the order it is told.
TOLD = (
    "name", "code", "material", "quantity", "quantity_min", "quantity_max", "unit", "year",
    "months", "state", "hazard", "sorted", "price", "quality", "note", "origin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StreamFilter:
    """What a reader of the list asked for; empty means all that stand."""

    words: str = ""
    direction: str = ""
    origin: str = ""
    withdrawn: bool = False
    sort: str = "name"
    descending: bool = False


def find_streams(enterprise: Enterprise, asked: StreamFilter) -> QuerySet[StreamVersion]:
    """Return the current versions of an enterprise's streams that fit."""
    rows = StreamVersion.objects.filter(
        stream__enterprise=enterprise,
        is_current=True,
        stream__withdrawn_at__isnull=not asked.withdrawn,
    ).select_related("stream", "author")
    for word in search_words(asked.words):
        rows = rows.filter(search__contains=word)
    if asked.direction:
        rows = rows.filter(stream__direction=asked.direction)
    if asked.origin:
        rows = rows.filter(origin=asked.origin)
    order = ("-" if asked.descending else "") + SORTS[asked.sort]
    return rows.order_by(order, "stream_id")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many streams an enterprise has, of each kind."""

    offers: int
    needs: int
    estimated: int
    withdrawn: int
    unknown: int  # not taken for any material: no partner can be found

    @property
    def standing(self) -> int:
        """Offers and needs that are not withdrawn."""
        return self.offers + self.needs


def count_streams(enterprise: Enterprise) -> Counts:
    """Return the counts of an enterprise; one query."""
    stands = Q(stream__withdrawn_at=None)
    return Counts(
        **StreamVersion.objects.filter(stream__enterprise=enterprise, is_current=True).aggregate(
            offers=Count("pk", filter=stands & Q(stream__direction=Stream.Direction.OFFER)),
            needs=Count("pk", filter=stands & Q(stream__direction=Stream.Direction.NEED)),
            estimated=Count("pk", filter=stands & Q(origin=StreamVersion.Origin.PROFILE)),
            withdrawn=Count("pk", filter=~stands),
            unknown=Count("pk", filter=stands & Q(material="")),
        )
    )


def duplicates_of(
    enterprise: Enterprise, direction: str, name: str, *, beside: Stream | None = None
) -> list[StreamVersion]:
    """Return the standing streams of the same direction and, but for spelling, the same name."""
    rows = StreamVersion.objects.filter(
        stream__enterprise=enterprise,
        stream__direction=direction,
        stream__withdrawn_at=None,
        is_current=True,
    )
    if beside is not None:
        rows = rows.exclude(stream=beside)
    wanted = fold(name)
    return [row for row in rows.order_by("stream_id") if fold(row.name) == wanted]


@dataclass(frozen=True, slots=True)
class Step:
    """A version of a stream, with what it changed: field, before, after."""

    version: StreamVersion
    changes: tuple[tuple[str, object, object], ...]


def history(stream: Stream) -> list[Step]:
    """Return the versions of a stream, newest first, each with what it changed."""
    rows = list(stream.versions.select_related("author").order_by("recorded_at", "pk"))
    return list(reversed(list(_steps(rows))))


def _steps(rows: list[StreamVersion]) -> Iterator[Step]:
    before: StreamVersion | None = None
    for row in rows:
        changes = () if before is None else _changes(before, row)
        yield Step(row, changes)
        before = row


def _changes(before: StreamVersion, after: StreamVersion) -> tuple[tuple[str, object, object], ...]:
    return tuple(
        (name, getattr(before, name), getattr(after, name))
        for name in TOLD
        if getattr(before, name) != getattr(after, name)
    )


def find_looks(
    enterprise: Enterprise, *, words: str = "", as_what: str = "", sort: str = "-at"
) -> QuerySet[Look]:
    """Return who looked at the streams of an enterprise, with the stream's name of today."""
    rows = Look.objects.filter(stream__enterprise=enterprise).select_related("stream")
    if words:
        named = StreamVersion.objects.filter(is_current=True, stream__enterprise=enterprise)
        for word in search_words(words):
            named = named.filter(search__contains=word)
        rows = rows.filter(Q(viewer_name__icontains=words) | Q(stream__in=named.values("stream")))
    if as_what:
        rows = rows.filter(as_what=as_what)
    return rows.order_by(sort, "-pk")


def names_of(streams: set[int]) -> dict[int, str]:
    """Return what streams are called today."""
    rows = StreamVersion.objects.filter(stream__in=streams, is_current=True)
    return dict(rows.values_list("stream_id", "name"))
