"""Whether both sides of a pair of streams agreed to be named to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from sinhthai.symbiosis.models import Consent, Stream, StreamVersion

Pair = tuple[int, int]


def last_answers(rows: QuerySet[Consent]) -> dict[Pair, str]:
    """Return (stream, partner stream) -> the answer that holds, of *rows*; one query.

    A yes was said of what both streams were then. Once either of them has become another
    material, the yes holds no longer ("") until it is said again.
    """
    sides = ("stream", "partner_stream")
    found = (
        rows.order_by("pk")
        .annotate(**{f"{side}_then": _material_then(side) for side in sides})
        .annotate(**{f"{side}_now": _material_now(side) for side in sides})
        .values_list(
            "stream_id", "partner_stream_id", "answer",
            *(f"{side}_{when}" for side in sides for when in ("then", "now")),
        )
    )  # fmt: skip
    answers = {}
    for stream, partner, answer, then, now, partner_then, partner_now in found:
        same = then in (None, now) and partner_then in (None, partner_now)
        answers[stream, partner] = answer if same or answer != Consent.Answer.YES else ""
    return answers


def answers_of(streams: Collection[int] | QuerySet[Any, Any]) -> dict[Pair, str]:
    """Return (stream, partner stream) -> the answer that holds, for pairs within *streams*."""
    return last_answers(Consent.objects.filter(stream__in=streams, partner_stream__in=streams))


def agreed_among(streams: Iterable[int]) -> set[Pair]:
    """Return the pairs within *streams* whose two sides both say yes, in either order.

    A withdrawn stream closes its pairs.
    """
    answers = answers_of(Stream.objects.filter(pk__in=set(streams), withdrawn_at=None).values("pk"))
    yes = {pair for pair, answer in answers.items() if answer == Consent.Answer.YES}
    return {pair for pair in yes if (pair[1], pair[0]) in yes}


def _material_then(side: str) -> Subquery:
    versions = StreamVersion.objects.filter(stream=OuterRef(side), recorded_at__lte=OuterRef("at"))
    return Subquery(versions.order_by("-pk").values("material")[:1])


def _material_now(side: str) -> Subquery:
    versions = StreamVersion.objects.filter(stream=OuterRef(side), is_current=True)
    return Subquery(versions.values("material")[:1])
