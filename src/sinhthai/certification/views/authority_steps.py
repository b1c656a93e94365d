"""Completeness, consultation, the Board's report, the failure notice, and cases of revocation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from sinhthai.certification.actions.opinions import send_for_opinion
from sinhthai.certification.forms_authority import StepForm, asked_for
from sinhthai.certification.guards import Lookup
from sinhthai.certification.policy import opinions_visible, reaches
from sinhthai.certification.readers.case import read_case
from sinhthai.certification.readers.checking import current_papers, read_pieces
from sinhthai.certification.readers.completeness import Known, missing
from sinhthai.certification.readers.consultation import read_bodies
from sinhthai.certification.readers.decision import read_obstacles, standings_of
from sinhthai.certification.readers.evaluation import read_evaluation
from sinhthai.certification.views.authority import page_context
from sinhthai.certification.views.authority_evaluation import ask_the_applicant
from sinhthai.certification.views.steps import authority_dossier, authority_parties, offers, take
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import person, tell

CASE_STEPS = (
    "propose", "withdraw_proposal", "notify_holder", "revoke", "drop", "keep", "propose_revocation",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every piece of the dossier; accept it, or ask for supplements piece by piece."""
    dossier = authority_dossier(request, public_id)
    pieces = read_pieces(dossier)
    tried: StepForm | None = None
    if request.method == "POST" and request.POST.get("act") == "ask":
        items = asked_for(request.POST, [piece.about for piece in pieces.all])
        if ask_the_applicant(request, dossier, items):
            return redirect("dossier", public_id)
    elif request.method == "POST":
        answer = take(request, dossier, ("accept",))
        if isinstance(answer, HttpResponse):
            return answer
        tried = answer
    known = Lookup(dossier, asks=any(piece.open_request for piece in pieces.all))
    written = [event.at for event in known.events if event.kind == "dossier.contents"]
    lacks = missing(dossier, Known(pieces.snapshot, pieces.files, max(written, default=None)))
    known.incomplete = bool(lacks)
    offered = offers(request, dossier, ("accept", "ask_supplement"), known=known, tried=tried)
    context = page_context(request, dossier, "check") | {
        "pieces": pieces,
        "lacks": lacks if dossier.state == "submitted" else [],
        "offers": [offer for offer in offered if offer.step.id == "accept"],
        "may_ask": any(o.step.id == "ask_supplement" and not o.problems for o in offered),
        "typed": {key.removeprefix("ask-"): words for key, words in request.POST.items()},
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "certification/authority/check.html", context, status=status)


@require_http_methods(["GET", "POST"])
def consult(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the dossier to the bodies the law names; see who received it and who answered."""
    dossier = authority_dossier(request, public_id)
    today = timezone.localdate()
    parties = authority_parties(request.user, dossier)
    opinions = opinions_visible(request.user, dossier, parties=parties)
    bodies = read_bodies(dossier, opinions, today=today)
    tried: StepForm | None = None
    if request.method == "POST" and request.POST.get("act") == "send":
        asked = {request.POST.get(f"body-{body.authority}", "") for body in bodies}
        chosen = [one for body in bodies for one in body.choices if str(one.pk) in asked]
        try:
            send_for_opinion(
                user=person(request), dossier=dossier, organisations=chosen, at=timezone.now()
            )
            sent = ngettext("Sent to %(n)s body.", "Sent to %(n)s bodies.", len(chosen))
            messages.success(request, sent % {"n": len(chosen)})
            return redirect("dossier_consult", public_id)
        except InputError as error:
            dossier.refresh_from_db()
            tell(request, error)
    elif request.method == "POST":
        answer = take(request, dossier, ("evaluate",))
        if isinstance(answer, HttpResponse):
            return answer
        tried = answer
    known = Lookup(dossier, opinions=opinions)
    offered = offers(request, dossier, ("consult", "evaluate"), known=known, tried=tried)
    context = page_context(request, dossier, "consult") | {
        "bodies": bodies,
        "may_send": any(o.step.id == "consult" and not o.problems for o in offered),
        "left": [body for body in bodies if body.opinion is None],
        "unconfirmed": [body for body in bodies if body.unconfirmed] if dossier.is_open else [],
        "may_deliver": reaches(parties.get("receiver", ""), "editor"),
        "offers": [offer for offer in offered if offer.step.id == "evaluate"],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "certification/authority/consult.html", context, status=status)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The Board's conclusion: sign the report, pass or fail; propose, or reopen."""
    dossier = authority_dossier(request, public_id)
    tried: StepForm | None = None
    if request.method == "POST":
        answer = take(request, dossier, ("report", "fail", "propose", "reopen"))
        if isinstance(answer, HttpResponse):
            return answer
        tried = answer
    parties = authority_parties(request.user, dossier)
    opinions = opinions_visible(request.user, dossier, parties=parties)
    evaluation = read_evaluation(dossier, opinions=opinions, brief=True)
    known = Lookup(dossier, standings=standings_of(evaluation), opinions=opinions)
    context = page_context(request, dossier, "report") | {
        "evaluation": evaluation,
        "opinions": opinions,
        "obstacles": read_obstacles(evaluation),
        "papers": current_papers(dossier),
        "offers": offers(
            request,
            dossier,
            ("report", "fail", "propose", "reopen"),
            known=known,
            tried=tried,
        ),
    }
    status = 422 if tried else 200
    return render(request, "certification/authority/report.html", context, status=status)


@require_http_methods(["GET", "POST"])
def fail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The written notice of a failure, with its reasons."""
    dossier = authority_dossier(request, public_id)
    tried: StepForm | None = None
    if request.method == "POST":
        answer = take(request, dossier, ("notify",))
        if isinstance(answer, HttpResponse):
            return answer
        tried = answer
    evaluation = read_evaluation(dossier, brief=True)
    context = page_context(request, dossier, "report") | {
        "evaluation": evaluation,
        "offers": offers(request, dossier, ("notify",), tried=tried),
    }
    status = 422 if tried else 200
    return render(request, "certification/authority/fail.html", context, status=status)


@require_http_methods(["GET", "POST"])
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """A revocation or a review: its certificate, its ground, what happened, what may follow."""
    dossier = authority_dossier(request, public_id)
    tried: StepForm | None = None
    if request.method == "POST":
        answer = take(request, dossier, CASE_STEPS)
        if isinstance(answer, HttpResponse):
            return answer
        tried = answer
    context = page_context(request, dossier, "case") | {
        "case": read_case(dossier),
        "offers": offers(request, dossier, CASE_STEPS, tried=tried),
    }
    status = 422 if tried else 200
    return render(request, "certification/authority/case.html", context, status=status)
