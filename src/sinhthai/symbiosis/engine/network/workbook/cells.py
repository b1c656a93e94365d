"""One cell at a time: what a person wrote becomes a value in base units, or a problem."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sinhthai.foundation.numbers import Amount, NumberError, parse_amount, parse_number
from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError, convert, unit_of
from sinhthai.symbiosis.engine.network.network import Limit

_LIMIT = re.compile(r"^(?P<name>.+?)\s*(?P<sense><=|>=|≤|≥|<|>)\s*(?P<value>.+)$")


class Refused(Exception):
    """A cell that cannot be taken; carries the problem's code and words."""

    def __init__(self, code: str, message: Text, cure: Text) -> None:
        self.code, self.message, self.cure = code, message, cure
        super().__init__(message.en)

    def at(self, place: Place) -> Problem:
        """Return the problem with its place."""
        return Problem(self.code, self.message, self.cure, place)


@dataclass(frozen=True, slots=True)
class Scale:
    """From the unit of a row to the base unit of its material."""

    written: str
    base: str

    def quantity(self, raw: object) -> float:
        """Return an amount; a unit in the cell goes before the row's."""
        amount = _amount(raw)
        return self._converted(amount.value, amount.unit or self.written)

    def per_unit(self, raw: object) -> float:
        """Return a value per unit of the row as one per base unit."""
        value = number(raw)
        one = self._converted(1.0, self.written)
        return value / one

    def _converted(self, value: float, written: str) -> float:
        if not written or not self.base:
            return value
        try:
            return convert(value, written, self.base)
        except UnitError as error:
            raise Refused("unit", error.message, error.cure) from None


def number(raw: object) -> float:
    """Return a bare number."""
    try:
        return parse_number(raw)
    except NumberError as error:
        raise Refused("not_a_number", error.message, error.cure) from None


def base_unit(raw: object) -> str:
    """Return the pint expression of a material's unit: t, m**3 or MWh."""
    written = text(raw)
    found = unit_of(written)
    for base in ("t", "m**3", "MWh"):
        if found is None:
            break
        try:
            convert(1.0, written, base)
        except UnitError:
            continue
        return base
    raise Refused(
        "unit",
        Text(
            f"“{written}” không phải đơn vị khối lượng, thể tích hay năng lượng.",
            f"“{written}” is no unit of mass, volume or energy.",
        ),
        Text("Ghi tấn, m3 hoặc MWh.", "Write t, m3 or MWh."),
    )


def text(raw: object) -> str:
    """Return the words of a cell; a whole number written as such keeps no decimal."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return " ".join(str(raw).split())


def names(raw: object) -> tuple[str, ...]:
    """Return the entries of a list separated by semicolons."""
    return tuple(part for part in (one.strip() for one in text(raw).split(";")) if part)


def parts(raw: object) -> tuple[tuple[str, float], ...]:
    """Return (code, ratio) pairs; without a ratio it is 1.

    >>> parts("fly-ash; slag:0,8")
    (('fly-ash', 1.0), ('slag', 0.8))
    """
    found = []
    for part in names(raw):
        name, colon, ratio = part.partition(":")
        found.append((name.strip(), number(ratio) if colon else 1.0))
    return tuple(found)


def values(raw: object) -> dict[str, float]:
    """Return parameter = value pairs.

    >>> values("cod=300; tss=50")
    {'cod': 300.0, 'tss': 50.0}
    """
    found: dict[str, float] = {}
    for part in names(raw):
        name, sign, value = part.partition("=")
        if not sign or not name.strip():
            raise _form(part, Text("cod=300; tss=50", "cod=300; tss=50"))
        found[name.strip()] = number(value)
    return found


def limits(raw: object) -> tuple[Limit, ...]:
    """Return limits; both ends of one parameter become one limit.

    >>> limits("cod<=150; ph>=6; ph<=9")
    (Limit(parameter='cod', low=None, high=150.0), Limit(parameter='ph', low=6.0, high=9.0))
    """
    ends: dict[str, dict[str, float]] = {}
    for part in names(raw):
        match = _LIMIT.match(part)
        if match is None:
            raise _form(part, Text("cod<=150; ph>=6", "cod<=150; ph>=6"))
        end = "high" if match["sense"] in ("<=", "≤", "<") else "low"
        ends.setdefault(match["name"].strip(), {})[end] = number(match["value"])
    return tuple(Limit(name, both.get("low"), both.get("high")) for name, both in ends.items())


def yes(raw: object) -> bool:
    """Return whether the cell says yes.

    >>> yes("có"), yes("no"), yes(None)
    (True, False, False)
    """
    return fold(text(raw)) in {"co", "yes", "true", "1", "x", "dung"}


READERS: dict[str, Callable[[object], object]] = {
    "text": text,
    "number": number,
    "km": lambda raw: number(raw) * 1000,
    "parts": parts,
    "values": values,
    "limits": limits,
    "names": names,
}


def _amount(raw: object) -> Amount:
    try:
        return parse_amount(raw)
    except NumberError as error:
        raise Refused("not_a_number", error.message, error.cure) from None


def _form(part: str, example: Text) -> Refused:
    return Refused(
        "bad_form",
        Text("Không đọc được “{part}”.", "“{part}” cannot be read.").format(part=part),
        Text("Ghi như ví dụ: {example}", "Write it as in: {example}").format(example=example),
    )
