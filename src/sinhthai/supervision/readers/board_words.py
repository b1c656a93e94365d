"""The words of a Board's report: sheets, columns, counts and states, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.text import Text

NOT_REPORTED: Final = Text("chưa báo cáo", "not reported")
NOT_HELD: Final = Text("chưa xác định", "unknown")
TOTAL: Final = Text("Tổng cộng", "Total")
NAMES: Final[Mapping[str, Text]] = {
    "dossiers": Text("Hồ sơ", "Dossiers"),
    "certificates": Text("Giấy chứng nhận", "Certificates"),
    "opinions": Text("Ý kiến", "Opinions"),
    "filings": Text("Mẫu báo cáo năm", "Yearly forms"),
    "inspections": Text("Kiểm tra", "Inspections"),
    "actions": Text("Khắc phục", "Corrective actions"),
    "2104": Text("Biểu 2104", "Form 2104"),
}
COUNTS: Final[Mapping[str, Text]] = {
    "received": Text("Hồ sơ tiếp nhận trong kỳ", "Dossiers received in the period"),
    "complete": Text("Hồ sơ được xác nhận đầy đủ trong kỳ", "Dossiers found complete"),
    "closed": Text("Hồ sơ kết thúc trong kỳ", "Dossiers closed"),
    "open": Text("Hồ sơ đang xử lý cuối kỳ", "Dossiers open at the end"),
    "issued": Text("Giấy chứng nhận cấp trong kỳ", "Certificates issued"),
    "in_force": Text("Giấy chứng nhận còn hiệu lực cuối kỳ", "Certificates in force at the end"),
    "opinions": Text("Lượt lấy ý kiến trong kỳ", "Opinions asked"),
    "answered": Text("Trong đó đã trả lời", "Of them answered"),
    "filings": Text("Lượt gửi mẫu A.4, A.5, B.4, B.5", "Forms A.4, A.5, B.4, B.5 sent"),
    "inspections": Text("Cuộc kiểm tra đã thực hiện", "Inspections held"),
    "open_actions": Text("Yêu cầu khắc phục chưa xong cuối kỳ", "Corrective actions open"),
}
_PARK = (Text("Khu công nghiệp", "Park"), 36)
_FIRM = (Text("Doanh nghiệp", "Enterprise"), 36)
_STATE = (Text("Trạng thái", "State"), 24)
COLUMNS: Final[Mapping[str, tuple[tuple[Text, int], ...]]] = {
    "dossiers": (
        (Text("Mã hồ sơ", "Dossier"), 18), _PARK, _FIRM, (Text("Loại", "Kind"), 20), _STATE,
        (Text("Ngày nộp", "Sent"), 13), (Text("Ngày hồ sơ đầy đủ", "Complete"), 13),
        (Text("Ngày kết thúc", "Closed"), 13),
    ),
    "certificates": (
        (Text("Số", "Number"), 24), _PARK, _FIRM, (Text("Ngày cấp", "Issued"), 13),
        (Text("Ngày cuối có hiệu lực", "Last day"), 20), _STATE,
        (Text("Không còn đáp ứng từ", "Criterion broken since"), 18),
    ),
    "opinions": (
        (Text("Mã hồ sơ", "Dossier"), 18), _PARK, _FIRM, (Text("Cơ quan", "Body"), 36),
        (Text("Ngày gửi", "Sent"), 13), (Text("Hạn trả lời", "Due"), 13),
        (Text("Ngày trả lời", "Answered"), 13), (Text("Ý kiến", "Position"), 22),
    ),
    "filings": (
        (Text("Mẫu", "Form"), 8), (Text("Năm", "Year"), 8), _PARK, _FIRM,
        (Text("Lần gửi", "Sending"), 9), (Text("Ngày gửi", "Sent"), 13),
        (Text("Kết quả", "Outcome"), 22), (Text("Ngày trả lời", "Decided"), 13),
    ),
    "inspections": (
        _PARK, _FIRM, (Text("Dự kiến", "Planned"), 13), (Text("Thực hiện", "Held"), 13), _STATE,
        (Text("Mục đích", "Purpose"), 44), (Text("Số phát hiện", "Observations"), 12),
        (Text("Trong đó nghiêm trọng", "Of them serious"), 14),
    ),
    "actions": (
        _PARK, _FIRM, (Text("Yêu cầu", "What"), 50), (Text("Hạn", "Due"), 13), _STATE,
        (Text("Cuối kỳ", "At the end"), 16),
    ),
    # The columns of the specification; "*" marks a value of the period itself.
    "2104": (
        (Text("Tên khu công nghiệp", "Park"), 40),
        (Text("Vị trí (ngoài KKT, KKT ven biển, KKT cửa khẩu)", "Place (outside, coastal or border "
              "economic zone)"), 22),
        (Text("Dự án hạ tầng", "Infrastructure project"), 22),
        (Text("ĐTNN: dự án còn hiệu lực", "Foreign: valid projects"), 14),
        (Text("ĐTNN: vốn đăng ký (triệu USD)", "Foreign: registered capital (M USD)"), 16),
        (Text("ĐTNN: dự án hoạt động", "Foreign: operating projects"), 14),
        (Text("ĐTNN: vốn thực hiện (triệu USD)", "Foreign: implemented capital (M USD)"), 16),
        (Text("ĐTNN: doanh thu * (triệu USD)", "Foreign: revenue * (M USD)"), 16),
        (Text("ĐTNN: xuất khẩu * (triệu USD)", "Foreign: exports * (M USD)"), 16),
        (Text("ĐTNN: nhập khẩu * (triệu USD)", "Foreign: imports * (M USD)"), 16),
        (Text("ĐTNN: nộp ngân sách * (tỷ đồng)", "Foreign: budget payment * (bn VND)"), 16),
        (Text("Trong nước: dự án còn hiệu lực", "Domestic: valid projects"), 14),
        (Text("Trong nước: vốn đăng ký (tỷ đồng)", "Domestic: registered capital (bn VND)"), 16),
        (Text("Trong nước: dự án hoạt động", "Domestic: operating projects"), 14),
        (Text("Trong nước: vốn thực hiện (tỷ đồng)", "Domestic: implemented capital (bn VND)"), 16),
        (Text("Trong nước: doanh thu * (tỷ đồng)", "Domestic: revenue * (bn VND)"), 16),
        (Text("Trong nước: xuất khẩu * (triệu USD)", "Domestic: exports * (M USD)"), 16),
        (Text("Trong nước: nhập khẩu * (triệu USD)", "Domestic: imports * (M USD)"), 16),
        (Text("Trong nước: nộp ngân sách * (tỷ đồng)", "Domestic: budget payment * (bn VND)"), 16),
        (Text("Lao động trong nước", "Domestic workers"), 14),
        (Text("Lao động nước ngoài", "Foreign workers"), 14),
    ),
}  # fmt: skip
OBSERVED: Final[Mapping[str, Text]] = {
    "received": Text("đã tiếp nhận", "received"),
    "revision": Text("yêu cầu chỉnh sửa", "revision requested"),
    "waits": Text("chờ tiếp nhận", "waits"),
    "late": Text("quá hạn", "late"),
    "in_time": Text("còn hạn", "in time"),
}
STATES: Final[Mapping[str, Text]] = {
    "Dossier.Kind.issue": Text("cấp giấy chứng nhận", "certification"),
    "Dossier.Kind.recertify": Text("chứng nhận lại", "re-certification"),
    "Dossier.Kind.revoke": Text("thu hồi", "revocation"),
    "Dossier.Kind.review": Text("rà soát", "review"),
    "Certificate.State.valid": Text("còn hiệu lực", "valid"),
    "Certificate.State.suspended": Text("tạm đình chỉ", "suspended"),
    "Certificate.State.revoked": Text("đã thu hồi", "revoked"),
    "Certificate.State.replaced": Text("đã được thay thế", "replaced by a newer one"),
    "Certificate.State.expired": Text("hết hạn", "expired"),
    "Opinion.Position.agree": Text("đồng ý", "agrees"),
    "Opinion.Position.remarks": Text("đồng ý, có góp ý", "agrees with remarks"),
    "Opinion.Position.disagree": Text("không đồng ý", "does not agree"),
    "Inspection.State.planned": Text("đã lên kế hoạch", "planned"),
    "Inspection.State.held": Text("đã thực hiện", "held"),
    "Inspection.State.closed": Text("đã kết thúc", "closed"),
    "Inspection.State.cancelled": Text("đã hủy", "cancelled"),
    "CorrectiveAction.State.open": Text("phải thực hiện", "to be done"),
    "CorrectiveAction.State.answered": Text("đã trả lời", "answered"),
    "CorrectiveAction.State.verified": Text("đã xác nhận", "verified"),
    "CorrectiveAction.State.rejected": Text("chưa đạt", "not accepted"),
}
