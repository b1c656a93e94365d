"""Pairs of streams as one viewer may name them, and what both owners said of being named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from sinhthai.accounts.models import User
from sinhthai.registry.models import Enterprise
from sinhthai.symbiosis.models import Consent, StreamVersion
from sinhthai.symbiosis.readers.agreed import last_answers

Pair = tuple[int, int]
"""Own stream, partner's stream."""
Answers = dict[Pair, str]
"""(whose stream, the other's stream) -> the last answer of the first one's owner."""


def pair_token(viewer: User, own: int, partner: int) -> str:
    """Return the name of a pair for one viewer: it tells nothing and cannot be guessed."""
    said = f"{viewer.pk}:{own}:{partner}"
    return salted_hmac("symbiosis.pair", said, algorithm="sha256").hexdigest()[:40]


def find_token(viewer: User, token: str, pairs: Iterable[Pair]) -> Pair | None:
    """Return which of *pairs* a token names; None when none of them."""
    for pair in pairs:
        if constant_time_compare(pair_token(viewer, *pair), token):
            return pair
    return None


def answers_about(own: Iterable[int]) -> Answers:
    """Return the last answer of every pair with one of *own* on either side; one query."""
    mine = list(own)
    return last_answers(Consent.objects.filter(Q(stream__in=mine) | Q(partner_stream__in=mine)))


@dataclass(frozen=True, slots=True)
class Agreed:
    """A pair the owner said yes to. The partner is named once it said yes too."""

    token: str
    own: int
    own_name: str
    partner: int  # never shown
    is_open: bool
    name_vi: str = ""
    name_en: str = ""
    stream: str = ""


def agreed_pairs(enterprise: Enterprise, viewer: User, answers: Answers) -> list[Agreed]:
    """Return the pairs an enterprise agreed to, the open ones with their partner's name."""
    yes = Consent.Answer.YES
    said_yes = {pair for pair, answer in answers.items() if answer == yes}
    ids = {stream for pair in said_yes for stream in pair}
    rows = StreamVersion.objects.filter(stream__in=ids, is_current=True).values_list(
        "stream_id",
        "name",
        "stream__withdrawn_at",
        "stream__enterprise_id",
        "stream__enterprise__name_vi",
        "stream__enterprise__name_en",
    )
    known = {row[0]: row for row in rows} if ids else {}
    found = []
    for own, partner in sorted(said_yes):
        mine, theirs = known[own], known[partner]
        if mine[3] != enterprise.pk:
            continue
        stands = mine[2] is None and theirs[2] is None
        is_open = stands and (partner, own) in said_yes
        named = (theirs[4], theirs[5] or theirs[4], theirs[1]) if is_open else ("", "", "")
        found.append(
            Agreed(pair_token(viewer, own, partner), own, mine[1], partner, is_open, *named)
        )
    return found
