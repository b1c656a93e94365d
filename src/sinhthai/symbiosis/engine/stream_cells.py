"""From what stands in the cells of a list of streams to values; equal cells are read once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sinhthai.foundation.numbers import NumberError, parse_number
from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.foundation.units import UnitError, convert, unit_label, unit_of
from sinhthai.symbiosis.engine.stream_columns import BY_KEY, SPELLINGS
from sinhthai.symbiosis.engine.stream_messages import problem
from sinhthai.symbiosis.engine.streams import ALL_YEAR, UNITS

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.knowledge_model import Parameter

# What people write beside the units of the foundation. A normal cubic metre of gas is a volume.
_UNITS_WRITTEN: Mapping[str, str] = {
    "lit": "L", "litre": "L", "liter": "L", "litres": "L", "khoi": "m3", "met khoi": "m3",
    "nm3": "m3", "sm3": "m3", "m3n": "m3", "cubic metre": "m3", "so": "kWh",
}  # fmt: skip
_MONTHS = re.compile(r"(\d{1,2})(?:\s*(?:-|–|đến|den|to)\s*(\d{1,2}))?")
_MONTH_SAID = re.compile(r"\b(?:tháng|thang|t|months?)\b\.?", re.IGNORECASE)
_BOUND = re.compile(
    r"(?P<name>[^<>≤≥=:~≈\d]+?(?:(?<=\w)\d+[a-z]*)?)\s*"
    r"(?P<sign><=|>=|=<|=>|≤|≥|<|>|=|:|~|≈|tối đa|toi da|không quá|max|tối thiểu|toi thieu|min)?\s*"
    r"(?P<low>[+-−]?\d[\d.,]*(?:e[+-]?\d+)?)"
    r"(?:\s*(?:-|–|—|\.\.|đến|den|to)\s*(?P<high>[+-−]?\d[\d.,]*(?:e[+-]?\d+)?))?"
    r"\s*(?P<unit>[^\d\s].*)?",
    re.IGNORECASE,
)
_AT_MOST = {"<=", "=<", "≤", "<", "tối đa", "toi da", "không quá", "max"}
_AT_LEAST = {">=", "=>", "≥", ">", "tối thiểu", "toi thieu", "min"}
Bounds = tuple[float | None, float | None]


class BadCell(ValueError):
    """A cell that cannot be read; the problem has no place yet."""

    def __init__(self, what: Problem) -> None:
        self.problem = what
        super().__init__(what.message.en)


def bad(code: str, **values: object) -> BadCell:
    """Return the error *code* of a cell, to be placed by whoever knows where it stands."""
    return BadCell(problem(code, Place(), **values))


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as written: its base unit, how many base units it is, and a period if it names one."""

    base: str
    factor: float
    period: str = ""


def read_text(raw: object) -> str:
    """Return a cell as text; a code typed as a number keeps its digits.

    >>> read_text(100102.0), read_text("  Tro   bay ")
    ('100102', 'Tro bay')
    """
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return " ".join(str(raw).split())


def read_number(raw: object) -> float:
    """Return a number; NaN of an empty cell. Raises BadCell."""
    if raw is None or raw == "":
        return math.nan
    try:
        return parse_number(raw)
    except NumberError as error:
        if isinstance(raw, str) and not raw.strip():
            return math.nan
        raise bad("not_a_number", message=error.message, cure=error.cure) from None


def read_degree(raw: object) -> float:
    """Return a coordinate: it has one decimal mark and no thousands. Raises BadCell."""
    if isinstance(raw, str):
        plain = raw.strip().replace(",", ".").replace("−", "-").rstrip("°")
        if re.fullmatch(r"[+-]?\d{1,3}(\.\d+)?", plain):
            return float(plain)
    return read_number(raw)


def choice_reader(key: str, spellings: str = "") -> Callable[[object], str]:
    """Return the reader of a column with a drop-down; "" of an empty cell."""
    known = SPELLINGS[spellings or key]

    def read(raw: object) -> str:
        said = fold(read_text(raw)) if not isinstance(raw, bool) else str(raw).lower()
        if not said:
            return ""
        found = known.get(said) or known.get(said.partition(":")[0].strip())
        if found is None:
            names = [name for _, name in BY_KEY[key].choices]
            choices = Text(", ".join(n.vi for n in names), ", ".join(n.en for n in names))
            raise bad("not_in_list", raw=_shown(raw), choices=choices)
        return found

    return read


def read_months(raw: object) -> int:
    """Return the months of a cell as a bit mask; all year of an empty one. Raises BadCell.

    >>> read_months("1-2, 12") == 0b1000_0000_0011, read_months("11-2") == 0b1100_0000_0011
    (True, True)
    """
    said = read_text(raw)
    if not said or fold(said) in {"ca nam", "all year", "quanh nam"}:
        return ALL_YEAR
    mask = 0
    for part in re.split(r"[,;+]|\bvà\b|\band\b", _MONTH_SAID.sub(" ", said)):
        match = _MONTHS.fullmatch(part.strip())
        if match is None:
            raise bad("months_unreadable", raw=_shown(raw))
        first, last = int(match[1]), int(match[2] or match[1])
        if not (1 <= first <= 12 and 1 <= last <= 12):
            raise bad("months_unreadable", raw=_shown(raw))
        while True:
            mask |= 1 << (first - 1)
            if first == last:
                break
            first = first % 12 + 1  # November to February runs over the new year
    return mask


