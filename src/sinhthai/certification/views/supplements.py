"""What the applicant is asked to complete, answered one by one, then sent back together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinhthai.certification.actions.evaluation import answer_supplement
from sinhthai.certification.actions.steps import take_step
from sinhthai.certification.forms_applicant import SupplementsForm
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import dossier_for, party_of, reaches
from sinhthai.certification.readers.completeness import missing
from sinhthai.certification.readers.dossier import WITH_APPLICANT
from sinhthai.certification.readers.supplements import read_supplements
from sinhthai.certification.views.answers import shell
from sinhthai.certification.views.dossier import applicants
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell_form


@require_http_methods(["GET", "POST"])
def supplements(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read what is asked; the applicant answers, and sends the dossier back."""
    writes = request.method == "POST"
    found = applicants(request, public_id) if writes else dossier_for(request.user, public_id)
    rows = read_supplements(found)
    form = SupplementsForm(
        request.POST if writes else None, asked=[row.supplement for row in rows if row.may_answer]
    )
    if writes and form.is_valid():
        try:
            now = timezone.now()
            for supplement, answer in form.answers():
                if answer != supplement.answer:
                    answer_supplement(
                        user=person(request), supplement=supplement, answer=answer, at=now
                    )
            if request.POST.get("then") == "send":
                take_step(
                    user=person(request),
                    dossier=found,
                    step=_way_back(found),
                    at=now,
                    version=_version(request),
                )
                messages.success(request, _("The dossier was sent back to the Management Board."))
                return redirect("dossier", public_id)
            messages.success(request, _("Saved."))
            return redirect("dossier_supplements", public_id)
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    fields = dict(form.rows())
    level = party_of(request.user, found).get("applicant", "")
    working = found.state in WITH_APPLICANT[1:]
    context = shell(found) | {
        "rows": [(row, fields.get(row.supplement)) for row in rows],
        "form": form,
        "may_write": reaches(level, "editor") and working,
        "may_send": reaches(level, "approver") and working,
        "missing": missing(found) if working else [],
    }
    status = 422 if form.errors else 200
    return render(request, "certification/applicant/supplements.html", context, status=status)


def _version(request: HttpRequest) -> int:
    """Return the version of the dossier the page showed; what is none is of no dossier."""
    shown = request.POST.get("version", "")
    return int(shown) if shown.isdecimal() and len(shown) < 10 else -1


def _way_back(dossier: Dossier) -> str:
    """Return the step that hands the dossier back from the applicant."""
    for step in procedure_of(dossier).steps:
        if (
            dossier.state in step.from_states
            and step.party == "applicant"
            and step.id != "withdraw"
        ):
            return step.id
    return "resubmit"  # the machine says why it is not allowed
