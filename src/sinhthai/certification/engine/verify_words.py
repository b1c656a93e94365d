"""What a verdict says, in both languages."""

from __future__ import annotations

from sinhthai.foundation.text import Text

OUTCOME_NAMES = {
    "valid": Text("Có hiệu lực", "Valid"),
    "suspended": Text("Tạm đình chỉ", "Suspended"),
    "revoked": Text("Đã thu hồi", "Revoked"),
    "replaced": Text("Đã được thay thế", "Replaced"),
    "expired": Text("Hết hiệu lực", "Expired"),
    "not_yet": Text("Chưa có hiệu lực", "Not in force yet"),
    "altered": Text("Bị sửa đổi", "Altered"),
    "unknown_issuer": Text("Không rõ cơ quan cấp", "Unknown issuer"),
    "not_registered": Text("Không có trong sổ đăng ký", "Not in the register"),
}
VALID = Text(
    "Giấy chứng nhận nguyên vẹn và có hiệu lực đến hết ngày {day}.",
    "The certificate is intact and holds until the end of {day}.",
)
SUSPENDED = Text("Tạm đình chỉ từ ngày {day}.", "Suspended since {day}.")
REVOKED = Text("Đã thu hồi ngày {day}.", "Revoked on {day}.")
REPLACED = Text(
    "Đã được thay thế ngày {day} bằng giấy chứng nhận số {number}.",
    "Replaced on {day} by certificate no. {number}.",
)
EXPIRED = Text("Ngày cuối cùng có hiệu lực là {day}.", "The last day it held was {day}.")
NOT_YET = Text("Có hiệu lực từ ngày {day}.", "It holds from {day} on.")
NOT_READABLE = Text(
    "Tệp bị hỏng: không còn đọc được như JSON.", "The file is damaged: it no longer reads as JSON."
)
REWRITTEN = Text(
    "Tệp không còn đúng từng byte như khi cấp (khác khoảng trắng, thứ tự hoặc cách viết). Tải lại "
    "tệp từ trang công khai của giấy chứng nhận.",
    "The file is no longer byte for byte as issued (spacing, order or spelling differ). Take it "
    "again from the public page of the certificate.",
)
NO_SEAL = Text(
    "Tệp PDF không có dấu niêm phong ở cuối: không phải bản được cấp, bị cắt, hoặc đã được lưu lại "
    "bằng phần mềm khác.",
    "The PDF has no seal at its end: it is not the one issued, was cut, or was saved again by "
    "another program.",
)
SEAL_BROKEN = Text(
    "Niêm phong không khớp: ít nhất một byte của tệp PDF đã thay đổi.",
    "The seal does not match: at least one byte of the PDF was changed.",
)
NO_CREDENTIAL = Text(
    "Tệp PDF không mang chứng nhận điện tử bên trong.", "The PDF carries no credential inside."
)
TWO_SIGNERS = Text(
    "Tệp PDF và chứng nhận bên trong không do cùng một khóa ký.",
    "The PDF and the credential inside are not signed by the same key.",
)
SIGNATURE_BROKEN = Text(
    "Chữ ký không khớp: nội dung đã thay đổi sau khi ký.",
    "The signature does not match: the content was changed after signing.",
)
OTHER_KIND = Text(
    "Nội dung được ký không phải là giấy chứng nhận khu công nghiệp sinh thái hay doanh nghiệp "
    "sinh thái.",
    "What was signed is not a certificate of an eco-industrial park or an eco-enterprise.",
)
UNKNOWN_KEY = Text(
    "Khóa ký {did} không có trong danh sách cơ quan cấp.",
    "The signing key {did} is not in the list of issuers.",
)
OTHER_SIGNER = Text(
    "Khóa ký không phải là khóa cấp giấy chứng nhận của cơ quan nêu trong giấy.",
    "The key is not the one by which the authority named in it issues certificates.",
)
NOT_ITS_OFFICE = Text(
    "{name} không có thẩm quyền cấp loại giấy chứng nhận này.",
    "{name} has no authority to issue a certificate of this kind.",
)
NOT_IN_USE = Text(
    "Khóa ký không còn, hoặc chưa, được sử dụng vào lúc ký.",
    "The key was not in use at the time of signing.",
)
STOLEN = Text(
    "Khóa ký đã bị báo mất ngày {day} và sổ đăng ký không có giấy chứng nhận này.",
    "The key was reported stolen on {day}, and the register does not list this certificate.",
)
STOLEN_NOT_ASKED = Text(
    "Khóa ký đã bị báo mất ngày {day}; chỉ sổ đăng ký mới cho biết giấy này có thật hay không. "
    "Kiểm tra lại cùng tệp status.json.",
    "The key was reported stolen on {day}; only the register can tell whether this certificate is "
    "genuine. Verify again with status.json.",
)
OTHER_CONTENT = Text(
    "Sổ đăng ký có giấy chứng nhận số {number} với nội dung khác.",
    "The register holds certificate no. {number} with other content.",
)
NOT_LISTED = Text(
    "Chữ ký đúng, nhưng sổ đăng ký không có giấy chứng nhận này.",
    "The signature is right, but the register does not list this certificate.",
)
OTHER_DAY = Text(
    "Thời điểm ký không thuộc ngày cấp ghi trong giấy, và sổ đăng ký không có giấy chứng nhận này.",
    "It was not signed on the day of issue it states, and the register does not list it.",
)
STATUS_OLD = Text(
    "Sổ đăng ký đã dùng là của ngày {day}: việc tạm đình chỉ hoặc thu hồi sau đó không thấy được.",
    "The register used is of {day}: a suspension or revocation after it is not seen.",
)
STATUS_UNKNOWN = Text(
    "Chưa hỏi sổ đăng ký: việc tạm đình chỉ hoặc thu hồi sau khi cấp không thấy được ở đây.",
    "The register was not asked: a suspension or revocation since then is not seen here.",
)
STATUS_OLDER = Text(
    "Sổ đăng ký đã dùng cũ hơn giấy chứng nhận này: chưa thấy được việc tạm đình chỉ hay thu hồi.",
    "The register used is older than this certificate: a suspension or revocation is not seen.",
)
QUESTIONED = Text(
    "Từ ngày {day}, số liệu mới không còn đáp ứng một tiêu chí; cơ quan quản lý đang xem xét.",
    "Since {day} new facts no longer meet a criterion; the authority is looking into it.",
)
OVERRIDES = Text(
    "Giấy chứng nhận dựa trên {n} ngoại lệ pháp lý có nêu căn cứ và lý do.",
    "The certificate rests on {n} reasoned legal override(s).",
)
INVENTED = Text(
    "Dữ liệu giả định: đây là bản trình diễn, không có giá trị pháp lý.",
    "Invented data: a demonstration, of no legal effect.",
)
