"""What a problem table says, in words: utilities, the pinch, threshold problems."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.heat.problem_table import ProblemTable
from sinhthai.symbiosis.engine.heat.streams import HeatStreams


@dataclass(frozen=True, slots=True)
class Pinch:
    """A temperature no heat should cross.

    ``shifted`` [°C] is the one of the cascade; ``hot`` and ``cold`` [°C] are what it is on the
    real scale of hot and of cold streams, None where the streams' own contributions differ, so
    that it differs from stream to stream.
    """

    shifted: float
    hot: float | None
    cold: float | None


def pinches_of(streams: HeatStreams, table: ProblemTable) -> tuple[Pinch, ...]:
    """Return the pinches of *table*, from the hottest.

    >>> from sinhthai.symbiosis.engine.heat.problem_table import problem_table
    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> one = HeatStreams.of([HeatStream.flowing("C", 20, 80, 1.0, contribution=5)])
    >>> pinches_of(one, problem_table(one))
    (Pinch(shifted=25.0, hot=None, cold=20.0),)
    """
    hot = _one_contribution(streams, streams.signed > 0)
    cold = _one_contribution(streams, streams.signed < 0)
    return tuple(
        Pinch(
            at,
            None if hot is None else _plain(at + hot),
            None if cold is None else _plain(at - cold),
        )
        for at in table.pinches
    )


def threshold_of(table: ProblemTable) -> Text | None:
    """Return in words why a problem needs utility at one end only; None when at both."""
    if not table.given and not table.taken:
        return Text("Không có dòng nhiệt nào.", "There are no heat streams.")
    if not table.taken:
        return Text(
            "Chỉ có dòng nóng: toàn bộ nhiệt phải được làm mát, không có gì để thu hồi.",
            "Only hot streams: all heat has to be carried away, there is nothing to recover.",
        )
    if not table.given:
        return Text(
            "Chỉ có dòng lạnh: toàn bộ nhiệt phải cấp từ ngoài, không có gì để thu hồi.",
            "Only cold streams: all heat has to be brought, there is nothing to recover.",
        )
    if not table.hot and not table.cold:
        return Text(
            "Vừa đủ: các dòng tự cân bằng nhiệt, không cần tiện ích nóng lẫn lạnh.",
            "In balance: the streams serve one another, no hot and no cold utility is needed.",
        )
    if not table.hot:
        return Text(
            "Bài toán ngưỡng: không cần tiện ích nóng, chỉ cần làm mát. Giảm ΔTmin thêm cũng "
            "không tiết kiệm được nữa.",
            "A threshold problem: no hot utility is needed, only cooling. A smaller ΔTmin would "
            "save nothing more.",
        )
    if not table.cold:
        return Text(
            "Bài toán ngưỡng: không cần tiện ích lạnh, chỉ cần gia nhiệt. Giảm ΔTmin thêm cũng "
            "không tiết kiệm được nữa.",
            "A threshold problem: no cold utility is needed, only heating. A smaller ΔTmin would "
            "save nothing more.",
        )
    return None


def sentences(streams: HeatStreams, table: ProblemTable) -> tuple[Text, ...]:
    """Return what a reader needs to know about *table*, sentence by sentence.

    >>> from sinhthai.symbiosis.engine.heat.problem_table import problem_table
    >>> from sinhthai.symbiosis.engine.heat.streams import HeatStream
    >>> one = HeatStreams.of([HeatStream.flowing("C", 20, 80, 1.0)])
    >>> [said.en for said in sentences(one, problem_table(one))]
    ['Only cold streams: all heat has to be brought, there is nothing to recover.']
    """
    said: list[Text] = []
    threshold = threshold_of(table)
    if threshold is not None:
        said.append(threshold)
    pinches = pinches_of(streams, table)
    if threshold is None and len(pinches) > 1:
        said.append(
            Text(
                "Có {count} điểm pinch: giữa hai điểm, các dòng tự cân bằng nhiệt.",
                "There are {count} pinches: between two of them the streams are in balance.",
            ).format(count=len(pinches))
        )
    if threshold is None:
        said.append(
            Text(
                "Không truyền nhiệt qua điểm pinch, không làm mát phía trên, không gia nhiệt phía "
                "dưới: mỗi kW vi phạm tốn thêm một kW nóng và một kW lạnh.",
                "Pass no heat across the pinch, cool nothing above it, heat nothing below it: "
                "every kW against this costs one kW more of hot and of cold utility.",
            )
        )
    return tuple(said)


def _one_contribution(
    streams: HeatStreams, which: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> float | None:
    parts = np.unique(streams.contribution[which])
    return float(parts[0]) if len(parts) == 1 else None


def _plain(value: float) -> float:
    return float(f"{value:.12g}")
