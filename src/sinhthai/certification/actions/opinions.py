"""Send a dossier for opinion; a body receives it, drafts and gives its answer, in its own room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.http import Http404

from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions.chain import record
from sinhthai.certification.actions.duties import may_answer, refresh_duties
from sinhthai.certification.actions.steps import lock, not_now, take_step
from sinhthai.certification.engine.clocks import legal_day, start_of
from sinhthai.certification.engine.findings import text_digest
from sinhthai.certification.guards import bodies_asked, framework_of
from sinhthai.certification.models import Dossier, Opinion
from sinhthai.certification.policy import acting_for, level_of, party_of, reaches, seats_of
from sinhthai.certification.readers.clocks import UNASKED, history_of, opinion_clock
from sinhthai.certification.refusals import refuse
from sinhthai.rules.procedures_loading import load_procedures

LONGEST = 20_000  # characters of an opinion
LONGEST_REMARK = 4_000
Positions = Mapping[str, Mapping[str, str]]


def send_for_opinion(
    *,
    user: User,
    dossier: Dossier,
    organisations: Iterable[Organisation],
    at: dt.datetime,
    version: int | None = None,
) -> list[Opinion]:
    """Send the dossier to bodies the law names, each once; the step ``consult``.

    Bodies that were asked before are left out; the evaluation starts when all were asked.

    Raises
    ------
    InputError : the step is not possible, an organisation is no body of this procedure, or
        there is none.
    """
    organisations = list(organisations)
    with transaction.atomic():
        held = lock(dossier)
        wanted = bodies_asked(held, load_procedures().procedure(held.procedure))
        asked = set(held.opinions.values_list("authority", flat=True))
        # The Board's days to send run on until the last body the law names has it (41.3, 42.3).
        named = {one for one, party in wanted.items() if party == "consulted"}
        unasked = sorted(named - asked - {one.authority for one in organisations})
        held = take_step(
            user=user,
            dossier=held,
            step="consult",
            at=at,
            version=version,
            detail={UNASKED: unasked} if unasked else None,
        )
        made = []
        for organisation in organisations:
            party = wanted.get(organisation.authority)
            here = organisation.province in ("", held.park.province_now.code)
            if party is None or not here:
                raise refuse("wrong-organisation", organisation=organisation.name_vi)
            if organisation.authority in asked:
                continue
            asked.add(organisation.authority)
            opinion = Opinion.objects.create(
                dossier=held,
                party=party,
                authority=organisation.authority,
                organisation=organisation,
                sent_at=at,
            )
            made.append(opinion)
            record(
                kind="opinion.send",
                at=at,
                actor=user,
                dossier=held,
                detail={"opinion": opinion.pk, "to": organisation.code, "party": party},
            )
        if not made:
            raise refuse("nobody-asked")
        for opinion in made:
            _set_due(opinion, held, at)
        refresh_duties(held, at)
    return made


def receive(*, user: User, opinion: Opinion, at: dt.datetime) -> Opinion:
    """Confirm, for the body asked, that it received the dossier; its time to answer starts (A5)."""
    with transaction.atomic():
        held = as_body(user, opinion)
        if held.received_at is not None:
            return held
        held.received_at = at
        held.save(update_fields=["received_at"])
        _say("opinion.receive", held, user, at, {})
        _set_due(held, held.dossier, at)
        refresh_duties(held.dossier, at)
    return held


def deliver(*, user: User, opinion: Opinion, on: dt.date, proof: str, at: dt.datetime) -> Opinion:
    """Record, for the Board, the proof that a silent body was handed the dossier on the day *on*.

    The time of a body runs from its own receipt (A5), and the law does not say what holds when it
    never confirms one. The project's reading (decision 18): nothing is presumed; the sender may
    prove the receipt, and the time runs from the day proven.

    Raises
    ------
    Http404 : *user* does not write for the Board.
    InputError : no proof is named, the day is before the sending or to come, or it was answered.
    """
    words = proof.strip()
    if not words:
        raise refuse("text-missing")
    if len(words) > LONGEST_REMARK:
        raise refuse("text-too-long", field=opinion.organisation.name_vi, limit=LONGEST_REMARK)
    with transaction.atomic():
        held = _locked(opinion)
        if not reaches(party_of(user, held.dossier).get("receiver", ""), "editor"):
            raise Http404("no such opinion for this person")
        _refuse_closed(held)
        if held.received_at is not None:
            return held
        sent_on = legal_day(held.sent_at)
        if not sent_on <= on <= legal_day(at):
            raise refuse("day-of-delivery", sent=f"{sent_on:%d/%m/%Y}")
        held.received_at = max(held.sent_at, min(at, start_of(on)))
        held.save(update_fields=["received_at"])
        record(
            kind="opinion.deliver",
            at=at,
            actor=user,
            dossier=held.dossier,
            organisation=acting_for(user, held.dossier, "receiver"),
            reason=words,
            detail={"opinion": held.pk, "body": held.organisation.code, "on": on.isoformat()},
        )
        _set_due(held, held.dossier, at)
        refresh_duties(held.dossier, at)
    return held


def draft_opinion(
    *,
    user: User,
    opinion: Opinion,
    position: str,
    text: str,
    positions: Positions,
    at: dt.datetime,
) -> Opinion:
    """Keep a draft; only the body's own people read it."""
    with transaction.atomic():
        held = as_body(user, opinion)
        said = _checked(held, position, text, positions, whole=False)
        before = (held.position, held.text, held.positions)
        if said != before:
            held.position, held.text, held.positions = said
            held.drafted_by = user
            held.save(update_fields=["position", "text", "positions", "drafted_by"])
            _say("opinion.draft", held, user, at, {"digest": text_digest(list(said))})
    return held


