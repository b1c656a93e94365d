"""Put figures another part of the system computed into a report, all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.actions.messages import refuse
from sinhthai.reporting.actions.signals import announce
from sinhthai.reporting.actions.values import QUALIFIERS, checked_value, lock_report, reopen
from sinhthai.reporting.models import Record
from sinhthai.reporting.policy import may_report, speaks_for
from sinhthai.reporting.standing import Value, standing
from sinhthai.rules.bundle import load_bundle


@dataclass(frozen=True, slots=True)
class Computed:
    """One figure for the report: of the park, or of an enterprise of it."""

    item: str
    value: Value
    qualifier: str = ""
    enterprise: Enterprise | None = None
    source: str = ""


def record_values(
    *,
    user: User,
    park: Park,
    year: int,
    values: Sequence[Computed],
    what: Text,
    at: dt.datetime,
) -> list[Record]:
    """Append *values*, one record a subject and source; nothing is written when one does not fit.

    What stands already is left out; InputError when that is all. *what* says in the trail what
    the figures were computed from. A submitted or approved report is a draft again.
    """
    # An enterprise's own people may accept figures of their enterprise, and of nobody else.
    if not may_report(user, park) and not all(
        one.enterprise is not None and speaks_for(user, one.enterprise) for one in values
    ):
        raise refuse("no-right")
    checked = [_checked(one, park) for one in values]
    with transaction.atomic():
        report = lock_report(park, year, at=at)
        known = standing(park, year, carry=False)
        rows: dict[tuple[str, str], Record] = {}
        for one in checked:
            code = one.enterprise.code if one.enterprise else ""
            stands = known.get(code, {}).get(one.item)
            if stands is not None and stands.content == (one.value, "", one.qualifier):
                continue
            row = rows.setdefault(
                (code, one.source),
                Record(
                    park=park, enterprise=one.enterprise, year=year, source=one.source[:300],
                    author=user, recorded_at=at,
                ),
            )  # fmt: skip
            row.values[one.item] = one.value
            if one.qualifier:
                row.qualifiers[one.item] = one.qualifier
        if not rows:
            raise refuse("nothing-new")
        records = Record.objects.bulk_create(rows.values())
        count = sum(len(record.values) for record in records)
        record_audit(
            actor=user,
            action="reporting.record_values",
            at=at,
            summary=Text(
                "Ghi {count} số liệu năm {year} từ {what}.",
                "Recorded {count} figures of {year} from {what}.",
            ).format(count=count, year=year, what=what),
            park_code=park.code,
            object_kind="report",
            object_code=f"{year}",
            detail={"records": [record.pk for record in records]},
        )
        reopen(report, user=user, at=at)
        announce(park)
    return records


def _checked(one: Computed, park: Park) -> Computed:
    item = load_bundle().items.get(one.item)
    if one.enterprise is not None and one.enterprise.park_id != park.pk:
        raise refuse("unknown-enterprise")
    asked_of = "park" if one.enterprise is None else "enterprise"
    if item is None or item.subject != asked_of or item.nature == "registry":
        raise refuse("unknown-item", item=one.item)
    if one.qualifier and (
        item.kind not in ("number", "integer") or one.qualifier not in QUALIFIERS
    ):
        raise refuse("value-or-absence")
    return Computed(
        one.item, checked_value(item, one.value), one.qualifier, one.enterprise, one.source
    )
