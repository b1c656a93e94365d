"""What a person may see and do, from the organisations they belong to.

Roles are ordered: who may approve may also report, who may report may also read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.contrib.auth.models import AnonymousUser

from sinhthai.accounts.models import Membership, Scope, User

Roles = frozenset[str]
_NOBODY: Roles = frozenset()
_NONE: Mapping[str, Roles] = MappingProxyType({})
WRITERS: Roles = frozenset(
    {Membership.Role.EDITOR, Membership.Role.APPROVER, Membership.Role.ADMIN}
)
APPROVERS: Roles = frozenset({Membership.Role.APPROVER, Membership.Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Scopes:
    """The territory and objects a person reaches, each with the roles held there.

    ``provinces`` by province code of today, ``parks`` by park code, ``enterprises`` by
    enterprise code.
    """

    country: bool = False
    country_roles: Roles = _NOBODY
    provinces: Mapping[str, Roles] = field(default_factory=lambda: _NONE)
    parks: Mapping[str, Roles] = field(default_factory=lambda: _NONE)
    enterprises: Mapping[str, Roles] = field(default_factory=lambda: _NONE)

    def roles_at(self, *, park: str = "", province: str = "", enterprise: str = "") -> Roles:
        """Return every role held over an object, from the country down."""
        return (
            self.country_roles
            | self.provinces.get(province, _NOBODY)
            | self.parks.get(park, _NOBODY)
            | self.enterprises.get(enterprise, _NOBODY)
        )


def scopes_of(user: User | AnonymousUser) -> Scopes:
    """Return the scopes of *user*; one query, kept on the user object for the request."""
    if not user.is_authenticated or not user.is_active:
        return Scopes()
    known: Scopes | None = getattr(user, "_scopes", None)
    if known is None:
        known = _read(user)
        vars(user)["_scopes"] = known
    return known


def _read(user: User | AnonymousUser) -> Scopes:
    rows = Membership.objects.filter(user=user.pk, organisation__scopes__isnull=False).values_list(
        "organisation__scopes__kind", "organisation__scopes__code", "role"
    )
    held: dict[str, dict[str, set[str]]] = {kind: {} for kind in Scope.Kind.values}
    for kind, code, role in rows:
        held[kind].setdefault(code, set()).add(role)
    frozen = {
        kind: MappingProxyType({code: frozenset(roles) for code, roles in by_code.items()})
        for kind, by_code in held.items()
    }
    country = frozenset().union(*frozen[Scope.Kind.COUNTRY].values())
    return Scopes(
        country=bool(country),
        country_roles=country,
        provinces=frozen[Scope.Kind.PROVINCE],
        parks=frozen[Scope.Kind.PARK],
        enterprises=frozen[Scope.Kind.ENTERPRISE],
    )
