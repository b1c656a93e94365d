"""The Management Board's calendar of duties and its periodic reports."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinhthai.accounts.policy import scopes_of
from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.policy import BOARD, COMMITTEE, level_of, reaches, seats_of
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.tables import XLSX
from sinhthai.registry.models import Province
from sinhthai.reporting.views.answers import file_response, language_of, person, tell
from sinhthai.supervision.actions.board import record_board_report
from sinhthai.supervision.engine.obligations import period_named
from sinhthai.supervision.readers.board import (
    board_calendar,
    filings_of,
    holder_rows,
    holders,
    provinces_named,
)
from sinhthai.supervision.readers.board_report import board_figures
from sinhthai.supervision.workbooks.board import write_board_report

PAGE = 50


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What falls due in a year, what was filed, who is late; reports to download."""
    province, choice = _province(request)
    today = legal_day(timezone.now())
    year = _year(request, today)
    page = Paginator(holders(province.code, request.GET.get("q", "")[:100]), PAGE).get_page(
        request.GET.get("page")
    )
    kept = filings_of(province.code, year - 1)
    calendar = board_calendar(province.code, year, kept, today=today)
    context = {
        "nav": "desk",
        "province": province,
        "provinces": choice,
        "year": year,
        "report_year": year - 1,
        "years": range(today.year + 1, 2021, -1),
        "today": today,
        "calendar": calendar,
        "page": page,
        "holders": holder_rows(list(page), kept, calendar),
        "words": request.GET.get("q", ""),
        "may_record": _approves(request, province.code),
    }
    return render(request, "supervision/board.html", context)


@require_GET
def board_report(request: HttpRequest, period: str) -> HttpResponse:
    """Give the report of a quarter or a year as a workbook."""
    province, _choice = _province(request)
    found = period_named(period)
    if found is None:
        raise Http404("no such period")
    figures = board_figures(province.code, province.name, found)
    language = language_of(request)
    content = write_board_report(figures, made_at=timezone.now(), language=language)
    return file_response(content, f"{province.name} {found.code}.xlsx", XLSX)


@require_POST
def board_report_sent(request: HttpRequest, period: str) -> HttpResponse:
    """Record that the report of a period was sent."""
    province, _choice = _province(request)
    if not _approves(request, province.code):
        raise Http404("nobody of this Board")
    try:
        sent_on = dt.date.fromisoformat(request.POST.get("sent_on", ""))
    except ValueError:
        messages.error(request, _("Give the day it was sent."))
        return redirect(_back(province))
    try:
        record_board_report(
            user=person(request),
            province=province.code,
            province_name=province.name,
            period=period,
            sent_on=sent_on,
            note=request.POST.get("note", ""),
            at=timezone.now(),
        )
        messages.success(request, _("The report is recorded as sent, with its figures of today."))
    except InputError as error:
        tell(request, error)
    return redirect(_back(province))


def _province(request: HttpRequest) -> tuple[Province, list[Province]]:
    """Return the province looked at and those the person may choose; strangers get a 404."""
    codes: set[str] | None = {
        code
        for seat in seats_of(request.user)
        if seat.organisation.kind in (BOARD, COMMITTEE)
        for code in seat.provinces
    }
    if scopes_of(request.user).country:
        codes = None
    if codes is not None and not codes:
        raise Http404("nobody of a Board")
    choice = provinces_named(codes)
    asked = request.GET.get("province") or request.POST.get("province") or ""
    for one in choice:
        if one.code == asked or not asked:
            return one, choice
    raise Http404("no such province for this person")


def _approves(request: HttpRequest, province: str) -> bool:
    return any(
        seat.organisation.kind == BOARD
        and province in seat.provinces
        and reaches(level_of([seat.role]), "approver")
        for seat in seats_of(request.user)
    )


def _year(request: HttpRequest, today: dt.date) -> int:
    asked = request.GET.get("year", "")
    if (
        asked.isascii()
        and asked.isdigit()
        and len(asked) == 4
        and 2022 <= int(asked) <= today.year + 1
    ):
        return int(asked)
    return today.year


def _back(province: Province) -> str:
    return f"{reverse('supervision_board')}?province={province.code}"
