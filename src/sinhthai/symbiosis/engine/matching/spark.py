"""Matching on Apache Spark: the statements of ``query``, word for word.

An extra (`make spark`; Java 17). The master may be any address Spark knows: ``local[*]``,
``spark://host:7077``, ``k8s://…``; more is told by ``spark-defaults.conf`` as anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from sinhthai.foundation.problems import InputError
from sinhthai.foundation.problems import Problem as Fault
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.matching import query
from sinhthai.symbiosis.engine.matching.problem import RESULT_COLUMNS, Problem

DEFAULT_MASTER = "local[*]"


def batches(problem: Problem, master: str = "") -> Iterator[pa.RecordBatch]:
    """Return the result (``RESULT_COLUMNS``), offers ascending.

    A session that is already active is used as it is, and left running.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise InputError([_missing()]) from None
    builder = (
        SparkSession.builder.master(master or DEFAULT_MASTER)
        .appName("sinhthai match")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
    )
    lent = SparkSession.getActiveSession()
    try:
        session = builder.getOrCreate()
    except PySparkRuntimeError:  # no Java, or one too old
        raise InputError([_missing()]) from None
    tables, _ = query.tables(problem)
    for name, table in tables.items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    steps = query.steps(problem)
    candidates = session.sql(steps["candidate"]).persist()  # read twice
    try:
        candidates.createOrReplaceTempView("candidate")
        session.sql(steps["quality"]).createOrReplaceTempView("quality")
        yield from session.sql(steps["best"]).toArrow().cast(RESULT_COLUMNS).to_batches()
    finally:
        candidates.unpersist()
        if lent is None:
            session.stop()


def _missing() -> Fault:
    return Fault(
        "spark-missing",
        Text(
            vi="Máy này chưa có Apache Spark hoặc Java 17.",
            en="Apache Spark or Java 17 is not installed on this machine.",
        ),
        Text(
            vi="Chạy `make spark` và cài Java 17, hoặc bỏ `--engine spark`: kết quả như nhau.",
            en="Run `make spark` and install Java 17, or leave out `--engine spark`: the rows are"
            " the same.",
        ),
    )
