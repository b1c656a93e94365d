"""What is wrong between the lines of a list: the same stream twice, both sides paying."""

from __future__ import annotations

import numpy as np

from sinhthai.foundation.problems import Problem
from sinhthai.foundation.text import fold
from sinhthai.symbiosis.engine.stream_messages import problem
from sinhthai.symbiosis.engine.stream_rows import Read, Rows


def find_twins(read: Read, problems: list[Problem]) -> None:
    """Tell of streams that stand twice: counted twice, they would promise twice as much."""
    seen: dict[tuple[str, ...], tuple[Rows, int]] = {}
    folded = {text: fold(text) for text in {*read.enterprise, *read.name}}
    for enterprise, side, name, code, park, where in zip(
        read.enterprise, read.direction, read.name, read.code, read.park, read.where, strict=True
    ):
        key = (folded[enterprise], side, folded[name], code, park or "")
        if not enterprise or not name or key not in seen:
            seen.setdefault(key, where)
            continue
        (rows, line), (first, earlier) = where, seen[key]
        other = str(first.grid.place(earlier, first.at.get("name", 0)))
        place = rows.grid.place(line, rows.at.get("name", 0))
        problems.append(problem("stream_twice", place, other=other))


def find_paying_twice(read: Read, problems: list[Problem]) -> None:
    """Tell of needs with a negative price beside such offers: mostly a sign is wrong."""
    is_offer = np.array([side == "offer" for side in read.direction], bool)
    paid = np.flatnonzero((read.price < 0) & ~is_offer)
    if paid.size and ((read.price < 0) & is_offer).any():
        rows, line = read.where[int(paid[0])]
        place = rows.grid.place(line, rows.at.get("price", 0))
        problems.append(problem("pays_both_ways", place, count=paid.size))
