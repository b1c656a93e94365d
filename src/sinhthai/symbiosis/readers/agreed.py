"""Whether both sides of a pair of streams agreed to be named to each other."""

from __future__ import annotations

from collections.abc import Iterable

from sinhthai.symbiosis.models import Consent

Pair = tuple[int, int]


def answers_of(streams: Iterable[int]) -> dict[Pair, str]:
    """Return (stream, partner stream) -> the answer that holds, for pairs within *streams*."""
    wanted = set(streams)
    rows = Consent.objects.filter(stream__in=wanted, partner_stream__in=wanted).order_by("pk")
    return {
        (stream, partner): answer
        for stream, partner, answer in rows.values_list("stream", "partner_stream", "answer")
    }


def agreed_among(streams: Iterable[int]) -> set[Pair]:
    """Return the pairs within *streams* whose two sides both say yes, in either order."""
    answers = answers_of(streams)
    yes = {pair for pair, answer in answers.items() if answer == Consent.Answer.YES}
    return {pair for pair in yes if (pair[1], pair[0]) in yes}


def both_agreed(stream: int, partner: int) -> bool:
    """Say whether the two sides of one pair both say yes now."""
    return (stream, partner) in agreed_among((stream, partner))
