"""Load a workbook of activities: keep the upload, preview it, apply it whole, undo it whole.

A line of the file is the line of the same year, kind, what, category, scope and supplier; where
several stand, they are taken in their order. What the file does not name stays as it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from sinhthai.accounts.models import User
from sinhthai.carbon.actions.activities import (
    CONTENT,
    Given,
    append,
    ask,
    check,
    given_of,
    next_line,
    replace_row,
    tell,
)
from sinhthai.carbon.actions.refusals import problem_of, refuse
from sinhthai.carbon.engine.model import Activity
from sinhthai.carbon.models import ActivityImport, ActivityRow
from sinhthai.carbon.subject import Subject
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text, fold

Kind = Literal["new", "changed", "same", "refused"]
KINDS: tuple[Kind, ...] = ("refused", "changed", "new", "same")
_Key = tuple[int, str, str, str, int, bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file: what it would do, or why it may not."""

    kind: Kind
    activity: Activity
    given: Given
    row: int | None = None
    """The row it is compared with."""
    changes: tuple[tuple[str, Any, Any], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would change; applied only as a whole."""

    entries: tuple[Entry, ...]
    warnings: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each kind."""
        return {kind: sum(entry.kind == kind for entry in self.entries) for kind in KINDS}

    @property
    def is_clean(self) -> bool:
        """Whether no line is refused."""
        return all(entry.kind != "refused" for entry in self.entries)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Every problem of every refused line."""
        return tuple(problem for entry in self.entries for problem in entry.problems)

    def digest(self) -> str:
        """Return a fingerprint of what would be written."""
        said = [(entry.kind, entry.activity.year, entry.given, entry.row) for entry in self.entries]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def preview_file(subject: Subject, file_name: str, data: bytes) -> Preview:
    """Return what a file would change.

    Raises
    ------
    InputError
        The file cannot be read, or cells in it cannot; every problem with its cell.
    """
    from sinhthai.carbon.workbook import read_activities  # readers of workbooks are heavy

    read = read_activities(data, file_name, load_factors(), subject=subject.code)
    stored = _stored(subject)
    return Preview(
        tuple(_entry(subject, activity, stored) for activity in read.activities), read.warnings
    )


def keep_file(
    subject: Subject, *, file_name: str, data: bytes, by: User, at: dt.datetime
) -> ActivityImport:
    """Keep a file that can be read, with the fingerprint of its preview.

    Raises
    ------
    InputError
        The file cannot be read; nothing is kept.
    """
    ask(by, subject)
    preview = preview_file(subject, file_name, data)
    return ActivityImport.objects.create(
        **subject.keys,
        file_name=file_name[-200:],
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        preview_digest=preview.digest(),
        uploaded_by=by,
        uploaded_at=at,
    )


def apply_file(kept: ActivityImport, *, by: User, at: dt.datetime) -> Preview:
    """Apply a kept file as its preview showed it.

    Raises
    ------
    InputError
        It was applied before, a line is refused, or a line changed since the preview.
    """
    with transaction.atomic():
        kept = _locked(kept)
        subject = Subject(kept.park, kept.enterprise)
        ask(by, subject)
        if kept.applied_at:
            raise refuse("import-applied")
        preview = preview_file(subject, kept.file_name, bytes(kept.content))
        moved = preview.digest() != kept.preview_digest
        kept.preview_digest = preview.digest()
        if not moved:
            _write(subject, preview, kept, by=by, at=at)
            kept.applied_at = at
            kept.created, kept.changed = preview.counts["new"], preview.counts["changed"]
        kept.save()
    if moved:  # raised outside the transaction, so that the new preview is kept
        raise refuse("import-moved")
    return preview


@transaction.atomic
def undo_file(kept: ActivityImport, *, by: User, at: dt.datetime) -> int:
    """Put back what stood before a file was applied; return how many lines moved.

    Raises
    ------
    InputError
        It was not applied, was undone, or one of its lines was changed since. Nothing is written.
    """
    kept = _locked(kept)
    subject = Subject(kept.park, kept.enterprise)
    ask(by, subject)
    if kept.applied_at is None:
        raise refuse("not-applied")
    if kept.undone_at is not None:
        raise refuse("undone")
    rows = list(kept.rows.select_related("park", "enterprise").order_by("pk"))
    for row in rows:
        if not row.is_current:
            raise refuse("undo-too-late", line=row.line)
        before = (
            ActivityRow.objects.filter(**subject.where, year=row.year, line=row.line, pk__lt=row.pk)
            .order_by("-pk")
            .first()
        )
        stood = before or row
        replace_row(
            row,
            given_of(stood),
            at=at,
            by=by,
            origin=stood.origin,
            item=stood.item,
            is_withdrawn=before is None or before.is_withdrawn,
        )
    kept.undone_at, kept.undone_by = at, by
    kept.save(update_fields=["undone_at", "undone_by"])
    for year in sorted({row.year for row in rows}):
        tell(subject, year, "undo_import", _UNDONE, at=at, by=by, file=kept.file_name)
    return len(rows)


def _locked(kept: ActivityImport) -> ActivityImport:
    return ActivityImport.objects.select_for_update(of=("self",)).select_related(
        "park", "enterprise"
    ).get(pk=kept.pk)  # fmt: skip


def _key(year: int, given: Given) -> _Key:
    return (year, given.kind, given.what, given.category, given.scope, given.from_park)


def _stored(subject: Subject) -> dict[_Key, list[ActivityRow]]:
    """Return what stands by what names it in a file, each list in its order."""
    rows = ActivityRow.objects.filter(**subject.where, is_current=True, is_withdrawn=False)
    found: dict[_Key, list[ActivityRow]] = {}
    for row in rows.order_by("recorded_at", "line"):
        found.setdefault(_key(row.year, given_of(row)), []).append(row)
    return found


def _entry(subject: Subject, activity: Activity, stored: Mapping[_Key, list[ActivityRow]]) -> Entry:
    given = Given(
        kind=activity.kind,
        what=activity.what,
        quantity=activity.quantity,
        unit=activity.unit,
        scope=activity.scope,
        category=activity.category,
        parameters=dict(activity.parameters),
        uncertainty=activity.uncertainty,
        from_park=bool(activity.supplier) and subject.enterprise is not None,
        note=activity.note,
    )
    problems = _problems(subject, activity, given)
    if problems:
        return Entry("refused", activity, given, problems=problems)
    standing = stored.get(_key(activity.year, given), [])
    if not standing:
        return Entry("new", activity, given)
    row = standing.pop(0)
    before = given_of(row)
    changes = tuple(
        (name, getattr(before, name), getattr(given, name))
        for name in CONTENT
        if getattr(before, name) != getattr(given, name)
    )
    return Entry("changed" if changes else "same", activity, given, row.pk, changes)


def _problems(subject: Subject, activity: Activity, given: Given) -> tuple[Problem, ...]:
    place = activity.place
    names = {fold(name) for name in (subject.code, subject.name.vi, subject.name.en)}
    if subject.enterprise and subject.enterprise.tax_code:
        names.add(fold(subject.enterprise.tax_code))
    if activity.subject and fold(activity.subject) not in names:
        return (problem_of("other-subject", place=place, named=activity.subject),)
    park = subject.park
    sellers = {fold(name) for name in (park.code, park.name_vi, park.name_en)}
    if activity.supplier and fold(activity.supplier) not in sellers:
        return (problem_of("other-supplier", place=place, named=activity.supplier, park=park.code),)
    return tuple(
        Problem(one.code, one.message, one.cure, place, one.severity)
        for one in check(subject, activity.year, activity.line, given)
    )


def _write(
    subject: Subject, preview: Preview, kept: ActivityImport, *, by: User, at: dt.datetime
) -> None:
    if not preview.is_clean:
        raise InputError(preview.errors)
    rows = {
        row.pk: row
        for row in ActivityRow.objects.select_related("park", "enterprise").filter(
            pk__in=[entry.row for entry in preview.entries if entry.row]
        )
    }
    origin = str(ActivityRow.Origin.IMPORTED)
    lines: dict[int, int] = {}
    for entry in preview.entries:
        year = entry.activity.year
        if entry.kind == "new":
            line = lines.get(year) or int(next_line(subject, year))
            lines[year] = line + 1
            append(
                subject, year, str(line), entry.given, at=at, by=by, origin=origin, batch=kept
            )  # fmt: skip
        elif entry.kind == "changed" and entry.row is not None:
            row = rows[entry.row]
            replace_row(
                row, entry.given, at=at, by=by, origin=origin, item=row.item, batch=kept
            )  # fmt: skip
    for year in sorted({entry.activity.year for entry in preview.entries}):
        tell(
            subject, year, "import_activities", _LOADED, at=at, by=by,
            file=kept.file_name, sha256=kept.sha256,
        )  # fmt: skip


_LOADED = Text("nhập hoạt động phát thải từ tệp", "imported activities from a file")
_UNDONE = Text("hoàn tác tệp hoạt động phát thải", "undid a file of activities")
