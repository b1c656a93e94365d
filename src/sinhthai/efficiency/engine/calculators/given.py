"""Figures given to a calculator: every one that cannot be is named, with what to write instead."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text

Figures = Mapping[str, float]
_NONE: Figures = {}


def require(
    *, positive: Figures = _NONE, not_negative: Figures = _NONE, shares: Figures = _NONE
) -> None:
    """Refuse figures that cannot be, all at once.

    Parameters
    ----------
    positive : above zero.
    not_negative : zero or more.
    shares : from 0 to 1; a percentage is recognised and said.

    Raises
    ------
    InputError : every figure that is out of bounds or not finite.

    >>> require(shares={"efficiency": 0.85})
    >>> require(shares={"efficiency": 85})
    Traceback (most recent call last):
    sinhthai.foundation.problems.InputError: efficiency: 85 is not a share from 0 to 1. → A \
percentage? Write 0.85.
    """
    problems = [
        *(_not_positive(n, v) for n, v in positive.items() if not (math.isfinite(v) and v > 0)),
        *(_negative(n, v) for n, v in not_negative.items() if not (math.isfinite(v) and v >= 0)),
        *(_no_share(n, v) for n, v in shares.items() if not (math.isfinite(v) and 0 <= v <= 1)),
    ]
    if problems:
        raise InputError(problems)


def refused(name: str, message: Text, cure: Text) -> InputError:
    """Return the error that a figure does not go with the others."""
    return InputError([Problem("calculator-input", message, cure, Place(name))])


def _not_positive(name: str, value: float) -> Problem:
    return Problem(
        "not-positive",
        Text(f"{value:g} không lớn hơn 0.", f"{value:g} is not above 0."),
        Text("Ghi số đo được; chưa biết thì đo trước.", "Give what was measured; else measure it."),
        Place(name),
    )


def _negative(name: str, value: float) -> Problem:
    return Problem(
        "negative",
        Text(f"{value:g} nhỏ hơn 0.", f"{value:g} is below 0."),
        Text("Ghi số không âm.", "Give zero or more."),
        Place(name),
    )


def _no_share(name: str, value: float) -> Problem:
    if 1 < value <= 100:
        cure = Text(f"Phần trăm? Ghi {value / 100:g}.", f"A percentage? Write {value / 100:g}.")
    else:
        cure = Text("Ghi tỷ lệ từ 0 đến 1.", "Give a share from 0 to 1.")
    return Problem(
        "not-a-share",
        Text(f"{value:g} không là tỷ lệ từ 0 đến 1.", f"{value:g} is not a share from 0 to 1."),
        cure,
        Place(name),
    )
