"""What can be wrong with what a person says of a stream, in both languages, with its cure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sinhthai.foundation.problems import Problem, Severity
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class _Kind:
    field: str
    message: Text
    cure: Text
    severity: Severity = "error"


Found = tuple[str, Problem]
"""The field a problem is about, as forms and files name it, and the problem."""


def found(kind_of: str, field: str = "", /, **values: object) -> Found:
    """Return the problem *kind_of* with its words filled in, under its usual field or *field*."""
    kind = KINDS[kind_of]
    message, cure = kind.message.format(**values), kind.cure.format(**values)
    return field or kind.field, Problem(f"stream_{kind_of}", message, cure, severity=kind.severity)


_SWAP = Text("Đổi chỗ hai số.", "Swap the two numbers.")

KINDS: Final[Mapping[str, _Kind]] = {
    "direction_unknown": _Kind(
        "direction",
        Text("Chưa nói là cung hay cầu.", "It is not said whether it is an offer or a need."),
        Text("Chọn “cung” hoặc “cầu”.", "Choose offer or need."),
    ),
    "name_missing": _Kind(
        "name",
        Text("Thiếu tên dòng vật chất.", "The name of the stream is missing."),
        Text("Ghi tên thường gọi, ví dụ: tro bay.", "Write its usual name, such as: fly ash."),
    ),
    "name_long": _Kind(
        "name",
        Text("Tên dài hơn {most} ký tự.", "The name is longer than {most} signs."),
        Text("Rút gọn tên; phần còn lại ghi vào ghi chú.", "Shorten it; the rest is for the note."),
    ),
    "control_sign": _Kind(
        "name",
        Text("Có ký tự điều khiển không đọc được.", "There is a control sign nobody can read."),
        Text("Gõ lại, đừng dán từ tệp khác.", "Type it again instead of pasting it."),
    ),
    "material_unknown": _Kind(
        "material",
        Text("Không có vật chất “{code}” trong danh mục.", "The list has no material “{code}”."),
        Text(
            "Tra trên trang Danh mục vật chất, hoặc để trống.",
            "Look it up on the page Materials, or leave it empty.",
        ),
    ),
    "code_unknown": _Kind(
        "code",
        Text("Không có mã “{code}” trong danh mục.", "The code “{code}” is not in the lists."),
        Text(
            "Tra trên trang Danh mục mã chất thải, hoặc để trống. Mẫu: vn:120605, ewc:100102.",
            "Look it up on the page Waste codes, or leave it empty. Write vn:120605, ewc:100102.",
        ),
    ),
    "unit_unknown": _Kind(
        "unit",
        Text("Không có đơn vị “{unit}”.", "There is no unit “{unit}”."),
        Text("Dùng tấn, m³ hoặc MWh (mỗi năm).", "Use t, m³ or MWh (a year)."),
    ),
    "unit_kind": _Kind(
        "unit",
        Text(
            "{material} tính theo {right} ({right_unit}); {wrong_unit} là đơn vị {wrong}.",
            "{material} is counted by {right} ({right_unit}); {wrong_unit} is a unit of {wrong}.",
        ),
        Text(
            "Quy đổi số lượng ra {right_unit} rồi nhập lại, hoặc chọn vật chất khác.",
            "Convert the quantity to {right_unit} and enter it again, or choose another material.",
        ),
    ),
    "state_unknown": _Kind(
        "state",
        Text("Không có trạng thái “{state}”.", "There is no state “{state}”."),
        Text(
            "Dùng rắn, bùn, lỏng, khí hoặc năng lượng.", "Use solid, sludge, liquid, gas or energy."
        ),
    ),
    "hazard_unknown": _Kind(
        "hazard",
        Text("Không có phân loại “{hazard}”.", "There is no class “{hazard}”."),
        Text(
            "Dùng NH, KS, TT hoặc TT-R (Thông tư 02/2022/TT-BTNMT).",
            "Use NH, KS, TT or TT-R (Circular 02/2022/TT-BTNMT).",
        ),
    ),
    "hazard_differs": _Kind(
        "hazard",
        Text(
            "{material} thường là chất thải nguy hại (NH), ở đây ghi {hazard}.",
            "{material} usually is hazardous waste (NH); here it says {hazard}.",
        ),
        Text(
            "Kiểm tra lại kết quả phân định chất thải.",
            "Look at the result of its classification again.",
        ),
        "warning",
    ),
    "quantity_negative": _Kind(
        "quantity",
        Text("Số lượng phải là số không âm.", "A quantity is a number that is not negative."),
        Text("Sửa lại, hoặc để trống nếu chưa biết.", "Mend it, or leave it empty if not known."),
    ),
    "quantity_too_large": _Kind(
        "quantity",
        Text("Số lớn hơn mọi dòng có thật.", "The number is larger than any real stream."),
        Text("Kiểm tra đơn vị và số chữ số không.", "Check the unit and the number of zeros."),
    ),
    "quantity_zero": _Kind(
        "quantity",
        Text("{what} bằng 0.", "{what} is zero."),
        Text(
            "Để trống nếu chưa biết; nếu không còn, hãy rút dòng này.",
            "Leave it empty if not known; if there is none any more, withdraw the stream.",
        ),
    ),
    "range_upside_down": _Kind(
        "quantity_min",
        Text(
            "Khoảng số lượng bị ngược: mức thấp nhất lớn hơn mức cao nhất.",
            "The range is upside down: the lowest is above the highest.",
        ),
        _SWAP,
    ),
    "quantity_outside_range": _Kind(
        "quantity",
        Text("Số lượng nằm ngoài khoảng đã ghi.", "The quantity lies outside its range."),
        Text("Sửa số lượng hoặc khoảng.", "Mend the quantity or the range."),
    ),
    "months_none": _Kind(
        "months",
        Text("Chưa chọn tháng nào.", "No month is chosen."),
        Text("Chọn các tháng có dòng này.", "Choose the months the stream runs in."),
    ),
    "price_not_a_number": _Kind(
        "price",
        Text("Giá không phải là một số.", "The price is not a number."),
        Text("Ghi giá theo đồng cho một đơn vị.", "Write the price in VND per unit."),
    ),
    "parameter_unknown": _Kind(
        "quality",
        Text("Không có thông số “{code}”.", "There is no parameter “{code}”."),
        Text("Chọn thông số trong danh sách.", "Choose a parameter from the list."),
    ),
    "parameter_not_a_number": _Kind(
        "quality",
        Text("{parameter}: không phải con số.", "{parameter}: that is not a number."),
        Text("Ghi số hữu hạn, hoặc để trống.", "Write a finite number, or leave it empty."),
    ),
    "parameter_empty": _Kind(
        "quality",
        Text("{parameter}: chưa có giá trị.", "{parameter}: there is no value."),
        Text(
            "Ghi mức thấp, mức cao hoặc cả hai; hoặc xóa dòng này.",
            "Write the low end, the high end or both; or clear the row.",
        ),
    ),
    "parameter_upside_down": _Kind(
        "quality",
        Text(
            "{parameter}: mức thấp lớn hơn mức cao.", "{parameter}: the low end is above the high."
        ),
        _SWAP,
    ),
}
