"""The baseline as it stands, what of it has a use, and the flows of its picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from sinhthai.efficiency.models import Audit, BaselineEntry
from sinhthai.efficiency.wording import carrier_name, carriers, use_name
from sinhthai.efficiency.worth import energy_mwh
from sinhthai.foundation.charts.sankey import Flow, sankey
from sinhthai.foundation.text import Text

Key = tuple[str, str]  # carrier, use ("" = the whole of the carrier)
_REST = Text("Chưa phân bổ", "Not allocated")
# Uses that lie within another one: the picture shows the outer one only.
WITHIN = {
    "electricity.blowing_air": "electricity.compressed_air",
    "electricity.belt_drives": "electricity.motors",
}
WHOLES = frozenset({"electricity.site", "energy.site", "water.site"})
OVERLAPPING = frozenset({"electricity.peak"})
"""What is part of every other use: hours, not machines."""


def standing_entries(audit: Audit) -> dict[Key, BaselineEntry]:
    """Return the last row of each carrier and use, in the order of the carriers."""
    found = {
        (row.carrier, row.use): row
        for row in BaselineEntry.objects.filter(audit=audit).select_related("by").order_by("pk")
    }
    order = {carrier: index for index, carrier in enumerate(carriers())}
    return dict(sorted(found.items(), key=lambda each: (order.get(each[0][0], 999), each[0][1])))


def quantity_of(entries: Mapping[Key, BaselineEntry], carrier: str, use: str) -> float | None:
    """Return what a use takes a year; the whole of the carrier where the use is the site."""
    found = entries.get((carrier, "" if use in WHOLES else use))
    return found.quantity if found else None


def prices_of(entries: Mapping[Key, BaselineEntry]) -> dict[str, float]:
    """Return the price of a base unit of each carrier, where one is stated."""
    return {
        carrier: row.price_vnd
        for (carrier, use), row in entries.items()
        if use == "" and row.price_vnd is not None
    }


@dataclass(frozen=True, slots=True)
class Picture:
    """A Sankey of part of the baseline, with the table that says the same."""

    title: Text
    drawn: SafeString
    rows: tuple[tuple[str, str, float], ...]
    unit: str


def pictures(audit: Audit, entries: Mapping[Key, BaselineEntry], language: str) -> list[Picture]:
    """Return the Sankeys of energy [MWh] and of water [m3]; none of what is not known."""
    energy: dict[Key, float] = {}
    water: dict[Key, float] = {}
    for (carrier, use), row in entries.items():
        if row.quantity is None or use in OVERLAPPING:
            continue
        mwh = energy_mwh(carrier, row.quantity, audit.year)
        if mwh is not None and mwh > 0:
            energy[carrier, use] = mwh
        elif carrier == "water" and row.quantity > 0:
            water[carrier, use] = row.quantity
    found = []
    for title, unit, amounts in (
        (Text("Năng lượng theo mục sử dụng", "Energy by use"), "MWh", energy),
        (Text("Nước theo mục sử dụng", "Water by use"), "m³", water),
    ):
        flows = _flows(amounts, language)
        if flows:
            drawn = mark_safe(sankey(title.get(language), flows, unit=unit, language=language))  # noqa: S308  drawn by foundation.charts, which escapes its texts
            rows = tuple((flow.source, flow.target, flow.quantity) for flow in flows)
            found.append(Picture(title, drawn, rows, unit))
    return found


def _flows(amounts: Mapping[Key, float], language: str) -> list[Flow]:
    wholes = {carrier: amount for (carrier, use), amount in amounts.items() if use == ""}
    shown = {
        (carrier, use): amount
        for (carrier, use), amount in amounts.items()
        if use and (use not in WITHIN or (carrier, WITHIN[use]) not in amounts)
    }
    used: dict[str, float] = defaultdict(float)
    for (carrier, _use), amount in shown.items():
        used[carrier] += amount
    flows: list[Flow] = []
    for (carrier, use), amount in shown.items():
        flows.append(Flow(carrier_name(carrier).get(language), use_name(use).get(language), amount))
    for carrier, whole in wholes.items():
        rest = whole - used[carrier]
        if rest > whole * 1e-6:
            flows.append(Flow(carrier_name(carrier).get(language), _REST.get(language), rest))
    return flows
