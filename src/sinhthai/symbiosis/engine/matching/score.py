"""The score of a pair, part by part: the one place where it is defined.

    evidence  = (3 fit + text) / 4                how sure the rule, how alike the words
    nearness  = (20 km / (distance + 20 km))^1.5  as waste really travels: 10,025 shipments traced
                                                  by the EPA (TRI 1987) rank best by this power
    use       = (1 + 2 coverage + season) / 4     share of the need covered; months in common
    quality   = (1 + 3 credit) / 4                mean credit of the parameters stated on both
                                                  sides; 1/2 when there are none

    score     = evidence · nearness · use · quality

A product, because a rule that does not apply or a partner at the other end of the country is not
made good by quantity; use and quality end at 1/4, because a misfit can be cured, at a price.
Money and CO2 are not mixed in: they are kept beside it, and ``Problem.order`` may rank by them
instead.

Every engine gives the same bits. Therefore only ``+ - * /``, ``sqrt``, ``floor`` and comparisons
are used, each correctly rounded by IEEE 754 in C++, in the JVM and in LLVM, always in the order
written here; shares are rounded to whole millionths. ``kernel`` compiles these functions;
``query`` writes them as SQL; tests hold both to these.
"""

from __future__ import annotations

import math

from sinhthai.symbiosis.engine.matching.places import EARTH_CM

MILLION = 1_000_000
NEAR_M = 20_000.0
"""The distance at which nearness falls steeply [m]."""
UNKNOWN_FIT = (1.0 + 3.0 * 0.5) * 0.25
"""Nothing stated on both sides: as likely inside the limits as outside."""
DIAMETER_CM = 2.0 * EARTH_CM
HALF_PI = 1.5707963267948966
# arcsin(w) = w + w·z·P(z)/Q(z), z = w², |w| <= 1/2: the rational function of Sun's fdlibm
# (e_asin.c), good to the last bit; coefficients from the constant term up.
ASIN_P = (
    1.66666666666666657415e-01,
    -3.25565818622400915405e-01,
    2.01212532134862925881e-01,
    -4.00555345006794114027e-02,
    7.91534994289814532176e-04,
    3.47933107596021167570e-05,
)
ASIN_Q = (
    1.0,
    -2.40339491173441421878e00,
    2.02094576023350569471e00,
    -6.88283971605453293030e-01,
    7.70381505559019352791e-02,
)


def distance_m(chord2: int) -> int:
    """Return the great-circle distance [whole m] of a squared chord [cm²].

    Good to the metre, but for the last kilometres before the antipodes, where a chord hardly
    grows with its arc.

    >>> distance_m(0), distance_m(5_000_000**2)  # 50 km of chord: the Earth bends 0.13 m in it
    (0, 50000)
    >>> distance_m((2 * 637_100_880) ** 2)  # the antipodes
    20015114
    """
    sine = min(math.sqrt(chord2) / DIAMETER_CM, 1.0)
    close = sine <= 0.5
    z = sine * sine if close else (1.0 - sine) * 0.5
    w = sine if close else math.sqrt(z)
    p0, p1, p2, p3, p4, p5 = ASIN_P
    q0, q1, q2, q3, q4 = ASIN_Q
    p = p0 + z * (p1 + z * (p2 + z * (p3 + z * (p4 + z * p5))))
    q = q0 + z * (q1 + z * (q2 + z * (q3 + z * q4)))
    angle = w + w * (z * p / q)
    if not close:
        angle = HALF_PI - 2.0 * angle
    return math.floor(DIAMETER_CM * angle / 100.0 + 0.5)


def nearness(distance: int) -> float:
    """Return the nearness of two places *distance* metres apart: 1 at 0, 0.153 at 50 km.

    >>> nearness(0), round(nearness(50_000), 3)
    (1.0, 0.153)
    """
    share = NEAR_M / (distance + NEAR_M)
    return share * math.sqrt(share)


def credit(low: float, high: float, least: float, most: float) -> int:
    """Return the millionths of an offered range *low*..*high* inside the limits *least*..*most*.

    A range without an end that lies partly inside counts one half: how much of it is inside
    cannot be said.

    >>> credit(2.0, 4.0, 0.0, 5.0), credit(4.0, 8.0, 0.0, 5.0), credit(6.0, 6.0, 0.0, 5.0)
    (1000000, 250000, 0)
    >>> credit(-math.inf, 8.0, 0.0, 5.0)
    500000
    """
    if low >= least and high <= most:
        return MILLION
    if low > most or high < least:
        return 0
    width = high - low
    if not width < math.inf:
        return MILLION // 2
    return math.floor(MILLION * ((min(high, most) - max(low, least)) / width) + 0.5)


def moved(
    offered: float, needed: float, ratio: float, given_share: float, taken_share: float
) -> float:
    """Return what would move in a year [offer units].

    The lesser of what is offered and what is needed in the months both run, each spread evenly
    over its own months: nothing is kept in store from one season to the next. The shares are the
    months in common over the months each runs; *ratio* is the units of the need that one unit of
    the offer covers.

    >>> moved(100.0, 60.0, 1.0, 1.0, 1.0)
    60.0
    >>> moved(100.0, 100.0, 1.0, 6 / 6, 6 / 12)  # a harvest of six months, a need all the year
    50.0
    """
    given = offered * given_share
    taken = needed * taken_share
    return given if given * ratio <= taken else taken / ratio


def coverage(
    offered: float, needed: float, ratio: float, given_share: float, taken_share: float
) -> int:
    """Return the millionths of the need that what moves covers; arguments as of ``moved``.

    >>> coverage(100.0, 400.0, 2.0, 1.0, 1.0)
    500000
    """
    served = min(offered * given_share * ratio, needed * taken_share)
    return math.floor(1e6 * (served / needed) + 0.5)


def score(evidence: float, near: float, covered: int, season: float, quality: int) -> int:
    """Return the score [millionths].

    *evidence*, *near* and *season* are shares of 1, *covered* and *quality* millionths of it; a
    quality of -1 is unknown.

    >>> score(1.0, 1.0, 1_000_000, 1.0, 1_000_000), score(1.0, 1.0, 1_000_000, 1.0, -1)
    (1000000, 625000)
    """
    hand = (1.0 + 2.0 * (covered * 1e-6) + season) * 0.25
    fit = (1.0 + 3.0 * (quality * 1e-6)) * 0.25 if quality >= 0 else UNKNOWN_FIT
    return math.floor(1e6 * (evidence * near * hand * fit) + 0.5)


def yearly(quantity: float, gain: float, haul: float, road_km: float) -> float:
    """Return *quantity* times what a unit brings, less *haul* per unit and km of road.

    >>> yearly(10.0, 300_000.0, 2_000.0, 50.0)
    2000000.0
    """
    return quantity * (gain - haul * road_km) if quantity > 0.0 else 0.0
