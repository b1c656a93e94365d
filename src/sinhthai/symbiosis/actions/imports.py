"""Load a list of streams: keep the upload, preview it, apply it whole or not at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.http import Http404

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.models import Enterprise
from sinhthai.symbiosis.actions.streams import append_version, given_of
from sinhthai.symbiosis.engine.given import StreamGiven, check_stream
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.engine.stream_files import StreamFile, read_stream_file
from sinhthai.symbiosis.engine.stream_places import ParkPlace
from sinhthai.symbiosis.models import Stream, StreamImport, StreamVersion
from sinhthai.symbiosis.office_codes import load_codes
from sinhthai.symbiosis.policy import may_keep_streams
from sinhthai.symbiosis.readers.knowledge import settle

Origin = StreamVersion.Origin
Kind = Literal["new", "changed", "same", "refused"]
_NOT_TOLD = frozenset({"place_missing"})  # the enterprise's own place is known
_CONTENT = [field.name for field in dataclasses.fields(StreamGiven)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: what it would do, or why it may not."""

    kind: Kind
    place: Place
    given: StreamGiven
    origin: str
    stream: int | None = None  # the stream it is of
    version: int | None = None  # the version it was compared with
    changes: tuple[tuple[str, Any, Any], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would change; applied only as a whole."""

    entries: tuple[Entry, ...]
    warnings: tuple[Problem, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each kind."""
        kinds: tuple[Kind, ...] = ("new", "changed", "same", "refused")
        return {kind: sum(entry.kind == kind for entry in self.entries) for kind in kinds}

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
        said = [(entry.kind, entry.given, entry.origin, entry.version) for entry in self.entries]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def keep_list(
    enterprise: Enterprise, *, file_name: str, data: bytes, by: User, at: dt.datetime
) -> StreamImport:
    """Keep an uploaded list that can be read, with the fingerprint of its preview.

    Raises
    ------
    InputError
        The file cannot be read as a list of streams; nothing is kept.
    """
    _ask(by, enterprise)
    preview = preview_list(enterprise, file_name, data)
    return StreamImport.objects.create(
        enterprise=enterprise,
        file_name=file_name[-200:],
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        preview_digest=preview.digest(),
        uploaded_by=by,
        uploaded_at=at,
    )


def apply_list(kept: StreamImport, *, by: User, at: dt.datetime) -> Preview:
    """Apply a kept list as its preview showed it.

    Raises
    ------
    InputError
        It was applied before, a line is refused, or a stream changed since the preview.
    """
    with transaction.atomic():
        kept = StreamImport.objects.select_for_update().select_related("enterprise__park").get(
            pk=kept.pk
        )  # fmt: skip
        if kept.applied_at:
            raise InputError([_APPLIED])
        preview = preview_list(kept.enterprise, kept.file_name, bytes(kept.content))
        changed = preview.digest() != kept.preview_digest
        kept.preview_digest = preview.digest()
        if not changed:
            _write(kept.enterprise, preview, kept.file_name, kept.sha256, by=by, at=at)
            kept.applied_at = at
            kept.created, kept.changed = preview.counts["new"], preview.counts["changed"]
        kept.save()
    if changed:  # raised outside the transaction, so that the new preview is kept
        raise InputError([_CHANGED])
    return preview


def import_list(
    enterprise: Enterprise,
    *,
    file_name: str,
    data: bytes,
    by: User | None,
    at: dt.datetime,
    dry_run: bool = False,
) -> Preview:
    """Read, judge and, unless *dry_run* or a line is refused, apply a list in one go."""
    with transaction.atomic():
        preview = preview_list(enterprise, file_name, data)
        if preview.is_clean and not dry_run:
            _write(enterprise, preview, file_name, hashlib.sha256(data).hexdigest(), by=by, at=at)
    return preview


def preview_list(enterprise: Enterprise, file_name: str, data: bytes) -> Preview:
    """Return what a list would change. Lines are known by direction and name.

    Raises
    ------
    InputError
        The file cannot be read, or cells in it cannot; every problem with its cell.
    """
    park = enterprise.park
    place = ParkPlace(park.code, park.lat, park.lon)
    parks = {fold(name): place for name in (park.code, park.name_vi, park.name_en) if name}
    read = read_stream_file(
        file_name, data, load_knowledge(), load_codes(), parks, one_enterprise=True
    )
    stored = _stored(enterprise)
    seen: dict[tuple[str, str], Place] = {}
    entries = tuple(
        _entry(enterprise, row, quality, read.places[row["id"]], stored, seen)
        for row, quality in _rows(read)
    )
    warnings = tuple(
        one for one in read.warnings if one.severity == "warning" and one.code not in _NOT_TOLD
    )
    return Preview(entries, warnings)


def _rows(read: StreamFile) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    qualities: dict[str, dict[str, Any]] = {}
    for one in read.streams.qualities.to_pylist():
        qualities.setdefault(one["stream"], {})[one["parameter"]] = (one["low"], one["high"])
    for direction, table in (("offer", read.streams.offers), ("need", read.streams.needs)):
        for row in table.to_pylist():
            yield row | {"direction": direction}, qualities.get(row["id"], {})


def _stored(enterprise: Enterprise) -> Mapping[tuple[str, str], list[StreamVersion]]:
    rows = StreamVersion.objects.filter(
        stream__enterprise=enterprise, stream__withdrawn_at=None, is_current=True
    ).select_related("stream")
    stored: dict[tuple[str, str], list[StreamVersion]] = {}
    for row in rows.order_by("stream_id"):
        stored.setdefault((row.stream.direction, fold(row.name)), []).append(row)
    return stored


def _entry(
    enterprise: Enterprise,
    row: dict[str, Any],
    quality: dict[str, Any],
    place: Place,
    stored: Mapping[tuple[str, str], Sequence[StreamVersion]],
    seen: dict[tuple[str, str], Place],
) -> Entry:
    key = (row["direction"], fold(row["name"]))
    twins = stored.get(key, ())
    given = _given(row, quality, twins[0] if len(twins) == 1 else None)
    origin = str(Origin.PROFILE if row["estimated"] else Origin.IMPORTED)
    problems = [
        dataclasses.replace(problem, place=place)
        for _where, problem in check_stream(given, load_knowledge(), load_codes())
        if problem.severity == "error"
    ]
    if not _is_own(enterprise, row["enterprise"]):
        problems.append(_other_enterprise(row["enterprise"], place))
    if key in seen:
        problems.append(_twice(row["name"], seen[key], place))
    seen.setdefault(key, place)
    if len(twins) > 1:
        problems.append(_ambiguous(row["name"], place))
    if problems:
        return Entry("refused", place, given, origin, problems=tuple(problems))
    if not twins:
        return Entry("new", place, given, origin)
    [version] = twins
    before = given_of(version)
    changes = tuple(
        (name, getattr(before, name), getattr(given, name))
        for name in _CONTENT
        if getattr(before, name) != getattr(given, name)
    )
    confirmed = version.origin == Origin.PROFILE and origin != Origin.PROFILE
    if confirmed:
        changes = (*changes, ("origin", version.origin, origin))
    kind: Kind = "changed" if changes else "same"
    return Entry(kind, place, given, origin, version.stream_id, version.pk, changes)


def _given(
    row: dict[str, Any], quality: dict[str, Any], version: StreamVersion | None
) -> StreamGiven:
    """Return a line as given; what a list has no column for stays as it is stored."""
    code, material = row["code"], ""
    if version is not None and code in (version.code, f"material:{version.material}"):
        code, material = version.code, version.material
    given = StreamGiven(
        direction=row["direction"],
        name=row["name"],
        unit=row["unit"],
        code=code,
        material=material,
        quantity=row["quantity"],
        quantity_min=row["quantity_min"],
        quantity_max=row["quantity_max"],
        months=row["months"],
        state=row["state"] or "",
        hazard=row["hazard"] or "",
        sorted=row["sorted"],
        price=row["price"],
        quality=quality,
        note=version.note if version else "",
        year=version.year if version else None,
    )
    return settle(given)


def _is_own(enterprise: Enterprise, named: str) -> bool:
    known = (enterprise.code, enterprise.tax_code, enterprise.name_vi, enterprise.name_en)
    return not named or fold(named) in {fold(name) for name in known if name}


def _write(
    enterprise: Enterprise,
    preview: Preview,
    file_name: str,
    sha256: str,
    *,
    by: User | None,
    at: dt.datetime,
) -> None:
    _ask(by, enterprise)
    if not preview.is_clean:
        raise InputError(preview.errors)
    written = []
    for entry in preview.entries:
        if entry.kind == "new":
            stream = Stream.objects.create(
                enterprise=enterprise, direction=entry.given.direction, created_at=at, created_by=by
            )
        elif entry.kind == "changed" and entry.stream is not None:
            stream = Stream.objects.select_for_update().get(pk=entry.stream)
            stood = stream.versions.filter(pk=entry.version or 0, is_current=True)
            if not stood.update(is_current=False):  # somebody wrote after the list was compared
                raise InputError([_CHANGED])
        else:
            continue
        append_version(stream, entry.given, at=at, by=by, origin=entry.origin)
        written.append(stream.pk)
    if not written:
        return
    new, changed = preview.counts["new"], preview.counts["changed"]
    name = Text(enterprise.name_vi, enterprise.name_en or enterprise.name_vi)
    record_audit(
        actor=by,
        action="symbiosis.import_streams",
        at=at,
        summary=Text(
            f"{name.vi}: nhập danh sách dòng vật chất, {new} mới, {changed} thay đổi",
            f"{name.en}: imported a list of streams, {new} new, {changed} changed",
        ),
        park_code=enterprise.park.code,
        object_kind="stream",
        object_code=enterprise.code,
        detail={"file": file_name, "sha256": sha256, "streams": written[:500]},
    )


def _ask(by: User | None, enterprise: Enterprise) -> None:
    if by is not None and not may_keep_streams(by, enterprise):
        raise Http404("no such enterprise for this person")


def _other_enterprise(named: str, place: Place) -> Problem:
    return Problem(
        "stream_other_enterprise",
        Text(
            f"Dòng này của doanh nghiệp khác: “{named}”.",
            f"This line is of another enterprise: “{named}”.",
        ),
        Text(
            "Xóa dòng, hoặc nạp ở trang của doanh nghiệp đó.",
            "Delete the line, or load it on the page of that enterprise.",
        ),
        place,
    )


def _twice(name: str, first: Place, place: Place) -> Problem:
    return Problem(
        "stream_twice",
        Text(
            f"“{name}” đã có ở {first}: cùng một dòng hai lần.",
            f"“{name}” stands at {first} already: the same stream twice.",
        ),
        Text(
            "Gộp hai dòng, hoặc đặt tên khác nhau.", "Join the two lines, or name them differently."
        ),
        place,
    )


def _ambiguous(name: str, place: Place) -> Problem:
    return Problem(
        "stream_ambiguous",
        Text(
            f"Đang có hơn một dòng tên “{name}”, không rõ dòng này là dòng nào.",
            f"More than one stream is called “{name}”; which one this is cannot be told.",
        ),
        Text(
            "Đổi tên một dòng trên trang web rồi nạp lại.",
            "Rename one of them on its page, then load the list again.",
        ),
        place,
    )


_APPLIED = Problem(
    "stream_import_applied",
    Text("Danh sách này đã được áp dụng.", "This list was applied already."),
    Text("Tải tệp mới lên nếu muốn thay đổi tiếp.", "Upload a new file to change more."),
)
_CHANGED = Problem(
    "stream_import_changed",
    Text(
        "Có dòng vật chất đã thay đổi sau khi xem trước; chưa ghi gì.",
        "A stream changed since the preview; nothing is written.",
    ),
    Text("Xem lại bản xem trước mới rồi áp dụng.", "Look at the new preview, then apply it."),
)
