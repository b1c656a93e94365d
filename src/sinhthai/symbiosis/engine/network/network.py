"""What an exchange network may be made of: the frozen input of the engine.

Everything is in base units a year (t, m**3 or MWh; VND; t CO2; metres). Money is the park's as a
whole: what one partner pays another cancels out and is no part of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sinhthai.symbiosis.engine.earth import great_circle

Vehicle = Literal["truck", "pipe"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: degrees of latitude and longitude (WGS 84)."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Material:
    """Something that flows. ``unit`` is t, m**3 or MWh; flows of it are in this unit a year."""

    id: str
    unit: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a receiver bears of a parameter in the mix it receives; None is no bound."""

    parameter: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Accept:
    """A receiver takes *material*; one unit of it counts as ``ratio`` units of the need."""

    material: str
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """An offer: at most ``supply`` a year, of which the network must take ``at_least``.

    ``disposal`` [VND/unit] and ``disposal_co2`` [t/unit] are what the present way costs and emits
    and what is saved when a unit is taken; a negative ``disposal`` says it is sold today.
    ``qualities`` are the stated ones: a parameter that is missing is unknown, not zero.
    """

    id: str
    material: str
    supply: float
    at_least: float = 0.0
    disposal: float = 0.0
    disposal_co2: float = 0.0
    qualities: Mapping[str, float] = field(default_factory=dict)
    owner: str = ""
    name: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Sink:
    """A need: at most ``demand`` a year, of which the network must bring ``at_least``.

    ``purchase`` [VND/unit] and ``purchase_co2`` [t/unit] belong to what is bought today and no
    longer needed; a negative ``purchase`` says the receiver is paid for taking. ``limits`` hold
    for the mix of all that arrives.
    """

    id: str
    accepts: tuple[Accept, ...]
    demand: float
    at_least: float = 0.0
    purchase: float = 0.0
    purchase_co2: float = 0.0
    limits: tuple[Limit, ...] = ()
    owner: str = ""
    name: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """What a treatment unit yields of *material* per unit treated.

    ``qualities`` are guaranteed at the outlet; ``removal`` is the share of a parameter taken out
    where nothing is guaranteed. What is not passed on costs ``disposal`` [VND/unit] and emits
    ``disposal_co2`` [t/unit].
    """

    material: str
    ratio: float = 1.0
    disposal: float = 0.0
    disposal_co2: float = 0.0
    qualities: Mapping[str, float] = field(default_factory=dict)
    removal: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Treatment:
    """A unit that may be built: at most ``capacity`` treated a year, ``at_least`` when built.

    ``investment`` [VND] is annualised with the network's rate and life; ``fixed`` [VND/year] comes
    on top, ``cost`` [VND/unit] and ``co2`` [t/unit] go with each unit treated. ``limits`` hold for
    the mix at the inlet.
    """

    id: str
    accepts: tuple[Accept, ...]
    outputs: tuple[Output, ...]
    capacity: float
    at_least: float = 0.0
    investment: float = 0.0
    fixed: float = 0.0
    cost: float = 0.0
    co2: float = 0.0
    limits: tuple[Limit, ...] = ()
    owner: str = ""
    name: str = ""
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to carry: truck (money per unit and km) or pipe (fixed, plus per km, plus per unit).

    ``longest`` [m] and ``capacity`` [units/year] bound a link; ``loss_km`` is the share lost per
    km (heat, leaks). Without ``materials`` it carries everything.
    """

    id: str
    vehicle: Vehicle = "truck"
    unit_km: float = 0.0
    unit: float = 0.0
    fixed: float = 0.0
    fixed_km: float = 0.0
    investment: float = 0.0
    investment_km: float = 0.0
    co2_km: float = 0.0
    loss_km: float = 0.0
    longest: float = math.inf
    capacity: float = math.inf
    materials: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A connection that may be built from an offer or a treatment outlet to a receiver.

    ``material`` says which outlet of a treatment unit; empty: its only one. ``via`` names a
    treatment unit the goods pass as a batch of their own, not mixed with others, on the way from a
    source to a sink. ``distance`` [m] is road or pipe length; None: from the spots. The money of
    the link is the mode's plus ``unit`` [VND/unit], ``fixed`` [VND/year], ``investment`` [VND].
    """

    tail: str
    head: str
    mode: str
    distance: float | None = None
    material: str = ""
    via: str = ""
    unit: float = 0.0
    fixed: float = 0.0
    investment: float = 0.0
    co2: float = 0.0
    at_least: float = 0.0
    at_most: float = math.inf
    name: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Of these links (name or ``tail>head``) and treatment units at most ``most`` are built."""

    id: str
    members: tuple[str, ...]
    most: int = 1


@dataclass(frozen=True, slots=True)
class Network:
    """All that may be built, and what it must keep to.

    ``budget`` [VND] bounds the investment (None: no bound). ``rate`` and ``life`` [years]
    annualise it. ``detour`` is road length over great-circle length where no distance is stated.
    """

    materials: tuple[Material, ...]
    sources: tuple[Source, ...]
    sinks: tuple[Sink, ...]
    modes: tuple[Mode, ...]
    links: tuple[Link, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    choices: tuple[Choice, ...] = ()
    budget: float | None = None
    rate: float = 0.1
    life: float = 10.0
    detour: float = 1.3
    name: str = ""
    invented: bool = False


def distance_between(one: Spot, other: Spot, detour: float) -> float:
    """Return the length of the way [m]: the great-circle distance times *detour*.

    >>> round(distance_between(Spot(10.0, 106.0), Spot(10.0, 106.1), 1.3))
    14236
    """
    return detour * great_circle(one.lat, one.lon, other.lat, other.lon)
