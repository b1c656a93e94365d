"""Every problem a workbook can have: what, why, and the cure, in both languages.

A code is stable: it names the test that breaks a workbook that way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sinhthai.foundation.problems import Place, Problem, Severity
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class _Kind:
    message: Text
    cure: Text
    severity: Severity = "error"


def problem(code: str, place: Place, /, **values: object) -> Problem:
    """Return the problem *code* with its words filled in; a Text fills in its own language."""
    kind = KINDS[code]
    message, cure = kind.message.format(**values), kind.cure.format(**values)
    return Problem(code, message, cure, place, kind.severity)


_AGAIN = Text(
    "Tải lại sổ báo cáo của năm đó từ hệ thống rồi điền vào bản mới.",
    "Download that year's workbook again and fill in the new copy.",
)
_LIST = Text("Chọn một mục trong danh sách của ô.", "Choose an entry from the cell's list.")
_RESTORE = Text(
    "Khôi phục tiêu đề như trong sổ đã tải về, hoặc tải lại sổ.",
    "Restore the headings of the downloaded workbook, or download it again.",
)

KINDS: Final[Mapping[str, _Kind]] = {
    # --- the file as a whole
    "empty_file": _Kind(
        Text("Tệp rỗng.", "The file is empty."),
        Text(
            "Lưu lại sổ báo cáo trong Excel rồi tải lên.", "Save the workbook and upload it again."
        ),
    ),
    "not_a_workbook": _Kind(
        Text(
            "Tệp này không phải là sổ Excel (.xlsx).", "This file is not an Excel workbook (.xlsx)."
        ),
        Text(
            "Tải lên tệp .xlsx đã tải về từ hệ thống.",
            "Upload the .xlsx file that was downloaded from the system.",
        ),
    ),
    "old_xls": _Kind(
        Text("Tệp ở định dạng Excel cũ (.xls).", "The file is in the old Excel format (.xls)."),
        Text(
            "Trong Excel chọn Lưu thành → Sổ làm việc Excel (.xlsx).",
            "In Excel choose Save as → Excel workbook (.xlsx).",
        ),
    ),
    "locked_file": _Kind(
        Text("Tệp được đặt mật khẩu nên không đọc được.", "The file is locked with a password."),
        Text(
            "Bỏ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) rồi tải lên lại.",
            "Remove the password (File → Info → Protect workbook) and upload it again.",
        ),
    ),
    "macro_workbook": _Kind(
        Text(
            "Sổ có chứa macro; hệ thống không nhận tệp chạy được lệnh.",
            "The workbook contains macros; files that can run code are not accepted.",
        ),
        Text(
            "Lưu thành Sổ làm việc Excel không macro (.xlsx) rồi tải lên lại.",
            "Save it as an Excel workbook without macros (.xlsx) and upload it again.",
        ),
    ),
    "cut_off": _Kind(
        Text(
            "Tệp không trọn vẹn: việc tải lên hoặc sao chép bị ngắt giữa chừng.",
            "The file is incomplete: its upload or copying was cut off.",
        ),
        Text("Mở thử tệp trên máy rồi tải lên lại.", "Check that it opens, then upload it again."),
    ),
    "zip_bomb": _Kind(
        Text(
            "Tệp nở ra quá lớn khi giải nén ({size} MB; giới hạn {limit} MB).",
            "The file unpacks to far too much ({size} MB; the limit is {limit} MB).",
        ),
        Text(
            "Xóa hình ảnh, trang thừa và vùng định dạng thừa, hoặc tải lại sổ mới.",
            "Remove pictures, extra sheets and surplus formatting, or download a fresh workbook.",
        ),
    ),
    "file_too_large": _Kind(
        Text(
            "Tệp quá lớn ({size} MB; giới hạn {limit} MB).",
            "The file is too large ({size} MB; the limit is {limit} MB).",
        ),
        Text("Bỏ hình ảnh và các trang thừa.", "Remove pictures and extra sheets."),
    ),
    "sheet_too_large": _Kind(
        Text(
            "Trang trải trên {rows} hàng × {columns} cột, quá nhiều (giới hạn {limit} hàng).",
            "The sheet spans {rows} rows × {columns} columns: too many (at most {limit} rows).",
        ),
        Text(
            "Xóa các hàng, cột thừa ở xa bảng (ô lạc), rồi lưu và tải lên lại.",
            "Delete stray rows and columns far from the table, save and upload again.",
        ),
    ),
    "unreadable": _Kind(
        Text("Không đọc được sổ: {reason}", "The workbook cannot be read: {reason}"),
        Text(
            "Mở bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi tải lên.",
            "Open it in Excel or LibreOffice, save it as .xlsx again and upload it.",
        ),
    ),
    "sheet_missing": _Kind(
        Text("Thiếu trang “{name}”.", "The sheet “{name}” is missing."),
        _AGAIN,
    ),
    "template_older": _Kind(
        Text(
            "Sổ theo mẫu cũ (mẫu {found}, nay là {current}); các mã vẫn đọc được.",
            "The workbook follows an older template ({found}, now {current}); it can be read.",
        ),
        Text("Lần sau hãy tải mẫu mới.", "Download the new template next time."),
        "warning",
    ),
    "template_unreadable": _Kind(
        Text(
            "Sổ theo mẫu {found}, hệ thống dùng mẫu {current}; không đọc chắc chắn được.",
            "The workbook follows template {found}, not {current}: it cannot be read safely.",
        ),
        _AGAIN,
    ),
    "meta_damaged": _Kind(
        Text(
            "Phần nhận dạng ẩn của sổ (khu, năm, ngày tải) đã bị sửa hoặc hỏng.",
            "The workbook's hidden identity (park, year, day of download) was changed or damaged.",
        ),
        _AGAIN,
    ),
    "identity_missing": _Kind(
        Text(
            "Không rõ sổ này của khu nào, năm nào.",
            "The workbook does not say which park and year it is for.",
        ),
        _AGAIN,
    ),
    "park_other": _Kind(
        Text("Sổ này của {found}.", "This is the workbook of {found}."),
        Text("Tải lên sổ của {expected}.", "Upload the workbook of {expected}."),
    ),
    "year_other": _Kind(
        Text("Sổ này của năm {found}.", "This is the workbook of {found}."),
        Text(
            "Tải lên ở trang báo cáo năm {found}, hoặc dùng sổ năm {expected}.",
            "Upload it on the page of {found}, or use the workbook of {expected}.",
        ),
    ),
    "year_twice": _Kind(
        Text(
            "Năm ghi ở đây là {here}, trong khi sổ là của năm {other}.",
            "The year here is {here}, but the workbook is that of {other}.",
        ),
        Text(
            "Một sổ chỉ cho một năm: tải sổ riêng cho mỗi năm.", "Use one workbook for each year."
        ),
    ),
    # --- rows and columns
    "header_missing": _Kind(
        Text(
            "Không tìm thấy hàng tiêu đề của bảng trên trang này.",
            "The heading row of the table was not found on this sheet.",
        ),
        _RESTORE,
    ),
    "header_twice": _Kind(
        Text(
            "“{name}” xuất hiện hai lần: ở đây và ở {first}.",
            "“{name}” stands twice: here and in {first}.",
        ),
        Text("Giữ lại một, xóa bản kia.", "Keep one and delete the other."),
    ),
    "header_mismatch": _Kind(
        Text(
            "Mã ẩn là “{code}” nhưng tiêu đề là “{name}”: cột hoặc hàng đã bị xê dịch.",
            "The hidden code is “{code}” but the heading says “{name}”: it was shifted.",
        ),
        _RESTORE,
    ),
    "column_missing": _Kind(
        Text("Thiếu cột “{name}”.", "The column “{name}” is missing."),
        Text(
            "Không sao nếu cố ý: các giá trị đã có được giữ nguyên. Nếu không, tải lại sổ.",
            "If on purpose, nothing is lost: stored values stay. Otherwise download it again.",
        ),
        "warning",
    ),
    "column_unknown": _Kind(
        Text(
            "Không biết tiêu đề “{name}”; cột không được đọc.",
            "The heading “{name}” is not known; the column is not read.",
        ),
        Text(
            "Nếu là cột bị đổi tên, khôi phục tên cũ; nếu là ghi chú riêng thì bỏ qua.",
            "If a column was renamed, restore its name; if it is a note of yours, ignore this.",
        ),
        "warning",
    ),
    "key_column_missing": _Kind(
        Text(
            "Thiếu cột mã doanh nghiệp và mã số thuế, nên không biết hàng nào của ai.",
            "Neither the enterprise code nor the tax code column is there to tell rows apart.",
        ),
        _RESTORE,
    ),
    "row_missing": _Kind(
        Text("Thiếu hàng “{name}”.", "The row “{name}” is missing."),
        Text(
            "Không sao nếu cố ý: giá trị đã có được giữ nguyên. Nếu không, tải lại sổ.",
            "If on purpose, nothing is lost: the stored value stays. Otherwise download it again.",
        ),
        "warning",
    ),
    "row_unknown": _Kind(
        Text(
            "Không biết chỉ tiêu “{name}”; hàng không được đọc.",
            "The item “{name}” is not known; the row is not read.",
        ),
        Text("Xóa hàng này hoặc khôi phục tên cũ.", "Delete the row or restore its name."),
        "warning",
    ),
    "cells_merged": _Kind(
        Text(
            "Các ô {range} bị gộp nên không rõ giá trị của ai.",
            "The cells {range} are merged, so whose value it is cannot be told.",
        ),
        Text("Bỏ gộp ô và ghi từng ô.", "Unmerge them and fill in each cell."),
    ),
    "enterprise_unnamed": _Kind(
        Text(
            "Hàng có số liệu nhưng không có mã doanh nghiệp.",
            "The row holds values but no enterprise code.",
        ),
        Text(
            "Ghi mã hoặc mã số thuế, hoặc xóa hàng.",
            "Give the code or the tax code, or delete the row.",
        ),
    ),
    "enterprise_unknown": _Kind(
        Text(
            "Doanh nghiệp “{name}” không có trong danh sách của khu.",
            "The enterprise “{name}” is not on the park's list.",
        ),
        Text(
            "Thêm ở trang Doanh nghiệp trước, rồi tải lên lại; hoặc sửa mã.",
            "Add it on the Enterprises page first and upload again; or correct the code.",
        ),
    ),
    "enterprise_closed": _Kind(
        Text("Doanh nghiệp “{name}” đã chấm dứt hoạt động.", "The enterprise “{name}” is closed."),
        Text(
            "Xóa số liệu của hàng này, hoặc sửa tình trạng.",
            "Clear the row's values, or correct its status.",
        ),
    ),
    "enterprise_twice": _Kind(
        Text(
            "Doanh nghiệp “{name}” đã có ở {first}.",
            "The enterprise “{name}” already stands in {first}.",
        ),
        Text("Gộp vào một hàng, xóa hàng kia.", "Keep one row and delete the other."),
    ),
    "tax_code_twice": _Kind(
        Text(
            "Mã số thuế {name} đã có ở {first}.", "The tax code {name} already stands in {first}."
        ),
        Text(
            "Mỗi doanh nghiệp một mã số thuế: sửa một trong hai.",
            "Each enterprise has its own: correct one.",
        ),
    ),
    "tax_code_other": _Kind(
        Text(
            "Mã số thuế {name} không phải của doanh nghiệp “{code}”.",
            "The tax code {name} is not that of “{code}”.",
        ),
        Text(
            "Khôi phục mã như trong sổ đã tải về.", "Restore the codes of the downloaded workbook."
        ),
    ),
    # --- values
    "formula_error": _Kind(
        Text("Công thức trong ô báo lỗi {error}.", "The formula of this cell ends in {error}."),
        Text(
            "Sửa công thức hoặc ghi thẳng giá trị.",
            "Correct the formula or write the value itself.",
        ),
    ),
    "formula_uncomputed": _Kind(
        Text(
            "Ô có công thức chưa được tính nên không có giá trị.",
            "The formula of this cell was never computed, so it has no value.",
        ),
        Text(
            "Mở sổ bằng Excel hoặc LibreOffice, lưu lại; hoặc ghi thẳng giá trị.",
            "Open the workbook in Excel or LibreOffice and save it; or write the value itself.",
        ),
    ),
    "not_a_number": _Kind(
        Text("“{raw}” không phải là một số.", "“{raw}” is not a number."),
        Text(
            "Chỉ ghi số; nếu không có: để trống, “không áp dụng” hoặc “bảo mật”.",
            "Write a number; if there is none: leave it blank, “not applicable” or “confidential”.",
        ),
    ),
    "ambiguous_number": _Kind(Text("{message}", "{message}"), Text("{cure}", "{cure}")),
    "unit_wrong": _Kind(Text("{message}", "{message}"), Text("{cure}", "{cure}")),
    "percent_unclear": _Kind(
        Text(
            "{raw} ở mục tính bằng phần trăm: {raw} % hay {hundredfold} %?",
            "{raw} in an item asked in percent: {raw} % or {hundredfold} %?",
        ),
        Text(
            "Ghi kèm dấu phần trăm: {hundredfold}% (hoặc {raw}% nếu đúng là dưới một phần trăm).",
            "Write the sign: {hundredfold}% (or {raw}% if it truly is below one percent).",
        ),
    ),
    "negative": _Kind(
        Text("{raw} nhỏ hơn 0.", "{raw} is below zero."),
        Text("Chỉ tiêu này không thể âm: kiểm tra lại.", "This cannot be negative: check it."),
    ),
    "below_minimum": _Kind(
        Text("{raw} nhỏ hơn mức thấp nhất {limit}.", "{raw} is below the least possible, {limit}."),
        Text("Kiểm tra lại số và đơn vị ({unit}).", "Check the figure and its unit ({unit})."),
    ),
    "above_maximum": _Kind(
        Text("{raw} lớn hơn mức cao nhất {limit}.", "{raw} is above the most possible, {limit}."),
        Text("Kiểm tra lại số và đơn vị ({unit}).", "Check the figure and its unit ({unit})."),
    ),
    "not_whole": _Kind(
        Text(
            "{raw} có phần lẻ, trong khi đây là số đếm.",
            "{raw} has a fraction, but this is a count.",
        ),
        Text("Ghi số nguyên.", "Write a whole number."),
    ),
    "not_yes_no": _Kind(
        Text("“{raw}” không phải là Có hoặc Không.", "“{raw}” is neither Yes nor No."),
        _LIST,
    ),
    "not_in_list": _Kind(
        Text(
            "“{raw}” không có trong danh sách: {choices}.", "“{raw}” is not in the list: {choices}."
        ),
        _LIST,
    ),
    "not_a_date": _Kind(
        Text("“{raw}” không phải là một ngày.", "“{raw}” is not a date."),
        Text("Ghi ngày/tháng/năm, ví dụ 31/12/2025.", "Write day/month/year, such as 31/12/2025."),
    ),
    "too_long": _Kind(
        Text(
            "Đoạn chữ dài {length} ký tự, giới hạn {limit}.",
            "The text has {length} characters, the limit is {limit}.",
        ),
        Text(
            "Viết ngắn lại; tài liệu dài thì đính kèm.",
            "Shorten it; attach long documents instead.",
        ),
    ),
    "parts_exceed_whole": _Kind(
        Text(
            "Các phần ({parts}) cộng lại {sum} {unit}, lớn hơn {whole} {total} {unit} ở {cell}.",
            "The parts ({parts}) add up to {sum} {unit}; {whole} is {total} {unit} in {cell}.",
        ),
        Text("Kiểm tra các ô này và đơn vị của chúng.", "Check these cells and their units."),
    ),
    "too_many_problems": _Kind(
        Text("Còn {count} lỗi nữa không liệt kê.", "{count} more problems are not listed."),
        Text(
            "Sửa các lỗi đã liệt kê rồi tải lên lại.", "Correct the listed ones and upload again."
        ),
    ),
}
