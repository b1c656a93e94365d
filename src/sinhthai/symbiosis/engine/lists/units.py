"""From the unit a cell is written in to the base unit of its column."""

from __future__ import annotations

from sinhthai.foundation.text import Text
from sinhthai.foundation.units import UnitError, convert, unit_label, unit_of
from sinhthai.symbiosis.engine.lists.columns import Column

_DIFFERENCES = {"degC": 1.0, "kelvin": 1.0, "degF": 5.0 / 9.0}
_SHOWN = {
    "degC": "°C",
    "kelvin": "K",
    "kW/kelvin": "kW/K",
    "kJ/kg/kelvin": "kJ/(kg·K)",
    "kg/hour": "kg/h",
    "t/hour": "t/h",
}


def in_base(value: float, written: str, column: Column) -> float:
    """Return *value*, in the *written* unit, in the base unit of *column*; bare as it is.

    Raises
    ------
    UnitError : the unit is unknown or measures something else, or none belongs there; or it is
        an amount a year where a flow while running is asked for.

    >>> flow = Column(Text("Lưu lượng", "Flow"), "t/hour", (), (("m**3/hour", 1.0),))
    >>> in_base(240.0, "m3/day", flow)
    10.0
    """
    unit = column.unit
    if not written:
        return value
    if unit == "kelvin":  # a difference: 10 °C are 10 K, not 283
        factor = _DIFFERENCES.get(unit_of(written) or "")
        if factor is not None:
            return value * factor
    if not unit:
        raise UnitError(
            Text(f"Không cần đơn vị “{written}” ở đây.", f"No unit belongs here: “{written}”."),
            Text("Chỉ ghi số.", "Write the number only."),
        )
    label = shown(unit)
    if unit.endswith("/hour") and (unit_of(written) or "").endswith("/year"):
        raise UnitError(
            Text(
                f"“{written}” là lượng cả năm, không cho biết lưu lượng lúc chạy.",
                f"“{written}” is a year's amount and does not tell the flow while it runs.",
            ),
            Text(
                f"Chia cho số giờ chạy, ghi theo {label.vi}.",
                f"Divide by the hours it runs, and write {label.en}.",
            ),
        )
    for target, factor in ((unit, 1.0), *column.alike):
        try:
            return convert(value, written, target) * factor
        except UnitError:
            continue
    raise UnitError(
        Text(
            f"Đơn vị “{written}” không đổi được ra {label.vi}.",
            f"The unit “{written}” cannot be converted to {label.en}.",
        ),
        Text(f"Ghi giá trị theo {label.vi}.", f"Give the value in {label.en}."),
    )


def shown(unit: str) -> Text:
    """Return how a base unit is written for people."""
    label = _SHOWN.get(unit)
    return Text(label or unit_label(unit, "vi"), label or unit_label(unit, "en"))
