"""The list of parks as an Excel file: the same rows, columns and words as on the page."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook

from sinhthai.registry.models import Park


def parks_workbook(
    parks: Iterable[Park], *, title: str, language: str, with_findings: bool
) -> bytes:
    """Return a workbook of *parks* as annotated by ``parks_listed``."""
    words = {
        "all_met": _("All met"),
        "not_met": _("Not met"),
        "undetermined": _("Undetermined"),
        "incomplete_rules": _("Rules incomplete"),
    }
    columns = [
        (_("Code"), 22),
        (_("Industrial park"), 44),
        (_("Province"), 20),
        (_("Operator"), 34),
        (_("Area (ha)"), 12),
        (_("Latitude"), 11),
        (_("Longitude"), 11),
        (_("Source of the point"), 38),
        (_("Data"), 12),
    ]
    if with_findings:
        columns += [(_("Met"), 9), (_("Not met"), 11), (_("Undetermined"), 15), (_("Verdict"), 20)]
    target = io.BytesIO()
    book = Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(_("Industrial parks"))
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    sheet.write_string(0, 0, title, bold)
    for index, (name, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(2, index, name, head)
    line = 2
    for line, park in enumerate(parks, start=3):
        row = [
            park.code,
            park.name_en if language == "en" else park.name_vi,
            park.province_shown,  # type: ignore[attr-defined]
            park.operator.name_vi if park.operator else "",
            park.area_ha,  # type: ignore[attr-defined]
            park.lat,
            park.lon,
            park.point_source,
            pgettext("data", "invented") if park.invented else "",
        ]
        if with_findings:
            verdict = park.verdict  # type: ignore[attr-defined]
            row += [
                park.met,  # type: ignore[attr-defined]
                park.not_met,  # type: ignore[attr-defined]
                park.undetermined,  # type: ignore[attr-defined]
                words.get(verdict, ""),
            ]
        sheet.write_row(line, 0, row)
    sheet.freeze_panes(3, 2)
    sheet.autofilter(2, 0, max(line, 3), len(columns) - 1)
    book.close()
    return target.getvalue()
