"""A line over years with the band it may lie in: cash flow, cumulated."""

from __future__ import annotations

from collections.abc import Sequence

from sinhthai.foundation.charts.scale import Scale, nice, short
from sinhthai.foundation.charts.svg import GREEN, INK, RULE, SOFT, Drawing

_TOP, _LEFT, _RIGHT, _BOTTOM = 56.0, 86.0, 16.0, 34.0


def line_with_band(
    title: str,
    labels: Sequence[str],
    middle: Sequence[float],
    low: Sequence[float],
    high: Sequence[float],
    *,
    unit: str,
    note: str,
    language: str,
    width: float = 720,
    height: float = 320,
) -> str:
    """Return the chart as SVG; all sequences are (n,), *note* says what the band is.

    >>> drawn = line_with_band("c", ["0", "1"], [-1, 2], [-1, 1], [-1, 3], unit="VND",
    ...                        note="P10-P90", language="en")
    >>> drawn.count("<path")
    2
    """
    ticks = nice(min(0.0, *low), max(0.0, *high))
    y = Scale(ticks[0], ticks[-1], height - _BOTTOM, _TOP)
    x = Scale(0.0, max(len(labels) - 1, 1), _LEFT, width - _RIGHT)
    about = "; ".join(
        f"{label}: {short(value, language)}" for label, value in zip(labels, middle, strict=True)
    )
    drawing = Drawing(width, height, title, about)
    drawing.text(0, 16, title, size=14, weight=600)
    drawing.text(0, 40, unit, size=11, fill=SOFT)
    drawing.rect(width * 0.6, 31, 10, 10, GREEN, opacity=0.18)
    drawing.text(width * 0.6 + 15, 40, note, size=11, fill=SOFT)
    for tick in ticks:
        drawing.line(_LEFT, y.at(tick), width - _RIGHT, y.at(tick), RULE)
        drawing.text(_LEFT - 8, y.at(tick) + 4, short(tick, language), anchor="end", fill=SOFT)
    above = [f"{x.at(i):.2f},{y.at(value):.2f}" for i, value in enumerate(high)]
    below = [f"{x.at(i):.2f},{y.at(value):.2f}" for i, value in enumerate(low)]
    drawing.path(f"M{' L'.join([*above, *reversed(below)])} Z", fill=GREEN, opacity=0.18)
    points = [f"{x.at(i):.2f},{y.at(value):.2f}" for i, value in enumerate(middle)]
    drawing.path(f"M{' L'.join(points)}", stroke=GREEN, width=2)
    drawing.line(_LEFT, y.at(0.0), width - _RIGHT, y.at(0.0), INK, 1.2)
    every = max(1, len(labels) // 12)
    for i, label in enumerate(labels):
        if i % every == 0:
            drawing.text(x.at(i), height - 12, label, anchor="middle")
    return str(drawing)
