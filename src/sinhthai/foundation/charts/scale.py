"""From values to places: round ticks on an axis, and numbers short enough to stand at them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_UNITS = (
    (1e12, Text("nghìn tỷ", "tn")),
    (1e9, Text("tỷ", "bn")),
    (1e6, Text("triệu", "m")),
    (1e3, Text("nghìn", "k")),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight axis from value ``low`` at place ``start`` to ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of *value*."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def nice(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Return about *count* round values that hold *low* and *high* between them.

    >>> nice(0, 87)
    (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
    >>> nice(-3, 4)
    (-4.0, -2.0, 0.0, 2.0, 4.0)
    """
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / count
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(step * size for step in _STEPS if step * size >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(n * step, 12) for n in range(first, last + 1))


def short(value: float, language: str) -> str:
    """Return *value* in few signs, for an axis or a label.

    >>> short(1_250_000, "vi"), short(1_250_000, "en"), short(-0.5, "vi")
    ('1,25 triệu', '1.25m', '-0,5')
    """
    for size, name in _UNITS:
        if abs(value) >= size and not (size == 1e3 and abs(value) < 1e4):
            figure = format_number(float(f"{value / size:.3g}"), language)
            return f"{figure} {name.vi}" if language == "vi" else f"{figure}{name.en}"
    return format_number(float(f"{value:.3g}"), language)
