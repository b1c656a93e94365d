"""The reports of the invented parks: earlier years approved, the last one to be decided."""

from __future__ import annotations

import datetime as dt

from sinhthai.accounts.models import User
from sinhthai.registry.models import Park
from sinhthai.reporting.actions.approval import approve_report, submit_report
from sinhthai.reporting.models import Report
from sinhthai.site.demo import cast, invented


def submit_reports(at: dt.datetime) -> int:
    """Submit the report of every invented park and year as its office; return how many.

    Where the demonstration has a Management Board for the province, it approved the years
    before the last.
    """
    count = 0
    for design in invented.DESIGNS:
        office = User.objects.get(username=cast.office_of(design))
        board = User.objects.filter(username=cast.BOARDS.get(design.province, "")).first()
        park = Park.objects.get(code=design.code)
        for year in invented.YEARS:
            if year < design.established_on.year:
                continue
            report, _created = Report.objects.get_or_create(park=park, year=year)
            submit_report(user=office, report=report, at=at)
            count += 1
            if board and year < invented.YEARS[-1]:
                approve_report(user=board, report=report, at=at)
    return count
