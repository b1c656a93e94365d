"""A workbook comes in: upload and preview, apply, undo, discard.

Nothing of a file is written before `apply_batch`, and then all of it or nothing: one transaction,
on the locked report of the year, after the three-way difference was taken once more. A process
killed half-way leaves nothing; a second click finds the batch applied.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.actions.evidence import clean_name
from sinhthai.reporting.actions.messages import refuse
from sinhthai.reporting.actions.signals import announce
from sinhthai.reporting.actions.values import check_year, lock_report, reopen
from sinhthai.reporting.engine.diff import diff
from sinhthai.reporting.engine.workbook import Upload, read_workbook
from sinhthai.reporting.engine.workbook.earlier import earlier_years, split_key
from sinhthai.reporting.engine.workbook.model import place_of
from sinhthai.reporting.models import Batch, Record
from sinhthai.reporting.policy import may_report
from sinhthai.reporting.preview import (
    PROBLEMS_KEPT,
    WRITING,
    in_order,
    keep_changes,
    read_changes,
    to_json,
)
from sinhthai.reporting.standing import said_table, standing
from sinhthai.reporting.workbooks import known_enterprises
from sinhthai.rules.bundle import load_bundle

WRITTEN = ("new", "changed")
CHUNK = 1000


def upload_workbook(
    *, user: User, park: Park, year: int, file_name: str, content: bytes, at: dt.datetime
) -> Batch:
    """Keep the file, read it and hold it against the store; nothing is recorded yet.

    Returns the batch to preview, with what is wrong in its cells. A file that is no workbook of
    this park and year raises InputError with every problem found; so does one already applied.
    """
    if not may_report(user, park):
        raise refuse("no-right")
    check_year(year, at=at)
    limit = settings.SINHTHAI_UPLOAD_MAX_BYTES
    if len(content) > limit:
        raise refuse("too-large", limit=limit // 2**20)
    name = clean_name(file_name)
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_applied(park, sha256)
    upload = _read(park, year, name, content)
    whole = [p for p in upload.errors if not p.place.sheet and not p.place.cell]
    if whole:
        raise InputError(whole)
    with transaction.atomic():
        lock_report(park, year, at=at)
        again = Batch.objects.filter(park=park, sha256=sha256, state=Batch.State.PREVIEW)
        batch = again.select_for_update().first() or Batch(park=park, sha256=sha256)
        batch.year, batch.file_name = year, name
        batch.uploaded_by, batch.uploaded_at = user, at
        batch.exported_at = upload.exported_at
        if not batch.content:
            batch.content.save(f"{sha256}.xlsx", ContentFile(content), save=False)
        _preview(batch, upload)
        batch.save()
        _audit(batch, user, at, "upload_workbook", Text("Tải lên", "Uploaded"))
    return batch


def apply_batch(
    *, user: User, batch: Batch, at: dt.datetime, take_conflicts: bool = False
) -> Batch:
    """Record what the file says anew, in one transaction: all of it, or nothing.

    The difference a person saw is a function of the file, of the store when the workbook left
    it, and of the store now. Only the last can move, so under the lock its digest is compared
    with the one the preview was taken against. When it moved, the preview is renewed, nothing is
    recorded, and InputError asks to look again.
    """
    if not may_report(user, batch.park):
        raise refuse("no-right")
    with transaction.atomic():
        lock_report(batch.park, batch.year, at=at)
        locked = _lock(batch, Batch.State.PREVIEW)
        if locked.counts["refused"]:
            raise refuse("batch-errors", count=locked.counts["refused"])
        reports = [lock_report(locked.park, year, at=at) for year in _years(locked)]
        if _basis(locked, _stored(locked)) == locked.basis:
            _write(locked, user=user, at=at, take_conflicts=take_conflicts)
            for report in reports:
                reopen(report, user=user, at=at)
            announce(locked.park)
            return locked
        upload = _read(locked.park, locked.year, locked.file_name, _content(locked))
        _preview(locked, upload)
        locked.save()  # the renewed preview stays; what follows only tells
    raise refuse("batch-moved")


def revert_batch(*, user: User, batch: Batch, at: dt.datetime) -> Batch:
    """Undo an applied import. Its records stay, dated; what was reported later stands."""
    if not may_report(user, batch.park):
        raise refuse("no-right")
    with transaction.atomic():
        reports = [lock_report(batch.park, year, at=at) for year in _years(batch)]
        locked = _lock(batch, Batch.State.APPLIED)
        Record.objects.filter(batch=locked, reverted_at=None).update(reverted_at=at)
        locked.state = Batch.State.REVERTED
        locked.reverted_by, locked.reverted_at = user, at
        locked.save(update_fields=["state", "reverted_by", "reverted_at"])
        _audit(locked, user, at, "revert_import", Text("Hoàn tác", "Undid"))
        for report in reports:
            reopen(report, user=user, at=at)
        announce(locked.park)
    return locked


def discard_batch(*, user: User, batch: Batch, at: dt.datetime) -> Batch:
    """Put an unapplied upload aside."""
    if not may_report(user, batch.park):
        raise refuse("no-right")
    with transaction.atomic():
        locked = _lock(batch, Batch.State.PREVIEW)
        locked.state = Batch.State.DISCARDED
        locked.save(update_fields=["state"])
        _audit(locked, user, at, "discard_import", Text("Bỏ", "Discarded"))
    return locked


def _read(park: Park, year: int, file_name: str, content: bytes) -> Upload:
    return read_workbook(
        content,
        load_bundle(),
        file_name=file_name,
        expected_park=park.code,
        expected_name=Text(park.name_vi, park.name_en),
        expected_year=year,
        known=known_enterprises(park, year),
    )


def _preview(batch: Batch, upload: Upload) -> None:
    """Take the difference and keep its rows, counts and problems on the batch; not yet saved."""
    base = None
    if upload.exported_at is not None:
        base = _stored(batch, known_at=upload.exported_at)
    stored = _stored(batch)
    found = diff(base, stored, upload.said, _asked(upload, stored))
    batch.counts = {**found.counts, "refused": upload.refused}
    batch.problems = [to_json(problem) for problem in upload.problems[:PROBLEMS_KEPT]]
    batch.basis = _basis(batch, stored)
    keep_changes(batch, in_order(found.rows))


def _stored(batch: Batch, known_at: dt.datetime | None = None) -> pa.Table:
    """Return what stands among the questions of the batch's workbook, earlier years included."""
    earlier = earlier_years(load_bundle(), batch.year)
    return said_table(standing(batch.park, batch.year, known_at=known_at, earlier=earlier))


