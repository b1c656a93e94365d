"""The register as rows of a list: for exports, and to hold an uploaded list against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from sinhthai.foundation.numbers import format_date, format_number
from sinhthai.foundation.sources import source_text
from sinhthai.foundation.tables import rearm
from sinhthai.foundation.text import Text
from sinhthai.registry import policy, readers
from sinhthai.registry.engine.cells import Value, say_cell
from sinhthai.registry.engine.columns import ENTERPRISE_COLUMNS, PARK_COLUMNS, Column
from sinhthai.registry.engine.enterprise_list import Register, preview_enterprises
from sinhthai.registry.engine.park_list import preview_parks
from sinhthai.registry.engine.preview import Preview
from sinhthai.registry.engine.reading import read_list
from sinhthai.registry.engine.territory import MERGER, province_on, provinces_on
from sinhthai.registry.engine.writing import write_list
from sinhthai.registry.models import Enterprise, EnterpriseStatus, Park, ParkFact, RegistryImport
from sinhthai.registry.policy import Person

Record = dict[str, Value | None]
LAST_OLD_DAY = MERGER - dt.timedelta(days=1)


def park_records(parks: QuerySet[Park]) -> Iterator[Record]:
    """Yield *parks* as rows of their list, provinces as codes; two queries."""
    rows = list(parks.select_related("province", "province_now", "operator"))
    areas = {
        fact.park_id: fact
        for fact in ParkFact.objects.filter(field="area_ha", is_current=True, park__in=rows)
    }
    for park in rows:
        before = province_on(readers.unit(park.province), LAST_OLD_DAY)
        area = areas.get(park.pk)
        yield {
            "code": park.code,
            "name_vi": park.name_vi,
            "name_en": park.name_en,
            "other_names": park.other_names,
            "province": park.province_now.code,
            "province_before": before.code if before else None,
            "operator": park.operator.name_vi if park.operator else None,
            "operator_tax_code": park.operator.tax_code if park.operator else None,
            "lat": park.lat,
            "lon": park.lon,
            "point_source": park.point_source,
            "established_on": park.established_on,
            "registered_as_new_eip": park.registered_as_new_eip or None,
            "area_ha": area.number if area else None,
            "area_as_of": area.as_of if area else None,
            "area_source": area.source if area else None,
            "area_confidence": area.confidence if area else None,
            "invented": park.invented or None,
        }


def enterprise_records(enterprises: QuerySet[Enterprise]) -> Iterator[Record]:
    """Yield *enterprises* as rows of their list; statuses as known today; two queries."""
    rows = list(enterprises.select_related("park"))
    histories = _histories(rows)
    today = timezone.localdate()
    for row in rows:
        history = [entry for entry in histories.get(row.code, []) if entry[0] <= today]
        opened = [since for since, status in history if status == "operating"]
        since, status = history[-1] if history else (None, None)
        yield {
            "park": row.park.code,
            "code": row.code,
            "tax_code": row.tax_code,
            "name_vi": row.name_vi,
            "name_en": row.name_en,
            "vsic": row.vsic,
            "employees": row.employees,
            "country": row.country,
            "status": status,
            "status_since": since,
            "operating_since": opened[0] if opened else None,
            "lat": row.lat,
            "lon": row.lon,
            "invented": row.invented or None,
        }


def _histories(rows: Sequence[Enterprise]) -> dict[str, list[tuple[dt.date, str]]]:
    """Return the statuses of *rows* by code, oldest first."""
    codes = {row.pk: row.code for row in rows}
    wanted = EnterpriseStatus.objects.order_by("valid_from")
    if len(codes) <= 500:  # else one scan of the table beats a list of keys
        wanted = wanted.filter(enterprise__in=list(codes))
    found: dict[str, list[tuple[dt.date, str]]] = {}
    for pk, since, status in wanted.values_list("enterprise_id", "valid_from", "status"):
        if pk in codes:
            found.setdefault(codes[pk], []).append((since, status))
    return found


def export_parks(parks: QuerySet[Park], form: str, *, on: dt.date, language: str) -> bytes:
    """Return the list of *parks* as a file of *form*: provinces by name, sources as read."""
    now, before = provinces_on(MERGER), provinces_on(LAST_OLD_DAY)
    records = [
        record
        | {
            "province": now[str(record["province"])].name,
            "province_before": before[str(record["province_before"])].name
            if record["province_before"]
            else None,
            "point_source": _source(record["point_source"], language),
            "area_source": _source(record["area_source"], language),
        }
        for record in park_records(parks)
    ]
    return write_list(
        form,
        records,
        PARK_COLUMNS,
        title=Text("Khu công nghiệp", "Industrial parks"),
        notes=_notes(on, any(record["invented"] for record in records)),
        language=language,
    )


def export_enterprises(
    enterprises: QuerySet[Enterprise], form: str, *, on: dt.date, language: str
) -> bytes:
    """Return the list of *enterprises* as a file of *form*."""
    records = list(enterprise_records(enterprises))
    return write_list(
        form,
        records,
        ENTERPRISE_COLUMNS,
        title=Text("Doanh nghiệp", "Enterprises"),
        notes=_notes(on, any(record["invented"] for record in records)),
        language=language,
    )


def _source(stored: Value | None, language: str) -> str:
    return source_text(str(stored or "")).get(language)


def _notes(on: dt.date, invented: bool) -> list[Text]:
    notes = [
        Text(
            f"Xuất từ Sinh Thái ngày {format_date(on, 'vi')}.",
            f"Exported from Sinh Thái on {format_date(on, 'en')}.",
        ),
        Text(
            "Sửa và nhập lại được: giữ dòng tiêu đề; ô trống nghĩa là giữ nguyên.",
            "It can be edited and imported again: keep the heading line; an empty cell means "
            "“leave as it is”.",
        ),
        Text(
            "Tọa độ theo WGS 84. Điểm lấy từ OpenStreetMap: © những người đóng góp OpenStreetMap, "
            "giấy phép ODbL; xem cột nguồn tọa độ.",
            "Points are in WGS 84. Where the source of the point says OpenStreetMap: "
            "© OpenStreetMap contributors, ODbL.",
        ),
    ]
    if invented:
        notes.append(
            Text(
                "Có dữ liệu giả định để trình diễn; xem cột “Dữ liệu giả định”.",
                "Some rows are invented for the demonstration; see the column “Invented”.",
            )
        )
    return notes


def preview_park_file(file_name: str, data: bytes, *, by: Person | None, today: dt.date) -> Preview:
    """Return what a file of parks would do; *by* None is the system, which may do everything.

    Raises
    ------
    InputError
        The file cannot be read as a list of parks.
    """
    raw = read_list(file_name, data, PARK_COLUMNS, need="code")
    stored = {str(record["code"]): _given(record) for record in park_records(Park.objects.all())}
    areas: dict[str, set[tuple[object, str, str]]] = {}
    facts = ParkFact.objects.filter(field="area_ha")
    for code, number, as_of, source in facts.values_list("park__code", "number", "as_of", "source"):
        areas.setdefault(code, set()).add((number, as_of, source))
    return preview_parks(
        raw,
        stored,
        may_write=_may_write(by),
        may_add=_may_add(by),
        today=today,
        areas=areas,
    )


def preview_enterprise_file(
    file_name: str, data: bytes, *, park: Park | None, by: Person | None, today: dt.date
) -> Preview:
    """Return what a file of enterprises would do; *park* is where lines without one belong."""
    raw = read_list(file_name, data, ENTERPRISE_COLUMNS, need="name_vi")
    own = Enterprise.objects.all() if park is None else Enterprise.objects.filter(park=park)
    own = own.order_by("pk")
    codes = dict(Enterprise.objects.order_by().values_list("code", "tax_code"))
    register = Register(
        enterprises={str(record["code"]): _given(record) for record in enterprise_records(own)},
        histories=_histories(list(own.only("pk", "code"))),
        tax_codes={tax_code: code for code, tax_code in codes.items() if tax_code},
        codes=frozenset(codes),
        parks=tuple(Park.objects.order_by("code").values_list("code", flat=True)),
    )
    return preview_enterprises(
        raw,
        register,
        park=park.code if park else "",
        may_write=_may_write(by),
        today=today,
    )


def preview_import(kept: RegistryImport, *, by: Person, today: dt.date) -> Preview:
    """Return what a kept upload would do to the register as it is now."""
    data = bytes(kept.content)
    if kept.kind == RegistryImport.Kind.PARKS:
        return preview_park_file(kept.file_name, data, by=by, today=today)
    return preview_enterprise_file(kept.file_name, data, park=kept.park, by=by, today=today)


def _given(record: Record) -> dict[str, Value]:
    return {key: value for key, value in record.items() if value is not None and value != ""}


def _may_write(by: Person | None) -> Callable[[str], bool]:
    if by is None:
        return lambda code: True
    writable = frozenset(policy.parks_writable(by).values_list("code", flat=True))
    return writable.__contains__


def _may_add(by: Person | None) -> Callable[[str], bool]:
    if by is None:
        return lambda province: True
    return lambda province: policy.may_add_park(by, province)


def say_value(value: Value | None, column: Column, language: str) -> str:
    """Return a value of a list as a person reads it: provinces by name, numbers in their style."""
    if value is None or value == "":
        return "—"
    if column.key in {"province", "province_before"}:
        day = MERGER if column.key == "province" else LAST_OLD_DAY
        return provinces_on(day)[str(value)].name
    if column.key.endswith("_source"):
        return _source(value, language)
    if isinstance(value, dt.date):
        return format_date(value, language)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value, language, 6 if column.key in {"lat", "lon"} else None)
    return rearm(say_cell(value, column, language))
