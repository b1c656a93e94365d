"""What several measures save together: each of what the others left, never more than is used.

Two measures that save 20 % and 10 % of one use save 1 - 0.8 x 0.9 = 28 % of it. The order changes
who is credited with how much, not the sum: demand first (leaks, housekeeping), then control, then
equipment, then reuse, then new technology, as one would build it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sinhthai.efficiency.engine.calculators.given import refused, require
from sinhthai.efficiency.engine.model import Category
from sinhthai.foundation.text import Text

ORDER: tuple[Category, ...] = ("GH", "IC", "PM", "PC", "EM", "OR", "BP", "TC")
"""In which order measures are applied: what lessens demand before what serves it better."""

MOVED = frozenset({"electricity.peak"})
"""Uses that are moved to other hours, not lessened: they save no energy and no CO2."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A measure with the share of a use it saves when it acts alone."""

    measure: str
    use: str
    share: float
    category: Category


@dataclass(frozen=True, slots=True)
class Part:
    """What a measure saves of what the ones before it left [unit of the use]."""

    measure: str
    use: str
    before: float
    saved: float


def combine(shares: Iterable[float]) -> float:
    r"""Return the share that measures on one use save together, :math:`1 - \prod(1 - s_i)`.

    Parameters
    ----------
    shares : of the use each saves alone, 0 to 1.

    >>> round(combine([0.2, 0.1]), 4)
    0.28
    """
    shares = tuple(shares)
    require(shares={f"shares[{at}]": share for at, share in enumerate(shares)})
    return 1.0 - math.prod(1.0 - share for share in shares)


def apply_in_order(
    effects: Sequence[Effect],
    metered: Mapping[str, float],
    within: Mapping[str, str] | None = None,
) -> tuple[Part, ...]:
    """Return what each measure saves, in the order of application.

    A use that is part of another (*within*) is served first; what is saved of it is gone from the
    whole too, so a carrier is never saved beyond its meter.

    Parameters
    ----------
    effects : in any order; those of one category keep the order given.
    metered : use -> quantity a year. A use that is not metered cannot be combined.
    within : use -> the use it is part of.

    Raises
    ------
    InputError : a use without quantity, parts that add up to more than their whole, a share that
        is none.

    >>> air = [Effect("drive", "air", 0.1, "TC"), Effect("leaks", "air", 0.2, "GH")]
    >>> [(part.measure, round(part.saved, 3)) for part in apply_in_order(air, {"air": 100.0})]
    [('leaks', 20.0), ('drive', 8.0)]
    """
    parents = within or {}
    require(
        shares={f"{effect.measure}.share": effect.share for effect in effects},
        not_negative=dict(metered),
    )
    for effect in effects:
        if effect.use not in metered:
            raise refused(
                effect.use,
                Text(
                    f"Chưa đo {effect.use}: không gộp được.",
                    f"{effect.use} is not metered: nothing can be combined.",
                ),
                Text("Đo hoặc ước tính lượng của mục này.", "Meter the use, or state an estimate."),
            )
    _check_parts(metered, parents)
    left = dict(metered)
    parts: list[Part] = []
    ranked = sorted(
        effects,
        key=lambda effect: (-len(_above(effect.use, parents)), ORDER.index(effect.category)),
    )
    for effect in ranked:
        saved = 0.0 if effect.use in MOVED else left[effect.use] * effect.share
        parts.append(Part(effect.measure, effect.use, left[effect.use], saved))
        for use in (effect.use, *_above(effect.use, parents)):
            if use in left:
                left[use] -= saved
    return tuple(parts)


def cap(savings: Mapping[str, float], metered: Mapping[str, float]) -> dict[str, float]:
    """Return the savings by carrier, none above what the meter of the carrier counts.

    A carrier without meter is kept as it is: nothing is known to cap it with.

    >>> cap({"electricity": 120.0, "water": 5.0}, {"electricity": 100.0})
    {'electricity': 100.0, 'water': 5.0}
    """
    return {
        carrier: min(saved, metered[carrier]) if carrier in metered else saved
        for carrier, saved in savings.items()
    }


def _above(use: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    while (use := parents.get(use, "")) and use not in found:
        found.append(use)
    return tuple(found)


def _check_parts(metered: Mapping[str, float], parents: Mapping[str, str]) -> None:
    """Refuse parts that are more than their whole; a part counts for its nearest metered whole."""
    sums: dict[str, float] = {}
    for use, quantity in metered.items():
        whole = next((above for above in _above(use, parents) if above in metered), None)
        if whole is not None:
            sums[whole] = sums.get(whole, 0.0) + quantity
    for whole, total in sums.items():
        if total > metered[whole] * (1.0 + 1e-9):
            raise refused(
                whole,
                Text(
                    f"Các phần cộng lại {total:g}, nhiều hơn cả mục ({metered[whole]:g}).",
                    f"The parts add up to {total:g}, more than the whole ({metered[whole]:g}).",
                ),
                Text("Kiểm tra số đo của các phần.", "Check the measurements of the parts."),
            )
