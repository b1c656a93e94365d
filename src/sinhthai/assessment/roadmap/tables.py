"""Typical steps, shares and prices of ``data/``: estimates from memory until somebody checks them.

Every row carries its confidence; whatever rests on one is shown as estimated (H11).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, cast

from sinhthai.foundation.text import Text

DATA = Path(__file__).resolve().parents[1] / "data"
MILLION = 1e6
_TABLES = ("steps", "use_shares", "assumptions")
Per = Literal["park", "enterprise", "unit"]


@dataclass(frozen=True, slots=True)
class Step:
    """What must be done for one criterion; money in VND, ``yearly`` what it costs to keep up.

    ``per``: once for the park, once for each enterprise, or for each unit that is missing.
    """

    id: str
    leaf: str
    per: Per
    months: int
    life: int
    low: float
    typical: float
    high: float
    yearly: float
    name: Text
    source: Text
    verified: bool


@dataclass(frozen=True, slots=True)
class Assumption:
    """A figure nobody reported, with its range."""

    id: str
    value: float
    low: float
    high: float
    unit: str
    name: Text
    source: Text
    verified: bool


@lru_cache(maxsize=1)
def load_steps() -> Mapping[str, Step]:
    """Return the steps by the criterion they serve.

    >>> load_steps()["ENT-2b"].per
    'enterprise'
    """
    return {row["leaf"]: _step(row) for row in _rows("steps")}


@lru_cache(maxsize=1)
def load_use_shares() -> Mapping[str, float]:
    """Return which share of its carrier an end use typically takes, 0 to 1.

    >>> load_use_shares()["electricity.site"]
    1.0
    """
    return {row["use"]: float(row["share"]) for row in _rows("use_shares")}


@lru_cache(maxsize=1)
def load_assumptions() -> Mapping[str, Assumption]:
    """Return the prices and cost classes assumed, by id; money in VND.

    >>> load_assumptions()["cost-L"].value
    60000000.0
    """
    return {row["id"]: _assumption(row) for row in _rows("assumptions")}


@lru_cache(maxsize=1)
def tables_hash() -> str:
    """Return what pins the content of the three tables (H6)."""
    digest = sha256()
    for name in _TABLES:
        digest.update((DATA / f"{name}.csv").read_bytes())
    return digest.hexdigest()


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _step(row: Mapping[str, str]) -> Step:
    low, typical, high = (float(row[part]) * MILLION for part in ("low", "typical", "high"))
    return Step(
        row["id"], row["leaf"], cast(Per, row["per"]), int(row["months"]), int(row["life"]),
        low, typical, high, float(row["yearly"]) * MILLION, Text(row["name_vi"], row["name_en"]),
        Text(row["source_vi"], row["source_en"]), row["verified"] == "yes",
    )  # fmt: skip


def _assumption(row: Mapping[str, str]) -> Assumption:
    factor = MILLION if row["unit"].startswith("MVND") else 1.0
    value, low, high = (float(row[part]) * factor for part in ("value", "low", "high"))
    return Assumption(
        row["id"], value, low, high, row["unit"].removeprefix("M"),
        Text(row["name_vi"], row["name_en"]), Text(row["source_vi"], row["source_en"]),
        row["verified"] == "yes",
    )  # fmt: skip
