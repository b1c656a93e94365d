"""The words around heat targets, for the terminal and the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.heat.matches import MatchPlan
from sinhthai.symbiosis.engine.heat.neighbours import HeatLink, HeatNeighbours
from sinhthai.symbiosis.engine.heat.study import HeatStudy
from sinhthai.symbiosis.engine.heat.utility import Utility

TITLE = Text("Mục tiêu thu hồi nhiệt, ΔTmin = {least} K", "Heat targets, ΔTmin = {least} K")
HOT_UTILITY = Text("Tiện ích nóng", "Hot utility")
COLD_UTILITY = Text("Tiện ích lạnh", "Cold utility")
RECOVERY = Text("Nhiệt thu hồi được", "Heat recovered")
PINCH = Text("Pinch (thang dịch chuyển)", "Pinch (shifted scale)")
HOT, COLD = Text("nóng {at} °C", "hot {at} °C"), Text("lạnh {at} °C", "cold {at} °C")
SHIFTED = Text("T dịch chuyển (°C)", "Shifted T (°C)")
NET_CAPACITY = Text("CP nóng − lạnh (kW/K)", "CP hot − cold (kW/K)")
HEAT_DOWN = Text("Dòng nhiệt đi xuống (kW)", "Heat flowing down (kW)")
MORE_ROWS = Text("… còn {more} hàng (--format xlsx).", "… {more} rows more (--format xlsx).")
SKETCH = Text(
    "Đường tổng hợp lớn: dòng nhiệt ròng theo nhiệt độ dịch chuyển",
    "Grand composite curve: net heat flow by shifted temperature",
)
ENTERPRISE = Text("Doanh nghiệp", "Enterprise")
HOT_KW, COLD_KW = Text("Nóng (kW)", "Hot (kW)"), Text("Lạnh (kW)", "Cold (kW)")
RECOVERED_KW = Text("Thu hồi (kW)", "Recovered (kW)")
PINCHES = Text("Pinch (°C)", "Pinch (°C)")
UTILITIES = Text("Bố trí tiện ích rẻ nhất", "Cheapest utilities")
UTILITY, ROLE = Text("Tiện ích", "Utility"), Text("Vai trò", "Role")
TEMPERATURES = Text("Nhiệt độ (°C)", "Temperature (°C)")
LOAD_KW = Text("Công suất (kW)", "Load (kW)")
BRINGS, TAKES = Text("cấp nhiệt", "brings heat"), Text("nhận nhiệt", "takes heat")
COST = Text("Chi phí tiện ích: {cost} đồng một giờ.", "Cost of utilities: {cost} VND an hour.")
TOTAL_SITE = Text(
    "Toàn khu qua mạng hơi và nước nóng (kW)", "Total site through mains of steam and water (kW)"
)
USED, RAISED = Text("Dùng", "Used"), Text("Sinh từ nhiệt thừa", "Raised from waste heat")
BOUGHT, LET_DOWN = Text("Mua", "Bought"), Text("Giảm cấp", "Let down")
SURPLUS = Text("Dư", "Surplus")
THROUGH_MAINS = Text(
    "Mạng chung chuyển được {heat} kW giữa các doanh nghiệp.",
    "The mains carry {heat} kW between enterprises.",
)
GIVES, TAKES_HEAT = Text("Cho nhiệt", "Gives"), Text("Nhận nhiệt", "Takes")
HEAT_KW = Text("Nhiệt (kW)", "Heat (kW)")
MWH_A_YEAR = Text("MWh/năm", "MWh/year")
GIVER_TO_TAKER = Text("Bên cho → bên nhận", "Giver → taker")
PIPE_COLUMNS = (
    Text("Bên cho", "Giver"),
    Text("Bên nhận", "Taker"),
    HEAT_KW,
    Text("Tuyến (m)", "Route (m)"),
    Text("Giờ/năm", "h/year"),
    MWH_A_YEAR,
    Text("Vốn (triệu đồng)", "Capital (M VND)"),
    Text("Lợi ích ròng (triệu đồng/năm)", "Net benefit (M VND a year)"),
    Text("Hoàn vốn (năm)", "Payback (years)"),
    Text("t CO2/năm", "t CO2/year"),
)
NOT_A_DECISION = Text(
    "Đây là mục tiêu tính toán, chưa phải quyết định đầu tư.",
    "These are computed targets, not a decision to invest.",
)
_MILLION = 1e6


def number(value: float, digits: int = 1) -> Text:
    """Return *value* in both languages, at most *digits* decimals, none where it is whole.

    >>> number(1234.5).vi
    '1.234,5'
    """
    rounded = round(value, digits)
    return Text(format_number(rounded, "vi"), format_number(rounded, "en"))


def on_side(value: float | None, side: Text) -> Text | None:
    """Return a pinch on the scale of one side, None where it differs from stream to stream."""
    return None if value is None else side.format(at=number(value))


def from_to(utility: Utility) -> Text:
    """Return the temperatures of a utility."""
    if utility.supply == utility.target:
        return number(utility.supply)
    return Text("{a} → {b}", "{a} → {b}").format(a=number(utility.supply), b=number(utility.target))


def site_rows(study: HeatStudy) -> Iterator[tuple[Text, float, float, float]]:
    """Yield hot, cold and recovery of the site: each by itself, through mains, directly."""
    yield (
        Text("Từng doanh nghiệp tự thu hồi", "Each enterprise by itself"),
        study.zones_hot,
        study.zones_cold,
        study.zones_recovery,
    )
    if study.site is not None:
        yield (
            Text("Qua mạng hơi, nước nóng chung", "Through common mains"),
            study.site.hot,
            study.site.cold,
            study.zones_recovery + study.site.through_mains,
        )
    whole = study.whole.table
    yield (
        Text("Trao đổi trực tiếp toàn khu", "Exchanging directly"),
        whole.hot,
        whole.cold,
        whole.recovery,
    )


def unserved(hot: float, cold: float) -> Iterator[Text]:
    """Yield a sentence for heat no utility serves."""
    if hot:
        yield Text(
            "Không có tiện ích nào đủ nóng hoặc đủ lớn cho {heat} kW.",
            "No utility is hot or large enough for {heat} kW.",
        ).format(heat=number(hot, 3))
    if cold:
        yield Text(
            "Không có tiện ích nào đủ lạnh hoặc đủ lớn để nhận {heat} kW.",
            "No utility is cold or large enough to take {heat} kW.",
        ).format(heat=number(cold, 3))


def matches_title(plan: MatchPlan) -> Text:
    """Return how many matches were found, and whether fewer may do."""
    found = len(plan.matches)
    if plan.status == "optimal":
        return Text(
            "Ghép nhiệt: ít nhất {found} cặp (đã chứng minh)", "Matches: {found} at least (proven)"
        ).format(found=found)
    if plan.status in ("infeasible", "unbounded"):
        return Text(
            "Ghép nhiệt: không phương án nào phục vụ được mọi dòng",
            "Matches: no plan serves every stream",
        )
    if not found:
        return Text(
            "Ghép nhiệt: hết thời gian, chưa tìm được phương án",
            "Matches: out of time before any plan was found",
        )
    return Text(
        "Ghép nhiệt: tìm được {found} cặp, ít nhất {bound} (hết thời gian, khoảng cách {gap} %)",
        "Matches: {found} found, at least {bound} needed (out of time, gap {gap} %)",
    ).format(found=found, bound=plan.bound, gap=number(100 * plan.gap))


def pipes_title(found: HeatNeighbours) -> Text:
    """Return what joining neighbours brings, or that no pipe pays."""
    if not found.links:
        return Text(
            "Nối nhiệt giữa láng giềng: không có đường ống nào bù được chi phí.",
            "Heat between neighbours: no pipe earns its cost.",
        )
    proven = (
        Text("tối ưu", "optimal")
        if found.status == "optimal"
        else Text("cận trên {bound}", "bound {bound}").format(
            bound=number(found.bound / _MILLION, 0)
        )
    )
    return Text(
        "Nối nhiệt giữa láng giềng: lợi ích ròng {benefit} triệu đồng/năm ({proven})",
        "Heat between neighbours: net benefit {benefit} million VND a year ({proven})",
    ).format(benefit=number(found.benefit / _MILLION, 0), proven=proven)


def pipe_row(link: HeatLink) -> tuple[str | tuple[float | None, int], ...]:
    """Return a pipe as the cells of ``PIPE_COLUMNS``: words, or a figure and its decimals."""
    return (
        link.giver,
        link.taker,
        (link.heat, 1),
        (link.length, 0),
        (link.hours, 0),
        (link.energy, 0),
        (link.investment / _MILLION, 0),
        (link.benefit / _MILLION, 0),
        (link.payback, 1),
        (link.co2, 0),
    )
