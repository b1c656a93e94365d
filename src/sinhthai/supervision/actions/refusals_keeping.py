"""Why an act of supervision was refused: the words, in both languages, in one place."""

from __future__ import annotations

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_RELOAD = Text(
    "Mở lại trang để xem trạng thái hiện tại.", "Reload the page to see where it stands."
)
_SAID: dict[str, tuple[Text, Text]] = {
    "no-right": (
        Text("Bạn không có quyền làm việc này.", "You may not do this."),
        Text(
            "Đề nghị người quản lý tổ chức của bạn phân quyền.",
            "Ask your organisation's administrator.",
        ),
    ),
    "reason-missing": (
        Text("Chưa nêu lý do.", "The reason is missing."),
        Text("Viết một câu: vì sao.", "Write a sentence: why."),
    ),
    "text-missing": (
        Text("Chưa có nội dung.", "Nothing is written."),
        Text("Viết nội dung rồi gửi lại.", "Write it, then send again."),
    ),
    "alert-closed": (
        Text("Cảnh báo này đã đóng.", "This alert is closed."),
        _RELOAD,
    ),
    "in-the-past": (
        Text("Ngày {day_vi} đã qua.", "{day_en} has passed."),
        Text("Chọn một ngày từ hôm nay trở đi.", "Choose today or a later day."),
    ),
    "in-the-future": (
        Text("Ngày {day_vi} chưa tới.", "{day_en} has not come yet."),
        Text("Ghi ngày việc đó thực sự xảy ra.", "Give the day on which it really happened."),
    ),
    "moved-meanwhile": (
        Text(
            "Trạng thái đã là “{state_vi}” sau khi bạn mở trang; chưa ghi gì.",
            "It became “{state_en}” after you opened the page; nothing was written.",
        ),
        _RELOAD,
    ),
    "not-held": (
        Text(
            "Cuộc kiểm tra chưa diễn ra hoặc đã kết thúc.",
            "The inspection has not been held, or is closed.",
        ),
        Text(
            "Ghi nhận cuộc kiểm tra đã diễn ra trước; cuộc đã kết thúc thì lập kiểm tra lại.",
            "Record first that it was held; after it is closed, plan a follow-up.",
        ),
    ),
    "criterion-or-clause": (
        Text(
            "Chưa nêu tiêu chí hay điều khoản bị vi phạm.",
            "Neither a criterion nor a clause of law is named.",
        ),
        Text("Chọn một tiêu chí, hoặc ghi điều khoản.", "Choose a criterion, or write the clause."),
    ),
    "unknown-criterion": (
        Text("Không có tiêu chí “{leaf}”.", "There is no criterion “{leaf}”."),
        Text("Chọn trong danh sách.", "Choose one of the list."),
    ),
    "actions-open": (
        Text(
            "Còn {n} yêu cầu khắc phục chưa được xác nhận.",
            "{n} corrective actions are not verified yet.",
        ),
        Text(
            "Xác nhận chúng, hoặc lập một cuộc kiểm tra lại, rồi kết thúc.",
            "Verify them, or plan a follow-up inspection, then close.",
        ),
    ),
    "no-observation": (
        Text(
            "Cuộc kiểm tra chưa ghi nhận điều gì về căn cứ này.",
            "The inspection has no observation that bears this ground.",
        ),
        Text(
            "Ghi kết quả kiểm tra trước, hoặc chọn cuộc kiểm tra khác.",
            "Write the observation first, or choose another inspection.",
        ),
    ),
    "not-to-answer": (
        Text(
            "Yêu cầu khắc phục này không chờ trả lời ({state_vi}).",
            "This corrective action awaits no answer ({state_en}).",
        ),
        _RELOAD,
    ),
    "not-to-verify": (
        Text(
            "Yêu cầu khắc phục này không chờ xác nhận ({state_vi}).",
            "This corrective action awaits no verification ({state_en}).",
        ),
        _RELOAD,
    ),
    "answered-it": (
        Text(
            "Bạn đã trả lời yêu cầu này; người khác phải xác nhận.",
            "You answered this action; somebody else must verify it.",
        ),
        Text("Đề nghị đồng nghiệp xác nhận.", "Ask a colleague to verify it."),
    ),
    "new-day-missing": (
        Text("Chưa có hạn mới.", "The new due day is missing."),
        Text(
            "Khi không chấp nhận, đặt hạn mới để khắc phục.",
            "When an answer is not accepted, name a new day.",
        ),
    ),
    "empty-file": (
        Text("Tệp “{file}” rỗng.", "The file “{file}” is empty."),
        Text("Chọn đúng tệp rồi tải lại.", "Choose the right file and send it again."),
    ),
    "too-large": (
        Text("Tệp “{file}” lớn hơn {limit} MB.", "The file “{file}” is larger than {limit} MB."),
        Text(
            "Quét ở độ phân giải thấp hơn, hoặc chia thành nhiều tệp.",
            "Scan it at a lower resolution, or split it.",
        ),
    ),
    "file-type": (
        Text(
            "Tệp “{file}” không phải PDF, ảnh, Word hay Excel, dù tên là gì.",
            "The file “{file}” is no PDF, picture, Word or Excel file, whatever its name.",
        ),
        Text("Tải lên bản PDF hoặc ảnh chụp.", "Send a PDF or a picture of it."),
    ),
    "too-many-files": (
        Text("Nhiều hơn {limit} tệp.", "More than {limit} files."),
        Text("Gộp lại thành ít tệp hơn.", "Put them together into fewer files."),
    ),
    "not-valid": (
        Text(
            "Giấy chứng nhận {number} đang ở trạng thái “{state_vi}”.",
            "Certificate {number} is “{state_en}”.",
        ),
        Text(
            "Việc này chỉ làm được khi giấy chứng nhận còn hiệu lực.",
            "This can be done only while the certificate holds.",
        ),
    ),
    "not-suspended": (
        Text(
            "Giấy chứng nhận {number} không bị tạm đình chỉ.",
            "Certificate {number} is not suspended.",
        ),
        _RELOAD,
    ),
    "clause-missing": (
        Text("Chưa nêu căn cứ pháp lý.", "The legal basis is missing."),
        Text(
            "Nghị định 35/2022 không quy định tạm đình chỉ: ghi điều khoản cho phép.",
            "Decree 35/2022 says nothing of suspension: write the clause that allows it.",
        ),
    ),
    "evidence-missing": (
        Text(
            "Căn cứ này cần một cảnh báo hoặc một cuộc kiểm tra làm bằng chứng.",
            "This ground needs an alert or an inspection as its evidence.",
        ),
        Text(
            "Chọn cảnh báo hoặc cuộc kiểm tra đã ghi nhận việc đó.",
            "Choose the alert or the inspection that shows it.",
        ),
    ),
    "request-missing": (
        Text(
            "Căn cứ c cần văn bản đề nghị của chính bên được cấp.",
            "Ground c needs the holder's own written request.",
        ),
        Text("Đính kèm bản quét văn bản đã ký.", "Attach the scan of the signed letter."),
    ),
    "own-request-only": (
        Text(
            "Bên được cấp chỉ đề nghị thu hồi theo căn cứ c.",
            "A holder asks for revocation under ground c only.",
        ),
        Text("Chọn căn cứ c.", "Choose ground c."),
    ),
    "other-certificate": (
        Text(
            "Bằng chứng đó thuộc về giấy chứng nhận khác.",
            "That evidence is about another certificate.",
        ),
        Text("Chọn trong danh sách.", "Choose one of the list."),
    ),
    "case-closed": (
        Text(
            "Hồ sơ thu hồi này đã qua bước ghi căn cứ.",
            "This revocation case is past the step of stating grounds.",
        ),
        _RELOAD,
    ),
    "observed-it": (
        Text(
            "Bạn đã ghi nhận kết quả kiểm tra này; người khác phải quyết định.",
            "You wrote the observation this rests on; somebody else must decide.",
        ),
        Text("Đề nghị đồng nghiệp quyết định.", "Ask a colleague to decide."),
    ),
    "not-new-park": (
        Text(
            "Khu công nghiệp này không đăng ký là khu công nghiệp sinh thái mới.",
            "This park is not registered as a new eco-industrial park.",
        ),
        Text(
            "Cam kết theo Điều 38 chỉ áp dụng cho khu ghi loại hình đó trong quyết định.",
            "The commitment of Article 38 binds only parks so named in their decision.",
        ),
    ),
    "no-founding-day": (
        Text(
            "Chưa biết ngày thành lập khu công nghiệp.",
            "The day the park was established is not known.",
        ),
        Text(
            "Ghi ngày thành lập vào danh bạ khu công nghiệp.",
            "Enter the day of establishment in the register of parks.",
        ),
    ),
    "outside-commitment": (
        Text(
            "Ngày {day_vi} ngoài thời hạn cam kết ({from_vi}–{to_vi}).",
            "{day_en} is outside the commitment ({from_en}–{to_en}).",
        ),
        Text("Chọn một ngày trong thời hạn.", "Choose a day within it."),
    ),
    "milestone-closed": (
        Text("Mốc này đã hoàn thành hoặc đã gỡ.", "This milestone is done or withdrawn."),
        _RELOAD,
    ),
}


def refuse(code: str, **values: object) -> InputError:
    """Return the refusal *code*, its gaps filled."""
    message, cure = _SAID[code]
    return InputError([Problem(code, message.format(**values), cure.format(**values))])
