"""What the report of an enterprise already states of its energy (form B.4, part II)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from sinhthai.carbon.actions.activities import Given
from sinhthai.carbon.engine.model import Kind
from sinhthai.carbon.models import ActivityRow
from sinhthai.carbon.subject import Subject
from sinhthai.foundation.text import Text
from sinhthai.reporting.models import Record
from sinhthai.reporting.standing import standing
from sinhthai.rules.bundle import load_bundle

# Item -> kind, what it may be (one: nothing to ask), unit. "Oil" and "gas" are not one fuel.
_ITEMS: dict[str, tuple[Kind, tuple[str, ...], str]] = {
    "electricity_used_kwh": ("electricity", ("electricity",), "kWh"),
    "oil_used_t": ("stationary", ("fuel-oil", "diesel", "kerosene", "waste-oil", "lpg"), "t"),
    "gas_used_m3": ("stationary", ("natural-gas",), "m3"),
}
# Of other gases (LPG, biogas) a cubic metre under standard conditions has no density in the
# tables: they are entered by hand, by mass or energy.


@dataclass(frozen=True, slots=True)
class Reported:
    """An item of the report that may become a line of the inventory."""

    item: str
    name: Text
    year: int
    value: float
    unit: str
    kind: Kind
    choices: tuple[str, ...]
    taken: str
    """The line it was taken as; empty: not yet."""

    @property
    def is_one_thing(self) -> bool:
        """Whether the item says what it is; of oil and gas a person must."""
        return self.kind == "electricity"

    def given(self, what: str) -> Given:
        """Return it as a line of *what*."""
        return Given(
            self.kind, what, self.value, self.unit, scope=2 if self.kind == "electricity" else 1
        )


def reported_energy(subject: Subject) -> list[Reported]:
    """Return the energy that was reported, newest year first; a park reports none of its own."""
    enterprise = subject.enterprise
    if enterprise is None:
        return []
    asked = Q()
    for item in _ITEMS:
        asked |= Q(values__has_key=item)
    years = Record.objects.filter(asked, enterprise=enterprise, reverted_at=None, quarter=None)
    taken = {
        (row.year, row.item): row.line
        for row in ActivityRow.objects.filter(
            enterprise=enterprise, is_current=True, is_withdrawn=False
        ).exclude(item="")
    }
    names = load_bundle().items
    found = []
    for year in sorted(set(years.values_list("year", flat=True)), reverse=True)[:MOST_YEARS]:
        known = standing(
            enterprise.park, year, subjects=Q(enterprise=enterprise), carry=False
        ).get(enterprise.code, {})  # fmt: skip
        for item, (kind, choices, unit) in _ITEMS.items():
            said = known.get(item)
            if said is None or said.value is None or isinstance(said.value, bool | str):
                continue
            line = taken.get((year, item), "")
            found.append(
                Reported(item, names[item].name, year, float(said.value), unit, kind, choices, line)
            )
    return found


MOST_YEARS = 5
"""Each year is asked of the store by itself: a page asks it at most ten times."""
