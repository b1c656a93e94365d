"""Streams and partners as JSON: the same reads and acts as the pages. A stranger gets 404."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.errors import HttpError

from sinhthai.registry.models import Enterprise
from sinhthai.reporting.views.answers import person
from sinhthai.symbiosis import policy
from sinhthai.symbiosis.actions import consent
from sinhthai.symbiosis.actions import streams as actions
from sinhthai.symbiosis.models import Stream, StreamVersion
from sinhthai.symbiosis.readers import enterprise as readers
from sinhthai.symbiosis.readers import knowledge, partners
from sinhthai.symbiosis.schemas import (
    AgreedOut,
    AnswerIn,
    ChangeIn,
    MaterialOut,
    NewStreamIn,
    PartnerOut,
    PartnersOut,
    SaidOut,
    StreamOut,
    StreamsOut,
)

router = Router(tags=["symbiosis"])
PER_PAGE = 200
PageNumber = Query(1, ge=1, le=100_000)


@router.get("/enterprises/{code}/streams", response=StreamsOut, operation_id="list_streams")
def streams(
    request: HttpRequest, code: str, withdrawn: bool = False, page: int = PageNumber
) -> StreamsOut:
    """List the streams of an enterprise, 200 a page; a facilitator's look is logged."""
    enterprise = policy.enterprise_with_streams(request.user, code)
    found = readers.find_streams(enterprise, readers.StreamFilter(withdrawn=withdrawn))
    listed = Paginator(found, PER_PAGE).get_page(page)
    rows = list(listed)
    _look(request, enterprise, [row.stream_id for row in rows])
    return StreamsOut(
        total=listed.paginator.count, page=listed.number, streams=[StreamOut.of(r) for r in rows]
    )


@router.post("/enterprises/{code}/streams", response={201: StreamOut}, operation_id="add_stream")
def add(request: HttpRequest, code: str, body: NewStreamIn) -> Status[StreamOut]:
    """Enter a stream."""
    enterprise = policy.enterprise_with_streams(request.user, code, write=True)
    given = knowledge.settle(body.given(body.direction))
    made = actions.add_stream(enterprise, given, at=timezone.now(), by=person(request))
    return Status(201, StreamOut.of(_current(made)))


@router.get("/enterprises/{code}/streams/{int:pk}", response=StreamOut, operation_id="read_stream")
def stream(request: HttpRequest, response: HttpResponse, code: str, pk: int) -> StreamOut:
    """Read one stream; its version is also the ETag."""
    found = _stream(request, code, pk)
    _look(request, found.enterprise, [found.pk])
    version = _current(found)
    response.headers["ETag"] = f'"{version.pk}"'
    return StreamOut.of(version)


@router.put(
    "/enterprises/{code}/streams/{int:pk}", response=StreamOut, operation_id="change_stream"
)
def change(request: HttpRequest, code: str, pk: int, body: ChangeIn) -> StreamOut:
    """Append what is known now; 409 when somebody changed it since ``version``."""
    found = _stream(request, code, pk, write=True)
    match = request.headers.get("If-Match", "").strip('W/" ')
    if match not in ("", "*", str(body.version)):
        raise HttpError(409, "If-Match and version disagree")
    try:
        version = actions.change_stream(
            found,
            knowledge.settle(body.given(found.direction)),
            expected=body.version,
            at=timezone.now(),
            by=person(request),
        )
    except actions.ChangedMeanwhile as conflict:
        raise HttpError(
            409, f"Changed meanwhile: version {conflict.current.pk} holds now"
        ) from conflict
    version.stream = found
    return StreamOut.of(version)


@router.post(
    "/enterprises/{code}/streams/{int:pk}/withdraw",
    response=StreamOut,
    operation_id="withdraw_stream",
)
def withdraw(request: HttpRequest, code: str, pk: int) -> StreamOut:
    """Take a stream out of every search and list."""
    found = _stream(request, code, pk, write=True)
    _look(request, found.enterprise, [found.pk])  # the answer says what the stream is
    actions.withdraw_stream(found, at=timezone.now(), by=person(request))
    return StreamOut.of(_current(found))


@router.post(
    "/enterprises/{code}/streams/{int:pk}/restore",
    response=StreamOut,
    operation_id="restore_stream",
)
def restore(request: HttpRequest, code: str, pk: int) -> StreamOut:
    """Undo a withdrawal."""
    found = _stream(request, code, pk, write=True)
    _look(request, found.enterprise, [found.pk])
    actions.restore_stream(found, at=timezone.now(), by=person(request))
    return StreamOut.of(_current(found))


@router.get("/enterprises/{code}/partners", response=PartnersOut, operation_id="list_partners")
def possible(request: HttpRequest, code: str) -> PartnersOut:
    """List possible partners by band; a partner is named once both agreed."""
    enterprise = policy.enterprise_own(request.user, code)
    now = timezone.now()
    viewer = person(request)
    found = partners.find_partners(enterprise, viewer, at=now, day=timezone.localdate(now))
    opened = [pair for pair in found.agreed if pair.is_open]
    policy.log_looks(viewer, [pair.partner for pair in opened], "partner", "api", now)
    return PartnersOut(
        within_km=partners.WITHIN_KM,
        partners=[PartnerOut.of(one) for one in found.partners],
        agreed=[
            AgreedOut(
                pair=pair.token,
                stream=pair.own,
                is_open=pair.is_open,
                name_vi=pair.name_vi,
                name_en=pair.name_en,
                partner_stream=pair.stream,
            )
            for pair in found.agreed
        ],
    )


@router.post(
    "/enterprises/{code}/partners/{pair}/consent",
    response={204: None},
    operation_id="answer_partner",
)
def answer(request: HttpRequest, code: str, pair: str, body: AnswerIn) -> Status[None]:
    """Agree to be named to a partner, decline, or take it back."""
    enterprise = policy.enterprise_own(request.user, code, write=True)
    now = timezone.now()
    found = partners.pair_of(enterprise, person(request), pair, at=now)
    if found is None:
        raise HttpError(404, "Not found")
    both = Stream.objects.select_related("enterprise__park").in_bulk(found)
    consent.answer_partner(both[found[0]], both[found[1]], body.answer, by=person(request), at=now)
    return Status(204, None)


@router.get("/symbiosis/materials", response=list[MaterialOut], operation_id="list_materials")
def materials(request: HttpRequest, q: str = "", family: str = "") -> list[MaterialOut]:
    """List the materials of the knowledge base; open to everybody."""
    uses = knowledge.count_uses()
    return [
        MaterialOut(
            id=one.id,
            name=SaidOut(vi=one.name.vi, en=one.name.en),
            unit=one.unit,
            family=one.family,
            medium=one.medium,
            ewc=list(one.ewc),
            vn=list(one.vn),
            hazard=one.hazard,
            becomes=uses[one.id][0],
            replaced_by=uses[one.id][1],
            verified=one.verified,
        )
        for one in knowledge.find_materials(q[:100], family=family)
    ]


def _stream(request: HttpRequest, code: str, pk: int, *, write: bool = False) -> Stream:
    found = policy.stream_for(request.user, pk, write=write)
    if found.enterprise.code != code:
        raise HttpError(404, "Not found")
    return found


def _current(found: Stream) -> StreamVersion:
    version = found.versions.get(is_current=True)
    version.stream = found
    return version


def _look(request: HttpRequest, enterprise: Enterprise, rows: list[int]) -> None:
    if policy.standing_with(request.user, enterprise) == "facilitator":
        policy.log_looks(person(request), rows, "facilitator", "api", timezone.now())
