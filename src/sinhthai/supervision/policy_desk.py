"""Whose duties a person sees beside their own: those of the territory they supervise."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sinhthai.accounts.policy import scopes_of
from sinhthai.certification.models import Duty
from sinhthai.certification.policy import duties_visible
from sinhthai.registry.policy import Person


def duties_mine(user: Person) -> QuerySet[Duty]:
    """Return the open duties *user* may do."""
    return duties_visible(user).filter(closed_at=None)


def watches(user: Person) -> bool:
    """Say whether *user* supervises a territory: a province, or the country."""
    scopes = scopes_of(user)
    return scopes.country or bool(scopes.provinces)


def duties_watched(user: Person) -> QuerySet[Duty]:
    """Return the open duties of everybody in the territory *user* supervises."""
    scopes = scopes_of(user)
    rows = Duty.objects.filter(closed_at=None)
    if scopes.country:
        return rows
    provinces = list(scopes.provinces)
    if not provinces:
        return rows.none()
    return rows.filter(Q(province__in=provinces) | Q(park__province_now__code__in=provinces))
