"""The periodic report of a Management Board: what the records hold of a province and a period.

Everything is counted from stored rows; nothing is typed. What the system does not hold stands as
"not reported", and a total over it is unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Max, Min, Q

from sinhthai.certification.models import Certificate, Dossier, Opinion
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Park
from sinhthai.rules.procedures_loading import load_procedures
from sinhthai.supervision.engine.periods import Period
from sinhthai.supervision.models import CorrectiveAction, Inspection, Sending
from sinhthai.supervision.readers.board_words import (
    COLUMNS,
    COUNTS,
    NAMES,
    NOT_HELD,
    NOT_REPORTED,
    OBSERVED,
    STATES,
    TOTAL,
)
from sinhthai.supervision.workbooks.board import BoardFigures, Cell, Sheet

VIET_NAM = dt.timezone(dt.timedelta(hours=7))  # no daylight saving since 1975


def board_figures(province: str, province_name: str, period: Period) -> BoardFigures:
    """Return what the records hold of the parks of *province* (code of today) in *period*."""
    first, end = _moment(period.first), _moment(period.last + dt.timedelta(days=1))
    here = Q(park__province_now__code=province)
    parks = list(Park.objects.filter(province_now__code=province).order_by("name_vi"))
    dossiers = _dossiers(here, first, end)
    certificates = _certificates(here, period)
    opinions = _opinions(province, first, end)
    filings = _filings(province, first, end)
    visits = _inspections(here, period)
    actions = _corrective(province, period)
    counts = {
        "received": sum(_within(row[5], period) for row in dossiers),
        "complete": sum(_within(row[6], period) for row in dossiers),
        "closed": sum(_within(row[7], period) for row in dossiers),
        "open": sum(row[7] is None or row[7] > period.last for row in dossiers),
        "issued": sum(_within(row[3], period) for row in certificates),
        "in_force": sum(row[6] for row in certificates),
        "opinions": len(opinions),
        "answered": sum(row[6] is not None for row in opinions),
        "filings": len(filings),
        "inspections": sum(row[3] is not None for row in visits),
        "open_actions": len(actions),
    }
    standing = tuple((*row[:6], *row[7:]) for row in certificates)
    tables: dict[str, Iterable[tuple[Cell, ...]]] = {
        "dossiers": dossiers,
        "certificates": standing,
        "opinions": opinions,
        "filings": filings,
        "inspections": visits,
        "actions": actions,
        "2104": _form_2104(parks),
    }
    return BoardFigures(
        province,
        province_name,
        period,
        tuple((COUNTS[key], number) for key, number in counts.items()),
        tuple(
            Sheet(key, NAMES[key], COLUMNS[key], tuple(tuple(row) for row in rows))
            for key, rows in tables.items()
        ),
        any(park.invented for park in parks),
    )


def _dossiers(here: Q, first: dt.datetime, end: dt.datetime) -> list[tuple[Any, ...]]:
    """Return the cases that were open at some time of the period, as they stood when asked."""
    submitted = Min("events__at", filter=Q(events__kind__in=["step.submit", "dossier.open"]))
    rows = (
        Dossier.objects.filter(here, created_at__lt=end)
        .filter(Q(closed_at=None) | Q(closed_at__gte=first))
        .exclude(kind__in=["issue", "recertify"], submitted_digest="")  # never left its applicant
        .select_related("park", "enterprise")
        .annotate(sent=submitted)
        .order_by("id")
    )
    rules = load_procedures()
    names = {
        (procedure.id, state.id): state.title
        for procedure in rules.procedures
        for state in procedure.states
    }
    return [
        (
            row.public_id,
            row.park.name_vi,
            row.enterprise.name_vi if row.enterprise else "",
            _label(Dossier.Kind, row.kind),
            names.get((row.procedure, row.state), row.state),
            _day(row.sent or row.created_at),
            _day(row.accepted_at),
            _day(row.closed_at),
        )
        for row in rows
        if (row.sent or row.created_at) < end
    ]


def _certificates(here: Q, period: Period) -> list[tuple[Any, ...]]:
    rows = (
        Certificate.objects.filter(here, issued_on__lte=period.last)
        .select_related("park", "enterprise")
        .defer("credential")
        .order_by("id")
    )
    live = (Certificate.State.VALID, Certificate.State.SUSPENDED)
    return [
        (
            row.number,
            row.park.name_vi,
            row.enterprise.name_vi if row.enterprise else "",
            row.issued_on,
            row.last_day,
            _label(Certificate.State, row.state),
            # still in force on the last day: nothing ended it by then
            row.valid_until > period.last
            and (row.state in live or _after(row.state_since, period.last)),
            row.broken_since,
        )
        for row in rows
    ]


def _opinions(province: str, first: dt.datetime, end: dt.datetime) -> list[tuple[Any, ...]]:
    rows = (
        Opinion.objects.filter(
            dossier__park__province_now__code=province, sent_at__gte=first, sent_at__lt=end
        )
        .select_related("dossier__park", "dossier__enterprise", "organisation")
        .order_by("id")
    )
    return [
        (
            row.dossier.public_id,
            row.dossier.park.name_vi,
            row.dossier.enterprise.name_vi if row.dossier.enterprise else "",
            row.organisation.name_vi,
            _day(row.sent_at),
            row.due_on,
            _day(row.answered_at),
            _label(Opinion.Position, row.position) if row.answered_at else None,
        )
        for row in rows
    ]


def _filings(province: str, first: dt.datetime, end: dt.datetime) -> list[tuple[Any, ...]]:
    rows = (
        Sending.objects.filter(
            filing__park__province_now__code=province, sent_at__gte=first, sent_at__lt=end
        )
        .select_related("filing__park", "filing__enterprise")
        .defer("values", "filing__values", "filing__words")
        .order_by("id")
    )
    outcomes = {"received": OBSERVED["received"], "revision": OBSERVED["revision"]}
    return [
        (
            row.filing.form,
            row.filing.year,
            row.filing.park.name_vi,
            row.filing.enterprise.name_vi if row.filing.enterprise else "",
            row.number,
            _day(row.sent_at),
            outcomes.get(row.outcome, OBSERVED["waits"]),
            _day(row.decided_at),
        )
        for row in rows
    ]


def _inspections(here: Q, period: Period) -> list[tuple[Any, ...]]:
    within = Q(planned_on__range=(period.first, period.last)) | Q(
        held_on__range=(period.first, period.last)
    )
    rows = (
        Inspection.objects.filter(here, within)
        .select_related("park", "enterprise")
        .annotate(
            seen=Count("observations", distinct=True),
            serious=Count("observations", filter=Q(observations__severity="major"), distinct=True),
        )
        .order_by("planned_on", "id")
    )
    return [
        (
            row.park.name_vi,
            row.enterprise.name_vi if row.enterprise else "",
            row.planned_on,
            row.held_on if row.held_on and row.held_on <= period.last else None,
            _label(Inspection.State, row.state),
            row.purpose,
            row.seen,
            row.serious,
        )
        for row in rows
    ]


def _corrective(province: str, period: Period) -> list[tuple[Any, ...]]:
    """Return what was still to be put right on the last day of the period."""
    end = _moment(period.last + dt.timedelta(days=1))
    rows = (
        CorrectiveAction.objects.filter(
            observation__inspection__park__province_now__code=province, created_at__lt=end
        )
        .annotate(
            verified=Max("remedies__verified_at", filter=Q(remedies__accepted=True)),
        )
        .filter(~Q(state=CorrectiveAction.State.VERIFIED) | Q(verified__gte=end))
        .select_related("observation__inspection__park", "observation__inspection__enterprise")
        .order_by("due_on", "id")
    )
    return [
        (
            row.observation.inspection.park.name_vi,
            row.observation.inspection.enterprise.name_vi
            if row.observation.inspection.enterprise
            else "",
            row.what,
            row.due_on,
            _label(CorrectiveAction.State, row.state),
            OBSERVED["late"] if row.due_on <= period.last else OBSERVED["in_time"],
        )
        for row in rows
    ]


def _form_2104(parks: list[Park]) -> list[tuple[Cell, ...]]:
    """Return the lines of form 2104: the system keeps no investment figures, so it says so."""
    unknown: list[Cell] = [NOT_REPORTED] * (len(COLUMNS["2104"]) - 1)
    rows: list[tuple[Cell, ...]] = [(park.name_vi, *unknown) for park in parks]
    return [*rows, (TOTAL, *[NOT_HELD] * len(unknown))] if rows else []


def _label(choices: Any, value: str) -> Text:
    """Return a state in both languages."""
    return STATES.get(f"{choices.__qualname__}.{value}", Text(value, value))


def _moment(day: dt.date) -> dt.datetime:
    """Return the first instant of a legal day."""
    return dt.datetime.combine(day, dt.time(), VIET_NAM)


def _day(at: dt.datetime | None) -> dt.date | None:
    return at.astimezone(VIET_NAM).date() if at else None


def _within(day: dt.date | None, period: Period) -> bool:
    return day is not None and period.first <= day <= period.last


def _after(at: dt.datetime, day: dt.date) -> bool:
    return at.astimezone(VIET_NAM).date() > day
