"""Rows of the register for pages, exports and the API. Nothing here writes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.engine.land import LandUse, Parcel, land_use
from sinhthai.registry.engine.search import nearest, search_words
from sinhthai.registry.engine.territory import (
    Unit,
    province_on,
    provinces_on,
    title_on,
    unit_of,
)
from sinhthai.registry.models import (
    Enterprise,
    EnterpriseStatus,
    Park,
    ParkFact,
    Plot,
    Province,
)

PARK_SORTS = {
    "name": "search",
    "province": "province_now__search",
    "area": "area_ha",
    "enterprises": "enterprise_count",
}
ENTERPRISE_SORTS = {
    "name": "search",
    "tax_code": "tax_code",
    "vsic": "vsic",
    "employees": "employees",
    "status": "status",
    "since": "status_since",
}


def unit(province: Province) -> Unit:
    """Return the dated unit of the reviewed table that *province* stands for."""
    return unit_of(province.code, province.valid_from)


def park_province_on(park: Park, day: dt.date) -> Unit | None:
    """Return the province *park* lay in on *day*; None where the older border is not known."""
    return province_on(unit(park.province), day)


@dataclass(frozen=True, slots=True)
class ProvinceParks:
    """The parks of one province in the borders of a day; ``unit`` None: province not known."""

    unit: Unit | None
    title: Text
    parks: tuple[Park, ...]


def parks_by_province(on: dt.date, parks: Iterable[Park] | None = None) -> list[ProvinceParks]:
    """Return parks grouped by the provinces of *on*, in order of code, unknown last.

    The same parks answer in old or new borders: a park entered in Long An stands under Long An
    until 30 June 2025 and under Tây Ninh since.
    """
    rows = Park.objects.select_related("province", "province_now") if parks is None else parks
    groups: dict[str, list[Park]] = {}
    for park in rows:
        found = park_province_on(park, on)
        groups.setdefault(found.code if found else "", []).append(park)
    known = provinces_on(on)
    unknown = Text("Chưa rõ tỉnh theo địa giới cũ", "Province in the old borders not known")
    return [
        ProvinceParks(
            known.get(code),
            title_on(known[code], on) if code else unknown,
            tuple(groups[code]),
        )
        for code in sorted(groups, key=lambda code: (not code, code))
    ]


def province_ids_within(code: str, on: dt.date) -> list[int]:
    """Return the rows of every unit, of any era, that lies in province *code* of *on*."""
    target = provinces_on(on).get(code)
    if target is None:
        return []
    return [
        pk
        for pk, own, valid_from in Province.objects.values_list("pk", "code", "valid_from")
        if province_on(unit_of(own, valid_from), on) == target
    ]


def found_by(words: str) -> Q:
    """Return the filter for rows whose ``search`` has a word beginning with each of *words*.

    "hiep" finds Hiệp Phước and not every khu công nghiệp.
    """
    found = Q()
    for word in search_words(words):
        found &= Q(search__startswith=word) | Q(search__contains=f" {word}")
    return found


def find_parks(
    *,
    words: str = "",
    province: str = "",
    on: dt.date,
    sort: str = "name",
    descending: bool = False,
) -> QuerySet[Park]:
    """Return parks with ``area_ha``, ``area_confidence`` (current fact), ``enterprise_count``.

    *words* are sought without diacritics in names old and new, operators and provinces; *province*
    is a code in the borders of *on*.
    """
    area = ParkFact.objects.filter(park=OuterRef("pk"), field="area_ha", is_current=True)
    counts = (
        Enterprise.objects.filter(park=OuterRef("pk"))
        .order_by()
        .values("park")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = Park.objects.select_related("province", "province_now", "operator").annotate(
        area_ha=Subquery(area.values("number")[:1]),
        area_confidence=Subquery(area.values("confidence")[:1]),
        enterprise_count=Coalesce(Subquery(counts, output_field=IntegerField()), 0),
    )
    rows = rows.filter(found_by(words))
    if province:
        rows = rows.filter(province__in=province_ids_within(province, on))
    return rows.order_by(*_ordered(PARK_SORTS.get(sort, "search"), descending), "pk")


def _ordered(column: str, descending: bool) -> list[OrderBy]:
    """Return an ordering that leaves the unknown last either way."""
    key = F(column)
    return [key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)]


@dataclass(frozen=True, slots=True)
class ParkPage:
    """What everybody may read of a park."""

    park: Park
    province_now: Text
    province_before: Text | None
    facts: tuple[ParkFact, ...]
    land: LandUse | None
    enterprises: int
    by_status: Mapping[str, int]

    @property
    def current(self) -> dict[str, ParkFact]:
        """The current fact of each field."""
        return {fact.field: fact for fact in self.facts if fact.is_current}


def read_park(park: Park, on: dt.date) -> ParkPage:
    """Return the public page of *park* as of *on*."""
    facts = ParkFact.objects.filter(park=park).order_by("field", "-is_current", "-as_of", "pk")
    parcels = [
        Parcel(use, area, leased=enterprise is not None)
        for use, area, enterprise in Plot.objects.filter(park=park).values_list(
            "use", "area_ha", "enterprise"
        )
    ]
    now = park_province_on(park, on)
    before = park_province_on(park, dt.date(2025, 6, 30))
    by_status = Counter(
        with_status(Enterprise.objects.filter(park=park), on)
        .order_by()
        .values_list("status", flat=True)
    )
    return ParkPage(
        park=park,
        province_now=title_on(now or unit(park.province_now), on),
        province_before=title_on(before, dt.date(2025, 6, 30)) if before else None,
        facts=tuple(facts),
        land=land_use(parcels) if parcels else None,
        enterprises=sum(by_status.values()),
        by_status={status or "": count for status, count in by_status.items()},
    )


def with_status(rows: QuerySet[Enterprise], on: dt.date) -> QuerySet[Any]:
    """Add ``status`` and ``status_since`` as they hold on *on* (None: none known by then)."""
    latest = EnterpriseStatus.objects.filter(
        enterprise=OuterRef("pk"), valid_from__lte=on
    ).order_by("-valid_from")
    return rows.annotate(
        status=Subquery(latest.values("status")[:1]),
        status_since=Subquery(latest.values("valid_from")[:1]),
    )


def find_enterprises(
    *,
    on: dt.date,
    park: Park | None = None,
    words: str = "",
    status: str = "",
    sector: str = "",
    sort: str = "name",
    descending: bool = False,
) -> QuerySet[Any]:
    """Return enterprises with their status on *on*; *sector* is the start of a VSIC code."""
    every = Enterprise.objects.all() if park is None else Enterprise.objects.filter(park=park)
    rows = with_status(every.filter(found_by(words)), on)
    if status:
        rows = rows.filter(status=None if status == "none" else status)
    if sector:
        rows = rows.filter(vsic__startswith=sector)
    return rows.order_by(*_ordered(ENTERPRISE_SORTS.get(sort, "search"), descending), "pk")


def find_park(code: str) -> Park | None:
    """Return a park of the public register, with its province and operator."""
    return (
        Park.objects.select_related("province", "province_now", "operator")
        .filter(code=code)
        .first()
    )


def named_park(code: str) -> Park:
    """Return the park a person named by its code; `InputError` names the nearest ones if none."""
    found = find_park(code) or find_park(code.lower())
    if found is None:
        raise InputError([_no_park(code)])
    return found


def _no_park(code: str) -> Problem:
    near = nearest(fold(code), Park.objects.values_list("code", "search"))
    message = Text(
        "Không có khu công nghiệp nào có mã «{code}».", "There is no park with the code '{code}'."
    ).format(code=code)
    if near:
        cure = Text("Có phải: {near}?", "Did you mean: {near}?").format(near=", ".join(near))
    else:
        cure = Text(
            "Tìm mã trên trang Khu công nghiệp, hoặc bằng lệnh sinhthai parks list.",
            "Find the code on the page of parks, or with sinhthai parks list.",
        )
    return Problem("no_park", message, cure)
