"""What an action of a dossier may refuse, in words: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_RELOAD = Text("Tải lại trang rồi làm lại.", "Reload the page and do it again.")

_SAID: Mapping[str, tuple[Text, Text]] = {
    "changed-meanwhile": (
        Text(
            "Hồ sơ đã thay đổi sau khi bạn mở trang: {what}.",
            "The dossier changed after you opened the page: {what}.",
        ),
        Text("Xem lại hồ sơ rồi quyết định.", "Look at it again, then decide."),
    ),
    "no-procedure": (
        Text(
            "Không có thủ tục nào có hiệu lực vào ngày {day}.",
            "No such procedure is in force on {day}.",
        ),
        Text("Chọn ngày khác.", "Choose another day."),
    ),
    "case-open": (
        Text(
            "Đã có một hồ sơ cùng loại đang giải quyết.",
            "A case of this kind is already open.",
        ),
        Text("Mở hồ sơ đó.", "Open that one."),
    ),
    "already-certified": (
        Text("Giấy chứng nhận {number} còn hiệu lực.", "Certificate {number} is still in force."),
        Text("Nộp hồ sơ chứng nhận lại (Điều 45).", "Apply for re-certification (Article 45)."),
    ),
    "nothing-to-renew": (
        Text(
            "Không có giấy chứng nhận nào để thực hiện thủ tục này.",
            "There is no certificate this procedure could be about.",
        ),
        Text("Nộp hồ sơ chứng nhận lần đầu.", "Apply for a first certificate."),
    ),
    "park-mismatch": (
        Text(
            "Doanh nghiệp không thuộc khu công nghiệp này.",
            "The enterprise is not in this park.",
        ),
        Text("Mở hồ sơ từ trang của doanh nghiệp.", "Open the case from the enterprise's page."),
    ),
    "unknown-reading": (
        Text("Không có cách hiểu “{choice}” cho {option}.", "{option} has no reading “{choice}”."),
        Text("Chọn một cách hiểu trong danh sách.", "Choose one of the list."),
    ),
    "closed": (
        Text("Hồ sơ đã kết thúc.", "The case is closed."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "not-now": (
        Text(
            "Không thể làm việc này khi hồ sơ ở trạng thái “{state}” ({clause}).",
            "This is not possible while the dossier is “{state}” ({clause}).",
        ),
        Text(
            "Chờ hồ sơ tới bước tương ứng.",
            "Wait until the dossier is where this is done.",
        ),
    ),
    "reason-missing": (
        Text("“{step}” phải nêu lý do ({clause}).", "“{step}” needs a reason ({clause})."),
        Text("Viết ít nhất một câu.", "Write at least a sentence."),
    ),
    "nobody-decides": (
        Text(
            "“{step}” phải do một người của cơ quan có thẩm quyền quyết định.",
            "“{step}” is decided by a person of the authority.",
        ),
        Text("Đăng nhập rồi làm lại.", "Sign in and do it again."),
    ),
    "text-missing": (
        Text("Chưa viết gì.", "Nothing is written."),
        Text("Viết ít nhất một câu.", "Write at least a sentence."),
    ),
    "text-too-long": (
        Text("“{field}” dài hơn {limit} ký tự.", "“{field}” is longer than {limit} characters."),
        Text("Rút ngắn lại, hoặc tải lên thành tài liệu.", "Shorten it, or upload it as a file."),
    ),
    "unknown-field": (
        Text("Hồ sơ không có mục “{field}”.", "The dossier has no field “{field}”."),
        _RELOAD,
    ),
    "unknown-leaf": (
        Text("Không có tiêu chí “{leaf}”.", "There is no criterion “{leaf}”."),
        _RELOAD,
    ),
    "unknown-slot": (
        Text("Hồ sơ không có thành phần “{slot}”.", "The dossier has no paper “{slot}”."),
        _RELOAD,
    ),
    "unknown-about": (
        Text("Không rõ yêu cầu bổ sung về “{about}”.", "It is not clear what “{about}” is about."),
        Text(
            "Chọn một tài liệu, một mục hoặc một tiêu chí.",
            "Choose a paper, a field or a criterion.",
        ),
    ),
    "no-findings": (
        Text(
            "Không có bộ tiêu chí nào có hiệu lực vào ngày {day}.",
            "No criteria are in force on {day}.",
        ),
        Text("Chọn ngày khác.", "Choose another day."),
    ),
    "no-findings-of-enterprise": (
        Text(
            "Năm {year} doanh nghiệp không có trong danh sách của khu công nghiệp.",
            "In {year} the enterprise is not on the park's roster.",
        ),
        Text(
            "Chọn năm khác, hoặc bổ sung doanh nghiệp vào danh sách của năm đó.",
            "Choose another year, or enter the enterprise in that year's roster.",
        ),
    ),
    "nothing-asked": (
        Text("Chưa nêu nội dung cần bổ sung.", "Nothing to complete is named."),
        Text("Nêu ít nhất một nội dung.", "Name at least one thing."),
    ),
    "already-answered": (
        Text("Nội dung này đã được trả lời.", "This was already answered."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "already-overridden": (
        Text(
            "Ngoại lệ về tiêu chí {leaf} đã được ghi.",
            "The override of criterion {leaf} is recorded already.",
        ),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "already-withdrawn": (
        Text(
            "Ngoại lệ về tiêu chí {leaf} đã được rút.",
            "The override of criterion {leaf} was withdrawn already.",
        ),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "day-of-delivery": (
        Text(
            "Ngày giao phải từ ngày gửi {sent} đến hôm nay.",
            "The day of delivery lies between {sent}, when it was sent, and today.",
        ),
        Text("Ghi ngày trên giấy báo phát.", "Write the day the proof of delivery states."),
    ),
    "clause-missing": (
        Text("Chưa nêu căn cứ pháp lý.", "The legal basis is not named."),
        Text("Ghi điều, khoản của văn bản.", "Name the article and the document."),
    ),
    "nobody-asked": (
        Text("Chưa chọn cơ quan nào để gửi.", "No body was chosen."),
        Text("Chọn ít nhất một cơ quan chưa được hỏi.", "Choose one that was not asked yet."),
    ),
    "not-received": (
        Text(
            "Cơ quan chưa xác nhận đã nhận hồ sơ.", "Receipt of the dossier is not confirmed yet."
        ),
        Text("Xác nhận đã nhận trước.", "Confirm the receipt first."),
    ),
    "wrong-organisation": (
        Text(
            "{organisation} không phải là cơ quan được lấy ý kiến của thủ tục này.",
            "{organisation} is not a body this procedure consults.",
        ),
        Text("Chọn cơ quan khác.", "Choose another one."),
    ),
    "unknown-position": (
        Text("Chưa chọn ý kiến.", "No position is chosen."),
        Text("Chọn một trong ba mức ý kiến.", "Choose one of the three."),
    ),
    "no-obstacle": (
        Text("Tiêu chí {leaf} không có vướng mắc này.", "Criterion {leaf} has no such obstacle."),
        Text("Không cần ngoại lệ pháp lý.", "No override is needed."),
    ),
    "empty-file": (
        Text("Tệp rỗng.", "The file is empty."),
        Text("Chọn lại tệp và tải lên lần nữa.", "Choose the file again and upload it once more."),
    ),
    "too-large": (
        Text("Tệp lớn hơn {limit} MB.", "The file is larger than {limit} MB."),
        Text(
            "Quét lại ở độ phân giải thấp hơn, hoặc chia nhỏ tệp.",
            "Scan it at a lower resolution, or split it.",
        ),
    ),
    "file-type": (
        Text(
            "Nội dung tệp không phải PDF, Word, Excel, PNG hay JPEG.",
            "The file's content is not PDF, Word, Excel, PNG or JPEG.",
        ),
        Text(
            "Lưu tài liệu thành PDF rồi tải lên lại; đổi đuôi tên tệp không đủ.",
            "Save the document as PDF and upload it again; renaming the file is not enough.",
        ),
    ),
    "file-name": (
        Text(
            "Tên tệp kết thúc bằng “{ending}” nhưng nội dung là {kind}.",
            "The file's name ends in “{ending}” but its content is {kind}.",
        ),
        Text(
            "Chọn đúng tệp, hoặc đặt lại tên đúng loại.",
            "Choose the right file, or name it by its kind.",
        ),
    ),
    "file-twice": (
        Text("Tệp này đã có trong hồ sơ.", "This very file is already in the dossier."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "too-many-files": (
        Text("Hồ sơ đã có {limit} tài liệu.", "The dossier already has {limit} files."),
        Text("Gỡ tài liệu không còn dùng.", "Withdraw one no longer needed."),
    ),
    "paper-withdrawn": (
        Text("Tài liệu này đã được gỡ.", "This paper was already withdrawn."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
}


def problem(code: str, **values: object) -> Problem:
    """Return the problem *code* in words, its placeholders filled in."""
    message, cure = _SAID[code]
    return Problem(code, message.format(**values), cure.format(**values))


def refuse(code: str, **values: object) -> InputError:
    """Return the error to raise for *code*, its placeholders filled in."""
    return InputError([problem(code, **values)])
