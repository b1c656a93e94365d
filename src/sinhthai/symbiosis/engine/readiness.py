"""How ready an exchange is, on six axes, each from 1 (unknown ground) to 5 (settled).

The six axes follow the readiness levels of the CORALIS project (technical, business,
organisation, legal, social, environment); the criteria of each level are this system's own
words, so that two facilitators give the same level to the same exchange.
"""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.foundation.text import Text

LEVELS = (1, 2, 3, 4, 5)
AXES = ("technical", "business", "organisation", "legal", "social", "environment")

CRITERIA: Mapping[str, tuple[Text, Text, Text, Text, Text]] = {
    "technical": (
        Text(
            "Chưa có mẫu hay số đo của dòng vật chất.",
            "No sample or measurement of the stream yet.",
        ),
        Text(
            "Đã biết lượng và thành phần chính; chưa biết cách xử lý.",
            "Quantity and main composition known; treatment open.",
        ),
        Text(
            "Bên nhận đã thử ở phòng thí nghiệm; đã chọn cách xử lý và vận chuyển.",
            "Tried by the taker in the laboratory; treatment and transport chosen.",
        ),
        Text(
            "Đã chạy thử ở quy mô sản xuất, đạt chất lượng.",
            "Trial run at production scale met the quality.",
        ),
        Text(
            "Vận hành đều, có đo đếm và phương án khi gián đoạn.",
            "Runs steadily, metered, with a plan for interruptions.",
        ),
    ),
    "business": (
        Text("Chưa ước tính chi phí, lợi ích.", "Cost and benefit not estimated."),
        Text(
            "Có ước tính sơ bộ; mỗi bên đều có thể có lợi.",
            "Rough estimate; every party may gain.",
        ),
        Text(
            "Có báo giá; đã biết vốn đầu tư và thời gian hoàn vốn.",
            "Quotations in hand; investment and payback known.",
        ),
        Text(
            "Đã thống nhất giá, cách chia lợi ích và nguồn vốn.",
            "Price, split of the benefit and funding agreed.",
        ),
        Text(
            "Đang thanh toán theo hợp đồng; lợi ích đo được.",
            "Paid under contract; the benefit is measured.",
        ),
    ),
    "organisation": (
        Text("Chưa có người phụ trách ở các bên.", "Nobody in charge at the parties."),
        Text(
            "Mỗi bên có một đầu mối, đã gặp nhau.",
            "Each party has a contact; they have met.",
        ),
        Text(
            "Lãnh đạo các bên ủng hộ; đã phân công việc.",
            "The managements support it; the work is shared out.",
        ),
        Text(
            "Quy trình giao nhận và kế hoạch chung đã được duyệt.",
            "Hand-over procedure and joint plan approved.",
        ),
        Text(
            "Quy trình chạy thường xuyên, không phụ thuộc một người.",
            "The procedure runs routinely, not hanging on one person.",
        ),
    ),
    "legal": (
        Text(
            "Chưa rõ mã chất thải và quy định áp dụng.",
            "Waste code and applicable rules unclear.",
        ),
        Text(
            "Đã xác định mã và cơ sở pháp lý.",
            "Code and legal path identified.",
        ),
        Text(
            "Đã liệt kê giấy tờ cần có; chưa thấy trở ngại.",
            "Papers needed are listed; no obstacle found.",
        ),
        Text(
            "Đã nộp hồ sơ, hoặc cơ quan quản lý đã cho ý kiến.",
            "Files submitted, or the authority has answered.",
        ),
        Text(
            "Đủ giấy phép, hợp đồng và chứng từ.",
            "Permits, contracts and vouchers complete.",
        ),
    ),
    "social": (
        Text(
            "Chưa hỏi người lao động, cộng đồng.",
            "Workers and neighbours not asked.",
        ),
        Text(
            "Đã nhận ra ai bị ảnh hưởng và như thế nào.",
            "It is known who is affected and how.",
        ),
        Text(
            "Đã thông báo; ý kiến được ghi lại.",
            "They were informed; their views are written down.",
        ),
        Text(
            "Ý kiến đã được giải quyết; có biện pháp an toàn.",
            "Their views are settled; safety measures stand.",
        ),
        Text(
            "Được chấp nhận; không còn khiếu nại.",
            "Accepted; no complaint is open.",
        ),
    ),
    "environment": (
        Text("Chưa xem xét tác động môi trường.", "Environmental effects not looked at."),
        Text(
            "Đã ước tính lợi ích và rủi ro chính.",
            "Main benefits and risks estimated.",
        ),
        Text(
            "Đã tính giảm CO2, chất thải, kể cả vận chuyển.",
            "Cuts of CO2 and waste computed, transport included.",
        ),
        Text(
            "Rủi ro được kiểm soát; có chương trình quan trắc.",
            "Risks under control; a monitoring programme stands.",
        ),
        Text(
            "Lợi ích đã được đo và kiểm tra.",
            "The benefit is measured and checked.",
        ),
    ),
}


def criterion(axis: str, level: int) -> Text:
    """Return what *level* of *axis* means.

    >>> criterion("legal", 5).en
    'Permits, contracts and vouchers complete.'
    """
    return CRITERIA[axis][level - 1]