def read_unit(raw: object) -> Measure | None:
    """Return the unit of a quantity, with the period written behind it; None of an empty cell.

    Raises BadCell for a unit that is not known, or is no mass, volume or energy.

    >>> read_unit("kg/ngày")
    Measure(base='t', factor=0.001, period='day')
    """
    said = read_text(raw)
    if not said:
        return None
    written, _, behind = said.rpartition("/") if "/" in said else (said, "", "")
    period = ""
    if behind:
        period = SPELLINGS["period"].get(fold(behind), "")
        if not period:
            raise bad("unit_unknown", raw=_shown(said))
    expression = unit_of(_UNITS_WRITTEN.get(fold(written), written))
    if expression is None:
        raise bad("unit_unknown", raw=_shown(said))
    for base in UNITS:
        try:
            return Measure(base, convert(1.0, expression, base), period)
        except UnitError:
            continue
    raise bad("unit_of_another_kind", raw=_shown(said))


class QualityReader:
    """Reads “độ ẩm ≤ 15 %; Cl 0,1-0,3 %” against the parameters that are known."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = parameters
        self._names: dict[str, str] = dict(_SYMBOLS)
        for code, parameter in parameters.items():
            for name in (code, parameter.name.vi, parameter.name.en):
                self._names[_plain(name)] = code
                self._names.setdefault(_plain(re.sub(r"\(.*?\)", "", name)), code)
        self._names = {n: code for n, code in self._names.items() if code in parameters}

    def read(self, raw: object) -> dict[str, Bounds]:
        """Return parameter -> bounds in its unit; empty of an empty cell. Raises BadCell."""
        found: dict[str, Bounds] = {}
        for part in re.split(r"[;\n]", str(raw or "")):
            if not part.strip():
                continue
            code, bounds = self._one(" ".join(part.split()))
            if code in found:
                raise bad("parameter_twice", raw=_shown(part))
            found[code] = bounds
        return found

    def _one(self, part: str) -> tuple[str, Bounds]:
        match = _BOUND.fullmatch(part)
        if match is None:
            raise bad("quality_unreadable", raw=_shown(part))
        parameter = self._parameter(match["name"].strip())
        low = self._value(match["low"], match["unit"], parameter)
        if match["high"]:
            high = self._value(match["high"], match["unit"], parameter)
            if low > high:
                raise bad("parameter_upside_down", raw=_shown(part))
            return parameter.code, (low, high)
        sign = (match["sign"] or "").lower()
        if sign in _AT_MOST:
            return parameter.code, (None, low)
        if sign in _AT_LEAST:
            return parameter.code, (low, None)
        return parameter.code, (low, low)

    def _parameter(self, name: str) -> Parameter:
        code = self._names.get(_plain(name))
        if code is None:
            near = near_text(_plain(name), self._names)
            raise bad("parameter_unknown", raw=_shown(name), near=near)
        return self._parameters[code]

    def _value(self, digits: str, unit: str | None, parameter: Parameter) -> float:
        value = read_number(digits.rstrip(".,"))
        written = (unit or "").strip()
        if not written or fold(written) == fold(unit_label(parameter.unit, "vi")):
            return value  # a bare number is in the parameter's own unit
        written = {"°c": "degC", "oc": "degC", "℃": "degC"}.get(written.lower(), written)
        if fold(written) == fold(parameter.unit):
            return value
        try:
            return convert(value, written, parameter.unit)
        except UnitError as error:
            raise bad("parameter_unit", message=error.message, cure=error.cure) from None


# Symbols of chemistry and the laboratory; kept only where the parameter is known.
_SYMBOLS: Mapping[str, str] = {
    "cl": "chloride", "cl-": "chloride", "s": "sulphur", "sulfur": "sulphur", "am": "moisture",
    "do am": "moisture", "moisture content": "moisture", "water content": "moisture",
    "nhiet do": "temperature", "t": "temperature", "nhiet tri": "calorific",
    "calorific value": "calorific", "lhv": "calorific", "ncv": "calorific", "tro": "ash",
    "do tro": "ash", "ash content": "ash", "do sach": "purity", "tinh khiet": "purity",
}  # fmt: skip


def near_text(wanted: str, names: Mapping[str, str] | set[str], *, show: bool = True) -> Text:
    """Return “ (có phải là …?)” with the known names nearest to *wanted*; empty when none is."""
    import difflib

    found = difflib.get_close_matches(wanted, sorted(names), n=3, cutoff=0.6) if show else []
    if not found:
        return Text("", "")
    listed = ", ".join(f"“{name}”" for name in found)
    return Text(f" (có phải là {listed}?)", f" (is it {listed}?)")


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[_()]", " ", fold(name)).split())


def _shown(raw: object) -> str:
    text = " ".join(str(raw).split())
    return text if len(text) <= 60 else text[:59] + "…"
