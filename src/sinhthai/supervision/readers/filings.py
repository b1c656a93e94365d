"""Yearly forms read from the store: what fills them, and the list of a park or an enterprise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from sinhthai.certification.engine.clocks import legal_day
from sinhthai.certification.models import Certificate
from sinhthai.certification.signals import YearlyReport
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.standing import Standing, standing
from sinhthai.rules.forms import Form, load_forms
from sinhthai.supervision.engine.filling import Fact, Filled, Typed, fill
from sinhthai.supervision.models import Filing

FIRST_YEAR = 2022  # Decree 35/2022 is in force since 15 July 2022
STATES = {
    Filing.State.DRAFT: Text("dự thảo", "draft"),
    Filing.State.PENDING: Text("chờ duyệt", "pending"),
    Filing.State.SENT: Text("đã gửi", "sent"),
    Filing.State.REVISION: Text("yêu cầu chỉnh sửa", "revision requested"),
    Filing.State.RECEIVED: Text("đã tiếp nhận", "received"),
}
_NOT_SENT = Text("chưa gửi", "not sent")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One form of one year in the list of a park or an enterprise."""

    form: Form
    year: int
    filing: Filing | None


def yearly_reports_of(certificate: Certificate, today: dt.date) -> list[YearlyReport]:
    """Return the forms owed under *certificate* for the years ended before *today*; one query."""
    filings = {
        (one.year, one.form): one
        for one in Filing.objects.filter(
            park=certificate.park, enterprise=certificate.enterprise
        ).only("year", "form", "state", "sent_at")
    }
    subject = "enterprise" if certificate.enterprise_id else "park"
    forms = [one.id for one in load_forms().forms.values() if one.subject == subject]
    found = []
    for year in range(certificate.issued_on.year, today.year):
        for form in forms:
            filing = filings.get((year, form))
            sent_at = filing.sent_at if filing else None
            standing = STATES[Filing.State(filing.state)] if filing and sent_at else _NOT_SENT
            found.append(
                YearlyReport(year, form, standing, legal_day(sent_at) if sent_at else None)
            )
    return found


def form_named(form_id: str, *, of_enterprise: bool) -> Form | None:
    """Return a form a park (or an enterprise) files, or None; small letters are understood."""
    form = load_forms().forms.get(form_id.upper())
    wanted = "enterprise" if of_enterprise else "park"
    return form if form is not None and form.subject == wanted else None


def fill_form(
    form: Form,
    year: int,
    park: Park,
    enterprise: Enterprise | None,
    typed: Mapping[str, Typed],
    *,
    known_at: dt.datetime | None = None,
) -> Filled:
    """Return *form* filled in from the records as known at an instant (None: now)."""
    facts = facts_of(form, year, park, enterprise, known_at=known_at)
    return fill(form, year, facts, register_of(park, enterprise), typed)


def fill_filing(filing: Filing, *, known_at: dt.datetime | None = None) -> Filled:
    """Return the form of a filing as the records and the words typed in it are now."""
    form = load_forms().forms[filing.form]
    return fill_form(
        form, filing.year, filing.park, filing.enterprise, typed_of(filing), known_at=known_at
    )


def facts_of(
    form: Form,
    year: int,
    park: Park,
    enterprise: Enterprise | None,
    *,
    known_at: dt.datetime | None = None,
) -> dict[tuple[str, int], Fact]:
    """Return what counts for each item the form asks, of the year it asks it of."""
    code = enterprise.code if enterprise else ""
    subject = Q(enterprise=enterprise.pk) if enterprise else Q(enterprise=None)
    facts = {}
    for asked_year in sorted({year - one.years_back for one in form.fields if one.item}):
        known = standing(park, asked_year, known_at=known_at, subjects=subject).get(code, {})
        for one in form.fields:
            if one.item in known and year - one.years_back == asked_year:
                facts[one.item, asked_year] = _fact(known[one.item])
    return facts


def register_of(park: Park, enterprise: Enterprise | None) -> dict[str, str]:
    """Return what the register says of the filer."""
    found = {"park.name": park.name_vi, "park.province": park.province_now.name}
    if enterprise is not None:
        found |= {
            "enterprise.name": enterprise.name_vi,
            "enterprise.tax_code": enterprise.tax_code or "",
            "enterprise.country": enterprise.country,
        }
    return found


def typed_of(filing: Filing) -> dict[str, Typed]:
    """Return what people typed into this filing."""
    return {
        name: Typed(
            said.get("value"),
            said.get("absence", ""),
            said.get("reason", ""),
            said.get("by_name", ""),
            said.get("at", ""),
        )
        for name, said in filing.words.items()
    }


def forms_of(park: Park, enterprise: Enterprise | None, *, last_year: int) -> list[FormRow]:
    """Return each form of each year up to *last_year*, newest first, with its filing if begun."""
    subject = "enterprise" if enterprise else "park"
    rows = Filing.objects.filter(park=park, enterprise=enterprise)
    kept = {(one.form, one.year): one for one in rows}
    years = range(last_year, FIRST_YEAR - 1, -1)
    return [
        FormRow(form, year, kept.get((form.id, year)))
        for year in years
        for form in load_forms().of_subject(subject)  # type: ignore[arg-type]
    ]


def _fact(found: Standing) -> Fact:
    origin = found.origin
    return Fact(
        found.value,
        found.absence,
        found.qualifier,
        origin.year,
        origin.source,
        origin.author or "",
        origin.recorded_at.isoformat(),
        found.cell,
    )
