"""Shares components out to worker processes and gathers their flows as they come."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sinhthai.symbiosis.engine.flow.network import FlowError, Ints

# Run as a file: importing its package would load what the worker does not need.
_WORKER = Path(__file__).with_name("worker.py")
_HEAD = 3 * 8


@dataclass(frozen=True, slots=True)
class Part:
    """A component in integers: supplies, demands, and arcs between their local row numbers."""

    supply: Ints
    demand: Ints
    offer: Ints
    need: Ints
    margin: Ints


def solve_parts(
    parts: Sequence[Part], *, processes: int, seconds: float | None
) -> list[Ints | None]:
    """Return the optimal flow of every part; None where the time limit came first.

    Raises
    ------
    FlowError
        If a worker dies or its solver refuses a part (figures out of its range).
    """
    loads = _shared_out(parts, max(1, processes))
    flows: list[Ints | None] = [None] * len(parts)
    failures: list[str] = []
    threads = [
        threading.Thread(target=_run, args=(parts, load, flows, failures, seconds))
        for load in loads
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise FlowError(failures[0])
    return flows


def _shared_out(parts: Sequence[Part], processes: int) -> list[list[int]]:
    """Return which process solves which parts: the largest first, to the least loaded."""
    # Cost scaling grows a little faster than the number of arcs.
    effort = np.array([len(part.offer) ** 1.2 for part in parts])
    loads: list[list[int]] = [[] for _ in range(min(processes, len(parts)))]
    total = np.zeros(len(loads))
    for part in np.argsort(-effort, kind="stable").tolist():
        least = int(total.argmin())
        loads[least].append(part)
        total[least] += effort[part]
    return loads


def _run(
    parts: Sequence[Part],
    load: list[int],
    flows: list[Ints | None],
    failures: list[str],
    seconds: float | None,
) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own module, no word of a user
        [sys.executable, "-P", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, stop) if seconds is not None else None
    if timer is not None:
        timer.start()
    try:
        with process:
            _send(process, [parts[at] for at in load])
            _receive(process, load, flows, failures)
            said = process.stderr.read().decode(errors="replace") if process.stderr else ""
        if process.returncode and not late.is_set():
            failures.append(f"a worker process stopped: {said.strip()[-500:]}")
    except BrokenPipeError:
        if not late.is_set():
            failures.append("a worker process could not be started")
    finally:
        if timer is not None:
            timer.cancel()


def _send(process: subprocess.Popen[bytes], parts: list[Part]) -> None:
    assert process.stdin is not None
    columns: list[NDArray[np.int64]] = [
        _bounds([len(part.offer) for part in parts]),
        np.concatenate([part.offer for part in parts]),
        np.concatenate([part.need for part in parts]),
        np.concatenate([part.margin for part in parts]),
        _bounds([len(part.supply) for part in parts]),
        np.concatenate([part.supply for part in parts]),
        _bounds([len(part.demand) for part in parts]),
        np.concatenate([part.demand for part in parts]),
    ]
    for column in columns:
        process.stdin.write(len(column).to_bytes(8, "little"))
        process.stdin.write(column.tobytes())
    process.stdin.close()


def _receive(
    process: subprocess.Popen[bytes],
    load: list[int],
    flows: list[Ints | None],
    failures: list[str],
) -> None:
    assert process.stdout is not None
    while len(head := process.stdout.read(_HEAD)) == _HEAD:
        part, status, length = np.frombuffer(head, dtype=np.int64).tolist()
        body = process.stdout.read(8 * length)
        if len(body) != 8 * length:
            return
        if status:
            failures.append(f"the flow solver refused a component (status {status})")
            continue
        flows[load[part]] = np.frombuffer(body, dtype=np.int64)


def _bounds(lengths: list[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
