"""What the Board puts right on its way: newer findings, a proven receipt, an override withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinhthai.certification.actions.dossiers import refresh
from sinhthai.certification.actions.evaluation import withdraw_override, withdrawable
from sinhthai.certification.actions.opinions import deliver
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.forms_authority import DeliveryForm, WithdrawOverrideForm
from sinhthai.certification.guards import framework_of
from sinhthai.certification.models import Override
from sinhthai.certification.policy import reaches
from sinhthai.certification.readers.decision import OBSTACLE_NAMES
from sinhthai.certification.readers.newer import read_newer
from sinhthai.certification.views.authority import page_context
from sinhthai.certification.views.steps import authority_dossier, authority_parties
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell, tell_form

EVALUATED_IN = ("accepted", "consulting", "evaluating")


@require_http_methods(["GET", "POST"])
def newer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how the findings differ from those the records give now; take the new ones."""
    dossier = authority_dossier(request, public_id)
    may_take = dossier.state in EVALUATED_IN and reaches(
        authority_parties(request.user, dossier).get("receiver", ""), "editor"
    )
    if request.method == "POST":
        if not may_take:
            raise Http404("nothing to take here")
        try:
            taken = refresh(dossier, timezone.now(), user=person(request))
            said = (
                _("The findings were taken again. Only the criteria that changed are judged anew.")
                if taken
                else _("The findings are those of the records as they are now.")
            )
            messages.success(request, said)
            return redirect("dossier_evaluate", public_id)
        except InputError as error:
            tell(request, error)
    context = page_context(request, dossier, "evaluate") | {"may_take": may_take}
    try:
        snapshot, changed = read_newer(dossier, timezone.now())
        context |= {"snapshot": snapshot, "changed": changed}
    except InputError as error:
        context |= {"problems": error.problems}
    return render(request, "certification/authority/newer.html", context)


@require_http_methods(["GET", "POST"])
def delivered(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Record the proof that a body was handed the dossier: its time to answer starts."""
    dossier = authority_dossier(request, public_id)
    level = authority_parties(request.user, dossier).get("receiver", "")
    opinion = dossier.opinions.select_related("organisation").filter(pk=pk).first()
    if opinion is None or not reaches(level, "editor"):
        raise Http404("no such opinion for this person")
    if request.method == "GET" and (opinion.received_at or opinion.answered_at):
        return redirect("dossier_consult", public_id)
    form = DeliveryForm(
        request.POST if request.method == "POST" else None,
        sent=legal_day(opinion.sent_at),
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            deliver(
                user=person(request),
                opinion=opinion,
                on=form.cleaned_data["on"],
                proof=form.cleaned_data["proof"],
                at=timezone.now(),
            )
            messages.success(request, _("The receipt is recorded; the period to answer is shown."))
            return redirect("dossier_consult", public_id)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    context = page_context(request, dossier, "consult") | {"form": form, "opinion": opinion}
    status = 422 if form.errors else 200
    return render(request, "certification/authority/delivered.html", context, status=status)


@require_http_methods(["GET", "POST"])
def override_withdraw(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Withdraw a legal override, with a reason, before a certificate rests on it."""
    dossier = authority_dossier(request, public_id)
    found = Override.objects.select_related("by").filter(dossier=dossier, pk=pk).first()
    if found is None:
        raise Http404("no such override of this dossier")
    user, sending = person(request), request.method == "POST"
    if not sending and not withdrawable(user, dossier, [found]):
        raise Http404("not for this person, or not any more")
    form = WithdrawOverrideForm(request.POST if sending else None)
    if sending and form.is_valid():
        try:
            withdraw_override(
                user=user,
                override=found,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
            messages.success(request, _("The legal override is withdrawn."))
            return redirect("dossier_decide", public_id)
        except InputError as error:
            dossier.refresh_from_db()
            tell_form(form, None, error, language_of(request))
    framework = framework_of(dossier)
    context = page_context(request, dossier, "decide") | {
        "form": form,
        "override": found,
        "obstacle": OBSTACLE_NAMES[found.obstacle],
        "leaf": next((one for one in framework.leaves if one.id == found.leaf), None)
        if framework
        else None,
    }
    status = 422 if form.errors else 200
    return render(request, "certification/authority/override_withdraw.html", context, status=status)
