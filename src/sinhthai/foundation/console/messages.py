"""What any command refuses of its options and files: each with its cure, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text


def not_one_of(option: str, said: str, known: Sequence[str]) -> Problem:
    """Return the problem of an option whose value is not among those known."""
    choices = ", ".join(known)
    return Problem(
        "not_one_of",
        Text(f"Không có “{said}”.", f"There is no “{said}”."),
        Text(f"Chọn một trong: {choices}.", f"Choose one of: {choices}."),
        Place(option),
    )


def not_in_range(option: str, said: float, low: int, high: int) -> Problem:
    """Return the problem of a number outside its range."""
    return Problem(
        "not_in_range",
        Text(f"{said} không nằm trong {low}–{high}.", f"{said} is not between {low} and {high}."),
        Text("Ghi một số trong khoảng đó.", "Write a number in that range."),
        Place(option),
    )


def not_positive(option: str) -> Problem:
    """Return the problem of a figure that has to be above 0."""
    return Problem(
        "not_positive",
        Text("Giá trị phải lớn hơn 0.", "The value must be above 0."),
        Text("Ghi một số dương.", "Write a positive number."),
        Place(option),
    )


def negative(option: str) -> Problem:
    """Return the problem of a figure below 0."""
    return Problem(
        "negative",
        Text("Giá trị không được âm.", "The value cannot be negative."),
        Text("Ghi 0 hoặc một số dương.", "Write 0 or a positive number."),
        Place(option),
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
