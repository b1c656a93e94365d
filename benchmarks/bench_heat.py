"""Heat targets: many streams at once, and every enterprise of every park.

    python benchmarks/bench_heat.py [--openpinch PYTHON]

bare table    the problem table in plain vectorised NumPy, as one would write it in a notebook
ours          ``targets_of_groups`` on the same arrays; utilities and pinch must agree
country       20,000 enterprises of 20 streams each, in one call
OpenPinch     direct targets of the same streams, in its own interpreter (it needs Python 3.12):
              the one named here or in SINHTHAI_OPENPINCH_PYTHON, else any on the path that can
              import it; where there is none, that is said and not counted

Aims on two cores: 3 times ahead of the bare table; the country under 3 s; 1,000 times ahead of
OpenPinch at 1,000 streams, with the same targets.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from sinhthai.symbiosis.engine.heat.batch import targets_of_groups
from sinhthai.symbiosis.engine.heat.placement import place_utilities
from sinhthai.symbiosis.engine.heat.report import targets
from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
from sinhthai.symbiosis.engine.heat.utility import Utility

SIZES = (50, 200, 1_000, 10_000)
PEER_SIZES = (50, 200, 1_000)
ENTERPRISES, STREAMS_EACH = 20_000, 20
AIM_TABLE, AIM_COUNTRY, AIM_PEER = 3.0, 3.0, 1_000.0
LEAST = 10.0
SEED = 20260101
PEER_SECONDS = 1_200
UTILITIES = (Utility("HU", "hot", 600.0, 599.0), Utility("CU", "cold", -60.0, -59.0))

Streams = tuple[np.ndarray, np.ndarray, np.ndarray]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--openpinch", default="", help="an interpreter that has OpenPinch")
    given = parser.parse_args()
    warm = shifted(*streams(2_000, 1))
    targets_of_groups(*warm, np.arange(0, 2_001, 20))  # compiled once, as after an installation
    targets_of_groups(*warm, np.array([0, 2_000]))
    met = [single(), country(), peer(given.openpinch)]
    return 0 if all(met) else 1


def single() -> bool:
    """Time one problem of each size."""
    print(f"{'streams':>10}  {'bare table':>12}  {'ours':>12}  {'ahead':>7}")
    ratios = []
    for count in SIZES:
        ends = shifted(*streams(count, SEED))
        starts = np.array([0, count])
        plain = best(partial(bare_table, *ends))
        ours = best(partial(targets_of_groups, *ends, starts))
        found, other = targets_of_groups(*ends, starts), bare_table(*ends)
        agree((found.hot[0], found.cold[0], found.pinch[0]), other)
        ratios.append(plain / ours)
        print(f"{count:>10,}  {plain * 1e6:>9.1f} us  {ours * 1e6:>9.1f} us  {ratios[-1]:>6.1f}x")
    return report("least ratio to the bare table", min(ratios), AIM_TABLE)


def country() -> bool:
    """Time every enterprise of the country, against the bare table one by one."""
    ends = shifted(*streams(ENTERPRISES * STREAMS_EACH, SEED))
    starts = np.arange(0, ENTERPRISES * STREAMS_EACH + 1, STREAMS_EACH)
    ours = best(partial(targets_of_groups, *ends, starts))
    began = time.perf_counter()
    plain = [
        bare_table(*(column[first : first + STREAMS_EACH] for column in ends))
        for first in starts[:-1]
    ]
    loop = time.perf_counter() - began
    found = targets_of_groups(*ends, starts)
    hot, cold, pinch = np.array(plain).T
    agree((found.hot, found.cold), (hot, cold))
    # where no stream crosses a whole span of temperatures, both its ends are pinches
    inside = np.flatnonzero((found.hot > 0) & (found.cold > 0) & (found.pinch != pinch))
    for group in inside:
        mine = [column[starts[group] : starts[group + 1]] for column in ends]
        agree(heat_above(*mine, found.pinch[group]), -found.hot[group])
        agree(heat_above(*mine, pinch[group]), -found.hot[group])
    print(
        f"country: {ENTERPRISES:,} enterprises x {STREAMS_EACH} streams in {ours * 1e3:.1f} ms, "
        f"{loop / ours:.0f}x ahead of the bare table one by one ({loop:.2f} s)"
    )
    print(f"  {'met' if ours < AIM_COUNTRY else 'MISSED'}: under {AIM_COUNTRY:g} s")
    return report("ratio to the bare table one by one", loop / ours, AIM_TABLE) and (
        ours < AIM_COUNTRY
    )


def peer(named: str) -> bool:
    """Time OpenPinch on the same streams in its own interpreter, where there is one."""
    python = interpreter(named)
    if not python:
        print("OpenPinch: no interpreter that can import it; not compared (--openpinch PYTHON)")
        return True
    problems = [[column.tolist() for column in streams(count, SEED)] for count in PEER_SIZES]
    done = subprocess.run(
        [python, "-c", _PEER],
        input=json.dumps({"problems": problems, "part": LEAST / 2}),
        capture_output=True,
        text=True,
        timeout=PEER_SECONDS,
        check=True,
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    print(f"OpenPinch {answer['version']} under Python {answer['python']}")
    ratio = 0.0
    for count, (build, direct, hot, cold, pinch) in zip(PEER_SIZES, answer["runs"], strict=True):
        ends, starts = shifted(*streams(count, SEED)), np.array([0, count])
        found = targets_of_groups(*ends, starts)
        agree((found.hot[0], found.cold[0]), (hot, cold), share=1e-6)
        if found.hot[0] and found.cold[0]:
            agree(found.pinch[0], pinch, share=1e-4)
        ours = best(partial(targets_of_groups, *ends, starts))
        whole = best(partial(everything, *streams(count, SEED)))
        ratio = direct / ours
        print(
            f"{count:>10,}  direct {direct:8.3f} s (and {build:.2f} s to build), "
            f"ours {ours * 1e6:8.1f} us: {ratio:,.0f}x ahead, same targets; from named streams to "
            f"table, pinches, curves and two utilities {whole * 1e3:.1f} ms: "
            f"{(build + direct) / whole:,.0f}x"
        )
    print("  it also keeps tables and unit operations per stream, which ours does not")
    return report(f"ratio to OpenPinch at {PEER_SIZES[-1]:,} streams", ratio, AIM_PEER)


def streams(count: int, seed: int) -> Streams:
    """Return supply, target [degC] and heat-capacity flow rate [kW/K] of invented streams."""
    random = np.random.default_rng(seed)
    supply, target = random.uniform(20, 400, (2, count)).round(1)
    target[np.abs(supply - target) < 1] += 5
    return supply, target, random.uniform(0.2, 20, count).round(3)


def shifted(supply: np.ndarray, target: np.ndarray, capacity: np.ndarray) -> Streams:
    """Return upper and lower shifted ends [degC] and duty, positive where heat is given [kW]."""
    sign = np.where(supply > target, 1.0, -1.0)
    move = sign * LEAST / 2
    upper = np.round(np.maximum(supply, target) - move, 9)
    lower = np.round(np.minimum(supply, target) - move, 9)
    return upper, lower, sign * capacity * np.abs(supply - target)


def everything(supply: np.ndarray, target: np.ndarray, capacity: np.ndarray) -> None:
    """Do what the peer's answer holds: from named streams to table, curves and utility loads."""
    rows = zip(supply.tolist(), target.tolist(), capacity.tolist(), strict=True)
    named = HeatStreams.of(
        HeatStream.flowing(f"S{at}", *row, contribution=LEAST / 2) for at, row in enumerate(rows)
    )
    targets(named)
    place_utilities(named, UTILITIES)


