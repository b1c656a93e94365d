"""Which of several sourced statements about one thing counts as the current one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_RANK = {"high": 3, "medium": 2, "low": 1}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of a field: the day it speaks of and how far it is trusted.

    ``as_of`` is "2023", "2023-09", "2023-09-17" or empty where the source gives no date;
    ``confidence`` is high, medium or low; ``chosen`` says that a person set it as current;
    ``order`` breaks ties: the one recorded later wins.
    """

    as_of: str
    confidence: str
    chosen: bool = False
    order: int = 0


def choose_current(statements: Sequence[Statement]) -> int | None:
    """Return the index of the current statement, or None of an empty list.

    A person's choice stands; else the highest confidence, then the newest date (an undated one is
    oldest; 2023 counts as the end of that year), then the one recorded last.

    >>> choose_current([Statement("2011", "high"), Statement("2024", "low")])
    0
    >>> choose_current([Statement("2011", "high"), Statement("2022-05", "high")])
    1
    """
    if not statements:
        return None
    return max(
        range(len(statements)),
        key=lambda index: (
            statements[index].chosen,
            _RANK.get(statements[index].confidence, 0),
            _last_day(statements[index].as_of),
            statements[index].order,
        ),
    )


def _last_day(as_of: str) -> str:
    return as_of + "-12-31"[len(as_of) - 4 :] if len(as_of) >= 4 else ""
