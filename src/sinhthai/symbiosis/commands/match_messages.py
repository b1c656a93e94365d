"""What ``sinhthai match`` refuses or remarks on: each with its cure, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
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
        "{count} streams are no material we know ({streams}); only their names are compared.",
    ),
    Text("Ghi mã, hoặc gọi tên khác.", "Give a code, or another name."),
)
_OTHER_UNIT = (
    Text(
        "{count} dòng đo bằng loại đơn vị khác với vật liệu của chúng ({streams}); không tự đổi.",
        "{count} streams are in another kind of unit than their material ({streams}); "
        "nothing is converted unasked.",
    ),
    Text("Ghi lượng theo đơn vị thường dùng.", "Give the quantity in the usual unit."),
)


def not_one_of(option: str, said: str, known: Sequence[str]) -> Problem:
    """Return the problem of an option whose value is not among those known."""
    choices = ", ".join(known)
    return Problem(
        "not_one_of",
        Text(f"Không có “{said}”.", f"There is no “{said}”."),
        Text(f"Chọn một trong: {choices}.", f"Choose one of: {choices}."),
        Place(option),
    )


def not_in_range(option: str, said: int, low: int, high: int) -> Problem:
    """Return the problem of a number outside its range."""
    return Problem(
        "not_in_range",
        Text(f"{said} không nằm trong {low}–{high}.", f"{said} is not between {low} and {high}."),
        Text("Ghi một số trong khoảng đó.", "Write a number in that range."),
        Place(option),
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


def unreadable(path: Path, error: OSError) -> Problem:
    """Return the problem of a file that is not there or cannot be read."""
    if not path.exists():
        return Problem(
            "no_file",
            Text("Không có tệp này.", "There is no such file."),
            Text("Kiểm tra đường dẫn.", "Check the path."),
            Place(str(path)),
        )
    return Problem(
        "file_unreadable",
        Text("Không đọc được tệp ({why}).", "The file cannot be read ({why}).").format(
            why=error.strerror
        ),
        Text("Kiểm tra quyền đọc.", "Check its rights."),
        Place(str(path)),
    )


def not_written(path: Path, error: OSError) -> Problem:
    """Return the problem of an output that cannot be written."""
    return Problem(
        "not_written",
        Text("Không ghi được tệp ({why}).", "The file cannot be written ({why}).").format(
            why=error.strerror
        ),
        Text("Chọn thư mục khác sau -o.", "Choose another folder after -o."),
        Place(str(path)),
    )


def needs_file(form: str) -> Problem:
    """Return the problem of a binary format asked for on a terminal."""
    return Problem(
        "needs_file",
        Text(
            "Tệp {form} không hiện được trên màn hình.", "A {form} file cannot be shown on screen."
        ).format(form=form),
        Text("Thêm -o TÊN_TỆP.{form}.", "Add -o NAME.{form}.").format(form=form),
    )
