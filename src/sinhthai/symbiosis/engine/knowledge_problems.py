"""Every problem the files of the knowledge base can have: what, and the cure, in both languages.

A code is stable: it names the broken folder of ``tests/symbiosis/broken_knowledge`` that has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class _Kind:
    message: Text
    cure: Text


def problem(code: str, place: Place, /, **values: object) -> Problem:
    """Return the problem *code* with its words filled in.

    >>> problem("range-upside-down", Place("a.csv", line=2), low=3, high=1).say("en")
    'a.csv · 2: The range runs from 3 to 1, upside down. → Write low ≤ middle ≤ high.'
    """
    kind = KINDS[code]
    return Problem(code, kind.message.format(**values), kind.cure.format(**values), place)


_HEADING = Text("Dòng tiêu đề phải là: {wanted}", "The heading line must be: {wanted}")
_ONE_OF = Text("Ghi một trong: {allowed}.", "Write one of: {allowed}.")
_BOTH_LANGUAGES = Text("Ghi cả tiếng Việt và tiếng Anh.", "Say it in Vietnamese and in English.")

KINDS: Final[Mapping[str, _Kind]] = {
    # --- the file as a whole
    "file-missing": _Kind(
        Text("Thiếu tệp “{file}”.", "The file “{file}” is missing."),
        Text(
            "Chép tệp này từ cơ sở tri thức đi kèm phần mềm rồi sửa.",
            "Copy it from the knowledge base that comes with the software, then edit it.",
        ),
    ),
    "file-empty": _Kind(Text("Tệp trống.", "The file is empty."), _HEADING),
    "encoding": _Kind(
        Text("Tệp không phải mã UTF-8.", "The file is not UTF-8."),
        Text("Trong Excel chọn “CSV UTF-8” khi lưu.", "In Excel save it as “CSV UTF-8”."),
    ),
    "column-missing": _Kind(
        Text("Thiếu cột “{column}”.", "The column “{column}” is missing."), _HEADING
    ),
    "column-unknown": _Kind(
        Text("Không có cột nào tên “{column}”.", "There is no column “{column}”."), _HEADING
    ),
    "column-twice": _Kind(
        Text("Cột “{column}” lặp lại.", "The column “{column}” comes twice."), _HEADING
    ),
    "row-width": _Kind(
        Text(
            "Dòng có {found} ô, còn tiêu đề có {wanted} cột.",
            "The row has {found} cells, the heading has {wanted} columns.",
        ),
        Text(
            "Đặt trong ngoặc kép ô có chứa dấu phân cách, hoặc sửa tệp bằng Excel.",
            "Put a cell that holds the delimiter in quotation marks, or edit the file in Excel.",
        ),
    ),
    "quotes-open": _Kind(
        Text("Ngoặc kép ở dòng này không khép lại.", "A quotation mark of this row never closes."),
        Text(
            "Mở tệp bằng Excel và lưu lại, hoặc thêm dấu ngoặc kép còn thiếu.",
            "Open the file in Excel and save it again, or add the missing quotation mark.",
        ),
    ),
    # --- one cell
    "cell-blank": _Kind(
        Text("Cột “{column}” để trống.", "The column “{column}” is empty."),
        Text("Điền giá trị vào ô này.", "Fill in this cell."),
    ),
    "id-bad": _Kind(
        Text("“{found}” không dùng làm mã được.", "“{found}” cannot be an id."),
        Text(
            "Chỉ dùng chữ thường không dấu, chữ số và dấu nối, ví dụ coal-fly-ash.",
            "Use lower-case letters, digits and hyphens only, such as coal-fly-ash.",
        ),
    ),
    "id-twice": _Kind(
        Text("“{found}” đã có ở dòng {first}.", "“{found}” already stands in line {first}."),
        Text("Mỗi mã chỉ dùng một lần.", "Use every id once."),
    ),
    "text-one-language": _Kind(
        Text("Cột “{column}” để trống.", "The column “{column}” is empty."), _BOTH_LANGUAGES
    ),
    "word-unknown": _Kind(
        Text("Không có giá trị “{found}”.", "There is no value “{found}”."), _ONE_OF
    ),
    "flag-bad": _Kind(
        Text("“{found}” không phải yes hay no.", "“{found}” is neither yes nor no."),
        Text("Ghi yes hoặc no.", "Write yes or no."),
    ),
    "number-bad": _Kind(
        Text("“{found}” không phải là số.", "“{found}” is not a number."),
        Text(
            "Ghi một số, hoặc để trống khi chưa biết.",
            "Write a number, or leave the cell empty when unknown.",
        ),
    ),
    "number-ambiguous": _Kind(
        Text(
            "Không rõ dấu trong “{found}” là phân cách hàng nghìn hay thập phân.",
            "It is unclear whether “{found}” groups thousands or has decimals.",
        ),
        Text(
            "Bỏ dấu phân cách hàng nghìn và dùng dấu chấm thập phân: 1200 hoặc 0.95.",
            "Drop thousands separators and write a decimal point: 1200 or 0.95.",
        ),
    ),
    "number-negative": _Kind(
        Text("“{found}” nhỏ hơn 0.", "“{found}” is below zero."),
        Text("Ghi số không âm.", "Write a number that is not negative."),
    ),
    "code-bad": _Kind(
        Text("“{found}” không phải mã {list}.", "“{found}” is no code of {list}."),
        Text(
            "Ghi {digits} chữ số. Excel hay bỏ số 0 ở đầu: định dạng cột là Văn bản.",
            "Write {digits} digits. Excel drops a leading 0: format the column as Text.",
        ),
    ),
    # --- a range
    "range-upside-down": _Kind(
        Text(
            "Khoảng giá trị ngược: từ {low} đến {high}.",
            "The range runs from {low} to {high}, upside down.",
        ),
        Text("Ghi thấp ≤ giữa ≤ cao.", "Write low ≤ middle ≤ high."),
    ),
    "range-partial": _Kind(
        Text("Chỉ điền một phần của {columns}.", "Only part of {columns} is filled in."),
        Text(
            "Điền cả ba, hoặc để trống cả ba khi chưa biết.",
            "Fill in all three, or leave all three empty when unknown.",
        ),
    ),
    "ratio-not-positive": _Kind(
        Text("Tỷ lệ {found} không lớn hơn 0.", "The ratio {found} is not above zero."),
        Text(
            "Ghi số đơn vị nguyên liệu mà một đơn vị nguồn thay thế được.",
            "Write how many units of the need one unit of the offer replaces.",
        ),
    ),
    # --- limits
    "limit-bad": _Kind(
        Text("Không đọc được giới hạn “{found}”.", "The limit “{found}” cannot be read."),
        Text(
            "Viết như moisture<=10; 6<=ph<=9; calorific>=12 MJ/kg.",
            "Write it like moisture<=10; 6<=ph<=9; calorific>=12 MJ/kg.",
        ),
    ),
    "limit-twice": _Kind(
        Text("Giới hạn của “{found}” ghi hai lần.", "The limit of “{found}” is given twice."),
        Text("Gộp lại, ví dụ 6<=ph<=9.", "Join them, as in 6<=ph<=9."),
    ),
    "limit-unit": _Kind(
        Text(
            "Đơn vị “{found}” không đổi được ra đơn vị “{unit}” của “{parameter}”.",
            "The unit “{found}” cannot be converted to “{unit}”, the unit of “{parameter}”.",
        ),
        Text("Bỏ đơn vị, hoặc ghi theo {unit}.", "Leave the unit out, or write it in {unit}."),
    ),
    "limit-impossible": _Kind(
        Text(
            "“{parameter}” không thể là {found} ({unit}).",
            "“{parameter}” can never be {found} ({unit}).",
        ),
        Text(
            "Kiểm tra lại đơn vị: giá trị trong khoảng {low} đến {high}.",
            "Check the unit: values run from {low} to {high}.",
        ),
    ),
    "parameter-unknown": _Kind(
        Text("Không có thông số “{found}”.", "There is no parameter “{found}”."),
        Text(
            "Thêm vào parameters.csv, hoặc sửa mã.", "Add it to parameters.csv, or mend the code."
        ),
    ),
    "parameter-unit": _Kind(
        Text("Không có đơn vị “{found}”.", "There is no unit “{found}”."), _ONE_OF
    ),
    # --- materials
    "material-unknown": _Kind(
        Text("Không có vật liệu “{found}”.", "There is no material “{found}”."),
        Text(
            "Thêm vào materials.csv, hoặc sửa mã.{hint}",
            "Add it to materials.csv, or mend the id.{hint}",
        ),
    ),
    "unit-of-medium": _Kind(
        Text("“{medium}” không đo bằng “{unit}”.", "“{medium}” is not measured in “{unit}”."),
        Text(
            "Nước đo bằng m**3, nhiệt và điện bằng MWh, chất rắn và bùn bằng t.",
            "Water is measured in m**3, heat and power in MWh, solids and sludge in t.",
        ),
    ),
    "synonym-missing": _Kind(
        Text("Cột “{column}” chưa có từ nào.", "The column “{column}” has no word."),
        Text(
            "Ghi ít nhất một tên mà doanh nghiệp hay dùng.",
            "Write at least one name that enterprises use.",
        ),
    ),
    "synonym-shared": _Kind(
        Text(
            "“{found}” cũng là tên của “{other}” (không kể dấu và chữ hoa).",
            "“{found}” is also a name of “{other}” (diacritics and capitals aside).",
        ),
        Text(
            "Giữ tên này ở một vật liệu, ghi rõ hơn ở vật liệu kia.",
            "Keep the name with one material and be more exact with the other.",
        ),
    ),
    # --- substitutions
    "replaces-itself": _Kind(
        Text("“{found}” thay thế chính nó.", "“{found}” replaces itself."),
        Text(
            "Ghi vật liệu được thay thế vào cột need.",
            "Name in the column need what is replaced.",
        ),
    ),
    "rule-twice": _Kind(
        Text(
            "Đã có dòng {first} cho cùng nguồn, nhu cầu và cách dùng.",
            "Line {first} has the same offer, need and use.",
        ),
        Text("Gộp hai dòng, hoặc đổi cách dùng.", "Join the two, or give another use."),
    ),
    "use-of-unit": _Kind(
        Text(
            "Cách dùng “{use}” không hợp với nhu cầu đo bằng “{unit}”.",
            "The use “{use}” does not fit a need measured in “{unit}”.",
        ),
        Text(
            "Tưới và nước sản xuất cần m**3; nhiệt cần MWh.",
            "Irrigation and process water need m**3; heat needs MWh.",
        ),
    ),
    "verified-from-memory": _Kind(
        Text(
            "Đã đánh dấu kiểm chứng nhưng nguồn ghi “from memory”.",
            "It is marked verified, yet its source says “from memory”.",
        ),
        Text(
            "Dẫn văn bản đã đối chiếu, hoặc ghi verified là no.",
            "Cite the text it was checked against, or set verified to no.",
        ),
    ),
}
