"""Files of a dossier: assembled from the records, uploaded, signed scans. Only added to.

A file is written before the row that points to it: killed in between, an orphan is left that
nobody sees; never a row without its file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePath
from typing import cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404

from sinhthai.accounts.models import Organisation, User
from sinhthai.certification.actions.chain import record
from sinhthai.certification.models import Dossier, Opinion, Paper
from sinhthai.certification.policy import acting_for, party_of, reaches
from sinhthai.certification.readers.completeness import Missing, missing
from sinhthai.certification.refusals import refuse
from sinhthai.reporting.actions.evidence import clean_name
from sinhthai.reporting.evidence_kinds import kind_of
from sinhthai.rules.procedures import PaperRule, Party
from sinhthai.rules.procedures_loading import load_procedures

__all__ = [
    "OPINION",
    "REQUEST",
    "Missing",
    "add_paper",
    "assemble_papers",
    "fix_paper",
    "missing",
    "withdraw_paper",
]

OPINION = "opinion"  # the slot of what a body attaches to its answer
REQUEST = "request"  # the slot of a holder's own request to end their certificate
MAX_FILES = 200  # of one dossier
Origin = Paper.Origin


def add_paper(
    *,
    user: User,
    dossier: Dossier,
    slot: str,
    file_name: str,
    content: bytes,
    at: dt.datetime,
    opinion: Opinion | None = None,
) -> Paper:
    """Keep an uploaded file: the signed scan of an assembled paper, or a paper of one's own.

    Raises
    ------
    Http404 : the slot is another party's, or *user* may not write for it.
    InputError : the state does not take it, or the file is empty, too large, of a kind not
        accepted, named as another kind, or there already.
    """
    name = clean_name(file_name)
    check_file(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        held, party, rule = _may_add(user, dossier, slot, opinion)
        present = held.papers.filter(withdrawn_at=None)
        if present.filter(slot=slot, opinion=opinion, is_current=True, sha256=sha256).exists():
            raise refuse("file-twice")
        if present.count() >= MAX_FILES:
            raise refuse("too-many-files", limit=MAX_FILES)
        origin = Origin.SIGNED if rule is not None and rule.signed else Origin.UPLOADED
        paper = _keep(held, slot, origin, name, content, user, at, opinion)
        record(
            kind="paper.add",
            at=at,
            actor=user,
            dossier=held,
            organisation=_body(user, held, party, opinion),
            detail=_said(paper, party),
        )
    return paper


def assemble_papers(*, user: User, dossier: Dossier, at: dt.datetime) -> list[Paper]:
    """Assemble the applicant's papers from the records as they are; older ones stay readable."""
    with transaction.atomic():
        held = _as_applicant(user, dossier)
        rules = [
            rule
            for rule in load_procedures().procedure(held.procedure).papers
            if rule.party == "applicant" and rule.made == "assembled"
        ]
        return [_assemble(held, rule, user=user, at=at) for rule in rules]


def fix_paper(
    dossier: Dossier, slot: str, *, user: User | None, party: Party, at: dt.datetime
) -> Paper:
    """Fix the paper a step makes, as it is at that moment; inside the step's transaction."""
    procedure = load_procedures().procedure(dossier.procedure)
    rule = next(one for one in procedure.papers if one.id == slot)
    return _assemble(dossier, rule, user=user, at=at, party=party)


def withdraw_paper(*, user: User, paper: Paper, at: dt.datetime) -> Paper:
    """Take a file off the dossier. The file and the trail stay."""
    with transaction.atomic():
        held, party, _rule = _may_add(user, paper.dossier, paper.slot, paper.opinion)
        found = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if found.withdrawn_at is not None:
            raise refuse("paper-withdrawn")
        found.withdrawn_at, found.is_current = at, False
        found.save(update_fields=["withdrawn_at", "is_current"])
        record(
            kind="paper.withdraw",
            at=at,
            actor=user,
            dossier=held,
            organisation=_body(user, held, party, found.opinion),
            detail=_said(found, party),
        )
    return found


