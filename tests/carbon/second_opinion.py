"""An inventory row by row in plain Python, from the tables as files: a second opinion.

It shares nothing with the engine but the CSV tables; formulas are those of the 2006 IPCC
Guidelines written out once more, one gas at a time.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import sinhthai.factors
from sinhthai.carbon.engine.model import Activity

DATA = Path(sinhthai.factors.__file__).parent / "data"
FUELS = ("anthracite", "lignite", "diesel", "lpg", "natural-gas", "wood", "solid-biomass", "coke")
BIOGENIC = {"wood", "solid-biomass"}
TO_TONNES = {"t": 1.0, "kg": 0.001}
TO_MWH = {"kWh": 0.001, "MWh": 1.0, "GWh": 1000.0}
Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STATIONARY, LIST, GRID = table("ipcc2006-stationary"), table("vn2626"), table("vn-grid")
WASTE, GWP = table("ipcc2006-waste"), {row["gas"]: row for row in table("gwp")}


def pick(
    rows: list[Row], activity: str, quantity: str, gas: str = "", category: str = ""
) -> Row | None:
    found = [
        row for row in rows
        if (row["activity"], row["quantity"], row["gas"]) == (activity, quantity, gas)
        and row["category"] in (category, "") and row["verified"] == "yes"
    ]  # fmt: skip
    found.sort(key=lambda row: row["category"] != category)
    return found[0] if found else None


def half(row: Row, range_from: Row | None = None) -> float:
    """Half-width as a share; a row without a range takes that of the same number elsewhere."""
    if not row["low"]:
        if (
            range_from is None
            or not range_from["low"]
            or float(range_from["value"]) != float(row["value"])
        ):
            return 0.0
        row = range_from
    return (float(row["high"]) - float(row["low"])) / 2 / float(row["value"])


def tonnes(one: Activity, gwp: str, year: int) -> tuple[float, float, list[tuple[str, float]]]:
    """Return t CO2e that count, biogenic t CO2, and the errors: (cause, t CO2e)."""
    own = 0.05 if one.uncertainty is None else one.uncertainty / 100
    if one.kind == "electricity":
        row = next(r for r in GRID if r["valid_from"][:4] == str(year))
        mass = one.quantity * TO_MWH[one.unit] * float(row["value"])
        return mass, 0.0, [(one.line, mass * own)]
    if one.kind == "stationary":
        total, apart, by_cause = 0.0, 0.0, {}
        ncv = pick(STATIONARY, one.what, "ncv")
        listed = pick(LIST, one.what, "ncv")
        chosen_ncv = listed or ncv
        energy = one.quantity * TO_TONNES[one.unit] * float(chosen_ncv["value"])
        for gas in ("CO2", "CH4", "N2O"):
            ipcc = pick(STATIONARY, one.what, "emission", gas, "manufacturing")
            row = pick(LIST, one.what, "emission", gas, "manufacturing") or ipcc
            mass = energy * float(row["value"]) / 1e6
            if gas == "CO2" and one.what in BIOGENIC:
                apart += mass
                continue
            co2e = mass * float(GWP[gas][gwp])
            total += co2e
            for cause, share in (
                (one.what + "/ncv", half(chosen_ncv, ncv)), (f"{one.what}/{gas}", half(row, ipcc))
            ):  # fmt: skip
                by_cause[cause] = by_cause.get(cause, 0.0) + co2e * share
        return total, apart, [(one.line, total * own), *by_cause.items()]
    assert one.kind == "wastewater"
    b0 = pick(LIST, "wastewater", "b0", "", "cod") or pick(WASTE, "wastewater", "b0", "", "cod")
    ipcc_b0 = pick(WASTE, "wastewater", "b0", "", "cod")
    ipcc_mcf = pick(WASTE, "wastewater", "mcf", "", one.category)
    mcf = pick(LIST, "wastewater", "mcf", "", one.category) or ipcc_mcf
    mass = one.quantity * one.parameters["cod"] * float(b0["value"]) * float(mcf["value"]) / 1000
    co2e = mass * float(GWP["CH4"][gwp])
    errors = [(one.line, co2e * own), ("b0", co2e * half(b0, ipcc_b0))]
    return co2e, 0.0, [*errors, (f"mcf {one.category}", co2e * half(mcf, ipcc_mcf))]


def inventory(lines: list[Activity], gwp: str) -> dict[tuple[str, int], tuple[float, float, float]]:
    """Return t CO2e, half-width and biogenic t CO2 of each subject and year."""
    found: dict[tuple[str, int], tuple[float, float, float]] = {}
    for key in {(one.subject, one.year) for one in lines}:
        total = apart = 0.0
        causes: dict[str, float] = {}
        for one in lines:
            if (one.subject, one.year) != key:
                continue
            co2e, biogenic, errors = tonnes(one, gwp, one.year)
            total, apart = total + co2e, apart + biogenic
            for cause, error in errors:
                causes[cause] = causes.get(cause, 0.0) + error
        found[key] = (total, math.sqrt(sum(error**2 for error in causes.values())), apart)
    return found
