"""Run a matching problem on the engine asked for; every engine returns the same rows."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from sinhthai.symbiosis.engine.matching.problem import RESULT_COLUMNS, Engine, Problem, check


def run(problem: Problem, engine: Engine = "compiled", *, spark_master: str = "") -> pa.Table:
    """Return the best partners of every offer (``RESULT_COLUMNS``)."""
    return pa.Table.from_batches(
        batches(problem, engine, spark_master=spark_master), RESULT_COLUMNS
    )


def batches(
    problem: Problem, engine: Engine = "compiled", *, spark_master: str = ""
) -> Iterator[pa.RecordBatch]:
    check(problem)
    if engine == "duckdb":
        from sinhthai.symbiosis.engine.matching import duck

        return duck.batches(problem)
    from sinhthai.symbiosis.engine.matching import compiled

    return compiled.batches(problem)
