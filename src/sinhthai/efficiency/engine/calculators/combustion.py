"""How much of a fuel's heat leaves by the stack, and what a better efficiency saves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text

_EXCESS = (0.095, 0.15, 0.281, 0.449, 0.816)
_WARMER = (1000.0 / 9, 1500.0 / 9, 2000.0 / 9, 2500.0 / 9, 3000.0 / 9)
"""200 to 600 °F in K."""
_EFFICIENCY = (
    (0.854, 0.831, 0.808, 0.784, 0.760),
    (0.852, 0.828, 0.804, 0.779, 0.754),
    (0.847, 0.821, 0.795, 0.767, 0.740),
    (0.841, 0.812, 0.782, 0.752, 0.721),
    (0.828, 0.793, 0.756, 0.719, 0.682),
)
_EVAPORATION = 2442.0
"""kJ/kg, of water at 25 °C."""
_VAPOUR, _DRY_GAS = 1.88, 1.005
"""kJ/(kg K): water vapour, dry flue gas."""


@dataclass(frozen=True, slots=True)
class FuelAnalysis:
    """What a kilogram of fuel as fired is made of, as shares of its mass."""

    carbon: float
    hydrogen: float
    heating_value: float
    """Higher heating value [kJ/kg]."""
    oxygen: float = 0.0
    sulphur: float = 0.0
    nitrogen: float = 0.0
    moisture: float = 0.0


@dataclass(frozen=True, slots=True)
class StackLoss:
    """Shares of the higher heating value that are lost, and what is left."""

    dry_gas: float
    hydrogen: float
    """Water formed by burning hydrogen."""
    moisture: float
    other: float
    air: float
    """kg of air per kg of fuel."""

    @property
    def efficiency(self) -> float:
        """Share of the higher heating value."""
        return 1.0 - self.dry_gas - self.hydrogen - self.moisture - self.other


def natural_gas_efficiency(excess_air: float, warmer: float) -> float:
    """Return the combustion efficiency of natural gas, share of the higher heating value.

    Read from the table of US DOE steam tip sheet no. 4, linear in between; complete combustion,
    no moisture in the air.

    Parameters
    ----------
    excess_air : share, 0.095 to 0.816.
    warmer : flue gas above the combustion air [K], 111.1 to 333.3.

    Raises
    ------
    InputError : outside the table; nothing is extrapolated.

    >>> round(natural_gas_efficiency(0.449, 2000 / 9), 4)
    0.782
    """
    row, down = _between(_EXCESS, excess_air, "excess_air")
    column, right = _between(_WARMER, warmer, "warmer")

    def across(at: int) -> float:
        one = _EFFICIENCY[at]
        return one[column] * (1 - right) + one[column + 1] * right

    return across(row) * (1 - down) + across(row + 1) * down


def fuel_saving(fuel: float, before: float, after: float) -> float:
    r"""Return the fuel saved [unit of *fuel*], :math:`F (1 - \eta_1/\eta_2)`.

    Parameters
    ----------
    fuel : burnt a year.
    before, after : efficiencies as shares, both on the same heating value.

    Notes
    -----
    Source: US DOE steam tip sheet no. 4 (printed example E15).

    >>> round(fuel_saving(500_000, 0.782, 0.831))
    29483
    """
    require(
        not_negative={"fuel": fuel},
        shares={"before": before, "after": after},
        positive={"before": before, "after": after},
    )
    return fuel * (1.0 - before / after)


def excess_air(oxygen: float) -> float:
    """Return the excess air (share) from the *oxygen* of dry flue gas (share): O2 / (0.21 - O2).

    An approximation, exact for carbon.

    >>> round(excess_air(0.07), 2)
    0.5
    """
    require(shares={"oxygen": oxygen})
    if oxygen >= 0.21:
        raise refused(
            "oxygen",
            Text("Khói không thể có nhiều O2 hơn không khí.", "Flue gas has less O2 than air."),
            Text("Ghi O2 của khói khô, dưới 0,21.", "Give the O2 of dry flue gas, below 0.21."),
        )
    return oxygen / (0.21 - oxygen)


def stack_loss(
    fuel: FuelAnalysis, *, excess: float, flue: float, air: float, other: float = 0.0
) -> StackLoss:
    r"""Return the losses of any fuel by the indirect method.

    Air for one kilogram: :math:`\left(\tfrac{32}{12} C + 8 H + S - O\right)/0.232`. The dry gas
    leaves with :math:`m\,c\,\Delta T`, the water of hydrogen and moisture with its heat of
    evaporation too.

    Parameters
    ----------
    fuel : as fired.
    excess : air beyond what is needed, share.
    flue, air : temperatures [K].
    other : radiation, unburnt, blowdown: share, as measured or agreed.

    Notes
    -----
    The indirect (heat loss) method of boiler testing, ASME PTC 4 simplified; from memory. Mass is
    conserved: gas = fuel + air - water.

    >>> coal = FuelAnalysis(0.60, 0.035, 24000, oxygen=0.06, sulphur=0.006, moisture=0.08)
    >>> round(stack_loss(coal, excess=0.5, flue=453.15, air=303.15).efficiency, 3)
    0.879
    """
    parts = {
        "carbon": fuel.carbon,
        "hydrogen": fuel.hydrogen,
        "oxygen": fuel.oxygen,
        "sulphur": fuel.sulphur,
        "nitrogen": fuel.nitrogen,
        "moisture": fuel.moisture,
    }
    require(
        shares={**parts, "other": other},
        positive={"heating_value": fuel.heating_value, "flue": flue, "air": air},
        not_negative={"excess": excess},
    )
    if sum(parts.values()) > 1.0 + 1e-9:
        raise refused(
            "fuel",
            Text("Các thành phần cộng lại quá 1.", "The parts add up to more than 1."),
            Text("Ghi thành phần theo mẫu như đốt.", "Give the analysis as fired."),
        )
    if flue < air:
        raise refused(
            "flue",
            Text("Khói lạnh hơn không khí cấp.", "The flue gas is colder than the air."),
            Text("Kiểm tra hai nhiệt độ, đơn vị K.", "Check both temperatures, in K."),
        )
    needed = (32 / 12 * fuel.carbon + 8 * fuel.hydrogen + fuel.sulphur - fuel.oxygen) / 0.232
    supplied = max(needed, 0.0) * (1.0 + excess)
    burnt = fuel.carbon + fuel.sulphur + fuel.nitrogen + fuel.oxygen + fuel.hydrogen
    dry = burnt + supplied - 9.0 * fuel.hydrogen
    warmer = flue - air
    per_water = _EVAPORATION + _VAPOUR * warmer
    return StackLoss(
        dry * _DRY_GAS * warmer / fuel.heating_value,
        9.0 * fuel.hydrogen * per_water / fuel.heating_value,
        fuel.moisture * per_water / fuel.heating_value,
        other,
        supplied,
    )


def _between(steps: Sequence[float], value: float, name: str) -> tuple[int, float]:
    """Return the step below *value* and how far it is to the next, as a share."""
    if not steps[0] - 1e-9 <= value <= steps[-1] + 1e-9:
        raise refused(
            name,
            Text(f"{value:g} nằm ngoài bảng.", f"{value:g} lies outside the table."),
            Text(
                f"Bảng có từ {steps[0]:g} đến {steps[-1]:g}; ngoài ra dùng stack_loss().",
                f"The table has {steps[0]:g} to {steps[-1]:g}; else use stack_loss().",
            ),
        )
    at = min(max(bisect_right(steps, value) - 1, 0), len(steps) - 2)
    return at, (value - steps[at]) / (steps[at + 1] - steps[at])
