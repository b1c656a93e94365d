"""The inventory of a draft: what can be computed, and why the rest cannot, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sinhthai.carbon.engine.inventory import Inventory, compute, keyed_by_method
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
    try:
        return Draft(compute(activities, factors, settings), {})
    except InputError:
        pass
    good: list[Activity] = []
    refused: dict[Key, tuple[Problem, ...]] = {}
    bad: list[Activity] = []
    for activity in activities:
        try:
            keyed_by_method([activity], factors, settings)
        except InputError as error:
            refused[activity.subject, activity.year, activity.line] = error.problems
            bad.append(activity)
        else:
            good.append(activity)
    inventory = compute(good, factors, settings)
    return Draft(replace(inventory, totals=_unknown(inventory.totals, bad)), refused)


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
