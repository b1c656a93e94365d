"""What the verified results of an enterprise say for form B.4 of a year."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass

from sinhthai.efficiency.models import AuditMeasure, Result
from sinhthai.registry.models import Enterprise
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item

_KWH_PER_MWH = 1000.0
_MVND = 1e6
# carrier -> item of the amount, base units to its unit, item of the money
_ITEMS = {
    "electricity": ("electricity_saved_kwh", _KWH_PER_MWH, "electricity_cost_saved_mvnd"),
    "water": ("water_saved_m3", 1.0, "water_cost_saved_mvnd"),
    "wastewater": ("wastewater_cut_m3", 1.0, "wastewater_cost_saved_mvnd"),
    "materials": ("materials_saved_t", 1.0, "materials_cost_saved_mvnd"),
    "chemicals": ("chemicals_saved_t", 1.0, "chemicals_cost_saved_mvnd"),
    "waste": ("waste_reused_t", 1.0, "waste_reuse_cost_saved_mvnd"),
}
_FUEL = ("fuel_saved_toe", "fuel_cost_saved_mvnd")
_CO2 = "co2_cut_t"


@dataclass(frozen=True, slots=True)
class Lines:
    """Items of form B.4 with their numbers, and the results they are sums of."""

    values: dict[str, float]
    results: tuple[int, ...]
    incomplete: frozenset[str]
    """Items some result says nothing of (no price, no factor): left out, never understated."""

    @property
    def digest(self) -> str:
        """What a proposal rests on."""
        said = json.dumps([sorted(self.values.items()), self.results])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def items(self) -> list[tuple[Item, float]]:
        """The values with their items, in the order of the form."""
        known = load_bundle().items
        return [(known[code], value) for code, value in self.values.items()]


def read_lines(enterprise: Enterprise, year: int) -> Lines:
    """Return the sums of the verified results of *year*, over every audit of *enterprise*.

    Only what is verified and was measured in that very year; a result of another year says
    nothing of it. A negative sum is no saving and is left out.
    """
    rows = Result.objects.filter(
        measure__audit__enterprise=enterprise,
        measure__status=AuditMeasure.Status.VERIFIED,
        year=year,
    ).order_by("pk")
    last = {row.measure_id: row for row in rows}
    sums: dict[str, float] = defaultdict(float)
    missing: set[str] = set()
    for row in last.values():
        for item, value in _said(row):
            if value is None:
                missing.add(item)
            else:
                sums[item] += value
    values = {
        item: round(sums[item], 6)
        for item in load_bundle().items
        if sums.get(item, 0.0) > 0 and item not in missing
    }
    return Lines(values, tuple(sorted(row.pk for row in last.values())), frozenset(missing))


def years_verified(enterprise: Enterprise) -> list[int]:
    """Return the years verified results were measured in, newest first."""
    return list(
        Result.objects.filter(
            measure__audit__enterprise=enterprise, measure__status=AuditMeasure.Status.VERIFIED
        )
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )


def _said(row: Result) -> list[tuple[str, float | None]]:
    money = None if row.value_vnd is None else row.value_vnd / _MVND
    found: list[tuple[str, float | None]]
    if row.carrier in _ITEMS:
        item, factor, cost = _ITEMS[row.carrier]
        found = [(item, row.saved * factor), (cost, money)]
    elif row.fuel_toe is not None:
        found = [(_FUEL[0], row.fuel_toe), (_FUEL[1], money)]
    else:
        found = []
    if row.co2e_t is not None:
        found.append((_CO2, row.co2e_t))
    return found
