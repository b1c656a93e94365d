"""What the cells of a list of waste codes may hold: digits in pairs, marks, states, properties."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import Text, fold

PROPERTIES = ("N", "C", "OH", "AM", "Đ", "ĐS", "LN")
THRESHOLDS = ("*", "**")
GROUPS = ("a", "b", "c")
ENTRIES = ("absolute", "mirror")
STATES: Mapping[str, str] = {
    "ran": "solid",
    "solid": "solid",
    "long": "liquid",
    "liquid": "liquid",
    "bun": "sludge",
    "sludge": "sludge",
    "khi": "gas",
    "gas": "gas",
}
_RETYPE = Text("sửa ô này theo danh mục chính thức", "mend this cell after the official list")


class CodeCellError(ValueError):
    """A cell that cannot be read; ``problem`` has no place yet."""

    def __init__(self, code: str, message: Text, cure: Text = _RETYPE) -> None:
        self.problem = Problem(code, message, cure)
        super().__init__(message.en)


def read_digits(value: object) -> str:
    """Return the digits of a code: two, four or six of them.

    A cell Excel took for a number has lost its leading zero; it is put back.

    Raises
    ------
    CodeCellError : letters, or digits that are not pairs.

    >>> read_digits("12 06 05*"), read_digits(20103.0)
    ('120605', '020103')
    """
    if isinstance(value, int | float) and float(value).is_integer():
        text = str(int(value))
        text = text if len(text) % 2 == 0 else "0" + text
    else:
        text = re.sub(r"[\s.\-]|\*+$", "", str(value))
    if not re.fullmatch(r"(\d\d){1,3}", text, re.ASCII):
        raise CodeCellError(
            "code-list-digits",
            Text(
                f"mã “{value}” không gồm một đến ba cặp chữ số",
                f"the code “{value}” is not one to three pairs of digits",
            ),
            Text("ghi như 12 06 05", "write it like 12 06 05"),
        )
    return text


def read_codes(value: object) -> tuple[str, ...]:
    """Return the codes of one cell, all of the same length.

    >>> read_codes("05 01 07 05 01 08"), read_codes("1001")
    (('050107', '050108'), ('1001',))
    """
    joined = "".join(re.findall(r"\d", str(value)))
    separate = [part for part in re.split(r"[;,/\n]", str(value)) if part.strip()]
    if len(separate) > 1:
        return tuple(read_digits(part) for part in separate)
    width = 6 if len(joined) % 6 == 0 else len(joined)
    return tuple(
        read_digits(joined[start : start + width]) for start in range(0, len(joined), width)
    ) or (read_digits(value),)


def read_threshold(value: object) -> str:
    """Return ``*`` or ``**``.

    >>> read_threshold(" ** ")
    '**'
    """
    mark = str(value).strip().replace("∗", "*").replace("＊", "*")
    return _known("code-list-threshold", "ngưỡng", "threshold mark", mark, THRESHOLDS, str(value))


def read_properties(value: object) -> tuple[str, ...]:
    """Return the hazard properties.

    >>> read_properties("AM; đ ;ĐS")
    ('AM', 'Đ', 'ĐS')
    """
    return tuple(
        _known("code-list-property", "tính chất", "hazard property", part.upper(), PROPERTIES, part)
        for part in parts(str(value))
    )


def read_states(value: object) -> tuple[str, ...]:
    """Return the states in English.

    >>> read_states("Rắn;lỏng")
    ('solid', 'liquid')
    """
    return tuple(
        STATES[_known("code-list-state", "trạng thái", "state", fold(part), tuple(STATES), part)]
        for part in parts(str(value))
    )


def read_group(value: object) -> str:
    """Return the group of ordinary industrial waste.

    >>> read_group("Nhóm B")
    'b'
    """
    plain = fold(str(value)).removeprefix("nhom ").strip()
    return _known("code-list-group", "nhóm", "group", plain, GROUPS, str(value))


def read_entry(value: object) -> str:
    """Return whether the entry is absolute or one of a mirror pair.

    >>> read_entry("Mirror non-hazardous")
    'mirror'
    """
    plain = fold(str(value)).split(" ")[0]
    return _known("code-list-entry", "loại mục", "type of entry", plain, ENTRIES, str(value))


def parts(text: str) -> tuple[str, ...]:
    """Return what semicolons or commas separate.

    >>> parts("7404; 7602")
    ('7404', '7602')
    """
    return tuple(part.strip() for part in re.split(r"[;,]", text) if part.strip())


def _known(code: str, vi: str, en: str, plain: str, known: tuple[str, ...], written: str) -> str:
    if plain not in known:
        choices = ", ".join(known)
        raise CodeCellError(
            code,
            Text(f"không có {vi} “{written}”", f"no such {en}: “{written}”"),
            Text(f"ghi một trong: {choices}", f"write one of: {choices}"),
        )
    return plain
