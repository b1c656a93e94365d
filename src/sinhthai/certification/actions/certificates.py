"""Issue a certificate, and change how it stands. A certificate never changes; its standing does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sinhthai.accounts.models import Organisation, User
from sinhthai.certification import signals
from sinhthai.certification.actions.certificate_making import make_certificate, make_statement
from sinhthai.certification.actions.certificate_refusals import refuse
from sinhthai.certification.actions.chain import record
from sinhthai.certification.actions.issuer import active_key, no_key_of
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.engine.findings import digests_of
from sinhthai.certification.engine.issuers import ISSUES
from sinhthai.certification.engine.standing import Obstacle, may_become, open_obstacles
from sinhthai.certification.engine.verify_words import OUTCOME_NAMES
from sinhthai.certification.models import Certificate, Dossier, IssuerKey, Override, Snapshot
from sinhthai.certification.policy import acting_for, party_of, reaches
from sinhthai.certification.wording import organisation_name
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework

State = Certificate.State


@transaction.atomic
def issue_certificate(
    dossier: Dossier, by: User, organisation: Organisation, at: dt.datetime
) -> Certificate:
    """Issue the one certificate of *dossier*, signed by *organisation*. The step "issue" calls it.

    Everything happens in the caller's transaction: the decision and its certificate stand or fall
    together. Raises InputError while a criterion is not met, a rule it rests on is not verified,
    the body may not issue, or it has no key.
    """
    subject = "enterprise" if dossier.enterprise_id else "park"
    if organisation.kind != ISSUES[subject]:
        raise refuse("not_the_issuer", name=organisation_name(organisation))
    if Certificate.objects.filter(dossier=dossier).exists():
        raise refuse("issued_before")
    snapshot = dossier.snapshots.filter(is_current=True).first()
    if snapshot is None:
        raise refuse("not_assessed")
    framework = next(one for one in load_bundle().frameworks if one.id == snapshot.framework)
    digests = digests_of(snapshot.findings)
    overrides = _standing_overrides(dossier, digests)
    _refuse_obstacles(dossier, snapshot, framework, digests, overrides)
    # The row of the key is the gate: one certificate of this body at a time gets its number.
    active = active_key(organisation)
    if active is None:
        raise InputError([no_key_of(organisation)])
    # Rotated or revoked while this waited for it: it signs nothing any more.
    held = IssuerKey.objects.select_for_update().filter(retired_at=None, revoked_at=None)
    key = held.filter(pk=active.pk).first()
    if key is None:
        raise InputError([no_key_of(organisation)])
    statement = make_statement(dossier, snapshot, framework, organisation, overrides, at)
    certificate = make_certificate(dossier, statement, framework, key, organisation, at)
    if dossier.about and dossier.kind == Dossier.Kind.RECERTIFY:
        _replace(dossier.about, certificate, by, at)
    record(
        kind="certificate.issue",
        at=at,
        actor=by,
        dossier=dossier,
        certificate=certificate,
        after=certificate.state,
        organisation=organisation,
        detail={"number": certificate.number, "digest": certificate.digest},
    )
    signals.announce(certificate)
    return certificate


@transaction.atomic
def set_certificate_state(
    certificate: Certificate, state: str, by: User | None, at: dt.datetime, reason: str
) -> Certificate:
    """Let *certificate* stand as *state* from now on, and say why.

    A person needs to be an approver of the body that issues for the subject; *by* None is the
    system, which lets it expire and nothing else. Raises InputError for a change that is none, or
    that the law does not know: what was revoked or replaced stays so.
    """
    held = Certificate.objects.select_for_update().get(pk=certificate.pk)
    _refuse_person(held, state, by, at)
    if not may_become(held.state, state):
        raise refuse("no_such_change", before=_said(held.state), after=_said(state))
    if not reason.strip():
        raise refuse("no_reason")
    return _write_state(held, certificate, state, by, at, reason.strip())


def revoke_certificate(
    certificate: Certificate, by: User | None, at: dt.datetime, reason: str
) -> Certificate:
    """Revoke *certificate* for good (Article 44). The step "revoke" calls it."""
    return set_certificate_state(certificate, State.REVOKED, by, at, reason)


def _write_state(
    held: Certificate,
    shown: Certificate,
    state: str,
    by: User | None,
    at: dt.datetime,
    reason: str,
    detail: Mapping[str, Any] | None = None,
) -> Certificate:
    before = held.state
    for one in (held, shown):  # the caller's row says the same as the one that is written
        one.state, one.state_since, one.state_reason = state, at, reason
    held.save(update_fields=["state", "state_since", "state_reason"])
    record(
        kind=f"certificate.{state}",
        at=at,
        actor=by,
        certificate=held,
        before=before,
        after=state,
        organisation=_acts_for(by, held),
        reason=reason,
        detail=detail,
    )
    signals.announce(held)
    return shown


def _replace(old: Certificate, new: Certificate, by: User, at: dt.datetime) -> None:
    """Let the renewed certificate give way. One that was revoked meanwhile stays revoked."""
    held = Certificate.objects.select_for_update().get(pk=old.pk)
    if may_become(held.state, State.REPLACED):
        reason = f"{new.number}"
        _write_state(held, old, State.REPLACED, by, at, reason, {"by": new.number})


def _refuse_person(certificate: Certificate, state: str, by: User | None, at: dt.datetime) -> None:
    if by is None:
        if state != State.EXPIRED or legal_day(at) < certificate.valid_until:
            raise refuse("system_only_expires")
        return
    if by.is_superuser and by.is_active:
        return
    # The body that issues for the park today, which may be the successor of the one that did.
    if not reaches(party_of(by, certificate.dossier).get("issuer", ""), "approver"):
        raise refuse("not_an_approver", name=organisation_name(certificate.issuer))


def _acts_for(by: User | None, certificate: Certificate) -> Organisation | None:
    return acting_for(by, certificate.dossier, "issuer") if by else None


def _standing_overrides(dossier: Dossier, digests: Mapping[str, str]) -> list[Override]:
    """Return the overrides of the findings as they are now; those of earlier ones do not count."""
    rows = dossier.overrides.filter(withdrawn_at=None).select_related("by").order_by("id")
    return [row for row in rows if digests.get(row.leaf) == row.finding_digest]


def _refuse_obstacles(
    dossier: Dossier,
    snapshot: Snapshot,
    framework: Framework,
    digests: Mapping[str, str],
    overrides: list[Override],
) -> None:
    """Refuse while anything stands in the way that no legal override lifts (H2, H7)."""
    statuses = {str(row["leaf"]): str(row["status"]) for row in snapshot.findings}
    found = open_obstacles(
        # A criterion nobody assessed is in the way too: missing is not met.
        [
            (leaf.id, statuses.get(leaf.id, "undetermined"), digests.get(leaf.id, ""))
            for leaf in framework.leaves
        ],
        verified={leaf.id: leaf.verified for leaf in framework.leaves},
        judged={
            (judgement.leaf, judgement.finding_digest): judgement.met
            for judgement in dossier.judgements.filter(is_current=True)
        },
        lifted={(one.leaf, one.obstacle, one.finding_digest) for one in overrides},
    )
    if found:
        raise InputError([_obstacle(one, framework) for one in found])


def _obstacle(found: Obstacle, framework: Framework) -> Problem:
    leaf = framework.leaf(found.leaf)
    name = Text(f"{leaf.id} ({leaf.title.vi})", f"{leaf.id} ({leaf.title.en})")
    return refuse(f"obstacle_{found.kind}", name=name).problems[0]


def _said(state: str) -> Text:
    name = OUTCOME_NAMES.get(state, Text(state, state))
    return Text(name.vi.lower(), name.en.lower())
