"""What the authorities do with a dossier: ask for supplements, judge, override; and the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.http import Http404

from sinhthai.accounts.models import User
from sinhthai.certification.actions.chain import record
from sinhthai.certification.actions.dossiers import as_applicant
from sinhthai.certification.actions.steps import lock, not_now, take_step
from sinhthai.certification.engine.contents import SECTIONS
from sinhthai.certification.engine.findings import finding_digest
from sinhthai.certification.guards import MET, current_snapshot, framework_of, standings
from sinhthai.certification.models import Dossier, Judgement, Override, Supplement
from sinhthai.certification.policy import acting_for, party_of, reaches
from sinhthai.certification.refusals import refuse
from sinhthai.rules.procedures import Party
from sinhthai.rules.procedures_loading import load_procedures

LONGEST = 8_000
# Where a supplement is asked, and by which step.
_ASKED_BY = {"submitted": "ask_supplement", "evaluating": "ask_supplement_evaluation"}
_JUDGED_IN = ("evaluating",)
_OVERRIDING: tuple[Party, ...] = ("issuer", "receiver")
_OVERRIDDEN_IN = ("evaluating", "reported", "proposed")


def ask_supplement(
    *,
    user: User,
    dossier: Dossier,
    items: Sequence[tuple[str, str]],
    at: dt.datetime,
    version: int | None = None,
) -> Dossier:
    """Ask the applicant to complete *items*: (about, what is asked); the dossier goes back.

    ``about`` is "paper:letter", "field:operation" or "leaf:ENT-3". During the evaluation the
    clock stands still until the answer comes.
    """
    asked = [(about, words.strip()) for about, words in items if words.strip()]
    if not asked:
        raise refuse("nothing-asked")
    with transaction.atomic():
        step = _ASKED_BY.get(lock(dossier).state, "ask_supplement")
        held = take_step(user=user, dossier=dossier, step=step, at=at, version=version)
        known = _abouts(held)
        for about, words in asked:
            if about not in known:
                raise refuse("unknown-about", about=about)
            if len(words) > LONGEST:
                raise refuse("text-too-long", field=about, limit=LONGEST)
            row = Supplement.objects.create(
                dossier=held, about=about, asked=words, asked_by=user, asked_at=at
            )
            record(
                kind="supplement.ask",
                at=at,
                actor=user,
                dossier=held,
                organisation=acting_for(user, held, "receiver"),
                reason=words,
                detail={"supplement": row.pk, "about": about},
            )
    return held


def answer_supplement(
    *, user: User, supplement: Supplement, answer: str, at: dt.datetime
) -> Supplement:
    """Say what was completed. It may be said again until the dossier is sent back."""
    words = answer.strip()
    if not words:
        raise refuse("text-missing")
    if len(words) > LONGEST:
        raise refuse("text-too-long", field=supplement.about, limit=LONGEST)
    with transaction.atomic():
        held = as_applicant(user, supplement.dossier)
        row = Supplement.objects.select_for_update(of=("self",)).get(pk=supplement.pk)
        since = held.changed_at  # what was asked in an earlier round is closed
        if row.asked_at < since:
            raise refuse("already-answered")
        if row.answer == words and row.answered_at is not None:
            return row
        row.answer, row.answered_by, row.answered_at = words, user, at
        row.save(update_fields=["answer", "answered_by", "answered_at"])
        record(
            kind="supplement.answer",
            at=at,
            actor=user,
            dossier=held,
            organisation=acting_for(user, held, "applicant"),
            reason=words,
            detail={"supplement": row.pk, "about": row.about},
        )
    return row


def judge(
    *, user: User, dossier: Dossier, leaf: str, met: bool, reason: str, at: dt.datetime
) -> Judgement:
    """Hold a criterion met or not, on its finding as it is now; earlier judgements stay readable.

    Raises
    ------
    Http404 : *user* does not write for the Board.
    InputError : the dossier is not under evaluation, no such criterion, no reason.
    """
    words = _reasoned(reason, leaf)
    with transaction.atomic():
        held = lock(dossier)
        if not reaches(party_of(user, held).get("receiver", ""), "editor"):
            raise Http404("no such dossier for this person")
        if held.state not in _JUDGED_IN:
            raise not_now(held)
        digest = _digest(held, leaf)
        last = Judgement.objects.filter(dossier=held, leaf=leaf, is_current=True).first()
        if last is not None:
            if (last.met, last.reason, last.finding_digest) == (met, words, digest):
                return last  # a double click
            last.is_current = False
            last.save(update_fields=["is_current"])
        row = Judgement.objects.create(
            dossier=held,
            leaf=leaf,
            met=met,
            reason=words,
            finding_digest=digest,
            by=user,
            at=at,
        )
        record(
            kind="judgement",
            at=at,
            actor=user,
            dossier=held,
            organisation=acting_for(user, held, "receiver"),
            reason=words,
            detail={"judgement": row.pk, "leaf": leaf, "met": met, "finding": digest},
        )
    return row


def override(
    *,
    user: User,
    dossier: Dossier,
    leaf: str,
    obstacle: str,
    clause: str,
    reason: str,
    at: dt.datetime,
) -> Override:
    """Record a legal override of one obstacle: by name, with its legal basis and its reason.

    It stands on the finding as it is now, and the certificate shows it. Who records it may not
    sign the report, nor issue.

    Raises
    ------
    Http404 : *user* may not approve for the Board or the issuer.
    InputError : nothing to override, it stands already, no clause, no reason.
    """
    words = _reasoned(reason, leaf)
    if not clause.strip():
        raise refuse("clause-missing")
    with transaction.atomic():
        held = lock(dossier)
        parties = party_of(user, held)
        party = next(
            (one for one in _OVERRIDING if reaches(parties.get(one, ""), "approver")),
            None,
        )
        if party is None:
            raise Http404("no such dossier for this person")
        if held.state not in _OVERRIDDEN_IN:
            raise not_now(held)
        digest = _digest(held, leaf)
        stands = next(one for one in standings(held) if one.leaf == leaf)
        obstacles = {
            Override.Obstacle.UNVERIFIED: not stands.verified,
            Override.Obstacle.NOT_MET: stands.status not in MET or stands.judged is False,
        }
        if not obstacles.get(Override.Obstacle(obstacle), False):
            raise refuse("no-obstacle", leaf=leaf)
        if obstacle in stands.overridden:
            raise refuse("already-overridden", leaf=leaf)
        row = Override.objects.create(
            dossier=held,
            leaf=leaf,
            obstacle=obstacle,
            finding_digest=digest,
            clause=clause.strip()[:120],
            reason=words,
            by=user,
            at=at,
        )
        record(
            kind="override",
            at=at,
            actor=user,
            dossier=held,
            organisation=acting_for(user, held, party),
            reason=words,
            detail={
                "override": row.pk,
                "leaf": leaf,
                "obstacle": obstacle,
                "clause": row.clause,
                "finding": digest,
            },
        )
    return row


def withdrawable(
    user: User,
    dossier: Dossier,
    overrides: Sequence[Override],
    *,
    parties: Mapping[Party, str] | None = None,
) -> set[int]:
    """Return those of *overrides* that *user* may withdraw: own ones, and those of their body.

    *parties* spares a query where they are known.
    """
    standing = [one for one in overrides if one.withdrawn_at is None]
    if not standing or dossier.state not in _OVERRIDDEN_IN:
        return set()
    parties = party_of(user, dossier) if parties is None else parties
    bodies = _recorded_for(dossier)
    return {one.pk for one in standing if _withdraws_as(user, dossier, one, parties, bodies)}


def withdraw_override(*, user: User, override: Override, reason: str, at: dt.datetime) -> Override:
    """Withdraw a legal override before the certificate is issued; it stays readable.

    What it lifted stands in the way again. Who recorded it is no longer barred by it.

    Raises
    ------
    Http404 : *user* neither recorded it nor approves for the body it was recorded for.
    InputError : it is withdrawn already, the case is decided, no reason.
    """
    words = _reasoned(reason, override.leaf)
    with transaction.atomic():
        held = lock(override.dossier)
        row = Override.objects.select_for_update(of=("self",)).get(pk=override.pk)
        row.dossier = held
        party = _withdraws_as(user, held, row, party_of(user, held), _recorded_for(held))
        if not party:
            raise Http404("no such override for this person")
        if row.withdrawn_at is not None:
            raise refuse("already-withdrawn", leaf=row.leaf)
        if held.state not in _OVERRIDDEN_IN:
            raise not_now(held)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        record(
            kind="override.withdraw",
            at=at,
            actor=user,
            dossier=held,
            organisation=acting_for(user, held, party),
            reason=words,
            detail={"override": row.pk, "leaf": row.leaf, "obstacle": row.obstacle},
        )
    return row


def _recorded_for(dossier: Dossier) -> dict[int, int | None]:
    """Return for which body each override of *dossier* was recorded."""
    rows = dossier.events.filter(kind="override").values_list("detail", "organisation")
    return {int(detail["override"]): body for detail, body in rows}


def _withdraws_as(
    user: User,
    dossier: Dossier,
    override: Override,
    parties: Mapping[Party, str],
    bodies: Mapping[int, int | None],
) -> str:
    """Return the party *user* withdraws *override* as, "" where they may not."""
    for party in _OVERRIDING:
        level = parties.get(party, "")
        own = acting_for(user, dossier, party) if reaches(level, "editor") else None
        if own is None:
            continue
        of_body = own.pk == bodies.get(override.pk) and reaches(level, "approver")
        if override.by_id == user.pk or of_body:
            return party
    return ""


def _reasoned(reason: str, leaf: str) -> str:
    words = reason.strip()
    if not words:
        raise refuse("text-missing")
    if len(words) > LONGEST:
        raise refuse("text-too-long", field=leaf, limit=LONGEST)
    return words


def _digest(held: Dossier, leaf: str) -> str:
    """Return the hash of the finding on *leaf* as it is now."""
    snapshot = current_snapshot(held)
    rows = snapshot.findings if snapshot else []
    found = next((row for row in rows if row["leaf"] == leaf), None)
    if found is None:
        raise refuse("unknown-leaf", leaf=leaf)
    return finding_digest(found)


def _abouts(held: Dossier) -> set[str]:
    """Return everything a supplement can be about."""
    procedure = load_procedures().procedure(held.procedure)
    framework = framework_of(held)
    papers = {f"paper:{one.id}" for one in procedure.papers if one.party == "applicant"}
    fields = {f"field:{one.id}" for section in SECTIONS for one in section.fields}
    leaves = {f"leaf:{one.id}" for one in framework.leaves} if framework else set()
    return papers | fields | leaves
