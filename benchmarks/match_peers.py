"""The peers of bench_match: only the pairs, by the bare joins of Polars, DuckDB and pandas.

They are given the best key there is: places (parks) within the radius are paired first, in NumPy,
then the codes. ``plain`` is what one writes without that thought: join by code, then filter by
distance. Nothing is scored, nothing is ranked.
"""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from sinhthai.symbiosis.engine.matching.places import earth_centred
from sinhthai.symbiosis.engine.matching.problem import Problem
from sinhthai.symbiosis.engine.matching.score import distance_m

SAMPLE = 10  # one offer in so many goes the plain way


Tables = tuple[pa.Table, pa.Table, pa.Table, pa.Table]


def pairs_by_polars(tables: Tables) -> int:
    offers, needs, links, near = (pl.from_arrow(table) for table in tables)
    found = (
        offers.lazy()
        .join(near.lazy(), left_on="place", right_on="from")
        .join(links.lazy(), left_on="key", right_on="offer_key")
        .join(needs.lazy(), left_on=["to", "need_key"], right_on=["place", "key"])
        .filter(pl.col("owner") != pl.col("owner_right"))
        .select("offer", "need")
        .collect()
    )
    return found.height


def pairs_by_duckdb(tables: Tables) -> int:
    with duckdb.connect() as database:
        for name, table in zip(("o", "n", "l", "near"), tables, strict=True):
            database.register(name, table)
        return (
            database.sql(
                'SELECT offer, need FROM o JOIN near ON near."from" = o.place'
                " JOIN l ON l.offer_key = o.key"
                ' JOIN n ON n.place = near."to" AND n.key = l.need_key WHERE o.owner <> n.owner'
            )
            .to_arrow_table()
            .num_rows
        )


def pairs_by_pandas(tables: Tables) -> int:
    offers, needs, links, near = (table.to_pandas() for table in tables)
    found = (
        offers.merge(near, left_on="place", right_on="from")
        .merge(links, left_on="key", right_on="offer_key")
        .merge(needs, left_on=["to", "need_key"], right_on=["place", "key"])
    )
    return len(found.loc[found["owner_x"] != found["owner_y"], ["offer", "need"]])


def pairs_by_plain_pandas(tables: Tables, within_m: int) -> int:
    """Return the pairs of every tenth offer, by code first."""
    offers, needs, links, _ = (table.to_pandas() for table in tables)
    limit = _chord2(within_m)
    sample = offers.iloc[::SAMPLE]
    count = 0
    for start in range(0, len(sample), 2_000):
        found = (
            sample.iloc[start : start + 2_000]
            .merge(links, left_on="key", right_on="offer_key")
            .merge(needs, left_on="need_key", right_on="key")
        )
        chord2 = sum((found[f"{axis}_x"] - found[f"{axis}_y"]) ** 2 for axis in "abc")
        count += int(((chord2 <= limit) & (found["owner_x"] != found["owner_y"])).sum())
    return count


def _chord2(metres: int) -> int:
    """Return the greatest squared chord [cm²] whose distance rounds to *metres* or less."""
    low, high = 0, (metres * 100 + 1_000) ** 2
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if distance_m(middle) <= metres else (low, middle - 1)
    return low


def tables_of(problem: Problem, *, paired: bool = True) -> Tables:
    """Return offers, needs, links and the pairs of places within the radius."""
    frames = [table.to_pandas() for table in (problem.offers, problem.needs)]
    both = pd.concat(frames)
    number = both.groupby(["lat", "lon"], sort=False).ngroup().to_numpy(np.int32)
    places = both.drop_duplicates(["lat", "lon"])
    axes = np.stack(earth_centred(places["lat"].to_numpy(), places["lon"].to_numpy()))
    sides = []
    for name, frame, place in zip(
        ("offer", "need"), frames, np.split(number, [len(frames[0])]), strict=True
    ):
        columns = {
            name: np.arange(len(frame), dtype=np.int32),
            "key": frame["key"].to_numpy(),
            "owner": frame["owner"].to_numpy(),
        }
        if paired:
            columns["place"] = place
        else:
            columns |= {axis: axes[at][place] for at, axis in enumerate("abc")}
        sides.append(pa.table(columns))
    chord2 = sum((axis[:, None] - axis[None, :]) ** 2 for axis in axes)
    start, end = np.nonzero(chord2 <= _chord2(problem.within_m))
    near = pa.table({"from": start.astype(np.int32), "to": end.astype(np.int32)})
    return sides[0], sides[1], problem.links.select(["offer_key", "need_key"]), near
