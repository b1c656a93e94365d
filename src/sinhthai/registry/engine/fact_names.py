"""What the fields of the sourced facts are called, and how a unit is written for people."""

from __future__ import annotations

from sinhthai.foundation.text import Text

FACT_NAMES = {
    "area_ha": Text("Diện tích", "Area"),
    "phase1_ha": Text("Diện tích giai đoạn 1", "Area of phase 1"),
    "phase2_ha": Text("Diện tích giai đoạn 2", "Area of phase 2"),
    "phase3_ha": Text("Diện tích giai đoạn 3", "Area of phase 3"),
    "phase1": Text("Giai đoạn 1", "Phase 1"),
    "phase2": Text("Giai đoạn 2", "Phase 2"),
    "factory_land_ha": Text("Đất xây dựng nhà máy", "Factory land"),
    "technical_land_ha": Text("Đất các khu kỹ thuật", "Technical land"),
    "service_land_ha": Text("Đất dịch vụ", "Service land"),
    "cluster_area_haiphong_ha": Text(
        "Diện tích tổ hợp tại Hải Phòng", "Area of the Hải Phòng cluster"
    ),
    "cluster_industrial_land_ha": Text(
        "Đất công nghiệp của tổ hợp", "Industrial land of the cluster"
    ),
    "cluster_projects": Text("Số dự án của tổ hợp", "Projects of the cluster"),
    "developer": Text("Nhà đầu tư kết cấu hạ tầng", "Infrastructure investor"),
    "former_name": Text("Tên cũ", "Former name"),
    "year_established": Text("Năm thành lập", "Year of establishment"),
    "year_started": Text("Năm bắt đầu hoạt động", "Year of start"),
    "lease_term": Text("Thời hạn thuê đất", "Land lease term"),
    "sectors": Text("Ngành nghề", "Sectors"),
    "projects": Text("Số dự án đầu tư", "Investment projects"),
    "tenants": Text("Số doanh nghiệp", "Enterprises"),
    "tenants_1_and_2": Text("Số doanh nghiệp của hai khu", "Enterprises of both parks"),
    "known_tenant": Text("Doanh nghiệp đã biết", "Known enterprise"),
    "occupancy_pct": Text("Tỷ lệ lấp đầy", "Occupancy"),
    "occupancy_note": Text("Ghi chú về tỷ lệ lấp đầy", "Note on occupancy"),
    "eip_indicators_met": Text("Số chỉ tiêu KCN sinh thái đã đạt", "EIP indicators met"),
    "eip_national_indicators_met_pct": Text(
        "Tỷ lệ tiêu chí KCN sinh thái quốc gia đã đạt", "National EIP indicators met"
    ),
    "firms_on_central_wastewater": Text(
        "Doanh nghiệp đấu nối xử lý nước thải tập trung", "Enterprises on central wastewater"
    ),
    "wastewater_capacity_m3_day": Text(
        "Công suất xử lý nước thải", "Wastewater treatment capacity"
    ),
    "wastewater_capacity_planned_m3_day": Text(
        "Công suất xử lý nước thải theo quy hoạch", "Planned wastewater treatment capacity"
    ),
    "wastewater_inlet_standard": Text("Tiêu chuẩn nước thải đầu vào", "Wastewater inlet standard"),
    "is_opportunities_followed": Text(
        "Cơ hội cộng sinh công nghiệp được theo dõi", "Industrial symbiosis opportunities followed"
    ),
    "known_symbiosis": Text("Cộng sinh công nghiệp đã biết", "Known industrial symbiosis"),
    "practice": Text("Thực hành tốt", "Good practice"),
    "public_spending_canal": Text(
        "Chi ngân sách cho kênh điều hòa", "Public spending on the canal"
    ),
    "recp_firms": Text(
        "Doanh nghiệp có kết quả hiệu quả tài nguyên, sản xuất sạch hơn",
        "Enterprises with RECP results",
    ),
    "recp_water_saved_m3_year": Text("Nước tiết kiệm được", "Water saved"),
    "recp_ghg_saved_t_year": Text("Khí nhà kính giảm được", "Greenhouse gases avoided"),
    "recp_electricity_saved_mwh_year": Text("Điện tiết kiệm được", "Electricity saved"),
}
CONFIDENCE_NAMES = {
    "high": Text("cao", "high"),
    "medium": Text("trung bình", "medium"),
    "low": Text("thấp", "low"),
}


def fact_name(field: str) -> Text:
    """Return what *field* is called; its code, made readable, where no name is known.

    >>> fact_name("area_ha").en, fact_name("some_thing").en
    ('Area', 'some thing')
    """
    plain = field.replace("_", " ")
    return FACT_NAMES.get(field, Text(plain, plain))
