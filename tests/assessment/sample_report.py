"""An assessment with one criterion of each kind and status, for the tests of what is shown."""

from __future__ import annotations

import datetime as dt

from sinhthai.assessment.documents.report import Criterion, Input, Pins, Report
from sinhthai.assessment.engine.findings import Finding
from sinhthai.foundation.text import Text
from sinhthai.rules.model import Formula, Framework, Group, Leaf, Threshold

DAY = dt.date(2025, 12, 31)
IN_FORCE = dt.date(2022, 7, 15)


def _leaf(leaf_id: str, clause: str, group: str, title: Text, **rest: object) -> Leaf:
    given = {
        "kind": "condition",
        "sense": "is_true",
        "unit": "",
        "thresholds": (),
        "verified": True,
    } | rest
    return Leaf(id=leaf_id, clause=clause, group=group, title=title, subject="park", **given)  # type: ignore[arg-type]


SERVICES = _leaf(
    "services", "37.1.b", "investor",
    Text("Cung cấp đủ dịch vụ hạ tầng thiết yếu", "All essential infrastructure services provided"),
    numerator=Formula({"": "service_electricity AND service_water"}),
)  # fmt: skip
RECP = _leaf(
    "recp", "37.2.c", "enterprises",
    Text("Doanh nghiệp áp dụng RECP có kết quả", "Enterprises applying RECP with results"),
    kind="share", sense="at_least", unit="1", thresholds=(Threshold(IN_FORCE, None, 0.2),),
    numerator=Formula({"": "recp_applied AND recp_result_measured"}),
    denominator=Formula({"operating": "status = 'operating'", "registered": "status <> 'closed'"}, "A2"),
)  # fmt: skip
LAND = _leaf(
    "land", "37.3.a", "park",
    Text("Đất cây xanh, giao thông, kỹ thuật, hạ tầng xã hội dùng chung", "Greenery, roads, technical areas and shared social land"),
    kind="ratio", sense="at_least", unit="1", thresholds=(Threshold(IN_FORCE, None, 0.25),),
    numerator=Formula({"": "greenery_ha + roads_ha"}), denominator=Formula({"": "plan_area_ha"}),
)  # fmt: skip
HOUSING = _leaf(
    "housing", "37.3.b", "park",
    Text("Giải pháp nhà ở, tiện ích cho người lao động", "Housing and services for workers"),
    numerator=Formula({"": "worker_housing_solution"}),
)  # fmt: skip

FRAMEWORK = Framework(
    id="vn-eip.d35-2022", family="vn-eip",
    title=Text("Tiêu chí khu công nghiệp sinh thái", "Criteria of an eco-industrial park"),
    instrument=Text("Nghị định 35/2022/NĐ-CP", "Decree 35/2022/NĐ-CP"),
    clause="37", subject="park", valid_from=IN_FORCE, valid_until=None,
    groups=(
        Group("investor", Text("Nhà đầu tư hạ tầng", "Infrastructure investor")),
        Group("enterprises", Text("Doanh nghiệp", "Enterprises")),
        Group("park", Text("Khu công nghiệp", "The park")),
    ),
    leaves=(SERVICES, RECP, LAND, HOUSING), options=("A2",),
)  # fmt: skip


def _finding(
    leaf: Leaf, status: str, lower: float | None, upper: float | None, **rest: object
) -> Finding:
    threshold = leaf.thresholds[0].value if leaf.thresholds else None
    return Finding("hiep-phuoc", leaf.id, DAY, 2025, status, lower, upper, threshold, **rest)  # type: ignore[arg-type]


def sample_report(*, invented: bool = False) -> Report:
    """Return Hiệp Phước, with one met, one undetermined, one not met, one not reported."""
    criteria = (
        Criterion(
            SERVICES, _finding(SERVICES, "met", 1.0, 1.0), Text("có", "yes"), Text("", ""), Text("", ""),
            "service_electricity AND service_water",
            inputs=(Input("service_electricity", Text("Cấp điện", "Electricity"), "", Text("có", "yes"), True, Text("Sổ báo cáo 2025, ô D7", "Workbook 2025, cell D7"), dt.date(2026, 2, 14)),),
        ),
        Criterion(
            RECP, _finding(RECP, "undetermined", 30 / 189, 71 / 189, yes=30, no=118, unknown=41, maybe=0, gap=8.0, gap_certain=0.0, missing=("recp_applied",)),
            Text("15,9–37,6 %", "15.9–37.6 %"), Text("≥ 20 %", "≥ 20 %"),
            Text("Thêm 8 doanh nghiệp có kết quả RECP, hoặc bổ sung báo cáo của 41 doanh nghiệp chưa khai.", "8 more enterprises must show RECP results, or the 41 that have not reported must report."),
            "recp_applied AND recp_result_measured / status = 'operating'",
            inputs=(Input("recp_enterprises", Text("Doanh nghiệp áp dụng RECP", "Enterprises applying RECP"), "1", Text("ít nhất 30", "at least 30"), 30.0, Text("Công bố của chương trình, 2023", "Published by the programme, 2023"), dt.date(2026, 2, 14)),),
            readings=(Text("A2: doanh nghiệp đang hoạt động", "A2: enterprises in operation"),),
        ),
        Criterion(
            LAND, _finding(LAND, "not_met", 0.214, 0.214, gap=14.25), Text("21,4 %", "21.4 %"), Text("≥ 25 %", "≥ 25 %"),
            Text("Cần thêm ít nhất 14,25 ha đất dùng chung.", "At least 14.25 ha more shared land."),
            "(greenery_ha + roads_ha) / plan_area_ha",
            inputs=(
                Input("greenery_ha", Text("Đất cây xanh", "Greenery"), "ha", Text("40,5 ha", "40.5 ha"), 40.5, Text("Sổ báo cáo 2025, ô C12", "Workbook 2025, cell C12")),
                Input("plan_area_ha", Text("Diện tích theo quy hoạch", "Planned area"), "ha", Text("395,84 ha", "395.84 ha"), 395.84, Text("Quyết định thành lập", "Decision of establishment")),
            ),
        ),
        Criterion(
            HOUSING, _finding(HOUSING, "undetermined", 0.0, 1.0, missing=("worker_housing_solution",)), Text("—", "—"), Text("", ""),
            Text("Cần khai: Giải pháp nhà ở cho người lao động.", "To report: Housing solution for workers."), "worker_housing_solution",
            inputs=(Input("worker_housing_solution", Text("Giải pháp nhà ở", "Housing solution"), "", Text("chưa khai", "not reported"), None, Text("", "")),),
        ),
    )  # fmt: skip
    return Report(
        subject="hiep-phuoc",
        name=Text("KCN Hiệp Phước", "Hiệp Phước Industrial Park"),
        framework=FRAMEWORK,
        on=DAY,
        year=2025,
        criteria=criteria,
        verdict="not_met",
        sentence=Text(
            "Chưa đủ điều kiện: 1 tiêu chí đạt, 1 không đạt, 2 chưa xác định được vì thiếu số liệu.",
            "Not all criteria are met: 1 met, 1 not met, 2 undetermined for want of data.",
        ),
        pins=Pins(
            "0.1.0",
            "2026.11",
            "5f2c" * 16,
            "9a0b" * 16,
            dt.datetime(2026, 2, 14, 3, 0, tzinfo=dt.UTC),
            {"A2": "operating"},
        ),
        readings=(
            (
                "A2",
                Text("Mẫu số của tỷ lệ RECP", "Denominator of the RECP share"),
                Text("Doanh nghiệp đang hoạt động", "Enterprises in operation"),
            ),
        ),
        invented=invented,
    )
