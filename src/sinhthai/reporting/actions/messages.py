"""Why a change was refused: the words, in both languages, in one place."""

from __future__ import annotations

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_SAID: dict[str, tuple[Text, Text]] = {
    "no-right": (
        Text("Bạn không có quyền làm việc này.", "You may not do this."),
        Text(
            "Đề nghị người quản lý tổ chức của bạn phân quyền.",
            "Ask your organisation's administrator.",
        ),
    ),
    "too-large": (
        Text("Tệp lớn hơn {limit} MB.", "The file is larger than {limit} MB."),
        Text(
            "Chia nhỏ hoặc nén tệp rồi tải lên lại.",
            "Split or shrink the file and upload it again.",
        ),
    ),
    "empty-file": (
        Text("Tệp rỗng.", "The file is empty."),
        Text("Chọn lại tệp và tải lên lần nữa.", "Choose the file again and upload it once more."),
    ),
    "same-file": (
        Text(
            "Tệp này đã được nhập ngày {day_vi} (lần nhập số {batch}).",
            "This very file was already imported on {day_en} (import no. {batch}).",
        ),
        Text(
            "Không cần làm gì thêm. Muốn nhập lại, hãy hoàn tác lần nhập cũ trước.",
            "Nothing to do. To import it again, undo the earlier import first.",
        ),
    ),
    "batch-state": (
        Text(
            "Lần nhập này không còn ở bước xem trước hoặc đã được xử lý.",
            "This import was already dealt with.",
        ),
        Text("Mở lại trang để xem trạng thái hiện tại.", "Reload the page to see where it stands."),
    ),
    "batch-errors": (
        Text(
            "Sổ báo cáo còn {count} lỗi nên chưa ghi gì.",
            "The workbook still has {count} errors, so nothing was written.",
        ),
        Text(
            "Tải bản sao có ghi chú lỗi, sửa từng ô rồi tải lên lại.",
            "Download the copy with the errors as comments, cure each cell and upload it again.",
        ),
    ),
    "batch-empty": (
        Text("Sổ báo cáo không có gì mới.", "The workbook holds nothing new."),
        Text(
            "Điền số liệu vào các ô để trống rồi tải lên lại.",
            "Fill in the empty cells and upload it again.",
        ),
    ),
    "batch-conflicts": (
        Text(
            "{count} giá trị đã được người khác thay đổi sau khi bạn tải sổ báo cáo về.",
            "{count} values were changed by somebody else after your workbook was downloaded.",
        ),
        Text(
            "Xem các dòng xung đột, rồi chọn ghi đè hoặc bỏ lần nhập này.",
            "Look at the conflicts, then choose to take the file's values, or discard the import.",
        ),
    ),
    "batch-moved": (
        Text(
            "Số liệu đã thay đổi sau lần xem trước của bạn; chưa ghi gì.",
            "The stored values changed after your preview; nothing was written.",
        ),
        Text("Xem lại bản xem trước mới rồi áp dụng.", "Look at the new preview, then apply."),
    ),
    "unknown-item": (
        Text("Không có chỉ tiêu “{item}”.", "There is no item “{item}”."),
        Text("Chọn chỉ tiêu trong danh mục.", "Choose an item of the dictionary."),
    ),
    "unknown-enterprise": (
        Text("Khu công nghiệp không có doanh nghiệp này.", "The park has no such enterprise."),
        Text("Chọn doanh nghiệp trong danh sách.", "Choose an enterprise of the list."),
    ),
    "value-or-absence": (
        Text(
            "Cần một giá trị, hoặc lý do không có giá trị; không thể cả hai.",
            "Give a value, or the reason why there is none; not both.",
        ),
        Text("Điền một trong hai ô.", "Fill in one of the two."),
    ),
    "bad-value": (
        Text("“{value}” không hợp với “{name_vi}”.", "“{value}” does not fit “{name_en}”."),
        Text("{cure_vi}", "{cure_en}"),
    ),
    "nothing-new": (
        Text("Giá trị này đã được ghi nhận.", "This value already stands."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "year-out-of-range": (
        Text("Năm {year} nằm ngoài khoảng cho phép.", "The year {year} is out of range."),
        Text("Chọn một năm từ 2000 đến năm nay.", "Choose a year from 2000 to this year."),
    ),
    "evidence-type": (
        Text(
            "Nội dung tệp không phải PDF, Word, Excel, PNG hay JPEG.",
            "The file's content is not PDF, Word, Excel, PNG or JPEG.",
        ),
        Text(
            "Lưu tài liệu thành PDF rồi tải lên lại; đổi đuôi tên tệp không đủ.",
            "Save the document as PDF and upload it again; renaming the file is not enough.",
        ),
    ),
    "evidence-type-name": (
        Text(
            "Tên tệp kết thúc bằng “{ending}” nhưng nội dung là {kind}.",
            "The file's name ends in “{ending}” but its content is {kind}.",
        ),
        Text(
            "Chọn đúng tệp, hoặc đặt lại tên đúng loại.",
            "Choose the right file, or name it by its kind.",
        ),
    ),
    "evidence-too-many": (
        Text(
            "Chỉ tiêu này đã có {limit} tệp minh chứng.",
            "This item already has {limit} evidence files.",
        ),
        Text(
            "Gỡ một tệp không còn dùng rồi tải lên lại.",
            "Withdraw one no longer needed, then upload again.",
        ),
    ),
    "evidence-twice": (
        Text(
            "Tệp này đã là minh chứng của chỉ tiêu.",
            "This very file already is evidence of the item.",
        ),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "evidence-withdrawn": (
        Text("Minh chứng này đã được gỡ.", "This evidence was already withdrawn."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "report-empty": (
        Text("Báo cáo chưa có giá trị nào.", "The report holds no value yet."),
        Text("Tải sổ báo cáo lên trước khi gửi.", "Upload the workbook before you submit."),
    ),
    "report-state": (
        Text("Báo cáo đang ở trạng thái khác.", "The report is no longer in that state."),
        Text("Mở lại trang để xem trạng thái hiện tại.", "Reload the page to see where it stands."),
    ),
    "own-report": (
        Text(
            "Người đã nhập số liệu hoặc gửi báo cáo không được tự phê duyệt.",
            "Who entered values of a report, or submitted it, may not decide on it.",
        ),
        Text("Đề nghị một người khác có quyền phê duyệt.", "Ask another person who may approve."),
    ),
    "note-missing": (
        Text("Chưa nêu nội dung cần chỉnh sửa.", "Say what has to be revised."),
        Text(
            "Viết một câu để người nộp biết cần sửa gì.",
            "Write a sentence that tells the office what to do.",
        ),
    ),
}


def refuse(code: str, **values: object) -> InputError:
    """Return the error to raise for *code*, its placeholders filled in."""
    message, cure = _SAID[code]
    return InputError([Problem(code, message.format(**values), cure.format(**values))])
