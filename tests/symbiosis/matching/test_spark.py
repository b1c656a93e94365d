"""The same statements on a cluster of two workers give the same rows, bit for bit.

Runs where `make spark` was run and Java is installed; elsewhere it is skipped and says so. The
cluster is Spark's own: a master and two workers as separate processes on this machine. The session
lives in a process of its own, so that its threads, sockets and warnings are not the suite's.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.symbiosis.engine.matching.problem import RESULT_COLUMNS, Problem
from sinhthai.symbiosis.engine.matching.run import run
from tests.symbiosis.matching.cases import link, problem, stream
from tests.symbiosis.matching.test_engines import crowd

MASTER = "local-cluster[2,1,1024]"
_MISSING = (
    "Apache Spark is not installed (make spark)"
    if importlib.util.find_spec("pyspark") is None
    else "Java is not installed (apt install default-jre-headless)"
    if shutil.which("java") is None
    else ""
)
_CHILD = """
import sys
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from sinhthai.symbiosis.engine.matching.run import run
from tests.symbiosis.matching.test_spark import cases
from pathlib import Path
session = SparkSession.builder.master(sys.argv[1]).config("spark.ui.enabled", "false").getOrCreate()
for number, case in enumerate(cases()):
    pq.write_table(run(case, "spark", spark_master=sys.argv[1]), Path(sys.argv[2]) / f"{number}")
assert session.sparkContext.master == sys.argv[1]  # a session that was there is left running
session.stop()
"""


def cases() -> list[Problem]:
    """Return problems with every rule in play: shared places, qualities, several links, bans."""
    everywhere = [(90.0, 0.0), (-89.9999, 3.0), (0.0, 179.99), (0.0, -179.99), (21.0, 105.8)]
    needs = [stream(owner=o, at=at) for o, at in enumerate(everywhere, 2)]
    return [
        crowd(1_500, top=3),
        problem(
            [stream(owner=1, at=at) for at in everywhere],
            needs,
            [link()],
            within_m=0,
            order="value",
        ),
        problem([], needs, [link()]),
    ]


@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
def test_two_workers_give_the_rows_of_the_other_engines(tmp_path: Path) -> None:
    (tmp_path / "spark-defaults.conf").write_text("spark.sql.shuffle.partitions 2\n")
    # Workers write what their executors print under SPARK_HOME: here a folder of links to it.
    home = tmp_path / "home"
    home.mkdir()
    for entry in Path(importlib.util.find_spec("pyspark").origin).parent.iterdir():  # type: ignore[union-attr, arg-type]
        (home / entry.name).symlink_to(entry)
    settings = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_CONF_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, MASTER, str(tmp_path)],
        env=os.environ | settings | {"SPARK_HOME": str(home)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    for number, case in enumerate(cases()):
        spark = pq.read_table(tmp_path / f"{number}").cast(RESULT_COLUMNS)
        assert spark.to_pylist() == run(case, "duckdb").to_pylist()
        assert spark.equals(run(case))
    assert spark.num_rows == 0  # the last, of no offers


def test_without_spark_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(InputError, match=r"Java 17 is not installed.*Run `make spark`"):
        run(problem([stream()], [stream(owner=1)], [link()]), "spark")


def test_the_case_on_the_cluster_is_worth_it() -> None:
    """The rows compared are not a handful, and have qualities, bans and several links."""
    first = cases()[0]
    result: pa.Table = run(first)
    assert result.num_rows > 4_000
    assert 0 < result["quality"].null_count < result.num_rows
    assert any(first.links.take(result["link"].unique())["forbidden"].to_pylist())