def _years(batch: Batch) -> list[int]:
    """Return the years the batch writes of, newest first: the order in which reports are locked."""
    rows = read_changes(batch)
    written = rows.filter(pc.is_in(rows["verdict"], value_set=pa.array(WRITING, pa.string())))
    keys = written["item"].unique().to_pylist()
    return sorted({batch.year, *(split_key(key, batch.year)[1] for key in keys)}, reverse=True)


def _asked(upload: Upload, stored: pa.Table) -> pa.Table:
    """Return the (subject, item) pairs the workbook asks of which anything is said or stored."""
    items = pa.array([*upload.park_items, *upload.enterprise_items], pa.string())
    subjects = pa.concat_arrays(
        [pa.array([""], pa.string()), upload.roster["enterprise"].combine_chunks()]
    )
    known = pc.and_(
        pc.is_in(stored["item"], value_set=items), pc.is_in(stored["subject"], value_set=subjects)
    )
    pair = ["subject", "item"]
    both = pa.concat_tables([upload.said.select(pair), stored.filter(known).select(pair)])
    return both.group_by(pair).aggregate([])


def _basis(batch: Batch, stored: pa.Table) -> str:
    """Return the digest of all a preview was taken against: stored values and the enterprises."""
    found = hashlib.sha256(repr(known_enterprises(batch.park, batch.year)).encode())
    for name in ("subject", "item", "number", "text", "qualifier", "absence"):
        for buffer in stored[name].combine_chunks().buffers():
            found.update(buffer if buffer is not None else b"-")
    return found.hexdigest()


