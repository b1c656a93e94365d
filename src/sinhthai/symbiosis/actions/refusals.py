"""Why a change of the workbench was refused: the words, in both languages, in one place."""

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
            "{who} đã chuyển trao đổi này sang “{stage_vi}” sau khi bạn mở trang; chưa ghi gì.",
            "{who} moved this exchange to “{stage_en}” after you opened the page; "
            "nothing was written.",
        ),
        Text(
            "Xem lại lịch sử bên dưới rồi quyết định.",
            "Look at the history below, then decide.",
        ),
    ),
    "no-such-step": (
        Text(
            "Không thể chuyển từ “{before_vi}” sang “{after_vi}”.",
            "There is no step from “{before_en}” to “{after_en}”.",
        ),
        Text("Đi từng bước một.", "Take one step at a time."),
    ),
    "reason-missing": (
        Text("Chưa nêu lý do.", "The reason is missing."),
        Text(
            "Viết một câu: vì sao dừng, lùi lại hoặc kết thúc.",
            "Write a sentence: why it is dropped, taken back or ended.",
        ),
    ),
    "in-the-future": (
        Text("Ngày {day_vi} chưa tới.", "{day_en} has not come yet."),
        Text(
            "Ghi ngày việc đó thực sự xảy ra.",
            "Give the day on which it really happened.",
        ),
    ),
    "before-last-step": (
        Text(
            "Ngày {day_vi} sớm hơn bước trước đó ({last_vi}).",
            "{day_en} is earlier than the step before ({last_en}).",
        ),
        Text(
            "Sửa ngày, hoặc lùi bước trước lại nếu ngày của nó sai.",
            "Change the day, or take the earlier step back if its day is wrong.",
        ),
    ),
    "too-few-participants": (
        Text(
            "Trao đổi đang thực hiện cần ít nhất hai bên đã có ngày tham gia, trong đó có một "
            "doanh nghiệp của khu.",
            "An implemented exchange needs two parties with the day they joined, one of them an "
            "enterprise of the park.",
        ),
        Text(
            "Ghi ngày tham gia của các bên trước.",
            "Enter the day each party joined first.",
        ),
    ),
    "joined-later": (
        Text(
            "{name} tham gia ngày {day_vi}, sau ngày thực hiện.",
            "{name} joined on {day_en}, after the day of implementation.",
        ),
        Text(
            "Sửa ngày tham gia hoặc ngày thực hiện.",
            "Correct the day of joining, or the day of implementation.",
        ),
    ),
    "no-agreement": (
        Text(
            "Chưa có văn bản thỏa thuận hoặc hợp đồng.",
            "No agreement or contract is attached.",
        ),
        Text(
            "Tải văn bản lên, hoặc nêu lý do vì sao không có.",
            "Attach it, or say why there is none.",
        ),
    ),
    "no-result": (
        Text(
            "Chưa có kết quả nào kèm nguồn số liệu.",
            "No result with its source is entered.",
        ),
        Text(
            "Nhập kết quả của ít nhất một bên trước khi xác minh.",
            "Enter the result of at least one party before it is verified.",
        ),
    ),
    "own-result": (
        Text(
            "Người đã nhập kết quả không được tự xác minh.",
            "Who entered a result may not verify it.",
        ),
        Text(
            "Đề nghị một người điều phối khác của khu xác minh.",
            "Ask another facilitator of the park to verify.",
        ),
    ),
    "unknown-enterprise": (
        Text("Khu công nghiệp không có doanh nghiệp này.", "The park has no such enterprise."),
        Text("Chọn doanh nghiệp trong danh sách.", "Choose an enterprise of the list."),
    ),
    "participant-twice": (
        Text("Bên này đã có với cùng vai trò.", "This party is already in it in the same role."),
        Text("Chọn vai trò khác, hoặc sửa ngày.", "Choose another role, or change the days."),
    ),
    "participant-unnamed": (
        Text(
            "Chọn một doanh nghiệp, hoặc ghi tên bên ngoài danh sách; không thể cả hai.",
            "Choose an enterprise, or name a party outside the register; not both.",
        ),
        Text("Điền một trong hai ô.", "Fill in one of the two."),
    ),
    "not-agreed": (
        Text(
            "Hai bên chưa cùng đồng ý cho biết tên.",
            "The two sides have not both agreed to be named.",
        ),
        Text(
            "Đề nghị hai doanh nghiệp trả lời ở trang đối tác của mình.",
            "Ask both enterprises to answer on their partners page.",
        ),
    ),
    "left-before-joined": (
        Text("Ngày rời đi sớm hơn ngày tham gia.", "The day of leaving is before that of joining."),
        Text("Sửa một trong hai ngày.", "Correct one of the two."),
    ),
    "same-party": (
        Text("Bên cho và bên nhận là một.", "Giver and taker are the same enterprise."),
        Text("Chọn hai doanh nghiệp khác nhau.", "Choose two different enterprises."),
    ),
    "already-started": (
        Text(
            "Ý tưởng này đã có trao đổi số {number}.",
            "This idea already is exchange no. {number}.",
        ),
        Text("Mở trao đổi đó.", "Open that exchange."),
    ),
    "forbidden-by-law": (
        Text(
            "Pháp luật không cho phép trao đổi này ({clause_vi}).",
            "The law forbids this exchange ({clause_en}).",
        ),
        Text(
            "Tìm bên nhận có giấy phép phù hợp.",
            "Look for a taker with the licence it needs.",
        ),
    ),
    "level-out-of-range": (
        Text("Mức sẵn sàng từ 1 đến 5.", "Readiness goes from 1 to 5."),
        Text("Chọn một mức trong danh sách.", "Choose a level of the list."),
    ),
    "nothing-new": (
        Text("Điều này đã được ghi nhận.", "This already stands."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "result-without-source": (
        Text("Chưa nêu nguồn số liệu.", "The source of the figures is missing."),
        Text(
            "Ghi đồng hồ đo, phiếu cân hoặc hóa đơn.",
            "Name the meter, the weighbridge slips or the invoices.",
        ),
    ),
    "result-empty": (
        Text("Chưa có con số nào.", "No figure is given."),
        Text(
            "Điền ít nhất một chỉ tiêu; chỉ tiêu đo được bằng không thì ghi 0.",
            "Fill in at least one metric; write 0 where it was measured and nothing came.",
        ),
    ),
    "result-before-start": (
        Text(
            "Năm {year} trao đổi này chưa thực hiện hoặc đã kết thúc.",
            "In {year} this exchange was not running.",
        ),
        Text(
            "Kiểm tra năm, hoặc ngày thực hiện trong lịch sử.",
            "Check the year, or the day of implementation in the history.",
        ),
    ),
    "unknown-metric": (
        Text("Không có chỉ tiêu “{metric}”.", "There is no metric “{metric}”."),
        Text("Chọn trong danh mục A.4, B.4.", "Choose one of the forms A.4, B.4."),
    ),
    "bad-number": (
        Text("“{metric}” cần một con số từ 0 trở lên.", "“{metric}” needs a number of 0 or more."),
        Text("Sửa con số.", "Correct the number."),
    ),
    "number-too-large": (
        Text("Số lớn hơn mọi trao đổi có thật.", "The number is larger than any real exchange."),
        Text("Kiểm tra đơn vị và số chữ số không.", "Check the unit and the number of zeros."),
    ),
    "distance-out-of-range": (
        Text("Bán kính từ 1 đến 2.000 km.", "The radius goes from 1 to 2,000 km."),
        Text("Chọn bán kính khác.", "Choose another radius."),
    ),
    "no-streams": (
        Text(
            "Khu chưa có dòng vật chất nào để tìm.",
            "The park has no stream to search with yet.",
        ),
        Text(
            "Nhập dòng vật chất của doanh nghiệp, hoặc ước tính theo ngành.",
            "Enter streams of its enterprises, or estimate them from their industry.",
        ),
    ),
    "task-done": (
        Text("Việc này đã xong.", "This task is already done."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "text-missing": (
        Text("Chưa viết gì.", "Nothing is written."),
        Text("Viết ít nhất một câu.", "Write at least a sentence."),
    ),
    "empty-file": (
        Text("Tệp rỗng.", "The file is empty."),
        Text("Chọn lại tệp và tải lên lần nữa.", "Choose the file again and upload it once more."),
    ),
    "too-large": (
        Text("Tệp lớn hơn {limit} MB.", "The file is larger than {limit} MB."),
        Text(
            "Chia nhỏ hoặc nén tệp rồi tải lên lại.",
            "Split or shrink the file and upload it again.",
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
        Text("Tệp này đã có trong trao đổi.", "This very file is already in the exchange."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "too-many-files": (
        Text("Trao đổi đã có {limit} tài liệu.", "The exchange already has {limit} documents."),
        Text("Gỡ tài liệu không còn dùng.", "Withdraw one no longer needed."),
    ),
    "document-withdrawn": (
        Text("Tài liệu này đã được gỡ.", "This document was already withdrawn."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "nothing-chosen": (
        Text("Chưa chọn số liệu nào.", "No figure was chosen."),
        Text("Đánh dấu ít nhất một dòng.", "Tick at least one line."),
    ),
    "preview-moved": (
        Text(
            "Trao đổi hoặc báo cáo đã thay đổi sau khi bạn mở trang; chưa ghi gì.",
            "The exchanges or the report changed after you opened the page; nothing was written.",
        ),
        Text("Xem lại rồi ghi.", "Look at it again, then write."),
    ),
    "stale-idea": (
        Text(
            "Dòng vật chất của ý tưởng này đã được rút lại.",
            "A stream of this idea was withdrawn since.",
        ),
        Text("Tìm lại trao đổi.", "Search for exchanges again."),
    ),
    "reload": (Text("Dữ liệu đã thay đổi.", "The data changed."), _RELOAD),
}


def refuse(code: str, **values: object) -> InputError:
    """Return the error to raise for *code*, its placeholders filled in."""
    message, cure = _SAID[code]
    return InputError([Problem(code, message.format(**values), cure.format(**values))])
