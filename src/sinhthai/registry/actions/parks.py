"""Changes to parks: entering one, its sourced facts, its plots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.foundation.sources import source_text
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.fact_names import fact_name
from sinhthai.registry.engine.facts import Statement, choose_current
from sinhthai.registry.engine.search import search_text
from sinhthai.registry.engine.territory import predecessors, unit_of
from sinhthai.registry.models import Enterprise, Operator, Park, ParkFact, Plot, Province
from sinhthai.registry.policy import Person


@dataclass(frozen=True, slots=True)
class FactGiven:
    """What a source says of a park; ``as_of`` as the source gives it, "" where it gives none.

    ``value_vi`` and ``note_vi`` are the Vietnamese of ``value`` and ``unit_or_note``, where they
    differ.
    """

    field: str
    value: str
    source: str
    number: float | None = None
    unit_or_note: str = ""
    as_of: str = ""
    confidence: str = "medium"
    value_vi: str = ""
    note_vi: str = ""


@transaction.atomic
def add_park(
    *,
    code: str,
    name_vi: str,
    name_en: str,
    province_now: Province,
    at: dt.datetime,
    by: Person | None = None,
    province: Province | None = None,
    operator: Operator | None = None,
    other_names: str = "",
    lat: float | None = None,
    lon: float | None = None,
    point_source: str = "",
    established_on: dt.date | None = None,
    registered_as_new_eip: bool = False,
    invented: bool = False,
) -> Park:
    """Enter a park; *province* is the unit before the merger where it is known."""
    park = Park(
        code=code,
        name_vi=name_vi,
        name_en=name_en,
        other_names=other_names,
        province=province or province_now,
        province_now=province_now,
        operator=operator,
        lat=lat,
        lon=lon,
        point_source=point_source,
        established_on=established_on,
        registered_as_new_eip=registered_as_new_eip,
        invented=invented,
    )
    refresh_park_search(park)
    park.save()
    record_audit(
        actor=by,
        action="registry.add_park",
        at=at,
        summary=Text(f"Thêm {name_vi} vào danh mục", f"Added {name_en or name_vi} to the register"),
        park_code=code,
        object_kind="park",
        object_code=code,
    )
    return park


def refresh_park_search(park: Park) -> None:
    """Set the words *park* is found by: its names, its operator, its provinces old and new."""
    words = [park.name_vi, park.name_en, park.code, park.other_names]
    if park.operator:
        words += [park.operator.name_vi, park.operator.name_en, park.operator.tax_code]
    for province in {
        park.province_id: park.province,
        park.province_now_id: park.province_now,
    }.values():
        unit = unit_of(province.code, province.valid_from)
        one_before = [older for older in predecessors(unit) if len(predecessors(unit)) == 1]
        for known in (unit, *one_before):
            words += [word for t in known.titles for word in (t.text.vi, t.text.en)]
    park.search = search_text(words, limit=1000)


@transaction.atomic
def record_facts(
    park: Park, facts: Iterable[FactGiven], *, at: dt.datetime, by: Person | None = None
) -> list[ParkFact]:
    """Keep *facts* beside those already known and choose the current one of each field.

    A fact already kept word for word (field, value, date, source) is left alone; only new ones
    are returned.
    """
    rows = keep_facts(park, facts)
    if not rows:
        return rows
    names = Text(
        ", ".join(sorted({fact_name(row.field).vi for row in rows})),
        ", ".join(sorted({fact_name(row.field).en for row in rows})),
    )
    record_audit(
        actor=by,
        action="registry.record_facts",
        at=at,
        summary=Text(
            f"Ghi nhận {len(rows)} thông tin có nguồn: {names.vi}",
            f"Recorded {len(rows)} sourced facts: {names.en}",
        ),
        park_code=park.code,
        object_kind="park",
        object_code=park.code,
    )
    return rows


def keep_facts(park: Park, facts: Iterable[FactGiven]) -> list[ParkFact]:
    """Do what :func:`record_facts` does, inside a larger change that is audited as a whole."""
    stored = list(ParkFact.objects.filter(park=park).order_by("pk"))
    seen = {(row.field, row.value, row.as_of, row.source) for row in stored}
    rows = []
    for fact in facts:
        key = (fact.field, fact.value, fact.as_of, fact.source)
        if key in seen:
            continue
        seen.add(key)
        rows.append(
            ParkFact(
                park=park,
                field=fact.field,
                value=fact.value,
                value_vi=fact.value_vi,
                number=fact.number,
                unit_or_note=fact.unit_or_note,
                note_vi=fact.note_vi,
                as_of=fact.as_of,
                source=fact.source,
                confidence=fact.confidence,
            )
        )
    ParkFact.objects.bulk_create(rows)
    _choose(stored + rows, fields={row.field for row in rows})
    return rows


def _choose(rows: list[ParkFact], *, fields: set[str]) -> None:
    """Mark the current fact of each of *fields*; the old mark goes first (one per field)."""
    for field in fields:
        of_field = [row for row in rows if row.field == field]
        index = choose_current(
            [Statement(row.as_of, row.confidence, row.is_chosen, row.pk) for row in of_field]
        )
        if index is None or of_field[index].is_current:
            continue
        ParkFact.objects.filter(park_id=of_field[index].park_id, field=field).update(
            is_current=False
        )
        ParkFact.objects.filter(pk=of_field[index].pk).update(is_current=True)
        for row in of_field:
            row.is_current = row is of_field[index]


@transaction.atomic
def set_current_fact(fact: ParkFact, *, by: Person, at: dt.datetime) -> None:
    """Let *fact* be the current one of its field, by a person's choice that newer facts respect."""
    before = ParkFact.objects.filter(park=fact.park, field=fact.field, is_current=True).first()
    ParkFact.objects.filter(park=fact.park, field=fact.field).update(
        is_current=False, is_chosen=False
    )
    ParkFact.objects.filter(pk=fact.pk).update(is_current=True, is_chosen=True)
    fact.is_current = fact.is_chosen = True
    name, source = fact_name(fact.field), source_text(fact.source)
    record_audit(
        actor=by,
        action="registry.set_current_fact",
        at=at,
        summary=Text(
            f"Chọn giá trị hiện hành của {name.vi}: {fact.said.vi} ({source.vi})",
            f"Set the current value of {name.en}: {fact.said.en} ({source.en})",
        ),
        park_code=fact.park.code,
        object_kind="park_fact",
        object_code=str(fact.pk),
        detail={"before": before.value if before else None, "after": fact.value},
    )


@transaction.atomic
def record_plot(
    park: Park,
    code: str,
    *,
    use: str,
    area_ha: Decimal,
    at: dt.datetime,
    enterprise: Enterprise | None = None,
    by: Person | None = None,
) -> Plot:
    """Enter or change a plot of *park*; one enterprise of another park is refused."""
    if enterprise is not None and enterprise.park_id != park.pk:
        raise ValueError(f"{enterprise.code} is not an enterprise of {park.code}")
    if area_ha <= 0:
        raise ValueError(f"the area of a plot is above zero, not {area_ha} ha")
    plot, created = Plot.objects.update_or_create(
        park=park,
        code=code,
        defaults={"use": Plot.Use(use), "area_ha": area_ha, "enterprise": enterprise},
    )
    record_audit(
        actor=by,
        action="registry.record_plot",
        at=at,
        summary=Text(
            f"{'Thêm' if created else 'Sửa'} lô đất {code}: {area_ha} ha",
            f"{'Added' if created else 'Changed'} the plot {code}: {area_ha} ha",
        ),
        park_code=park.code,
        object_kind="plot",
        object_code=code,
        detail={"use": use, "enterprise": enterprise.code if enterprise else None},
    )
    return plot