def bare_table(
    upper: np.ndarray, lower: np.ndarray, signed: np.ndarray
) -> tuple[float, float, float]:
    """Return hot, cold and pinch by the problem table, plainly vectorised."""
    levels = np.unique(np.concatenate((upper, lower)))
    rate = signed / (upper - lower)
    begins, ends = np.searchsorted(levels, lower), np.searchsorted(levels, upper)
    count = len(levels)
    slope = np.cumsum(np.bincount(begins, rate, count) - np.bincount(ends, rate, count))[:-1]
    net = slope * np.diff(levels)
    cascade = np.concatenate(([0.0], np.cumsum(net[::-1])))
    at = int(cascade.argmin())
    hot = max(0.0, -float(cascade[at]))
    return hot, float(cascade[-1]) + hot, float(levels[::-1][at])


def heat_above(upper: np.ndarray, lower: np.ndarray, signed: np.ndarray, level: float) -> float:
    """Return the net heat [kW] of all streams above *level*."""
    share = (upper - np.maximum(lower, level)) / (upper - lower)
    return float((signed * np.clip(share, 0.0, 1.0)).sum())


def best(run: Callable[[], Any]) -> float:
    """Return the least time [s] of several runs."""
    times = []
    began = time.perf_counter()
    while len(times) < 5 or (time.perf_counter() - began < 0.5 and len(times) < 2_000):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def agree(one: Any, other: Any, share: float = 1e-9) -> None:
    """Stop when two answers differ."""
    np.testing.assert_allclose(one, other, rtol=share, atol=1e-3)


