"""What the API of symbiosis takes and gives."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Field, Schema

from sinhthai.symbiosis.engine.given import StreamGiven
from sinhthai.symbiosis.engine.streams import ALL_YEAR
from sinhthai.symbiosis.models import StreamVersion
from sinhthai.symbiosis.readers.partners import Partner


class StreamIn(Schema):
    """A stream in base units a year. What is left out is *not stated*, never zero."""

    name: str = Field(max_length=300)
    unit: Literal["t", "m**3", "MWh"]
    code: str = Field("", max_length=64, description="ewc:100102, vn:120605, material:coal-fly-ash")
    material: str = Field("", max_length=64, description="empty: found by name and code")
    quantity: float | None = None
    quantity_min: float | None = None
    quantity_max: float | None = None
    months: int = Field(ALL_YEAR, description="bit mask; bit 0 is January")
    state: str = ""
    hazard: str = Field("", description="NH, KS, TT or TT-R")
    sorted: bool | None = None
    price: float | None = Field(None, description="VND per unit; negative: the giver pays")
    quality: dict[str, tuple[float | None, float | None]] = Field(
        default_factory=dict, description="parameter -> [low, high] in its unit"
    )
    note: str = Field("", max_length=2000)
    year: int | None = Field(None, ge=2000, le=2100)

    def given(self, direction: str) -> StreamGiven:
        """Return it as the actions take it."""
        return StreamGiven(direction=direction, **self.model_dump(include=set(_CONTENT)))


class NewStreamIn(StreamIn):
    """A new stream."""

    direction: Literal["offer", "need"]


class ChangeIn(StreamIn):
    """What is known now; ``version`` is the one the change was made on."""

    version: int


_CONTENT = frozenset(StreamIn.model_fields)


class StreamOut(Schema):
    """A stream as it is known now. ``version`` is also its ETag."""

    id: int
    version: int
    direction: str
    name: str
    unit: str
    code: str
    material: str
    quantity: float | None
    quantity_min: float | None
    quantity_max: float | None
    months: int
    state: str
    hazard: str
    sorted: bool | None
    price: float | None
    quality: dict[str, tuple[float | None, float | None]]
    note: str
    year: int | None
    origin: str
    estimated: bool = Field(description="typical of the industry; nobody measured it here")
    recorded_at: dt.datetime
    withdrawn_at: dt.datetime | None

    @classmethod
    def of(cls, version: StreamVersion) -> StreamOut:
        """Return a version as the API gives it."""
        content = {name: getattr(version, name) for name in _CONTENT}
        return cls(
            id=version.stream_id,
            version=version.pk,
            direction=version.stream.direction,
            origin=version.origin,
            estimated=version.origin == StreamVersion.Origin.PROFILE,
            recorded_at=version.recorded_at,
            withdrawn_at=version.stream.withdrawn_at,
            **content,
        )


class StreamsOut(Schema):
    """A page of an enterprise's streams."""

    total: int
    page: int
    streams: list[StreamOut]


class SaidOut(Schema):
    """One thing said in Vietnamese and in English."""

    vi: str
    en: str


class LegalOut(Schema):
    """What the law says of a pair: a finding, not a decision."""

    status: str
    clause: str
    title: SaidOut
    papers: list[SaidOut]
    verified: bool


class PartnerOut(Schema):
    """A possible partner by band. ``pair`` names it for this person only."""

    pair: str
    stream: int = Field(description="the own stream")
    who: SaidOut
    distance: str | None
    coverage: str | None
    value: str | None
    co2: str | None
    offered: SaidOut
    wanted: SaidOut
    legal: LegalOut | None
    forbidden: bool
    estimated: bool
    mine: str = Field(description="what this enterprise said of being named: yes, no, withdrawn")
    theirs: str = Field(description="yes, or empty: a refusal looks like no answer")
    is_open: bool

    @classmethod
    def of(cls, one: Partner) -> PartnerOut:
        """Return a partner as the API gives it: codes of bands, nothing exact."""
        path = one.path
        return cls(
            pair=one.token,
            stream=one.own,
            who=SaidOut(vi=one.who.vi, en=one.who.en),
            distance=one.distance.code if one.distance else None,
            coverage=one.coverage.code if one.coverage else None,
            value=one.value.code if one.value else None,
            co2=one.carbon.code if one.carbon else None,
            offered=SaidOut(vi=one.offered.vi, en=one.offered.en),
            wanted=SaidOut(vi=one.wanted.vi, en=one.wanted.en),
            legal=LegalOut(
                status=path.status,
                clause=path.clause,
                title=SaidOut(vi=path.title.vi, en=path.title.en),
                papers=[SaidOut(vi=paper.vi, en=paper.en) for paper in path.papers],
                verified=path.verified,
            )
            if path
            else None,
            forbidden=one.forbidden,
            estimated=one.estimated,
            mine=one.mine,
            theirs=one.theirs,
            is_open=one.is_open,
        )


class AgreedOut(Schema):
    """A pair this enterprise agreed to; the partner is named once it agreed too."""

    pair: str
    stream: int
    is_open: bool
    name_vi: str
    name_en: str
    partner_stream: str


class PartnersOut(Schema):
    """The possible partners of an enterprise, and the pairs it agreed to."""

    within_km: float
    partners: list[PartnerOut]
    agreed: list[AgreedOut]


class AnswerIn(Schema):
    """What the enterprise says of being named to a partner."""

    answer: Literal["yes", "no", "withdrawn"]


class MaterialOut(Schema):
    """A material of the knowledge base."""

    id: str
    name: SaidOut
    unit: str
    family: str
    medium: str
    ewc: list[str]
    vn: list[str]
    hazard: str
    becomes: int
    replaced_by: int
    verified: bool
