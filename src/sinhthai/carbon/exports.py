"""Inventories as files: a workbook that computes itself again, a paper, the list of a park."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sinhthai import __version__
from sinhthai.carbon import wording
from sinhthai.carbon.documents.report import Study, study
from sinhthai.carbon.readers.inventory import Shown
from sinhthai.carbon.readers.park import Member
from sinhthai.factors.loading import load_factors
from sinhthai.foundation.tables import MEDIA_TYPES, Cell, write_table
from sinhthai.foundation.text import Text

XLSX = MEDIA_TYPES["xlsx"]
_COLUMNS: tuple[tuple[Text, int], ...] = (
    (Text("Đơn vị", "Facility"), 18),
    (Text("Năm", "Year"), 8),
    (Text("Trạng thái", "State"), 16),
    (Text("Phạm vi", "Scope"), 9),
    (Text("Loại nguồn", "Kind of source"), 24),
    (Text("Nhiên liệu, chất", "What"), 28),
    (Text("Lượng", "Quantity"), 14),
    (Text("Đơn vị tính", "Unit"), 10),
    (Text("Khí", "Gas"), 10),
    (Text("Khối lượng khí (t)", "Mass of the gas (t)"), 18),
    (Text("t CO2e", "t CO2e"), 14),
    (Text("Cận dưới 95 %", "95 % low"), 14),
    (Text("Cận trên 95 %", "95 % high"), 14),
    (Text("Ngoài tổng vì", "Outside the total as"), 22),
    (Text("Công thức", "Formula"), 50),
    (Text("Hệ số", "Factors"), 40),
    (Text("Lưu ý", "Flags"), 40),
    (Text("GWP", "GWP"), 8),
    (Text("Minh chứng, ghi chú", "Evidence, notes"), 40),
)
_BIOGENIC = Text("CO2 sinh học", "biogenic CO2")
_OUTSIDE = Text("Nghị định thư Montreal", "Montreal Protocol")
_NOT_COMPUTED = Text("chưa tính được", "not computed")
_INVENTED = Text("dữ liệu giả định", "invented data")


def inventory_file(shown: Shown, language: str) -> bytes:
    """Return one inventory as a workbook in which Excel computes every figure again.

    A draft with a line that cannot be computed comes as a plain list, with the reasons.
    """
    if not shown.refused:
        from sinhthai.carbon.documents.as_xlsx import as_xlsx

        return as_xlsx(_study(shown, language), language)
    columns = [(name.get(language), width) for name, width in _COLUMNS]
    return write_table("xlsx", columns, _lines(shown, language), name=f"{shown.year}")


def inventory_paper(shown: Shown, language: str) -> bytes:
    """Return one inventory on A4; not of a draft with a line that cannot be computed."""
    from sinhthai.carbon.documents.as_pdf import as_pdf

    return as_pdf(_study(shown, language), language)


def _study(shown: Shown, language: str) -> Study:
    """Return the inventory with the factors it was computed with, whatever the tables say now."""
    pinned = shown.pinned
    kept = [factor for factor in pinned.factors.values() if factor.table != "plant"]
    tables = replace(load_factors(), factors=kept, hash=pinned.inventory.factors_hash)
    name = shown.subject.name.get(language)
    locked = shown.locked
    return study(
        [replace(activity, subject=name) for activity in pinned.activities],
        tables,
        shown.settings,
        engine=locked.engine_version if locked else __version__,
        file=_VERSION.format(v=locked.version).get(language) if locked else _DRAFT.get(language),
        sha256=shown.digest,
    )


_VERSION, _DRAFT = Text("phiên bản {v}", "version {v}"), Text("dự thảo", "draft")


def _lines(shown: Shown, language: str) -> Iterable[Sequence[Cell]]:
    state = _DRAFT.get(language)
    for source in shown.sources:
        activity = source.activity
        note = "; ".join(
            part
            for part in (activity.note, _INVENTED.get(language) if shown.subject.invented else "")
            if part
        )
        start: list[Cell] = [
            shown.subject.code,
            shown.year,
            state,
            activity.scope,
            wording.kind_name(activity.kind).get(language),
            wording.what_name(activity.what).get(language),
            activity.quantity,
            wording.unit_name(activity.unit),
        ]
        if not source.gases:
            why = " ".join(p.message.get(language) for p in source.problems)
            yield [*start, _NOT_COMPUTED.get(language), *[None] * 7, why, shown.settings.gwp, note]
        for gas in source.gases:
            apart = _BIOGENIC if gas.is_biogenic else _OUTSIDE if gas.is_outside else None
            yield [
                *start,
                gas.gas,
                gas.mass_t,
                gas.co2e_t,
                gas.low_t,
                gas.high_t,
                apart.get(language) if apart else "",
                gas.formula.get(language),
                "; ".join(gas.factors),
                " ".join(flag.get(language) for flag in gas.flags),
                shown.settings.gwp,
                note,
            ]


_MEMBERS: tuple[tuple[Text, int], ...] = (
    (Text("Đơn vị", "Facility"), 40),
    (Text("Mã", "Code"), 18),
    (Text("Năm", "Year"), 8),
    (Text("Trạng thái", "State"), 18),
    (Text("t CO2e, phần đã biết", "t CO2e, known part"), 20),
    (Text("Cận dưới 95 %", "95 % low"), 14),
    (Text("Cận trên 95 %", "95 % high"), 14),
    (Text("Dòng chưa biết", "Lines not known"), 16),
    (Text("Ghi chú", "Note"), 24),
)


def members_file(members: Iterable[Member], year: int, language: str) -> bytes:
    """Return the enterprises of a park's sum."""
    columns = [(name.get(language), width) for name, width in _MEMBERS]
    rows: list[Sequence[Cell]] = [
        [
            one.subject.name.get(language),
            one.subject.code,
            year,
            wording.STATES[one.state].get(language),
            one.part.known if one.part else None,
            one.part.known - one.part.half_width if one.part else None,
            one.part.known + one.part.half_width if one.part else None,
            len(one.part.unknown) if one.part else None,
            _INVENTED.get(language) if one.subject.invented else "",
        ]
        for one in members
    ]
    return write_table("xlsx", columns, rows, name=f"{year}")
