"""What can be wrong with a workbook of measures: what, why, and the cure, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sinhthai.foundation.problems import InputError, Place, Problem, Severity
from sinhthai.foundation.text import Text

MOST: Final = 200
"""Problems listed; of more only the number is said."""

_FORMULA = Text("Mở trong Excel, sửa công thức rồi lưu lại.", "Mend it in Excel and save again.")
_LIST = Text("Chọn trong danh sách của ô: {known}.", "Choose from the cell's list: {known}.")
_Row = tuple[Text, Text, Severity]

KINDS: Final[Mapping[str, _Row]] = {
    "no_sheet": (
        Text("Không có trang “{name}”.", "There is no sheet “{name}”."),
        Text(
            "Tạo tệp mẫu: sinhthai appraise --template TEP.xlsx",
            "Make a template: sinhthai appraise --template FILE.xlsx",
        ),
        "error",
    ),
    "no_headings": (
        Text("Không thấy cột: {names}.", "These columns are missing: {names}."),
        Text("Ghi tiêu đề cột như trong tệp mẫu.", "Name the columns as in the template."),
        "error",
    ),
    "heading_twice": (
        Text("Cột “{name}” có hai lần.", "The column “{name}” is there twice."),
        Text("Bỏ một cột.", "Remove one of them."),
        "error",
    ),
    "heading_unknown": (
        Text("Cột “{name}” không dùng đến.", "The column “{name}” is not read."),
        Text(
            "Không cần làm gì, trừ khi cột này viết sai tên.", "Fine, unless its name is misspelt."
        ),
        "warning",
    ),
    "cells_merged": (
        Text(
            "Ô {range} bị gộp: không rõ giá trị của dòng nào.",
            "The cells {range} are merged: it is not clear whose value this is.",
        ),
        Text("Bỏ gộp ô, ghi giá trị cho từng dòng.", "Unmerge them and fill in each line."),
        "error",
    ),
    "formula_error": (
        Text("Công thức trong ô báo lỗi {error}.", "The formula in this cell shows {error}."),
        _FORMULA,
        "error",
    ),
    "formula_uncomputed": (
        Text("Công thức trong ô chưa được tính.", "The formula in this cell was not computed."),
        Text("Mở tệp trong Excel rồi lưu lại.", "Open the file in Excel and save it."),
        "error",
    ),
    "empty": (
        Text("Thiếu “{name}”.", "“{name}” is missing."),
        Text("Ghi giá trị; không có thì ghi 0.", "Fill it in; write 0 where there is none."),
        "error",
    ),
    "cell": (Text("{what}", "{what}"), Text("{cure}", "{cure}"), "error"),
    "negative": (
        Text("“{name}” là số âm.", "“{name}” is negative."),
        Text(
            "Ghi số dương; khoản thu ghi ở “Lợi ích khác”, khoản chi ở “Chi phí vận hành”.",
            "Write it positive; income goes to “Other saving”, expense to “Running cost”.",
        ),
        "error",
    ),
    "more_used": (
        Text(
            "{name}: dùng thêm {carrier}; tính là chi phí.",
            "{name}: more {carrier} is used; counted as a cost.",
        ),
        Text("Đúng nếu giải pháp chuyển đổi nhiên liệu.", "Right for a change of fuel."),
        "warning",
    ),
    "share_or_percent": (
        Text(
            "{value} là {value} % hay {hundred} %?",
            "Is {value} meant as {value} % or as {hundred} %?",
        ),
        Text("Ghi {value}% hoặc {fraction}.", "Write {value}% or {fraction}."),
        "error",
    ),
    "share_out": (
        Text("“{name}” phải từ {low} đến {high}.", "“{name}” must be from {low} to {high}."),
        Text("Xem lại số này.", "Look at the figure again."),
        "error",
    ),
    "not_whole": (
        Text("“{name}” phải là số nguyên.", "“{name}” must be a whole number."),
        Text("Ghi số nguyên, ví dụ 10.", "Write a whole number, such as 10."),
        "error",
    ),
    "out_of_range": (
        Text("“{name}” phải từ {low} đến {high}.", "“{name}” must be from {low} to {high}."),
        Text("Xem lại số này.", "Look at the figure again."),
        "error",
    ),
    "not_in_list": (
        Text("“{said}” không có trong danh sách.", "“{said}” is not in the list."),
        _LIST,
        "error",
    ),
    "not_money": (
        Text("“{said}” không phải là đơn vị tiền.", "“{said}” is not a unit of money."),
        Text(
            "Ghi đồng, nghìn đồng, triệu đồng hoặc tỷ đồng; ngoại tệ thì đổi ra đồng.",
            "Write VND, thousand, million or billion VND; convert a foreign currency first.",
        ),
        "error",
    ),
    "not_a_time": (
        Text("“{said}” không phải là giờ.", "“{said}” is not a time of day."),
        Text("Ghi 6:00 hoặc 22:30.", "Write 6:00 or 22:30."),
        "error",
    ),
    "name_twice": (
        Text(
            "Tên “{name}” đã có ở dòng {row}.", "The name “{name}” is already that of line {row}."
        ),
        Text("Đặt tên khác.", "Give it another name."),
        "error",
    ),
    "no_name": (
        Text("Dòng có vốn hoặc tuổi thọ nhưng không có tên.", "A line with money has no name."),
        Text("Ghi tên giải pháp.", "Name the measure."),
        "error",
    ),
    "no_measures": (
        Text("Không có giải pháp nào.", "There are no measures."),
        Text("Ghi mỗi giải pháp một dòng.", "Write one line a measure."),
        "error",
    ),
    "nothing_saved": (
        Text("{name}: không tiết kiệm gì.", "{name}: it saves nothing."),
        Text("Ghi lượng hoặc số tiền tiết kiệm.", "Give what it saves, in quantity or money."),
        "error",
    ),
    "pair": (
        Text("Có “{one}” nhưng thiếu “{other}”.", "There is “{one}” but no “{other}”."),
        Text("Ghi cả hai.", "Give both."),
        "error",
    ),
    "no_price": (
        Text("Chưa có giá của {carrier}.", "There is no price of {carrier}."),
        Text("Ghi ở trang Giá{also}.", "Give it on the sheet Prices{also}."),
        "error",
    ),
    "unknown_measure": (
        Text("Không có giải pháp tên “{name}”.", "There is no measure named “{name}”."),
        Text("Ghi đúng tên ở cột đầu.", "Write the name as in the first column."),
        "error",
    ),
    "no_share": (
        Text(
            "Không rõ giải pháp tiết kiệm bao nhiêu phần của “{use}”.",
            "It is not known which share of “{use}” the measure saves.",
        ),
        Text(
            "Ghi phần tiết kiệm, hoặc lượng của hộ ở trang Hộ tiêu thụ.",
            "Give the share, or what the use takes on the sheet Uses.",
        ),
        "error",
    ),
    "more_than_use": (
        Text(
            "Tiết kiệm {saved} nhưng “{use}” chỉ dùng {metered} {unit} một năm.",
            "It saves {saved} but “{use}” takes only {metered} {unit} a year.",
        ),
        Text("Xem lại hai số này.", "Look at the two figures again."),
        "error",
    ),
    "share_differs": (
        Text(
            "{name}: lượng tiết kiệm là {counted} của “{use}”, khác {stated} đã ghi; lấy "
            "{counted}.",
            "{name}: what it saves is {counted} of “{use}”, not the {stated} stated; {counted} is "
            "used.",
        ),
        Text("Xem lại hai số này.", "Look at the two figures again."),
        "warning",
    ),
    "row_unknown": (
        Text("Không rõ dòng “{name}” là gì.", "The line “{name}” is not known."),
        Text("Giữ tên dòng như trong tệp mẫu.", "Keep the names of the template."),
        "warning",
    ),
    "row_twice": (
        Text("“{name}” có hai dòng.", "“{name}” has two lines."),
        Text("Bỏ một dòng.", "Remove one."),
        "error",
    ),
    "not_a_carrier": (
        Text(
            "“{name}” không phải năng lượng, nước hay vật liệu của một giải pháp.",
            "“{name}” is not an energy, water or a material of any measure.",
        ),
        Text("Ghi tên như ở trang Giải pháp.", "Name it as on the sheet Measures."),
        "warning",
    ),
    "no_tariff_inputs": (
        Text(
            "Không tính được giá điện: thiếu {missing}.",
            "The price of electricity cannot be found: {missing} is missing.",
        ),
        Text(
            "Ghi ở trang Giả định, hoặc ghi giá điện ở trang Giá.",
            "Fill it in on the sheet Assumptions, or give the price on the sheet Prices.",
        ),
        "error",
    ),
    "more": (
        Text("Còn {n} lỗi nữa.", "There are {n} more."),
        Text("Sửa các lỗi trên rồi chạy lại.", "Mend those above and run it again."),
        "error",
    ),
    "remark": (
        Text("{what}", "{what}"),
        Text("Không cần làm gì nếu đúng ý.", "Fine if it is meant."),
        "warning",
    ),
}


@dataclass(slots=True)
class Problems:
    """What was found so far: errors refuse the workbook, remarks go with the answer."""

    errors: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def add(self, code: str, place: Place, /, **values: object) -> None:
        """Note the problem *code*; a Text fills in its own language."""
        message, cure, severity = KINDS[code]
        into = self.errors if severity == "error" else self.remarks
        found = Problem(
            f"measures-{code}", message.format(**values), cure.format(**values), place, severity
        )
        into.append(found)

    def refuse(self) -> None:
        """Stop here when there are errors.

        Raises
        ------
        InputError : with the first of them, and how many more there are.
        """
        if not self.errors:
            return
        listed = self.errors[:MOST]
        if more := len(self.errors) - len(listed):
            rest = Problems()
            rest.add("more", Place(listed[0].place.file), n=more)
            listed = [*listed, *rest.errors]
        raise InputError([*listed, *self.remarks[:MOST]])
