"""The inventory of a draft: what can be computed, and why the rest cannot, line by line."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from sinhthai.carbon.engine.inventory import (
    Inventory,
    Keyed,
    compute,
    keyed_by_method,
    way_of,
)
from sinhthai.carbon.engine.model import Activity, Scope, Settings, Total
from sinhthai.factors.lookup import Factors
from sinhthai.foundation.problems import InputError, Problem

Key = tuple[str, int, str]
"""Subject, year, line."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An inventory as far as it can be computed.

    A line of ``refused`` is unknown in every total it belongs to.
    """

    inventory: Inventory
    refused: Mapping[Key, tuple[Problem, ...]]


def compute_draft(activities: Sequence[Activity], factors: Factors, settings: Settings) -> Draft:
    """Return the inventory of *activities*; a line that cannot be computed spoils no other.

    >>> from sinhthai.factors.loading import load_factors
    >>> coal = Activity("a", 2024, "1", "stationary", "anthracite", 10.0, "t")
    >>> power = Activity("a", 2024, "2", "electricity", "electricity", 1.0, "MWh", scope=2)
    >>> draft = compute_draft([coal, power], load_factors(), Settings())
    >>> [key[2] for key in draft.refused], draft.inventory.total("a", 2024).unknown
    (['2'], ('2',))
    """
    keyed, bad = key_known(activities, factors, settings)
    inventory = compute(keyed.activities, factors, settings)
    refused = {
        (activity.subject, activity.year, activity.line): problems for activity, problems in bad
    }
    return Draft(
        replace(inventory, totals=_unknown(inventory.totals, [activity for activity, _ in bad])),
        refused,
    )


def key_known(
    activities: Sequence[Activity], factors: Factors, settings: Settings
) -> tuple[Keyed, list[tuple[Activity, tuple[Problem, ...]]]]:
    """Return what can be computed of *activities*, and what cannot with the reasons."""
    try:
        return keyed_by_method(activities, factors, settings), []
    except InputError:
        pass
    tried: dict[Hashable, tuple[Problem, ...]] = {}
    good: list[Activity] = []
    bad: list[tuple[Activity, tuple[Problem, ...]]] = []
    for activity in activities:
        way = (way_of(activity), (activity.quantity or 0.0) < 0)
        if way not in tried:
            try:
                keyed_by_method([activity], factors, settings)
                tried[way] = ()
            except InputError as error:
                tried[way] = error.problems
        if tried[way]:
            bad.append((activity, tried[way]))
        else:
            good.append(activity)
    return keyed_by_method(good, factors, settings), bad


def _unknown(totals: Sequence[Total], bad: Sequence[Activity]) -> tuple[Total, ...]:
    """Return *totals* with the lines of *bad* unknown in each they belong to."""
    found = {(total.subject, total.year, total.scope): total for total in totals}
    for activity in bad:
        scopes: tuple[Scope | None, ...] = (activity.scope,)
        if activity.scope in (1, 2):
            scopes = (activity.scope, None)
        for scope in scopes:
            key = (activity.subject, activity.year, scope)
            total = found.get(key) or Total(*key, None, None, None, 0.0)
            found[key] = replace(
                total, co2e_t=None, low_t=None, high_t=None, unknown=(*total.unknown, activity.line)
            )
    return tuple(found.values())
