"""Changes to the streams of an enterprise. Content is appended, a withdrawal can be taken back.

The audit trail is also read by province and country, who may not see streams: its summaries
name the enterprise and the number of the stream, never what it is or how much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.http import Http404

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_text
from sinhthai.registry.models import Enterprise
from sinhthai.symbiosis.engine.given import StreamGiven, check_stream
from sinhthai.symbiosis.engine.knowledge import load_knowledge
from sinhthai.symbiosis.models import Consent, Stream, StreamVersion
from sinhthai.symbiosis.office_codes import load_codes
from sinhthai.symbiosis.policy import may_keep_streams

Origin = StreamVersion.Origin
_CONTENT = (
    "name",
    "code",
    "material",
    "unit",
    "quantity",
    "quantity_min",
    "quantity_max",
    "months",
    "state",
    "hazard",
    "sorted",
    "price",
    "note",
    "year",
)


class ChangedMeanwhile(Exception):
    """Somebody changed the stream since the page or answer was read; *current* holds now."""

    def __init__(self, current: StreamVersion) -> None:
        self.current = current
        super().__init__(f"version {current.pk} holds now")


def given_of(version: StreamVersion) -> StreamGiven:
    """Return what a version says, as it would be given again."""
    content = {name: getattr(version, name) for name in _CONTENT}
    quality = {code: (low, high) for code, (low, high) in version.quality.items()}
    return StreamGiven(direction=version.stream.direction, quality=quality, **content)


@transaction.atomic
def add_stream(
    enterprise: Enterprise,
    given: StreamGiven,
    *,
    at: dt.datetime,
    by: User | None,
    origin: str = Origin.ENTERED,
) -> Stream:
    """Enter a new offer or need.

    Raises
    ------
    InputError
        Something is wrong with what was given; nothing is written.
    """
    [stream] = add_streams(enterprise, [given], at=at, by=by, origin=origin)
    return stream


@transaction.atomic
def add_streams(
    enterprise: Enterprise,
    many: Iterable[StreamGiven],
    *,
    at: dt.datetime,
    by: User | None,
    origin: str = Origin.ENTERED,
) -> list[Stream]:
    """Enter several streams, all of them or none."""
    _ask(by, enterprise)
    given = list(many)
    _check(given)
    made = []
    for one in given:
        stream = Stream.objects.create(
            enterprise=enterprise, direction=one.direction, created_at=at, created_by=by
        )
        append_version(stream, one, at=at, by=by, origin=origin)
        made.append(stream)
    if made:
        how = Origin(origin)
        _audit(enterprise, made, "add_stream", _ADDED[how], at=at, by=by, origin=str(how))
    return made


@transaction.atomic
def change_stream(
    stream: Stream,
    given: StreamGiven,
    *,
    expected: int,
    at: dt.datetime,
    by: User | None,
    origin: str = Origin.ENTERED,
) -> StreamVersion:
    """Append what is known of a stream now; *expected* is the version the change was made on.

    The direction stays what it is. Saying the same again of a stream that was entered adds
    nothing; of an estimate it confirms it.

    Raises
    ------
    ChangedMeanwhile
        Another version holds by now.
    InputError
        Something is wrong with what was given; nothing is written.
    """
    _ask(by, stream.enterprise)
    _check([given])
    Stream.objects.select_for_update().get(pk=stream.pk)
    current = stream.versions.select_related("stream", "author").get(is_current=True)
    if current.pk != expected:
        raise ChangedMeanwhile(current)
    if given_of(current) == given and current.origin == origin:
        return current
    stream.versions.filter(is_current=True).update(is_current=False)
    version = append_version(stream, given, at=at, by=by, origin=origin)
    _audit(
        stream.enterprise,
        [stream],
        "change_stream",
        _CONFIRMED if current.origin == Origin.PROFILE else _CHANGED,
        at=at,
        by=by,
        before=current.pk,
        after=version.pk,
    )
    return version


@transaction.atomic
def withdraw_stream(stream: Stream, *, at: dt.datetime, by: User) -> None:
    """Take a stream out of every search and list; nothing of it is deleted. Twice is once.

    Every yes to being named is taken back with it: who restores the stream, the facilitator
    say, does not thereby agree for the enterprise.
    """
    _ask(by, stream.enterprise)
    done = Stream.objects.filter(pk=stream.pk, withdrawn_at=None)
    if done.update(withdrawn_at=at, withdrawn_by=by):
        _take_back(stream, at=at, by=by)
        _audit(stream.enterprise, [stream], "withdraw_stream", _WITHDRAWN, at=at, by=by)
    stream.refresh_from_db(fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def restore_stream(stream: Stream, *, at: dt.datetime, by: User | None) -> None:
    """Undo a withdrawal. Twice is once."""
    _ask(by, stream.enterprise)
    done = Stream.objects.filter(pk=stream.pk, withdrawn_at__isnull=False)
    if done.update(withdrawn_at=None, withdrawn_by=None):
        _audit(stream.enterprise, [stream], "restore_stream", _RESTORED, at=at, by=by)
    stream.refresh_from_db(fields=["withdrawn_at", "withdrawn_by"])


def _take_back(stream: Stream, *, at: dt.datetime, by: User) -> None:
    said = Consent.objects.filter(stream=stream).order_by("pk")
    last = dict(said.values_list("partner_stream_id", "answer"))
    Consent.objects.bulk_create(
        Consent(
            stream=stream, partner_stream_id=partner, answer=Consent.Answer.WITHDRAWN, by=by, at=at
        )
        for partner, answer in last.items()
        if answer == Consent.Answer.YES
    )


def _ask(by: User | None, enterprise: Enterprise) -> None:
    """Refuse whoever may not keep these streams; None is the system itself."""
    if by is not None and not may_keep_streams(by, enterprise):
        raise Http404("no such enterprise for this person")


def _check(many: Iterable[StreamGiven]) -> None:
    knowledge, codes = load_knowledge(), load_codes()
    problems = [problem for one in many for _where, problem in check_stream(one, knowledge, codes)]
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise InputError(errors)


def append_version(
    stream: Stream, given: StreamGiven, *, at: dt.datetime, by: User | None, origin: str
) -> StreamVersion:
    material = load_knowledge().materials.get(given.material)
    names = (material.name.vi, material.name.en) if material else ()
    return StreamVersion.objects.create(
        stream=stream,
        search=search_text([given.name, given.code, given.material, *names], limit=700),
        quality={code: [low, high] for code, (low, high) in given.quality.items()},
        origin=origin,
        recorded_at=at,
        author=by,
        **{name: getattr(given, name) for name in _CONTENT},
    )


_ADDED = {
    Origin.ENTERED: Text("khai thêm {n} dòng vật chất", "entered {n} stream(s)"),
    Origin.IMPORTED: Text("nhập {n} dòng vật chất từ danh sách", "imported {n} stream(s)"),
    Origin.REPORTED: Text("lấy {n} dòng vật chất từ báo cáo", "took {n} stream(s) from the report"),
    Origin.PROFILE: Text(
        "lấy {n} dòng vật chất ước tính theo ngành",
        "took {n} estimated stream(s) typical of the industry",
    ),
}
_CHANGED = Text("sửa dòng vật chất số {number}", "changed stream no. {number}")
_CONFIRMED = Text(
    "xác nhận dòng ước tính số {number}", "confirmed the estimated stream no. {number}"
)
_WITHDRAWN = Text("rút dòng vật chất số {number}", "withdrew stream no. {number}")
_RESTORED = Text("khôi phục dòng vật chất số {number}", "restored stream no. {number}")


def _audit(
    enterprise: Enterprise,
    streams: list[Stream],
    action: str,
    what: Text,
    *,
    at: dt.datetime,
    by: User | None,
    **detail: object,
) -> None:
    said = what.format(n=len(streams), number=streams[0].pk)
    record_audit(
        actor=by,
        action=f"symbiosis.{action}",
        at=at,
        summary=Text(
            f"{enterprise.name_vi}: {said.vi}",
            f"{enterprise.name_en or enterprise.name_vi}: {said.en}",
        ),
        park_code=enterprise.park.code,
        object_kind="stream",
        object_code=enterprise.code,
        detail={"streams": [stream.pk for stream in streams], **detail},
    )
