"""The one spelling of a JSON value: RFC 8785, the JSON Canonicalization Scheme.

Two programs that hold the same value write the same bytes, so the bytes can be hashed and signed.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

LARGEST_INTEGER = 2**53 - 1  # beyond it readers of JSON disagree (RFC 7493, 2.2)
_ASCII_FLOATS_UNTIL = 1e21  # ECMA-262, Number::toString, step 6
_DEEPEST = 60  # levels of a value; what we sign has less than ten


def canonical(value: object) -> bytes:
    """Return the canonical spelling of *value* in UTF-8.

    Parameters
    ----------
    value
        None, bool, int, float, str, and lists or mappings of them; the keys are strings.

    Raises
    ------
    InputError
        For what has no canonical spelling: NaN and infinities, integers beyond 2**53 - 1, half a
        surrogate pair, keys that are not text, other types, and nesting deeper than 60 levels.

    Source: RFC 8785, section 3.2.

    >>> canonical({"b": [1.0, 1e21, True], "a": "Đ"}).decode()
    '{"a":"Đ","b":[1,1e+21,true]}'
    """
    parts: list[str] = []
    _write(value, parts, 0)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError:
        raise _refused("half of a surrogate pair") from None


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical spelling of *value*, in hexadecimal.

    >>> digest({})
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    """
    return hashlib.sha256(canonical(value)).hexdigest()


def parse(content: bytes) -> Any:
    """Return the value *content* spells, read strictly.

    Strictly: no key twice in one object, no NaN, no number that readers of JSON take differently.
    A lenient reader would show one thing and check the signature of another.

    Raises
    ------
    InputError
        Saying what is wrong and where.

    >>> parse(b'{"a":1}')
    {'a': 1}
    """
    try:
        text = content.decode("utf-8")
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer
        )
    except UnicodeDecodeError as error:
        raise _unreadable(f"byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise _unreadable(f"{error.msg}, {error.lineno}:{error.colno}", error.lineno) from None
    except RecursionError:
        raise _unreadable("nesting") from None


def number(value: float) -> str:
    """Return *value* as ECMAScript spells it: the shortest digits that read back the same.

    Source: RFC 8785, section 3.2.2.3; ECMA-262, Number::toString.

    >>> [number(x) for x in (4.5, 1e30, 2e-3, 1e-27, -0.0, 1e20, 333333333.33333329)]
    ['4.5', '1e+30', '0.002', '1e-27', '0', '100000000000000000000', '333333333.3333333']
    """
    if not math.isfinite(value):
        raise _refused(repr(value))
    if value == 0:
        return "0"
    if value.is_integer() and abs(value) < _ASCII_FLOATS_UNTIL:
        return str(int(value)) if abs(value) <= LARGEST_INTEGER else _plain(value)
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa
    power = int(exponent)
    if -7 < power < 0:
        return _plain(value)
    return f"{mantissa.removesuffix('.0')}e{power:+d}"


def _plain(value: float) -> str:
    """Return a number without exponent, from the shortest digits."""
    mantissa, _, exponent = repr(value).partition("e")
    sign, mantissa = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).rstrip("0") if fraction == "0" else whole + fraction
    point = len(whole) + int(exponent or 0)
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    return f"{sign}{digits.ljust(point, '0')}"


def _write(value: object, parts: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise _refused("nesting")
    if isinstance(value, str):
        parts.append(encode_basestring(value))
    elif value is None:
        parts.append("null")
    elif isinstance(value, bool):
        parts.append("true" if value else "false")
    elif isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise _refused(str(value))
        parts.append(str(value))
    elif isinstance(value, float):
        parts.append(number(value))
    elif isinstance(value, Mapping):
        _write_object(value, parts, depth)
    elif isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        parts.append("[")
        for index, one in enumerate(value):
            if index:
                parts.append(",")
            _write(one, parts, depth + 1)
        parts.append("]")
    else:
        raise _refused(type(value).__name__)


def _write_object(value: Mapping[object, object], parts: list[str], depth: int) -> None:
    keys = []
    for key in value:
        if not isinstance(key, str):
            raise _refused(repr(key))
        keys.append(key)
    try:
        keys.sort(key=_utf16)
    except UnicodeEncodeError:
        raise _refused("half of a surrogate pair") from None
    parts.append("{")
    for index, key in enumerate(keys):
        parts.append("," if index else "")
        parts.append(encode_basestring(key))
        parts.append(":")
        _write(value[key], parts, depth + 1)
    parts.append("}")


def _utf16(key: str) -> bytes:
    """Keys are ordered by their UTF-16 code units (RFC 8785, 3.2.3)."""
    return key.encode("utf-16-be")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise _unreadable(f"{key[:40]!r} ×2")
            seen.add(key)
    return made


def _constant(name: str) -> Any:
    raise _unreadable(name)


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise _unreadable(digits[:24])
    return int(digits)


def _refused(what: str) -> InputError:
    return InputError(
        [
            Problem(
                "no_canonical_form",
                Text(
                    "JSON không có cách viết duy nhất cho giá trị này: {what}.",
                    "JSON has no single spelling for this value: {what}.",
                ).format(what=what),
                Text("Viết giá trị này dưới dạng văn bản.", "Write the value as text."),
            )
        ]
    )


def _unreadable(what: str, line: int | None = None) -> InputError:
    return InputError(
        [
            Problem(
                "not_json",
                Text(
                    "Tệp không đọc được như JSON: {what}.",
                    "The file cannot be read as JSON: {what}.",
                ).format(what=what),
                Text(
                    "Tải lại tệp từ nơi phát hành.", "Take the file again from where it is issued."
                ),
                Place(line=line),
            )
        ]
    )
