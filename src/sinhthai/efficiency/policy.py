"""Who may read and who may work on an audit.

An audit is private. The enterprise's own people and the adviser appointed for the enterprise or
its park work on it; the office of the park reads it once it is shared; Boards and ministries read
sums. To anybody else it does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.http import Http404

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.accounts.policy import WRITERS, scopes_of
from sinhthai.efficiency.models import Audit
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person, park_for

Standing = Literal["own", "adviser", "office"]
_ADVISERS = frozenset({Organisation.Kind.ADVISER, Organisation.Kind.RECP_BODY})
_CACHE = "_sinhthai_efficiency_grants"


@dataclass(frozen=True, slots=True)
class Grant:
    """A park or enterprise a person holds, as adviser or not, and whether they may write."""

    is_adviser: bool
    kind: str
    code: str
    writes: bool


def standing_with(user: Person, enterprise: Enterprise) -> Standing | None:
    """Say as what *user* comes to *enterprise*; None to a stranger and to who reads sums only."""
    held = _grants_over(user, enterprise)
    if any(not one.is_adviser and one.kind == Scope.Kind.ENTERPRISE for one in held):
        return "own"
    if any(one.is_adviser for one in held):
        return "adviser"
    return "office" if held else None


def may_work(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* may open and change audits: own people, or the appointed adviser."""
    return any(
        one.writes and (one.is_adviser or one.kind == Scope.Kind.ENTERPRISE)
        for one in _grants_over(user, enterprise)
    )


def may_accept(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* may accept figures and share audits: nobody does so for the enterprise."""
    return any(
        one.writes and not one.is_adviser and one.kind == Scope.Kind.ENTERPRISE
        for one in _grants_over(user, enterprise)
    )


def may_read(user: Person, audit: Audit) -> bool:
    """Say whether *user* may read the audit."""
    standing = standing_with(user, audit.enterprise)
    return standing in ("own", "adviser") or (standing == "office" and audit.shared_with_park)


def enterprise_to_audit(user: Person, code: str, *, write: bool = False) -> Enterprise:
    """Return the enterprise to who may see its audits (or open one), or raise Http404."""
    found = (
        Enterprise.objects.select_related("park__province_now", "park__operator")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404("no such enterprise for this person")
    standing = standing_with(user, found)
    if standing is None or (write and not may_work(user, found)):
        raise Http404("no such enterprise for this person")
    return found


def audits_of(user: Person, enterprise: Enterprise) -> QuerySet[Audit]:
    """Return the audits of *enterprise* that *user* may read."""
    audits = Audit.objects.filter(enterprise=enterprise)
    standing = standing_with(user, enterprise)
    if standing in ("own", "adviser"):
        return audits
    return audits.filter(shared_with_park=True) if standing == "office" else audits.none()


def audit_for(user: Person, pk: int, *, write: bool = False) -> Audit:
    """Return the audit with its enterprise and park, or raise Http404: no hint to a stranger."""
    found = (
        Audit.objects.select_related("enterprise__park__province_now", "enterprise__park__operator")
        .filter(pk=pk)
        .first()
    )
    if (
        found is None
        or not may_read(user, found)
        or (write and not may_work(user, found.enterprise))
    ):
        raise Http404("no such audit for this person")
    return found


def park_with_sums(user: Person, code: str) -> Park:
    """Return the park to who reads its inside; its sums hide what would tell of one enterprise."""
    if not isinstance(user, User):
        raise Http404("nobody signed in")
    return park_for(user, code)


def audits_named(user: Person, park: Park) -> QuerySet[Audit]:
    """Return the audits of *park* that *user* may read by name."""
    audits = Audit.objects.filter(enterprise__park=park)
    if any(one.is_adviser and one.code == park.code for one in _park_grants(user)):
        return audits
    if any(one.code == park.code for one in _park_grants(user)):
        return audits.filter(shared_with_park=True)
    return audits.none()


def may_see_programme(user: Person) -> bool:
    """Say whether *user* reads the sums over parks: who reaches a province or the country."""
    scopes = scopes_of(user)
    return scopes.country or bool(scopes.provinces)


def _park_grants(user: Person) -> list[Grant]:
    return [one for one in _grants(user) if one.kind == Scope.Kind.PARK]


def _grants_over(user: Person, enterprise: Enterprise) -> list[Grant]:
    own = {enterprise.code, enterprise.tax_code}
    return [
        one
        for one in _grants(user)
        if (one.kind == Scope.Kind.ENTERPRISE and one.code in own)
        or (one.kind == Scope.Kind.PARK and one.code == enterprise.park.code)
    ]


def _grants(user: Person) -> tuple[Grant, ...]:
    """Return the parks and enterprises *user* holds; one query, kept on the user object."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    known: tuple[Grant, ...] | None = getattr(user, _CACHE, None)
    if known is None:
        rows = (
            Membership.objects.filter(user=user.pk)
            .filter(
                Q(organisation__scopes__kind=Scope.Kind.PARK)
                | Q(organisation__scopes__kind=Scope.Kind.ENTERPRISE)
            )
            .exclude(organisation__scopes__code="")
            .values_list(
                "organisation__kind",
                "organisation__scopes__kind",
                "organisation__scopes__code",
                "role",
            )
        )
        known = tuple(
            Grant(body in _ADVISERS, kind, code, role in WRITERS) for body, kind, code, role in rows
        )
        setattr(user, _CACHE, known)
    return known
