"""The start page of certification of a park or an enterprise, and the form that opens a dossier."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.certification.actions.dossiers import open_dossier
from sinhthai.certification.forms_applicant import ApplyForm
from sinhthai.certification.policy import applicant_roles, level_of, reaches
from sinhthai.certification.readers.cases import Cases, read_cases
from sinhthai.certification.views.answers import start_shell
from sinhthai.foundation.problems import InputError
from sinhthai.registry.models import Enterprise, Park
from sinhthai.registry.policy import enterprise_for, park_for
from sinhthai.reporting.readers import years_reported
from sinhthai.reporting.views.answers import language_of, person, tell_form
from sinhthai.rules.bundle import load_bundle

KINDS = ("issue", "recertify")


@require_GET
def park_start(request: HttpRequest, code: str) -> HttpResponse:
    """Certificate, cases and the way to apply, of a park."""
    return _start(request, park_for(request.user, code), None)


@require_GET
def enterprise_start(request: HttpRequest, code: str) -> HttpResponse:
    """The same for an enterprise."""
    enterprise = enterprise_for(request.user, code)
    return _start(request, enterprise.park, enterprise)


@require_http_methods(["GET", "POST"])
def park_apply(request: HttpRequest, code: str) -> HttpResponse:
    """Open the dossier of a park."""
    return _apply(request, park_for(request.user, code), None)


@require_http_methods(["GET", "POST"])
def enterprise_apply(request: HttpRequest, code: str) -> HttpResponse:
    """Open the dossier of an enterprise."""
    enterprise = enterprise_for(request.user, code)
    return _apply(request, enterprise.park, enterprise)


def _start(request: HttpRequest, park: Park, enterprise: Enterprise | None) -> HttpResponse:
    cases = read_cases(request.user, park, enterprise, today=timezone.localdate())
    context = start_shell(park, enterprise) | {
        "cases": cases,
        "may_apply": _may_apply(request, park, enterprise),
    }
    return render(request, "certification/applicant/start.html", context)


def _apply(request: HttpRequest, park: Park, enterprise: Enterprise | None) -> HttpResponse:
    """Ask for the day and the year; nothing leaves the house before it is sent."""
    if not _may_apply(request, park, enterprise):
        raise Http404("not the applicant")
    today = timezone.localdate()
    cases = read_cases(request.user, park, enterprise, today=today)
    form = _form(request, park, cases)
    if request.method == "POST" and form.is_valid():
        try:
            dossier = open_dossier(
                user=person(request),
                kind=cases.next_kind,
                park=park,
                enterprise=enterprise,
                on=form.cleaned_data["on"],
                year=form.cleaned_data["year"],
                about=cases.certificate if cases.next_kind == "recertify" else None,
                options=form.chosen(),
                at=timezone.now(),
            )
            messages.success(request, _("The dossier is open. Only you see it until it is sent."))
            return redirect("dossier", dossier.public_id)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    context = start_shell(park, enterprise) | {"form": form, "cases": cases}
    status = 422 if form.errors else 200
    return render(request, "certification/applicant/apply.html", context, status=status)


def _form(request: HttpRequest, park: Park, cases: Cases) -> ApplyForm:
    today = timezone.localdate()
    bundle = load_bundle()
    framework = bundle.framework_on(cases.family, today)
    options = [bundle.options[name] for name in framework.options] if framework else []
    reported = years_reported([park.code]).get(park.code, ())
    years = sorted({*reported, today.year - 1}, reverse=True)
    return ApplyForm(
        request.POST if request.method == "POST" else None,
        years=years,
        today=today,
        options=options,
    )


def _may_apply(request: HttpRequest, park: Park, enterprise: Enterprise | None) -> bool:
    return reaches(level_of(applicant_roles(request.user, park, enterprise)), "editor")