def _write(batch: Batch, *, user: User, at: dt.datetime, take_conflicts: bool) -> None:
    conflicts = batch.counts["conflict"]
    if conflicts and not take_conflicts:
        raise refuse("batch-conflicts", count=conflicts)
    wanted = (*WRITTEN, "conflict") if take_conflicts else WRITTEN
    rows = read_changes(batch)
    chosen = rows.filter(pc.is_in(rows["verdict"], value_set=pa.array(wanted, pa.string())))
    if chosen.num_rows == 0:
        raise refuse("batch-empty")
    batch.state = Batch.State.APPLIED
    batch.applied_by, batch.applied_at = user, at
    batch.save()
    records = _records(batch, chosen, user, at)
    while some := list(islice(records, CHUNK)):
        Record.objects.bulk_create(some)
    _audit(batch, user, at, "apply_import", Text("Áp dụng", "Applied"))


def _records(batch: Batch, chosen: pa.Table, user: User, at: dt.datetime) -> Iterator[Record]:
    """Yield one record per subject and year, holding all the file newly says of it."""
    keys = dict(Enterprise.objects.filter(park=batch.park).values_list("code", "id"))
    booleans = {item.code for item in load_bundle().items.values() if item.kind == "boolean"}
    for subject, rows in groupby(_rows(chosen.sort_by("subject")), key=itemgetter(0)):
        records: dict[int, Record] = {}
        for _subject, key, number, text, qualifier, absence, row, column in rows:
            item, year = split_key(key, batch.year)
            if year not in records:
                records[year] = Record(
                    park=batch.park,
                    enterprise_id=keys[subject] if subject else None,
                    year=year,
                    source=batch.file_name,
                    batch=batch,
                    author=user,
                    recorded_at=at,
                )
            record = records[year]
            record.cells[item] = place_of(subject, row, column)
            if absence:
                record.absences[item] = absence
                continue
            record.values[item] = bool(number) if item in booleans else number
            if text is not None:
                record.values[item] = text
            elif qualifier:
                record.qualifiers[item] = qualifier
        yield from records.values()


def _rows(chosen: pa.Table) -> Iterator[tuple[Any, ...]]:
    names = ["subject", "item", "number", "text", "qualifier", "absence", "row", "column"]
    for part in chosen.select(names).to_batches(max_chunksize=10_000):
        yield from zip(*(column.to_pylist() for column in part.columns), strict=True)


def _refuse_applied(park: Park, sha256: str) -> None:
    applied = Batch.objects.filter(park=park, sha256=sha256, state=Batch.State.APPLIED).first()
    if applied is not None and applied.applied_at is not None:
        day = timezone.localtime(applied.applied_at).date()
        raise refuse(
            "same-file",
            day_vi=format_date(day, "vi"),
            day_en=format_date(day, "en"),
            batch=applied.pk,
        )


def _content(batch: Batch) -> bytes:
    with batch.content.open("rb") as source:
        return source.read()


def _lock(batch: Batch, state: str) -> Batch:
    locked = Batch.objects.select_for_update(of=("self",)).select_related("park").get(pk=batch.pk)
    if locked.state != state:
        raise refuse("batch-state")
    return locked


def _audit(batch: Batch, user: User, at: dt.datetime, verb: str, done: Text) -> None:
    record_audit(
        actor=user,
        action=f"reporting.{verb}",
        at=at,
        summary=Text(
            f"{done.vi} sổ báo cáo “{batch.file_name}” năm {batch.year}.",
            f"{done.en} the workbook “{batch.file_name}” of {batch.year}.",
        ),
        park_code=batch.park.code,
        object_kind="import",
        object_code=f"{batch.pk}",
        detail={"sha256": batch.sha256, "counts": batch.counts},
    )
