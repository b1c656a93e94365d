"""The inside page of a certificate, and what is decided about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.certification.actions.dossiers import open_dossier
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate, Dossier, Snapshot
from sinhthai.certification.readers.case import GROUNDS
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell, tell_form
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision import forms_keeping as forms
from sinhthai.supervision.actions.alerts import set_aside
from sinhthai.supervision.actions.cases import open_revocation
from sinhthai.supervision.actions.suspension import STATE_NAMES, end_suspension, suspend
from sinhthai.supervision.models import Alert, Ground, Inspection
from sinhthai.supervision.policy_keeping import (
    certificate_for,
    certificate_with_snapshot,
    levels_over,
    supervises,
)
from sinhthai.supervision.readers.evidence import alerts_of, visits_of
from sinhthai.supervision.readers.holding import read_holding
from sinhthai.supervision.readers.standing import HELD

_STRONG = ("editor", "approver")


@require_GET
def holding(request: HttpRequest, public_id: str) -> HttpResponse:
    """Does it hold, what is open, what is due, what happened."""
    certificate, snapshot = certificate_with_snapshot(request.user, public_id)
    return _page(request, certificate, snapshot=snapshot)


@require_POST
def alert_close(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The Board closes an alert, with its reason."""
    certificate = _as(request, public_id, "receiver", "approver")
    alert = get_object_or_404(Alert, pk=pk, certificate=certificate)
    form = forms.ReasonForm(request.POST, auto_id=f"%s-alert-{pk}")
    return _done(
        request,
        certificate,
        f"alert-{pk}",
        form,
        lambda given: set_aside(
            user=person(request), alert=alert, reason=given["reason"], at=timezone.now()
        ),
        _("The alert is closed; it stays in the history with your reason."),
    )


@require_POST
def suspension(request: HttpRequest, public_id: str) -> HttpResponse:
    """The issuing authority suspends the certificate, or ends the suspension."""
    certificate = _as(request, public_id, "issuer", "approver")
    if certificate.state == Certificate.State.SUSPENDED:
        return _done(
            request,
            certificate,
            "resume",
            forms.ReasonForm(request.POST, prefix="resume"),
            lambda given: end_suspension(
                user=person(request),
                certificate=certificate,
                reason=given["reason"],
                at=timezone.now(),
            ),
            _("The certificate holds again."),
        )
    form = forms.SuspensionForm(request.POST, prefix="suspend", **_evidence(certificate))
    return _done(
        request,
        certificate,
        "suspend",
        form,
        lambda given: suspend(
            user=person(request),
            certificate=certificate,
            clause=given["clause"],
            reason=given["reason"],
            at=timezone.now(),
            **_chosen(certificate, given),
        ),
        _("The certificate is suspended; its public page says so."),
    )


@require_http_methods(["GET", "POST"])
def revocation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a revocation case: one ground, its facts, what they rest on."""
    certificate = certificate_for(request.user, public_id)
    levels = levels_over(request.user, certificate.park, certificate.enterprise)
    board = levels.get("receiver") in _STRONG
    if certificate.state not in HELD or not (board or levels.get("applicant") in _STRONG):
        raise Http404("no revocation to open for this person")
    letters = list(Ground.Letter.values) if board else [Ground.Letter.REQUEST]
    form = forms.RevocationForm(
        request.POST or None,
        request.FILES or None,
        grounds=[(one, f"{one}) {forms.said(GROUNDS[one])}") for one in letters],
        initial={"letter": request.GET.get("ground", ""), "alert": request.GET.get("alert", "")},
        **_evidence(certificate),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            dossier = open_revocation(
                user=person(request),
                certificate=certificate,
                letter=given["letter"],
                facts=given["facts"],
                at=timezone.now(),
                request=forms.read_files(given["request"]),
                **_chosen(certificate, given),
            )
            messages.success(request, _("The case is open; somebody else proposes it."))
            return redirect("dossier", dossier.public_id)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    context = {**_shell(request, certificate), "form": form, "board": board}
    status = 422 if form.errors else 200
    return render(request, "supervision/keeping/revocation.html", context, status=status)


@require_POST
def renewal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start re-certification (Article 45), as the holder."""
    certificate = _as(request, public_id, "applicant", "editor")
    now = timezone.now()
    today = legal_day(now)
    try:
        dossier = open_dossier(
            user=person(request),
            kind=Dossier.Kind.RECERTIFY,
            park=certificate.park,
            enterprise=certificate.enterprise,
            on=today,
            year=today.year - 1,
            at=now,
            about=certificate,
        )
    except InputError as error:
        tell(request, error)
        return redirect("certificate_holding", public_id)
    messages.success(request, _("The re-certification dossier is open."))
    return redirect("dossier", dossier.public_id)


