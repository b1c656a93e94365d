"""The walk-through of an area, and the files of an audit."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinhthai.efficiency.actions import walk as actions
from sinhthai.efficiency.engine.catalogue import AREAS
from sinhthai.efficiency.forms import FileForm, WalkForm
from sinhthai.efficiency.models import AuditEvidence, AuditMeasure
from sinhthai.efficiency.policy import audit_for, may_work
from sinhthai.efficiency.readers.walk import areas_of, check_list, standing_answers
from sinhthai.efficiency.views.audits import done, shell
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, stored_file, tell_form


@require_http_methods(["GET", "POST"])
def area(request: HttpRequest, pk: int, area: str) -> HttpResponse:
    """The check list of one utility."""
    audit = audit_for(request.user, pk, write=request.method == "POST")
    if area not in AREAS:
        raise Http404("no such area")
    answers = standing_answers(audit)
    areas = areas_of(audit, answers)
    points = check_list(audit, area)
    if not points:
        raise Http404("nothing to ask here in this sector")
    noted = standing_answers(audit, area).get("")
    form = WalkForm(
        request.POST or None, points=points, initial={"note": noted.note if noted else ""}
    )
    if request.method == "POST" and form.is_valid():
        try:
            rows = actions.answer_walk(
                user=person(request),
                audit=audit,
                area=area,
                answers=form.answers(),
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
            messages.success(request, _("Recorded: %(count)s.") % {"count": len(rows)})
            return redirect("efficiency_walk", pk, area)
        except InputError as error:
            tell_form(form, "note", error, language_of(request))
    files = AuditEvidence.objects.filter(audit=audit, area=area, withdrawn_at=None)
    context = {
        **shell(audit.enterprise, audit, "walk"),
        "area": area,
        "areas": areas,
        "form": form,
        "files": list(files.select_related("by").order_by("pk")),
        "file_form": FileForm(prefix="file"),
        "may_work": may_work(request.user, audit.enterprise),
    }
    status = 422 if form.errors else 200
    return render(request, "efficiency/walk.html", context, status=status)


@require_POST
def evidence_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach a file to the audit, an area of it, or a measure."""
    audit = audit_for(request.user, pk, write=True)
    area = request.POST.get("area", "")
    of = request.POST.get("measure", "")
    if of and not (of.isascii() and of.isdigit() and len(of) <= 18):
        raise Http404("no such measure")
    measure = get_object_or_404(AuditMeasure, audit=audit, pk=int(of)) if of else None
    if measure is not None:
        back = redirect("efficiency_measure", pk, measure.pk)
    elif area in AREAS:
        back = redirect("efficiency_walk", pk, area)
    else:
        back = redirect("efficiency_audit", pk)
    form = FileForm(request.POST, request.FILES, prefix="file")
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
        return back
    upload = form.cleaned_data["file"]
    return done(
        request,
        lambda: actions.attach_file(
            user=person(request),
            audit=audit,
            title=form.cleaned_data["title"],
            file_name=upload.name,
            content=upload.read(),
            measure=measure,
            area=area,
            at=timezone.now(),
        ),
        _("The evidence was added."),
        back,
    )


@require_GET
def evidence(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of the audit, as it was kept."""
    audit = audit_for(request.user, pk)
    row = get_object_or_404(AuditEvidence, audit=audit, pk=file)
    return stored_file(row.file, row.sha256, row.file_name)


@require_POST
def evidence_withdraw(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a file off the audit."""
    audit = audit_for(request.user, pk, write=True)
    row = get_object_or_404(
        AuditEvidence.objects.select_related("audit__enterprise__park"), audit=audit, pk=file
    )
    back = (
        redirect("efficiency_measure", pk, row.measure_id)
        if row.measure_id
        else redirect("efficiency_audit", pk)
    )
    return done(
        request,
        lambda: actions.withdraw_file(user=person(request), evidence=row, at=timezone.now()),
        _("The evidence was withdrawn. The audit trail keeps it."),
        back,
    )
