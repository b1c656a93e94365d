"""The words of a roadmap: goals, kinds, reasons, amounts of money. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.assessment.engine.formulas import columns_of
from sinhthai.assessment.engine.roadmap.model import Obstacle
from sinhthai.assessment.roadmap.document import WORST
from sinhthai.assessment.roadmap.model import Want
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Leaf

BILLION = 1e9
MILLION = 1e6
GOAL_NAMES = {
    "cheapest": Text("Rẻ nhất", "Cheapest"),
    "carbon": Text("Giảm nhiều CO2 nhất trên mỗi đồng", "Most CO2 per đồng"),
    "soonest": Text("Sớm nhất", "Soonest"),
    WORST: Text("Trường hợp xấu nhất", "Worst case"),
}
GOAL_NOTES = {
    "cheapest": Text("chi phí ròng hiện tại nhỏ nhất", "least net present cost"),
    "carbon": Text(
        "giảm nhiều CO2 nhất trên mỗi đồng đầu tư", "most CO2 abated for each đồng invested"
    ),
    "soonest": Text(
        "mọi tiêu chí đạt sớm nhất, rồi mới đến chi phí",
        "all criteria met as early as can be, and then cheapest",
    ),
    WORST: Text(
        "mọi điều chưa khai đều không đạt; rẻ nhất trong trường hợp đó",
        "all that is not reported turns out badly; the cheapest plan then",
    ),
}
KIND_NAMES = {
    "report": Text("Khai báo", "Report"),
    "step": Text("Bước chứng nhận", "Certification step"),
    "measure": Text("Giải pháp RECP", "RECP measure"),
    "exchange": Text("Cộng sinh", "Exchange"),
    "land": Text("Đất", "Land"),
}
AFTER_NAMES = {
    "met": Text("Đạt", "Met"),
    "reported": Text("Đạt nếu số liệu khai tốt", "Met if the report is good"),
    "not_met": Text("Không đạt được", "Cannot be met"),
}
STATUS_NAMES = {
    "optimal": Text("tối ưu đã chứng minh (sai khác ≤ 0,1 %)", "proven best (within 0.1 %)"),
    "stopped": Text("tốt nhất tìm được trong thời gian cho", "best found in the time given"),
    "infeasible": Text("không đạt được tất cả", "not all can be met"),
}
ENTERPRISES = Text("doanh nghiệp", "enterprises")


def money(value: float, language: str) -> str:
    """Return VND in billions or millions.

    >>> money(2_512_000_000, "vi"), money(-300_000, "en"), money(0, "vi")
    ('2,51 tỷ', '-0.3 m', '0')
    """
    if abs(value) >= BILLION:
        unit = Text("tỷ", "bn").get(language)
        return f"{format_number(round(value / BILLION, 2), language)} {unit}"
    if round(value / MILLION, 1) == 0:
        return "0"
    figure = value / MILLION
    digits = 0 if abs(figure) >= 100 else 1
    return f"{format_number(round(figure, digits), language)} {Text('triệu', 'm').get(language)}"


def amount(value: float, language: str) -> str:
    """Return a number with at most two decimals."""
    return format_number(round(value, 2), language)


def unit_of(leaf: Leaf, readings: Mapping[str, str]) -> Text:
    """Return the unit of what a criterion lacks; empty for a condition.

    >>> unit_of(load_bundle().frameworks[1].leaf("PARK-1"), {}).en
    'ha'
    """
    if leaf.kind == "share":
        return ENTERPRISES
    if leaf.kind == "condition":
        return Text("", "")
    unit = leaf.unit
    if leaf.kind == "ratio":
        items = load_bundle().items
        codes = columns_of(leaf.numerator.chosen(readings))
        unit = next((items[code].unit for code in codes if code in items), "")
    return Text("", "") if unit in ("", "1") else Text(unit, unit)


def no_options(*, unknown: bool) -> Text:
    """Say that nothing can be planned for a criterion."""
    if unknown:
        return Text(
            "chưa biết còn thiếu bao nhiêu: phải khai số liệu trước",
            "nobody can say how much is missing: report first",
        )
    return Text("không có giải pháp nào phục vụ", "no option serves it")


def say_obstacle(obstacle: Obstacle, want: Want) -> Text:
    """Say why a criterion cannot be met, with the most that can be reached of it."""
    missing, best = want.need.missing, obstacle.best
    most = Text(
        f"tối đa {amount(best, 'vi')} trên {amount(missing, 'vi')} cần thêm",
        f"at most {amount(best, 'en')} of the {amount(missing, 'en')} missing",
    )
    if want.clear_from is not None and obstacle.reason == "time":
        return Text(
            f"vi phạm đã qua còn tính đến hết năm {want.clear_from - 1}: sớm nhất năm "
            f"{want.clear_from}",
            f"a past breach counts until the end of {want.clear_from - 1}: {want.clear_from} at "
            "the earliest",
        )
    reasons = {
        "options": Text(
            f"không đủ giải pháp ({most.vi}); thêm dòng vào tệp giải pháp",
            f"not enough options ({most.en}); add rows to the file of options",
        ),
        "time": Text(
            f"không kịp thời hạn ({most.vi}); lùi ngày đích hoặc làm sớm hơn",
            f"not enough time ({most.en}); move the day or begin earlier",
        ),
        "budget": Text(f"ngân sách không đủ ({most.vi})", f"the budget does not reach ({most.en})"),
        "together": Text(
            f"không đạt được cùng với các tiêu chí khác ({most.vi})",
            f"not together with the other criteria ({most.en})",
        ),
        "unproven": Text(
            f"không tìm được trong thời gian cho ({most.vi}); cho thêm thời gian",
            f"not found in the time given ({most.en}); give more seconds",
        ),
    }
    return reasons[obstacle.reason]
