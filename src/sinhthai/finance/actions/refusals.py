"""Why a change of the pipeline of projects was refused: the words, in both languages."""

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
    "moved-meanwhile": (
        Text(
            "{who} đã chuyển dự án này sang “{stage}” sau khi bạn mở trang; chưa ghi gì.",
            "{who} moved this project to “{stage}” after you opened the page; "
            "nothing was written.",
        ),
        _RELOAD,
    ),
    "no-such-step": (
        Text("Không thể chuyển từ “{before}” sang “{after}”.",
             "There is no step from “{before}” to “{after}”."),
        Text("Đi từng bước một.", "Take one step at a time."),
    ),
    "reason-missing": (
        Text("Chưa nêu lý do.", "The reason is missing."),
        Text("Viết một câu: vì sao lùi lại, dừng hoặc làm tiếp.",
             "Write a sentence: why it is taken back, dropped or taken up again."),
    ),
    "in-the-future": (
        Text("Ngày {day} chưa tới.", "{day} has not come yet."),
        Text("Ghi ngày việc đó thực sự xảy ra.", "Give the day on which it really happened."),
    ),
    "before-last-step": (
        Text("Ngày {day} sớm hơn bước trước đó ({last}).",
             "{day} is earlier than the step before ({last})."),
        Text("Sửa ngày.", "Change the day."),
    ),
    "text-missing": (
        Text("Chưa ghi tên dự án.", "The project has no name."),
        Text("Ghi tên ngắn gọn.", "Give it a short name."),
    ),
    "negative": (
        Text("Số này không được âm.", "This number may not be negative."),
        Text("Ghi số dương.", "Give it positive."),
    ),
    "unknown-kind": (
        Text("Không có loại dự án này.", "There is no such kind of project."),
        Text("Chọn trong danh sách.", "Choose one of the list."),
    ),
    "unknown-fund": (
        Text("Không có quỹ này trong bảng.", "There is no such fund in the table."),
        Text("Chọn trong danh sách.", "Choose one of the list."),
    ),
    "unknown-item": (
        Text("Không có loại tài liệu này.", "There is no such document."),
        Text("Chọn trong danh sách.", "Choose one of the list."),
    ),
    "origin-twice": (
        Text("Đã có dự án từ nguồn này: “{title}”.",
             "There is a project from this already: “{title}”."),
        Text("Mở dự án đó.", "Open that project."),
    ),
    "closed": (
        Text("Dự án đã dừng; hãy làm tiếp trước khi sửa.",
             "The project was dropped; take it up again before you change it."),
        Text("Chuyển bước “làm tiếp”.", "Take it up again."),
    ),
    "after-application": (
        Text("Hồ sơ đã nộp: vốn đầu tư và thẩm định không sửa được nữa.",
             "The application was sent: investment and appraisal stand."),
        Text("Lùi bước kèm lý do nếu hồ sơ sai.", "Take the step back, with the reason."),
    ),
    "nothing-new": (
        Text("Không có gì thay đổi.", "Nothing has changed."),
        Text("Sửa rồi lưu.", "Change something, then save."),
    ),
    "not-a-bank": (
        Text("Tổ chức này không phải ngân hàng hay quỹ.", "This organisation is no bank or fund."),
        Text("Chọn trong danh sách.", "Choose one of the list."),
    ),
    "shared-already": (
        Text("Đã chia sẻ với tổ chức này.", "It is shared with this organisation already."),
        Text("Không cần làm gì thêm.", "There is nothing to do."),
    ),
    "share-withdrawn": (
        Text("Việc chia sẻ này đã được rút.", "This share was withdrawn already."),
        _RELOAD,
    ),
    "too-early-to-share": (
        Text("Dự án chưa sàng lọc thì chưa có gì để ngân hàng xem.",
             "Before it is screened there is nothing for a bank to read."),
        Text("Chuyển sang bước “đã sàng lọc” trước.", "Take the step “screened” first."),
    ),
    "document-withdrawn": (
        Text("Tài liệu này đã được gỡ.", "This document was withdrawn already."),
        _RELOAD,
    ),
    "file-type": (
        Text("Tệp này không phải PDF, Word, Excel, PNG hay JPEG.",
             "This file is no PDF, Word, Excel, PNG or JPEG."),
        Text("Lưu thành một trong các dạng đó.", "Save it as one of these."),
    ),
    "file-name": (
        Text("Tên tệp không hợp với nội dung.", "The name of the file does not fit its content."),
        Text("Đặt đúng phần mở rộng của tệp.", "Give it the ending of its kind."),
    ),
    "file-size": (
        Text("Tệp rỗng hoặc lớn hơn 10 MB.", "The file is empty or larger than 10 MB."),
        Text("Nén hoặc tách tệp.", "Make it smaller, or split it."),
    ),
    "file-twice": (
        Text("Tệp này đã có trong dự án.", "This file is in the project already."),
        Text("Không cần tải lại.", "There is no need to add it again."),
    ),
    "too-many-files": (
        Text("Dự án đã có {limit} tệp.", "The project has {limit} files already."),
        Text("Gỡ tệp không cần nữa.", "Withdraw one that is not needed."),
    ),
    "not-running": (
        Text("Kết quả được nhập sau khi giải ngân.",
             "A result is entered once money was paid out."),
        Text("Chuyển các bước trước.", "Take the earlier steps first."),
    ),
    "source-missing": (
        Text("Chưa ghi nguồn số liệu.", "The source is missing."),
        Text("Ghi đồng hồ đo, hóa đơn hoặc quyết toán.", "Name the meter, invoice or settlement."),
    ),
    "year-wrong": (
        Text("Năm {year} chưa qua hoặc trước khi mở dự án.",
             "{year} is not over, or lies before the project."),
        Text("Ghi năm đã đo.", "Give the year that was measured."),
    ),
}  # fmt: skip


def refuse(code: str, **values: object) -> InputError:
    """Return the refusal *code* with its values filled in."""
    what, cure = _SAID[code]
    return InputError([Problem(code, what.format(**values), cure)])
