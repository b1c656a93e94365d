"""Quality limits as people write them in one cell: ``moisture<=10; 6<=ph<=9``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sinhthai.symbiosis.engine.knowledge_model import Limit, Parameter
from sinhthai.symbiosis.engine.knowledge_table import Row

_WORD = r"(?P<parameter>[a-z][a-z0-9-]*)"
_AMOUNT = r"[^\s<>=≤≥%a-zA-Z]+"
_ONE_SIDE = re.compile(rf"{_WORD}\s*(?P<sign><=|>=)\s*(?P<value>{_AMOUNT})\s*(?P<unit>.*)")
_TWO_SIDES = re.compile(
    rf"(?P<low>{_AMOUNT})\s*<=\s*{_WORD}\s*<=\s*(?P<high>{_AMOUNT})\s*(?P<unit>.*)"
)


def read_limits(row: Row, parameters: Mapping[str, Parameter]) -> tuple[Limit, ...]:
    """Return the limits in the cell ``limits`` of *row*, in the units of the *parameters*.

    A limit without a unit is in its parameter's own; another unit is converted. What is wrong is
    reported to the row, and the limit left out.
    """
    limits: dict[str, Limit] = {}
    for written in row.words("limits"):
        limit = _read_limit(row, written.replace("≤", "<=").replace("≥", ">="), parameters)
        if limit is None:
            continue
        if limit.parameter in limits:
            row.report("limit-twice", "limits", found=limit.parameter)
        limits[limit.parameter] = limit
    return tuple(limits.values())


def _read_limit(row: Row, written: str, parameters: Mapping[str, Parameter]) -> Limit | None:
    form = _TWO_SIDES if written.count("<=") == 2 else _ONE_SIDE
    match = form.fullmatch(written)
    if match is None:
        row.report("limit-bad", "limits", found=written)
        return None
    parameter = parameters.get(match["parameter"])
    if parameter is None:
        row.report("parameter-unknown", "limits", found=match["parameter"])
        return None
    if form is _TWO_SIDES:
        bounds = (match["low"], match["high"])
    else:
        bounds = ("", match["value"]) if match["sign"] == "<=" else (match["value"], "")
    low, high = (
        _bound(row, bound, match["unit"], parameter) if bound else None for bound in bounds
    )
    if low is not None and high is not None and low > high:
        row.report("range-upside-down", "limits", low=match["low"], high=match["high"])
    if low is None and high is None:
        return None
    return Limit(parameter.code, low, high)


def _bound(row: Row, written: str, unit: str, parameter: Parameter) -> float | None:
    value = row.as_number("limits", written)
    if value is None:
        return None
    if unit and unit != parameter.unit:
        from sinhthai.foundation.units import UnitError, convert  # pint costs more than the load

        try:
            value = convert(value, unit, parameter.unit)
        except UnitError:
            row.report(
                "limit-unit", "limits", found=unit, unit=parameter.unit, parameter=parameter.code
            )
            return None
    if _is_outside(value, parameter):
        row.report(
            "limit-impossible",
            "limits",
            parameter=parameter.code,
            found=f"{value:.12g}",
            unit=parameter.unit,
            low="−∞" if parameter.low is None else f"{parameter.low:.12g}",
            high="∞" if parameter.high is None else f"{parameter.high:.12g}",
        )
    return value


def _is_outside(value: float, parameter: Parameter) -> bool:
    below = parameter.low is not None and value < parameter.low
    above = parameter.high is not None and value > parameter.high
    return below or above
