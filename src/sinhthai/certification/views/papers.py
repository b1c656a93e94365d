"""The papers of a dossier: assembled from the records, signed, uploaded, read, taken back."""

from __future__ import annotations

from pathlib import PurePath

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.certification.actions import papers as actions
from sinhthai.certification.documents import MEDIA_TYPES, to_docx, to_pdf
from sinhthai.certification.forms_applicant import PaperForm
from sinhthai.certification.models import Paper
from sinhthai.certification.policy import dossier_for, reaches
from sinhthai.certification.readers.dossier import WITH_APPLICANT, Slot, read_slots
from sinhthai.certification.readers.papers import compose_paper
from sinhthai.certification.readers.papers_missing import missing_facts
from sinhthai.certification.readers.papers_shown import is_shown, rule_of, sight_of
from sinhthai.certification.views.answers import shell
from sinhthai.certification.views.dossier import applicants
from sinhthai.certification.wording import procedure_of, subject_name
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import (
    file_response,
    language_of,
    person,
    stored_file,
    tell,
    tell_form,
)


@require_GET
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every paper of the dossier, and what to do with it."""
    found = dossier_for(request.user, public_id)
    sight = sight_of(request.user, found)
    slots = read_slots(found, sight)
    level = sight.parties.get("applicant", "")
    context = shell(found) | {
        "groups": _by_party(slots),
        "may_write": reaches(level, "editor") and found.state in WITH_APPLICANT,
        "missing_facts": missing_facts(found) if level and found.state in WITH_APPLICANT else [],
        "assembled": any(slot.assembled for slot in slots if slot.rule.party == "applicant"),
    }
    return render(request, "certification/applicant/papers.html", context)


@require_POST
def assemble(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write every assembled paper anew from what is stored now."""
    found = applicants(request, public_id)
    try:
        actions.assemble_papers(user=person(request), dossier=found, at=timezone.now())
        messages.success(
            request, _("The papers were assembled. Print, sign and scan those that need it.")
        )
    except InputError as error:
        tell(request, error)
    return redirect("dossier_papers", public_id)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, public_id: str, slot: str) -> HttpResponse:
    """Send one file in: the signed scan of a paper, or a paper the applicant has."""
    found = applicants(request, public_id)
    rule = rule_of(slot, procedure_of(found))
    if rule is None or rule.party != "applicant":
        raise Http404("no such paper of the applicant")
    sending = request.method == "POST"
    form = PaperForm(request.POST, request.FILES) if sending else PaperForm()
    if sending and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            actions.add_paper(
                user=person(request),
                dossier=found,
                slot=slot,
                file_name=file.name,
                content=file.read(settings.SINHTHAI_UPLOAD_MAX_BYTES + 1),
                at=timezone.now(),
            )
            messages.success(
                request, _("The file “{name}” is in the dossier.").format(name=file.name)
            )
            return redirect("dossier_papers", public_id)
        except InputError as error:
            tell_form(form, "file", error, language_of(request))
    most = settings.SINHTHAI_UPLOAD_MAX_BYTES // 2**20
    context = shell(found) | {"form": form, "rule": rule, "most": most}
    status = 422 if form.errors else 200
    return render(request, "certification/applicant/upload.html", context, status=status)


@require_GET
def paper(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Send a file of the dossier to whoever may read it."""
    found = dossier_for(request.user, public_id)
    asked = get_object_or_404(Paper, pk=pk, dossier=found)
    if not is_shown(asked, found, sight_of(request.user, found)):
        raise Http404("not for this person")
    name = asked.file_name
    if asked.origin == Paper.Origin.ASSEMBLED:  # among the papers of many parks it says whose it is
        name = f"{PurePath(name).stem} - {subject_name(found).vi}.pdf"
    return stored_file(asked.file, asked.sha256, name)


@require_POST
def withdraw(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a file off the dossier; the log keeps that it was there."""
    found = applicants(request, public_id)
    asked = get_object_or_404(Paper, pk=pk, dossier=found, opinion=None)
    try:
        actions.withdraw_paper(user=person(request), paper=asked, at=timezone.now())
        messages.success(request, _("The file was taken off the dossier. The log keeps it."))
    except InputError as error:
        tell(request, error)
    return redirect("dossier_papers", public_id)


@require_GET
def drawn(request: HttpRequest, public_id: str, slot: str, fmt: str) -> HttpResponse:
    """Send a paper as it stands: as it was assembled, or as it would be assembled now."""
    found = dossier_for(request.user, public_id)
    sight = sight_of(request.user, found)
    rule = rule_of(slot, procedure_of(found))
    if rule is None or rule.made != "assembled":
        raise Http404("no such paper")
    assembled = next((one.assembled for one in read_slots(found, sight) if one.rule is rule), None)
    if assembled is None and rule.party not in sight.parties:
        raise Http404("not assembled yet")
    document = compose_paper(found, slot, assembled.at if assembled else timezone.now(), lang="vi")
    content = to_pdf(document) if fmt == "pdf" else to_docx(document)
    name = f"{rule.title.vi} - {subject_name(found).vi}.{fmt}"
    return file_response(content, name, MEDIA_TYPES[fmt])


def _by_party(slots: list[Slot]) -> list[tuple[str, list[Slot]]]:
    parties = dict.fromkeys(slot.rule.party for slot in slots)
    return [(party, [slot for slot in slots if slot.rule.party == party]) for party in parties]
