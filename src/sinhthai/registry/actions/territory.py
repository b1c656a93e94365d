"""Load the provincial units of the reviewed file into the store."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sinhthai.accounts.actions import record_audit
from sinhthai.foundation.text import Text
from sinhthai.registry.engine.search import search_text
from sinhthai.registry.engine.territory import Unit, units
from sinhthai.registry.models import Province, ProvinceTitle


@transaction.atomic
def load_territory(at: dt.datetime) -> int:
    """Bring the provinces of both eras and their titles into line with the file.

    Returns the number of units and titles written; a second run writes nothing. Units are never
    removed: parks point at them.
    """
    known = {(row.code, row.valid_from): row for row in Province.objects.all()}
    written = 0
    # Newest era first, so that a successor exists before its predecessor names it.
    for unit in sorted(units(), key=lambda unit: unit.valid_from, reverse=True):
        wanted = _columns(unit, known)
        row = known.get((unit.code, unit.valid_from))
        if row is None:
            row = Province(code=unit.code, valid_from=unit.valid_from)
        elif all(getattr(row, name) == value for name, value in wanted.items()):
            continue
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()
        known[unit.code, unit.valid_from] = row
        written += 1
    written += _load_titles(known)
    if written:
        record_audit(
            actor=None,
            action="registry.load_territory",
            at=at,
            summary=Text(
                f"Nạp danh mục tỉnh, thành phố: {written} dòng",
                f"Loaded the list of provinces: {written} rows",
            ),
        )
    return written


def _columns(unit: Unit, known: dict[tuple[str, dt.date], Province]) -> dict[str, object]:
    words = [unit.name, *(word for t in unit.titles for word in (t.text.vi, t.text.en))]
    successor = known[unit.successor, unit.valid_until] if unit.valid_until else None
    return {
        "valid_until": unit.valid_until,
        "successor_id": successor.pk if successor else None,
        "name": unit.name,
        "search": search_text(words, limit=200),
        "lat": unit.lat,
        "lon": unit.lon,
    }


def _load_titles(known: dict[tuple[str, dt.date], Province]) -> int:
    stored = {(title.province_id, title.valid_from): title for title in ProvinceTitle.objects.all()}
    written = 0
    for unit in units():
        province = known[unit.code, unit.valid_from]
        for title in unit.titles:
            row = stored.get((province.pk, title.valid_from))
            if row and (row.title_vi, row.title_en) == (title.text.vi, title.text.en):
                continue
            row = row or ProvinceTitle(province=province, valid_from=title.valid_from)
            row.title_vi, row.title_en = title.text.vi, title.text.en
            row.save()
            written += 1
    return written
