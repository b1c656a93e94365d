"""The list of parks as an Excel file: the same rows, columns and words as on the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sinhthai.foundation.tables import Cell, write_table
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
    rows = []
    for park in parks:
        row: list[Cell] = [
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
        rows.append(row)
    return write_table("xlsx", columns, rows, name=_("Industrial parks"), title=title)
