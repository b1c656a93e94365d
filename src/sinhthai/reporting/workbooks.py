"""Between the store and the workbook engine: what a workbook shows, what it is checked against."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park
from sinhthai.reporting.engine.workbook.earlier import earlier_years, headings, questions
from sinhthai.reporting.engine.workbook.model import (
    EnterpriseRow,
    KnownEnterprise,
    WorkbookSpec,
)
from sinhthai.reporting.models import Record
from sinhthai.reporting.standing import standing
from sinhthai.rules.bundle import load_bundle

_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def workbook_spec(park: Park, year: int, *, at: dt.datetime) -> WorkbookSpec:
    """Return the workbook of *year*, filled with all that is known, last year's beside it."""
    bundle = load_bundle()
    optional = {section.id for section in bundle.sections if section.optional}
    now = standing(park, year, earlier=earlier_years(bundle, year))
    last = standing(park, year - 1)
    statuses = statuses_on(park, dt.date(year, 12, 31))
    rows = tuple(
        EnterpriseRow(
            enterprise.code,
            enterprise.name_vi,
            enterprise.tax_code or "",
            enterprise.vsic,
            statuses.get(enterprise.pk, ""),
            now.get(enterprise.code, {}),
            last.get(enterprise.code, {}),
        )
        for enterprise in Enterprise.objects.filter(park=park).order_by("name_vi", "id")
        if statuses.get(enterprise.pk) != EnterpriseStatus.Status.CLOSED  # nothing more to report
    )
    return WorkbookSpec(
        park_code=park.code,
        park_name=Text(park.name_vi, park.name_en),
        year=year,
        exported_at=at,
        items=(*questions(bundle, year, "park"), *questions(bundle, year, "enterprise")),
        park_values=now.get("", {}),
        park_last=last.get("", {}),
        enterprises=rows,
        sections=headings(bundle.sections),
        later=frozenset(i.code for i in bundle.items.values() if i.section in optional),
        rules_hash=bundle.hash,
        invented=park.invented,
        known_at=_newest_change(park),
    )


def _newest_change(park: Park) -> dt.datetime:
    """Return when the newest change that is visible now was made; long ago if there is none.

    A change still being written carries a time before now: measured against the clock, the
    workbook would seem to have shown it, and sent back would undo it without a conflict.
    """
    newest = Record.objects.filter(park=park).aggregate(a=Max("recorded_at"), b=Max("reverted_at"))
    return max(filter(None, newest.values()), default=_LONG_AGO)


def workbook_name(park: Park, year: int) -> str:
    """Return the file name of a workbook: it says what the page said."""
    return f"{park.code}-{year}.xlsx"


def known_enterprises(park: Park, year: int) -> list[KnownEnterprise]:
    """Return the enterprises a workbook of *year* may speak of, with their status then."""
    statuses = statuses_on(park, dt.date(year, 12, 31))
    rows = Enterprise.objects.filter(park=park).values_list("id", "code", "tax_code")
    return [KnownEnterprise(code, tax or "", statuses.get(pk, "")) for pk, code, tax in rows]


def statuses_on(park: Park, day: dt.date) -> dict[int, str]:
    """Return the status of each enterprise of *park* on *day*, by its key in the store."""
    rows = EnterpriseStatus.objects.filter(enterprise__park=park, valid_from__lte=day)
    return dict(rows.order_by("valid_from").values_list("enterprise", "status"))
