"""Changes to the activities of a year: appended, never overwritten; a withdrawal can be undone.

The audit trail is also read by who may not see drafts: its summaries name whose inventory it is
and the line, never how much.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.carbon.actions.refusals import refuse
from sinhthai.carbon.engine.inventory import keyed_by_method
from sinhthai.carbon.engine.model import Activity, Kind, Scope, Settings
from sinhthai.carbon.models import ActivityImport, ActivityRow
from sinhthai.carbon.policy import may_keep
from sinhthai.carbon.subject import Subject
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

Origin = ActivityRow.Origin
_NO_VALUES: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of one line, as the columns of ``ActivityRow``."""

    kind: Kind
    what: str
    quantity: float | None
    unit: str
    scope: Scope = 1
    category: str = ""
    parameters: Mapping[str, float] = field(default_factory=lambda: _NO_VALUES)
    uncertainty: float | None = None
    from_park: bool = False
    note: str = ""


CONTENT = tuple(one.name for one in dataclasses.fields(Given))


def given_of(row: ActivityRow) -> Given:
    """Return what a row says, as it would be given again."""
    return Given(**{name: getattr(row, name) for name in CONTENT})


def engine_activity(subject: Subject, year: int, line: str, given: Given) -> Activity:
    """Return what was given as the engine takes it."""
    content = {name: getattr(given, name) for name in CONTENT if name != "from_park"}
    supplier = subject.park.code if given.from_park and subject.enterprise else ""
    return Activity(subject=subject.code, year=year, line=line, supplier=supplier, **content)


def check(subject: Subject, year: int, line: str, given: Given) -> tuple[Problem, ...]:
    """Return why the engine could not take this line in any year; a year's factor may be late."""
    try:
        keyed_by_method(
            [engine_activity(subject, year, line, given)],
            load_factors(),
            Settings(last_published=True),
        )
    except InputError as error:
        return error.problems
    return ()


@transaction.atomic
def add_activity(
    subject: Subject,
    year: int,
    given: Given,
    *,
    at: dt.datetime,
    by: User | None,
    origin: str = Origin.ENTERED,
    item: str = "",
) -> ActivityRow:
    """Enter a new line of *year*.

    Raises
    ------
    InputError
        The engine cannot take it; nothing is written.
    """
    ask(by, subject)
    line = next_line(subject, year)
    _refuse_bad(subject, year, line, given)
    row = append(subject, year, line, given, at=at, by=by, origin=origin, item=item)
    _audit(subject, row, "add_activity", _ADDED, at=at, by=by)
    return row


@transaction.atomic
def change_activity(
    row: ActivityRow, given: Given, *, expected: int, at: dt.datetime, by: User | None
) -> ActivityRow:
    """Append what is known of a line now; *expected* is the row the change was made on.

    Saying the same again adds nothing.

    Raises
    ------
    InputError
        Another row holds by now, or the engine cannot take it; nothing is written.
    """
    subject = Subject(row.park, row.enterprise)
    ask(by, subject)
    _refuse_bad(subject, row.year, row.line, given)
    current = _current(subject, row)
    if current.pk != expected:
        raise refuse("changed-meanwhile")
    if given_of(current) == given and not current.is_withdrawn:
        return current
    new = replace_row(current, given, at=at, by=by, origin=Origin.ENTERED, item=current.item)
    _audit(subject, new, "change_activity", _CHANGED, at=at, by=by, before=current.pk)
    return new


@transaction.atomic
def withdraw_activity(row: ActivityRow, *, at: dt.datetime, by: User | None) -> ActivityRow:
    """Take a line out of the inventory; nothing of it is deleted. Twice is once."""
    return _stand(row, True, _WITHDRAWN, "withdraw_activity", at=at, by=by)


@transaction.atomic
def restore_activity(row: ActivityRow, *, at: dt.datetime, by: User | None) -> ActivityRow:
    """Undo a withdrawal. Twice is once."""
    return _stand(row, False, _RESTORED, "restore_activity", at=at, by=by)


def ask(by: User | None, subject: Subject) -> None:
    """Refuse whoever may not keep this inventory; None is the system itself."""
    if by is not None and not may_keep(by, subject):
        raise Http404("no such inventory for this person")


