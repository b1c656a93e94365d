"""Whose duties a person sees beside their own: those of the territory they supervise.

A Management Board watches what is owed in its provinces, a People's Committee what its parks owe
or owe it, whoever reads the whole country everything; of a dossier only once it was sent, as of
the dossier itself. A consulted body watches nothing: it reaches what it was asked.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sinhthai.accounts.policy import scopes_of
from sinhthai.certification.models import Dossier, Duty
from sinhthai.certification.policy import BOARD, COMMITTEE, duties_visible, seats_of
from sinhthai.registry.policy import Person

_KNOWN = (
    Q(dossier=None)
    | ~Q(dossier__submitted_digest="")
    | Q(dossier__kind__in=[Dossier.Kind.REVOKE, Dossier.Kind.REVIEW])
)


def duties_mine(user: Person) -> QuerySet[Duty]:
    """Return the open duties *user* may do."""
    return duties_visible(user)


def watches(user: Person) -> bool:
    """Say whether *user* supervises a territory: a province, or the country."""
    return scopes_of(user).country or bool(_provinces(user, BOARD) | _provinces(user, COMMITTEE))


def duties_watched(user: Person) -> QuerySet[Duty]:
    """Return the open duties of everybody in the territory *user* supervises."""
    rows = Duty.objects.filter(closed_at=None)
    if scopes_of(user).country:
        return rows.filter(_KNOWN)
    boards, committees = _provinces(user, BOARD), _provinces(user, COMMITTEE)
    if not boards | committees:
        return rows.none()
    here = Q(province__in=sorted(boards)) | Q(province__in=sorted(committees), enterprise=None)
    return rows.filter(_KNOWN, here)


def _provinces(user: Person, kind: str) -> set[str]:
    return {
        code for seat in seats_of(user) if seat.organisation.kind == kind for code in seat.provinces
    }