def check_file(name: str, content: bytes) -> None:
    """Refuse a file that is no document we accept; the name alone says nothing."""
    if not content:
        raise refuse("empty-file")
    limit = settings.SINHTHAI_UPLOAD_MAX_BYTES
    if len(content) > limit:
        raise refuse("too-large", limit=limit // 2**20)
    kind = kind_of(content)
    if kind is None:
        raise refuse("file-type")
    ending = PurePath(name).suffix.lower()
    if ending not in kind.endings:
        raise refuse("file-name", ending=ending, kind=kind.name)


def _assemble(
    held: Dossier,
    rule: PaperRule,
    *,
    user: User | None,
    at: dt.datetime,
    party: Party = "applicant",
) -> Paper:
    from sinhthai.certification.documents import to_pdf
    from sinhthai.certification.readers.papers import compose_paper

    content = to_pdf(compose_paper(held, rule.id, at))
    name = f"{rule.title.vi}.pdf"  # what it is, for whoever reads the list; papers are Vietnamese
    paper = _keep(held, rule.id, Origin.ASSEMBLED, name, content, user, at, None)
    record(
        kind="paper.assemble",
        at=at,
        actor=user,
        dossier=held,
        organisation=acting_for(user, held, party) if user else None,
        detail=_said(paper, party),
    )
    return paper


def _keep(
    held: Dossier,
    slot: str,
    origin: str,
    name: str,
    content: bytes,
    user: User | None,
    at: dt.datetime,
    opinion: Opinion | None,
) -> Paper:
    """Add the file; a newer one of the same slot and origin takes the place of the older.

    Papers of one's own (``uploaded``) stand side by side.
    """
    if origin != Origin.UPLOADED:
        held.papers.filter(slot=slot, origin=origin, opinion=opinion, is_current=True).update(
            is_current=False
        )
    sha256 = hashlib.sha256(content).hexdigest()
    paper = Paper(
        dossier=held,
        opinion=opinion,
        slot=slot,
        origin=origin,
        file_name=name[:200],
        sha256=sha256,
        size=len(content),
        by=user,
        at=at,
    )
    paper.file.save(sha256, ContentFile(content), save=False)
    paper.save()
    return paper


def _said(paper: Paper, party: str) -> dict[str, object]:
    return {
        "paper": paper.pk,
        "slot": paper.slot,
        "origin": str(paper.origin),
        "party": party,
        "sha256": paper.sha256,
        "file_name": paper.file_name,
    }


def _as_applicant(user: User, dossier: Dossier) -> Dossier:
    from sinhthai.certification.actions.dossiers import as_applicant

    return as_applicant(user, dossier)


def _may_add(
    user: User, dossier: Dossier, slot: str, opinion: Opinion | None
) -> tuple[Dossier, Party, PaperRule | None]:
    """Return the dossier locked, the party *user* writes for, and the rule of the paper."""
    from sinhthai.certification.actions.steps import lock, not_now

    if opinion is not None:
        from sinhthai.certification.actions.opinions import as_body

        held_opinion = as_body(user, opinion)
        return held_opinion.dossier, cast(Party, held_opinion.party), None
    procedure = load_procedures().procedure(dossier.procedure)
    if slot == REQUEST and dossier.kind == Dossier.Kind.REVOKE:
        return _for_request(user, lock(dossier), procedure.start)
    rule = next((one for one in procedure.papers if one.id == slot), None)
    if rule is None:
        raise refuse("unknown-slot", slot=slot)
    if rule.party == "applicant":
        return _as_applicant(user, dossier), rule.party, rule
    held = lock(dossier)
    if not reaches(party_of(user, held).get(rule.party, ""), "editor"):
        raise Http404("no such paper for this person")
    # The signed scan of a decision may come back after it was taken, not before the case began.
    if held.state == procedure.start and held.kind in (Dossier.Kind.ISSUE, Dossier.Kind.RECERTIFY):
        raise not_now(held)
    return held, rule.party, rule


def _body(user: User, dossier: Dossier, party: str, opinion: Opinion | None) -> Organisation | None:
    return opinion.organisation if opinion else acting_for(user, dossier, party)


def _for_request(user: User, held: Dossier, start: str) -> tuple[Dossier, Party, PaperRule | None]:
    """Let the holder, or the Board for them, add their own written request (Article 44.c)."""
    from sinhthai.certification.actions.steps import not_now

    parties = party_of(user, held)
    asked: tuple[Party, ...] = ("applicant", "receiver")
    party = next((one for one in asked if reaches(parties.get(one, ""), "editor")), None)
    if party is None:
        raise Http404("no such paper for this person")
    if held.state != start:
        raise not_now(held)
    return held, party, None
