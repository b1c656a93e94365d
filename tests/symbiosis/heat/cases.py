"""Published heat problems and their answers; the numbers are those of the sources named."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from sinhthai.symbiosis.engine.heat.streams import HeatStream, HeatStreams
from sinhthai.symbiosis.engine.heat.utility import Utility

_OPENPINCH = Path(__file__).with_name("openpinch_cases.csv")

# supply, target [°C], heat-capacity flow rate; least difference [K]; hot, cold, shifted pinch
KEMP = ([(20, 135, 2.0), (170, 60, 3.0), (80, 140, 4.0), (150, 30, 1.5)], 10, (20, 60, 85))
"""Kemp, Pinch Analysis and Process Integration (2007), four streams [kW/K]."""

SMITH = (
    [(20, 180, 0.20), (250, 40, 0.15), (140, 230, 0.30), (200, 80, 0.25)],
    10,
    (7.5, 10.0, 145),
)
"""Smith, Chemical Process Design and Integration (2005), four streams [MW/K]."""


def flowing(rows: list[tuple[float, float, float]], least: float) -> HeatStreams:
    """Return streams of (supply, target, capacity), half of *least* for each."""
    return HeatStreams.of(
        HeatStream.flowing(f"S{at}", *row, contribution=least / 2) for at, row in enumerate(rows)
    )


@cache
def openpinch(case: str) -> tuple[HeatStreams, tuple[Utility, ...]]:
    """Return the streams and utilities of one sample case of OpenPinch."""
    lines = _OPENPINCH.read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    mine = [row for row in rows if row["case"] == case]
    streams = [
        HeatStream(
            row["name"],
            supply := float(row["supply"]),
            target := float(row["target"]),
            float(row["duty"]),
            supply > target,
            float(row["contribution"]),
            row["zone"],
        )
        for row in mine
        if row["what"] == "stream"
    ]
    utilities = tuple(
        Utility(
            row["name"],
            row["zone"],
            float(row["supply"]),
            float(row["target"]),
            contribution=float(row["contribution"]),
        )
        for row in mine
        if row["what"] == "utility"
    )
    return HeatStreams.of(streams), utilities
