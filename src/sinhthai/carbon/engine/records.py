"""An inventory as plain data and back: what a locked version keeps (H6)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sinhthai.carbon.engine.energy import EnergyUse, energy_by_line
from sinhthai.carbon.engine.inventory import Inventory, keyed_by_method
from sinhthai.carbon.engine.model import Activity, Line, Settings, Total
from sinhthai.factors.lookup import Factors
from sinhthai.factors.model import Factor
from sinhthai.foundation.problems import Place
from sinhthai.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Pinned:
    """A locked inventory: what was said, what came out, and the factors as they were that day."""

    activities: tuple[Activity, ...]
    inventory: Inventory
    factors: Mapping[str, Factor]
    energy: tuple[EnergyUse, ...] = ()


def pin(activities: Sequence[Activity], inventory: Inventory, factors: Factors) -> Pinned:
    """Return what a locked version keeps: every factor as it was used, its range with it."""
    keyed = keyed_by_method(activities, factors, inventory.settings)
    used = {
        factor.id: factor
        for emissions in keyed.keys
        for emission in emissions
        for factor in emission.factors
    }
    return Pinned(
        tuple(activities),
        inventory,
        dict(sorted(used.items())),
        energy_by_line(activities, factors),
    )


def to_data(pinned: Pinned) -> dict[str, Any]:
    """Return *pinned* as data that JSON can hold; :func:`from_data` gives it back.

    >>> empty = Pinned((), Inventory((), (), Settings(), "x"), {})
    >>> from_data(to_data(empty)) == empty
    True
    """
    return {
        "settings": asdict(pinned.inventory.settings),
        "factors_hash": pinned.inventory.factors_hash,
        "activities": [_activity_data(activity) for activity in pinned.activities],
        "lines": [asdict(line) for line in pinned.inventory.lines],
        "totals": [asdict(total) for total in pinned.inventory.totals],
        "factors": [_factor_data(factor) for factor in pinned.factors.values()],
        "energy": [asdict(use) for use in pinned.energy],
    }


def from_data(data: Mapping[str, Any]) -> Pinned:
    """Return what :func:`to_data` wrote."""
    factors = [_factor(row) for row in data["factors"]]
    return Pinned(
        tuple(Activity(**row) for row in data["activities"]),
        Inventory(
            tuple(_line(row) for row in data["lines"]),
            tuple(Total(**{**row, "unknown": tuple(row["unknown"])}) for row in data["totals"]),
            Settings(**data["settings"]),
            data["factors_hash"],
        ),
        {factor.id: factor for factor in factors},
        tuple(EnergyUse(**row) for row in data["energy"]),
    )


def digest_of(data: Mapping[str, Any]) -> str:
    """Return a fingerprint of what is kept: the same content gives the same one."""
    written = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _activity_data(activity: Activity) -> dict[str, Any]:
    plain = replace(activity, parameters=dict(activity.parameters), place=Place())
    data = asdict(plain)
    del data["place"]
    return data


def _line(row: Mapping[str, Any]) -> Line:
    texts = {"formula": Text(**row["formula"]), "flags": tuple(Text(**f) for f in row["flags"])}
    return Line(**{**row, **texts, "factors": tuple(row["factors"])})


_DATES = ("valid_from", "valid_to")


def _factor_data(factor: Factor) -> dict[str, Any]:
    data = asdict(factor)
    return data | {name: data[name].isoformat() if data[name] else None for name in _DATES}


def _factor(row: Mapping[str, Any]) -> Factor:
    dates = {name: dt.date.fromisoformat(row[name]) if row[name] else None for name in _DATES}
    return Factor(**{**row, **dates})
