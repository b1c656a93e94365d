"""Run a matching problem on the engine asked for; every engine returns the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pyarrow as pa

from sinhthai.symbiosis.engine.matching import duck
from sinhthai.symbiosis.engine.matching.problem import RESULT_COLUMNS, Engine, Problem, check


def run(problem: Problem, engine: Engine = "compiled", *, spark_master: str = "") -> pa.Table:
    """Return the best partners of every offer (``RESULT_COLUMNS``).

    Sorted by offer; within it those the law allows come first, best first, then the forbidden;
    ``rank`` counts through both. Where two are equal by ``problem.order`` and by score, the lower
    need row is first; a pair that several links join appears once, by its best.

    Parameters
    ----------
    problem
        Is checked first: ``ValueError`` says everything that is wrong with it.
    engine
        ``compiled`` (needs numba; where that is missing DuckDB does the same, slower), ``duckdb``
        or ``spark``. The rows are the same, bit for bit.
    spark_master
        Any address Spark knows; empty: all processors of this machine.

    Raises
    ------
    ValueError
        The problem breaks its contract.
    InputError
        Spark is not installed; or so many pairs would have to be looked at that it would take
        hours: told before it starts.
    """
    return pa.Table.from_batches(
        batches(problem, engine, spark_master=spark_master), RESULT_COLUMNS
    )


def batches(
    problem: Problem, engine: Engine = "compiled", *, spark_master: str = ""
) -> Iterator[pa.RecordBatch]:
    """Return the same a slice of the offers at a time, for results larger than the memory.

    All pairs are never held: the compiled engine keeps the best of each offer only, DuckDB holds
    the pairs of a slice, Spark spills to the disks of its workers.
    """
    if engine not in get_args(Engine):
        raise ValueError(f"engine is {engine!r}: it is one of {', '.join(get_args(Engine))}")
    check(problem)
    if engine == "spark":
        from sinhthai.symbiosis.engine.matching import spark

        return spark.batches(problem, spark_master)
    if engine == "compiled":
        try:
            from sinhthai.symbiosis.engine.matching import compiled
        except ImportError:  # no numba for this Python or processor
            return duck.batches(problem)
        return compiled.batches(problem)
    return duck.batches(problem)
