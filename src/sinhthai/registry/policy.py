"""Who sees the inside of a park (reports, assessments, enterprises) and who may change it.

What stands in the public register (names, places, sourced facts, counts) is open to all and
asks nothing here.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from sinhthai.accounts.models import User
from sinhthai.accounts.policy import APPROVERS, WRITERS, Roles, Scopes, scopes_of
from sinhthai.registry.models import Enterprise, Park

Person = User | AnonymousUser


def parks_visible(user: Person) -> QuerySet[Park]:
    """Return the parks whose inside *user* may read."""
    scopes = scopes_of(user)
    if scopes.country:
        return Park.objects.all()
    return Park.objects.filter(
        Q(province_now__code__in=list(scopes.provinces)) | Q(code__in=list(scopes.parks))
    )


def may_read(user: Person, park: Park) -> bool:
    """Say whether *user* may read the inside of *park*."""
    return bool(_roles(scopes_of(user), park))


def may_write(user: Person, park: Park) -> bool:
    """Say whether *user* may report and change facts of *park*."""
    return bool(_roles(scopes_of(user), park) & WRITERS)


def works_in(user: Person, park: Park) -> bool:
    """Say whether *user* works in the park itself: a writer by a role held on it directly."""
    return bool(scopes_of(user).parks.get(park.code, frozenset()) & WRITERS)


def may_approve(user: Person, park: Park) -> bool:
    """Say whether *user* may approve what was reported of *park*."""
    return bool(_roles(scopes_of(user), park) & APPROVERS)


def may_add_park(user: Person, province_code: str) -> bool:
    """Say whether *user* keeps the register of parks of a province of today."""
    return bool(scopes_of(user).roles_at(province=province_code) & WRITERS)


def park_for(user: Person, code: str, *, write: bool = False, approve: bool = False) -> Park:
    """Return the park with its province and operator, or raise Http404: a stranger gets no hint."""
    park = Park.objects.select_related("province_now", "province", "operator").filter(code=code)
    found = park.first()
    if (
        found is None
        or not may_read(user, found)
        or (write and not may_write(user, found))
        or (approve and not may_approve(user, found))
    ):
        raise Http404("no such park for this person")
    return found


def enterprise_for(user: Person, code: str, *, write: bool = False) -> Enterprise:
    """Return an enterprise to those inside its park and to its own people; else Http404."""
    found = (
        Enterprise.objects.select_related("park__province_now", "park__province")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404("no such enterprise for this person")
    scopes = scopes_of(user)
    roles = _roles(scopes, found.park) | scopes.roles_at(enterprise=found.code)
    if found.tax_code:
        roles |= scopes.roles_at(enterprise=found.tax_code)
    if not roles or (write and not roles & WRITERS):
        raise Http404("no such enterprise for this person")
    return found


def enterprises_own(user: Person) -> QuerySet[Enterprise]:
    """Return the enterprises *user* acts for, named by their code or tax code."""
    codes = list(scopes_of(user).enterprises)
    return Enterprise.objects.filter(Q(code__in=codes) | Q(tax_code__in=codes))


def belongs_to(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* is of the enterprise itself or of the office of its park.

    Who supervises the territory reads the enterprise's entry, not its private pages.
    """
    scopes = scopes_of(user)
    own = {enterprise.code, enterprise.tax_code} & scopes.enterprises.keys()
    return bool(own or scopes.parks.get(enterprise.park.code, frozenset()) & WRITERS)


def _roles(scopes: Scopes, park: Park) -> Roles:
    return scopes.roles_at(park=park.code, province=park.province_now.code)


def may_import_parks(user: Person) -> bool:
    """Say whether *user* may change the register of at least one park."""
    scopes = scopes_of(user)
    held = scopes.country_roles.union(*scopes.provinces.values(), *scopes.parks.values())
    return bool(held & WRITERS)


def parks_writable(user: Person) -> QuerySet[Park]:
    """Return the parks whose register entries *user* may change."""
    scopes = scopes_of(user)
    if scopes.country_roles & WRITERS:
        return Park.objects.all()
    provinces = [code for code, roles in scopes.provinces.items() if roles & WRITERS]
    parks = [code for code, roles in scopes.parks.items() if roles & WRITERS]
    return Park.objects.filter(Q(province_now__code__in=provinces) | Q(code__in=parks))
