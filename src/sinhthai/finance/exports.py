"""Lists of projects and funds as files."""

from __future__ import annotations

from collections.abc import Iterable

from sinhthai.finance.engine.funds import INSTRUMENTS, Fund
from sinhthai.finance.readers.pipeline import Row
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.tables import Cell, write_table
from sinhthai.foundation.text import Text

_NOTE = Text("dữ liệu giả định", "invented data")
_PROJECTS = (
    (Text("Số", "No."), 6), (Text("Dự án", "Project"), 40),
    (Text("Doanh nghiệp", "Enterprise"), 34),
    (Text("Khu công nghiệp", "Industrial park"), 28), (Text("Giai đoạn", "Stage"), 18),
    (Text("Từ ngày", "Since"), 12), (Text("Loại dự án", "Kind of project"), 30),
    (Text("Nhóm phân loại xanh cần đối chiếu", "Green group to check"), 30),
    (Text("Vốn đầu tư (đồng)", "Investment (VND)"), 18),
    (Text("Tiết kiệm năm đầu (đồng), ước tính", "First-year saving (VND), estimated"), 20),
    (Text("NPV sau thuế (đồng), ước tính", "NPV after tax (VND), estimated"), 20),
    (Text("CO2e tiết kiệm (t/năm), ước tính", "CO2e saved (t/yr), estimated"), 18),
    (Text("Quỹ, chương trình", "Fund or scheme"), 34), (Text("Đề nghị (đồng)", "Asked (VND)"), 18),
    (Text("Được chấp thuận (đồng)", "Approved (VND)"), 18),
    (Text("Đã giải ngân (đồng)", "Paid out (VND)"), 18), (Text("Dữ liệu", "Data"), 16),
)  # fmt: skip
_FUNDS = (
    (Text("Quỹ, chương trình", "Fund or scheme"), 44), (Text("Hình thức", "Instrument"), 18),
    (Text("Bên cấp", "Provider"), 34), (Text("Tình trạng", "Status"), 12),
    (Text("Từ ngày", "From"), 12), (Text("Đến ngày", "Until"), 12),
    (Text("Lãi suất một năm", "Rate a year"), 12), (Text("Tỷ lệ tối đa", "Ceiling share"), 12),
    (Text("Thời hạn (năm)", "Tenor (years)"), 12),
    (Text("Tiết kiệm tối thiểu", "Minimum saving"), 12), (Text("Bảo đảm", "Collateral"), 24),
    (Text("Tài liệu", "Documents"), 60), (Text("Ghi chú", "Note"), 60),
    (Text("Nguồn", "Source"), 44),
    (Text("Kiểm tra ngày", "Checked on"), 12), (Text("Xem lại trước", "Review before"), 12),
    (Text("Đã kiểm tra", "Verified"), 10),
)  # fmt: skip
_YES, _NO = Text("rồi", "yes"), Text("chưa", "no")
STATUSES = {
    "open": Text("đang mở", "open"),
    "draft": Text("dự thảo", "in draft"),
    "closed": Text("đã đóng", "closed"),
}


def projects_file(rows: Iterable[Row], *, fmt: str, language: str) -> bytes:
    """Return the projects as ``xlsx`` or ``csv``; figures are estimates until verified."""
    columns = [(heading.get(language), width) for heading, width in _PROJECTS]
    lines = (_project(row, language) for row in rows)
    name = Text("Dự án", "Projects").get(language)
    return write_table(fmt, columns, lines, name=name)


def funds_file(funds: Iterable[Fund], *, fmt: str, language: str) -> bytes:
    """Return the table of funds as ``xlsx`` or ``csv``."""
    columns = [(heading.get(language), width) for heading, width in _FUNDS]
    name = Text("Quỹ", "Funds").get(language)
    return write_table(fmt, columns, (_fund(fund, language) for fund in funds), name=name)


def _project(row: Row, language: str) -> list[Cell]:
    project, enterprise = row.project, row.project.enterprise
    park = enterprise.park
    english = language == "en"
    return [
        project.pk,
        project.title,
        (english and enterprise.name_en) or enterprise.name_vi,
        (english and park.name_en) or park.name_vi,
        row.stage.get(language),
        format_date(project.stage_since, language),
        row.kind.get(language),
        ", ".join(group.get(language) for group in row.groups),
        project.investment_vnd,
        project.saving_vnd,
        project.npv_vnd,
        project.co2e_t,
        row.fund.get(language),
        project.asked_vnd,
        project.approved_vnd,
        project.disbursed_vnd,
        _NOTE.get(language) if enterprise.invented else "",
    ]


def _fund(fund: Fund, language: str) -> list[Cell]:
    return [
        fund.name.get(language),
        INSTRUMENTS[fund.instrument].get(language),
        fund.provider.get(language),
        STATUSES[fund.status].get(language),
        format_date(fund.valid_from, language) if fund.valid_from else "",
        format_date(fund.valid_to, language) if fund.valid_to else "",
        fund.rate,
        fund.ceiling_share,
        fund.tenor_years,
        fund.minimum_saving,
        fund.collateral.get(language),
        "; ".join(paper.get(language) for paper in fund.documents),
        fund.note.get(language),
        fund.source,
        format_date(fund.checked_on, language),
        format_date(fund.next_review, language),
        (_YES if fund.verified else _NO).get(language),
    ]