def answer(
    *,
    user: User,
    opinion: Opinion,
    position: str,
    text: str,
    positions: Positions,
    at: dt.datetime,
) -> Opinion:
    """Give the body's opinion: by a person who may approve for it, once.

    Late answers are taken as long as the evaluation has no result.

    Raises
    ------
    Http404 : the person is not of this body, or may not approve for it.
    InputError : it was answered, the evaluation is over, no position or a bad one is given.
    """
    with transaction.atomic():
        held = as_body(user, opinion, level="approver")
        if held.received_at is None:
            raise refuse("not-received")
        said = _checked(held, position, text, positions, whole=True)
        held.position, held.text, held.positions = said
        held.answered_at, held.answered_by = at, user
        held.save(update_fields=["position", "text", "positions", "answered_at", "answered_by"])
        _say(
            "opinion.answer",
            held,
            user,
            at,
            {"position": position, "digest": text_digest(list(said))},
        )
        refresh_duties(held.dossier, at)
    return held


def as_body(user: User, opinion: Opinion, level: str = "editor") -> Opinion:
    """Return *opinion* locked with its dossier, if *user* writes for the body and it is open."""
    held = _locked(opinion)
    if not reaches(_level(user, held), level):
        raise Http404("no such opinion for this person")
    _refuse_closed(held)
    return held


def _locked(opinion: Opinion) -> Opinion:
    dossier = lock(Dossier(pk=opinion.dossier_id))
    held = (
        Opinion.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=opinion.pk)
    )
    held.dossier = dossier
    return held


def _refuse_closed(held: Opinion) -> None:
    if held.answered_at is not None:
        raise refuse("already-answered")
    if not may_answer(held.dossier.state, load_procedures().procedure(held.dossier.procedure)):
        raise not_now(held.dossier)


def _level(user: User, opinion: Opinion) -> str:
    return level_of(
        {seat.role for seat in seats_of(user) if seat.organisation.pk == opinion.organisation_id}
    )


def _checked(
    held: Opinion, position: str, text: str, positions: Positions, *, whole: bool
) -> tuple[str, str, dict[str, dict[str, str]]]:
    """Return position, words and positions per criterion as they are kept."""
    known = set(Opinion.Position.values)
    if position not in known and (whole or position):
        raise refuse("unknown-position")
    words = text.strip()
    if len(words) > LONGEST:
        raise refuse("text-too-long", field=held.organisation.name_vi, limit=LONGEST)
    if whole and position != Opinion.Position.AGREE and not words:
        raise refuse("text-missing")
    framework = framework_of(held.dossier)
    leaves = {leaf.id for leaf in framework.leaves} if framework else set()
    kept: dict[str, dict[str, str]] = {}
    for leaf, said in positions.items():
        if leaf not in leaves:
            raise refuse("unknown-leaf", leaf=leaf)
        where, remark = str(said.get("position", "")), str(said.get("remark", "")).strip()
        if where and where not in known:
            raise refuse("unknown-position")
        if len(remark) > LONGEST_REMARK:
            raise refuse("text-too-long", field=leaf, limit=LONGEST_REMARK)
        if where or remark:
            kept[leaf] = {"position": where, "remark": remark}
    return position, words, kept


def _set_due(opinion: Opinion, dossier: Dossier, at: dt.datetime) -> None:
    """Write the day the answer is due, None where it cannot be counted: its duty says why."""
    clock = opinion_clock(opinion, dossier, history_of(dossier), legal_day(at))
    due_on = clock.due_on if clock else None
    if opinion.due_on != due_on:
        opinion.due_on = due_on
        opinion.save(update_fields=["due_on"])


def _say(kind: str, held: Opinion, user: User, at: dt.datetime, detail: Mapping[str, Any]) -> None:
    own = reaches(_level(user, held), "viewer")
    record(
        kind=kind,
        at=at,
        actor=user,
        dossier=held.dossier,
        organisation=held.organisation if own else None,
        detail={"opinion": held.pk, "body": held.organisation.code, **detail},
    )
