"""Matching as SQL: three statements in the words DuckDB and Spark have in common.

``score`` is the formula; here it is written once more, operation by operation, because a database
wants it as text. ``CAST('…' AS DOUBLE)`` because a bare 0.5 is a decimal number in both dialects,
and ``floor`` before every cast because one rounds and the other cuts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from sinhthai.symbiosis.engine.matching import problem as sound
from sinhthai.symbiosis.engine.matching.places import Ground, Side, chord_limit, lay_out
from sinhthai.symbiosis.engine.matching.problem import Order, Problem
from sinhthai.symbiosis.engine.matching.score import (
    ASIN_P,
    ASIN_Q,
    DIAMETER_CM,
    HALF_PI,
    MILLION,
    NEAR_M,
    UNKNOWN_FIT,
)

BEST_FIRST: Mapping[Order, str] = {
    "score": "score DESC",
    "value": "value DESC, score DESC",
    "co2": "co2 DESC, score DESC",
    "distance": "distance_m, score DESC",
}


def tables(problem: Problem) -> tuple[dict[str, pa.Table], Ground]:
    """Return the tables the statements read, by name, and where everything lies."""
    ground = lay_out(problem.offers, problem.needs, sound.radius_m(problem))
    offer_cell, need_cell = ground.pairs()
    limit = sound.reach(problem)
    links = problem.links
    return {
        "offer": _streams("offer", problem.offers, ground.offers),
        "need": _streams("need", problem.needs, ground.needs),
        "near": pa.table({"offer_cell": offer_cell, "need_cell": need_cell}),
        "link": links.select(
            ["link", "offer_key", "need_key", "ratio", "gain", "co2", "haul", "haul_co2"]
        )
        .append_column("forbidden", links["forbidden"])
        .append_column("evidence", pa.array(sound.evidence(problem)))
        .append_column("limit_m", pa.array(limit))
        .append_column("limit_chord2", pa.array(chord_limit(limit))),
        "offer_quality": problem.offer_qualities.rename_columns(["id", "parameter", "low", "high"]),
        "need_quality": problem.need_qualities.rename_columns(["id", "parameter", "low", "high"]),
    }, ground


def steps(problem: Problem) -> dict[str, str]:
    """Return the statements by the name of the table each makes; the last is the result."""
    return {
        "candidate": _candidates(problem.detour),
        "quality": _qualities(),
        "best": _best(problem.order, problem.top, several=_several(problem)),
    }


def _streams(name: str, table: pa.Table, side: Side) -> pa.Table:
    place = side.place
    columns = {axis: getattr(side, axis)[place] for axis in ("x", "y", "z")}
    return pa.table(
        {
            name: np.arange(table.num_rows, dtype=np.int32),
            "key": table["key"],
            "owner": table["owner"],
            "quantity": table["quantity"],
            "months": table["months"].cast(pa.int32()),
            "cell": side.cell[place],
            **columns,
        }
    )


def _number(value: float) -> str:
    return f"CAST('{value!r}' AS DOUBLE)"


def _polynomial(coefficients: Sequence[float], variable: str) -> str:
    """Return the polynomial by Horner's rule, the constant term first."""
    head, *rest = coefficients
    if not rest:
        return _number(head)
    return f"({_number(head)} + {variable} * {_polynomial(rest, variable)})"


def _millionths(share: str) -> str:
    """Return a share in whole millionths, as text of SQL."""
    return f"CAST(floor({_number(float(MILLION))} * ({share}) + {_number(0.5)}) AS INT)"


