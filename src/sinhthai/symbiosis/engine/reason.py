"""One sentence of why two streams were put together."""

from __future__ import annotations

from typing import NamedTuple

from sinhthai.foundation.text import Text


class Reason(NamedTuple):
    """One sentence about a match; ``topic`` is stable.

    Topics: rule, material, text, quality, coverage, distance, season, money, carbon, legal,
    legal_why, papers, unknown, estimated.
    """

    topic: str
    text: Text
