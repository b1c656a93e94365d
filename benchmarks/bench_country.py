"""The whole country: all frameworks for all parks and years, from the store to the findings.

    python benchmarks/bench_country.py [--parks 436] [--enterprises 20000] [--years 5] [--store DIR]

Generates the country in a temporary store (or uses the one in DIR), then, each in a process of
its own, so that the peak memory is that of the step alone:

store to findings   read the records and the roster, merge them into fact tables, assess
plain scan          the same rows out of the store and one DuckDB pass over the same values
shares              only the shares of enterprises, out of the same fact tables: by the engine,
                    by pandas groupby, park by park with pandas (a sample of parks, scaled up),
                    and by a Python loop over plain dictionaries; all must agree

Aims on two cores: under 3 s and 1.5 GB, within 5 times the scan, 20 times ahead of the loop.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

AIM_SECONDS = 3.0
AIM_MEGABYTES = 1536.0
AIM_SCAN = 5.0
AIM_LOOP = 20.0
REPEAT = 3
SAMPLE = 20  # parks the slow loop is timed on


_PEERS = {
    "pandas": "pandas groupby",
    "parks": "park by park with pandas",
    "loop": "loop over dictionaries",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parks", type=int, default=436)
    parser.add_argument("--enterprises", type=int, default=20_000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--store", type=Path, help="folder of a store that is already generated")
    parser.add_argument("--step", choices=("findings", "scan", "shares"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinhthai.site.settings")
    years = list(range(2026 - given.years, 2026))
    if given.step:
        print(json.dumps({"findings": findings, "scan": scan, "shares": shares}[given.step](years)))
        return 0
    with tempfile.TemporaryDirectory(prefix="sinhthai-bench-") as folder:
        home = given.store or Path(folder)
        if given.store is None:
            _generate(home, given)
        runs = {step: _child(home, step, given.years) for step in ("findings", "scan", "shares")}
    return _report(given, runs)


def _generate(home: Path, given: argparse.Namespace) -> None:
    start = time.perf_counter()
    command = "from sinhthai.site.cli import main; main()"
    sizes = ["--parks", given.parks, "--enterprises", given.enterprises, "--years", given.years]
    subprocess.run(
        [sys.executable, "-c", command, "generate", *map(str, sizes)],
        env=os.environ | {"SINHTHAI_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    print(f"generated in {time.perf_counter() - start:.1f} s")


def _child(home: Path, step: str, years: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, "--years", str(years)],
        env=os.environ | {"SINHTHAI_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _report(given: argparse.Namespace, runs: dict[str, dict[str, Any]]) -> int:
    found, scanned, share = runs["findings"], runs["scan"], runs["shares"]
    print(
        f"{given.parks} parks, {given.enterprises} enterprises, {given.years} years, "
        f"{found['frameworks']} frameworks: {found['findings']} findings"
    )
    for name, seconds in found["steps"].items():
        print(f"  {name:<34}{seconds:8.2f} s")
    print(f"  processor time of these steps     {found['processor']:8.2f} s")
    print(f"  plain scan of the same values     {scanned['seconds']:8.2f} s")
    print(f"  shares by the engine              {share['engine']:8.2f} s ({share['count']} shares)")
    print(f"  shares by pandas groupby          {share['pandas']:8.2f} s")
    print(
        f"  shares park by park with pandas   {share['parks']:8.2f} s "
        f"(scaled up from {share['sampled']} parks)"
    )
    print(f"  shares by a loop over dictionaries{share['loop']:8.2f} s")
    print(f"  all agree on                      {share['agree']} of {share['count']} shares")
    for name in ("pandas", "parks", "loop"):
        ratio = share[name] / share["engine"]
        print(f"  {_PEERS[name]:<34}{ratio:8.1f} times the engine")
    ratio_scan = found["seconds"] / scanned["seconds"]
    ratio_loop = share["parks"] / share["engine"]
    aims = (
        ("store to findings, s", found["seconds"], found["seconds"] < AIM_SECONDS, AIM_SECONDS),
        ("peak memory, MB", found["peak"], found["peak"] < AIM_MEGABYTES, AIM_MEGABYTES),
        ("times the plain scan", ratio_scan, ratio_scan < AIM_SCAN, AIM_SCAN),
        ("ahead of park by park", ratio_loop, ratio_loop > AIM_LOOP, AIM_LOOP),
    )
    for name, value, reached, aim in aims:
        print(f"{name:<26}{value:10.2f}   aim {aim:g}: {'reached' if reached else 'NOT REACHED'}")
    return 0 if share["agree"] == share["count"] else 1


def findings(years: list[int]) -> dict[str, Any]:
    """Time the way from the store to the findings; the best of three, step by step."""
    import django

    django.setup()
    import datetime as dt

    from sinhthai.assessment.engine.assess import Asked, assess_family
    from sinhthai.assessment.readers import items_needed, years_needed
    from sinhthai.registry.models import Park
    from sinhthai.reporting.engine.facts import build_facts
    from sinhthai.reporting.readers import read_records, read_roster
    from sinhthai.rules.bundle import load_bundle

    bundle = load_bundle()
    frameworks = [f for f in bundle.frameworks if f.subject == "park"]
    best: dict[str, float] = {}
    total, processor, count = float("inf"), 0.0, 0
    for _ in range(REPEAT):
        steps: dict[str, float] = {}
        start = last = time.perf_counter()
        busy = time.process_time()

        def done(name: str) -> None:
            nonlocal last
            now = time.perf_counter()
            steps[name] = now - last  # noqa: B023
            last = now

        parks = list(Park.objects.values_list("code", flat=True))
        records = read_records()
        done("read the records")
        wanted = years_needed(frameworks, years)
        roster = read_roster(None, wanted)
        done("read the roster")
        facts = build_facts(records, roster, wanted, items_needed(bundle, frameworks))
        done("merge into fact tables")
        asked = [Asked(park, dt.date(year, 12, 31), year) for year in years for park in parks]
        count = 0
        for family in dict.fromkeys(f.family for f in frameworks):
            count += assess_family(bundle, family, facts, asked).findings.num_rows
        done("assess")
        if last - start < total:
            total, best = last - start, steps
            processor = time.process_time() - busy
    return {
        "seconds": total,
        "processor": processor,
        "steps": best,
        "findings": count,
        "frameworks": len(frameworks),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def scan(years: list[int]) -> dict[str, Any]:
    """Time the same rows out of the store and one DuckDB pass over the same values."""
    import django

    django.setup()
    import duckdb

    from sinhthai.assessment.readers import items_needed
    from sinhthai.reporting.readers import read_records
    from sinhthai.rules.bundle import load_bundle

    bundle = load_bundle()
    frameworks = [f for f in bundle.frameworks if f.subject == "park"]
    codes = [item.code for item in items_needed(bundle, frameworks)]
    shape = json.dumps(dict.fromkeys(codes, "VARCHAR"))
    counted = ", ".join(f'count(v."{code}")' for code in codes)
    seconds = []
    for _ in range(REPEAT):
        start = time.perf_counter()
        records = read_records()
        connection = duckdb.connect()
        connection.register("records", records)
        connection.sql(
            f"SELECT park, year, {counted} FROM "
            f"(SELECT park, year, from_json(\"values\", '{shape}') AS v FROM records) "
            "GROUP BY park, year"
        ).to_arrow_table()
        seconds.append(time.perf_counter() - start)
    return {"seconds": min(seconds)}


def shares(years: list[int]) -> dict[str, Any]:
    """Time the shares of enterprises three ways over the same fact tables, and compare."""
    import django

    django.setup()
    import dataclasses
    import datetime as dt

    from country_peers import by_loop, by_pandas, by_park
    from sinhthai.assessment.engine.assess import Asked, assess
    from sinhthai.assessment.readers import items_needed
    from sinhthai.registry.models import Park
    from sinhthai.reporting.engine.facts import build_facts
    from sinhthai.reporting.readers import read_records, read_roster
    from sinhthai.rules.bundle import load_bundle

    bundle = load_bundle()
    frameworks = [f for f in bundle.frameworks if f.subject == "park" and f.valid_until is None]
    items = items_needed(bundle, frameworks)
    facts = build_facts(read_records(), read_roster(None, years), years, items)
    parks = list(Park.objects.values_list("code", flat=True))
    asked = [Asked(park, dt.date(2025, 12, 31), year) for year in years for park in parks]
    readings = bundle.defaults()
    chosen = [
        dataclasses.replace(
            framework,
            leaves=tuple(x for x in framework.leaves if x.kind == "share" and x.years == 1),
        )
        for framework in frameworks
    ]
    chosen = [framework for framework in chosen if framework.leaves]
    leaves = {leaf.id: leaf for framework in chosen for leaf in framework.leaves}

    engine_seconds, pandas_seconds = [], []
    for _ in range(REPEAT):
        start = time.perf_counter()
        tables = [assess(framework, facts, asked, readings, bundle.items) for framework in chosen]
        engine_seconds.append(time.perf_counter() - start)
    for _ in range(REPEAT):
        start = time.perf_counter()
        pandas_found = by_pandas(facts.enterprise, leaves.values(), readings)
        pandas_seconds.append(time.perf_counter() - start)
    start = time.perf_counter()
    loop_found = by_loop(facts.enterprise, leaves.values(), readings)
    loop_seconds = time.perf_counter() - start

    sample = parks[:: max(1, len(parks) // SAMPLE)]
    start = time.perf_counter()
    park_found = by_park(facts.enterprise, leaves.values(), readings, sample)
    park_seconds = (time.perf_counter() - start) * len(parks) / len(sample)

    agree = count = 0
    for table in tables:
        for row in table.select(["subject", "year", "leaf", "lower", "upper"]).to_pylist():
            key = row["subject"], row["year"], row["leaf"]
            expected = loop_found.get(key)
            if expected is None or pandas_found.get(key) is None:
                continue  # a park without enterprises that year: nothing to count
            count += 1
            said = _rounded((row["lower"], row["upper"]))
            alike = said == _rounded(expected) == _rounded(pandas_found[key])
            agree += alike and said == _rounded(park_found.get(key, expected))
    return {
        "engine": min(engine_seconds),
        "pandas": min(pandas_seconds),
        "parks": park_seconds,
        "sampled": len(sample),
        "loop": loop_seconds,
        "agree": agree,
        "count": count,
    }


def _rounded(bounds: tuple[float | None, float | None]) -> tuple[float | None, ...]:
    return tuple(None if bound is None else round(bound, 9) for bound in bounds)


if __name__ == "__main__":
    sys.exit(main())
