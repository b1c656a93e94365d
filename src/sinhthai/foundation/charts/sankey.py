"""Flows between places as ribbons whose width is the quantity: energy, water, materials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.foundation.charts.scale import short
from sinhthai.foundation.charts.svg import SOFT, Drawing, colour, shortened

_TOP, _NODE, _GAP, _LABEL = 56.0, 12.0, 14.0, 11.0


@dataclass(frozen=True, slots=True)
class Flow:
    """So much from one place to another, a year."""

    source: str
    target: str
    quantity: float


class Loop(ValueError):
    """The flows run in a circle; a Sankey needs a direction."""


def sankey(
    title: str,
    flows: Sequence[Flow],
    *,
    unit: str,
    language: str,
    width: float = 720,
    height: float = 380,
) -> str:
    """Return the picture as SVG: sources at the left, uses at the right.

    Raises
    ------
    Loop : something flows back to where it came from.

    >>> drawn = sankey("Năng lượng", [Flow("Than", "Lò hơi", 5), Flow("Lò hơi", "Hơi", 4)],
    ...                unit="GJ", language="vi")
    >>> drawn.count("<path"), "Lò hơi" in drawn
    (2, True)
    """
    flows = [flow for flow in flows if flow.quantity > 0]
    layer = _layers(flows)
    through = {
        node: max(
            sum(f.quantity for f in flows if f.source == node),
            sum(f.quantity for f in flows if f.target == node),
        )
        for node in layer
    }
    columns = _ordered(flows, layer)
    crowded = max((len(column) for column in columns), default=1)
    fullest = max((sum(through[n] for n in column) for column in columns), default=1.0) or 1.0
    per_unit = (height - _TOP - 12 - _GAP * (crowded - 1)) / fullest
    drawing = Drawing(width, height, title, _about(flows, unit, language))
    drawing.text(0, 16, title, size=14, weight=600)
    drawing.text(0, 38, unit, size=11, fill=SOFT)
    places: dict[str, tuple[float, float]] = {}
    across = (width - _NODE) / max(len(columns) - 1, 1)
    for index, column in enumerate(columns):
        tall = sum(through[n] for n in column) * per_unit + _GAP * (len(column) - 1)
        y = _TOP + (height - _TOP - 12 - tall) / 2
        for node in column:
            places[node] = (index * across, y)
            y += through[node] * per_unit + _GAP
    hue = {node: colour(number) for number, node in enumerate(layer)}
    _ribbons(drawing, flows, places, per_unit, hue, unit, language)
    for node, (x, y) in places.items():
        tall = through[node] * per_unit
        drawing.rect(x, y, _NODE, tall, hue[node])
        label = f"{node} {short(through[node], language)}"
        is_last = layer[node] == len(columns) - 1 and len(columns) > 1
        words = shortened(label, across - _NODE - 16, _LABEL)
        place = x - 6 if is_last else x + _NODE + 6
        anchor = "end" if is_last else "start"
        drawing.text(place, y + tall / 2 + 4, words, size=_LABEL, anchor=anchor)
    return str(drawing)


def _ribbons(
    drawing: Drawing,
    flows: Sequence[Flow],
    places: Mapping[str, tuple[float, float]],
    per_unit: float,
    hue: Mapping[str, str],
    unit: str,
    language: str,
) -> None:
    out = {node: y for node, (_, y) in places.items()}
    into = dict(out)
    for flow in sorted(flows, key=lambda f: (places[f.source][1], places[f.target][1])):
        thick = flow.quantity * per_unit
        x1, x2 = places[flow.source][0] + _NODE, places[flow.target][0]
        y1, y2 = out[flow.source], into[flow.target]
        out[flow.source] += thick
        into[flow.target] += thick
        half = (x1 + x2) / 2
        drawing.path(
            f"M{x1:.2f},{y1:.2f} C{half:.2f},{y1:.2f} {half:.2f},{y2:.2f} {x2:.2f},{y2:.2f} "
            f"L{x2:.2f},{y2 + thick:.2f} C{half:.2f},{y2 + thick:.2f} {half:.2f},"
            f"{y1 + thick:.2f} {x1:.2f},{y1 + thick:.2f} Z",
            fill=hue[flow.source],
            opacity=0.35,
            title=f"{flow.source} → {flow.target}: {short(flow.quantity, language)} {unit}",
        )


def _layers(flows: Sequence[Flow]) -> dict[str, int]:
    """Return how many steps each place is from a source, by the longest way."""
    nodes = list(dict.fromkeys(n for flow in flows for n in (flow.source, flow.target)))
    layer = dict.fromkeys(nodes, 0)
    for _ in range(len(nodes)):
        moved = False
        for flow in flows:
            if layer[flow.target] < layer[flow.source] + 1:
                layer[flow.target] = layer[flow.source] + 1
                moved = True
        if not moved:
            return layer
    if flows:
        raise Loop("the flows run in a circle")
    return layer


def _ordered(flows: Sequence[Flow], layer: Mapping[str, int]) -> list[list[str]]:
    """Return the places by column, each beside what it is joined to: fewer ribbons cross."""
    columns: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node, index in layer.items():
        columns[index].append(node)
    for index in range(1, len(columns)):
        at = {node: place for column in columns[:index] for place, node in enumerate(column)}

        def middle(node: str, at: Mapping[str, int] = at) -> float:
            into = [f for f in flows if f.target == node and f.source in at]
            total = sum(f.quantity for f in into)
            return sum(at[f.source] * f.quantity for f in into) / total if total else 0.0

        columns[index].sort(key=middle)
    return columns


def _about(flows: Sequence[Flow], unit: str, language: str) -> str:
    return "; ".join(
        f"{f.source} → {f.target}: {short(f.quantity, language)} {unit}" for f in flows
    )
