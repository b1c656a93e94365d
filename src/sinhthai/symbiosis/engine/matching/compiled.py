"""Matching by the compiled kernel: lays the tables out for it, shares the work among threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import DTypeLike, NDArray

from sinhthai.symbiosis.engine.matching import kernel
from sinhthai.symbiosis.engine.matching import problem as sound
from sinhthai.symbiosis.engine.matching.pick import pick
from sinhthai.symbiosis.engine.matching.places import Ground, Side, chord_limit, lay_out
from sinhthai.symbiosis.engine.matching.problem import ORDERS, RESULT_COLUMNS, Problem
from sinhthai.symbiosis.engine.matching.work import pairs_by_cell, pairs_by_offer

Array = NDArray[Any]

KEPT_BYTES = 128_000_000  # what one slice of offers may keep of partners between the passes
RESULT_ROWS = 4_000_000  # rows of the result written at a time, at most
OFFERS_A_JOB = 4_096  # at least, so that laying out the needs around a cell pays
MOST_PAIRS = 2e10  # some twenty minutes on two processors
PAIRS_A_TASK = 200_000  # below this much work another thread is not worth waking


def batches(problem: Problem, threads: int = 0) -> Iterator[pa.RecordBatch]:
    """Return the result (``RESULT_COLUMNS``), offers ascending.

    *threads* is how many to use (0: the processors this process may run on); the result does not
    depend on it.
    """
    ground = lay_out(problem.offers, problem.needs, sound.radius_m(problem))
    layout = _Layout(problem, ground)
    rows = problem.offers.num_rows
    groups = 2 if layout.links.forbidden.any() else 1
    step = max(1, min(KEPT_BYTES // (8 * groups * layout.top), RESULT_ROWS // layout.top))
    with ThreadPoolExecutor(threads or _processors()) as pool:
        for start in range(0, rows, step):
            yield from layout.slice(start, min(start + step, rows), groups, pool)


class _Layout:
    """The tables as the kernel wants them, for all slices."""

    def __init__(self, problem: Problem, ground: Ground) -> None:
        self.ground = ground
        keyed = ((problem.offers, "key"), (problem.needs, "key"), (problem.links, "offer_key"))
        keys = 1 + max(_greatest(*column) for column in (*keyed, (problem.links, "need_key")))
        self.links = _links(problem, keys)
        self.wanted = np.diff(self.links.start)[problem.offers["key"].to_numpy()] > 0
        self.offers = _offers(problem.offers, ground.offers)
        asked_for = np.zeros(keys, bool)
        asked_for[self.links.need_key] = True
        self.needs = _needs(problem.needs, ground.needs, asked_for)
        self.given = _qualities(problem.offer_qualities, problem.offers.num_rows)
        self.asked = _qualities(problem.need_qualities, problem.needs.num_rows)
        first = ground.needs.first
        self.around = kernel.Near(
            _as(ground.start, np.int64), _as(first[ground.low], np.int64),
            _as(first[ground.high], np.int64),
        )  # fmt: skip
        self.top = max(1, min(problem.top, problem.needs.num_rows))
        self.wish = kernel.Wish(ORDERS.index(problem.order), self.top, float(problem.detour))
        self.pairs = pairs_by_cell(problem, ground)
        pairs_by_offer(problem, ground, MOST_PAIRS)

    def slice(
        self, start: int, stop: int, groups: int, pool: ThreadPoolExecutor
    ) -> Iterator[pa.RecordBatch]:
        """Return the result of the offers *start* up to *stop*."""
        kept = np.empty((stop - start, groups, self.top), np.int32)
        kept_link = np.empty((stop - start, groups, self.top), np.int32)
        kept_count = np.zeros((stop - start, groups), np.int32)
        rows, tasks = self._tasks(start, stop)
        tables = (self.offers, self.needs, self.links, self.given, self.asked)
        found = (kept, kept_link, kept_count)
        _all(
            pool.submit(pick, jobs, rows, start, *tables, self.around, self.wish, *found)
            for jobs in tasks
        )
        begin = np.concatenate(([0], np.cumsum(kept_count.sum(axis=1), dtype=np.int64)))
        total = int(begin[-1])
        whole, real = np.empty((9, total), np.int32), np.empty((3, total), np.float64)
        parts = np.linspace(0, stop - start, 1 + max(1, min(64, total // 20_000))).astype(int)
        _all(
            pool.submit(
                kernel.fill, first, last, start, begin, *tables, self.wish, *found, whole, real
            )
            for first, last in pairwise(parts)
        )
        yield _batch(whole, real)

    def _tasks(self, start: int, stop: int) -> tuple[Array, list[Array]]:
        """Return the slice's offers in order of place, and the jobs of each call of ``pick``."""
        side = self.ground.offers
        places = len(side.x)
        rows, first = kernel.sort_by_place(
            _as(side.place[start:stop], np.int32), self.wanted[start:stop], places
        )
        rows += np.int32(start)
        ends = first[side.first]
        sizes = np.diff(ends)
        around = self.needs.first[self.around.high] - self.needs.first[self.around.low]
        summed = np.concatenate(([0], np.cumsum(around)))
        gathered = summed[self.around.start[1:]] - summed[self.around.start[:-1]]
        cells = np.flatnonzero((sizes > 0) & (gathered > 0))
        piece = np.maximum(OFFERS_A_JOB, gathered[cells] // 4)
        pieces = -(-sizes[cells] // piece)
        cell = np.repeat(cells, pieces)
        number = np.arange(len(cell)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
        low = ends[cell] + number * np.repeat(piece, pieces)
        high = np.minimum(low + np.repeat(piece, pieces), ends[cell + 1])
        jobs = np.stack((cell, low, high), axis=1).astype(np.int64)
        work = gathered[cell] + (high - low) * (1.0 + self.pairs[cell])
        task = (np.cumsum(work) // max(PAIRS_A_TASK, work.sum() / 128)).astype(np.int64)
        cuts = np.flatnonzero(np.diff(task)) + 1
        return rows, [part for part in np.split(jobs, cuts) if len(part)]


def _all(futures: Iterator[Any]) -> None:
    for future in list(futures):
        future.result()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _greatest(table: pa.Table, name: str) -> int:
    return int(table[name].to_numpy().max(initial=0))


def _as(array: Array, kind: DTypeLike) -> Array:
    """Return the array as the kernel knows it: one piece, of one type, not to be written to."""
    fixed = np.ascontiguousarray(array, dtype=kind).view()
    fixed.flags.writeable = False
    return fixed


def _offers(table: pa.Table, side: Side) -> kernel.Offers:
    return kernel.Offers(
        _as(table["key"].to_numpy(), np.int32),
        _as(table["owner"].to_numpy(), np.int32),
        _as(side.place, np.int32),
        _as(table["quantity"].to_numpy(), np.float64),
        _as(table["months"].to_numpy(), np.int16),
        *_axes(side),
    )


def _axes(side: Side) -> tuple[Array, Array, Array]:
    return _as(side.x, np.int64), _as(side.y, np.int64), _as(side.z, np.int64)


def _needs(table: pa.Table, side: Side, asked_for: NDArray[np.bool_]) -> kernel.Needs:
    key = table["key"].to_numpy()
    place = _as(side.place, np.int32)
    row, first = kernel.sort_by_place(place, asked_for[key], len(side.x))
    return kernel.Needs(
        _as(row, np.int32),
        _as(key[row], np.int32),
        _as(table["owner"].to_numpy()[row], np.int32),
        _as(place[row], np.int32),
        _as(table["quantity"].to_numpy()[row], np.float64),
        _as(table["months"].to_numpy()[row], np.int16),
        *_axes(side),
        first=_as(first, np.int64),
    )


def _links(problem: Problem, keys: int) -> kernel.Links:
    """Return the links by offer key and need key, the need key of the best evidence first.

    Any order of need keys would do; with this one partners that cannot be among the best are
    known to be so earlier.
    """
    links = problem.links
    offer_key, need_key = (links[name].to_numpy() for name in ("offer_key", "need_key"))
    evidence = sound.evidence(problem)
    _, joined = np.unique(offer_key.astype(np.int64) * keys + need_key, return_inverse=True)
    best = np.zeros(len(joined))
    np.maximum.at(best, joined, evidence)
    order = np.lexsort((need_key, -best[joined], offer_key))  # stable: equal ones stay by number
    limit = sound.reach(problem)
    counts = np.bincount(offer_key, minlength=keys)

    def number(name: str) -> Array:
        return _as(links[name].to_numpy()[order], np.float64)

    return kernel.Links(
        start=_as(np.concatenate(([0], np.cumsum(counts))), np.int64),
        number=_as(order, np.int32),
        need_key=_as(need_key[order], np.int32),
        evidence=_as(evidence[order], np.float64),
        ratio=number("ratio"),
        gain=number("gain"),
        co2=number("co2"),
        haul=number("haul"),
        haul_co2=number("haul_co2"),
        limit_m=_as(limit[order], np.int64),
        chord2=_as(chord_limit(limit)[order], np.int64),
        forbidden=_as(links["forbidden"].to_numpy()[order], np.bool_),
    )


def _qualities(table: pa.Table, rows: int) -> kernel.Qualities:
    row, parameter = table["row"].to_numpy(), table["parameter"].to_numpy()
    order = np.lexsort((parameter, row))
    counts = np.bincount(row, minlength=rows)
    return kernel.Qualities(
        _as(np.concatenate(([0], np.cumsum(counts))), np.int64),
        _as(parameter[order], np.int16),
        *(_as(table[name].to_numpy()[order], np.float64) for name in ("low", "high")),
    )


def _batch(whole: Array, real: Array) -> pa.RecordBatch:
    columns = [pa.array(column) for column in (*whole, *real)]
    quality = RESULT_COLUMNS.get_field_index("quality")
    columns[quality] = pa.array(whole[quality], mask=whole[quality] < 0)
    return pa.record_batch(columns, schema=RESULT_COLUMNS)
