"""Who a person is in a dossier, and what they may therefore see and have to do.

A person acts for an organisation; an organisation is a party of a dossier: the applicant (the
park's own office, or the enterprise itself), the receiver (the Management Board of the province),
the issuer (the People's Committee for a park, the Board for an enterprise), a consulted body or
the qualified one (only where the dossier was sent to it). Who reaches the whole country reads
every dossier that was sent, and decides none. Strangers get a 404.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.accounts.policy import APPROVERS, WRITERS, Roles, scopes_of
from sinhthai.certification.models import Dossier, Duty, Opinion
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import Person
from sinhthai.rules.procedures import Party
from sinhthai.rules.procedures_loading import load_procedures

Kind = Organisation.Kind
BOARD, COMMITTEE = str(Kind.MANAGEMENT_BOARD), str(Kind.PEOPLES_COMMITTEE)
_CACHE = "_sinhthai_seats"
_RANK = ("viewer", "editor", "approver")


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation a person acts for, in what role, and where it acts."""

    organisation: Organisation
    role: str
    provinces: frozenset[str]
    scopes: frozenset[tuple[str, str]]
    """Kind and code of each scope."""


def seats_of(user: Person) -> list[Seat]:
    """Return what *user* acts for; one query, kept on the user object for the request."""
    if not user.is_authenticated or not user.is_active:
        return []
    known: list[Seat] | None = getattr(user, _CACHE, None)
    if known is None:
        known = _read(user)
        setattr(user, _CACHE, known)
    return known


def organisations_of(user: Person) -> list[tuple[Organisation, str]]:
    """Return the organisations *user* acts for, each with their role there."""
    return [(seat.organisation, seat.role) for seat in seats_of(user)]


def level_of(roles: Roles | Iterable[str]) -> str:
    """Return the highest level of *roles*: viewer, editor, approver, or "" for none."""
    held = frozenset(roles)
    if held & APPROVERS:
        return "approver"
    if held & WRITERS:
        return "editor"
    return "viewer" if held else ""


def reaches(level: str, wanted: str) -> bool:
    """Say whether *level* is at least *wanted*."""
    return bool(level) and _RANK.index(level) >= _RANK.index(wanted)


def kind_of_party(party: str, *, of_enterprise: bool) -> str:
    """Return the kind of organisation that is receiver or issuer, "" for other parties."""
    if party == "receiver":
        return BOARD
    if party == "issuer":
        return BOARD if of_enterprise else COMMITTEE
    return ""


def party_of(user: Person, dossier: Dossier) -> Mapping[Party, str]:
    """Return as what *user* takes part in *dossier*: party -> viewer, editor or approver."""
    found: dict[Party, set[str]] = {}
    own = applicant_roles(user, dossier.park, dossier.enterprise)
    if own and _shown_to_holder(user, dossier):
        found["applicant"] = set(own)
    province = dossier.park.province_now.code
    if was_sent(dossier):
        parties: tuple[Party, ...] = ("receiver", "issuer")
        for party in parties:
            kind = kind_of_party(party, of_enterprise=dossier.enterprise_id is not None)
            for seat in seats_of(user):
                if seat.organisation.kind == kind and province in seat.provinces:
                    found.setdefault(party, set()).add(seat.role)
        roles = {seat.organisation.pk: seat.role for seat in seats_of(user)}
        asked = dossier.opinions.filter(organisation__in=roles) if roles else Opinion.objects.none()
        for name, organisation in asked.values_list("party", "organisation"):
            found.setdefault(cast(Party, name), set()).add(roles[organisation])
    return {party: level_of(roles_held) for party, roles_held in found.items()}


def acting_for(user: Person, dossier: Dossier, party: str) -> Organisation | None:
    """Return the organisation for which *user* acts as *party*, the one of highest level."""
    scope = {dossier.park.code} if dossier.enterprise is None else _codes(dossier.enterprise)
    province = dossier.park.province_now.code
    kind = kind_of_party(party, of_enterprise=dossier.enterprise_id is not None)
    fitting: list[Seat] = []
    for seat in seats_of(user):
        body = seat.organisation
        if kind:
            if body.kind == kind and province in seat.provinces:
                fitting.append(seat)
        elif party == "applicant":
            if any(one.code in scope for one in body.scopes.all()):
                fitting.append(seat)
        elif dossier.opinions.filter(party=party, organisation=body).exists():
            fitting.append(seat)
    best = max(fitting, key=lambda seat: _RANK.index(level_of([seat.role])), default=None)
    return best.organisation if best else None


