"""Why an act on a yearly form was refused: the words, in both languages, in one place."""

from __future__ import annotations

from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text

_RELOAD = Text("Mở lại trang.", "Open the page again.")
_SAID: dict[str, tuple[Text, Text]] = {
    "no-right": (
        Text("Bạn không có quyền làm việc này.", "You may not do this."),
        Text("Đề nghị người có thẩm quyền thực hiện.", "Ask somebody who may."),
    ),
    "filing-state": (
        Text(
            "Mẫu đang ở trạng thái “{state_vi}” nên không làm được việc này.",
            "The form is in the state “{state_en}”; this cannot be done now.",
        ),
        _RELOAD,
    ),
    "filing-year": (
        Text(
            "Năm {year} chưa mở hoặc không thuộc phạm vi báo cáo ({first}–{last}).",
            "Year {year} is not open, or outside the years reported ({first}–{last}).",
        ),
        Text("Chọn năm khác.", "Choose another year."),
    ),
    "filing-missing": (
        Text("“{title}” chưa có số liệu.", "“{title}” has no answer."),
        Text(
            "Báo cáo số liệu này, nhập vào mẫu, hoặc nêu lý do vì sao chưa có.",
            "Report it, type it in, or say why there is none.",
        ),
    ),
    "filing-own": (
        Text(
            "Người đã nhập hoặc chuẩn bị mẫu này không được tự duyệt, tự gửi.",
            "Who typed in or prepared this form may not approve and send it.",
        ),
        Text("Đề nghị người khác duyệt.", "Ask somebody else to approve it."),
    ),
    "filing-changed": (
        Text(
            "Số liệu đã đổi sau khi mẫu được chuẩn bị: {titles}.",
            "Facts changed after the form was prepared: {titles}.",
        ),
        Text(
            "Trả lại để chuẩn bị lại, xem phần khác biệt rồi gửi.",
            "Give it back, look at the difference, prepare it again, then send.",
        ),
    ),
    "filing-other-digest": (
        Text(
            "Bản bạn đang xem không còn là bản đã chuẩn bị.",
            "What you look at is not what was prepared any more.",
        ),
        _RELOAD,
    ),
    "filing-nothing-asked": (
        Text("Chưa chọn trường nào cần chỉnh sửa.", "No field to revise was named."),
        Text(
            "Ghi yêu cầu vào ít nhất một trường.",
            "Write what is asked beside at least one field.",
        ),
    ),
    "filing-no-field": (
        Text("Mẫu không có trường “{title}”.", "The form has no field “{title}”."),
        _RELOAD,
    ),
    "filing-computed": (
        Text("“{title}” do hệ thống tính.", "“{title}” is computed."),
        Text("Yêu cầu chỉnh sửa các phần của nó.", "Ask for its parts to be revised."),
    ),
    "filing-from-records": (
        Text(
            "“{title}” lấy từ số liệu đã báo cáo, không nhập ở đây.",
            "“{title}” comes from the records and is not typed here.",
        ),
        Text("Sửa trong báo cáo số liệu của năm đó.", "Correct it in the report of that year."),
    ),
    "filing-same": (
        Text("Không có gì thay đổi so với bản đã gửi.", "Nothing differs from what was sent."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "filing-closed-field": (
        Text(
            "“{title}” không nằm trong yêu cầu chỉnh sửa.",
            "“{title}” is not among the fields to revise.",
        ),
        Text("Chỉ sửa các trường được yêu cầu.", "Change only the fields asked about."),
    ),
    "filing-address": (
        Text("“{title}” không phải địa chỉ web.", "“{title}” is no web address."),
        Text(
            "Ghi địa chỉ đầy đủ, bắt đầu bằng https://",
            "Write the whole address, beginning with https://",
        ),
    ),
    "board-period": (
        Text("“{period}” không phải kỳ báo cáo.", "“{period}” is no period of a report."),
        Text("Ghi 2026-Q3 cho quý, 2026 cho năm.", "Write 2026-Q3 for a quarter, 2026 for a year."),
    ),
    "board-future": (
        Text(
            "Kỳ {period} chưa kết thúc vào ngày gửi.",
            "Period {period} had not ended on the day of sending.",
        ),
        Text("Kiểm tra kỳ và ngày gửi.", "Check the period and the day."),
    ),
    "board-day": (
        Text("Ngày gửi chưa tới.", "The day of sending has not come yet."),
        Text("Ghi ngày đã thực sự gửi.", "Give the day it was really sent."),
    ),
}


def refusal(code: str, **values: object) -> Problem:
    """Return one problem, its placeholders filled in."""
    message, cure = _SAID[code]
    return Problem(code, message.format(**values), cure.format(**values))


def refuse(code: str, **values: object) -> InputError:
    """Return the error to raise for *code*."""
    return InputError([refusal(code, **values)])
