"""Locking an inventory, or recalculating one that is locked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinhthai.carbon import policy
from sinhthai.carbon.actions import inventories as actions
from sinhthai.carbon.readers.inventory import open_book
from sinhthai.carbon.views.imports import said_problems
from sinhthai.carbon.views.inventory import difference_rows, year_page
from sinhthai.carbon.views.shell import open_subject, shell
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.reporting.views.answers import language_of, person


@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest, code: str, of: str, year: int) -> HttpResponse:
    """Show what would be published, and why it differs from what is; lock it as shown."""
    subject = open_subject(request, code, of, draft=True)
    if not policy.may_lock(request.user, subject):
        raise Http404("no such inventory for this person")
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            locked = actions.lock_inventory(
                subject,
                year,
                expected=request.POST.get("digest", ""),
                reason=request.POST.get("reason", "")[:2000],
                at=timezone.now(),
                by=person(request),
            )
        except InputError as error:
            problems = error.problems
        else:
            messages.success(
                request,
                _("The inventory is locked as version %(version)d.") % {"version": locked.version},
            )
            return redirect(f"{subject.url('inventory')}?year={year}&version={locked.version}")
    book = open_book(subject, drafts=True)
    draft = book.drafts.get(year)
    if draft is None:
        raise Http404("nothing to lock")
    last = book.versions.get(year, (None,))[0]
    language = language_of(request)
    own = actions.is_own_work(person(request), list(draft.rows.values()), book.settings.get(year))
    return render(
        request,
        "carbon/lock.html",
        shell(request, subject, "inventory")
        | year_page(draft, language)
        | {
            "digest": draft.digest,
            "last": last,
            "difference": difference_rows(actions.difference_data(last, draft.pinned))
            if last
            else None,
            "moved": last is None or book.has_moved(year),
            "own_work": own,
            "refused": bool(draft.refused),
            "reason": request.POST.get("reason", ""),
            "problems": said_problems(problems, language),
        },
        status=409 if problems else 200,
    )
