"""An enterprise agrees to be named to one partner, or takes that back. Every answer is kept.

Neither side sees the other before both agreed, and neither any more after one took it back.
What was seen in between stays in the log of looks.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.http import Http404

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.models import Consent, Stream
from sinhthai.symbiosis.policy import may_consent
from sinhthai.symbiosis.readers.agreed import agreed_among, last_answers

Answer = Consent.Answer
_SAID = {
    Answer.YES: Text(
        "đồng ý cho một đối tác của dòng số {number} biết tên",
        "agreed to be named to a partner of stream no. {number}",
    ),
    Answer.NO: Text(
        "từ chối cho một đối tác của dòng số {number} biết tên",
        "declined to be named to a partner of stream no. {number}",
    ),
    Answer.WITHDRAWN: Text(
        "rút lại việc cho một đối tác của dòng số {number} biết tên",
        "took back being named to a partner of stream no. {number}",
    ),
}


def answer_of(own: int, partner: int) -> str:
    """Return what the owner of *own* says of being named to the owner of *partner*, "" if nothing.

    A yes said before either stream became another material does not hold any more.
    """
    rows = Consent.objects.filter(stream=own, partner_stream=partner)
    return last_answers(rows).get((own, partner), "")


def is_open(own: int, partner: int) -> bool:
    """Say whether both agreed, and both streams still stand; one query."""
    return (own, partner) in agreed_among((own, partner))


@transaction.atomic
def answer_partner(
    own: Stream, partner: Stream, answer: str, *, by: User, at: dt.datetime
) -> Consent | None:
    """Record what the owner of *own* says of being named to the owner of *partner*.

    Saying the same again adds nothing and returns None; so does taking back what was never
    given. Only people of the enterprise itself answer for it.

    Raises
    ------
    Http404
        *by* does not act for the owner, or the two streams are no possible pair.
    """
    if not may_consent(by, own.enterprise):
        raise Http404("no such stream for this person")
    if own.enterprise_id == partner.enterprise_id or own.direction == partner.direction:
        raise Http404("no such pair")
    wanted = Answer(answer)
    Stream.objects.select_for_update().get(pk=own.pk)
    before = answer_of(own.pk, partner.pk)
    if before == wanted or (wanted == Answer.WITHDRAWN and before != Answer.YES):
        return None
    if wanted == Answer.YES and (own.withdrawn_at or partner.withdrawn_at):
        raise Http404("no such pair any more")
    row = Consent.objects.create(stream=own, partner_stream=partner, answer=wanted, by=by, at=at)
    said = _SAID[wanted].format(number=own.pk)
    name = Text(own.enterprise.name_vi, own.enterprise.name_en or own.enterprise.name_vi)
    record_audit(
        actor=by,
        action="symbiosis.answer_partner",
        at=at,
        summary=Text(f"{name.vi}: {said.vi}", f"{name.en}: {said.en}"),
        park_code=own.enterprise.park.code,
        object_kind="stream",
        object_code=own.enterprise.code,
        detail={"consent": row.pk, "answer": str(wanted)},  # the partner is not named here
    )
    return row
