"""Why a change of an inventory was refused: the words, in both languages, in one place."""

from __future__ import annotations

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

_RELOAD = Text("Mở lại trang để xem số liệu hiện tại.", "Reload the page to see what holds now.")
_SAID: dict[str, tuple[Text, Text]] = {
    "changed-meanwhile": (
        Text(
            "Dòng này đã được người khác sửa sau khi bạn mở trang; chưa ghi gì.",
            "Somebody changed this line after you opened the page; nothing was written.",
        ),
        _RELOAD,
    ),
    "nothing-to-lock": (
        Text("Năm {year} chưa có hoạt động nào.", "There is no activity of {year} yet."),
        Text("Nhập hoạt động trước.", "Enter activities first."),
    ),
    "nothing-moved": (
        Text(
            "Số liệu, hệ số và cách tính không đổi so với phiên bản {version}.",
            "Activities, factors and settings are those of version {version}.",
        ),
        Text("Không cần tính lại.", "There is nothing to recalculate."),
    ),
    "reason-missing": (
        Text("Chưa nêu lý do tính lại.", "The reason of the recalculation is missing."),
        Text("Viết một câu: vì sao phải tính lại.", "Write a sentence: why it is recalculated."),
    ),
    "own-work": (
        Text(
            "Bạn đã nhập một phần số liệu này, nên không tự khóa được.",
            "You entered part of these figures, so you may not lock them.",
        ),
        Text(
            "Đề nghị một người duyệt khác xem và khóa.",
            "Ask another approver to look at them and lock.",
        ),
    ),
    "draft-moved": (
        Text(
            "Số liệu đã thay đổi sau khi bạn mở trang; chưa khóa.",
            "The figures changed after you opened the page; nothing is locked.",
        ),
        Text("Xem lại số liệu mới rồi khóa.", "Look at the new figures, then lock."),
    ),
    "import-applied": (
        Text("Tệp này đã được ghi vào.", "This file was applied already."),
        Text("Tải tệp mới lên nếu muốn thay đổi tiếp.", "Upload a new file to change more."),
    ),
    "import-moved": (
        Text(
            "Số liệu đã thay đổi sau khi xem trước; chưa ghi gì.",
            "The figures changed since the preview; nothing is written.",
        ),
        Text("Xem lại bản xem trước mới rồi ghi.", "Look at the new preview, then apply it."),
    ),
    "undo-too-late": (
        Text(
            "Dòng {line} đã được sửa sau khi ghi tệp; không hoàn tác được cả tệp.",
            "Line {line} was changed after the file was applied; the file cannot be undone whole.",
        ),
        Text("Sửa hoặc rút từng dòng.", "Change or withdraw lines one by one."),
    ),
    "undone": (
        Text("Tệp này đã được hoàn tác.", "This file was undone already."),
        Text("Không cần làm gì thêm.", "Nothing to do."),
    ),
    "not-applied": (
        Text("Tệp này chưa được ghi vào.", "This file was not applied."),
        Text("Không cần hoàn tác.", "There is nothing to undo."),
    ),
    "other-subject": (
        Text("Dòng này của “{named}”.", "This line is of “{named}”."),
        Text(
            "Xóa dòng, hoặc nạp ở trang của đơn vị đó.",
            "Delete the line, or load it on the page of that one.",
        ),
    ),
    "other-supplier": (
        Text(
            "Bên cung cấp “{named}” không phải khu công nghiệp này.",
            "The supplier “{named}” is not this park.",
        ),
        Text(
            "Để trống, hoặc ghi mã của khu công nghiệp: {park}.",
            "Leave it empty, or give the code of the park: {park}.",
        ),
    ),
    "which-fuel": (
        Text("Chưa chọn là loại nhiên liệu nào.", "Which fuel it is was not chosen."),
        Text("Chọn loại nhiên liệu.", "Choose the fuel."),
    ),
    "taken-already": (
        Text(
            "Số liệu này đã được lấy từ báo cáo vào dòng {line}.",
            "This figure was taken from the report as line {line}.",
        ),
        Text("Sửa dòng đó nếu cần.", "Change that line if needed."),
    ),
}


def refuse(code: str, *, place: Place | None = None, **values: object) -> InputError:
    """Return the error to raise for *code*, its placeholders filled in."""
    return InputError([problem_of(code, place=place, **values)])


def problem_of(code: str, *, place: Place | None = None, **values: object) -> Problem:
    """Return the problem of *code*."""
    message, cure = _SAID[code]
    return Problem(code, message.format(**values), cure.format(**values), place or Place())
