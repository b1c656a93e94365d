"""Take a step: the only way the state of a dossier changes.

One transaction holds the check, the new state, the link of the chain, the duties, and what the
step brings about (a certificate, a revocation, the paper it fixes). Killed in the middle, nothing
of it is left; a file written before is an orphan nobody points to. Two people at once: the second
finds the version changed, and is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions import certificates
from sinhthai.certification.actions.chain import record
from sinhthai.certification.actions.duties import refresh_duties
from sinhthai.certification.actions.papers import fix_paper
from sinhthai.certification.actions.snapshots import take_newer
from sinhthai.certification.engine.findings import text_digest
from sinhthai.certification.engine.machine import refusals
from sinhthai.certification.guards import current_snapshot, situation_of
from sinhthai.certification.models import Dossier, Event
from sinhthai.certification.policy import acting_for
from sinhthai.certification.refusals import refuse
from sinhthai.certification.wording import dossier_title
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.rules.procedures import Procedure, Step
from sinhthai.rules.procedures_loading import load_procedures


def take_step(
    *,
    user: User | None,
    dossier: Dossier,
    step: str,
    at: dt.datetime,
    reason: str = "",
    version: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Dossier:
    """Take *step* of the procedure of *dossier*; *user* None is the system itself.

    Parameters
    ----------
    version : of the dossier the person looked at; another one by now is refused, so that two
        people at once, or a double click, change it once. None: whatever it is.
    detail : what else the link of the chain keeps.

    Raises
    ------
    InputError : everything that forbids the step, each with its clause. Nothing was written.
    """
    with transaction.atomic():
        held = lock(dossier)
        procedure = load_procedures().procedure(held.procedure)
        if version is not None and held.version != version:
            raise refuse("changed-meanwhile", what=_last_done(held, procedure))
        problems = refusals(procedure, step, situation_of(user, held, at))
        rule = next((one for one in procedure.steps if one.id == step), None)
        if problems or rule is None:
            raise InputError(problems)
        if rule.reason and not reason.strip():
            raise refuse("reason-missing", step=rule.title, clause=rule.rule.clause)
        body = acting_for(user, held, rule.party) if user else None
        before = held.state
        if rule.party == "applicant" and not procedure.state(rule.to).final:
            _bind(held, user, at)
        _move(held, procedure, rule, at)
        event = record(
            kind=f"step.{step}",
            at=at,
            actor=user,
            dossier=held,
            before=before,
            after=held.state,
            organisation=body,
            reason=reason.strip(),
            detail={"version": held.version, **_pins(held), **(detail or {})},
        )
        _bring_about(held, rule, user, body, at, reason.strip())
        refresh_duties(held, at)
        _audit(held, rule, event, user, at)
    return held


def lock(dossier: Dossier) -> Dossier:
    """Return the row of *dossier* as it is now, locked until the transaction ends."""
    return (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("park__province_now", "park__operator", "enterprise", "about")
        .get(pk=dossier.pk)
    )


def not_now(dossier: Dossier) -> InputError:
    """Return the refusal of something the state of *dossier* does not allow."""
    procedure = load_procedures().procedure(dossier.procedure)
    state = procedure.state(dossier.state)
    if state.final:
        return refuse("closed")
    return refuse("not-now", state=state.title, clause=procedure.rule.clause)


def _move(held: Dossier, procedure: Procedure, rule: Step, at: dt.datetime) -> None:
    """Write the new state where the row still has the version it was read with.

    The row is locked on PostgreSQL, the whole store on SQLite; the version in the condition holds
    on any store.
    """
    final = procedure.state(rule.to).final
    changes: dict[str, Any] = {
        "state": rule.to,
        "version": held.version + 1,
        "changed_at": at,
        "is_open": not final,
        "submitted_digest": held.submitted_digest,
    }
    if final:
        changes["closed_at"] = at
    if rule.id == _T0 and held.accepted_at is None:
        changes["accepted_at"] = at
    where = Dossier.objects.filter(pk=held.pk, version=held.version, state=held.state)
    if where.update(**changes) != 1:
        raise refuse("changed-meanwhile", what=_last_done(held, procedure))
    for name, value in changes.items():
        setattr(held, name, value)


_T0 = "accept"  # the complete dossier: both statutory clocks start here
_WITH_APPLICANT = ("draft", "supplement", "supplement_evaluation")


def _bind(held: Dossier, user: User | None, at: dt.datetime) -> None:
    """Bind what the applicant sends: the papers, the findings and the words, by their hashes."""
    if held.state not in _WITH_APPLICANT:
        return
    if held.state == "supplement_evaluation":
        take_newer(held, at, by=user)
    snapshot = current_snapshot(held)
    papers = held.papers.filter(is_current=True, withdrawn_at=None, opinion=None)
    held.submitted_digest = text_digest(
        {
            "papers": sorted(
                f"{slot}:{sha256}" for slot, sha256 in papers.values_list("slot", "sha256")
            ),
            "findings": snapshot.digest if snapshot else "",
            "contents": held.contents,
        }
    )


def _pins(held: Dossier) -> dict[str, str]:
    return {"procedure_hash": held.procedure_hash, "submitted_digest": held.submitted_digest}


def _bring_about(
    held: Dossier,
    rule: Step,
    user: User | None,
    body: Organisation | None,
    at: dt.datetime,
    reason: str,
) -> None:
    """Do what the law ties to the step, in the same transaction: all of it or nothing."""
    if rule.makes and rule.makes != _CERTIFICATE:
        fix_paper(held, rule.makes, user=user, party=rule.party, at=at)
    if rule.id == "issue":
        if user is None or body is None:
            raise refuse("nobody-decides", step=rule.title)
        certificates.issue_certificate(held, user, body, at)
    if rule.id == "revoke":
        if held.about is None:
            raise refuse("nothing-to-renew")
        certificates.revoke_certificate(held.about, user, at, reason)


_CERTIFICATE = "certificate"  # sealed by ``actions.certificates``, kept apart from the papers


def _last_done(held: Dossier, procedure: Procedure) -> Text:
    last = held.events.filter(kind__startswith="step.").order_by("-seq").first()
    if last is None:
        return procedure.state(held.state).title
    done = procedure.step(last.kind.removeprefix("step.")).done
    return Text(f"{done.vi} ({last.actor_name})", f"{done.en} ({last.actor_name})")


def _audit(held: Dossier, rule: Step, event: Event, user: User | None, at: dt.datetime) -> None:
    title = dossier_title(held)
    record_audit(
        actor=user,
        action=f"certification.{rule.id}",
        at=at,
        summary=Text(f"{title.vi}: {rule.done.vi}.", f"{title.en}: {rule.done.en}."),
        park_code=held.park.code,
        object_kind="dossier",
        object_code=held.public_id,
        detail={"event": event.seq, "before": event.before, "after": event.after},
    )
