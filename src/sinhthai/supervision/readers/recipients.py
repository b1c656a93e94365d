"""Whom a duty waits for, for many duties at once: the writers of whoever must act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sinhthai.accounts.models import Membership, Scope
from sinhthai.accounts.policy import WRITERS
from sinhthai.certification.models import Duty

_PROVINCE = str(Scope.Kind.PROVINCE)


class Recipients:
    """Who acts for whom, read once in one query; who only reads is told nothing."""

    def __init__(self) -> None:
        self._by_body: dict[int, set[int]] = defaultdict(set)
        self._by_place: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        rows = Membership.objects.filter(role__in=WRITERS, user__is_active=True).values_list(
            "user_id",
            "organisation_id",
            "organisation__kind",
            "organisation__province",
            "organisation__scopes__kind",
            "organisation__scopes__code",
        )
        for user, body, kind, province, scope, code in rows:
            self._by_body[body].add(user)
            if province:
                self._by_place[kind, _PROVINCE, province].add(user)
            if scope and code:
                self._by_place[kind, scope, code].add(user)

    def of(self, duty: Duty) -> frozenset[int]:
        """Return the people of the body named, else of the holder's kind at the duty's place."""
        if duty.organisation_id is not None:
            return frozenset(self._by_body.get(duty.organisation_id, ()))
        found = (self._by_place.get((duty.holder, *place), ()) for place in _places(duty))
        return frozenset[int]().union(*found)


def _places(duty: Duty) -> Iterator[tuple[str, str]]:
    codes: Iterable[tuple[str, str]] = [(_PROVINCE, duty.province)]
    if duty.park is not None:
        codes = [*codes, ("park", duty.park.code)]
    if duty.enterprise is not None:
        codes = [
            *codes,
            ("enterprise", duty.enterprise.code),
            ("enterprise", duty.enterprise.tax_code or ""),
        ]
    return ((kind, code) for kind, code in codes if code)
