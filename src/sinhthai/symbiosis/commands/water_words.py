"""What ``sinhthai water`` says in its table and its workbook."""

from __future__ import annotations

from collections.abc import Iterator

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.water.design import CLEANED, FRESH, WASTE
from sinhthai.symbiosis.engine.water.routes import Network
from sinhthai.symbiosis.engine.water.study import Figures, WaterStudy

TITLE = Text("Mục tiêu nước", "Water targets")
FLOW, YEAR = Text("t/h", "t/h"), Text("m³/năm", "m³/year")
WITHOUT = Text("Không tái sử dụng", "Without re-use")
LEAST = Text("Nước cấp ít nhất khi tái sử dụng", "Least fresh water with re-use")
SAVED = Text("Tiết kiệm", "Saved")
ALONE = Text("Từng doanh nghiệp tự tái sử dụng", "Each enterprise by itself")
TOGETHER = Text("Cả khu cùng nhau", "All together")
ONCE = Text("Xử lý một lần đến {at} mg/L rồi dùng tiếp", "Cleaned once to {at} mg/L and used on")
AGAIN = Text("Xử lý đến {at} mg/L và quay vòng", "Cleaned to {at} mg/L and recycled")
PINCH = Text("Pinch (mg/L)", "Pinch (mg/L)")
PINCH_LINE = Text("Pinch", "Pinch")
WASTE_LEFT = Text("Nước thải", "Waste water")
ENTERPRISE = Text("Doanh nghiệp", "Enterprise")
WITHOUT_TH, LEAST_TH = (
    Text("Không tái sử dụng (t/h)", "Without re-use (t/h)"),
    Text("Ít nhất (t/h)", "Least (t/h)"),
)
SAVED_TH, SAVED_YEAR = (
    Text("Tiết kiệm (t/h)", "Saved (t/h)"),
    Text("Tiết kiệm (m³/năm)", "Saved (m³/year)"),
)
WORTH = Text("Đáng giá (triệu đồng/năm)", "Worth (million VND/year)")
FROM, TO = Text("Từ", "From"), Text("Đến", "To")
FLOW_TH = Text("Lưu lượng (t/h)", "Flow (t/h)")
BETWEEN = Text("Giữa doanh nghiệp", "Between enterprises")
YES = Text("có", "yes")
PIPES = Text("Đường ống", "Pipes")
PIPES_CLEANED = Text("Đường ống khi có trạm xử lý", "Pipes with the treatment plant")
NOT_A_DECISION = Text(
    "Đây là mục tiêu tính toán từ số liệu đã ghi; chưa kể giá đường ống và xử lý. Con người quyết "
    "định.",
    "Computed targets from the figures given; pipes and treatment are not priced. People decide.",
)
NOTHING_SAVED = Text(
    "Tái sử dụng không tiết kiệm được nước: nơi nào cũng cần nước sạch hơn nước các nơi khác thải.",
    "Re-use saves nothing: everybody needs cleaner water than the others let out.",
)
_PLACES = {
    FRESH: Text("nước cấp", "fresh water"),
    WASTE: Text("thải", "waste"),
    CLEANED: Text("trạm xử lý", "treatment plant"),
}
_MILLION = 1e6


def number(value: float, digits: int = 2) -> Text:
    """Return *value* in both languages, at most *digits* decimals, none where it is whole."""
    rounded = round(value, digits)
    return Text(format_number(rounded, "vi"), format_number(rounded, "en"))


def place(name: str) -> Text:
    """Return what a place of a network is called.

    >>> place("waste").vi
    'thải'
    """
    return _PLACES.get(name) or Text(name, name)


def network_title(title: Text, network: Network) -> Text:
    """Return the heading of the pipes: how sure the answer is."""
    count = sum(1 for _ in network.routes)
    if network.fewest:
        sure = Text("ít ống nhất, đã chứng minh", "the fewest, proven")
    elif network.fewest is False:
        sure = Text("hết thời gian: có thể còn cách ít ống hơn", "out of time: fewer pipes may do")
    elif network.proven:
        sure = Text("nước ít nhất, đã chứng minh", "the least water, proven")
    else:
        sure = Text(
            "hết thời gian: không thể dưới {bound} t/h", "out of time: no less than {bound} t/h"
        ).format(bound=number(network.bound))
    return Text("{title}: {count} ({sure})", "{title}: {count} ({sure})").format(
        title=title, count=count, sure=sure
    )


def quality_headings(study: WaterStudy) -> list[Text]:
    """Return a heading of concentration for each contaminant."""
    return [
        Text(f"{name or 'Nồng độ'} (mg/L)", f"{name or 'Concentration'} (mg/L)")
        for name in study.file.contaminants
    ]


def by_enterprise(study: WaterStudy) -> Iterator[tuple[Text, Figures]]:
    """Yield every enterprise by itself, their sum, and all together."""
    for one in study.enterprises:
        yield Text(one.name, one.name), one
    without = study.whole.without_reuse
    yield ALONE, Figures("", without, study.alone)
    yield TOGETHER, study.whole


def cleaned_targets(study: WaterStudy) -> Iterator[tuple[Text, float, float]]:
    """Yield what cleaning brings: label, fresh and regenerated water [t/h]."""
    cleaned = study.file.cleaned or ()
    at = Text(
        "; ".join(number(one).vi for one in cleaned), "; ".join(number(one).en for one in cleaned)
    )
    if study.once is not None:
        yield ONCE.format(at=at), study.once.fresh, study.once.regenerated
    if study.again is not None:
        yield AGAIN.format(at=at), study.again.fresh, study.again.regenerated
    elif study.cleaning is not None:
        yield AGAIN.format(at=at), study.cleaning.fresh, study.cleaning.regenerated


def millions(value: float | None) -> float | None:
    """Return VND as millions."""
    return None if value is None else value / _MILLION
