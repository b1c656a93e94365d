"""Curves as one SVG picture: it stands alone, needs no script and no style sheet.

Lines are full or dashed, so that colour is never the only sign.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

RED, BLUE, GREEN = "#a3341f", "#1f5f99", "#14623f"
_WIDTH, _HEIGHT = 460.0, 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 58.0, 16.0, 56.0, 46.0
_HEAD = 34.0
_TITLE = 14.0
_WIDE = 0.62  # width of a bold letter over the size of its type, on the safe side
_INK, _FAINT, _GRID = "#1f2a24", "#5b6660", "#dfe4e1"
_FONT = "'Be Vietnam Pro', 'Noto Sans', 'DejaVu Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline of (horizontal, vertical) points, drawn exactly."""

    label: Text
    points: Sequence[tuple[float, float]]
    colour: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines over common axes; ``marks`` are levels to mark across, with what they are."""

    title: Text
    horizontal: Text
    vertical: Text
    lines: tuple[Line, ...]
    marks: tuple[tuple[float, Text], ...] = ()


def draw(panels: Sequence[Panel], title: Text, language: str) -> str:
    """Return *panels* side by side under *title*, as an SVG document.

    >>> line = Line(Text("nước", "water"), [(0.0, 0.0), (9.0, 100.0)], BLUE)
    >>> axis = Text("", "")
    >>> draw([Panel(axis, axis, axis, (line,))], axis, "en").startswith("<svg ")
    True
    """
    width, height = _WIDTH * len(panels), _HEIGHT + _HEAD
    head = escape(title.get(language))
    # one panel is narrow: a long title is set smaller rather than cut off
    size = min(_TITLE, (width - _LEFT - _RIGHT) / (_WIDE * max(1, len(title.get(language)))))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" lang="{escape(language)}" '
        f'font-family="{escape(_FONT)}" font-size="12">',
        f"<title>{head}</title>",
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
        f'<text x="{_LEFT:g}" y="22" font-size="{size:.1f}" font-weight="600" '
        f'fill="{_INK}">{head}</text>',
    ]
    for at, panel in enumerate(panels):
        parts.append(f'<g transform="translate({at * _WIDTH:g} {_HEAD:g})">')
        parts += _draw(panel, language)
        parts.append("</g>")
    parts.append("</svg>\n")
    return "\n".join(parts)


def _draw(panel: Panel, language: str) -> list[str]:
    lines = [line for line in panel.lines if len(line.points)]
    flat = [point for line in lines for point in line.points] or [(0.0, 0.0)]
    widths, levels = [x for x, _ in flat], [y for _, y in flat]
    across = ticks(min(0.0, *widths), max(0.0, *widths))
    up = ticks(min(levels), max(levels))
    inner_width, inner_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM

    def x(value: float) -> float:
        return _LEFT + inner_width * (value - across[0]) / (across[-1] - across[0])

    def y(level: float) -> float:
        return _TOP + inner_height * (up[-1] - level) / (up[-1] - up[0])

    bottom, right = _TOP + inner_height, _LEFT + inner_width
    parts = [_text(_LEFT, 18, panel.title.get(language), weight=600)]
    for tick in across:
        parts.append(_rule(x(tick), _TOP, x(tick), bottom, _INK if tick == 0 else _GRID))
        # what lies left of zero is given away; its amount has no sign
        label = format_number(abs(tick), language)
        parts.append(_text(x(tick), bottom + 16, label, anchor="middle", colour=_FAINT))
    for tick in up:
        parts.append(_rule(_LEFT, y(tick), right, y(tick), _GRID))
        label = format_number(tick, language)
        parts.append(_text(_LEFT - 6, y(tick) + 4, label, anchor="end", colour=_FAINT))
    middle = (_LEFT + right) / 2
    parts.append(_text(middle, bottom + 36, panel.horizontal.get(language), anchor="middle"))
    parts.append(
        f'<text transform="translate(14 {_TOP + inner_height / 2:.1f}) rotate(-90)" '
        f'text-anchor="middle" fill="{_INK}">{escape(panel.vertical.get(language))}</text>'
    )
    for level, mark in panel.marks:
        if up[0] <= level <= up[-1]:
            parts.append(_rule(_LEFT, y(level), right, y(level), _FAINT, dash="2 3"))
            said = mark.get(language)
            parts.append(_text(right - 4, y(level) - 4, said, anchor="end", colour=_FAINT, size=11))
    for at, line in enumerate(lines):
        points = " ".join(f"{x(value):.2f},{y(level):.2f}" for value, level in line.points)
        dash = ' stroke-dasharray="7 4"' if line.dashed else ""
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{line.colour}" '
            f'stroke-width="2"{dash}/>'
        )
        start = _LEFT + at * 130
        parts.append(
            _rule(start, 36, start + 26, 36, line.colour, dash="7 4" * line.dashed, wide=2)
        )
        parts.append(_text(start + 32, 40, line.label.get(language)))
    return parts


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Return round figures from at or below *low* to at or above *high*.

    >>> ticks(0, 480)
    [0.0, 100.0, 200.0, 300.0, 400.0, 500.0]
    """
    if high <= low:
        low, high = low - 1.0, high + 1.0
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in (1.0, 2.0, 2.5, 5.0, 10.0) if one * power >= rough)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{at * step:.12g}") for at in range(first, last + 1)]


def _rule(
    x1: float, y1: float, x2: float, y2: float, colour: str, *, dash: str = "", wide: float = 1
) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" '
        f'stroke="{colour}" stroke-width="{wide:g}"{dashed}/>'
    )


def _text(
    x: float,
    y: float,
    said: str,
    *,
    anchor: str = "start",
    colour: str = _INK,
    weight: int = 400,
    size: int = 12,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" '
        f'font-weight="{weight}" font-size="{size}">{escape(said)}</text>'
    )
