"""Cases about a certificate: revocation on a ground of Article 44, review when its park's ended.

A case is a dossier of ``certification``: its steps (propose, notify, revoke, drop) are taken
there, by other people. Here it is opened, with its ground and what that rests on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from sinhthai.accounts.models import User
from sinhthai.certification.actions.dossiers import open_dossier
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate, Dossier, Paper
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.reporting.actions.evidence import clean_name
from sinhthai.supervision.actions.evidence_of import check_evidence, evidence_words
from sinhthai.supervision.actions.files import File, check_files
from sinhthai.supervision.actions.refusals_keeping import refuse
from sinhthai.supervision.actions.suspension import STATE_NAMES
from sinhthai.supervision.actions.trail import note
from sinhthai.supervision.models import Alert, Ground, Inspection
from sinhthai.supervision.policy_keeping import levels_over, may, organisation_of
from sinhthai.supervision.readers.standing import HELD

REQUEST = "request"  # the paper of the holder's own letter
OPENED = "opened"  # the state in which grounds may be added
_WHY_REVIEW = Text(
    "Giấy chứng nhận {number} của khu công nghiệp không còn hiệu lực: rà soát giấy chứng nhận"
    " doanh nghiệp sinh thái (điểm 2.8 đòi hỏi địa điểm trong khu công nghiệp sinh thái).",
    "Certificate {number} of the park no longer holds: review the eco-enterprise's certificate"
    " (2.8 asks for a place in an eco-industrial park).",
)


def open_revocation(
    *,
    user: User,
    certificate: Certificate,
    letter: str,
    facts: str,
    at: dt.datetime,
    alert: Alert | None = None,
    inspection: Inspection | None = None,
    request: Sequence[File] = (),
) -> Dossier:
    """Open a revocation case with its first ground.

    The Board opens it under a (breach of law) or b (criteria no longer met), on an alert or an
    inspection; under c it needs the holder's own letter, sent in by the holder or by the Board.
    """
    _check(user, certificate, letter, facts, alert, inspection, request)
    if certificate.state not in HELD:
        state = STATE_NAMES[Certificate.State(certificate.state)]
        raise refuse("not-valid", number=certificate.number, state_vi=state.vi, state_en=state.en)
    with transaction.atomic():
        dossier = open_dossier(
            user=user,
            kind=Dossier.Kind.REVOKE,
            park=certificate.park,
            enterprise=certificate.enterprise,
            on=legal_day(at),
            year=certificate.dossier.year,
            at=at,
            about=certificate,
        )
        for file in request:
            _keep_request(user, dossier, file, at)
        _state_ground(user, dossier, certificate, letter, facts, alert, inspection, at)
    return dossier


def add_ground(
    *,
    user: User,
    dossier: Dossier,
    letter: str,
    facts: str,
    at: dt.datetime,
    alert: Alert | None = None,
    inspection: Inspection | None = None,
) -> Ground:
    """Add another ground to a case that is not proposed yet."""
    certificate = dossier.about
    if certificate is None or dossier.kind != Dossier.Kind.REVOKE:
        raise refuse("case-closed")
    _check(user, certificate, letter, facts, alert, inspection, (("", b""),))
    with transaction.atomic():
        locked = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
        if locked.state != OPENED:
            raise refuse("case-closed")
        return _state_ground(user, locked, certificate, letter, facts, alert, inspection, at)


def open_reviews(park: Park, *, at: dt.datetime) -> list[Dossier]:
    """Open a review of each eco-enterprise of *park*, once its own certificate has ended.

    Nothing is revoked: the Board looks at each and decides. Doing it again opens nothing twice:
    one review for each certificate and each loss.
    """
    with transaction.atomic():
        Park.objects.select_for_update(of=("self",)).get(pk=park.pk)
        own = Certificate.objects.filter(park=park, enterprise=None)
        lost = own.exclude(state__in=HELD).order_by("-state_since", "-id").first()
        if lost is None or own.filter(state__in=HELD).exists():
            return []
        rows = (
            Certificate.objects.filter(park=park, state__in=HELD, issued_on__lte=legal_day(at))
            .exclude(enterprise=None)
            .exclude(cases__kind=Dossier.Kind.REVIEW, cases__created_at__gte=lost.state_since)
            .exclude(cases__kind=Dossier.Kind.REVIEW, cases__is_open=True)
            .select_related("park__province_now", "enterprise", "dossier")
            .order_by("id")
        )
        return [_review(one, lost, at) for one in rows]


def _review(certificate: Certificate, lost: Certificate, at: dt.datetime) -> Dossier:
    why = _WHY_REVIEW.format(number=lost.number)
    dossier = open_dossier(
        user=None,
        kind=Dossier.Kind.REVIEW,
        park=certificate.park,
        enterprise=certificate.enterprise,
        on=legal_day(at),
        year=certificate.dossier.year,
        at=at,
        about=certificate,
    )
    dossier.contents = {**dossier.contents, "reason": f"{why.vi}\n{why.en}"}
    dossier.save(update_fields=["contents"])
    note(
        kind="review.open",
        at=at,
        actor=None,
        summary=why,
        park=certificate.park,
        enterprise=certificate.enterprise,
        certificate=certificate,
        dossier=dossier,
        detail={"lost": lost.number},
    )
    return dossier


def _check(
    user: User,
    certificate: Certificate,
    letter: str,
    facts: str,
    alert: Alert | None,
    inspection: Inspection | None,
    request: Sequence[File],
) -> None:
    levels = levels_over(user, certificate.park, certificate.enterprise)
    board = may(user, "receiver", "editor", certificate.park, certificate.enterprise)
    holder = levels.get("applicant") in ("editor", "approver")
    if not (board or holder):
        raise refuse("no-right")
    if not board and letter != Ground.Letter.REQUEST:
        raise refuse("own-request-only")
    if not facts.strip():
        raise refuse("text-missing")
    check_evidence(certificate, alert, inspection, needed=letter != Ground.Letter.REQUEST)
    if letter == Ground.Letter.BREACH and inspection is None:
        raise refuse("no-observation")
    if letter == Ground.Letter.REQUEST:
        if not request:
            raise refuse("request-missing")
        if request != (("", b""),):
            check_files(request)


def _state_ground(
    user: User,
    dossier: Dossier,
    certificate: Certificate,
    letter: str,
    facts: str,
    alert: Alert | None,
    inspection: Inspection | None,
    at: dt.datetime,
) -> Ground:
    """Write the ground, and say it in the dossier where its steps look for it."""
    made = Ground.objects.create(
        dossier=dossier,
        letter=Ground.Letter(letter),
        facts=facts.strip(),
        alert=alert,
        inspection=inspection,
        by=user,
        at=at,
    )
    grounds = list(dossier.grounds.order_by("id"))
    contents = dict(dossier.contents)
    contents.setdefault("ground", letter)
    contents["ground_reason"] = "\n\n".join(f"{one.letter}) {one.facts}" for one in grounds)
    contents["evidence"] = "; ".join(rests_on(one).vi for one in grounds)
    dossier.contents = contents
    dossier.save(update_fields=["contents"])
    party = (
        "receiver"
        if may(user, "receiver", "editor", certificate.park, certificate.enterprise)
        else "applicant"
    )
    note(
        kind="ground.state",
        at=at,
        actor=user,
        summary=Text(
            "Ghi căn cứ thu hồi {l}) đối với giấy chứng nhận {number}.",
            "Stated ground {l}) of revoking certificate {number}.",
        ).format(l=letter, number=certificate.number),
        park=certificate.park,
        enterprise=certificate.enterprise,
        certificate=certificate,
        dossier=dossier,
        organisation=organisation_of(
            user, party, certificate.park, of_enterprise=certificate.enterprise_id is not None
        ),
        reason=facts.strip(),
        detail={
            "letter": letter,
            "alert": alert.pk if alert else None,
            "inspection": inspection.pk if inspection else None,
        },
    )
    return made


def rests_on(ground: Ground) -> Text:
    """Return what a ground rests on, in words."""
    if ground.letter == Ground.Letter.REQUEST:
        return Text("văn bản đề nghị của bên được cấp", "the holder's written request")
    return evidence_words(ground.alert, ground.inspection)


def _keep_request(user: User, dossier: Dossier, file: File, at: dt.datetime) -> None:
    """Keep the holder's letter among the papers of the case, whoever brought it in."""
    name, content = file
    digest = hashlib.sha256(content).hexdigest()
    paper = Paper(
        dossier=dossier,
        slot=REQUEST,
        origin=Paper.Origin.SIGNED,
        file_name=clean_name(name),
        sha256=digest,
        size=len(content),
        by=user,
        at=at,
    )
    paper.file.save(digest, ContentFile(content), save=False)
    paper.save()
