"""The reported values a finding rests on, each with where it came from (H4)."""

from __future__ import annotations

import datetime as dt

from sinhthai.assessment.documents.report import Input
from sinhthai.assessment.documents.saying import say_reported
from sinhthai.foundation.sources import source_text
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.engine.workbook.earlier import asked_again, earlier_years
from sinhthai.reporting.standing import Standing, known_records, read_records_of
from sinhthai.rules.model import Bundle


def inputs_of(
    bundle: Bundle,
    park: Park,
    year: int,
    known_at: dt.datetime | None,
    *,
    of_park: bool = True,
    enterprise: Enterprise | None = None,
) -> dict[str, dict[str, Input]]:
    """Return what stood in *year*, by enterprise ("" the park itself) and item, with its origin.

    A state reported in an earlier year still stands; a flow does not, but what must hold several
    years running is given for each of them (``code@year``).
    """
    earlier = earlier_years(bundle, year)
    records = known_records(park, known_at).filter(year__lte=year, quarter=None)
    if enterprise is not None:
        records = records.filter(enterprise=enterprise)
    else:
        records = records.filter(enterprise__isnull=of_park)
    records = records.order_by("year", "id")
    found: dict[str, dict[str, Input]] = {}
    for whose, said in read_records_of(records):
        for code, standing in said.items():
            item = bundle.items.get(code)
            if item is None:
                continue
            if item.nature == "flow" and standing.origin.year != year:
                if standing.origin.year not in earlier.get(code, ()):
                    continue
                item = asked_again(item, standing.origin.year, year)
            words = say_reported(item, standing.value, standing.qualifier, standing.absence)
            found.setdefault(whose, {})[item.code] = Input(
                item.code,
                item.name,
                item.unit,
                words,
                standing.value,
                _source(standing),
                standing.origin.recorded_at.date(),
                standing.origin.author or "",
            )
    return found


def _source(standing: Standing) -> Text:
    """Say where a value came from: the source's own words, the year, the cell."""
    origin = standing.origin
    source = source_text(origin.source)
    cell = [standing.cell] if standing.cell else []
    dated = [f"({origin.as_of})"] if origin.as_of else []
    return Text(
        " · ".join(filter(None, [source.vi, f"số liệu năm {origin.year}", *cell, *dated])),
        " · ".join(filter(None, [source.en, f"data of {origin.year}", *cell, *dated])),
    )
