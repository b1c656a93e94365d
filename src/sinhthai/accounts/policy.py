"""What a person may see and do: the scopes of the organisations they belong to.

Codes, not rows: the slices above turn them into querysets of parks and enterprises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser

from sinhthai.accounts.models import Membership, Scope, User

Roles = frozenset[str]
_CACHE = "_sinhthai_scopes"


@dataclass(frozen=True, slots=True)
class Scopes:
    """What a person reaches, each with the roles they hold there.

    ``country`` is whether the whole country is in reach; ``country_roles`` the roles there.
    ``kinds`` are the kinds of organisation the person acts for.
    """

    country: bool = False
    country_roles: Roles = frozenset()
    provinces: Mapping[str, Roles] = field(default_factory=dict)
    parks: Mapping[str, Roles] = field(default_factory=dict)
    enterprises: Mapping[str, Roles] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()

    def roles_for(self, *, park: str = "", province: str = "", enterprise: str = "") -> Roles:
        """Return every role held over a park (by itself, its province, or the country)."""
        roles = self.country_roles
        roles |= self.provinces.get(province, frozenset())
        roles |= self.parks.get(park, frozenset())
        return roles | self.enterprises.get(enterprise, frozenset())


NOTHING = Scopes()


def scopes_of(user: User | AnonymousUser) -> Scopes:
    """Return what *user* reaches; one query, remembered on the user object.

    A signed-out or deactivated person reaches nothing. A superuser reaches the country with
    every role: it is the key of the house, made on the command line only.
    """
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    cached: Scopes | None = getattr(user, _CACHE, None)
    if cached is None:
        cached = _read(user)
        setattr(user, _CACHE, cached)
    return cached


def forget_scopes(user: User) -> None:
    """Read the scopes of *user* afresh next time, after a membership changed."""
    if hasattr(user, _CACHE):
        delattr(user, _CACHE)


def _read(user: User) -> Scopes:
    reach: dict[str, dict[str, set[str]]] = {kind: {} for kind in Scope.Kind.values}
    kinds = set()
    rows = Membership.objects.filter(user=user).values_list(
        "role", "organisation__kind", "organisation__scopes__kind", "organisation__scopes__code"
    )
    for role, organisation_kind, kind, code in rows:
        kinds.add(organisation_kind)
        if kind is not None:
            reach[kind].setdefault(code, set()).add(role)
    if user.is_superuser:
        reach[Scope.Kind.COUNTRY].setdefault("", set()).update(Membership.Role.values)
    frozen = {
        kind: {code: frozenset(roles) for code, roles in codes.items()}
        for kind, codes in reach.items()
    }
    country = frozen[Scope.Kind.COUNTRY]
    return Scopes(
        country=bool(country),
        country_roles=frozenset().union(*country.values()),
        provinces=frozen[Scope.Kind.PROVINCE],
        parks=frozen[Scope.Kind.PARK],
        enterprises=frozen[Scope.Kind.ENTERPRISE],
        kinds=frozenset(kinds),
    )
