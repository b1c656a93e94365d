"""Changes to enterprises: entering one, and its status from a day on."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_text
from sinhthai.registry.engine.statuses import STATUS_NAMES, check_status
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park
from sinhthai.registry.policy import Person
from sinhthai.registry.signals import roster_changed


@transaction.atomic
def add_enterprise(
    park: Park,
    *,
    code: str,
    name_vi: str,
    at: dt.datetime,
    by: Person | None = None,
    name_en: str = "",
    tax_code: str | None = None,
    vsic: str = "",
    employees: int | None = None,
    country: str = "",
    lat: float | None = None,
    lon: float | None = None,
    invented: bool = False,
) -> Enterprise:
    """Enter an enterprise of *park*; its code stays, whatever becomes of its tax code."""
    enterprise = Enterprise(
        park=park,
        code=code,
        name_vi=name_vi,
        name_en=name_en,
        tax_code=tax_code or None,
        vsic=vsic,
        employees=employees,
        country=country,
        lat=lat,
        lon=lon,
        invented=invented,
    )
    refresh_enterprise_search(enterprise)
    enterprise.save()
    record_audit(
        actor=by,
        action="registry.add_enterprise",
        at=at,
        summary=Text(f"Thêm doanh nghiệp {name_vi}", f"Added the enterprise {name_en or name_vi}"),
        park_code=park.code,
        object_kind="enterprise",
        object_code=code,
    )
    return enterprise


def refresh_enterprise_search(enterprise: Enterprise) -> None:
    """Set the words *enterprise* is found by: names, codes."""
    enterprise.search = search_text(
        [enterprise.name_vi, enterprise.name_en, enterprise.code, enterprise.tax_code or ""],
        limit=500,
    )


@transaction.atomic
def record_status(
    enterprise: Enterprise,
    status: str,
    *,
    valid_from: dt.date,
    at: dt.datetime,
    by: Person | None = None,
) -> EnterpriseStatus:
    """Add a status from a day on; the statuses before it stay.

    Another status on the same day corrects that one, and the audit trail keeps both.

    Raises
    ------
    InputError
        The day lies in the future, or the status cannot follow the ones before it.
    """
    Enterprise.objects.select_for_update().get(pk=enterprise.pk)
    history = [(row.valid_from, row.status) for row in enterprise.statuses.order_by("valid_from")]
    problems: list[Problem] = list(check_status(history, status, valid_from, today=at.date()))
    if problems:
        raise InputError(problems)
    before = dict(history).get(valid_from)
    row, _created = EnterpriseStatus.objects.update_or_create(
        enterprise=enterprise,
        valid_from=valid_from,
        defaults={"status": EnterpriseStatus.Status(status)},
    )
    if before == status:
        return row
    word = STATUS_NAMES[status]
    was = f" (trước: {STATUS_NAMES[before].vi})" if before else ""
    was_en = f" (was: {STATUS_NAMES[before].en})" if before else ""
    record_audit(
        actor=by,
        action="registry.record_status",
        at=at,
        summary=Text(
            f"{enterprise.name_vi}: {word.vi} từ {valid_from:%d/%m/%Y}{was}",
            f"{enterprise.name_en or enterprise.name_vi}: {word.en} from {valid_from}{was_en}",
        ),
        park_code=enterprise.park.code,
        object_kind="enterprise",
        object_code=enterprise.code,
        detail={"valid_from": valid_from.isoformat(), "before": before, "after": status},
    )
    transaction.on_commit(
        lambda: roster_changed.send(sender=Park, park=enterprise.park),
        robust=True,  # the status stands, whatever its listeners do
    )
    return row