def next_line(subject: Subject, year: int) -> str:
    """Return a number no line of the year ever had."""
    lines = ActivityRow.objects.filter(**subject.where, year=year).values_list("line", flat=True)
    numbers = [int(line) for line in lines.distinct() if line.isdecimal()]
    return str(max(numbers, default=0) + 1)


def append(
    subject: Subject,
    year: int,
    line: str,
    given: Given,
    *,
    at: dt.datetime,
    by: User | None,
    origin: str,
    item: str = "",
    batch: ActivityImport | None = None,
    is_withdrawn: bool = False,
) -> ActivityRow:
    """Write one row; two people who give a line the same number at once: the second is refused."""
    content: dict[str, Any] = {name: getattr(given, name) for name in CONTENT}
    content["parameters"] = dict(given.parameters)
    try:
        with transaction.atomic():
            return ActivityRow.objects.create(
                **subject.keys,
                year=year,
                line=line,
                origin=origin,
                item=item,
                batch=batch,
                is_withdrawn=is_withdrawn,
                recorded_at=at,
                author=by,
                **content,
            )
    except IntegrityError:
        raise refuse("changed-meanwhile") from None


def replace_row(
    current: ActivityRow,
    given: Given,
    *,
    at: dt.datetime,
    by: User | None,
    origin: str,
    item: str = "",
    batch: ActivityImport | None = None,
    is_withdrawn: bool = False,
) -> ActivityRow:
    """Write a row in the place of *current*, if that still holds."""
    stood = ActivityRow.objects.filter(pk=current.pk, is_current=True)
    if not stood.update(is_current=False):
        raise refuse("changed-meanwhile")
    return append(
        Subject(current.park, current.enterprise),
        current.year,
        current.line,
        given,
        at=at,
        by=by,
        origin=origin,
        item=item,
        batch=batch,
        is_withdrawn=is_withdrawn,
    )


def _stand(
    row: ActivityRow, withdrawn: bool, what: Text, action: str, *, at: dt.datetime, by: User | None
) -> ActivityRow:
    subject = Subject(row.park, row.enterprise)
    ask(by, subject)
    current = _current(subject, row)
    if current.is_withdrawn == withdrawn:
        return current
    new = replace_row(
        current,
        given_of(current),
        at=at,
        by=by,
        origin=current.origin,
        item=current.item,
        is_withdrawn=withdrawn,
    )
    _audit(subject, new, action, what, at=at, by=by, before=current.pk)
    return new


def _current(subject: Subject, row: ActivityRow) -> ActivityRow:
    return ActivityRow.objects.select_related("park", "enterprise").get(
        **subject.where, year=row.year, line=row.line, is_current=True
    )


def _refuse_bad(subject: Subject, year: int, line: str, given: Given) -> None:
    if problems := check(subject, year, line, given):
        raise InputError(problems)


_ADDED = Text("nhập hoạt động phát thải, dòng {line}", "entered an activity, line {line}")
_CHANGED = Text("sửa hoạt động phát thải, dòng {line}", "changed an activity, line {line}")
_WITHDRAWN = Text("rút hoạt động phát thải, dòng {line}", "withdrew an activity, line {line}")
_RESTORED = Text("khôi phục hoạt động phát thải, dòng {line}", "restored an activity, line {line}")


def _audit(
    subject: Subject,
    row: ActivityRow,
    action: str,
    what: Text,
    *,
    at: dt.datetime,
    by: User | None,
    **detail: object,
) -> None:
    tell(
        subject,
        row.year,
        action,
        what.format(line=row.line),
        at=at,
        by=by,
        line=row.line,
        after=row.pk,
        **detail,
    )


def tell(
    subject: Subject,
    year: int,
    action: str,
    what: Text,
    *,
    at: dt.datetime,
    by: User | None,
    **detail: object,
) -> None:
    """Write a line of the audit trail about *subject* and *year*."""
    name = subject.name
    record_audit(
        actor=by,
        action=f"carbon.{action}",
        at=at,
        summary=Text(f"{name.vi}, {year}: {what.vi}", f"{name.en}, {year}: {what.en}"),
        park_code=subject.park.code,
        object_kind="inventory",
        object_code=subject.code,
        detail={"year": year, **detail},
    )
