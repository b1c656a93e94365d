"""Every problem a list of streams can have: what, and the cure, in both languages.

A code is stable: it names the test that breaks a list that way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from sinhthai.foundation.problems import Place, Problem, Severity
from sinhthai.foundation.text import Text


class _Kind(NamedTuple):
    message: Text
    cure: Text
    severity: Severity = "error"


def problem(code: str, place: Place, /, **values: object) -> Problem:
    """Return the problem *code* with its words filled in; a Text fills in its own language.

    >>> problem("list_empty", Place("a.xlsx")).say("en")
    'a.xlsx: There is no line below the headings. → Fill in at least one stream.'
    """
    kind = KINDS[code]
    return Problem(
        code, kind.message.format(**values), kind.cure.format(**values), place, kind.severity
    )


_LIST = Text("Ghi một trong: {choices}.", "Write one of: {choices}.")

KINDS: Final[Mapping[str, _Kind]] = {
    # --- the file as a whole
    "file_ending": _Kind(
        Text("Không đọc được tệp loại này.", "Files of this kind are not read."),
        Text("Lưu thành .xlsx, .csv hoặc .parquet.", "Save it as .xlsx, .csv or .parquet."),
    ),
    "empty_file": _Kind(
        Text("Tệp rỗng.", "The file is empty."),
        Text("Dùng tệp mẫu và điền các dòng.", "Use the template and fill in the streams."),
    ),
    "disguised": _Kind(
        Text(
            "Tên tệp ghi .{ending} nhưng nội dung là {really}.",
            "The name says .{ending}, but the content is {really}.",
        ),
        Text(
            "Mở bằng chương trình đã tạo ra nó và lưu thành .{ending}.",
            "Open it in the program that made it and save it as .{ending}.",
        ),
    ),
    "csv_not_utf8": _Kind(
        Text("Tệp CSV không theo mã UTF-8.", "The CSV file is not in UTF-8."),
        Text("Trong Excel: Lưu thành → CSV UTF-8.", "In Excel: Save as → CSV UTF-8."),
    ),
    "csv_damaged": _Kind(
        Text("Dòng này của tệp CSV không đọc được.", "This line of the CSV file cannot be read."),
        Text("Kiểm tra dấu ngoặc kép.", "Check its quotation marks."),
    ),
    "parquet_damaged": _Kind(
        Text("Tệp không phải là Parquet đọc được.", "The file is not a readable Parquet file."),
        Text("Xuất lại tệp.", "Export it again."),
    ),
    "too_many_rows": _Kind(
        Text("Có {rows} dòng, quá {limit}.", "There are {rows} rows, over {limit}."),
        Text("Chia thành nhiều tệp.{more}", "Split it into several files.{more}"),
    ),
    "heading_missing": _Kind(
        Text("Không thấy cột “{column}”{near}.", "The column “{column}” is not there{near}."),
        Text(
            "Dùng tệp mẫu (sinhthai match --template) và giữ dòng tiêu đề.",
            "Use the template (sinhthai match --template) and keep its heading line.",
        ),
    ),
    "heading_twice": _Kind(
        Text("Cột “{column}” có hai lần.", "The column “{column}” stands twice."),
        Text("Xóa một cột.", "Remove one of them."),
    ),
    "heading_unknown": _Kind(
        Text("Không biết cột “{column}”; bỏ qua.", "Unknown column “{column}”; passed over."),
        Text("Đổi tên cột nếu cần đọc{near}.", "Rename it if it should be read{near}."),
        "warning",
    ),
    "list_empty": _Kind(
        Text("Không có dòng nào dưới tiêu đề.", "There is no line below the headings."),
        Text("Điền ít nhất một dòng.", "Fill in at least one stream."),
    ),
    "sheet_passed_over": _Kind(
        Text(
            "Trang tính không có tiêu đề của danh sách; bỏ qua.",
            "This sheet has no headings of a list of streams; passed over.",
        ),
        Text("Dùng tiêu đề của tệp mẫu.", "Use the headings of the template."),
        "warning",
    ),
    "cells_merged": _Kind(
        Text("Các ô {range} bị gộp.", "The cells {range} are merged."),
        Text("Bỏ gộp và ghi giá trị vào từng ô.", "Unmerge them and write each value."),
    ),
    "formula_error": _Kind(
        Text("Công thức trong ô báo lỗi {error}.", "The formula of this cell gives {error}."),
        Text("Sửa công thức hoặc ghi giá trị.", "Mend the formula or write the value."),
    ),
    "formula_uncomputed": _Kind(
        Text("Công thức chưa được tính.", "The formula has not been computed."),
        Text(
            "Mở và lưu tệp bằng Excel, hoặc ghi giá trị.",
            "Open and save the file in Excel, or write the value.",
        ),
    ),
    "too_many_problems": _Kind(
        Text("Còn {count} lỗi nữa.", "Problems not shown: {count}."),
        Text("Sửa các lỗi trên rồi đọc lại.", "Mend those above and read it again."),
    ),
    # --- one cell
    "enterprise_missing": _Kind(
        Text("Chưa ghi doanh nghiệp.", "The enterprise is not named."),
        Text("Ghi tên hoặc mã số thuế.", "Write its name or tax code."),
    ),
    "name_missing": _Kind(
        Text("Chưa ghi tên dòng và mã.", "Neither a name nor a code is given."),
        Text("Ghi tên như gọi trong nhà máy.", "Write what it is called in the plant."),
    ),
    "name_long": _Kind(
        Text("Tên dài {length} ký tự.", "The name has {length} characters."),
        Text("Rút xuống {limit} ký tự.", "Shorten it to {limit}."),
    ),
    "direction_missing": _Kind(
        Text("Không biết đây là cung hay cầu.", "It is not said whether this is given or needed."),
        Text(
            "Ghi “cung” hoặc “cầu”, hoặc đặt tên trang tính là Cung và Cầu.",
            "Write “offer” or “need”, or name the sheets Offers and Needs.",
        ),
    ),
    "not_in_list": _Kind(Text("Không biết “{raw}”.", "“{raw}” is not known."), _LIST),
    "not_a_number": _Kind(Text("{message}", "{message}"), Text("{cure}", "{cure}")),
    "negative": _Kind(
        Text("Lượng không thể âm ({raw}).", "A quantity cannot be negative ({raw})."),
        Text("Ghi số dương và chọn cung hoặc cầu.", "Write it positive and choose offer or need."),
    ),
    "range_upside_down": _Kind(
        Text(
            "Ít nhất ({low}) lớn hơn nhiều nhất ({high}).",
            "The least ({low}) is more than the most ({high}).",
        ),
        Text("Đổi chỗ hai số nếu ghi ngược.", "Swap the two if they are the wrong way round."),
    ),
    "quantity_outside": _Kind(
        Text(
            "Lượng {value} nằm ngoài khoảng {low}–{high}.",
            "The quantity {value} lies outside {low}–{high}.",
        ),
        Text("Sửa lượng hoặc khoảng.", "Correct the quantity or its range."),
    ),
    "quantity_zero": _Kind(
        Text("Lượng bằng 0: không tìm đối tác.", "The quantity is 0: no partner is looked for."),
        Text(
            "Để trống nếu không biết; xóa dòng nếu không còn.",
            "Leave it empty if not known; delete the line if there is none.",
        ),
        "warning",
    ),
    "quantity_unknown": _Kind(
        Text(
            "{count} dòng chưa ghi lượng: giá trị và tỷ lệ đáp ứng sẽ không biết.",
            "Streams without a quantity: {count}; their value and share covered stay unknown.",
        ),
        Text("Ghi lượng, hoặc khoảng ước lượng.", "Give the quantity, or a range."),
        "warning",
    ),
    "unit_missing": _Kind(
        Text("Có lượng nhưng chưa ghi đơn vị.", "There is a quantity but no unit."),
        Text("Ghi tấn, m³, MWh…", "Write t, m³, MWh…"),
    ),
    "unit_unknown": _Kind(
        Text("Không biết đơn vị “{raw}”.", "The unit “{raw}” is not known."),
        Text("Ghi tấn, kg, m³, lít, MWh, kWh, GJ…", "Write t, kg, m³, L, MWh, kWh, GJ…"),
    ),
    "unit_of_another_kind": _Kind(
        Text(
            "“{raw}” không phải là khối lượng, thể tích hay năng lượng.",
            "“{raw}” is not a mass, a volume or an energy.",
        ),
        Text("Đổi ra tấn, m³ hoặc MWh trong một kỳ.", "Convert it to t, m³ or MWh in a period."),
    ),
    "period_twice": _Kind(
        Text(
            "Đơn vị ghi “{in_unit}” nhưng cột kỳ ghi “{in_column}”.",
            "The unit says “{in_unit}” but the period column “{in_column}”.",
        ),
        Text("Chỉ ghi kỳ ở một chỗ.", "State the period in one place."),
    ),
    "days_assumed": _Kind(
        Text(
            "{count} dòng ghi theo ngày mà không có số ngày chạy: tính mọi ngày của các tháng có.",
            "Quantities per day without operating days: {count}; every day of the stated months "
            "is counted.",
        ),
        Text("Ghi số ngày chạy trong năm.", "State the operating days a year."),
        "warning",
    ),
    "days_outside": _Kind(
        Text("Số ngày {raw} không nằm trong 1–366.", "{raw} days are not between 1 and 366."),
        Text("Ghi số ngày chạy trong một năm.", "Write the operating days of a year."),
    ),
    "months_unreadable": _Kind(
        Text("Không đọc được các tháng “{raw}”.", "The months “{raw}” cannot be read."),
        Text("Ghi như: 1-5, 10.", "Write them like: 1-5, 10."),
    ),
    "code_unknown": _Kind(
        Text("Không có mã “{raw}”{near}.", "There is no code “{raw}”{near}."),
        Text(
            "Sửa mã, hoặc để trống: tên cũng được dùng để nhận biết.",
            "Correct it, or leave it empty: the name is read too.",
        ),
    ),
    "code_without_list": _Kind(
        Text(
            "Mã “{raw}” không cho biết thuộc danh mục nào.",
            "The code “{raw}” does not say which list it is of.",
        ),
        Text("Ghi {choices}.", "Write {choices}."),
    ),
    "quality_unreadable": _Kind(
        Text("Không đọc được chỉ tiêu “{raw}”.", "The parameter “{raw}” cannot be read."),
        Text(
            "Ghi tên, dấu, số và đơn vị: độ ẩm ≤ 15 %; clorua 0,1-0,3 %.",
            "Write name, sign, number and unit: moisture ≤ 15 %; chloride 0.1-0.3 %.",
        ),
    ),
    "parameter_unknown": _Kind(
        Text("Không biết chỉ tiêu “{raw}”{near}.", "The parameter “{raw}” is not known{near}."),
        Text("Dùng tên trong tệp mẫu.", "Use a name of the template."),
    ),
    "parameter_unit": _Kind(Text("{message}", "{message}"), Text("{cure}", "{cure}")),
    "parameter_upside_down": _Kind(
        Text("Khoảng “{raw}” bị ngược.", "The range “{raw}” is upside down."),
        Text("Ghi số nhỏ trước.", "Write the smaller number first."),
    ),
    "parameter_twice": _Kind(
        Text("Chỉ tiêu “{raw}” ghi hai lần.", "The parameter “{raw}” stands twice."),
        Text("Gộp thành một khoảng.", "Join them into one range."),
    ),
    # --- places
    "place_half": _Kind(
        Text("Chỉ có một trong hai tọa độ.", "Only one of the two coordinates is given."),
        Text("Ghi cả vĩ độ và kinh độ.", "Give both latitude and longitude."),
    ),
    "place_zero": _Kind(
        Text("Tọa độ 0, 0 không phải là một nơi.", "0, 0 is not a place."),
        Text("Để trống hoặc ghi tọa độ thật.", "Leave it empty or give the real place."),
    ),
    "place_swapped": _Kind(
        Text(
            "Vĩ độ {lat} và kinh độ {lon} bị đổi chỗ.",
            "Latitude {lat} and longitude {lon} are swapped.",
        ),
        Text("Ghi vĩ độ {lon}, kinh độ {lat}.", "Write latitude {lon}, longitude {lat}."),
    ),
    "place_impossible": _Kind(
        Text("Không có tọa độ {lat}, {lon}.", "There is no place {lat}, {lon}."),
        Text(
            "Vĩ độ từ −90 đến 90, kinh độ từ −180 đến 180.",
            "Latitude is −90 to 90, longitude −180 to 180.",
        ),
    ),
    "place_at_sea": _Kind(
        Text(
            "{lat}, {lon} nằm ngoài biển, cách bờ khoảng {km} km.",
            "{lat}, {lon} lies at sea, about {km} km off the coast.",
        ),
        Text("Kiểm tra lại các chữ số.", "Check the digits."),
    ),
    "place_abroad": _Kind(
        Text("{lat}, {lon} nằm ngoài Việt Nam.", "{lat}, {lon} lies outside Viet Nam."),
        Text(
            "Nếu đúng là đối tác nước ngoài thì không cần sửa; luật áp dụng vẫn là luật Việt Nam.",
            "Nothing to mend for a partner abroad; the law applied is still that of Viet Nam.",
        ),
        "warning",
    ),
    "park_unknown": _Kind(
        Text(
            "Không biết khu “{raw}”{near} và dòng không có tọa độ.",
            "The park “{raw}” is not known{near} and the stream has no coordinates.",
        ),
        Text(
            "Ghi vĩ độ và kinh độ, hoặc mã khu có trong kho dữ liệu.",
            "Give latitude and longitude, or the code of a park of the store.",
        ),
        "warning",
    ),
    "place_missing": _Kind(
        Text(
            "{count} dòng không có nơi chốn: không tính được khoảng cách nên bị bỏ qua.",
            "Streams without a place: {count}; no distance can be told, so they are left out.",
        ),
        Text("Ghi vĩ độ và kinh độ, hoặc khu.", "Give latitude and longitude, or the park."),
        "warning",
    ),
    # --- between streams
    "stream_twice": _Kind(
        Text(
            "Cùng doanh nghiệp, cùng chiều, cùng tên và mã với {other}.",
            "Same enterprise, direction, name and code as {other}.",
        ),
        Text(
            "Gộp hai dòng, hoặc đặt tên khác nhau.", "Join the two, or give them different names."
        ),
    ),
    "pays_both_ways": _Kind(
        Text(
            "{count} bên cầu đòi được trả, trong khi có bên cung cũng phải trả: hai giá đều âm.",
            "Needs that ask to be paid while offers pay too: {count}; both prices are negative.",
        ),
        Text(
            "Kiểm tra dấu của giá: bên cầu ghi giá đang trả để mua.",
            "Check the signs: a need states what it pays today to buy.",
        ),
        "warning",
    ),
}
