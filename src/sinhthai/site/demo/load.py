"""Put the demonstration country into an empty store: real parks first, then invented ones."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from importlib.resources import files

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import AuditEntry
from sinhthai.foundation.sources import DEMONSTRATION
from sinhthai.foundation.text import Text
from sinhthai.registry.actions import FactGiven, add_park, load_territory, record_facts
from sinhthai.registry.actions.enterprises import refresh_enterprise_search
from sinhthai.registry.engine.territory import MERGER
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Operator, Park, Province
from sinhthai.reporting.models import Record
from sinhthai.rules.bundle import load_bundle
from sinhthai.site.demo import invented
from sinhthai.site.demo.generate import StoreNotEmptyError

LOADED = "site.load_demo"  # the audit entry that says the demonstration stands in this store
Step = Callable[[Text], None]

# Facts about the one who builds and runs a park: the seed parks with a named developer.
_OPERATORS = {
    "amata-bien-hoa": ("amata-viet-nam", "Amata (Việt Nam)", "Amata (Viet Nam)"),
    "tra-noc-2": ("cipco", "CIPCO Cần Thơ", "CIPCO, Can Tho Industrial Park Infrastructure"),
    "nam-cau-kien": ("shinec", "Shinec", "Shinec"),
    "dinh-vu-deep-c": ("deep-c", "DEEP C Hải Phòng", "DEEP C Hai Phong"),
}
# The only seed park whose decision is dated to the day by a source.
_ESTABLISHED = {"tra-noc-1": dt.date(1995, 12, 13)}


def is_loaded() -> bool:
    """Say whether the demonstration was loaded into this store before."""
    return AuditEntry.objects.filter(action=LOADED).exists()


def load_country(at: dt.datetime, step: Step = lambda what: None) -> None:
    """Load territory, the seed parks with what is published of them, and the invented parks.

    All or nothing; a second call changes nothing.

    Raises
    ------
    StoreNotEmptyError
        When the store holds parks that are not of the demonstration.
    """
    if is_loaded():
        return
    if Park.objects.exists():
        raise StoreNotEmptyError
    with transaction.atomic():
        step(Text("Địa giới hành chính", "Territory"))
        load_territory(at)
        step(Text("Khu công nghiệp có thật", "Real parks"))
        _load_seed_parks(at)
        _load_published_records(at)
        for index, design in enumerate(invented.DESIGNS):
            step(design.name)
            _load_design(design, index, at)
        record_audit(
            actor=None,
            action=LOADED,
            at=at,
            summary=Text(
                "Nạp dữ liệu trình diễn: 11 khu công nghiệp có thật với số liệu đã công bố, "
                f"{len(invented.DESIGNS)} khu giả định.",
                "Loaded the demonstration: 11 real parks with published figures, "
                f"{len(invented.DESIGNS)} invented ones.",
            ),
        )


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the demonstration."""
    path = files("sinhthai.site.demo") / "data" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _province(code: str) -> Province:
    return Province.objects.get(code=code, valid_until=None)


def _province_before(name: str) -> Province:
    return Province.objects.get(name=name, valid_until=MERGER)


def _load_seed_parks(at: dt.datetime) -> None:
    facts: dict[str, list[FactGiven]] = {}
    for row in rows_of("seed_park_facts.csv"):
        facts.setdefault(row["park_id"], []).append(
            FactGiven(
                field=row["field"],
                value=row["value"],
                value_vi=row["value_vi"],
                number=_number(row["value"]),
                unit_or_note=row["unit_or_note"],
                note_vi=row["note_vi"],
                as_of=row["as_of"],
                source=row["source"],
                confidence=row["confidence"],
            )
        )
    for row in rows_of("seed_parks.csv"):
        code = row["park_id"]
        park = add_park(
            code=code,
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            province=_province_before(row["province_before_2025"]),
            province_now=_province(row["province_code_now"]),
            operator=_operator(code),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            point_source=_point_source(row["coordinate_source"]),
            established_on=_ESTABLISHED.get(code),
            other_names=next((f.value for f in facts[code] if f.field == "former_name"), ""),
            at=at,
        )
        record_facts(park, facts[code], at=at)


