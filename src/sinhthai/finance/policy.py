"""Who may read a project, who keeps it, who shares it; and the log of looks from outside.

A project belongs to its enterprise: its own people write, and an approver of theirs shares it with
a bank or fund. The facilitator of the park reads it, and may open one from an exchange. A bank
reads what is shared with it, as long as it is. Boards, committees and ministries read sums.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from sinhthai.accounts.models import Organisation, User
from sinhthai.accounts.policy import APPROVERS, WRITERS, Roles, scopes_of
from sinhthai.finance.models import Project, ProjectLook
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person, works_in

Standing = Literal["owner", "facilitator", "bank"]
_PARK = "enterprise__park__province_now"


def roles_in(user: Person, enterprise: Enterprise) -> Roles:
    """Return the roles *user* holds on the enterprise itself; what lies above it gives none."""
    held = scopes_of(user).enterprises
    roles = held.get(enterprise.code, frozenset())
    if enterprise.tax_code:
        roles |= held.get(enterprise.tax_code, frozenset())
    return roles


def may_write(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* keeps the projects of *enterprise*: its own people only."""
    return bool(roles_in(user, enterprise) & WRITERS)


def may_share(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* may show a project of *enterprise* to a bank, and take it back."""
    return bool(roles_in(user, enterprise) & APPROVERS)


def may_open(user: Person, enterprise: Enterprise) -> bool:
    """Say whether *user* may open a project: own people, or the facilitator of the park."""
    return may_write(user, enterprise) or works_in(user, enterprise.park)


def banks_of(user: Person) -> QuerySet[Organisation]:
    """Return the banks and funds *user* acts for."""
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    return Organisation.objects.filter(kind=Organisation.Kind.BANK, memberships__user=user.pk)


def is_bank(user: Person) -> bool:
    """Say whether *user* acts for a bank or fund."""
    return Organisation.Kind.BANK in scopes_of(user).kinds


def projects_visible(user: Person) -> QuerySet[Project]:
    """Return the projects *user* reads one by one: own, facilitated, shared with their bank."""
    scopes = scopes_of(user)
    own = list(scopes.enterprises)
    parks = [code for code, roles in scopes.parks.items() if roles & WRITERS]
    shared = Q(shares__organisation__in=banks_of(user).values("pk"), shares__withdrawn_at=None)
    seen = (
        Q(enterprise__code__in=own)
        | Q(enterprise__tax_code__in=own)
        | Q(enterprise__park__code__in=parks)
        | Q(pk__in=Project.objects.filter(shared).values("pk"))
    )
    return Project.objects.filter(seen)


def parks_summed(user: Person) -> QuerySet[Park]:
    """Return the parks of which *user* reads the sums of projects: the scope they supervise."""
    scopes = scopes_of(user)
    if scopes.country:
        return Park.objects.all()
    return Park.objects.filter(
        Q(province_now__code__in=list(scopes.provinces)) | Q(code__in=list(scopes.parks))
    )


def reads_sums(user: Person) -> bool:
    """Say whether *user* reads sums over a territory or park."""
    scopes = scopes_of(user)
    return scopes.country or bool(scopes.provinces) or bool(scopes.parks)


def standing_with(user: Person, project: Project) -> Standing | None:
    """Say as what *user* reads *project*; None when they may not."""
    if roles_in(user, project.enterprise):
        return "owner"
    if works_in(user, project.enterprise.park):
        return "facilitator"
    shared = project.shares.filter(withdrawn_at=None, organisation__in=banks_of(user).values("pk"))
    return "bank" if shared.exists() else None


def project_for(user: Person, pk: int) -> tuple[Project, Standing]:
    """Return the project and as what *user* reads it, or raise Http404: no hint to a stranger."""
    found = (
        Project.objects.select_related(_PARK, "enterprise__park__operator").filter(pk=pk).first()
    )
    standing = standing_with(user, found) if found is not None else None
    if found is None or standing is None:
        raise Http404("no such project for this person")
    return found, standing


def project_to_write(user: Person, pk: int) -> Project:
    """Return the project to those who keep it, or raise Http404."""
    found, _standing = project_for(user, pk)
    if not may_write(user, found.enterprise):
        raise Http404("no such project for this person")
    return found


def enterprise_with_projects(user: Person, code: str, *, write: bool = False) -> Enterprise:
    """Return the enterprise if *user* may read (or keep) its projects, or raise Http404."""
    found = (
        Enterprise.objects.select_related("park__province_now", "park__operator")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404("no such enterprise for this person")
    reads = bool(roles_in(user, found)) or works_in(user, found.park)
    if not reads or (write and not may_write(user, found)):
        raise Http404("no such enterprise for this person")
    return found


def log_looks(
    user: User, projects: Iterable[int], as_what: Standing, page: str, at: dt.datetime
) -> int:
    """Log that *user* read *projects* on *page*, once a day each; return the rows added.

    Looks of an owner's own people are not looks from outside.
    """
    wanted = set(projects)
    if not wanted or as_what == "owner":
        return 0
    begin = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    known = set(
        ProjectLook.objects.filter(
            viewer=user, as_what=as_what, page=page, at__gte=begin, project__in=wanted
        ).values_list("project_id", flat=True)
    )
    name = (user.get_full_name() or user.get_username())[:150]
    rows = [
        ProjectLook(project_id=pk, viewer=user, viewer_name=name, as_what=as_what, page=page, at=at)
        for pk in sorted(wanted - known)
    ]
    ProjectLook.objects.bulk_create(rows)
    return len(rows)


def standing_of_seen(user: Person, project: Project) -> Standing:
    """Say as what *user* reads one of :func:`projects_visible`; asks the store nothing."""
    if roles_in(user, project.enterprise):
        return "owner"
    return "facilitator" if works_in(user, project.enterprise.park) else "bank"
