"""Why a change of an audit was refused: the words, in both languages, in one place."""

from __future__ import annotations

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_LOOK = Text("Mở lại trang để xem trạng thái hiện tại.", "Reload the page to see where it stands.")
_SAID: dict[str, tuple[Text, Text]] = {
    "no-right": (
        Text("Bạn không có quyền làm việc này.", "You may not do this."),
        Text(
            "Đề nghị người quản lý tổ chức của bạn phân quyền.",
            "Ask your organisation's administrator.",
        ),
    ),
    "only-own": (
        Text(
            "Chỉ người của doanh nghiệp mới quyết định việc này.",
            "Only the enterprise's own people decide this.",
        ),
        Text("Đề nghị doanh nghiệp thực hiện.", "Ask the enterprise to do it."),
    ),
    "audit-twice": (
        Text(
            "Doanh nghiệp đã có kiểm toán với năm cơ sở {year}.",
            "The enterprise already has an audit against {year}.",
        ),
        Text(
            "Làm tiếp kiểm toán đó; hai kiểm toán cùng năm sẽ đếm một khoản tiết kiệm hai lần.",
            "Go on with that one: two against the same year would count a saving twice.",
        ),
    ),
    "bad-year": (
        Text("Năm {year} không dùng làm năm cơ sở được.", "{year} cannot be a baseline year."),
        Text(
            "Chọn một năm đã kết thúc, từ 2000 trở đi.",
            "Choose a year that is over, from 2000 on.",
        ),
    ),
    "text-missing": (
        Text("Chưa ghi nội dung.", "Nothing was written."),
        Text("Ghi một câu ngắn.", "Write a short sentence."),
    ),
    "source-missing": (
        Text("Số liệu chưa có nguồn.", "The figure has no source."),
        Text(
            "Ghi đồng hồ, hóa đơn, sổ theo dõi hoặc cách ước tính.",
            "Name the meter, invoice, log or how it was estimated.",
        ),
    ),
    "bad-number": (
        Text("Số liệu “{what}” không dùng được.", "The figure “{what}” cannot be used."),
        Text(
            "Ghi số từ 0 trở lên; chưa biết thì để trống.",
            "Write a number of 0 or more; leave blank what is not known.",
        ),
    ),
    "unknown-carrier": (
        Text("Không rõ “{what}” là gì.", "“{what}” is not known."),
        Text("Chọn trong danh sách.", "Choose from the list."),
    ),
    "use-above-whole": (
        Text(
            "Các mục sử dụng cộng lại ({uses_vi}) lớn hơn tổng của chúng ({whole_vi}).",
            "The uses together ({uses_en}) are more than the whole they are part of ({whole_en}).",
        ),
        Text(
            "Kiểm tra đơn vị và số đo.",
            "Check units and meters.",
        ),
    ),
    "nothing-new": (
        Text("Không có gì thay đổi.", "Nothing changed."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "nothing-reported": (
        Text(
            "Không có số liệu năm {year} của doanh nghiệp trong báo cáo.",
            "Nothing of {year} is reported of the enterprise.",
        ),
        Text("Nhập từ đồng hồ hoặc hóa đơn.", "Enter it from meters or invoices."),
    ),
    "measure-twice": (
        Text("Giải pháp này đã có trong kiểm toán.", "This measure is already in the audit."),
        _LOOK,
    ),
    "unknown-measure": (
        Text("Không có giải pháp này trong danh mục.", "The catalogue has no such measure."),
        Text("Chọn từ danh mục.", "Choose from the catalogue."),
    ),
    "excluded": (
        Text(
            "Không đi cùng giải pháp “{other_vi}” đã chọn.",
            "It does not go together with “{other_en}”, which was chosen.",
        ),
        Text("Loại giải pháp kia trước.", "Reject the other one first."),
    ),
    "no-such-step": (
        Text(
            "Không thể chuyển từ “{before_vi}” sang “{after_vi}”.",
            "There is no step from “{before_en}” to “{after_en}”.",
        ),
        Text("Đi từng bước một.", "Take one step at a time."),
    ),
    "moved-meanwhile": (
        Text(
            "{who} đã chuyển giải pháp này sang “{after_vi}” sau khi bạn mở trang; chưa ghi gì.",
            "{who} moved this measure to “{after_en}” after you opened the page; "
            "nothing was written.",
        ),
        Text("Xem lịch sử rồi quyết định.", "Look at the history, then decide."),
    ),
    "reason-missing": (
        Text("Chưa nêu lý do.", "The reason is missing."),
        Text(
            "Viết một câu: vì sao loại hoặc lùi lại.",
            "Write a sentence: why it is rejected or taken back.",
        ),
    ),
    "in-the-future": (
        Text("Ngày {day_vi} chưa tới.", "{day_en} has not come yet."),
        Text("Ghi ngày việc đó thực sự xảy ra.", "Give the day on which it really happened."),
    ),
    "before-last-step": (
        Text(
            "Ngày {day_vi} sớm hơn bước trước đó ({last_vi}).",
            "{day_en} is earlier than the step before ({last_en}).",
        ),
        Text("Sửa ngày.", "Change the day."),
    ),
    "not-sized": (
        Text("Chưa tính mức tiết kiệm.", "The saving was not sized."),
        Text("Tính mức tiết kiệm trước khi lập kế hoạch.", "Size the measure before planning it."),
    ),
    "not-feasible": (
        Text(
            "Giải pháp bị đánh giá không khả thi ({side_vi}).",
            "The measure was judged not feasible ({side_en}).",
        ),
        Text("Đánh giá lại, hoặc loại giải pháp.", "Judge it again, or reject it."),
    ),
    "no-plan": (
        Text(
            "Chưa có người chịu trách nhiệm và thời hạn.",
            "Nobody is responsible yet, or there is no date.",
        ),
        Text("Ghi kế hoạch trước.", "Enter the plan first."),
    ),
    "no-evidence": (
        Text("Chưa có minh chứng thực hiện.", "There is no evidence that it was implemented."),
        Text(
            "Đính kèm biên bản nghiệm thu, ảnh hoặc hóa đơn.",
            "Attach an acceptance record, a photograph or an invoice.",
        ),
    ),
    "no-result": (
        Text("Chưa có kết quả đo.", "No measured result was entered."),
        Text("Nhập kết quả sau khi chạy.", "Enter what was measured after it ran."),
    ),
    "own-work": (
        Text(
            "Người ghi nhận thực hiện hoặc nhập kết quả không tự xác minh.",
            "Who recorded the implementation or entered the result may not verify it.",
        ),
        Text("Đề nghị người khác xác minh.", "Ask another person to verify it."),
    ),
    "not-running": (
        Text(
            "Chỉ nhập kết quả khi giải pháp đã thực hiện.",
            "Results are entered once the measure is implemented.",
        ),
        Text("Ghi bước “đã thực hiện” trước.", "Record the implementation first."),
    ),
    "result-year": (
        Text("Năm {year} không dùng được cho kết quả.", "{year} cannot have a result."),
        Text(
            "Chọn năm từ khi giải pháp chạy đến nay.",
            "Choose a year from when the measure ran until now.",
        ),
    ),
    "verified-stands": (
        Text(
            "Giải pháp đã xác minh; kết quả không sửa được nữa.",
            "The measure is verified; its result no longer changes.",
        ),
        Text("Lùi lại bước xác minh, nêu lý do.", "Take the verification back, with its reason."),
    ),
    "share-range": (
        Text("Tỷ lệ phải từ 0 đến 100 %.", "The share must lie between 0 and 100 %."),
        Text("Ghi theo phần trăm của mục sử dụng.", "Write it as per cent of the use."),
    ),
    "use-unknown": (
        Text(
            "Chưa biết mục “{use_vi}” dùng bao nhiêu.",
            "How much “{use_en}” takes is not known.",
        ),
        Text(
            "Nhập mục này vào đường cơ sở, hoặc nhập kết quả tự tính.",
            "Enter this use in the baseline, or enter your own calculation.",
        ),
    ),
    "above-use": (
        Text(
            "Tiết kiệm {saved_vi} lớn hơn mức sử dụng {whole_vi}.",
            "A saving of {saved_en} is more than the use of {whole_en}.",
        ),
        Text("Kiểm tra đơn vị và đầu vào.", "Check units and inputs."),
    ),
    "no-calculator": (
        Text("Giải pháp này không có công thức tính.", "There is no calculator of this measure."),
        Text("Dùng tỷ lệ hoặc tự tính.", "Use a share or your own calculation."),
    ),
    "calculator": (
        Text("Không tính được: {why_vi}", "It cannot be computed: {why_en}"),
        Text("Kiểm tra các đầu vào.", "Check the inputs."),
    ),
    "empty-file": (
        Text("Tệp rỗng.", "The file is empty."),
        Text("Chọn lại tệp.", "Choose the file again."),
    ),
    "too-large": (
        Text("Tệp lớn hơn {limit} MB.", "The file is larger than {limit} MB."),
        Text("Nén hoặc tách tệp.", "Compress or split it."),
    ),
    "file-type": (
        Text("Loại tệp này không được nhận.", "This kind of file is not accepted."),
        Text(
            "Dùng PDF, Word, Excel (không macro), PNG hoặc JPEG.",
            "Use PDF, Word, Excel (without macros), PNG or JPEG.",
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
        Text("Tệp này đã có trong kiểm toán.", "This very file is already in the audit."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "too-many-files": (
        Text("Kiểm toán đã có {limit} tệp.", "The audit already has {limit} files."),
        Text("Gỡ tệp không còn dùng.", "Withdraw one no longer needed."),
    ),
    "file-withdrawn": (
        Text("Tệp này đã được gỡ.", "This file was already withdrawn."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "nothing-verified": (
        Text(
            "Không có kết quả đã xác minh của năm {year}.",
            "There is no verified result of {year}.",
        ),
        Text("Xác minh kết quả trước.", "Verify results first."),
    ),
    "proposal-open": (
        Text("Đã có đề nghị chưa trả lời.", "A proposal waits for an answer already."),
        Text("Doanh nghiệp trả lời đề nghị đó trước.", "The enterprise answers that one first."),
    ),
    "proposal-answered": (
        Text("Đề nghị này đã được trả lời.", "This proposal was already answered."),
        _LOOK,
    ),
    "proposal-moved": (
        Text(
            "Kết quả đã thay đổi sau khi đề nghị; chưa ghi gì.",
            "The results changed after the proposal; nothing was written.",
        ),
        Text("Từ chối rồi lập đề nghị mới.", "Decline it and make a new one."),
    ),
    "reload": (Text("Dữ liệu đã thay đổi.", "The data changed."), _LOOK),
}


def refuse(code: str, **values: object) -> InputError:
    """Return the error to raise for *code*, its placeholders filled in."""
    message, cure = _SAID[code]
    return InputError([Problem(code, message.format(**values), cure.format(**values))])
