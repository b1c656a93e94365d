"""The lists of the workbench as files: ideas, pipeline, flows, network, places, report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.tables import Cell, write_table
from sinhthai.foundation.text import Text
from sinhthai.foundation.units import unit_label
from sinhthai.registry.models import Park
from sinhthai.reporting.wording import say_standing, say_value
from sinhthai.symbiosis.engine.legal import LEGAL_NAMES
from sinhthai.symbiosis.engine.readiness import AXES
from sinhthai.symbiosis.models import Participant
from sinhthai.symbiosis.readers.exchanges import ExchangeRow
from sinhthai.symbiosis.readers.flows import Flow, Link, Point
from sinhthai.symbiosis.readers.ideas import Idea, Side, partner_words
from sinhthai.symbiosis.readers.year_report import Line, Preview
from sinhthai.symbiosis.wording import AXIS_NAMES, STAGE_NAMES, name_of, yearly_unit

Heading = tuple[Text, int]
_INVENTED = Text("dữ liệu giả định", "invented data")
_DATA: Heading = (Text("Dữ liệu", "Data"), 16)
_ESTIMATED = Text("ước tính theo ngành", "estimated from the industry")
_STATED = Text("đã khai", "reported")
_NUMBER: Heading = (Text("Số", "No."), 6)
_TITLE: Heading = (Text("Trao đổi", "Exchange"), 40)
_STAGE: Heading = (Text("Giai đoạn", "Stage"), 16)
_QUANTITY: Heading = (Text("Lượng", "Quantity"), 14)
_UNIT: Heading = (Text("Đơn vị", "Unit"), 10)
_VALUE: Heading = (Text("Lợi ích (đồng/năm), ước tính", "Benefit (VND/yr), estimated"), 22)
_CARBON: Heading = (Text("Giảm CO2 (tấn/năm), ước tính", "CO2 cut (t/yr), estimated"), 20)


def ideas_file(park: Park, ideas: Iterable[Idea], *, fmt: str, language: str) -> bytes:
    """Return the ideas; a partner who may not be named is in bands only."""
    columns: Sequence[Heading] = (
        (Text("Bên cung", "Giver"), 34), (Text("Dòng vật chất", "Stream"), 34),
        (Text("Bên nhận", "Taker"), 34), (Text("Nhu cầu", "Need"), 34),
        (Text("Hạng", "Rank"), 6), (Text("Điểm", "Score"), 8), _QUANTITY, _UNIT,
        (Text("Khoảng cách (km)", "Distance (km)"), 14), _VALUE, _CARBON,
        (Text("Pháp lý", "Law"), 16), (Text("Điều khoản", "Clause"), 20),
        (Text("Quy tắc", "Rule"), 18), (Text("Số liệu dòng vật chất", "Streams are"), 20), _DATA,
    )  # fmt: skip
    rows = (_idea_row(park, idea, language) for idea in ideas)
    return _file(park, columns, rows, Text("Ý tưởng", "Ideas"), fmt, language)


def pipeline_file(park: Park, rows: Iterable[ExchangeRow], *, fmt: str, language: str) -> bytes:
    """Return the exchanges with their parties, plans, readiness and tasks."""
    columns: Sequence[Heading] = (
        _NUMBER, _TITLE, _STAGE, (Text("Từ ngày", "Since"), 12), (Text("Loại", "Type"), 6),
        (Text("Bên cung", "Giver"), 34), (Text("Bên nhận", "Taker"), 34),
        (Text("Bên khác", "Other parties"), 30), _QUANTITY, _UNIT, _VALUE,
        (Text("Vốn đầu tư (đồng)", "Investment (VND)"), 18), _CARBON,
        *((AXIS_NAMES[axis], 12) for axis in AXES),
        (Text("Việc còn mở", "Open tasks"), 12), (Text("Quá hạn", "Overdue"), 10), _DATA,
    )  # fmt: skip
    said = (_exchange_row(park, row, language) for row in rows)
    return _file(park, columns, said, Text("Trao đổi", "Exchanges"), fmt, language)


def flows_file(park: Park, flows: Iterable[Flow], *, fmt: str, language: str) -> bytes:
    """Return the flows of one unit."""
    columns: Sequence[Heading] = (
        _NUMBER, _TITLE, (Text("Bên cung", "Giver"), 34), (Text("Vật liệu", "Material"), 30),
        (Text("Bên nhận", "Taker"), 34), _QUANTITY, _UNIT, _STAGE, _DATA,
    )  # fmt: skip
    rows = (
        [
            flow.number, flow.title.get(language), flow.giver.get(language),
            flow.material.get(language), flow.taker.get(language), flow.quantity,
            yearly_unit(flow.unit).get(language), STAGE_NAMES[flow.stage].get(language),
            _mark(park, language),
        ]
        for flow in flows
    )  # fmt: skip
    return _file(park, columns, rows, Text("Dòng vật chất", "Flows"), fmt, language)


def links_file(park: Park, links: Iterable[Link], *, fmt: str, language: str) -> bytes:
    """Return the links of the network."""
    columns: Sequence[Heading] = (
        _NUMBER, _TITLE, (Text("Từ", "From"), 34), (Text("Đến", "To"), 34), _STAGE, _DATA,
    )  # fmt: skip
    rows: Iterable[list[Cell]] = (
        [
            link.number, link.title.get(language),
            link.start.name.get(language), link.end.name.get(language),
            STAGE_NAMES[link.stage].get(language), _mark(park, language),
        ]
        for link in links
    )  # fmt: skip
    return _file(park, columns, rows, Text("Mạng lưới", "Network"), fmt, language)


def places_file(park: Park, points: Iterable[Point], *, fmt: str, language: str) -> bytes:
    """Return the enterprises of the map with their places."""
    columns: Sequence[Heading] = (
        (Text("Doanh nghiệp", "Enterprise"), 34), (Text("Mã", "Code"), 16),
        (Text("Vĩ độ", "Latitude"), 12), (Text("Kinh độ", "Longitude"), 12),
        (Text("Số trao đổi", "Exchanges"), 10), _DATA,
    )  # fmt: skip
    rows = (
        [
            name_of(point.enterprise).get(language), point.enterprise.code, point.enterprise.lat,
            point.enterprise.lon, point.exchanges, _mark(park, language),
        ]
        for point in points
    )  # fmt: skip
    return _file(park, columns, rows, Text("Bản đồ", "Map"), fmt, language)


def report_file(park: Park, preview: Preview, *, fmt: str, language: str) -> bytes:
    """Return the preview of a year: what the exchanges say beside what the report says."""
    columns: Sequence[Heading] = (
        (Text("Đối tượng", "Subject"), 34), (Text("Mã chỉ tiêu", "Item code"), 30),
        (Text("Chỉ tiêu", "Item"), 48), (Text("Theo trao đổi", "From the exchanges"), 18),
        (Text("Trong báo cáo", "In the report"), 18), _UNIT,
        (Text("Còn thiếu", "Missing"), 10), (Text("Trao đổi số", "Exchanges no."), 20), _DATA,
    )  # fmt: skip
    rows = (_line_row(park, line, language) for line in preview.lines())
    name = Text(f"Báo cáo {preview.year}", f"Report {preview.year}")
    return _file(park, columns, rows, name, fmt, language)


def _idea_row(park: Park, idea: Idea, language: str) -> list[Cell]:
    match = idea.match
    exact = not idea.hidden

    def band(text: Text | None) -> str:
        return text.get(language) if text else ""

    legal = LEGAL_NAMES.get(match.legal_status)
    return [
        _who(idea.offer, language), _what(idea.offer, language),
        _who(idea.need, language), _what(idea.need, language),
        match.rank, round(match.score, 3),
        match.quantity, yearly_unit(match.unit).get(language),
        round(match.distance_m / 1000, 1) if exact else band(idea.distance),
        whole_dong(match.value_vnd) if exact else band(idea.value),
        _fine(match.co2_t) if exact else band(idea.carbon),
        legal.get(language) if legal else "", idea.cited.get(language), match.rule,
        (_ESTIMATED if match.estimated else _STATED).get(language), _mark(park, language),
    ]  # fmt: skip


def _who(side: Side, language: str) -> str:
    if side.enterprise is None:
        return partner_words().get(language)
    return name_of(side.enterprise).get(language)


def _what(side: Side, language: str) -> str:
    if side.name:
        return side.name
    return side.material.get(language) if side.material else ""


def _exchange_row(park: Park, row: ExchangeRow, language: str) -> list[Cell]:
    one = row.exchange

    def names(*roles: str) -> str:
        return "; ".join(party.name.get(language) for party in row.of_role(*roles))

    role = Participant.Role
    return [
        one.pk, row.title.get(language), STAGE_NAMES[one.stage].get(language),
        format_date(one.stage_since, language), one.kind,
        names(role.GIVER), names(role.TAKER), names(role.TREATER, role.SHARER),
        one.quantity, yearly_unit(one.unit).get(language) if one.unit else "",
        whole_dong(one.value_vnd), whole_dong(one.investment_vnd), _fine(one.co2_t),
        *(row.readiness.get(axis) for axis in AXES),
        row.open_tasks, row.overdue, _mark(park, language),
    ]  # fmt: skip


def whole_dong(vnd: float | None) -> int | None:
    """Return an amount without the parts of a dong that only arithmetic leaves."""
    return None if vnd is None else round(vnd)


def _fine(tonnes: float | None) -> float | None:
    return None if tonnes is None else round(tonnes, 3)


def _line_row(park: Park, line: Line, language: str) -> list[Cell]:
    figure = line.figure
    said: Cell = say_value(line.item, figure.value, line.qualifier, language)
    if isinstance(figure.value, int | float) and not isinstance(figure.value, bool):
        said = figure.value if not line.qualifier else said
    return [
        _subject(park, line).get(language),
        line.item.code, line.item.name.get(language), said,
        say_standing(line.item, line.stands, language),
        unit_label(line.item.unit, language) if line.item.unit else "",
        figure.missing or None, ", ".join(f"{number}" for number in figure.exchanges),
        _mark(park, language),
    ]  # fmt: skip


def _subject(park: Park, line: Line) -> Text:
    return name_of(line.enterprise) if line.enterprise else Text(park.name_vi, park.name_en)


def _mark(park: Park, language: str) -> str:
    return _INVENTED.get(language) if park.invented else ""


def _file(
    park: Park,
    columns: Sequence[Heading],
    rows: Iterable[Sequence[Cell]],
    name: Text,
    fmt: str,
    language: str,
) -> bytes:
    headings = [(heading.get(language), width) for heading, width in columns]
    title = f"{name.get(language)} · {park.name_en if language == 'en' else park.name_vi}"
    return write_table(fmt, headings, rows, name=name.get(language), title=title)
