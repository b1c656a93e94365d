"""The Vietnamese tax code (mã số thuế) and its check digit.

Ten digits, or ten digits, a hyphen and three digits of a dependent unit. The tenth digit checks
the nine before it with the weights 31, 29, 23, 19, 17, 13, 7, 5, 3 [from memory: the algorithm is
common knowledge of tax software; no reachable legal text states it]. The twelve digits of a
person, which household businesses use since 1 July 2025, are not the code of an enterprise and
are refused with that reason.
"""

from __future__ import annotations

import re

from sinhthai.foundation.text import Text

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class BadTaxCode(ValueError):
    """Not a tax code of an enterprise; ``text`` says why in both languages."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def check_digit(first_nine: str) -> int | None:
    """Return the digit that follows *first_nine*; None when these nine can have none.

    The digit is 10 - (weighted sum mod 11); the value 10 has no digit, so such a number is never
    given out.

    >>> check_digit("030058856")
    9
    """
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True))
    digit = 10 - total % 11
    return digit if digit < 10 else None


def parse_tax_code(raw: str) -> str:
    """Return the code in its usual writing: ``0300588569`` or ``0300588569-001``.

    Spaces and dots are dropped; thirteen digits get their hyphen. Absent is "" and the caller's
    to treat. A spreadsheet that ate the leading zero leaves nine digits: the message says so.

    Raises
    ------
    BadTaxCode
        Wrong length, other signs than digits, or a check digit that does not fit.

    >>> parse_tax_code("03 00588569 - 001")
    '0300588569-001'
    >>> parse_tax_code("0300588568")
    Traceback (most recent call last):
    sinhthai.registry.engine.tax_code.BadTaxCode: check digit of 0300588568 is 8, should be 9
    """
    plain = re.sub(r"[\s.]", "", raw)
    if re.fullmatch(r"\d{13}", plain):
        plain = f"{plain[:10]}-{plain[10:]}"
    if re.fullmatch(r"\d{12}", plain):
        raise BadTaxCode(
            Text(
                f"{plain} có 12 chữ số: mã của cá nhân, hộ kinh doanh, không phải doanh nghiệp",
                f"{plain} has 12 digits: a person's or household's number, not an enterprise's",
            )
        )
    if re.fullmatch(r"\d{9}", plain) and _fits("0" + plain):
        raise BadTaxCode(
            Text(
                f"{plain} có 9 chữ số: có lẽ bảng tính đã bỏ số 0 ở đầu (0{plain})",
                f"{plain} has 9 digits: a spreadsheet probably dropped the leading 0 (0{plain})",
            )
        )
    if not re.fullmatch(r"\d{10}(-\d{3})?", plain):
        raise BadTaxCode(
            Text(
                f"“{raw}” không phải mã số thuế: cần 10 chữ số, hoặc 10 chữ số - 3 chữ số",
                f"“{raw}” is not a tax code: 10 digits, or 10 digits - 3 digits, are needed",
            )
        )
    if not _fits(plain[:10]):
        right = check_digit(plain[:9])
        raise BadTaxCode(
            Text(
                f"số kiểm tra của {plain} là {plain[9]}, phải là {right}",
                f"check digit of {plain} is {plain[9]}, should be {right}",
            )
            if right is not None
            else Text(
                f"{plain[:9]} không thể là chín số đầu của một mã số thuế",
                f"{plain[:9]} cannot be the first nine digits of a tax code",
            )
        )
    return plain


def is_tax_code(raw: str) -> bool:
    """Say whether *raw* is a tax code of an enterprise.

    >>> is_tax_code("0300588569"), is_tax_code("0300588596")
    (True, False)
    """
    try:
        parse_tax_code(raw)
    except BadTaxCode:
        return False
    return True


def _fits(ten: str) -> bool:
    return check_digit(ten[:9]) == int(ten[9])
