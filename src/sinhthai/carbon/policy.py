"""Who sees an inventory, who keeps it, who locks it.

Own people keep it and the facilitator of the park helps. An approver of the subject itself locks
it, and not who entered what is locked. Who supervises the territory reads what is locked. To
everybody else it does not exist.
"""

from __future__ import annotations

from typing import Literal

from django.http import Http404

from sinhthai.accounts.policy import APPROVERS, WRITERS, Roles, scopes_of
from sinhthai.carbon.subject import Subject
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person, may_read

Standing = Literal["inside", "supervisor"]
"""``inside`` reads drafts too."""


def roles_in(user: Person, subject: Subject) -> Roles:
    """Return the roles held on the subject itself; what lies above it gives none."""
    scopes = scopes_of(user)
    if subject.enterprise is None:
        return scopes.parks.get(subject.park.code, frozenset())
    held = scopes.enterprises
    roles = held.get(subject.enterprise.code, frozenset())
    if subject.enterprise.tax_code:
        roles |= held.get(subject.enterprise.tax_code, frozenset())
    return roles


def standing_with(user: Person, subject: Subject) -> Standing | None:
    """Say as what *user* reads the inventory; None when they may not."""
    if roles_in(user, subject) or may_keep(user, subject):
        return "inside"
    return "supervisor" if may_read(user, subject.park) else None


def may_keep(user: Person, subject: Subject) -> bool:
    """Say whether *user* may enter and change activities."""
    return bool(roles_in(user, subject) & WRITERS) or may_facilitate(user, subject.park)


def may_lock(user: Person, subject: Subject) -> bool:
    """Say whether *user* is an approver of the subject itself."""
    return bool(roles_in(user, subject) & APPROVERS)


def may_facilitate(user: Person, park: Park) -> bool:
    """Say whether *user* works in the park itself: reads the drafts of its enterprises."""
    return bool(scopes_of(user).parks.get(park.code, frozenset()) & WRITERS)


def subject_for(
    user: Person, code: str, *, of: str, draft: bool = False, write: bool = False
) -> Subject:
    """Return the subject if *user* may read it (its *draft*, or *write* it), or raise Http404."""
    found = _subject(code, of)
    standing = standing_with(user, found) if found else None
    if (
        found is None
        or standing is None
        or (draft and standing != "inside")
        or (write and not may_keep(user, found))
    ):
        raise Http404("no such inventory for this person")
    return found


def park_for(user: Person, code: str) -> Park:
    """Return the park whose sum *user* may read, or raise Http404."""
    park = Park.objects.select_related("province_now", "operator").filter(code=code).first()
    if park is None or not may_read(user, park):
        raise Http404("no such park for this person")
    return park


def _subject(code: str, of: str) -> Subject | None:
    if of == "park":
        park = Park.objects.select_related("province_now", "operator").filter(code=code).first()
        return Subject(park) if park else None
    enterprise = (
        Enterprise.objects.select_related("park__province_now", "park__operator")
        .filter(code=code)
        .first()
    )
    return Subject(enterprise.park, enterprise) if enterprise else None