def report(what: str, ratio: float, aim: float) -> bool:
    """Print whether *ratio* reaches its aim."""
    print(f"  {'met' if ratio >= aim else 'MISSED'}: {what} {ratio:,.1f} (aim {aim:,.0f})")
    return ratio >= aim


def interpreter(named: str) -> str:
    """Return an interpreter that can import OpenPinch, or nothing."""
    asked = named or os.environ.get("SINHTHAI_OPENPINCH_PYTHON", "")
    if asked:
        return asked
    for name in ("python3.14", "python3.13", "python3.12", sys.executable):
        path = shutil.which(name)
        look = "import importlib.util, sys; sys.exit(not importlib.util.find_spec('OpenPinch'))"
        if path and subprocess.run([path, "-c", look], check=False).returncode == 0:
            return path
    return ""


_PEER = """
import importlib.metadata, json, platform, sys, time
from OpenPinch import PinchProblem

given = json.load(sys.stdin)
part = given["part"]

def quantity(value, unit):
    return {"value": value, "unit": unit}

def row(name, supply, target, contribution, **more):
    return {
        "name": name, "t_supply": quantity(supply, "degC"), "t_target": quantity(target, "degC"),
        "dt_cont": quantity(contribution, "degC"), "htc": quantity(1.0, "kW/m^2/degC"), **more,
    }

def utility(name, kind, supply, target):
    price = quantity(1.0, "$/MWh")
    return row(name, supply, target, 0.0, type=kind, price=price, heat_flow=None)

utilities = [utility("HU", "Hot", 600.0, 599.0), utility("CU", "Cold", -60.0, -59.0)]
runs = []
for supply, target, capacity in given["problems"]:
    streams = [
        row(f"S{at}", a, b, part, zone="Plant", heat_flow=quantity(c * abs(a - b), "kW"))
        for at, (a, b, c) in enumerate(zip(supply, target, capacity))
    ]
    start = time.perf_counter()
    problem = PinchProblem({"streams": streams, "utilities": utilities, "options": {}})
    built = time.perf_counter()
    found = problem.target.direct_heat_integration()
    ended = time.perf_counter()
    runs.append([
        built - start, ended - built, float(found.hot_utility_target),
        float(found.cold_utility_target), float(found.hot_pinch),
    ])
version = importlib.metadata.version("openpinch")
print(json.dumps({"version": version, "python": platform.python_version(), "runs": runs}))
"""


if __name__ == "__main__":
    raise SystemExit(main())
