"""Matching in DuckDB, a slice of the offers at a time so that no more than some pairs exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa

from sinhthai.symbiosis.engine.matching import query
from sinhthai.symbiosis.engine.matching.problem import RESULT_COLUMNS, Problem
from sinhthai.symbiosis.engine.matching.work import pairs_by_offer

MOST_PAIRS = 2e9  # about an hour
PAIRS_AT_A_TIME = 4_000_000  # pairs looked at in one slice: some 500 MB of intermediate rows


def batches(problem: Problem) -> Iterator[pa.RecordBatch]:
    """Return the result (``RESULT_COLUMNS``), offers ascending."""
    tables, ground = query.tables(problem)
    offers = tables.pop("offer")
    steps = query.steps(problem)
    expected = np.cumsum(pairs_by_offer(problem, ground, MOST_PAIRS))
    slices = (expected // PAIRS_AT_A_TIME).astype(np.int64)
    starts = np.concatenate((np.flatnonzero(np.diff(slices, prepend=-1)), [offers.num_rows]))
    with duckdb.connect() as database:
        for name, table in tables.items():
            database.register("given", table)
            database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        for first, last in pairwise(starts):
            database.register("offer", offers.slice(first, last - first))
            *made, (_, final) = steps.items()
            for name, text in made:
                database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {text}")
            yield from database.sql(final).to_arrow_table().cast(RESULT_COLUMNS).to_batches()
