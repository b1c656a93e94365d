"""Heat streams: what must be cooled or heated, as the engine of heat recovery takes it.

Temperatures are in degrees Celsius, heat flows in kilowatts, differences in kelvin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ABSOLUTE_ZERO = -273.15

# 148.3 − 5 and 138.3 + 5 are one temperature, although their floats differ: heat passes from a
# stream that condenses to one that evaporates only when they are.
DIGITS = 9


@dataclass(frozen=True, slots=True)
class HeatStream:
    """One stream that gives heat (hot) or takes heat (cold).

    Parameters
    ----------
    name : what people call it.
    supply, target : temperatures it comes with and has to reach [°C]. Equal for a stream that
        condenses or evaporates: it gives or takes its duty at that one temperature.
    duty : heat flow between the two [kW], never negative.
    is_hot : whether it gives heat.
    contribution : its own part of the least temperature difference [K]; a hot stream is
        counted that much colder, a cold one that much warmer.
    zone : the enterprise or plant it belongs to; empty when there is only one.
    """

    name: str
    supply: float
    target: float
    duty: float
    is_hot: bool
    contribution: float = 0.0
    zone: str = ""

    @classmethod
    def flowing(
        cls,
        name: str,
        supply: float,
        target: float,
        capacity: float,
        *,
        contribution: float = 0.0,
        zone: str = "",
    ) -> Self:
        """Return the stream of a heat-capacity flow rate *capacity* [kW/K], duty = CP · |ΔT|.

        >>> HeatStream.flowing("C1", 20, 135, 2.0).duty
        230.0
        """
        duty = capacity * abs(supply - target)
        return cls(name, supply, target, duty, supply > target, contribution, zone)

    @property
    def capacity(self) -> float | None:
        """Heat-capacity flow rate CP [kW/K]; None at one constant temperature."""
        span = abs(self.supply - self.target)
        return self.duty / span if span else None


@dataclass(frozen=True, slots=True)
class HeatStreams:
    """Streams as columns, all of one length; the order is that of the list they came from.

    ``upper`` and ``lower`` are the ends on the shifted scale [°C] (hot less its contribution,
    cold plus its contribution), ``signed`` the duty [kW], positive for hot.
    """

    names: tuple[str, ...]
    zones: tuple[str, ...]
    supply: Floats
    target: Floats
    contribution: Floats
    signed: Floats
    upper: Floats
    lower: Floats

    @classmethod
    def of(cls, streams: Iterable[HeatStream]) -> Self:
        """Return *streams* as columns.

        >>> HeatStreams.of([HeatStream.flowing("H1", 170, 60, 3.0, contribution=5)]).upper
        array([165.])
        """
        given = tuple(streams)
        supply = np.array([stream.supply for stream in given], dtype=np.float64)
        target = np.array([stream.target for stream in given], dtype=np.float64)
        part = np.array([stream.contribution for stream in given], dtype=np.float64)
        sign = np.array([1.0 if stream.is_hot else -1.0 for stream in given], dtype=np.float64)
        duty = np.array([stream.duty for stream in given], dtype=np.float64)
        return cls(
            tuple(stream.name for stream in given),
            tuple(stream.zone for stream in given),
            supply,
            target,
            part,
            sign * duty,
            np.round(np.maximum(supply, target) - sign * part, DIGITS),
            np.round(np.minimum(supply, target) - sign * part, DIGITS),
        )

    def __len__(self) -> int:
        return len(self.names)

    def take(self, rows: Sequence[int] | NDArray[np.intp] | NDArray[np.bool_]) -> Self:
        """Return the streams at *rows* (places or a mask), in that order."""
        places = np.arange(len(self))[np.asarray(rows)]
        return type(self)(
            tuple(self.names[at] for at in places),
            tuple(self.zones[at] for at in places),
            self.supply[places],
            self.target[places],
            self.contribution[places],
            self.signed[places],
            self.upper[places],
            self.lower[places],
        )

    @property
    def is_hot(self) -> NDArray[np.bool_]:
        """Whether each gives heat; a stream without duty counts by its direction."""
        hot: NDArray[np.bool_] = (self.signed > 0) | (
            (self.signed == 0) & (self.supply > self.target)
        )
        return hot

    @property
    def labels(self) -> tuple[str, ...]:
        """Their names, after that of the zone where they have one."""
        named = zip(self.zones, self.names, strict=True)
        return tuple(f"{zone} · {name}" if zone else name for zone, name in named)

    @property
    def zone_names(self) -> tuple[str, ...]:
        """The zones in the order they first appear."""
        return tuple(dict.fromkeys(self.zones))

    def zone(self, name: str) -> Self:
        """Return the streams of one zone."""
        return self.take(np.array([zone == name for zone in self.zones], dtype=np.bool_))


def with_difference(streams: Iterable[HeatStream], least: float) -> tuple[HeatStream, ...]:
    """Return *streams* with half of the *least* difference ΔTmin [K] as everyone's contribution.

    >>> with_difference([HeatStream.flowing("H1", 170, 60, 3.0)], 10)[0].contribution
    5.0
    """
    return tuple(
        HeatStream(one.name, one.supply, one.target, one.duty, one.is_hot, least / 2.0, one.zone)
        for one in streams
    )