def applicant_roles(user: Person, park: Park, enterprise: Enterprise | None = None) -> Roles:
    """Return the roles *user* holds on the park itself, or on the enterprise itself.

    Who only advises it may prepare a dossier; signing and sending is for its own people.
    """
    codes = {park.code} if enterprise is None else set(_codes(enterprise))
    kind = Scope.Kind.PARK if enterprise is None else Scope.Kind.ENTERPRISE
    held: set[str] = set()
    for seat in seats_of(user):
        if any((kind, code) in seat.scopes for code in codes):
            is_own = seat.organisation.kind in (Kind.OPERATOR, Kind.ENTERPRISE)
            advises = not is_own and reaches(level_of([seat.role]), "approver")
            held.add(Membership.Role.EDITOR if advises else seat.role)
    return frozenset(held)


def was_sent(dossier: Dossier) -> bool:
    """Say whether the dossier ever left its applicant: a draft is theirs alone."""
    return bool(dossier.submitted_digest) or dossier.kind in (
        Dossier.Kind.REVOKE,
        Dossier.Kind.REVIEW,
    )


def dossiers_visible(user: Person) -> QuerySet[Dossier]:
    """Return the dossiers *user* may open."""
    rows = Dossier.objects.all()
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    scopes, seats = scopes_of(user), seats_of(user)
    sent = ~Q(submitted_digest="") | Q(kind__in=[Dossier.Kind.REVOKE, Dossier.Kind.REVIEW])
    if scopes.country:
        return rows.filter(sent | _own(user))
    visible = _own(user)
    provinces = {
        code
        for seat in seats
        if seat.organisation.kind in (BOARD, COMMITTEE)
        for code in seat.provinces
    }
    committees = {
        code for seat in seats if seat.organisation.kind == COMMITTEE for code in seat.provinces
    }
    boards = {code for seat in seats if seat.organisation.kind == BOARD for code in seat.provinces}
    if provinces:
        visible |= sent & (
            Q(park__province_now__code__in=sorted(boards))
            | Q(park__province_now__code__in=sorted(committees), enterprise=None)
        )
    if seats:
        asked = Opinion.objects.filter(
            dossier=OuterRef("pk"), organisation__in=[seat.organisation.pk for seat in seats]
        )
        visible |= Q(Exists(asked))
    return rows.filter(visible)


