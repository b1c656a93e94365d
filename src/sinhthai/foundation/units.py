"""Units at the border (H8): what people write becomes the unit of the item, or is refused."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sinhthai.foundation.text import Text, fold

# What people write (folded, without spaces and dots) -> pint expression.
_WRITTEN = {
    "%": "percent",
    "phantram": "percent",
    "m2": "m**2",
    "km2": "km**2",
    "m3": "m**3",
    "tan": "t",
    "ton": "t",
    "tons": "t",
    "tonne": "t",
    "tonnes": "t",
    "ta": "quintal_metric",
    "tco2": "t",
    "tco2e": "t",
    "tanco2": "t",
    "tanco2e": "t",
    "tanco2td": "t",
    "dong": "VND",
    "vnd": "VND",
    "d": "VND",
    "trieudong": "MVND",
    "trieuvnd": "MVND",
    "trd": "MVND",
    "millionvnd": "MVND",
    "tydong": "GVND",
    "tidong": "GVND",
    "billionvnd": "GVND",
    "usd": "USD",
    "kwh": "kWh",
    "mwh": "MWh",
    "gwh": "GWh",
    "ha": "ha",
    "hecta": "ha",
    "hectares": "ha",
    "toe": "toe",
    "nguoi": "1",
    "people": "1",
    "persons": "1",
    "doanhnghiep": "1",
    "dn": "1",
    "enterprises": "1",
    "duan": "1",
    "projects": "1",
    "giaiphap": "1",
    "ngay": "day",
    "days": "day",
    "nam": "year",
    "years": "year",
    "lit": "L",
    "litre": "L",
    "liter": "L",
    "litres": "L",
    "kl": "m**3",
    "nm3": "m**3",
    "sm3": "m**3",
    "mmbtu": "MBtu",
    "kg/kwh": "kg/kWh",
    "kgco2e/kwh": "kg/kWh",
    "kwh/usd": "kWh/USD",
    # temperatures and heat
    "°c": "degC",
    "oc": "degC",
    "doc": "degC",
    "c": "degC",
    "degc": "degC",
    "°f": "degF",
    "of": "degF",
    "f": "degF",
    "degf": "degF",
    "k": "kelvin",
    "kj/s": "kJ/s",
    "mj/s": "MJ/s",
    "kj/h": "kJ/hour",
    "mj/h": "MJ/hour",
    "gj/h": "GJ/hour",
    "kcal/h": "kcal/hour",
    "mcal/h": "Mcal/hour",
    "gcal/h": "Gcal/hour",
    "btu/h": "Btu/hour",
    "mmbtu/h": "MBtu/hour",
    "w/k": "W/kelvin",
    "kw/k": "kW/kelvin",
    "mw/k": "MW/kelvin",
    "w/°c": "W/kelvin",
    "kw/°c": "kW/kelvin",
    "mw/°c": "MW/kelvin",
    "kw/oc": "kW/kelvin",
    "mw/oc": "MW/kelvin",
    "kw/c": "kW/kelvin",
    "mw/c": "MW/kelvin",
    "kw/°f": "kW/delta_degF",
    "kj/s/k": "kJ/s/kelvin",
    "kcal/h/k": "kcal/hour/kelvin",
    "kcal/h/°c": "kcal/hour/kelvin",
    "kg/s": "kg/s",
    "kg/h": "kg/hour",
    "t/h": "t/hour",
    "tan/h": "t/hour",
    "kj/kg/k": "kJ/kg/kelvin",
    "kj/kgk": "kJ/kg/kelvin",
    "kj/(kgk)": "kJ/kg/kelvin",
    "kj/kg°c": "kJ/kg/kelvin",
    "kj/(kg°c)": "kJ/kg/kelvin",
    "kcal/kg°c": "kcal/kg/kelvin",
    "vnd/kwh": "VND/kWh",
    "dong/kwh": "VND/kWh",
    "d/kwh": "VND/kWh",
    "vnd/mwh": "VND/MWh",
    "dong/mwh": "VND/MWh",
    "d/mwh": "VND/MWh",
    "usd/kwh": "USD/kWh",
    "usd/mwh": "USD/MWh",
    "ppm": "ppm",
}

# What people write only as a part of a quotient.
_PARTS = {
    "gio": "h",
    "hour": "h",
    "s": "s",
    "giay": "s",
    "ngaydem": "day",
    "ngd": "day",
    "lit": "L",
}

_LABELS = {
    "1": Text("", ""),
    "": Text("", ""),
    "percent": Text("%", "%"),
    "t": Text("tấn", "t"),
    "day": Text("ngày", "days"),
    "year": Text("năm", "years"),
    "VND": Text("đồng", "VND"),
    "MVND": Text("triệu đồng", "million VND"),
    "GVND": Text("tỷ đồng", "billion VND"),
}


class UnitError(ValueError):
    """A unit that is not known, or of another dimension than the one asked for."""

    def __init__(self, message: Text, cure: Text) -> None:
        self.message = message
        self.cure = cure
        super().__init__(f"{message.en} {cure.en}")


def convert(value: float, written: str, unit: str) -> float:
    """Return *value*, given in the *written* unit, in *unit* (a pint expression).

    Raises
    ------
    UnitError : the written unit is unknown, or measures something else.

    >>> convert(12500, "m2", "ha")
    1.25
    """
    source = unit_of(written)
    if source == unit:
        return value
    registry = _registry()
    factor = _factor(source, unit) if source is not None else None
    if factor is None:
        raise _cannot_convert(written, unit)
    converted: float = registry.Quantity(value, source).to(unit).magnitude
    # The float noise of a factor (0.1 * 3) must not look like a changed value.
    return float(f"{converted:.15g}")


def unit_of(written: str) -> str | None:
    """Return the pint expression people mean by *written*, or None when unknown.

    A quotient of two known units is known: what quality is measured in.

    >>> unit_of("tấn"), unit_of("m³"), unit_of("con"), unit_of("kg/m³"), unit_of("tấn/ngày")
    ('t', 'm**3', None, 'kg/m**3', 't/day')
    """
    key = fold(written.replace("²", "2").replace("³", "3")).replace(" ", "").replace(".", "")
    key = key.replace("^", "").replace("**", "")
    if key in _WRITTEN:
        return _WRITTEN[key]
    stripped = written.strip()
    if stripped.isascii() and stripped in _registry_names():
        return stripped
    over = stripped.split("/")
    names = [_part(part) for part in over]
    is_known = len(over) == 2 and all(name in _registry_names() for name in names)
    return "/".join(names) if is_known else None


def _part(written: str) -> str:
    key = fold(written.replace("³", "3").replace("²", "2")).replace(" ", "").replace(".", "")
    return _WRITTEN.get(key) or _PARTS.get(key) or written.strip()


def unit_label(unit: str, language: str) -> str:
    """Return how *unit* (a pint expression) is shown; a count has none.

    >>> unit_label("m**3", "vi"), unit_label("MVND", "en"), unit_label("1", "vi")
    ('m³', 'million VND', '')
    """
    if unit in _LABELS:
        return _LABELS[unit].get(language)
    return unit.replace("**2", "²").replace("**3", "³").replace("*", "·")


def _cannot_convert(written: str, unit: str) -> UnitError:
    label = Text(unit_label(unit, "vi") or "số đếm", unit_label(unit, "en") or "a count")
    return UnitError(
        Text(
            f"Đơn vị “{written}” không đổi được ra “{label.vi}”.",
            f"The unit “{written}” cannot be converted to “{label.en}”.",
        ),
        Text(f"Ghi giá trị theo đơn vị: {label.vi}.", f"Give the value in: {label.en}."),
    )


@lru_cache(maxsize=256)
def _factor(source: str, unit: str) -> float | None:
    """Return how many *unit* one *source* is, or None when they measure different things."""
    registry = _registry()
    if (source == "percent") != (unit == "percent"):
        return None  # a share is never a count, although both are dimensionless
    try:
        factor: float = (
            registry.Quantity(1.0, "" if source == "1" else source)
            .to("" if unit in {"", "1"} else unit)
            .magnitude
        )
    except Exception:
        return None
    return factor


@lru_cache(maxsize=1)
def _registry() -> Any:
    """Return the pint registry; made on first use because it takes 0.3 s."""
    import pint

    registry: Any = pint.UnitRegistry(cache_folder=None)
    registry.define("VND = [dong]")
    registry.define("USD = [dollar]")
    registry.define("quintal_metric = 100 * kilogram")
    return registry


@lru_cache(maxsize=1)
def _registry_names() -> frozenset[str]:
    prefixable = ("g", "kg", "mg", "t", "kt", "Mt", "L", "l", "mL", "m", "km", "J", "kJ", "MJ")
    more = ("GJ", "TJ", "W", "kW", "MW", "Wh", "kWh", "MWh", "GWh", "toe", "ktoe", "year", "day")
    quality = ("ug", "kcal", "m**3", "m**2", "cm", "mm", "bar", "kPa", "MPa", "uS", "mS")
    money = ("VND", "MVND", "GVND", "USD")
    return frozenset((*prefixable, *more, *quality, *money, "ha", "percent", "h", "s", "ppm"))
