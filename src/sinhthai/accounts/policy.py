"""What a person may see and do: the scopes of the organisations they belong to.

Codes, not rows: the slices above turn them into querysets of parks and enterprises.
Roles are ordered: who may approve may also report, who may report may also read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from sinhthai.accounts.models import AuditEntry, Membership, Organisation, Scope, User

Roles = frozenset[str]
Person = User | AnonymousUser
_NOBODY: Roles = frozenset()
_NONE: Mapping[str, Roles] = MappingProxyType({})
WRITERS: Roles = frozenset(
    {Membership.Role.EDITOR, Membership.Role.APPROVER, Membership.Role.ADMIN}
)
APPROVERS: Roles = frozenset({Membership.Role.APPROVER, Membership.Role.ADMIN})
_CACHE = "_sinhthai_scopes"


@dataclass(frozen=True, slots=True)
class Scopes:
    """The territory and objects a person reaches, each with the roles held there.

    ``provinces`` by province code of today, ``parks`` by park code, ``enterprises`` by
    enterprise code; ``kinds`` are the kinds of organisation the person acts for.
    """

    country: bool = False
    country_roles: Roles = _NOBODY
    provinces: Mapping[str, Roles] = field(default_factory=lambda: _NONE)
    parks: Mapping[str, Roles] = field(default_factory=lambda: _NONE)
    enterprises: Mapping[str, Roles] = field(default_factory=lambda: _NONE)
    kinds: frozenset[str] = frozenset()

    def roles_at(self, *, park: str = "", province: str = "", enterprise: str = "") -> Roles:
        """Return every role held over an object, from the country down."""
        return (
            self.country_roles
            | self.provinces.get(province, _NOBODY)
            | self.parks.get(park, _NOBODY)
            | self.enterprises.get(enterprise, _NOBODY)
        )


def scopes_of(user: Person) -> Scopes:
    """Return what *user* reaches; one query, kept on the user object for the request.

    A signed-out or deactivated person reaches nothing. A superuser reaches the country with
    every role: the key of the house, made on the command line only.
    """
    if not user.is_authenticated or not user.is_active:
        return Scopes()
    known: Scopes | None = getattr(user, _CACHE, None)
    if known is None:
        known = _read(user)
        setattr(user, _CACHE, known)
    return known


def forget_scopes(user: User) -> None:
    """Read the scopes of *user* afresh next time, after a membership changed."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)


def organisation_for(user: Person, code: str) -> Organisation:
    """Return the organisation if *user* manages its people, or raise Http404: no hint."""
    found = administered_by(user).filter(code=code).first()
    if found is None:
        raise Http404("no such organisation for this person")
    return found


def administered_by(user: Person) -> QuerySet[Organisation]:
    """Return the organisations whose people *user* manages."""
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(
        memberships__user=user.pk, memberships__role=Membership.Role.ADMIN
    )


def audit_visible(user: Person, parks: Any = None) -> QuerySet[AuditEntry]:
    """Return the entries of *parks* (a query of codes), of organisations managed, and own ones.

    The slices above know which parks a person sees and pass their codes; who reaches the whole
    country sees every entry.
    """
    if not user.is_authenticated:
        return AuditEntry.objects.none()
    if scopes_of(user).country:
        return AuditEntry.objects.all()
    managed = administered_by(user).values("code")
    visible = Q(actor=user.pk) | Q(object_kind="organisation", object_code__in=managed)
    if parks is not None:
        visible |= Q(park_code__in=parks)
    return AuditEntry.objects.filter(visible)


def _read(user: User) -> Scopes:
    held: dict[str, dict[str, set[str]]] = {kind: {} for kind in Scope.Kind.values}
    kinds = set()
    rows = Membership.objects.filter(user=user.pk).values_list(
        "role", "organisation__kind", "organisation__scopes__kind", "organisation__scopes__code"
    )
    for role, organisation_kind, kind, code in rows:
        kinds.add(organisation_kind)
        # A scope without a code would match whatever is asked without one.
        if kind is not None and (code or kind == Scope.Kind.COUNTRY):
            held[kind].setdefault(code, set()).add(role)
    if user.is_superuser:
        held[Scope.Kind.COUNTRY].setdefault("", set()).update(Membership.Role.values)
    frozen = {
        kind: MappingProxyType({code: frozenset(roles) for code, roles in by_code.items()})
        for kind, by_code in held.items()
    }
    country: Roles = _NOBODY.union(*frozen[Scope.Kind.COUNTRY].values())
    return Scopes(
        country=bool(frozen[Scope.Kind.COUNTRY]),
        country_roles=country,
        provinces=frozen[Scope.Kind.PROVINCE],
        parks=frozen[Scope.Kind.PARK],
        enterprises=frozen[Scope.Kind.ENTERPRISE],
        kinds=frozenset(kinds),
    )
