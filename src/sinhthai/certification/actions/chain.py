"""Add a link to the chain of what happened. Rows are only ever added, under one lock."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from sinhthai.accounts.actions import display_name
from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.engine.chain import START, Link, link
from sinhthai.certification.models import Certificate, ChainHead, Dossier, Event

SYSTEM = "Sinh Thái"
_HEAD = 1  # there is one chain, so one head


@transaction.atomic
def record(
    *,
    kind: str,
    at: dt.datetime,
    actor: User | None,
    dossier: Dossier | None = None,
    certificate: Certificate | None = None,
    before: str = "",
    after: str = "",
    organisation: Organisation | None = None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Record that something happened; *actor* None is the system itself.

    Call it inside the transaction of the change it tells of, so both stand or fall together.
    The lock on the head puts links one after the other; take it last, it is everybody's.

    Raises
    ------
    ValueError : *at* has no time zone: the machine's own would slip in.
    """
    if at.tzinfo is None:
        raise ValueError("a time without its zone is no instant")
    ChainHead.objects.get_or_create(pk=_HEAD, defaults={"seq": 0, "hash": START})
    head = ChainHead.objects.select_for_update().get(pk=_HEAD)
    event = Event(
        seq=head.seq + 1,
        dossier=dossier,
        certificate=certificate,
        kind=kind,
        before=before,
        after=after,
        actor=actor,
        actor_name=display_name(actor)[:150] if actor else SYSTEM,
        organisation=organisation,
        at=at.astimezone(dt.UTC),
        reason=reason,
        detail=_plain(detail or {}),
        previous=head.hash,
    )
    event.hash = link(event.previous, body_of(event))
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    return event


def body_of(event: Event) -> dict[str, Any]:
    """Return everything of *event* its hash speaks for."""
    return {
        "seq": event.seq,
        "dossier": event.dossier_id,
        "certificate": event.certificate_id,
        "kind": event.kind,
        "before": event.before,
        "after": event.after,
        "actor": event.actor_id,
        "actor_name": event.actor_name,
        "organisation": event.organisation_id,
        "at": event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "reason": event.reason,
        "detail": event.detail,
    }


def links() -> Iterator[Link]:
    """Yield the chain as stored, from its first link; it is never all in memory."""
    for event in Event.objects.order_by("seq").iterator(chunk_size=1000):
        yield Link(event.seq, event.previous, event.hash, body_of(event))


def head() -> tuple[int, str]:
    """Return number and hash of the last link, as kept apart from the links."""
    row = ChainHead.objects.filter(pk=_HEAD).first()
    return (row.seq, row.hash) if row else (0, START)


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return *value* as JSON that every store gives back unchanged: no floats, no own types."""
    plain: dict[str, Any] = json.loads(json.dumps(_steady(value), default=str))
    return plain


def _steady(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _steady(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        rows = [_steady(one) for one in value]
        return sorted(rows) if isinstance(value, (set, frozenset)) else rows
    return repr(value) if isinstance(value, float) else value
