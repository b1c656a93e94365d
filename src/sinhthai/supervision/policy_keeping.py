"""Who supervises a park or an enterprise, and who is supervised.

The Management Board of the province supervises, the issuing authority reads along and decides on
suspension, the holder answers for its own. Who reaches the whole country reads everything and
does nothing. A stranger gets a 404.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.http import Http404

from sinhthai.accounts.models import Organisation
from sinhthai.accounts.policy import scopes_of
from sinhthai.certification.models import Certificate, Snapshot
from sinhthai.certification.policy import (
    BOARD,
    COMMITTEE,
    applicant_roles,
    kind_of_party,
    level_of,
    reaches,
    seats_of,
)
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person
from sinhthai.supervision.models import CorrectiveAction, Inspection


def levels_over(
    user: Person, park: Park, enterprise: Enterprise | None = None
) -> Mapping[str, str]:
    """Return as what *user* stands to a park or an enterprise: party -> highest level."""
    found: dict[str, set[str]] = {}
    if own := applicant_roles(user, park, enterprise):
        found["applicant"] = set(own)
    for party in ("receiver", "issuer"):
        kind = kind_of_party(party, of_enterprise=enterprise is not None)
        for seat in seats_of(user):
            if seat.organisation.kind == kind and park.province_now.code in seat.provinces:
                found.setdefault(party, set()).add(seat.role)
    return {party: level_of(roles) for party, roles in found.items()}


def may(
    user: Person, party: str, level: str, park: Park, enterprise: Enterprise | None = None
) -> bool:
    """Say whether *user* acts as *party* of a park or an enterprise, at *level* at least."""
    return reaches(levels_over(user, park, enterprise).get(party, ""), level)


def supervises(user: Person) -> bool:
    """Say whether *user* belongs to a Board, a Committee, or reads the whole country."""
    kinds = {seat.organisation.kind for seat in seats_of(user)}
    return scopes_of(user).country or bool(kinds & {BOARD, COMMITTEE})


def boards_of(user: Person) -> set[str]:
    """Return the provinces in whose Management Board *user* may act."""
    return {
        code
        for seat in seats_of(user)
        if seat.organisation.kind == BOARD and reaches(level_of([seat.role]), "editor")
        for code in seat.provinces
    }


def organisation_of(
    user: Person, party: str, park: Park, *, of_enterprise: bool
) -> Organisation | None:
    """Return the authority for which *user* acts as *party* over *park*, or None."""
    kind = kind_of_party(party, of_enterprise=of_enterprise)
    if not kind:  # the holder's own office, or the enterprise's own people
        own = Organisation.Kind.ENTERPRISE if of_enterprise else Organisation.Kind.OPERATOR
        return next((s.organisation for s in seats_of(user) if s.organisation.kind == own), None)
    for seat in seats_of(user):
        if seat.organisation.kind == kind and park.province_now.code in seat.provinces:
            return seat.organisation
    return None


def supervised(user: Person) -> Q:
    """Return the filter for rows with ``park`` and ``enterprise`` that *user* supervises."""
    if scopes_of(user).country:
        return Q(pk__isnull=False)
    held: dict[str, set[str]] = {BOARD: set(), COMMITTEE: set()}
    for seat in seats_of(user):
        if seat.organisation.kind in held:
            held[seat.organisation.kind] |= seat.provinces
    return Q(park__province_now__code__in=sorted(held[BOARD])) | Q(
        park__province_now__code__in=sorted(held[COMMITTEE]), enterprise=None
    )


def visible(user: Person) -> Q:
    """Return the filter for rows with ``park`` and ``enterprise`` that *user* may read."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    scopes = scopes_of(user)
    own = Q(park__code__in=list(scopes.parks), enterprise=None)
    if codes := list(scopes.enterprises):
        own |= Q(enterprise__code__in=codes) | Q(enterprise__tax_code__in=codes)
    return supervised(user) | own


def certificates_supervised(user: Person) -> QuerySet[Certificate]:
    """Return the certificates of the territory *user* supervises."""
    if not supervises(user):
        return Certificate.objects.none()
    return Certificate.objects.filter(supervised(user))


def certificate_for(user: Person, public_id: str) -> Certificate:
    """Return a certificate to its holder and to who supervises it, or raise Http404."""
    found = (
        Certificate.objects.filter(visible(user), public_id=public_id)
        .select_related("park__province_now", "park__province", "enterprise", "issuer", "dossier")
        .first()
    )
    if found is None:
        raise Http404("no such certificate for this person")
    return found


def certificate_with_snapshot(user: Person, public_id: str) -> tuple[Certificate, Snapshot | None]:
    """Return what `certificate_for` does with the findings it rests on, in one query."""
    allowed = Certificate.objects.filter(visible(user), public_id=public_id)
    found = (
        Snapshot.objects.filter(is_current=True, dossier__certificate__in=allowed)
        .select_related(
            "dossier__certificate__park__province_now",
            "dossier__certificate__enterprise",
            "dossier__certificate__issuer",
        )
        .first()
    )
    if found is None:
        return certificate_for(user, public_id), None
    return found.dossier.certificate, found


def inspections_visible(user: Person) -> QuerySet[Inspection]:
    """Return the inspections *user* may read."""
    return Inspection.objects.filter(visible(user))


def inspection_for(user: Person, pk: int) -> Inspection:
    """Return an inspection to the inspected and to who supervises, or raise Http404."""
    found = (
        inspections_visible(user)
        .select_related(
            "park__province_now", "enterprise", "certificate", "alert", "follow_up_of",
            "created_by", "closed_by",
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404("no such inspection for this person")
    return found


def action_for(user: Person, pk: int) -> CorrectiveAction:
    """Return a corrective action to who may read its inspection, or raise Http404."""
    found = (
        CorrectiveAction.objects.select_related(
            "observation__inspection__park__province_now", "observation__inspection__enterprise",
            "observation__inspection__certificate", "observation__by", "created_by",
        )
        .filter(pk=pk, observation__inspection__in=inspections_visible(user))
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404("no such corrective action for this person")
    return found
