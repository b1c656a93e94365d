"""What people call the columns of a list of agreements, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.lists import MESSAGES, Column, Layout, Messages

COLUMNS: Final[Mapping[str, Column]] = {
    "partners": Column(
        Text("Đối tác", "Partners"),
        "",
        ("cac doi tac", "nhom", "group", "coalition", "doanh nghiep", "enterprises", "partner"),
    ),
    "benefit": Column(
        Text("Lợi ích", "Benefit"),
        "VND/year",
        ("loi ich moi nam", "loi ich mot nam", "benefit a year", "annual benefit", "value",
         "gia tri"),
        (("VND", 1.0),),
    ),
    "note": Column(
        Text("Ghi chú", "Note"), "", ("stt", "no", "#", "notes", "remarks", "dien giai")
    ),
}  # fmt: skip

_MESSAGES: Final[Messages] = {
    **MESSAGES,
    "missing_value": (
        Text("Nhóm này chưa ghi lợi ích.", "The benefit of this group is missing."),
        Text(
            "Ghi số tiền mỗi năm; bỏ cả hàng nếu nhóm không có thỏa thuận.",
            "Write the money a year; remove the row where the group has no agreement.",
        ),
    ),
    "no_partners": (
        Text("Hàng này không ghi đối tác nào.", "This row names no partner."),
        Text("Ghi tên, cách nhau bằng “+”.", "Name them, with “+” between."),
    ),
    "partner_twice": (
        Text("“{name}” có hai lần trong một nhóm.", "“{name}” is twice in one group."),
        Text("Ghi mỗi đối tác một lần.", "Name each partner once."),
    ),
    "group_twice": (
        Text(
            "Nhóm {group} đã có ở {first}.", "The group {group} stands there already, at {first}."
        ),
        Text("Bỏ một hàng.", "Remove one of the two rows."),
    ),
    "no_agreement": (
        Text(
            "Không có nhóm nào từ hai đối tác trở lên: không có gì để chia.",
            "There is no group of two partners or more: nothing to split.",
        ),
        Text(
            "Ghi lợi ích của các nhóm, ví dụ: A + B | 500 triệu đồng.",
            "Give the benefit of groups, for example: A + B | 500 million VND.",
        ),
    ),
    "loses": (
        Text(
            "Nhóm {group} lỗ; các bên sẽ không ký, nên tính như không có thỏa thuận.",
            "The group {group} loses money; nobody would sign, so it counts as no agreement.",
        ),
        Text("Kiểm tra dấu của số tiền.", "Check the sign of the figure."),
    ),
    "too_many": (
        Text(
            "{count} đối tác: nhiều quá để chia với nhau một lần (tối đa {most}).",
            "{count} partners are too many for one split ({most} at most).",
        ),
        Text(
            "Chia theo từng cụm trao đổi với nhau.", "Split each cluster that exchanges by itself."
        ),
    ),
}
LAYOUT: Final = Layout(COLUMNS, _MESSAGES)
