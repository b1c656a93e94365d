"""What a saving of carriers is in CO2, tonnes of oil equivalent and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sinhthai.carbon.engine.inventory import compute, counts
from sinhthai.carbon.engine.model import Activity, Settings
from sinhthai.efficiency.wording import carrier_unit, is_fuel
from sinhthai.factors.loading import load_factors
from sinhthai.factors.lookup import NoFactor
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text

_LAST = Text(
    "Chưa công bố hệ số phát thải lưới điện của năm này: dùng hệ số công bố gần nhất.",
    "The grid factor of this year is not published: the last one published is used.",
)
_NO_CO2 = Text(
    "Không có hệ số phát thải cho: {what}; chưa tính CO2e.",
    "There is no emission factor of: {what}; CO2e is not known.",
)
_BY_ENERGY = Text(
    "Công văn 3505 không có hệ số TOE của nhiên liệu này: tính theo nhiệt trị (41,868 GJ/TOE).",
    "Letter 3505 has no TOE factor of this fuel: taken from its heat (41.868 GJ/TOE).",
)
GJ_PER_TOE = 41.868
# Of these the tables hold no emission of their own;
# what they save in fuel or power is a saving of that carrier.
_NO_EMISSION = frozenset({"water", "wastewater", "materials", "chemicals", "waste"})
_UNKNOWN = frozenset({"heat", "steam"})


@dataclass(frozen=True, slots=True)
class Worth:
    """CO2e [t], fuel [TOE], money [VND] of a year's saving; None: not known."""

    co2e_t: float | None
    fuel_toe: float | None
    value_vnd: float | None
    flags: tuple[Text, ...] = ()


def worth_of(saving: Mapping[str, float], prices: Mapping[str, float], year: int) -> Worth:
    """Return what *saving* (carrier -> base units) is worth at *prices* (VND a unit) in *year*.

    Without the price of one of its carriers the value is not known. What saves no energy (a load
    shift, a capacitor, water by itself) is credited with no CO2: it stays unknown, not zero.
    """
    flags: list[Text] = []
    emitting = {c: amount for c, amount in saving.items() if c not in _NO_EMISSION}
    co2e: float | None = 0.0 if emitting else None
    toe: float | None = None
    for carrier, amount in emitting.items():
        per_unit, rolled = co2e_per_unit(carrier, year)
        if per_unit is None:
            co2e = None
            flags.append(_NO_CO2.format(what=carrier))
            continue
        if rolled:
            flags.append(_LAST)
        co2e = None if co2e is None else co2e + amount * per_unit
        if is_fuel(carrier):
            of_fuel, by_energy = toe_per_unit(carrier, year)
            toe = (toe or 0.0) + amount * of_fuel
            if by_energy:
                flags.append(_BY_ENERGY)
    known = all(carrier in prices for carrier in saving)
    value = sum(amount * prices[c] for c, amount in saving.items()) if saving and known else None
    return Worth(co2e, toe, value, tuple(dict.fromkeys(flags)))


@lru_cache(maxsize=1024)
def co2e_per_unit(carrier: str, year: int) -> tuple[float | None, bool]:
    """Return t CO2e of one base unit (AR5, fossil part), and whether an older factor is used.

    >>> co2e_per_unit("electricity", 2023)
    (0.6592, False)
    """
    if carrier in _UNKNOWN:
        return None, False
    kind = "electricity" if carrier == "electricity" else "stationary"
    one = Activity("", year, "1", kind, carrier, 1.0, carrier_unit(carrier))  # type: ignore[arg-type]
    try:
        found = compute([one], load_factors(), Settings(last_published=True))
    except InputError:
        return None, False
    lines = [line for line in found.lines if counts(line)]
    rolled = carrier == "electricity" and any(line.flags for line in lines)
    return sum(line.co2e_t or 0.0 for line in lines), rolled


@lru_cache(maxsize=256)
def toe_per_unit(carrier: str, year: int) -> tuple[float, bool]:
    """Return the tonnes of oil equivalent of one base unit of a fuel, and whether by heat alone.

    Letter 3505/BCT-KHCN where it names the fuel; else the net calorific value over 41.868 GJ.

    >>> toe_per_unit("diesel", 2024), round(toe_per_unit("natural-gas", 2024)[0], 4)
    ((1.02, False), 1.2857)
    """
    factors = load_factors()
    if not factors.has(carrier, "toe"):
        return factors.choose(carrier, "ncv", year=year).factor.value / GJ_PER_TOE, True
    toe = factors.choose(carrier, "toe", year=year).factor
    if toe.unit == "toe/m**3":
        return toe.value / density_of(carrier, year), False
    return toe.value, False


def density_of(carrier: str, year: int) -> float:
    """Return the tonnes of one cubic metre of a fuel.

    >>> density_of("natural-gas", 2024)
    0.0007
    """
    return load_factors().choose(carrier, "density", year=year).factor.value / 1000.0


def energy_mwh(carrier: str, quantity: float, year: int) -> float | None:
    """Return the energy of a carrier in MWh (net calorific value); None where none is known.

    >>> energy_mwh("electricity", 5.0, 2024), round(energy_mwh("diesel", 1.0, 2024), 3)
    (5.0, 11.944)
    """
    if carrier in ("electricity", "heat"):
        return quantity
    if not is_fuel(carrier):
        return None
    try:
        return quantity * load_factors().choose(carrier, "ncv", year=year).factor.value / 3.6
    except NoFactor:
        return None
