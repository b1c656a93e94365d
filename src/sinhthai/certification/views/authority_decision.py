"""The decision: everything it rests on, what forbids it, the legal override, the act itself."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinhthai.certification.actions.evaluation import override as record_override
from sinhthai.certification.actions.evaluation import withdrawable
from sinhthai.certification.forms_authority import OverrideForm, StepForm
from sinhthai.certification.guards import Lookup
from sinhthai.certification.models import Certificate, Dossier
from sinhthai.certification.policy import opinions_visible, reaches
from sinhthai.certification.readers.checking import current_papers
from sinhthai.certification.readers.decision import (
    Obstacle,
    open_obstacles,
    read_obstacles,
    standings_of,
)
from sinhthai.certification.readers.evaluation import read_evaluation
from sinhthai.certification.views.authority import page_context
from sinhthai.certification.views.steps import authority_dossier, authority_parties, offers, take
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.reporting.views.answers import language_of, person, tell_form

STEPS = ("issue", "return_to_board", "reopen")


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Issue the certificate, or return the dossier."""
    dossier = authority_dossier(request, public_id)
    tried: StepForm | None = None
    if request.method == "POST":
        answer = take(request, dossier, STEPS)
        if isinstance(answer, HttpResponse):
            return answer
        tried = answer
    return decision_page(request, dossier, tried=tried)


@require_POST
def override(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record a legal override of one obstacle."""
    dossier = authority_dossier(request, public_id)
    obstacles = open_obstacles(read_obstacles(read_evaluation(dossier, brief=True)))
    language = language_of(request)
    form = OverrideForm(request.POST, obstacles=[(one.key, one.key) for one in obstacles])
    if form.is_valid():
        leaf, obstacle = form.chosen()
        try:
            record_override(
                user=person(request),
                dossier=dossier,
                leaf=leaf,
                obstacle=obstacle,
                clause=form.cleaned_data["clause"],
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
            messages.success(
                request, _("The legal override is recorded; the certificate shows it.")
            )
            return redirect("dossier_decide", public_id)
        except InputError as error:
            dossier.refresh_from_db()
            tell_form(form, None, error, language)
    return decision_page(request, dossier, refused=form)


def decision_page(
    request: HttpRequest,
    dossier: Dossier,
    *,
    tried: StepForm | None = None,
    refused: OverrideForm | None = None,
) -> HttpResponse:
    """Return the page; *tried* and *refused* are forms a person has to correct."""
    language = language_of(request)
    parties = authority_parties(request.user, dossier)
    opinions = opinions_visible(request.user, dossier, parties=parties)
    evaluation = read_evaluation(dossier, opinions=opinions, brief=True)
    obstacles = read_obstacles(evaluation)
    known = Lookup(dossier, standings=standings_of(evaluation), opinions=opinions)
    form = OverrideForm(
        refused.data if refused else None,
        obstacles=[
            (one.key, _said(one.row.leaf.id, one.words).get(language))
            for one in open_obstacles(obstacles)
        ],
    )
    context = page_context(request, dossier, "decide") | {
        "evaluation": evaluation,
        "opinions": opinions,
        "obstacles": obstacles,
        "open_obstacles": open_obstacles(obstacles),
        "papers": current_papers(dossier),
        "certificate": Certificate.objects.filter(dossier=dossier).defer("credential").first()
        if not dossier.is_open
        else None,
        "offers": offers(request, dossier, STEPS, known=known, tried=tried),
        "override_form": refused or form,
        "withdrawable": _withdrawable(request, dossier, obstacles),
        "may_override": dossier.is_open
        and bool(open_obstacles(obstacles))
        and any(reaches(parties.get(party, ""), "approver") for party in ("receiver", "issuer")),
    }
    status = 422 if tried or refused else 200
    return render(request, "certification/authority/decide.html", context, status=status)


def _withdrawable(
    request: HttpRequest, dossier: Dossier, obstacles: Sequence[Obstacle]
) -> set[int]:
    """Return the overrides the person may withdraw; who decides nothing costs no query."""
    parties = authority_parties(request.user, dossier)
    if not parties:
        return set()
    standing = [one.override for one in obstacles if one.override is not None]
    return withdrawable(person(request), dossier, standing, parties=parties)


def _said(leaf: str, words: Text) -> Text:
    return Text(f"{leaf}: {words.vi}", f"{leaf}: {words.en}")