def _renewable_from(certificate: Certificate, today: dt.date) -> dt.date | None:
    """Return the day to come from which the holder may renew; None: now."""
    subject = "enterprise" if certificate.enterprise_id else "park"
    procedure = load_procedures().procedure_on("recertify", subject, today)
    opens_on = procedure.opens_on(certificate.last_day) if procedure else None
    return opens_on if opens_on is not None and today < opens_on else None


def _page(
    request: HttpRequest,
    certificate: Certificate,
    *,
    snapshot: Snapshot | None = None,
    tried: dict[str, Form] | None = None,
) -> HttpResponse:
    today = legal_day(timezone.now())
    page = read_holding(certificate, today=today, snapshot=snapshot)
    levels = levels_over(request.user, certificate.park, certificate.enterprise)
    held = certificate.state in HELD
    evidence = {
        "alerts": [
            (str(one.alert.pk), f"{one.clause} · {_day(request, one.alert.opened_at)}")
            for one in page.alerts
        ],
        "inspections": [
            (str(one.pk), _visit_name(request, one))
            for one in page.inspections
            if getattr(one, "found", 0)
        ],
    }
    context: dict[str, Any] = {
        **_shell(request, certificate),
        "page": page,
        "today": today,
        "held": held,
        "is_board": levels.get("receiver") in _STRONG,
        "is_approver": levels.get("receiver") == "approver",
        "is_issuer": levels.get("issuer") == "approver",
        "is_holder": levels.get("applicant") in _STRONG,
        "suspended": certificate.state == Certificate.State.SUSPENDED,
        "renewable_from": _renewable_from(certificate, today),
        "recertifying": [
            one
            for one in page.cases
            if one.dossier.kind == Dossier.Kind.RECERTIFY and one.dossier.is_open
        ],
        "revoking": [
            one
            for one in page.cases
            if one.dossier.kind == Dossier.Kind.REVOKE and one.dossier.is_open
        ],
        "forms": {
            "suspend": forms.SuspensionForm(prefix="suspend", **evidence),
            "resume": forms.ReasonForm(prefix="resume"),
        }
        | (tried or {}),
        "wrong": list((tried or {}).items()),
    }
    status = 422 if tried else 200
    return render(request, "supervision/keeping/holding.html", context, status=status)


def _shell(request: HttpRequest, certificate: Certificate) -> dict[str, Any]:
    who = certificate.enterprise or certificate.park
    return {
        "nav": "supervision" if supervises(request.user) else "certification",
        "section": "overview",
        "supervises": supervises(request.user),
        "certificate": certificate,
        "who": who,
        "who_name": who.name_en if language_of(request) == "en" and who.name_en else who.name_vi,
        "state_name": STATE_NAMES[Certificate.State(certificate.state)],
        "invented": certificate.park.invented or who.invented,
    }


def _as(request: HttpRequest, public_id: str, party: str, level: str) -> Certificate:
    """Return the certificate to who may decide about it; nobody else finds the address."""
    certificate = certificate_for(request.user, public_id)
    held = levels_over(request.user, certificate.park, certificate.enterprise).get(party, "")
    if held not in (_STRONG if level == "editor" else ("approver",)):
        raise Http404("nothing to decide for this person")
    return certificate


def _done(
    request: HttpRequest,
    certificate: Certificate,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return redirect(
                reverse("certificate_holding", args=[certificate.public_id]) + "#standing"
            )
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    return _page(request, certificate, tried={name: form})


def _evidence(certificate: Certificate) -> dict[str, list[tuple[str, str]]]:
    from django.utils.translation import get_language

    language = get_language() or "vi"
    return {
        "alerts": [
            (str(one.pk), f"{clause} · {format_date(legal_day(one.opened_at), language)}")
            for one, clause in alerts_of(certificate)
        ],
        "inspections": [
            (str(one.pk), format_date(one.held_on or one.planned_on, language))
            for one in visits_of(certificate)
        ],
    }


def _chosen(certificate: Certificate, given: dict[str, Any]) -> dict[str, Any]:
    """Return the alert and the inspection chosen; the form offered only this certificate's."""
    alert, visit = given.get("alert"), given.get("inspection")
    return {
        "alert": Alert.objects.select_related("certificate").get(pk=alert) if alert else None,
        "inspection": Inspection.objects.get(pk=visit) if visit else None,
    }


def _day(request: HttpRequest, at: Any) -> str:
    return format_date(legal_day(at), language_of(request))


def _visit_name(request: HttpRequest, visit: Inspection) -> str:
    return format_date(visit.held_on or visit.planned_on, language_of(request))
