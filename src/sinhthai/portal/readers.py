"""The national page: which parks, what is known of them, who may see which findings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from sinhthai.accounts.policy import scopes_of
from sinhthai.assessment.engine import findings
from sinhthai.foundation.text import fold
from sinhthai.registry.engine.territory import MERGER, Unit, provinces_on
from sinhthai.registry.models import Park
from sinhthai.registry.policy import Person, parks_visible
from sinhthai.registry.readers import found_by, park_province_on, province_ids_within

BORDERS = ("now", "before")
VERDICTS = (*findings.VERDICTS, "none")
SORTS = {
    "name": "search",
    "province": "province_name",
    "area": "area_ha",
    "met": "met",
    "not_met": "not_met",
    "undetermined": "undetermined",
    "verdict": "verdict",
}
_FINDINGS = ("met", "not_met", "undetermined", "not_applicable", "verdict")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked of the list: every field has a harmless default."""

    search: str = ""
    province: str = ""
    borders: str = "now"
    family: str = "vn-eip"
    verdict: str = ""
    sort: str = "name"
    descending: bool = False
    page: int = 1

    @classmethod
    def parse(cls, raw: Mapping[str, Any], families: Mapping[str, object]) -> Asked:
        """Read the query string; what is not understood falls back to the default."""
        sort = str(raw.get("sort", "name"))
        page = str(raw.get("page", "1"))
        borders = str(raw.get("borders", "now"))
        family = str(raw.get("family", "vn-eip"))
        verdict = str(raw.get("verdict", ""))
        return cls(
            search=str(raw.get("q", ""))[:100].strip(),
            province=str(raw.get("province", ""))[:2],
            borders=borders if borders in BORDERS else "now",
            family=family if family in families else "vn-eip",
            verdict=verdict if verdict in VERDICTS else "",
            sort=sort.lstrip("-") if sort.lstrip("-") in SORTS else "name",
            descending=sort.startswith("-"),
            page=int(page) if page.isdecimal() else 1,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or self.province or self.verdict)


@dataclass(frozen=True, slots=True)
class MapPark:
    """A park as a point of the map; ``found`` is whether this person sees findings of it."""

    code: str
    name_vi: str
    name_en: str
    lat: float | None
    lon: float | None
    province: str
    invented: bool
    found: bool
    verdict: str


def day_of(borders: str, today: dt.date) -> dt.date:
    """Return the day whose borders are asked for: today, or the last one with 63 provinces."""
    return today if borders == "now" else MERGER - dt.timedelta(days=1)


def provinces_of(day: dt.date) -> list[Unit]:
    """Return the provincial units of *day* in the order of the folded alphabet."""
    return sorted(provinces_on(day).values(), key=lambda unit: fold(unit.name))


def parks_listed(asked: Asked, user: Person, today: dt.date) -> QuerySet[Park]:
    """Return the parks asked for, in order, each with the findings *user* may see.

    Annotations: ``province_shown``, ``area_ha`` (current fact), and met, not_met, undetermined,
    not_applicable, verdict of the current assessment: None where there is none or it is not
    theirs to see.
    """
    parks: QuerySet[Any] = _with_place(Park.objects.all(), asked.borders)
    parks = _with_findings(parks, asked.family, user)
    parks = parks.filter(found_by(asked.search))
    if asked.province:
        within = province_ids_within(asked.province, day_of(asked.borders, today))
        parks = parks.filter(province__in=within)
    if asked.verdict == "none":
        parks = parks.filter(verdict=None)
    elif asked.verdict:
        parks = parks.filter(verdict=asked.verdict)
    order = F(SORTS[asked.sort])
    first = order.desc(nulls_last=True) if asked.descending else order.asc(nulls_last=True)
    return parks.order_by(first, "search", "pk")


def short_name(name: str) -> str:
    """Return a park's name as lists write it, where a mark beside it says what is invented.

    >>> short_name("Khu công nghiệp Sông Xanh (giả định)")
    'KCN Sông Xanh'
    """
    for mark in ("(giả định)", "(invented)"):
        name = name.removesuffix(mark).rstrip()
    return name.replace("Khu công nghiệp ", "KCN ", 1)


def with_province_shown(parks: Iterable[Park], day: dt.date) -> list[Park]:
    """Give each park ``province_shown``: its province on *day*, "" where that is not known."""
    rows = list(parks)
    for park in rows:
        unit = park_province_on(park, day)
        park.province_shown = unit.name if unit else ""  # type: ignore[attr-defined]
    return rows


def map_parks(family: str, user: Person) -> list[MapPark]:
    """Return every park as a point, in one query."""
    rows: list[tuple[Any, ...]] = list(
        _with_findings(Park.objects.all(), family, user)
        .order_by("pk")
        .values_list(
            "code", "name_vi", "name_en", "lat", "lon", "province_now__code", "invented", "verdict"
        )
    )
    return [
        MapPark(code, vi, en, lat, lon, province, invented, verdict is not None, verdict or "")
        for code, vi, en, lat, lon, province, invented, verdict in rows
    ]


def count_by_province(parks: list[MapPark]) -> dict[str, tuple[int, int]]:
    """Return for each province of today how many parks it has, and how many with findings."""
    all_parks = Counter(park.province for park in parks)
    found = Counter(park.province for park in parks if park.found)
    return {code: (count, found[code]) for code, count in all_parks.items()}


def _with_place(parks: QuerySet[Park], borders: str) -> QuerySet[Park]:
    name = "province_now__search" if borders == "now" else "province__search"
    area = Q(facts__field="area_ha", facts__is_current=True)
    return parks.select_related("province", "province_now", "operator").annotate(
        area=FilteredRelation("facts", condition=area),
        province_name=F(name),
        area_ha=F("area__number"),
    )


def _with_findings(parks: QuerySet[Park], family: str, user: Person) -> QuerySet[Any]:
    """Join the current assessment; its columns stay empty for parks *user* may not look into."""
    scopes = scopes_of(user)
    fields: dict[str, Any] = {
        name: CharField() if name == "verdict" else IntegerField() for name in _FINDINGS
    }
    if not (scopes.country or scopes.provinces or scopes.parks):
        return parks.annotate(
            **{name: Value(None, output_field=field) for name, field in fields.items()}
        )
    current = Q(assessments__family=family, assessments__is_current=True)
    parks = parks.annotate(current=FilteredRelation("assessments", condition=current))
    if scopes.country:
        return parks.annotate(**{name: F(f"current__{name}") for name in _FINDINGS})
    inside = Q(pk__in=parks_visible(user).values("pk"))
    return parks.annotate(
        **{
            name: Case(When(inside, then=F(f"current__{name}")), output_field=field)
            for name, field in fields.items()
        }
    )
