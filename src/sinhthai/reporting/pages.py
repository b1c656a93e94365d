"""The rows the pages show: reports of a park, the values of a report, imports."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q

from sinhthai.foundation.text import fold
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.models import Batch, Evidence, Record, Report
from sinhthai.reporting.sections import Choice, Section, items_reported, sections_of
from sinhthai.reporting.standing import (
    Known,
    Standing,
    differences,
    history,
    known_records,
    standing,
)
from sinhthai.reporting.wording import say_standing, say_unit
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item, Subject

PAGE = 50


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A year in the list of a park's reports."""

    year: int
    report: Report | None
    changed_at: dt.datetime | None
    changed_by: str
    evidence: int
    enterprises: int  # with at least one record

    @property
    def state(self) -> str:
        if self.report is not None:
            return self.report.state
        return Report.State.DRAFT if self.changed_at else ""


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise in a report: how much of its yearly part is there."""

    enterprise: Enterprise
    filled: int
    of: int
    changed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What the page of one report shows."""

    sections: list[Section]
    filled: int
    of: int
    enterprises: Page[Enterprise] | None  # None on the page of one enterprise
    enterprise_rows: list[EnterpriseRow]
    evidence: int
    last_batch: Batch | None
    previews: list[Batch]
    changed: list[tuple[str, str, str, str]] = field(default_factory=list)


def report_rows(park: Park, today: dt.date) -> list[ReportRow]:
    """Return the years of *park* with a report or a value, newest first, and the year to report."""
    reports = {report.year: report for report in Report.objects.filter(park=park)}
    touched = {
        row["year"]: row
        for row in known_records(park, None)
        .values("year")
        .annotate(last=Max("id"), enterprises=Count("enterprise", distinct=True))
        .order_by()
    }
    last = Record.objects.select_related("author").in_bulk(
        [row["last"] for row in touched.values()]
    )
    proofs = dict(
        Evidence.objects.filter(park=park, withdrawn_at=None)
        .values_list("year")
        .annotate(n=Count("id"))
        .order_by()
    )
    years = sorted(reports.keys() | touched.keys() | {today.year - 1}, reverse=True)
    rows = []
    for year in years:
        record = last.get(touched[year]["last"]) if year in touched else None
        rows.append(
            ReportRow(
                year,
                reports.get(year),
                record.recorded_at if record else None,
                _author(record),
                proofs.get(year, 0),
                touched[year]["enterprises"] if year in touched else 0,
            )
        )
    return rows


def report_page(
    park: Park,
    year: int,
    report: Report | None,
    *,
    language: str,
    known_at: dt.datetime | None = None,
    enterprise: Enterprise | None = None,
    search: str = "",
    page: str | int = 1,
    choice: Choice | None = None,
) -> ReportPage:
    """Return the report of *year*: of the park itself, or of one *enterprise* of it."""
    subject: Subject = "enterprise" if enterprise else "park"
    code = enterprise.code if enterprise else ""
    enterprises = None if enterprise else _enterprises(park, search).get_page(page)
    subjects = Q(enterprise=enterprise)
    if enterprises is not None:
        subjects |= Q(enterprise__in=list(enterprises))
    said = standing(park, year, known_at=known_at, subjects=subjects)
    proofs = _evidence(park, year, enterprise)
    sections = sections_of(subject, said.get(code, {}), proofs, language, choice or Choice())
    batches = list(
        Batch.objects.filter(park=park, year=year)
        .exclude(state=Batch.State.DISCARDED)
        .select_related("uploaded_by")[:20]
    )
    yearly = [section for section in sections if not section.optional]
    return ReportPage(
        sections,
        sum(section.filled for section in yearly),
        sum(section.of for section in yearly),
        enterprises,
        _enterprise_rows(enterprises or (), said),
        sum(len(files) for files in proofs.values()),
        next((batch for batch in batches if batch.state == Batch.State.APPLIED), None),
        [batch for batch in batches if batch.state == Batch.State.PREVIEW],
        _changed_since(report, language) if known_at is None else [],
    )


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that was said of an item, and whether it still counts."""

    said: Standing
    shown: str
    counts: bool  # it is what stands for the year of the page


@dataclass(frozen=True, slots=True)
class ValuePage:
    """What the page of one value shows."""

    stands: Standing | None
    shown: str
    unit: str
    rows: list[HistoryRow]
    evidence: list[Evidence]


def value_page(
    park: Park, year: int, item: Item, enterprise: Enterprise | None, language: str
) -> ValuePage:
    """Return one value of a report with everything ever said of it."""
    code = enterprise.code if enterprise else ""
    said = standing(park, year, subjects=Q(enterprise=enterprise)).get(code, {}).get(item.code)
    rows = [
        HistoryRow(
            row,
            say_standing(item, row, language),
            said is not None and row.origin.id == said.origin.id,
        )
        for row in history(park, code, item.code)
    ]
    files = Evidence.objects.filter(park=park, year=year, item=item.code, enterprise=enterprise)
    return ValuePage(
        said,
        say_standing(item, said, language),
        say_unit(item, language),
        rows,
        list(files.filter(withdrawn_at=None).select_related("uploaded_by").order_by("id")),
    )


def subject_name(park: Park, enterprise: Enterprise | None, language: str) -> str:
    """Return the name of a subject in the reader's language."""
    found = enterprise or park
    return (found.name_en if language.startswith("en") else "") or found.name_vi


def _changed_since(report: Report | None, language: str) -> list[tuple[str, str, str, str]]:
    """Return (enterprise, item, then, now) for a report opened again after it was submitted."""
    if report is None or not report.digest or report.state != Report.State.DRAFT:
        return []
    then = standing(report.park, report.year, known_at=report.submitted_at, carry=False)
    now_known = standing(report.park, report.year, carry=False)
    items = load_bundle().items
    return [
        (
            enterprise,
            items[code].name.get(language) if code in items else code,
            say_standing(items.get(code), was, language),
            say_standing(items.get(code), now, language),
        )
        for enterprise, code, was, now in differences(then, now_known)
    ]


def _evidence(park: Park, year: int, enterprise: Enterprise | None) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in Evidence.objects.filter(
        park=park, year=year, enterprise=enterprise, withdrawn_at=None
    ).order_by("id"):
        found[evidence.item].append(evidence)
    return found


def _enterprises(park: Park, search: str) -> Paginator[Enterprise]:
    found = Enterprise.objects.filter(park=park).order_by("name_vi", "id")
    if search.strip():
        found = found.filter(_named(search))
    return Paginator(found, PAGE)


def _named(search: str) -> Q:
    """Return the enterprises called so, in whatever letters, or whose code or tax code has it."""
    word = search.strip()
    return Q(search__contains=fold(word)) | Q(code__icontains=word) | Q(tax_code__contains=word)


def _enterprise_rows(enterprises: Iterable[Enterprise], said: Known) -> list[EnterpriseRow]:
    yearly = {section.id for section in load_bundle().sections if not section.optional}
    asked = {item.code for item in items_reported("enterprise") if item.section in yearly}
    rows = []
    for enterprise in enterprises:
        values = said.get(enterprise.code, {})
        changed = max((found.origin.recorded_at for found in values.values()), default=None)
        rows.append(EnterpriseRow(enterprise, len(values.keys() & asked), len(asked), changed))
    return rows


def _author(record: Record | None) -> str:
    if record is None or record.author is None:
        return ""
    return record.author.get_full_name() or record.author.get_username()
