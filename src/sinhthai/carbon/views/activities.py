"""Entering and changing activities: by hand, or taken over from the report; settings of a year."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sinhthai.carbon import wording
from sinhthai.carbon.actions import activities as actions
from sinhthai.carbon.actions.inventories import choose_settings
from sinhthai.carbon.actions.reported import take_reported
from sinhthai.carbon.engine.kinds import ASKED
from sinhthai.carbon.engine.model import Kind
from sinhthai.carbon.forms import FIRST_YEAR, ActivityForm, SettingsForm, initial_of
from sinhthai.carbon.models import ActivityRow
from sinhthai.carbon.readers.activities import settings_rows
from sinhthai.carbon.readers.reported import reported_energy
from sinhthai.carbon.subject import Subject
from sinhthai.carbon.views.shell import number_of, open_subject, shell
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.views.answers import language_of, person, tell, tell_form


@require_http_methods(["GET", "POST"])
def activity_new(request: HttpRequest, code: str, of: str) -> HttpResponse:
    """Ask the kind first, then what that kind needs."""
    subject = open_subject(request, code, of, write=True)
    kind = request.GET.get("kind", "")
    year = number_of(request, "year")
    if kind not in ASKED:
        return render(
            request,
            "carbon/kinds.html",
            shell(request, subject, "new") | {"kinds": wording.kinds_offered(), "year": year},
        )
    this_year = timezone.localdate().year
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        kind=cast(Kind, kind),
        subject=subject,
        language=language_of(request),
        this_year=this_year,
        initial={"year": year or this_year - 1},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_activity(
                subject,
                form.cleaned_data["year"],
                form.given(),
                at=timezone.now(),
                by=person(request),
            )
        except InputError as error:
            form.tell(error.problems)
        else:
            messages.success(request, _("The activity is entered."))
            return redirect(f"{subject.url('inventory')}?year={row.year}")
    return _form_page(request, subject, form, None)


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, code: str, of: str, year: int, line: str) -> HttpResponse:
    """Change a line: what stood before stays in its history."""
    subject = open_subject(request, code, of, write=True)
    row = _row(subject, year, line)
    language = language_of(request)
    form = ActivityForm(
        request.POST if request.method == "POST" else None,
        kind=cast(Kind, row.kind),
        subject=subject,
        language=language,
        this_year=timezone.localdate().year,
        initial=initial_of(actions.given_of(row), row.pk, language),
        is_change=True,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_activity(
                row,
                form.given(),
                expected=form.cleaned_data["version"] or 0,
                at=timezone.now(),
                by=person(request),
            )
        except InputError as error:
            form.tell(error.problems)
            if any(problem.code == "changed-meanwhile" for problem in error.problems):
                return _form_page(request, subject, form, row, status=409)
        else:
            messages.success(request, _("The change is recorded; what stood before is kept."))
            return redirect(subject.url("line", year=year, line=line))
    return _form_page(request, subject, form, row)


@require_POST
def activity_withdraw(
    request: HttpRequest, code: str, of: str, year: int, line: str
) -> HttpResponse:
    """Take a line out of the inventory."""
    subject = open_subject(request, code, of, write=True)
    actions.withdraw_activity(_row(subject, year, line), at=timezone.now(), by=person(request))
    messages.success(request, _("The activity is withdrawn. Nothing of it is deleted."))
    return redirect(subject.url("line", year=year, line=line))


@require_POST
def activity_restore(
    request: HttpRequest, code: str, of: str, year: int, line: str
) -> HttpResponse:
    """Undo the withdrawal."""
    subject = open_subject(request, code, of, write=True)
    actions.restore_activity(_row(subject, year, line), at=timezone.now(), by=person(request))
    messages.success(request, _("The activity stands again."))
    return redirect(subject.url("line", year=year, line=line))


@require_http_methods(["GET", "POST"])
def activity_reported(request: HttpRequest, code: str, of: str) -> HttpResponse:
    """Offer the energy that was reported; of oil and gas ask which fuel it is."""
    subject = open_subject(request, code, of, write=True)
    if subject.enterprise is None:
        raise Http404("a park reports no energy of its own")
    if request.method == "POST":
        chosen = {}
        for key in request.POST.getlist("take"):
            year, _dot, item = key.partition(".")
            if year.isascii() and year.isdecimal() and len(year) == 4:
                chosen[int(year), item] = request.POST.get(f"what.{key}", "")
        try:
            made = take_reported(subject, chosen, at=timezone.now(), by=person(request))
        except InputError as error:
            tell(request, error)
            return redirect(request.path)
        if not made:
            messages.warning(request, _("Nothing was ticked, so nothing was taken over."))
            return redirect(request.path)
        messages.success(
            request,
            ngettext("One line is taken over.", "%(n)d lines are taken over.", len(made))
            % {"n": len(made)},
        )
        return redirect(f"{subject.url('inventory')}?year={made[0].year}")
    reported = reported_energy(subject)
    rows = [
        {
            "one": one,
            "key": f"{one.year}.{one.item}",
            "choices": [(what, wording.what_name(what)) for what in one.choices],
            "unit": wording.unit_name(one.unit),
        }
        for one in reported
    ]
    return render(
        request,
        "carbon/reported.html",
        shell(request, subject, "new")
        | {"rows": rows, "some": any(not one.taken for one in reported)},
    )


@require_http_methods(["GET", "POST"])
def year_settings(request: HttpRequest, code: str, of: str, year: int) -> HttpResponse:
    """Choose how the draft of a year is computed."""
    subject = open_subject(request, code, of, write=True)
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404("no such year")
    form = SettingsForm(
        request.POST if request.method == "POST" else None, row=settings_rows(subject).get(year)
    )
    if request.method == "POST" and form.is_valid():
        try:
            choose_settings(
                subject,
                year,
                form.chosen(),
                treats_waste=form.cleaned_data["treats_waste"],
                waste_t=form.cleaned_data["waste_t"],
                at=timezone.now(),
                by=person(request),
            )
        except InputError as error:
            tell_form(form, None, error, language_of(request))
        else:
            messages.success(request, _("The draft is computed anew."))
            return redirect(f"{subject.url('inventory')}?year={year}")
    return render(
        request,
        "carbon/settings.html",
        shell(request, subject, "inventory") | {"form": form, "year": year},
        status=400 if form.errors else 200,
    )


def _row(subject: Subject, year: int, line: str) -> ActivityRow:
    found = (
        ActivityRow.objects.filter(**subject.where, year=year, line=line, is_current=True)
        .select_related("park", "enterprise", "author")
        .first()
    )
    if found is None:
        raise Http404("no such line")
    return found


def _form_page(
    request: HttpRequest,
    subject: Subject,
    form: ActivityForm,
    row: ActivityRow | None,
    *,
    status: int | None = None,
) -> HttpResponse:
    page: dict[str, Any] = shell(request, subject, "new") | {
        "form": form,
        "row": row,
        "kind": form.kind,
        "kind_name": wording.kind_name(form.kind),
        "kind_help": form.asked.help,
        "cancel": subject.url("line", year=row.year, line=row.line)
        if row
        else subject.url("inventory"),
    }
    return render(
        request,
        "carbon/activity_form.html",
        page,
        status=status or (400 if form.errors else 200),
    )
