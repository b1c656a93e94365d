"""Inventories as Excel: an inventory with its lines and pins, the list of a park."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sinhthai.carbon import wording
from sinhthai.carbon.readers.inventory import Shown
from sinhthai.carbon.readers.park import Member
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
    """Return one inventory, a line a gas; what is not known is an empty cell."""
    columns = [(name.get(language), width) for name, width in _COLUMNS]
    return write_table("xlsx", columns, _lines(shown, language), name=f"{shown.year}")


def _lines(shown: Shown, language: str) -> Iterable[Sequence[Cell]]:
    state = Text("dự thảo", "draft").get(language)
    if shown.locked:
        version = Text("phiên bản {v}", "version {v}").format(v=shown.locked.version)
        state = version.get(language)
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
