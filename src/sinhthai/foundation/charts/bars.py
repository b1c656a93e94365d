"""Stacked bars by year (scopes, sources), with the interval of each sum and the unknown shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.foundation.charts.scale import Scale, nice, short
from sinhthai.foundation.charts.svg import INK, RULE, SOFT, Drawing, colour, text_width
from sinhthai.foundation.text import Text

_TOP, _LEFT, _RIGHT, _BOTTOM = 56.0, 72.0, 12.0, 34.0
_UNKNOWN = Text("chưa biết hết", "not all known")


@dataclass(frozen=True, slots=True)
class Series:
    """One part of each bar; ``values`` (n,) with None where it is not known."""

    name: str
    values: Sequence[float | None]


def stacked_bars(
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    unit: str,
    language: str,
    intervals: Sequence[tuple[float, float] | None] = (),
    partial: Sequence[bool] = (),
    width: float = 720,
    height: float = 360,
) -> str:
    """Return the chart as SVG.

    A bar with an unknown part is drawn as far as it is known, and says so above it.

    Parameters
    ----------
    labels : (n,) below the bars.
    intervals : (n,) low and high of each sum; drawn as a whisker.
    partial : (n,) whether a bar holds less than all, though every part of it is a number.

    >>> drawn = stacked_bars("CO2", ["2023"], [Series("1", [5.0])], unit="t", language="en")
    >>> drawn.startswith("<svg"), "2023" in drawn
    (True, True)
    """
    sums = [sum(s.values[i] or 0.0 for s in series) for i in range(len(labels))]
    tops = [
        max(total, pair[1]) if pair else total
        for total, pair in zip(sums, intervals or [None] * len(sums), strict=True)
    ]
    ticks = nice(0.0, max(tops, default=1.0) or 1.0)
    drawing = Drawing(width, height, title, _about(labels, sums, unit, language))
    drawing.text(0, 16, title, size=14, weight=600)
    axis = Scale(ticks[0], ticks[-1], height - _BOTTOM, _TOP)
    for tick in ticks:
        drawing.line(_LEFT, axis.at(tick), width - _RIGHT, axis.at(tick), RULE)
        drawing.text(_LEFT - 8, axis.at(tick) + 4, short(tick, language), anchor="end", fill=SOFT)
    drawing.text(0, 40, unit, size=11, fill=SOFT)
    _legend(drawing, series)
    room = (width - _LEFT - _RIGHT) / max(len(labels), 1)
    thick = min(room * 0.6, 64.0)
    for i, label in enumerate(labels):
        x, at = _LEFT + room * (i + 0.5), 0.0
        for index, one in enumerate(series):
            value = one.values[i]
            if value is None or value == 0:
                continue
            top = axis.at(at + value)
            drawing.rect(
                x - thick / 2, top, thick, axis.at(at) - top, colour(index),
                title=f"{label} · {one.name}: {short(value, language)} {unit}",
            )  # fmt: skip
            at += value
        if intervals and (pair := intervals[i]) is not None:
            _whisker(drawing, x, axis.at(pair[0]), axis.at(pair[1]))
        if any(one.values[i] is None for one in series) or (partial and partial[i]):
            drawing.text(
                x, axis.at(tops[i]) - 8, _UNKNOWN.get(language), size=11, anchor="middle", fill=SOFT
            )
        drawing.text(x, height - 12, label, anchor="middle")
    return str(drawing)


def _whisker(drawing: Drawing, x: float, low: float, high: float) -> None:
    drawing.line(x, low, x, high, INK, 1.2)
    for y in (low, high):
        drawing.line(x - 5, y, x + 5, y, INK, 1.2)


def _legend(drawing: Drawing, series: Sequence[Series]) -> None:
    x = _LEFT
    for index, one in enumerate(series):
        drawing.rect(x, 31, 10, 10, colour(index))
        drawing.text(x + 15, 40, one.name, size=11, fill=SOFT)
        x += 31 + text_width(one.name, 11)


def _about(labels: Sequence[str], sums: Sequence[float], unit: str, language: str) -> str:
    return "; ".join(
        f"{label}: {short(total, language)} {unit}"
        for label, total in zip(labels, sums, strict=True)
    )
