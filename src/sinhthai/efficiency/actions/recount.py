"""Bring what each measure counts in totals up to date with everything it hangs on."""

from __future__ import annotations

from collections.abc import Mapping

from sinhthai.efficiency.engine.catalogue import load_whole_catalogue
from sinhthai.efficiency.engine.interactions import Effect, apply_in_order
from sinhthai.efficiency.engine.model import Measure
from sinhthai.efficiency.engine.progress import CLASSES, class_of
from sinhthai.efficiency.models import Audit, AuditMeasure, BaselineEntry, Result, Sizing
from sinhthai.efficiency.readers.baseline import (
    WHOLES,
    WITHIN,
    Key,
    quantity_of,
    standing_entries,
)

_COLUMNS = [
    "counted",
    "electricity_mwh",
    "fuel_toe",
    "water_m3",
    "co2e_t",
    "value_vnd",
    "investment_vnd",
]
_Shares = Mapping[tuple[int, str], float]  # measure, carrier -> the part of its own saving


def recount(audit: Audit) -> None:
    """Write what every measure of *audit* adds to the totals of its class.

    A verified measure counts what was measured; any other what it was sized to, of what the
    measures before it left of the use. Measures of different classes are never added, so they
    leave each other whole.
    """
    catalogue = {one.id: one for one in load_whole_catalogue().measures}
    entries = standing_entries(audit)
    rows = list(AuditMeasure.objects.filter(audit=audit).order_by("pk"))
    sizings = {
        row.measure_id: row for row in Sizing.objects.filter(measure__audit=audit).order_by("pk")
    }
    results = {
        row.measure_id: row
        for row in Result.objects.filter(measure__audit=audit).order_by("year", "pk")
    }
    for class_ in CLASSES:
        here = [row for row in rows if class_of(row.status) == class_]  # type: ignore[arg-type]
        if class_ == "verified":  # read off the meter: nothing is left to combine
            for row in here:
                _write(row, results.get(row.pk), sizings.get(row.pk), {})
            continue
        shares = _shares(here, sizings, catalogue, entries)
        for row in here:
            _write(row, sizings.get(row.pk), sizings.get(row.pk), shares)
    for row in rows:
        if row.status == AuditMeasure.Status.REJECTED:
            _write(row, None, sizings.get(row.pk), {})
    AuditMeasure.objects.bulk_update(rows, _COLUMNS)


def _shares(
    rows: list[AuditMeasure],
    sizings: Mapping[int, Sizing],
    catalogue: Mapping[str, Measure],
    entries: Mapping[Key, BaselineEntry],
) -> _Shares:
    """Return the part of each measure's saving that counts beside the others of its class.

    What acts on a use nobody metered acts on the whole of its carrier; where that is not known
    either, it counts whole and may overlap.
    """
    effects: list[Effect] = []
    own: dict[tuple[int, str], float] = {}
    metered: dict[str, float] = {}
    within: dict[str, str] = {}
    for row in rows:
        sizing, measure = sizings.get(row.pk), catalogue[row.measure]
        for carrier, saved in sizing.saving.items() if sizing else ():
            quantity = quantity_of(entries, carrier, measure.use)
            whole = quantity_of(entries, carrier, "")
            place, amount = f"{carrier}|{measure.use}", quantity
            if amount is None or measure.use in WHOLES:
                place, amount = f"{carrier}|", whole
            if not amount or saved <= 0:
                continue
            own[row.pk, carrier] = saved
            metered[place] = amount
            inner = WITHIN.get(measure.use)
            if quantity is not None and inner is not None and (carrier, inner) in entries:
                outer = quantity_of(entries, carrier, inner)
                if outer:
                    within[place] = f"{carrier}|{inner}"
                    metered.setdefault(f"{carrier}|{inner}", outer)
                    if whole:
                        within.setdefault(f"{carrier}|{inner}", f"{carrier}|")
            if whole and place != f"{carrier}|":
                within.setdefault(place, f"{carrier}|")
                metered.setdefault(f"{carrier}|", whole)
            share = min(saved / amount, 1.0)
            effects.append(Effect(f"{row.pk}|{carrier}", place, share, measure.category))
    found: dict[tuple[int, str], float] = {}
    for part in apply_in_order(effects, metered, within):
        pk, _bar, carrier = part.measure.partition("|")
        key = (int(pk), carrier)
        found[key] = part.saved / own[key]
    return found


def _write(
    row: AuditMeasure, basis: Sizing | Result | None, sizing: Sizing | None, shares: _Shares
) -> None:
    row.investment_vnd = sizing.investment_vnd if sizing is not None else None
    if basis is None:
        row.counted = {}
        row.electricity_mwh = row.fuel_toe = row.water_m3 = row.co2e_t = row.value_vnd = None
        return
    own = {basis.carrier: basis.saved} if isinstance(basis, Result) else dict(basis.saving)
    parts = {carrier: shares.get((row.pk, carrier), 1.0) for carrier in own}
    row.counted = {carrier: amount * parts[carrier] for carrier, amount in own.items()}
    row.electricity_mwh = row.counted.get("electricity")
    row.water_m3 = row.counted.get("water")
    # Money, CO2 and TOE follow the carrier; a saving in money alone counts whole.
    part = min(parts.values(), default=1.0)
    row.fuel_toe = _times(basis.fuel_toe, part)
    row.co2e_t = _times(basis.co2e_t, part)
    row.value_vnd = _times(basis.value_vnd, part)


def _times(value: float | None, part: float) -> float | None:
    return None if value is None else value * part
