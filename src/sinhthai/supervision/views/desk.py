"""What waits for me, by when; the same for a territory; the calendar of it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Duty
from sinhthai.certification.policy import BOARD, COMMITTEE, seats_of
from sinhthai.foundation.tables import MEDIA_TYPES
from sinhthai.registry.policy import Person
from sinhthai.reporting.views.answers import file_response, language_of, person
from sinhthai.supervision.actions.feeds import feed_owner, make_feed, stop_feed
from sinhthai.supervision.exports_desk import desk_file
from sinhthai.supervision.models import Feed
from sinhthai.supervision.policy_desk import duties_mine, duties_watched, watches
from sinhthai.supervision.policy_keeping import supervises
from sinhthai.supervision.readers.desk import (
    KINDS,
    SORTS,
    WHEN,
    DeskFilter,
    count_by_when,
    desk_rows,
    find_duties,
    narrowed,
    places_of,
)
from sinhthai.supervision.readers.feed import to_calendar

PAGE = 50
EXPORT_ROWS = 100_000
FEED_DUTIES = 1000
_SHOWN_ONCE = "new_feed"


@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The duties of a person, the late ones first."""
    asked, today = _asked(request), legal_day(timezone.now())
    view, rows = _rows(request)
    page = _page(rows, asked, today, request.GET.get("page"))
    counts = count_by_when(rows, today=today)
    address = request.session.pop(_SHOWN_ONCE, "")
    return render(
        request,
        "supervision/desk.html",
        {
            "nav": "desk",
            "view": view,
            "watches": watches(request.user),
            "consulted": _is_consulted(request.user),
            "total": sum(counts.values()),
            "keeps_calendar": supervises(request.user),
            "asked": asked,
            "page": page,
            "rows": desk_rows(page.object_list, today=today, watching=view == "territory"),
            "tiles": [(name, WHEN[name], n) for name, n in counts.items()],
            "whens": WHEN,
            "kinds": KINDS,
            "places": places_of(rows, asked.province),
            "today": today,
            "feed": Feed.objects.filter(user=person(request)).first(),
            "feed_address": address
            and settings.SINHTHAI_PUBLIC_URL + reverse("supervision_feed", args=[address]),
        },
    )


@login_required
@require_GET
def desk_export(request: HttpRequest, fmt: str) -> HttpResponse:
    """The same duties as a file."""
    if fmt not in MEDIA_TYPES:
        raise Http404("no such format")
    today = legal_day(timezone.now())
    _view, rows = _rows(request)
    found = find_duties(rows, _asked(request), today=today)[:EXPORT_ROWS]
    content = desk_file(
        desk_rows(found, today=today), fmt=fmt, language=language_of(request), name=_("What is due")
    )
    return file_response(content, f"viec-den-han.{fmt}", MEDIA_TYPES[fmt])


@login_required
@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    """Make the calendar's address, another one, or close it."""
    user, now = person(request), timezone.now()
    if request.POST.get("do") == "stop":
        stop_feed(user=user, at=now)
        messages.success(request, _("The calendar is closed; its address answers nothing."))
    else:
        request.session[_SHOWN_ONCE] = make_feed(user=user, at=now)
    return redirect(reverse("supervision_desk") + "#calendar")


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of the person whose secret this is."""
    user = feed_owner(secret)
    if user is None:
        raise Http404("no such calendar")
    rows = duties_mine(user).exclude(due_on=None).select_related("park", "enterprise")
    content = to_calendar(
        rows.order_by("-due_on", "id")[:FEED_DUTIES],
        language=user.language,
        address=settings.SINHTHAI_PUBLIC_URL,
        today=legal_day(timezone.now()),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="sinhthai.ics"'
    return response


def _is_consulted(user: Person) -> bool:
    """Say whether *user* belongs to a body that may be asked for its opinion."""
    bodies = [seat.organisation for seat in seats_of(user)]
    return any(body.authority and body.kind not in (BOARD, COMMITTEE) for body in bodies)


def _page(rows: QuerySet[Duty], asked: DeskFilter, today: dt.date, number: str | None) -> Page:
    """Return a page of the duties asked for; they are counted without what only the list shows."""
    pages = Paginator(find_duties(rows, asked, today=today), PAGE)
    pages.count = narrowed(rows, asked, today=today).count()
    return pages.get_page(number)


def _rows(request: HttpRequest) -> tuple[str, QuerySet[Duty]]:
    """Return which view is asked for, and its duties."""
    if request.GET.get("view") == "territory" and watches(request.user):
        return "territory", duties_watched(request.user)
    return "mine", duties_mine(request.user)


def _asked(request: HttpRequest) -> DeskFilter:
    sort = request.GET.get("sort", "due")
    return DeskFilter(
        words=request.GET.get("q", "")[:100],
        kind=request.GET.get("kind", ""),
        when=request.GET.get("when", ""),
        province=request.GET.get("province", "")[:2],
        park=request.GET.get("park", "")[:64],
        sort=sort if sort in SORTS else "due",
    )