def dossier_for(user: Person, public_id: str) -> Dossier:
    """Return the dossier if *user* may open it, or raise Http404: no hint to a stranger."""
    found = (
        dossiers_visible(user)
        .select_related(
            "park__province_now", "park__province", "park__operator", "enterprise", "about"
        )
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404("no such dossier for this person")
    return found


def opinion_for(user: Person, pk: int) -> Opinion:
    """Return the opinion asked of an organisation of *user*, or raise Http404."""
    found = (
        Opinion.objects.select_related(
            "organisation",
            "dossier__park__province_now",
            "dossier__enterprise",
            "dossier__about",
        )
        .filter(pk=pk, organisation__in=[seat.organisation.pk for seat in seats_of(user)])
        .first()
    )
    if found is None:
        raise Http404("no such opinion for this person")
    return found


def opinions_visible(
    user: Person, dossier: Dossier, *, parties: Mapping[Party, str] | None = None
) -> list[Opinion]:
    """Return the opinions of *dossier* that *user* may read, oldest first.

    A consulted body reads its own. The Board, the issuer and who reads the whole country read
    what was answered; what is only a draft is blanked for them. The applicant reads answers once
    the law lets them (``opinions_shown_in``), and before sees not even who was asked. Never save
    what comes from here. *parties* spares a query where they are known.
    """
    parties = party_of(user, dossier) if parties is None else parties
    own = {seat.organisation.pk for seat in seats_of(user)}
    overseer = (
        "receiver" in parties
        or "issuer" in parties
        or (scopes_of(user).country and was_sent(dossier))
    )
    shown = "applicant" in parties and opinions_shown(dossier)
    found = []
    for opinion in dossier.opinions.select_related("organisation").order_by("id"):
        if opinion.organisation_id not in own:
            if not (overseer or (shown and opinion.answered_at)):
                continue
            if opinion.answered_at is None:
                opinion.text, opinion.position, opinion.positions = "", "", {}
                opinion.drafted_by = None
        found.append(opinion)
    return found


def opinions_shown(dossier: Dossier) -> bool:
    """Say whether the applicant may read the opinions of *dossier* now."""
    return dossier.state in load_procedures().procedure(dossier.procedure).opinions_shown_in


def duties_visible(user: Person) -> QuerySet[Duty]:
    """Return the open duties that wait for an organisation of *user*."""
    rows = Duty.objects.filter(closed_at=None)
    seats = seats_of(user)
    if not seats:
        return rows.none()
    mine = Q(organisation__in=[seat.organisation.pk for seat in seats])
    unnamed = Q(organisation=None)
    for kind in (BOARD, COMMITTEE):
        provinces = sorted(
            {code for seat in seats if seat.organisation.kind == kind for code in seat.provinces}
        )
        if provinces:
            mine |= unnamed & Q(holder=kind, province__in=provinces)
    scopes = scopes_of(user)
    if scopes.parks:
        mine |= unnamed & Q(holder=Kind.OPERATOR, park__code__in=list(scopes.parks))
    if scopes.enterprises:
        codes = list(scopes.enterprises)
        mine |= unnamed & Q(
            Q(enterprise__code__in=codes) | Q(enterprise__tax_code__in=codes),
            holder=Kind.ENTERPRISE,
        )
    if scopes.country and any(seat.organisation.kind == Kind.MINISTRY for seat in seats):
        mine |= unnamed & Q(holder=Kind.MINISTRY)
    return rows.filter(mine)


def board_of(park: Park) -> Organisation | None:
    """Return the Management Board that receives the dossiers of *park*, or None."""
    return _authority(BOARD, park)


def committee_of(park: Park) -> Organisation | None:
    """Return the People's Committee that certifies *park*, or None."""
    return _authority(COMMITTEE, park)


def _authority(kind: str, park: Park) -> Organisation | None:
    province = park.province_now.code
    scoped = Scope.objects.filter(
        organisation=OuterRef("pk"), kind=Scope.Kind.PROVINCE, code=province
    )
    return (
        Organisation.objects.filter(Q(province=province) | Q(Exists(scoped)), kind=kind)
        .order_by("-province", "id")
        .first()
    )


def _read(user: User) -> list[Seat]:
    members = (
        Membership.objects.filter(user=user.pk)
        .select_related("organisation")
        .annotate(
            scope_kind=F("organisation__scopes__kind"), scope_code=F("organisation__scopes__code")
        )
        .order_by("organisation")
    )
    bodies: dict[int, tuple[Organisation, str]] = {}
    provinces: dict[int, set[str]] = {}
    scopes: dict[int, set[tuple[str, str]]] = {}
    for member in members:
        body = member.organisation
        bodies[body.pk] = (body, member.role)
        reach = provinces.setdefault(body.pk, {body.province} - {""})
        if member.scope_code:
            scopes.setdefault(body.pk, set()).add((member.scope_kind, member.scope_code))
        if member.scope_kind == Scope.Kind.PROVINCE and member.scope_code:
            reach.add(member.scope_code)
    return [
        Seat(body, role, frozenset(provinces[pk]), frozenset(scopes.get(pk, ())))
        for pk, (body, role) in bodies.items()
    ]


def _codes(enterprise: Enterprise) -> set[str]:
    return {code for code in (enterprise.code, enterprise.tax_code) if code}


def _own(user: Person) -> Q:
    """Return the dossiers of which *user* is the applicant and that are theirs to see."""
    scopes = scopes_of(user)
    parks, codes = list(scopes.parks), list(scopes.enterprises)
    mine = Q(park__code__in=parks, enterprise=None)
    if codes:
        mine |= Q(enterprise__code__in=codes) | Q(enterprise__tax_code__in=codes)
    bodies = [seat.organisation.pk for seat in seats_of(user)]
    by_colleague = Membership.objects.filter(user=OuterRef("created_by"), organisation__in=bodies)
    return mine & (
        ~Q(kind=Dossier.Kind.REVOKE) | ~Q(state__in=_BEFORE_NOTICE) | Q(Exists(by_colleague))
    )


# Until the holder is told in writing, a revocation is prepared without them.
_BEFORE_NOTICE = ("opened", "proposed", "dropped")


def _shown_to_holder(user: Person, dossier: Dossier) -> bool:
    if dossier.kind != Dossier.Kind.REVOKE or dossier.state not in _BEFORE_NOTICE:
        return True
    bodies = [seat.organisation.pk for seat in seats_of(user)]
    return Membership.objects.filter(user=dossier.created_by_id, organisation__in=bodies).exists()
