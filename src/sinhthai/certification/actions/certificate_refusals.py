"""What an action on a certificate may refuse, in words: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_SAID: Mapping[str, tuple[Text, Text]] = {
    "not_the_issuer": (
        Text(
            "{name} không có thẩm quyền cấp giấy chứng nhận này (khoản 6 Điều 41, 42).",
            "{name} does not issue this certificate (Articles 41.6 and 42.6).",
        ),
        Text(
            "Ủy ban nhân dân cấp tỉnh cấp cho khu công nghiệp, Ban quản lý cấp cho doanh nghiệp.",
            "The provincial People's Committee issues to a park, the Board to an enterprise.",
        ),
    ),
    "issued_before": (
        Text(
            "Hồ sơ này đã được cấp giấy chứng nhận.",
            "A certificate was issued on this dossier already.",
        ),
        Text("Mở giấy chứng nhận đã cấp.", "Open the one that was issued."),
    ),
    "not_assessed": (
        Text("Hồ sơ chưa có đánh giá.", "The dossier has no assessment."),
        Text("Lập tài liệu đánh giá trước.", "Assemble the assessment first."),
    ),
    "no_certificate_procedure": (
        Text(
            "Thủ tục này không dẫn tới giấy chứng nhận.",
            "This procedure does not lead to a certificate.",
        ),
        Text("Mở hồ sơ đăng ký chứng nhận.", "Open a case of certification."),
    ),
    "obstacle_unverified": (
        Text(
            "Quy định của tiêu chí {name} chưa được đối chiếu với văn bản gốc.",
            "The rule of criterion {name} was not verified in the document.",
        ),
        Text(
            "Đối chiếu quy định, hoặc ghi ngoại lệ pháp lý kèm căn cứ.",
            "Verify the rule, or record a legal override with its basis.",
        ),
    ),
    "obstacle_not_met": (
        Text(
            "Tiêu chí {name} chưa được chứng minh là đạt.",
            "Criterion {name} is not shown to be met.",
        ),
        Text(
            "Yêu cầu bổ sung, hoặc ghi ngoại lệ pháp lý kèm căn cứ.",
            "Ask for a supplement, or record a legal override with its basis.",
        ),
    ),
    "obstacle_not_judged": (
        Text(
            "Tiêu chí {name} chưa được nhận định trên số liệu hiện nay.",
            "Criterion {name} was not judged on the facts as they are now.",
        ),
        Text("Ghi nhận định cho tiêu chí này.", "Write a judgement of this criterion."),
    ),
    "too_early_to_renew": (
        Text(
            "Giấy chứng nhận {number} được chứng nhận lại sau 5 năm (45.1): chỉ lập hồ sơ "
            "chứng nhận lại từ ngày {day_vi}.",
            "Certificate {number} is issued again after 5 years (45.1): apply for "
            "re-certification from {day_en} on.",
        ),
        Text("Chờ đến ngày đó.", "Wait until that day."),
    ),
    "list_full": (
        Text("Danh sách trạng thái đã đầy.", "The status list is full."),
        Text("Báo cho người quản trị hệ thống.", "Tell the administrator of the system."),
    ),
    "no_such_change": (
        Text(
            "Giấy chứng nhận {before} không thể chuyển thành {after}.",
            "A certificate that is {before} cannot become {after}.",
        ),
        Text("Tải lại trang và xem trạng thái.", "Reload the page and look how it stands."),
    ),
    "no_reason": (
        Text("Chưa nêu lý do.", "No reason is given."),
        Text("Viết lý do; trang công khai sẽ nêu lý do này.", "Write it; the public page says it."),
    ),
    "not_an_approver": (
        Text(
            "Chỉ người có quyền phê duyệt của {name} được thay đổi trạng thái giấy chứng nhận.",
            "Only an approver of {name} may change how the certificate stands.",
        ),
        Text("Đề nghị cơ quan cấp quyết định.", "Ask the issuing authority to decide."),
    ),
    "system_only_expires": (
        Text(
            "Hệ thống chỉ tự ghi nhận hết hiệu lực khi đã qua ngày cuối cùng.",
            "The system itself only lets a certificate expire, after its last day.",
        ),
        Text("Một người có thẩm quyền phải quyết định.", "A person with the right must decide."),
    ),
}


def refuse(code: str, **values: object) -> InputError:
    """Return the refusal *code* in words."""
    message, cure = _SAID[code]
    return InputError([Problem(code, message.format(**values), cure)])