def _point_source(source: str) -> str:
    return f"© OpenStreetMap contributors, {source}" if "OpenStreetMap" in source else source


def _operator(park_code: str) -> Operator | None:
    if park_code not in _OPERATORS:
        return None
    code, name_vi, name_en = _OPERATORS[park_code]
    return Operator.objects.get_or_create(
        code=code, defaults={"name_vi": name_vi, "name_en": name_en}
    )[0]


def _load_published_records(at: dt.datetime) -> None:
    """Turn published figures into records where the step is written down in the table."""
    parks = {park.code: park for park in Park.objects.all()}
    kinds = {code: item.kind for code, item in load_bundle().items.items()}
    Record.objects.bulk_create(
        Record(
            park=parks[row["park_id"]],
            year=int(row["year"]),
            values={row["item"]: _value(row["value"], kinds[row["item"]])},
            qualifiers={row["item"]: row["qualifier"]} if row["qualifier"] else {},
            source=f"{row['source']} ({row['reading']})"[:300],
            as_of=row["as_of"],
            confidence=row["confidence"],
            recorded_at=at,
        )
        for row in rows_of("published_records.csv")
    )


def _value(text: str, kind: str) -> bool | int | float:
    if kind == "boolean":
        return text == "true"
    return int(text) if kind == "integer" else float(text)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _load_design(design: invented.Design, index: int, at: dt.datetime) -> None:
    items = list(load_bundle().items.values())
    operator = Operator.objects.create(
        code=f"{design.code}-ha-tang",
        name_vi=design.operator.vi,
        name_en=design.operator.en,
        invented=True,
    )
    park = add_park(
        code=design.code,
        name_vi=design.name.vi,
        name_en=design.name.en,
        province=_province_before(design.province_before),
        province_now=_province(design.province),
        operator=operator,
        lat=design.lat,
        lon=design.lon,
        point_source=DEMONSTRATION,
        established_on=design.established_on,
        registered_as_new_eip=design.new_eip,
        invented=True,
        at=at,
    )
    record_facts(
        park,
        [
            FactGiven(
                field="area_ha",
                value=f"{design.land.plan}",
                number=design.land.plan,
                unit_or_note="ha",
                as_of="2025",
                source=DEMONSTRATION,
                confidence="high",
            )
        ],
        at=at,
    )
    enterprises = _load_firms(design, index, park)
    absences = invented.park_absences(design, items)
    records = []
    for year in invented.YEARS:
        if year < design.established_on.year:
            continue
        said = min(dt.datetime(year + 1, 1, 20, 9, 0, tzinfo=at.tzinfo), at)
        shared = {"park": park, "year": year, "source": DEMONSTRATION, "recorded_at": said}
        values = invented.park_values(design, index, items, year)
        records.append(Record(values=values, absences=absences, **shared))
        answers = invented.firm_values(design, index, items, year)
        records += [
            Record(enterprise=enterprise, values=row, **shared)
            for enterprise, row in zip(enterprises, answers, strict=True)
            if row
        ]
    Record.objects.bulk_create(records, batch_size=2000)


def _load_firms(design: invented.Design, index: int, park: Park) -> list[Enterprise]:
    drawn = invented.firms(design, index)
    rows = []
    for firm in drawn:
        row = Enterprise(
            code=firm.tax_code,
            tax_code=firm.tax_code,
            name_vi=firm.name.vi,
            name_en=firm.name.en,
            park=park,
            vsic=firm.vsic,
            employees=firm.employees,
            country=firm.country,
            invented=True,
        )
        refresh_enterprise_search(row)
        rows.append(row)
    Enterprise.objects.bulk_create(rows)
    EnterpriseStatus.objects.bulk_create(
        EnterpriseStatus(enterprise=row, status=status, valid_from=day)
        for row, firm in zip(rows, drawn, strict=True)
        for status, day in firm.statuses
    )
    return rows
