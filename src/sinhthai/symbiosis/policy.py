"""Who may see a stream, who may keep it, and who leaves a trace when they look at it.

Streams are private. Their owner's people see them; the facilitator of the park (its own office,
or an adviser appointed for that park) sees them and is logged; a partner sees one stream once
both sides agreed. Province and country read aggregates: their scope opens no stream.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from typing import Literal

from django.core.cache import cache
from django.http import Http404
from django.utils import timezone

from sinhthai.accounts.models import User
from sinhthai.accounts.policy import WRITERS, Roles, scopes_of
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person
from sinhthai.symbiosis.models import Look, Stream

Standing = Literal["owner", "facilitator"]
LookAs = Literal["facilitator", "partner"]


def may_facilitate(user: Person, park: Park) -> bool:
    """Say whether *user* is the facilitator: a writer by a role held on the park itself."""
    return bool(scopes_of(user).parks.get(park.code, frozenset()) & WRITERS)


def park_to_facilitate(user: Person, code: str) -> Park:
    """Return the park if *user* is its facilitator, or raise Http404: no hint to a stranger."""
    park = Park.objects.select_related("province_now", "operator").filter(code=code).first()
    if park is None or not may_facilitate(user, park):
        raise Http404("no such park for this person")
    return park


def roles_in(user: Person, enterprise: Enterprise) -> Roles:
    """Return the roles *user* holds on the enterprise itself; what lies above it gives none."""
    held = scopes_of(user).enterprises
    roles = held.get(enterprise.code, frozenset())
    if enterprise.tax_code:
        roles |= held.get(enterprise.tax_code, frozenset())
    return roles


def standing_with(user: Person, enterprise: Enterprise) -> Standing | None:
    """Say as what *user* reads the streams of *enterprise*; None when they may not."""
    if roles_in(user, enterprise):
        return "owner"
    return "facilitator" if may_facilitate(user, enterprise.park) else None


def may_keep_streams(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* may enter and change streams: own people, or the park's facilitator."""
    return bool(roles_in(user, enterprise) & WRITERS) or may_facilitate(user, enterprise.park)


def may_consent(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* may agree to being named. Nobody does so for the enterprise."""
    return bool(roles_in(user, enterprise) & WRITERS)


def enterprise_with_streams(user: Person, code: str, *, write: bool = False) -> Enterprise:
    """Return the enterprise if *user* may read (or keep) its streams, or raise Http404."""
    found = (
        Enterprise.objects.select_related("park__province_now", "park__operator")
        .filter(code=code)
        .first()
    )
    if (
        found is None
        or standing_with(user, found) is None
        or (write and not may_keep_streams(user, found))
    ):
        raise Http404("no such enterprise for this person")
    return found


def enterprise_own(user: Person, code: str, *, write: bool = False) -> Enterprise:
    """Return the enterprise to its own people only, or raise Http404."""
    found = enterprise_with_streams(user, code)
    roles = roles_in(user, found)
    if not roles or (write and not roles & WRITERS):
        raise Http404("no such enterprise for this person")
    return found


def stream_for(user: Person, pk: int, *, write: bool = False) -> Stream:
    """Return the stream with its enterprise and park, or raise Http404: no hint to a stranger."""
    found = (
        Stream.objects.select_related(
            "enterprise__park__province_now", "enterprise__park__operator"
        )
        .filter(pk=pk)
        .first()
    )
    if (
        found is None
        or standing_with(user, found.enterprise) is None
        or (write and not may_keep_streams(user, found.enterprise))
    ):
        raise Http404("no such stream for this person")
    return found


def may_see_aggregates(user: Person) -> bool:
    """Say whether *user* may read the suppressed totals: whoever reaches a territory or park."""
    scopes = scopes_of(user)
    return scopes.country or bool(scopes.provinces) or bool(scopes.parks)


def log_looks(
    user: User, streams: Iterable[Stream | int], as_what: LookAs, page: str, at: dt.datetime
) -> int:
    """Log that *user* read *streams* on *page*; return the number of rows added.

    One row a stream, viewer, capacity, page and day. Looks of an owner's own people are not
    looks at *another's* stream: the caller leaves them out, and stands in no transaction.
    """
    wanted = {row.pk if isinstance(row, Stream) else row for row in streams}
    if not wanted:
        return 0
    name = (user.get_full_name() or user.get_username())[:150]
    day = timezone.localtime(at)
    begin = day.replace(hour=0, minute=0, second=0, microsecond=0)
    # The same page again the same day asks the store nothing; a lost note only costs the question.
    said = f"{user.pk}.{as_what}.{page}.{begin:%Y-%m-%d}.{sorted(wanted)}"
    noted = f"symbiosis.looks.{hashlib.sha256(said.encode()).hexdigest()}"
    if cache.get(noted):
        return 0
    known = _logged(user, wanted, as_what, page, begin)
    rows = [
        Look(stream_id=pk, viewer=user, viewer_name=name, as_what=as_what, page=page, at=at)
        for pk in sorted(wanted - known)
    ]
    Look.objects.bulk_create(rows, batch_size=1000)
    cache.set(noted, True, timeout=24 * 60 * 60)
    return len(rows)


def _logged(
    user: User, wanted: Collection[int], as_what: str, page: str, begin: dt.datetime
) -> set[int]:
    """Return which of *wanted* were logged today already; asked by viewer, not by long lists."""
    mine = Look.objects.filter(viewer=user, as_what=as_what, page=page, at__gte=begin)
    if len(wanted) <= 500:
        mine = mine.filter(stream__in=wanted)
    return set(mine.values_list("stream_id", flat=True)) & set(wanted)
