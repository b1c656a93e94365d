"""Heat lost by a pipe, bare or insulated, to moving air."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.foundation.text import Text

Conductivity = float | Callable[[float], float]
"""W/(m K), fixed or of the temperature [K]."""

_STEFAN_BOLTZMANN = 5.670373e-8
_GRAVITY = 9.81
# Air at one atmosphere as polynomials of the temperature [K], highest power first; the fits that
# MEASUR carries.
_CONDUCTIVITY = (3.17176e-11, -5.90229e-8, 4.58531e-6, 0.088867888, 0.520072239)
_VISCOSITY = (2.25852e-11, -8.32093e-8, 0.000172673, 0.01063728, -0.76108359)
_DIFFUSIVITY = (1.35569e-10, -3.80588e-7, 0.000446483, -0.035935528, 2.254489164)
_PRANDTL = (-2.08438e-13, -1.72787e-11, 8.00624e-7, -0.000694606, 0.845781218)
_CLOSE, _MOST_ROUNDS = 1e-9, 200


@dataclass(frozen=True, slots=True)
class Pipe:
    """A pipe in the open."""

    diameter: float
    """m, outside."""
    inner_diameter: float
    """m."""
    temperature: float
    """K, of what flows inside."""
    emissivity: float
    """Of the bare surface, share."""
    conductivity: Conductivity


@dataclass(frozen=True, slots=True)
class Insulation:
    """A layer around a pipe."""

    thickness: float
    """m."""
    conductivity: Conductivity
    emissivity: float
    """Of the jacket, share."""


@dataclass(frozen=True, slots=True)
class PipeLoss:
    """Heat lost by a metre, and the temperature of the surface one may touch."""

    per_metre: float
    """W/m."""
    surface: float
    """K."""

    def yearly(self, length: float, hours: float, efficiency: float = 1.0) -> float:
        """Return the heat [MWh a year] of *length* metres; with an efficiency, the fuel."""
        require(
            not_negative={"length": length, "hours": hours},
            positive={"efficiency": efficiency},
            shares={"efficiency": efficiency},
        )
        return self.per_metre * length * hours / efficiency / 1e6


def polynomial(coefficients: Sequence[float]) -> Callable[[float], float]:
    """Return a conductivity that is a polynomial of the temperature, highest power first.

    >>> polynomial([2.0, 1.0])(10.0)
    21.0
    """

    def value(temperature: float) -> float:
        total = 0.0
        for one in coefficients:
            total = total * temperature + one
        return total

    return value


def pipe_loss(
    pipe: Pipe, ambient: float, wind: float, insulation: Insulation | None = None
) -> PipeLoss:
    r"""Return the heat a pipe loses to air of *ambient* [K] that moves at *wind* [m/s].

    Wall, insulation and air film stand in series, all on the outer surface. The film radiates and
    convects: forced by Churchill and Bernstein (1977), free by Churchill and Chu (1975), joined
    as :math:`Nu^4 = Nu_{forced}^4 + Nu_{free}^4`. Temperatures are iterated until they rest.

    Raises
    ------
    InputError : a diameter, emissivity or temperature that cannot be.

    Notes
    -----
    Source: MEASUR, insulated pipe (printed example E7). A valve is commonly counted as a length
    of pipe.

    >>> bare = Pipe(0.1143, 0.1023, 453.15, 0.8, 50.0)
    >>> wool = Insulation(0.05, 0.045, 0.1)
    >>> lost, kept = pipe_loss(bare, 303.15, 0.5), pipe_loss(bare, 303.15, 0.5, wool)
    >>> round(lost.per_metre), round(kept.per_metre), round(kept.surface - 273.15)
    (999, 61, 45)
    """
    _check(pipe, ambient, wind, insulation)
    thickness = insulation.thickness if insulation else 0.0
    outer = pipe.diameter + 2.0 * thickness
    emissivity = insulation.emissivity if insulation and thickness else pipe.emissivity
    wall = _wall(
        outer, pipe.diameter, pipe.inner_diameter, _at(pipe.conductivity, pipe.temperature)
    )
    surface, between = ambient + 1.0, pipe.temperature - 1.0
    if pipe.temperature == ambient:
        return PipeLoss(0.0, ambient)
    for _ in range(_MOST_ROUNDS):
        layer = 0.0
        if insulation and thickness:
            conductivity = _at(insulation.conductivity, (surface + between) / 2.0)
            layer = _wall(outer, outer, pipe.diameter, conductivity)
        film = 1.0 / _film(surface, ambient, outer, wind, emissivity)
        flux = (pipe.temperature - ambient) / (wall + layer + film)
        between = pipe.temperature - flux * wall
        found = between - flux * layer
        moved, surface = abs(found - surface), found
        if moved < _CLOSE * surface:
            break
    return PipeLoss(flux * math.pi * outer, surface)


def _check(pipe: Pipe, ambient: float, wind: float, insulation: Insulation | None) -> None:
    require(
        positive={
            "diameter": pipe.diameter,
            "inner_diameter": pipe.inner_diameter,
            "temperature": pipe.temperature,
            "ambient": ambient,
        },
        not_negative={"wind": wind, "thickness": insulation.thickness if insulation else 0.0},
        shares={
            "emissivity": pipe.emissivity,
            "jacket": insulation.emissivity if insulation else 0.0,
        },
    )
    if pipe.inner_diameter > pipe.diameter:
        raise refused(
            "inner_diameter",
            Text("Đường kính trong lớn hơn ngoài.", "The inner diameter exceeds the outer."),
            Text("Đổi chỗ hai đường kính, đơn vị m.", "Swap the two diameters, in m."),
        )
    if not 200 <= ambient <= 1000 or pipe.temperature > 1500:
        raise refused(
            "temperature",
            Text(
                f"{ambient:g} K và {pipe.temperature:g} K nằm ngoài bảng không khí.",
                f"{ambient:g} K and {pipe.temperature:g} K lie outside the table of air.",
            ),
            Text("Nhiệt độ tính bằng K: °C cộng 273,15.", "Temperatures are in K: °C plus 273.15."),
        )


def _wall(outer: float, outside: float, inside: float, conductivity: float) -> float:
    """Return the resistance of a layer on the outer surface [m**2 K/W]."""
    return outer * math.log(outside / inside) / (2.0 * conductivity)


def _film(surface: float, ambient: float, diameter: float, wind: float, emissivity: float) -> float:
    """Return the heat transfer from surface to air [W/(m**2 K)]."""
    mean = (surface + ambient) / 2.0
    conductivity = polynomial(_CONDUCTIVITY)(mean) / 1e3
    viscosity = polynomial(_VISCOSITY)(mean) / 1e6
    diffusivity = polynomial(_DIFFUSIVITY)(mean) / 1e6
    prandtl = polynomial(_PRANDTL)(mean)
    reynolds = diameter * wind / viscosity
    rayleigh = _GRAVITY / mean * abs(surface - ambient) * diameter**3 / (viscosity * diffusivity)
    forced = (
        0.3
        + 0.62
        * math.sqrt(reynolds)
        * prandtl ** (1 / 3)
        * (1 + (reynolds / 282_000) ** 0.625) ** 0.8
        / (1 + (0.4 / prandtl) ** (2 / 3)) ** 0.25
    )
    free = (
        0.6 + 0.387 * rayleigh ** (1 / 6) / (1 + (0.559 / prandtl) ** (9 / 16)) ** (8 / 27)
    ) ** 2
    convection = (forced**4 + free**4) ** 0.25 * conductivity / diameter
    radiation = _STEFAN_BOLTZMANN * emissivity * (surface**2 + ambient**2) * (surface + ambient)
    return float(convection + radiation)


def _at(conductivity: Conductivity, temperature: float) -> float:
    value = conductivity(temperature) if callable(conductivity) else conductivity
    require(positive={"conductivity": value})
    return value
