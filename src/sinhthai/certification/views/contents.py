"""What the applicant writes: a page that shows all of it, and one page a section to write it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinhthai.certification.actions.dossiers import write_contents
from sinhthai.certification.engine.contents import SECTIONS, Section
from sinhthai.certification.forms_applicant import ContentsForm
from sinhthai.certification.models import Dossier
from sinhthai.certification.policy import dossier_for, party_of, reaches
from sinhthai.certification.readers.contents import leaves_of, read_contents
from sinhthai.certification.readers.dossier import WITH_APPLICANT
from sinhthai.certification.views.answers import shell
from sinhthai.certification.views.dossier import applicants
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell_form


@require_GET
def contents(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything the applicant wrote, with a way to change each section."""
    found = dossier_for(request.user, public_id)
    level = party_of(request.user, found).get("applicant", "")
    context = shell(found) | {
        "sections": read_contents(found),
        "may_write": reaches(level, "editor") and found.state in WITH_APPLICANT,
    }
    return render(request, "certification/applicant/contents.html", context)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """Write one section; a half-written one is kept as well."""
    found = applicants(request, public_id)
    asked = next((one for one in SECTIONS if one.id == section), None)
    if asked is None:
        raise Http404("no such section")
    form = _form(request, found, asked)
    if request.method == "POST" and form.is_valid():
        try:
            write_contents(
                user=person(request), dossier=found, contents=form.contents(), at=timezone.now()
            )
            messages.success(request, _("Saved."))
            return redirect(_after(request, found, asked))
        except InputError as error:
            tell_form(form, None, error, language_of(request))
    rest = SECTIONS[SECTIONS.index(asked) + 1 :]
    context = shell(found) | {
        "form": form,
        "section": asked,
        "number": SECTIONS.index(asked) + 1,
        "of": len(SECTIONS),
        "following": rest[0] if rest else None,
    }
    status = 422 if form.errors else 200
    return render(request, "certification/applicant/write.html", context, status=status)


def _form(request: HttpRequest, dossier: Dossier, section: Section) -> ContentsForm:
    return ContentsForm(
        request.POST if request.method == "POST" else None,
        section=section,
        subject="enterprise" if dossier.enterprise_id else "park",
        contents=dossier.contents,
        leaves=leaves_of(dossier) if section.id == "explanation" else (),
    )


def _after(request: HttpRequest, dossier: Dossier, section: Section) -> str:
    """Return where to go on: the next section, or back to all of it."""
    from django.urls import reverse

    place = SECTIONS.index(section) + 1
    if request.POST.get("then") == "next" and place < len(SECTIONS):
        return reverse("dossier_write", args=[dossier.public_id, SECTIONS[place].id])
    return f"{reverse('dossier_contents', args=[dossier.public_id])}#{section.id}"
