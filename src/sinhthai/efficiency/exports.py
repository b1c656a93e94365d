"""Audits, measures and sums as files; the four classes in columns of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sinhthai.efficiency.engine.progress import CLASSES, class_of
from sinhthai.efficiency.engine.suggest_words import CONFIDENCE
from sinhthai.efficiency.models import Audit
from sinhthai.efficiency.readers.audits import MeasureRow
from sinhthai.efficiency.readers.suggestions import range_of, sources_of
from sinhthai.efficiency.readers.sums import AMOUNTS, Row
from sinhthai.efficiency.wording import (
    AREA_NAMES,
    CLASS_NAMES,
    PHASE_NAMES,
    STATUS_NAMES,
    name_of,
    use_name,
)
from sinhthai.foundation.tables import Cell, write_table
from sinhthai.foundation.text import Text

_INVENTED = Text("dữ liệu giả định", "invented data")
_NOTE = Text("Ghi chú", "Note")
_HIDDEN = Text("ẩn (dưới 3 doanh nghiệp)", "hidden (fewer than 3 enterprises)")
_AMOUNTS = {
    "electricity_mwh": Text("điện (MWh/năm)", "electricity (MWh/yr)"),
    "fuel_toe": Text("nhiên liệu (TOE/năm)", "fuel (TOE/yr)"),
    "water_m3": Text("nước (m³/năm)", "water (m³/yr)"),
    "co2e_t": Text("CO2e (tấn/năm)", "CO2e (t/yr)"),
    "value_vnd": Text("tiền tiết kiệm (đ/năm)", "money saved (VND/yr)"),
    "investment_vnd": Text("vốn đầu tư (đ)", "investment (VND)"),
}
_MEASURES = Text("số giải pháp", "measures")
_BY = {
    "park": Text("Khu công nghiệp", "Industrial park"),
    "sector": Text("Ngành", "Sector"),
    "measure": Text("Giải pháp", "Measure"),
}


def audits_file(rows: Iterable[Audit], *, fmt: str, language: str) -> bytes:
    """Return a list of audits."""
    headings = [
        Text("Doanh nghiệp", "Enterprise"),
        Text("Năm cơ sở", "Baseline year"),
        Text("Giai đoạn", "Phase"),
        Text("Chủ trì", "Lead"),
        Text("Số giải pháp", "Measures"),
        Text("Đã xác minh", "Verified"),
        Text("Chia sẻ với khu", "Shared with the park"),
        _NOTE,
    ]
    yes = Text("có", "yes")
    lines: list[list[Cell]] = [
        [
            name_of(row.enterprise).get(language),
            row.year,
            PHASE_NAMES[row.phase].get(language),
            row.lead,
            row.chosen,  # type: ignore[attr-defined]  # annotated by ``listed``
            row.verified,  # type: ignore[attr-defined]
            yes.get(language) if row.shared_with_park else "",
            _INVENTED.get(language) if row.enterprise.invented else "",
        ]
        for row in rows
    ]
    return _table(fmt, headings, lines, "RECP", language)


def measures_file(audit: Audit, rows: Iterable[MeasureRow], *, fmt: str, language: str) -> bytes:
    """Return the measures of an audit: what counts, in its class, with the typical range beside."""
    headings = [
        Text("Số", "No."),
        Text("Giải pháp", "Measure"),
        Text("Lĩnh vực", "Area"),
        Text("Mục sử dụng", "Use"),
        Text("Trạng thái", "Status"),
        Text("Lớp", "Class"),
        Text("Từ ngày", "Since"),
        *_AMOUNTS.values(),
        Text("Tiết kiệm điển hình, thấp (%)", "Typical saving, low (%)"),
        Text("Tiết kiệm điển hình, cao (%)", "Typical saving, high (%)"),
        Text("Nguồn", "Source"),
        Text("Độ tin cậy", "Confidence"),
        _NOTE,
    ]
    lines: list[list[Cell]] = []
    for one in rows:
        row, measure = one.row, one.measure
        class_ = class_of(row.status)  # type: ignore[arg-type]
        low, high = range_of(measure.saving)
        lines.append(
            [
                measure.number,
                measure.name.get(language),
                AREA_NAMES[measure.area].get(language),
                use_name(measure.use).get(language),
                STATUS_NAMES[row.status].get(language),
                CLASS_NAMES[class_].get(language) if class_ else "",
                row.status_since.isoformat(),
                *(getattr(row, name) for name in AMOUNTS),
                None if low is None else low * 100,
                None if high is None else high * 100,
                "; ".join(sources_of(measure.saving)),
                CONFIDENCE[measure.saving.confidence].get(language),
                _INVENTED.get(language) if audit.enterprise.invented else "",
            ]
        )
    return _table(fmt, headings, lines, f"RECP {audit.year}", language)


def sums_file(rows: Sequence[Row], by: str, *, fmt: str, language: str, invented: bool) -> bytes:
    """Return sums by park, sector or measure; what is hidden on the page is hidden here."""
    headings = [_BY[by]]
    for class_ in CLASSES:
        for said in (_MEASURES, *_AMOUNTS.values()):
            name = CLASS_NAMES[class_]
            headings.append(Text(f"{name.vi}: {said.vi}", f"{name.en}: {said.en}"))
    headings.append(_NOTE)
    lines: list[list[Cell]] = []
    for row in rows:
        line: list[Cell] = [row.name.get(language)]
        for class_ in CLASSES:
            total = row.totals[class_]
            line.append(None if total.hidden else total.measures)
            line += [None if total.hidden else total.amounts.get(name) for name in AMOUNTS]
        hidden = [CLASS_NAMES[c].get(language) for c in CLASSES if row.totals[c].hidden]
        notes = [f"{', '.join(hidden)}: {_HIDDEN.get(language)}"] if hidden else []
        notes += [_INVENTED.get(language)] if invented else []
        line.append("; ".join(notes))
        lines.append(line)
    return _table(fmt, headings, lines, "RECP", language)


def _table(
    fmt: str, headings: Sequence[Text], rows: Iterable[Sequence[Cell]], name: str, language: str
) -> bytes:
    columns = [
        (heading.get(language), 24 if index else 36) for index, heading in enumerate(headings)
    ]
    return write_table(fmt, columns, rows, name=name)
