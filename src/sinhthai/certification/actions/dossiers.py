"""Open a case, and write what the applicant says in it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.http import Http404

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions import certificate_refusals
from sinhthai.certification.actions.chain import record
from sinhthai.certification.actions.duties import refresh_duties
from sinhthai.certification.actions.snapshots import FindingJson, take_newer, take_snapshot
from sinhthai.certification.actions.snapshots import changes_since as _changes_at
from sinhthai.certification.actions.steps import lock, not_now
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.engine.contents import EXPLAIN, LONGEST, fields_of
from sinhthai.certification.engine.findings import finding_digest
from sinhthai.certification.models import Certificate, Dossier, Snapshot
from sinhthai.certification.policy import (
    acting_for,
    applicant_roles,
    kind_of_party,
    level_of,
    party_of,
    reaches,
    seats_of,
)
from sinhthai.certification.refusals import refuse
from sinhthai.certification.wording import dossier_title
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures import Party, Procedure
from sinhthai.rules.procedures_loading import load_procedures

__all__ = [
    "changes_since",
    "finding_digest",
    "open_dossier",
    "refresh",
    "take_snapshot",
    "write_contents",
]

Kind = Dossier.Kind
WITH_APPLICANT = ("draft", "supplement", "supplement_evaluation")
_REFRESHABLE = (*WITH_APPLICANT, "submitted", "accepted", "consulting", "evaluating")
_HOLDS = (Certificate.State.VALID, Certificate.State.SUSPENDED)
_APPLICATIONS = (Kind.ISSUE, Kind.RECERTIFY)


def open_dossier(
    *,
    user: User | None,
    kind: str,
    park: Park,
    enterprise: Enterprise | None = None,
    on: dt.date,
    year: int,
    at: dt.datetime,
    about: Certificate | None = None,
    options: Mapping[str, str] | None = None,
) -> Dossier:
    """Open a case of *kind* on a park, or on an enterprise of it.

    Parameters
    ----------
    user : who opens it; None is the system itself (a review when the park's certificate ends).
    on : the day the criteria are held against.
    year : of the facts.
    about : the certificate to renew, to revoke or to review.
    options : readings of the law that differ from the defaults; they are pinned.

    Raises
    ------
    Http404 : the person may not open this case: another's park is no park to them.
    InputError : no procedure is in force, one is open already, the certificate does not fit or
        is renewed too early.
    """
    if not _may_open(user, kind, park, enterprise):
        raise Http404("no such park or enterprise for this person")
    if enterprise is not None and enterprise.park_id != park.pk:
        raise refuse("park-mismatch")
    procedures = load_procedures()
    subject = "enterprise" if enterprise else "park"
    procedure = procedures.procedure_on(kind, subject, on)
    if procedure is None:
        raise refuse("no-procedure", day=f"{on:%d/%m/%Y}")
    about = _about(kind, park, enterprise, about)
    if kind == Kind.RECERTIFY and about is not None:
        _refuse_early(procedure, about, legal_day(at))
    with transaction.atomic():
        # Who opens a case on the same subject waits here; the constraint holds in any case.
        Park.objects.select_for_update(of=("self",)).get(pk=park.pk)
        open_cases = Dossier.objects.filter(
            park=park, enterprise=enterprise, kind=kind, is_open=True
        )
        if open_cases.exists():
            raise refuse("case-open")
        try:
            with transaction.atomic():
                dossier = Dossier.objects.create(
                    public_id=secrets.token_hex(8),
                    procedure=procedure.id,
                    procedure_hash=procedures.hash,
                    kind=kind,
                    park=park,
                    enterprise=enterprise,
                    about=about,
                    state=procedure.start,
                    options=_readings(procedure, on, options or {}),
                    on=on,
                    year=year,
                    created_by=user,
                    created_at=at,
                    changed_at=at,
                )
        except IntegrityError as error:
            raise refuse("case-open") from error
        body = _body(user, dossier)
        record(
            kind="dossier.open",
            at=at,
            actor=user,
            dossier=dossier,
            after=dossier.state,
            organisation=body,
            detail={"procedure": procedure.id, "procedure_hash": procedures.hash, "on": on},
        )
        if kind in _APPLICATIONS:
            take_snapshot(dossier, at, by=user)
        refresh_duties(dossier, at)
        title = dossier_title(dossier)
        record_audit(
            actor=user,
            action="certification.open",
            at=at,
            summary=Text(f"{title.vi}: mở hồ sơ.", f"{title.en}: opened."),
            park_code=park.code,
            object_kind="dossier",
            object_code=dossier.public_id,
        )
    return dossier


def write_contents(
    *, user: User, dossier: Dossier, contents: Mapping[str, str], at: dt.datetime
) -> Dossier:
    """Write fields of the application; those not given stay as they are. "" empties one.

    Every text written stays in the chain.

    Raises
    ------
    Http404 : *user* does not write for the applicant.
    InputError : the dossier is not with the applicant, a field is unknown or too long.
    """
    with transaction.atomic():
        held = as_applicant(user, dossier)
        allowed = _fields(held)
        changed = {}
        for name, words in contents.items():
            if name not in allowed:
                raise refuse("unknown-field", field=name)
            text = str(words).replace("\r\n", "\n").strip()
            if len(text) > LONGEST:
                raise refuse("text-too-long", field=allowed[name], limit=LONGEST)
            if text != str(held.contents.get(name, "")):
                changed[name] = text
        if not changed:
            return held
        held.contents = {**held.contents, **changed}
        held.save(update_fields=["contents"])
        record(
            kind="dossier.contents",
            at=at,
            actor=user,
            dossier=held,
            organisation=acting_for(user, held, "applicant"),
            detail={"written": changed},
        )
    return held


def refresh(dossier: Dossier, at: dt.datetime, *, user: User | None = None) -> Snapshot | None:
    """Take the findings anew if facts changed; None when nothing is another than before.

    Only criteria whose finding changed have to be judged again. The applicant does it while the
    dossier is with them, afterwards the Board; *user* None is the system.

    Raises
    ------
    Http404 : the dossier is not with *user*.
    InputError : the evaluation is over, or the case is closed.
    """
    with transaction.atomic():
        held = lock(dossier)
        party: Party = "applicant" if held.state in WITH_APPLICANT else "receiver"
        if user is not None and not reaches(party_of(user, held).get(party, ""), "editor"):
            raise Http404("no such dossier for this person")
        if held.kind not in _APPLICATIONS or held.state not in _REFRESHABLE:
            raise not_now(held)
        return take_newer(held, at, by=user)


def changes_since(
    dossier: Dossier, at: dt.datetime | None = None
) -> list[tuple[str, FindingJson | None, FindingJson | None]]:
    """Return the findings that are others by now: (criterion, before, now); None where absent."""
    return _changes_at(dossier, at or dt.datetime.now(dt.UTC))


def as_applicant(user: User, dossier: Dossier) -> Dossier:
    """Return *dossier* locked, if *user* writes for the applicant and it is with them."""
    held = lock(dossier)
    if not reaches(party_of(user, held).get("applicant", ""), "editor"):
        raise Http404("no such dossier for this person")
    if held.state not in WITH_APPLICANT:
        raise not_now(held)
    return held


def _may_open(user: User | None, kind: str, park: Park, enterprise: Enterprise | None) -> bool:
    if user is None:
        return kind == Kind.REVIEW
    own = reaches(level_of(applicant_roles(user, park, enterprise)), "editor")
    if kind in _APPLICATIONS:
        return own
    bodies = {
        kind_of_party(party, of_enterprise=enterprise is not None)
        for party in ("receiver", "issuer")
    }
    acts = any(
        seat.organisation.kind in bodies
        and park.province_now.code in seat.provinces
        and reaches(level_of([seat.role]), "editor")
        for seat in seats_of(user)
    )
    return acts or (own and kind == Kind.REVOKE)


def _about(
    kind: str, park: Park, enterprise: Enterprise | None, about: Certificate | None
) -> Certificate | None:
    """Return the certificate the case is about, checked against its subject."""
    standing = Certificate.objects.filter(park=park, enterprise=enterprise, state__in=_HOLDS)
    if kind == Kind.ISSUE:
        held = standing.first()
        if held is not None:
            raise refuse("already-certified", number=held.number)
        return None
    if about is None:
        # One that expired can still be renewed; nothing else can be done to it.
        ended = Certificate.objects.filter(park=park, enterprise=enterprise, state="expired")
        about = standing.first() or (ended.first() if kind == Kind.RECERTIFY else None)
    if (
        about is None
        or about.park_id != park.pk
        or about.enterprise_id != (enterprise.pk if enterprise else None)
        or about.state in (Certificate.State.REVOKED, Certificate.State.REPLACED)
    ):
        raise refuse("nothing-to-renew")
    return about


def _refuse_early(procedure: Procedure, about: Certificate, today: dt.date) -> None:
    opens_on = procedure.opens_on(about.last_day)
    if opens_on is not None and today < opens_on:
        raise certificate_refusals.refuse(
            "too_early_to_renew",
            number=about.number,
            day_vi=format_date(opens_on, "vi"),
            day_en=format_date(opens_on, "en"),
        )


def _readings(procedure: Procedure, on: dt.date, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the readings to pin: of the procedure and of its criteria, defaults filled in."""
    bundle = load_bundle()
    framework = bundle.framework_on(procedure.family, on)
    wanted = {*procedure.options, *(framework.options if framework else ())}
    if procedure.consult_option:
        wanted.add(procedure.consult_option)
    pinned = {name: option.default for name, option in bundle.options.items() if name in wanted}
    for name, choice in chosen.items():
        option = bundle.options.get(name)
        if option is None or choice not in {one.code for one in option.choices}:
            raise refuse("unknown-reading", option=name, choice=choice)
        if name in pinned:
            pinned[name] = choice
    return pinned


def _fields(dossier: Dossier) -> dict[str, Text]:
    """Return what may be written in *dossier*: its fields, and one explanation a criterion."""
    subject = "enterprise" if dossier.enterprise_id else "park"
    procedure = load_procedures().procedure(dossier.procedure)
    framework = load_bundle().framework_on(procedure.family, dossier.on)
    explained = {EXPLAIN + leaf.id: leaf.title for leaf in framework.leaves} if framework else {}
    return {field.id: field.title for field in fields_of(subject)} | explained


def _body(user: User | None, dossier: Dossier) -> Organisation | None:
    if user is None:
        return None
    parties = (
        ("applicant",) if dossier.kind in _APPLICATIONS else ("receiver", "issuer", "applicant")
    )
    for party in parties:
        body = acting_for(user, dossier, party)
        if body is not None:
            return body
    return None
