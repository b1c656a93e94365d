"""Who takes part in an exchange, and since when."""

from __future__ import annotations

import datetime as dt

from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise
from sinhthai.symbiosis.actions.consent import is_open
from sinhthai.symbiosis.actions.pipeline import audit, check_not_future, locked
from sinhthai.symbiosis.actions.refusals import refuse
from sinhthai.symbiosis.models import Exchange, Participant


def add_participant(
    *,
    user: User,
    exchange: Exchange,
    role: str,
    enterprise: Enterprise | None = None,
    other: str = "",
    joined_on: dt.date | None = None,
    at: dt.datetime,
) -> Participant:
    """Add an enterprise of the park, or a party outside the register named in words.

    An enterprise of another park comes in through ``name_partner`` only, after both agreed.
    """
    other = other.strip()[:200]
    if (enterprise is None) == (other == "") or role not in Participant.Role.values:
        raise refuse("participant-unnamed")
    if enterprise is not None and enterprise.park_id != exchange.park_id:
        raise refuse("unknown-enterprise")
    return _add(user, exchange, role, enterprise, other, joined_on, at)


def name_partner(*, user: User, exchange: Exchange, at: dt.datetime) -> Participant:
    """Take in the partner from another park, now that both sides agreed to be named."""
    offer, need = exchange.offer, exchange.need
    if offer is None or need is None or not is_open(offer.pk, need.pk):
        raise refuse("not-agreed")
    if offer.enterprise.park_id == exchange.park_id:
        return _add(user, exchange, Participant.Role.TAKER, need.enterprise, "", None, at)
    return _add(user, exchange, Participant.Role.GIVER, offer.enterprise, "", None, at)


def date_participant(
    *,
    user: User,
    participant: Participant,
    joined_on: dt.date | None,
    left_on: dt.date | None,
    at: dt.datetime,
) -> Participant:
    """Say since when a party takes part, and since when no longer."""
    with locked(user, participant.exchange) as held:
        found = held.participants.select_related("enterprise").get(pk=participant.pk)
        for day in (joined_on, left_on):
            if day is not None:
                check_not_future(day, at)
        if left_on is not None and (joined_on is None or left_on < joined_on):
            raise refuse("left-before-joined")
        if (found.joined_on, found.left_on) == (joined_on, left_on):
            raise refuse("nothing-new")
        before = [str(found.joined_on or ""), str(found.left_on or "")]
        found.joined_on, found.left_on = joined_on, left_on
        found.save(update_fields=["joined_on", "left_on"])
        audit(
            held,
            user,
            at,
            "date_participant",
            Text(
                "Sửa ngày tham gia của một bên trong {exchange}.",
                "Changed the days a party takes part in {exchange}.",
            ),
            {
                "participant": found.pk,
                "before": before,
                "after": [str(joined_on or ""), str(left_on or "")],
            },
        )
    return found


def name_of(participant: Participant) -> str:
    """Return the name of a party as it is registered or written down."""
    return participant.enterprise.name_vi if participant.enterprise else participant.other


def _add(
    user: User,
    exchange: Exchange,
    role: str,
    enterprise: Enterprise | None,
    other: str,
    joined_on: dt.date | None,
    at: dt.datetime,
) -> Participant:
    if joined_on is not None:
        check_not_future(joined_on, at)
    with locked(user, exchange) as held:
        if held.participants.filter(enterprise=enterprise, other=other, role=role).exists():
            raise refuse("participant-twice")
        row = Participant.objects.create(
            exchange=held, enterprise=enterprise, other=other, role=role, joined_on=joined_on
        )
        audit(
            held,
            user,
            at,
            "add_participant",
            Text("Thêm một bên vào {exchange}.", "Added a party to {exchange}."),
            {"participant": row.pk, "role": role},
        )
    return row
