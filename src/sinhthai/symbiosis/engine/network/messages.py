"""Every problem a network can have before it is solved: what, why, and the cure.

A code is stable: it names the test that breaks a network that way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text

_SPELL = Text(
    "Ghi đúng mã đã khai ở trang tương ứng (phân biệt từng ký tự).",
    "Write the code exactly as it stands on its own sheet.",
)
_POSITIVE = Text("Ghi một số lớn hơn 0.", "Write a number above 0.")
_NOT_NEGATIVE = Text("Ghi 0 hoặc một số lớn hơn 0.", "Write 0 or a number above 0.")

KINDS: Final[Mapping[str, tuple[Text, Text]]] = {
    "duplicate_id": (
        Text("Mã “{id}” dùng cho hai đối tượng.", "The code “{id}” is used twice."),
        Text("Đặt cho mỗi đối tượng một mã riêng.", "Give each its own code."),
    ),
    "unknown_node": (
        Text(
            "“{id}” không phải là nguồn, nơi nhận hay đơn vị xử lý nào.",
            "“{id}” is no source, sink or treatment unit.",
        ),
        _SPELL,
    ),
    "unknown_mode": (
        Text("“{id}” không phải là phương thức vận chuyển nào.", "“{id}” is no way of carrying."),
        _SPELL,
    ),
    "unknown_material": (
        Text("“{id}” không phải là vật liệu nào.", "“{id}” is no material."),
        _SPELL,
    ),
    "unknown_member": (
        Text(
            "“{id}” trong nhóm loại trừ không phải là liên kết hay đơn vị xử lý nào.",
            "“{id}” in a group of alternatives is no link and no treatment unit.",
        ),
        Text(
            "Ghi tên liên kết, “nguồn>nơi nhận”, hoặc mã đơn vị xử lý.",
            "Write a link's name, “source>sink”, or a treatment unit's code.",
        ),
    ),
    "self_link": (
        Text("Liên kết nối “{id}” với chính nó.", "The link joins “{id}” to itself."),
        Text("Sửa một trong hai đầu.", "Correct one of its ends."),
    ),
    "wrong_end": (
        Text(
            "Liên kết đi từ “{tail}” đến “{head}”, nhưng phải đi từ nơi cung (nguồn, đơn vị xử lý)"
            " đến nơi nhận (nơi nhận, đơn vị xử lý).",
            "The link goes from “{tail}” to “{head}”, but must lead from a source or treatment unit"
            " to a sink or treatment unit.",
        ),
        Text("Đổi chiều liên kết.", "Turn the link around."),
    ),
    "wrong_material": (
        Text(
            "“{head}” không nhận “{material}” từ “{tail}”.",
            "“{head}” does not accept “{material}” from “{tail}”.",
        ),
        Text(
            "Thêm vật liệu vào cột nhận của nơi nhận, hoặc bỏ liên kết.",
            "Add the material to what the receiver accepts, or drop the link.",
        ),
    ),
    "wrong_mode": (
        Text("“{mode}” không chở “{material}”.", "“{mode}” does not carry “{material}”."),
        Text("Chọn phương thức khác.", "Choose another way of carrying."),
    ),
    "wrong_via": (
        Text(
            "Liên kết {link} không thể đi qua “{id}”: phải đi từ một nguồn đến một nơi nhận, và đơn"
            " vị đó phải nhận vật liệu và có một đầu ra.",
            "Link {link} cannot pass “{id}”: it must lead from a source to a sink, and the unit"
            " must accept the material and have one outlet.",
        ),
        Text(
            "Bỏ cột “qua”, hoặc tách thành hai liên kết.", "Clear “via”, or make two links of it."
        ),
    ),
    "which_outlet": (
        Text(
            "“{id}” có nhiều đầu ra; liên kết chưa nói chở vật liệu nào.",
            "“{id}” has several outlets; the link does not say which material it carries.",
        ),
        Text("Ghi vật liệu của liên kết.", "State the link's material."),
    ),
    "unnamed_outlet": (
        Text(
            "“{id}” trộn các nguồn nên đầu ra phải có tên vật liệu.",
            "“{id}” mixes its feeds, so its outlet needs a material of its own.",
        ),
        Text("Ghi vật liệu đầu ra.", "Name the outlet's material."),
    ),
    "zero_supply": (
        Text("Lượng cung của “{id}” không lớn hơn 0.", "The supply of “{id}” is not above 0."),
        _POSITIVE,
    ),
    "zero_demand": (
        Text("Nhu cầu của “{id}” không lớn hơn 0.", "The need of “{id}” is not above 0."),
        _POSITIVE,
    ),
    "zero_capacity": (
        Text("Công suất của “{id}” không lớn hơn 0.", "The capacity of “{id}” is not above 0."),
        _POSITIVE,
    ),
    "zero_ratio": (
        Text("Tỷ lệ của “{id}” không lớn hơn 0.", "A ratio of “{id}” is not above 0."),
        _POSITIVE,
    ),
    "negative": (
        Text("{field} của “{id}” nhỏ hơn 0.", "{field} of “{id}” is below 0."),
        _NOT_NEGATIVE,
    ),
    "not_a_share": (
        Text("{field} của “{id}” phải từ 0 đến dưới 1.", "{field} of “{id}” must be 0 to below 1."),
        Text("Ghi tỷ lệ, ví dụ 0,02 cho 2 %.", "Write a share, for example 0.02 for 2 %."),
    ),
    "minimum_above_maximum": (
        Text(
            "Lượng tối thiểu của “{id}” lớn hơn lượng tối đa.",
            "The minimum of “{id}” is above its maximum.",
        ),
        Text("Đổi chỗ hoặc sửa hai số.", "Swap or correct the two numbers."),
    ),
    "limits_upside_down": (
        Text(
            "Giới hạn {parameter} của “{id}”: mức dưới lớn hơn mức trên.",
            "{parameter} limit of “{id}”: the lower one is above the upper one.",
        ),
        Text("Đổi chỗ hai mức.", "Swap the two."),
    ),
    "negative_both_ways": (
        Text(
            "“{tail}” đang bán được (chi phí thải bỏ âm) và “{head}” đang được trả tiền để nhận"
            " (giá mua âm): cả hai đều mất thu nhập.",
            "“{tail}” sells it today (negative disposal cost) and “{head}” is paid for taking"
            " (negative purchase price): both would lose income.",
        ),
        Text(
            "Kiểm tra dấu: chi phí đang trả ghi là số dương.",
            "Check the signs: what is paid today is a positive number.",
        ),
    ),
    "other_unit": (
        Text(
            "“{id}” nhận {one} ({one_unit}) và {other} ({other_unit}) theo hai loại đơn vị mà tỷ lệ"
            " là 1.",
            "“{id}” accepts {one} ({one_unit}) and {other} ({other_unit}), units of two kinds, at a"
            " ratio of 1.",
        ),
        Text(
            "Ghi tỷ lệ quy đổi về đơn vị của nhu cầu.", "State the ratio into the unit of the need."
        ),
    ),
    "no_distance": (
        Text(
            "Liên kết {link} không có khoảng cách, và “{id}” không có tọa độ để tính.",
            "Link {link} has no distance, and “{id}” has no coordinates to compute it from.",
        ),
        Text("Ghi khoảng cách, hoặc tọa độ của hai đầu.", "State the distance, or both places."),
    ),
    "bad_place": (
        Text(
            "Tọa độ của “{id}” ({lat}; {lon}) không thể đúng.",
            "The coordinates of “{id}” ({lat}; {lon}) cannot be right.",
        ),
        Text(
            "Vĩ độ từ −90 đến 90 ghi trước, kinh độ sau; không ghi 0; 0.",
            "Latitude (−90 to 90) first, longitude second; not 0; 0.",
        ),
    ),
    "bad_life": (
        Text("Tuổi thọ dự án phải lớn hơn 0.", "The life of the investment must be above 0."),
        _POSITIVE,
    ),
    "no_links": (
        Text(
            "Không có liên kết nào có thể xây dựng.",
            "There is no link that may be built.",
        ),
        Text(
            "Khai liên kết, hoặc tọa độ và phương thức vận chuyển để hệ thống tự lập.",
            "State links, or places and ways of carrying from which they are made.",
        ),
    ),
}


def problem(code: str, place: Place, /, **values: object) -> Problem:
    """Return the problem *code* with its words filled in."""
    message, cure = KINDS[code]
    return Problem(code, message.format(**values), cure, place)
