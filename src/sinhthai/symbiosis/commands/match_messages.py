"""What only ``sinhthai match`` refuses or remarks on: each with its cure, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.matches import LeftOut


def left_out(found: LeftOut, target: str) -> list[Problem]:
    """Tell of the streams that nothing could be said about."""
    kinds = (
        ("no_material", found.no_material, _NO_MATERIAL),
        ("other_unit", found.other_unit, _OTHER_UNIT),
    )
    place = Place(target)
    told = []
    for code, streams, (message, cure) in kinds:
        if streams:
            shown = ", ".join(streams[:8]) + (" …" if len(streams) > 8 else "")
            said = message.format(count=len(streams), streams=shown)
            told.append(Problem(code, said, cure, place, "warning"))
    return told


_NO_MATERIAL = (
    Text(
        "{count} dòng không nhận ra là vật liệu gì ({streams}); chỉ so được tên.",
        "Streams that are no material we know: {count} ({streams}); only their names are compared.",
    ),
    Text("Ghi mã, hoặc gọi tên khác.", "Give a code, or another name."),
)
_OTHER_UNIT = (
    Text(
        "{count} dòng đo bằng loại đơn vị khác với vật liệu của chúng ({streams}); không tự đổi.",
        "Streams in another kind of unit than their material: {count} ({streams}); "
        "nothing is converted unasked.",
    ),
    Text("Ghi lượng theo đơn vị thường dùng.", "Give the quantity in the usual unit."),
)


def no_target() -> Problem:
    """Return the problem of neither a file nor a park named."""
    return Problem(
        "no_target",
        Text("Chưa ghi tệp hoặc mã khu.", "Neither a file nor a park is named."),
        Text(
            "Ví dụ: sinhthai match streams.xlsx; tệp mẫu: sinhthai match --template streams.xlsx",
            "Such as: sinhthai match streams.xlsx; for a template: "
            "sinhthai match --template streams.xlsx",
        ),
    )


def no_park(code: str) -> Problem:
    """Return the problem of a park the store does not have."""
    return Problem(
        "no_park",
        Text(f"Kho dữ liệu không có khu “{code}”.", f"The store has no park “{code}”."),
        Text("Xem mã: sinhthai parks list.", "See the codes: sinhthai parks list."),
    )


def no_person(who: str) -> Problem:
    """Return the problem of the store being asked by nobody it knows."""
    return Problem(
        "no_person",
        Text(f"Kho dữ liệu không biết người “{who}”.", f"The store does not know “{who}”.")
        if who
        else Text("Đọc kho dữ liệu cần biết ai hỏi.", "The store has to know who asks."),
        Text(
            "Ghi --as và tên đăng nhập của người điều phối khu; mỗi lượt xem được ghi lại.",
            "Say --as and the user name of the park's facilitator; every look is logged.",
        ),
    )


def no_store() -> Problem:
    """Return the problem of no store here."""
    return Problem(
        "no_store",
        Text("Chưa có kho dữ liệu ở đây.", "There is no store here yet."),
        Text(
            "Chạy «sinhthai demo» hoặc đặt SINHTHAI_HOME; để ghép một tệp, ghi tên tệp .xlsx.",
            "Run 'sinhthai demo' or set SINHTHAI_HOME; to match a file, name the .xlsx file.",
        ),
    )
