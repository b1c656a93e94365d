"""The abatement curve: width is what a measure abates, height what a tonne costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.foundation.charts.scale import Scale, nice, short
from sinhthai.foundation.charts.svg import BLUE, GREEN, INK, PAPER, RULE, SOFT, Drawing, shortened

_TOP, _LEFT, _RIGHT = 56.0, 86.0, 12.0
_ROW = 18.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One measure: from ``start`` to ``end`` [t CO2e a year], ``height`` [money per t]."""

    name: str
    start: float
    end: float
    height: float
    pays: bool


def abatement(
    title: str,
    bars: Sequence[Bar],
    *,
    across: str,
    up: str,
    pays: str,
    costs: str,
    language: str,
    width: float = 720,
    plot: float = 300,
) -> str:
    """Return the curve as SVG, with a numbered list of the measures below it.

    Parameters
    ----------
    across, up : what the axes are, with units.
    pays, costs : what the two colours mean; those that pay are ordered by worth, not by height.
    plot : height of the picture above the list [px].

    >>> "<svg" in abatement("c", [Bar("a", 0, 5, -2.0, True)], across="t", up="VND/t", pays="p",
    ...                     costs="c", language="vi")
    True
    """
    rows = -(-len(bars) // 2)
    height = _TOP + plot + 44 + rows * _ROW
    drawing = Drawing(width, height, title, "; ".join(bar.name for bar in bars))
    drawing.text(0, 16, title, size=14, weight=600)
    x = Scale(0.0, max((bar.end for bar in bars), default=1.0) or 1.0, _LEFT, width - _RIGHT)
    low = min([0.0, *(bar.height for bar in bars)])
    high = max([0.0, *(bar.height for bar in bars)])
    ticks = nice(low, high)
    y = Scale(ticks[0], ticks[-1], _TOP + plot, _TOP)
    for tick in ticks:
        drawing.line(_LEFT, y.at(tick), width - _RIGHT, y.at(tick), RULE)
        drawing.text(_LEFT - 8, y.at(tick) + 4, short(tick, language), anchor="end", fill=SOFT)
    for number, bar in enumerate(bars, 1):
        left, right = x.at(bar.start), x.at(bar.end)
        top, bottom = sorted((y.at(bar.height), y.at(0.0)))
        fill = GREEN if bar.pays else BLUE
        drawing.rect(
            left, top, right - left, max(bottom - top, 1.0), fill, stroke=PAPER,
            title=f"{number}. {bar.name}: {short(bar.height, language)} {up}",
        )  # fmt: skip
        if right - left > 14 and bottom - top > 16:
            middle = (left + right) / 2
            drawing.text(middle, (top + bottom) / 2 + 4, str(number), anchor="middle", fill=PAPER)
    drawing.line(_LEFT, y.at(0.0), width - _RIGHT, y.at(0.0), INK, 1.2)
    for tick in nice(0.0, x.high, 6):
        if tick <= x.high:
            place = x.at(tick)
            drawing.text(place, _TOP + plot + 16, short(tick, language), anchor="middle", fill=SOFT)
    drawing.text(width - _RIGHT, _TOP + plot + 32, across, size=11, anchor="end", fill=SOFT)
    drawing.text(0, 40, up, size=11, fill=SOFT)
    for place, (fill, words) in zip((0.42, 0.70), ((GREEN, pays), (BLUE, costs)), strict=True):
        drawing.rect(width * place, 31, 10, 10, fill)
        drawing.text(width * place + 15, 40, words, size=11, fill=SOFT)
    for number, bar in enumerate(bars):
        column, row = divmod(number, rows)
        label = shortened(f"{number + 1}. {bar.name}", width / 2 - 16, 11)
        drawing.text(column * width / 2, _TOP + plot + 56 + row * _ROW, label, size=11)
    return str(drawing)
