"""Correct one value; and what every change of values has in common."""

from __future__ import annotations

import datetime as dt
import math

from django.db import transaction
from django.db.models import Q

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.absence import Absence
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.actions.messages import refuse
from sinhthai.reporting.actions.signals import announce
from sinhthai.reporting.models import Record, Report
from sinhthai.reporting.policy import may_report
from sinhthai.reporting.standing import Value, standing
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item

FIRST_YEAR = 2000
QUALIFIERS = ("at_least", "at_most", "about")


def set_value(
    *,
    user: User,
    park: Park,
    year: int,
    item: str,
    at: dt.datetime,
    enterprise: Enterprise | None = None,
    value: Value | None = None,
    absence: str = "",
    qualifier: str = "",
    source: str = "",
) -> Record:
    """Append one value, or the reason why there is none; InputError when it does not fit."""
    if not may_report(user, park):
        raise refuse("no-right")
    if enterprise is not None and enterprise.park_id != park.pk:
        raise refuse("unknown-enterprise")
    found = load_bundle().items.get(item)
    asked_of = "park" if enterprise is None else "enterprise"
    if found is None or found.subject != asked_of or found.nature == "registry":
        raise refuse("unknown-item", item=item)
    if (value is None) == (absence == "") or (absence and absence not in list(Absence)):
        raise refuse("value-or-absence")
    if qualifier and (found.kind not in ("number", "integer") or qualifier not in QUALIFIERS):
        raise refuse("value-or-absence")
    checked = None if value is None else checked_value(found, value)
    with transaction.atomic():
        report = lock_report(park, year, at=at)
        code = enterprise.code if enterprise else ""
        subject = Q(enterprise=enterprise)
        stands = standing(park, year, subjects=subject, carry=False).get(code, {}).get(item)
        if stands is not None and stands.content == (checked, absence, qualifier):
            raise refuse("nothing-new")
        record = Record.objects.create(
            park=park,
            enterprise=enterprise,
            year=year,
            values={} if checked is None else {item: checked},
            qualifiers={item: qualifier} if qualifier else {},
            absences={item: absence} if absence else {},
            source=source,
            author=user,
            recorded_at=at,
        )
        record_audit(
            actor=user,
            action="reporting.set_value",
            at=at,
            summary=Text("Sửa “{vi}” năm {year}.", "Corrected “{en}” of {year}.").format(
                vi=found.name.vi, en=found.name.en, year=year
            ),
            park_code=park.code,
            object_kind="enterprise" if enterprise else "report",
            object_code=code or f"{year}",
            detail={"item": item, "value": checked, "absence": absence, "record": record.pk},
        )
        reopen(report, user=user, at=at)
        announce(park)
    return record


def lock_report(park: Park, year: int, *, at: dt.datetime) -> Report:
    """Return the report of *year*, made if missing, locked until the transaction ends."""
    check_year(year, at=at)
    Report.objects.get_or_create(park=park, year=year)
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("park")
        .get(park=park, year=year)
    )


def check_year(year: int, *, at: dt.datetime) -> None:
    """Raise InputError for a year nobody can report of yet, or long past."""
    if not FIRST_YEAR <= year <= at.year:
        raise refuse("year-out-of-range", year=year)


def reopen(report: Report, *, user: User, at: dt.datetime) -> None:
    """Turn a submitted or approved report back into a draft, since its values or evidence changed.

    The digest and the day of the decision stay: they say what was seen then, so that the page
    can show what differs now.
    """
    if report.state not in (Report.State.SUBMITTED, Report.State.APPROVED):
        return
    approved = report.state == Report.State.APPROVED
    report.state = Report.State.DRAFT
    report.decision_note = ""
    report.save(update_fields=["state", "decision_note"])
    summary = (
        Text(
            "Báo cáo năm {year} đã phê duyệt được mở lại vì số liệu hoặc minh chứng thay đổi.",
            "The approved report of {year} was opened again: its values or evidence changed.",
        )
        if approved
        else Text(
            "Báo cáo năm {year} đã gửi được mở lại vì số liệu hoặc minh chứng thay đổi.",
            "The submitted report of {year} was opened again: its values or evidence changed.",
        )
    )
    record_audit(
        actor=user,
        action="reporting.reopen_report",
        at=at,
        summary=summary.format(year=report.year),
        park_code=report.park.code,
        object_kind="report",
        object_code=f"{report.year}",
    )


def checked_value(item: Item, value: Value) -> Value:
    """Return *value* as it is stored for *item*, or raise InputError that says what is asked."""
    if item.kind == "boolean":
        if isinstance(value, bool):
            return value
        raise _unfit(item, value, Text("Trả lời có hoặc không.", "Answer yes or no."))
    if item.kind in ("number", "integer"):
        return _checked_number(item, value)
    text = str(value).strip()
    if item.kind == "choice" and text not in {choice.code for choice in item.choices}:
        raise _unfit(item, value, Text("Chọn trong danh sách.", "Choose from the list."))
    if item.kind == "date":
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError:
            cure = Text("Ghi ngày dạng 31/12/2025.", "Write the day as 2025-12-31.")
            raise _unfit(item, value, cure) from None
    if not text or len(text) > 2000:
        raise _unfit(item, value, Text("Ghi từ 1 đến 2000 ký tự.", "Write 1 to 2000 characters."))
    return text


def _checked_number(item: Item, value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _unfit(item, value, Text("Ghi một con số.", "Write a number."))
    if item.kind == "integer" and value != int(value):
        raise _unfit(item, value, Text("Ghi một số nguyên.", "Write a whole number."))
    if item.minimum is not None and value < item.minimum:
        raise _unfit(
            item, value, _bound(Text("Ghi số từ {n} trở lên.", "Write {n} or more."), item.minimum)
        )
    if item.maximum is not None and value > item.maximum:
        raise _unfit(
            item, value, _bound(Text("Ghi số không quá {n}.", "Write {n} or less."), item.maximum)
        )
    return float(value)


def _bound(said: Text, number: float) -> Text:
    return Text(
        said.vi.format(n=format_number(number, "vi")), said.en.format(n=format_number(number, "en"))
    )


def _unfit(item: Item, value: Value, cure: Text) -> InputError:
    return refuse(
        "bad-value",
        value=value,
        name_vi=item.name.vi,
        name_en=item.name.en,
        cure_vi=cure.vi,
        cure_en=cure.en,
    )
