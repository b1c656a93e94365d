"""The split a facilitator can put on the table, and what happens when somebody leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinhthai.symbiosis.engine.sharing.game import EXACT_PARTNERS, Game, Values, tabulate
from sinhthai.symbiosis.engine.sharing.shapley import sampled_shapley, shapley
from sinhthai.symbiosis.engine.sharing.stability import Stability, nucleolus, stability

ORDERS = 4_000
_WHOLE = 1e-9


@dataclass(frozen=True, slots=True)
class Departure:
    """What is left when *partner* leaves: VND a year.

    ``lost`` is what the others lose together against their Shapley shares; ``left`` is what those
    who stay earn among themselves, ``shares`` their Shapley value then (absent when sampled).
    """

    partner: str
    left: float
    lost: float
    shares: dict[str, float] | None


@dataclass(frozen=True, slots=True)
class Split:
    """Shares of the benefit, VND a year, in the order of ``partners``.

    ``alone`` is what each earns without anybody. ``error`` is the standard error of ``shapley``
    (0 when exact). ``nucleolus`` and ``stable`` are None beyond ``EXACT_PARTNERS`` partners: they
    need the benefit of every group. ``shapley_holds`` says whether no group does better on its
    own than under the Shapley shares, and ``objecting`` are the groups that would.
    """

    partners: tuple[str, ...]
    total: float
    alone: Values
    shapley: Values
    error: Values
    nucleolus: Values | None
    stable: Stability | None
    shapley_holds: bool | None
    objecting: tuple[tuple[tuple[str, ...], float], ...]
    departures: tuple[Departure, ...]


def fair_split(
    game: Game,
    *,
    generator: np.random.Generator,
    orders: int = ORDERS,
    exact: int = EXACT_PARTNERS,
) -> Split:
    """Return the fair split of the whole benefit of *game*.

    Exact up to *exact* partners (at most ``EXACT_PARTNERS``); beyond, the Shapley value is sampled
    with *orders* random orders drawn from *generator*, and its standard error is given.

    >>> game = Game(("kiln", "power"), lambda mask: 8.0 if mask == 3 else 0.0)
    >>> split = fair_split(game, generator=np.random.default_rng(0))
    >>> split.shapley, split.stable.exists, split.departures[0].lost
    (array([4., 4.]), True, 4.0)
    """
    count = len(game.partners)
    if count > min(exact, EXACT_PARTNERS):
        return _sampled(game, generator, orders)
    values = tabulate(game)
    share = shapley(values)
    objecting = _objecting(values, share)
    return Split(
        partners=game.partners,
        total=float(values[-1]),
        alone=values[1 << np.arange(count)],
        shapley=share,
        error=np.zeros(count),
        nucleolus=nucleolus(values),
        stable=stability(values),
        shapley_holds=not objecting,
        objecting=tuple((names_of(game.partners, mask), more) for mask, more in objecting),
        departures=tuple(_departure(game.partners, values, share, i) for i in range(count)),
    )


def names_of(partners: tuple[str, ...], mask: int) -> tuple[str, ...]:
    """Return the partners of a group.

    >>> names_of(("kiln", "power", "farm"), 0b101)
    ('kiln', 'farm')
    """
    return tuple(name for bit, name in enumerate(partners) if mask >> bit & 1)


def _objecting(values: Values, share: Values) -> list[tuple[int, float]]:
    """Return the groups that do better alone, with how much better, the strongest first."""
    count = len(share)
    masks = np.arange(1, (1 << count) - 1)
    paid = ((masks[:, None] >> np.arange(count)) & 1) @ share
    more = values[masks] - paid
    tolerance = _WHOLE * max(1.0, float(np.abs(values).max()))
    worst = np.argsort(-more, kind="stable")[:5]
    return [(int(masks[i]), float(more[i])) for i in worst if more[i] > tolerance]


def _departure(partners: tuple[str, ...], values: Values, share: Values, gone: int) -> Departure:
    count = len(partners)
    stay = [bit for bit in range(count) if bit != gone]
    # The groups without the one who leaves, renumbered: bit k is the k-th who stays.
    smaller = np.arange(1 << (count - 1))
    masks = (smaller & ((1 << gone) - 1)) | (smaller >> gone << (gone + 1))
    left = float(values[masks[-1]])
    shares = shapley(values[masks]) if count > 1 else np.empty(0)
    return Departure(
        partner=partners[gone],
        left=left,
        lost=float(share[stay].sum()) - left,
        shares={partners[bit]: float(shares[at]) for at, bit in enumerate(stay)},
    )


def _sampled(game: Game, generator: np.random.Generator, orders: int) -> Split:
    count = len(game.partners)
    everybody = (1 << count) - 1
    total = float(game.value(everybody))
    sampled = sampled_shapley(game, orders=orders, generator=generator)
    alone = np.array([float(game.value(1 << bit)) for bit in range(count)])
    left = [float(game.value(everybody ^ (1 << bit))) for bit in range(count)]
    return Split(
        partners=game.partners,
        total=total,
        alone=alone,
        shapley=sampled.share,
        error=sampled.error,
        nucleolus=None,
        stable=None,
        shapley_holds=None,
        objecting=(),
        departures=tuple(
            Departure(name, left[bit], total - float(sampled.share[bit]) - left[bit], None)
            for bit, name in enumerate(game.partners)
        ),
    )