def _candidates(detour: float) -> str:
    """Pairs a link joins, and every part of the score but the quality.

    Only the squared chord is filtered by here, which lets through pairs a metre or two too far;
    the distance decides (``within``) when it is a column of a table: a filter on it here would be
    pushed down by Spark's optimiser, with the whole formula in each of its places.
    """
    one, two, quarter = (_number(number) for number in (1.0, 2.0, 0.25))
    half = _number(0.5)
    money, gas = (
        f"CASE WHEN quantity > {_number(0.0)} THEN quantity * ({gain} - {haul} * road_km)"
        f" ELSE {_number(0.0)} END"
        for gain, haul in (("gain", "haul"), ("co2", "haul_co2"))
    )
    return f"""
SELECT offer, need, link, forbidden, distance_m, distance_m <= limit_m AS within,
  in_common, quantity, coverage,
  evidence * (share * sqrt(share))
    * (({one} + {two} * (coverage * {_number(1e-6)}) + season) * {quarter}) AS base,
  {money} AS value, {gas} AS co2
FROM (
 SELECT *, CASE WHEN given * ratio <= taken THEN given ELSE taken / ratio END AS quantity,
   {_millionths("least(given * ratio, taken) / needed")} AS coverage,
   {_number(NEAR_M)} / (distance_m + {_number(NEAR_M)}) AS share,
   distance_m * {_number(detour)} / {_number(1000.0)} AS road_km
 FROM (
  SELECT *, offered * (in_common / offer_months) AS given, needed * season AS taken
  FROM (
   SELECT *, CAST(floor({_number(DIAMETER_CM)}
       * CASE WHEN close THEN angle ELSE {_number(HALF_PI)} - {two} * angle END
       / {_number(100.0)} + {half}) AS BIGINT) AS distance_m
   FROM (
    SELECT *, w + w * (z * {_polynomial(ASIN_P, "z")} / {_polynomial(ASIN_Q, "z")}) AS angle
    FROM (
     SELECT *, CASE WHEN close THEN sine ELSE sqrt(z) END AS w
     FROM (
      SELECT *, sine <= {half} AS close,
        CASE WHEN sine <= {half} THEN sine * sine ELSE ({one} - sine) * {half} END AS z
      FROM (
       SELECT *, least(sqrt(CAST(chord2 AS DOUBLE)) / {_number(DIAMETER_CM)}, {one}) AS sine
       FROM (
        SELECT offer.offer, need.need, link.link, link.forbidden, link.evidence, link.ratio,
          link.gain, link.co2, link.haul, link.haul_co2, link.limit_m, link.limit_chord2,
          offer.quantity AS offered, need.quantity AS needed,
          CAST(bit_count(offer.months & need.months) AS DOUBLE) AS in_common,
          CAST(bit_count(offer.months) AS DOUBLE) AS offer_months,
          CAST(bit_count(offer.months & need.months) AS DOUBLE)
            / CAST(bit_count(need.months) AS DOUBLE) AS season,
          (offer.x - need.x) * (offer.x - need.x) + (offer.y - need.y) * (offer.y - need.y)
            + (offer.z - need.z) * (offer.z - need.z) AS chord2
        FROM offer
        JOIN near ON near.offer_cell = offer.cell
        JOIN link ON link.offer_key = offer.key
        JOIN need ON need.cell = near.need_cell AND need.key = link.need_key
        WHERE offer.owner <> need.owner
       ) AS joined WHERE chord2 <= limit_chord2
      ) AS chords
     ) AS halves
    ) AS roots
   ) AS angles
  ) AS distances
 ) AS flows
) AS parts
"""


def _qualities() -> str:
    """The mean credit of the parameters both sides of a candidate state.

    A pair joined by several links counts its credits as often above as below the line.
    """
    inside = _millionths("(least(offered.high, asked.high) - greatest(offered.low, asked.low))"
                         " / (offered.high - offered.low)")  # fmt: skip
    return f"""
SELECT offer, need,
  CAST(floor(CAST(sum(credit) AS DOUBLE) / CAST(count(*) AS DOUBLE) + {_number(0.5)}) AS INT)
    AS quality
FROM (
 SELECT candidate.offer, candidate.need,
   CASE WHEN offered.low >= asked.low AND offered.high <= asked.high THEN {MILLION}
        WHEN offered.low > asked.high OR offered.high < asked.low THEN 0
        WHEN NOT offered.high - offered.low < CAST('Infinity' AS DOUBLE) THEN {MILLION // 2}
        ELSE {inside} END AS credit
 FROM candidate
 JOIN offer_quality AS offered ON offered.id = candidate.offer
 JOIN need_quality AS asked
   ON asked.id = candidate.need AND asked.parameter = offered.parameter
) AS credits
GROUP BY offer, need
"""


def _several(problem: Problem) -> bool:
    """Return whether any two keys are joined by more than one link."""
    offer_key, need_key = (
        problem.links[name].to_numpy().astype(np.int64) for name in ("offer_key", "need_key")
    )
    joined = offer_key * sound.MOST_KEYS + need_key
    return len(np.unique(joined)) < len(joined)


def _best(order: Order, top: int, *, several: bool) -> str:
    """The best link of every pair, then the best partners among the allowed and the forbidden."""
    best_first = BEST_FIRST[order]
    one, three, quarter = (_number(number) for number in (1.0, 3.0, 0.25))
    known = f"({one} + {three} * (quality * {_number(1e-6)})) * {quarter}"
    points = f"base * coalesce({known}, {_number(UNKNOWN_FIT)})"
    pairs = f"""
   SELECT candidate.*, quality.quality, {_millionths(points)} AS score
   FROM candidate
   LEFT JOIN quality ON quality.offer = candidate.offer AND quality.need = candidate.need
   WHERE candidate.within"""
    if several:  # sorting every pair once more is worth it only then
        pairs = f"""
  SELECT * FROM (
   SELECT *, row_number() OVER (
     PARTITION BY offer, need ORDER BY forbidden, {best_first}, link) AS choice
   FROM ({pairs}
   ) AS scored
  ) AS chosen WHERE choice = 1"""
    return f"""
SELECT offer, need, link,
  CAST(row_number() OVER (PARTITION BY offer ORDER BY forbidden, spot) AS INT) AS rank,
  score, CAST(distance_m AS INT) AS distance_m, coverage, quality,
  CAST(in_common AS INT) AS season, quantity, value, co2
FROM (
 SELECT *, row_number() OVER (
   PARTITION BY offer, forbidden ORDER BY {best_first}, need) AS spot
 FROM ({pairs}
 ) AS pairs
) AS ranked WHERE spot <= {top}
ORDER BY offer, rank
"""
