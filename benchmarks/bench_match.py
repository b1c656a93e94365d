"""Who can use whose stream: a nation and a continent, by every engine and by bare joins.

    python benchmarks/bench_match.py [--quick] [--spark]

An invented nation (20,000 enterprises with 10 offers and 10 needs each in 436 parks, 800 codes of
5 links, 50 km), then 250,000 enterprises with 5 million streams. Each contestant runs in a process
of its own on the same tables, read from files, so that its peak memory is its own; the best of
three runs counts. The engines find the pairs, score them and rank the ten best of every offer; the
peers (match_peers.py) only find the pairs: their count must be the engines'.

Aims on two cores: the nation ahead of the bare joins of Polars and DuckDB, 20 times ahead of
pandas; the continent under 10 s and 2 GB.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc

AIM_PANDAS = 20.0
AIM_SECONDS = 10.0
AIM_MEGABYTES = 2_048.0
REPEAT = 3
TABLES = ("offers", "needs", "links", "offer_qualities", "need_qualities")
ENGINES = {"compiled": "compiled kernel", "duckdb": "DuckDB", "spark": "Spark, local[*]"}
PEERS = {
    "polars": "bare Polars join",
    "duck_join": "bare DuckDB join",
    "pandas": "pandas, the right key",
    "plain": "pandas, code then distance",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a twentieth of the size, one run")
    parser.add_argument("--spark", action="store_true", help="also Spark on this machine")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(_step(given.step, given.folder, 1 if given.quick else REPEAT)))
        return 0
    with tempfile.TemporaryDirectory(prefix="sinhthai-bench-") as folder:
        for name in ("nation", "continent"):
            _child("generate", Path(folder) / name, given.quick)
        nation = Path(folder) / "nation"
        engines = [name for name in ENGINES if name != "spark" or given.spark]
        runs = {name: _child(name, nation, given.quick) for name in (*engines, *PEERS)}
        pairs = _child("pairs", nation, given.quick)
        continent = _child("continent", Path(folder) / "continent", given.quick)
    return _report(runs, engines, pairs, continent)


def _child(step: str, folder: Path, quick: bool) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, "--folder", folder, *["--quick"] * quick],
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _step(step: str, folder: Path, repeat: int) -> dict[str, Any]:
    if step == "generate":
        return _generate(folder, quick=repeat == 1)
    problem = _read(folder)
    if step == "pairs":
        return _count_pairs(problem)
    if step == "continent":
        return _timed(lambda: _stream(problem), 1)
    if step in ENGINES:
        return _engine(problem, step, repeat)
    import match_peers as peers

    plain = peers.tables_of(problem, paired=False) if step == "plain" else None
    count: Callable[[], int] = {
        "polars": lambda: peers.pairs_by_polars(peers.tables_of(problem)),
        "duck_join": lambda: peers.pairs_by_duckdb(peers.tables_of(problem)),
        "pandas": lambda: peers.pairs_by_pandas(peers.tables_of(problem)),
        "plain": lambda: peers.pairs_by_plain_pandas(plain, problem.within_m),
    }[step]
    scale = peers.SAMPLE if step == "plain" else 1
    found = _timed(lambda: {"pairs": count()}, repeat)
    return found | {"seconds": found["seconds"] * scale}


def _generate(folder: Path, *, quick: bool) -> dict[str, Any]:
    """Write the tables of a nation, or a continent, for the others to read."""
    from symbiosis_nation import INTERNATIONAL, Nation, nation

    size = INTERNATIONAL if folder.name == "continent" else Nation()
    if quick:
        size = dataclasses.replace(
            size,
            enterprises=size.enterprises // 20,
            parks=size.parks // 20,
            cities=max(3, size.cities // 20),
        )
    problem = nation(size)
    folder.mkdir()
    for name in TABLES:
        table = getattr(problem, name)
        with pa.ipc.new_file(folder / f"{name}.arrow", table.schema) as file:
            file.write_table(table)
    return {}


def _read(folder: Path) -> Any:
    from sinhthai.symbiosis.engine.matching.problem import Problem

    tables = []
    for name in TABLES:
        with pa.ipc.open_file(folder / f"{name}.arrow") as file:
            tables.append(file.read_all().combine_chunks())
    return Problem(*tables)


def _engine(problem: Any, engine: Any, repeat: int) -> dict[str, Any]:
    """Time an engine; the digest of its rows is taken outside the clock."""
    from sinhthai.symbiosis.engine.matching.run import run

    found = _timed(lambda: {"rows": run(problem, engine).num_rows}, repeat)
    digest = hashlib.sha256()
    for column in run(problem, engine).columns:
        digest.update(column.fill_null(-1).combine_chunks().buffers()[1])
    return found | {"digest": digest.hexdigest()}


def _stream(problem: Any) -> dict[str, Any]:
    """Take the result a slice at a time, as a file is written, and keep nothing."""
    from sinhthai.symbiosis.engine.matching.run import batches

    rows = sum(batch.num_rows for batch in batches(problem))
    return {"rows": rows, "streams": problem.offers.num_rows + problem.needs.num_rows}


def _count_pairs(problem: Any) -> dict[str, Any]:
    """Return how many pairs the engine sees: every partner of every offer, none cut off."""
    from sinhthai.symbiosis.engine.matching.run import batches

    top = 5_000
    everything = dataclasses.replace(problem, top=top)
    rows = 0
    for batch in batches(everything):
        rows += batch.num_rows
        assert not batch.num_rows or max(batch["rank"].to_pylist()) < top
    return {"pairs": rows}


def _timed(work: Callable[[], dict[str, Any]], repeat: int) -> dict[str, Any]:
    times = []
    for _ in range(1 + (repeat > 1) + repeat):
        start = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found | {"seconds": min(times), "first": times[0], "megabytes": peak}


def _report(
    runs: dict[str, Any], engines: list[str], pairs: dict[str, Any], continent: dict[str, Any]
) -> int:
    best = runs["compiled"]["seconds"]
    print(f"nation: {pairs['pairs']:,} pairs, {runs['compiled']['rows']:,} ranked")
    for name, words in (ENGINES | PEERS).items():
        if name in runs:
            run = runs[name]
            does = "pairs, scores, ten best" if name in engines else "pairs only"
            print(
                f"  {words:28} {run['seconds']:8.2f} s  {run['megabytes']:6.0f} MB"
                f"  {run['seconds'] / best:7.1f} x  {does}"
            )
    same = len({runs[name]["digest"] for name in engines}) == 1
    counted = {runs[name]["pairs"] for name in PEERS if name != "plain"} == {pairs["pairs"]}
    print(f"  same rows from {', '.join(engines)}: {same}; same pairs as the joins: {counted}")
    print(f"  compiled, first run of a process: {runs['compiled']['first']:.2f} s")
    print(
        f"continent: {continent['streams']:,} streams, {continent['rows']:,} ranked in"
        f" {continent['seconds']:.1f} s, {continent['megabytes']:.0f} MB"
        f" (aims {AIM_SECONDS:.0f} s, {AIM_MEGABYTES:.0f} MB)"
    )
    ahead = min(runs["polars"]["seconds"], runs["duck_join"]["seconds"]) / best
    pandas = min(runs["pandas"]["seconds"], runs["plain"]["seconds"]) / best
    print(
        f"ahead of the faster bare join: {ahead:.1f} x (aim 1); of pandas: {pandas:.1f} x (aim 20)"
    )
    return 0 if same and counted else 1


if __name__ == "__main__":
    sys.exit(main())
