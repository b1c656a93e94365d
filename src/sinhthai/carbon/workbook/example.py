"""A filled workbook to learn from: two invented enterprises and the operation of their park."""

from __future__ import annotations

from sinhthai.carbon.engine.model import Activity
from sinhthai.foundation.text import Text

PARK = "khu-minh-hoa"
REMARK = Text(
    "Số liệu hư cấu để minh họa; không mô tả doanh nghiệp hay khu công nghiệp có thật nào.",
    "Invented figures for illustration; they describe no real enterprise or park.",
)
_DYER = "Dệt nhuộm Minh Họa (hư cấu)"
_FISH = "Thủy sản Minh Họa (hư cấu)"


def example_activities() -> tuple[Activity, ...]:
    """Return the lines of the example, for 2022 and 2023.

    >>> len({one.subject for one in example_activities()})
    3
    """
    return tuple(line for year, share in ((2022, 1.0), (2023, 1.05)) for line in _year(year, share))


def _year(year: int, share: float) -> tuple[Activity, ...]:
    """Return a year; quantities of the first one times *share*."""

    def much(quantity: float) -> float:
        return round(quantity * share, 1)

    return (
        Activity(PARK, year, "k1", "stationary", "bituminous-coal", much(5200.0), "t",
                 parameters={"ncv": 24.6}, uncertainty=2.0, note="Lò hơi trung tâm; phiếu cân"),
        Activity(PARK, year, "k2", "electricity", "electricity", much(3900.0), "MWh", scope=2,
                 uncertainty=1.0, note="Trạm xử lý nước thải, chiếu sáng"),
        Activity(PARK, year, "k3", "wastewater", "wastewater", much(1_450_000.0), "m3",
                 category="aerobic-overloaded", parameters={"cod": 0.62}, uncertainty=10.0,
                 note="Trạm xử lý tập trung"),
        Activity(_DYER, year, "d1", "electricity", "electricity", much(8_600_000.0), "kWh",
                 scope=2, uncertainty=1.0, note="Hóa đơn điện"),
        Activity(_DYER, year, "d2", "heat", "steam", much(31_000.0), "t", scope=2,
                 category="bituminous-coal", parameters={"enthalpy": 2777.0, "efficiency": 0.82},
                 supplier=PARK, uncertainty=2.0, note="Hơi mua của khu"),
        Activity(_DYER, year, "d3", "stationary", "solid-biomass", much(1200.0), "t",
                 uncertainty=5.0, note="Lò dầu tải nhiệt đốt trấu ép"),
        Activity(_DYER, year, "d4", "mobile", "diesel", much(42_000.0), "L",
                 parameters={"density": 835.0}, uncertainty=3.0, note="Xe tải, phiếu cấp dầu"),
        Activity(_DYER, year, "d5", "refrigerant", "r-410a", 46.0, "kg", note="Nạp bổ sung"),
        Activity(_FISH, year, "t1", "electricity", "electricity", much(12_400.0), "MWh", scope=2,
                 uncertainty=1.0, note="Hóa đơn điện"),
        Activity(_FISH, year, "t2", "refrigerant", "r-404a", 310.0, "kg", uncertainty=10.0,
                 note="Kho lạnh, nạp bổ sung"),
        Activity(_FISH, year, "t3", "refrigerant", "hcfc-22", 120.0, "kg", uncertainty=10.0,
                 note="Kho lạnh cũ"),
        Activity(_FISH, year, "t4", "wastewater", "industry-fish", much(18_500.0), "t",
                 category="reactor", scope=3, supplier=PARK, uncertainty=5.0,
                 note="Khu xử lý hộ"),
        Activity(_FISH, year, "t5", "stationary", "lpg", much(65.0), "t", uncertainty=3.0),
        Activity(_FISH, year, "t6", "other", "Công nhân đi làm", 2_400_000.0, "km", scope=3,
                 category="7", parameters={"ef": 0.00009}, uncertainty=30.0,
                 note="Hệ số tự ước tính"),
    )  # fmt: skip
