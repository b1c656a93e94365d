"""All values of a report as one list, in Excel or CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from sinhthai.foundation.sources import source_text
from sinhthai.foundation.tables import write_table
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.reporting.standing import Standing, standing
from sinhthai.reporting.wording import SIGNS, say_standing, say_unit
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item

_COLUMNS = (
    (Text("Đối tượng", "Subject"), 34), (Text("Mã", "Code"), 16),
    (Text("Mã chỉ tiêu", "Item code"), 30), (Text("Chỉ tiêu", "Item"), 48),
    (Text("Giá trị", "Value"), 16), (Text("Đơn vị", "Unit"), 10), (Text("Năm", "Year"), 7),
    (Text("Nguồn", "Source"), 30), (Text("Ô", "Cell"), 26), (Text("Người nhập", "Entered by"), 16),
    (Text("Thời điểm ghi", "Recorded at"), 18), (Text("Dữ liệu", "Data"), 16),
)  # fmt: skip
_INVENTED = Text("dữ liệu minh họa", "invented data")

Row = tuple[str | float | None, ...]


def values_file(
    park: Park, year: int, *, fmt: str, language: str, known_at: dt.datetime | None = None
) -> bytes:
    """Return every value that counts for *year*, one per line, as ``xlsx`` or ``csv``."""
    columns = [(heading.get(language), width) for heading, width in _COLUMNS]
    rows = _rows(park, year, language, known_at)
    return write_table(fmt, columns, rows, name=f"{park.code} {year}")


def _rows(park: Park, year: int, language: str, known_at: dt.datetime | None) -> Iterator[Row]:
    subjects = dict(Enterprise.objects.filter(park=park).values_list("code", "name_vi"))
    invented = set(
        Enterprise.objects.filter(park=park, invented=True).values_list("code", flat=True)
    )
    if park.invented:
        invented.add("")
    items = load_bundle().items
    known = standing(park, year, known_at=known_at)
    for code in sorted(known):
        mark = _INVENTED.get(language) if code in invented or park.invented else ""
        for item, found in known[code].items():
            yield _row(
                subjects.get(code, park.name_vi), code or park.code, items.get(item), item, found,
                language, mark,
            )  # fmt: skip


def _row(
    subject: str,
    code: str,
    item: Item | None,
    item_code: str,
    found: Standing,
    language: str,
    mark: str,
) -> Row:
    value: str | float = say_standing(item, found, language)
    exact = found.qualifier not in SIGNS and not isinstance(found.value, bool | str)
    if exact and found.value is not None:
        value = float(found.value)
    origin = found.origin
    return (
        subject,
        code,
        item_code,
        item.name.get(language) if item else item_code,
        value,
        say_unit(item, language) if item else "",
        origin.year,
        source_text(origin.source).get(language),
        found.cell,
        origin.author or "",
        f"{timezone.localtime(origin.recorded_at):%Y-%m-%d %H:%M}",
        mark,
    )
