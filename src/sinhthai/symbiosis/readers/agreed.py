"""Whether both sides of a pair of streams agreed to be named to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from sinhthai.symbiosis.models import Consent, Stream

Pair = tuple[int, int]


def answers_of(streams: Collection[int] | QuerySet[Any, Any]) -> dict[Pair, str]:
    """Return (stream, partner stream) -> the answer that holds, for pairs within *streams*."""
    rows = Consent.objects.filter(stream__in=streams, partner_stream__in=streams).order_by("pk")
    return {
        (stream, partner): answer
        for stream, partner, answer in rows.values_list("stream", "partner_stream", "answer")
    }


def agreed_among(streams: Iterable[int]) -> set[Pair]:
    """Return the pairs within *streams* whose two sides both say yes, in either order.

    A withdrawn stream closes its pairs.
    """
    answers = answers_of(Stream.objects.filter(pk__in=set(streams), withdrawn_at=None).values("pk"))
    yes = {pair for pair, answer in answers.items() if answer == Consent.Answer.YES}
    return {pair for pair in yes if (pair[1], pair[0]) in yes}
