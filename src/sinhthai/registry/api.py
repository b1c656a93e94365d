"""The register as JSON: parks and territory for everybody, enterprises for those inside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from sinhthai.foundation.text import Text
from sinhthai.registry import policy, readers
from sinhthai.registry.engine.territory import province_on, provinces_on, title_on
from sinhthai.registry.list_readers import enterprise_records
from sinhthai.registry.models import Enterprise

router = Router(tags=["registry"])
_PER_PAGE = 50
PageNumber = Query(1, ge=1, le=100_000)


class Words(Schema):
    """One thing said in Vietnamese and in English."""

    vi: str
    en: str


class ProvinceOut(Schema):
    """A province or city as it was on the day asked; ``code`` is unique on that day only."""

    code: str
    name: str
    title: Words
    lat: float
    lon: float
    valid_from: dt.date
    valid_until: dt.date | None = Field(description="the first day it no longer exists")
    now: str = Field(description="code of the province of today that it belongs to")


class TerritoryOut(Schema):
    """The provinces of a day."""

    on: dt.date
    provinces: list[ProvinceOut]


class ParkOut(Schema):
    """A park of the public register. ``province_on`` is null where the older border is unknown."""

    code: str
    name_vi: str
    name_en: str
    other_names: str
    province: str = Field(description="code of the province of today")
    province_on: str | None = Field(description="code of the province on the day asked")
    operator: str | None
    lat: float | None
    lon: float | None
    point_source: str
    established_on: dt.date | None
    registered_as_new_eip: bool
    area_ha: float | None
    enterprises: int = Field(description="listed in the register; 0 says none was entered")
    invented: bool


class ParksOut(Schema):
    """A page of the list of parks."""

    on: dt.date
    total: int
    page: int
    parks: list[ParkOut]


class FactOut(Schema):
    """What one source says; one of each field is current."""

    field: str
    value: str
    value_vi: str = Field(description="the value in Vietnamese; empty: as in ``value``")
    number: float | None
    unit_or_note: str
    note_vi: str = Field(description="the note in Vietnamese; empty: as in ``unit_or_note``")
    as_of: str
    source: str
    confidence: str
    is_current: bool


class LandOut(Schema):
    """Land use from the plots entered [ha]; occupancy as in Art 2.22 of Decree 35/2022."""

    by_use_ha: dict[str, float]
    total_ha: float
    shared_ha: float
    occupancy: float | None


class ParkDetailOut(ParkOut):
    """A park with everything that is public of it."""

    facts: list[FactOut]
    land: LandOut | None
    enterprises_by_status: dict[str, int]


class EnterpriseOut(Schema):
    """An enterprise with its status of today."""

    code: str
    park: str
    tax_code: str | None
    name_vi: str
    name_en: str
    vsic: str
    employees: int | None
    country: str
    status: str | None
    status_since: dt.date | None
    operating_since: dt.date | None
    lat: float | None
    lon: float | None
    invented: bool


class EnterprisesOut(Schema):
    """A page of the enterprises of a park."""

    park: str
    total: int
    page: int
    enterprises: list[EnterpriseOut]


@router.get("/territory", response=TerritoryOut, summary="Provinces on a day")
def territory(request: HttpRequest, on: dt.date | None = None) -> dict[str, Any]:
    """Return the 63 provinces until 30 June 2025, the 34 since; none before 1 August 2008."""
    day = on or timezone.localdate()
    rows = []
    for unit in provinces_on(day).values():
        now = province_on(unit, timezone.localdate())
        rows.append(
            {
                "code": unit.code,
                "name": unit.name,
                "title": _words(title_on(unit, day)),
                "lat": unit.lat,
                "lon": unit.lon,
                "valid_from": unit.valid_from,
                "valid_until": unit.valid_until,
                "now": now.code if now else unit.code,
            }
        )
    return {"on": day, "provinces": rows}


@router.get("/parks", response=ParksOut, summary="Parks")
def parks(
    request: HttpRequest,
    q: str = "",
    province: str = "",
    on: dt.date | None = None,
    page: int = PageNumber,
) -> dict[str, Any]:
    """Return 50 parks a page; *q* needs no diacritics; *province* is a code on the day *on*."""
    day = on or timezone.localdate()
    rows = readers.find_parks(words=q[:100], province=province, on=day)
    first = (page - 1) * _PER_PAGE
    return {
        "on": day,
        "total": rows.count(),
        "page": page,
        "parks": [_park(row, day) for row in rows[first : first + _PER_PAGE]],
    }


@router.get("/parks/{code}", response=ParkDetailOut, summary="A park")
def park(request: HttpRequest, code: str, on: dt.date | None = None) -> dict[str, Any]:
    """Return a park with its sourced facts, land use, and how many enterprises it has."""
    day = on or timezone.localdate()
    found = readers.find_parks(on=day).filter(code=code).first()
    if found is None:
        raise Http404
    public = readers.read_park(found, day)
    land = public.land
    return _park(found, day) | {
        "facts": public.facts,
        "land": land
        and {
            "by_use_ha": {use: float(area) for use, area in land.by_use.items()},
            "total_ha": float(land.total_ha),
            "shared_ha": float(land.shared_ha),
            "occupancy": None if land.occupancy is None else float(land.occupancy),
        },
        "enterprises_by_status": {
            status or "unknown": count for status, count in public.by_status.items()
        },
    }


@router.get("/parks/{code}/enterprises", response=EnterprisesOut, summary="Enterprises of a park")
def enterprises(
    request: HttpRequest, code: str, q: str = "", status: str = "", page: int = PageNumber
) -> dict[str, Any]:
    """Return 50 enterprises a page, to those inside the park; 404 to everybody else."""
    found = policy.park_for(request.user, code)
    rows = readers.find_enterprises(
        on=timezone.localdate(), park=found, words=q[:100], status=status
    )
    first = (page - 1) * _PER_PAGE
    chosen = Enterprise.objects.filter(
        pk__in=list(rows.values_list("pk", flat=True)[first : first + _PER_PAGE])
    ).order_by("search", "pk")
    return {
        "park": code,
        "total": rows.count(),
        "page": page,
        "enterprises": [_filled(record) for record in enterprise_records(chosen)],
    }


@router.get("/enterprises/{code}", response=EnterpriseOut, summary="An enterprise")
def enterprise(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return an enterprise to those inside its park and to its own people."""
    found = policy.enterprise_for(request.user, code)
    return _filled(next(enterprise_records(Enterprise.objects.filter(pk=found.pk))))


def _park(row: Any, day: dt.date) -> dict[str, Any]:
    unit = readers.park_province_on(row, day)
    return {
        "code": row.code,
        "name_vi": row.name_vi,
        "name_en": row.name_en,
        "other_names": row.other_names,
        "province": row.province_now.code,
        "province_on": unit.code if unit else None,
        "operator": row.operator.name_vi if row.operator else None,
        "lat": row.lat,
        "lon": row.lon,
        "point_source": row.point_source,
        "established_on": row.established_on,
        "registered_as_new_eip": row.registered_as_new_eip,
        "area_ha": row.area_ha,
        "enterprises": row.enterprise_count,
        "invented": row.invented,
    }


def _filled(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"invented": bool(record["invented"])}


def _words(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
