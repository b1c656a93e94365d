"""Write a synthetic country into an empty store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from django.db import transaction

from sinhthai.foundation.sources import GENERATED
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park, Province
from sinhthai.reporting.models import Record
from sinhthai.rules.bundle import load_bundle
from sinhthai.site.demo import country

_CHUNK = 4_000
_T = TypeVar("_T")
# Called with what is being written and how many rows were just added.
Progress = Callable[[str, int], None]


class StoreNotEmptyError(Exception):
    """The store already holds parks: people's data, or a demonstration."""

    message = Text(
        "Kho dữ liệu đã có khu công nghiệp. Lệnh này chỉ ghi vào kho trống: "
        "hãy đặt biến môi trường SINHTHAI_HOME tới một thư mục mới rồi chạy lại.",
        "The store already holds parks. This command writes only into an empty store: "
        "set the environment variable SINHTHAI_HOME to a new folder and run it again.",
    )


def write_country(
    *,
    parks: int,
    enterprises: int,
    years: Sequence[int],
    seed: int,
    at: dt.datetime,
    progress: Progress = lambda what, count: None,
) -> None:
    """Draw a country and store it, all or nothing.

    Raises
    ------
    StoreNotEmptyError
        When the store already holds a park.
    """
    if Park.objects.exists():
        raise StoreNotEmptyError
    rng = np.random.default_rng(seed)
    provinces = {
        province.code: province
        for province in Province.objects.filter(valid_until=None).exclude(lat=None).order_by("code")
    }
    places = [
        country.Place(code, float(province.lat), float(province.lon))
        for code, province in provinces.items()
        if province.lat is not None and province.lon is not None
    ]
    drawn_parks = country.parks(rng, parks, places)
    drawn = country.enterprises(rng, enterprises, drawn_parks, max(years))
    items = list(load_bundle().items.values())
    with transaction.atomic():
        park_rows = _write_parks(drawn_parks, provinces)
        progress("parks", len(park_rows))
        firm_rows = _write_enterprises(drawn, park_rows, progress)
        for said in country.reports(rng, drawn_parks, drawn, years, items):
            _write_reports(said, park_rows, firm_rows, at, progress)


def _write_parks(
    drawn: Sequence[country.InventedPark], provinces: dict[str, Province]
) -> list[Park]:
    return Park.objects.bulk_create(
        [
            Park(
                code=park.code,
                name_vi=park.name.vi,
                name_en=park.name.en,
                search=fold(f"{park.name.vi} {park.name.en} {park.code}"),
                province=provinces[park.province],
                province_now=provinces[park.province],
                lat=park.lat,
                lon=park.lon,
                point_source=GENERATED,
                established_on=park.established_on,
                registered_as_new_eip=park.new_eip,
                invented=True,
            )
            for park in drawn
        ]
    )


def _write_enterprises(
    drawn: Sequence[country.InventedEnterprise], parks: Sequence[Park], progress: Progress
) -> list[Enterprise]:
    written: list[Enterprise] = []
    for chunk in _chunks(drawn):
        rows = Enterprise.objects.bulk_create(
            [
                Enterprise(
                    code=firm.tax_code,
                    tax_code=firm.tax_code,
                    name_vi=firm.name.vi,
                    name_en=firm.name.en,
                    search=fold(f"{firm.name.vi} {firm.tax_code}"),
                    park=parks[firm.park],
                    vsic=firm.vsic,
                    employees=firm.employees,
                    invented=True,
                )
                for firm in chunk
            ]
        )
        EnterpriseStatus.objects.bulk_create(
            EnterpriseStatus(enterprise=row, status=status, valid_from=day)
            for row, firm in zip(rows, chunk, strict=True)
            for status, day in firm.statuses
        )
        written.extend(rows)
        progress("enterprises", len(rows))
    return written


def _write_reports(
    said: Sequence[country.InventedReport],
    parks: Sequence[Park],
    firms: Sequence[Enterprise],
    at: dt.datetime,
    progress: Progress,
) -> None:
    for chunk in _chunks(said):
        Record.objects.bulk_create(
            Record(
                park=parks[report.park],
                enterprise=None if report.enterprise is None else firms[report.enterprise],
                year=report.year,
                values=report.values,
                source=GENERATED,
                recorded_at=at,
            )
            for report in chunk
        )
        progress("reports", len(chunk))


def _chunks(rows: Sequence[_T]) -> Iterable[Sequence[_T]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]
