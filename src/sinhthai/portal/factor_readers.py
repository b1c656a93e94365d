"""The factor tables as pages show them: a list to search, and one activity side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from sinhthai.factors.lookup import Factors
from sinhthai.factors.model import Card, Factor, Policy
from sinhthai.factors.showing import GROUPS, QUANTITIES, find
from sinhthai.foundation.charts.bars import Series, stacked_bars
from sinhthai.foundation.text import Text, fold

SORTS = ("activity", "quantity", "value", "table", "valid_from", "verified")
POLICIES: tuple[Policy, ...] = ("national", "ipcc2006", "ipcc2019")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the list; what is not known there is as if not asked."""

    words: str
    group: str
    table: str
    unverified: bool
    sort: str
    descending: bool

    @classmethod
    def parse(cls, query: QueryDict, factors: Factors) -> Asked:
        group, table, sort = query.get("group", ""), query.get("table", ""), query.get("sort", "")
        column = sort.removeprefix("-")
        return cls(
            words=query.get("q", "")[:100],
            group=group if group in GROUPS else "",
            table=table if table in factors.cards else "",
            unverified=query.get("unverified") == "1",
            sort=column if column in SORTS else "activity",
            descending=sort.startswith("-") and column in SORTS,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.words or self.group or self.table or self.unverified)


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One number with the names it is shown under."""

    factor: Factor
    activity: Text
    quantity: Text
    card: Card


def factor_rows(factors: Factors, asked: Asked, language: str) -> list[FactorRow]:
    """Return the rows that fit, sorted in the reader's language."""
    activities = {one.id: one for one in find(factors, asked.words, group=asked.group)}
    rows = [
        FactorRow(one, activities[one.activity].name, quantity_name(one), factors.cards[one.table])
        for one in factors.factors
        if one.activity in activities
        and asked.table in ("", one.table)
        and not (asked.unverified and one.verified)
    ]
    keys = {
        "activity": lambda row: (fold(row.activity.get(language)), row.factor.id),
        "quantity": lambda row: (row.quantity.get(language), row.factor.id),
        "value": lambda row: (row.factor.unit, row.factor.value),
        "table": lambda row: (row.card.title.get(language), row.factor.id),
        "valid_from": lambda row: (str(row.factor.valid_from or ""), row.factor.id),
        "verified": lambda row: (row.factor.verified, row.factor.id),
    }
    return sorted(rows, key=keys[asked.sort], reverse=asked.descending)


def quantity_name(factor: Factor) -> Text:
    """Return what the number is, with its gas and category."""
    known = QUANTITIES.get(factor.quantity, Text(factor.quantity, factor.quantity))
    more = " · ".join(part for part in (factor.gas, factor.category) if part)
    return Text(f"{known.vi} {more}".strip(), f"{known.en} {more}".strip())


def tables_used(factors: Factors) -> Mapping[str, Card]:
    """Return the cards of the tables that hold factors, in their order."""
    used = {one.table for one in factors.factors}
    return {id_: card for id_, card in factors.cards.items() if id_ in used}


def years_picture(factors: Factors, activity: str, title: str, language: str) -> str:
    """Return the yearly factors of *activity* as SVG; empty where it has fewer than two."""
    yearly = [
        one
        for one in factors.factors
        if one.activity == activity and one.quantity == "emission" and one.valid_to is not None
    ]
    if len(yearly) < 2:
        return ""
    yearly.sort(key=lambda one: str(one.valid_to))
    return stacked_bars(
        title,
        [str(one.valid_to.year) for one in yearly if one.valid_to],
        [Series(yearly[0].gas, [one.value for one in yearly])],
        unit=yearly[0].unit,
        language=language,
    )


def gwp_of(factors: Factors, activity: str) -> list[tuple[str, float, dict[str, float], bool]]:
    """Return gas, share, potentials by set, and whether it stands outside; for a refrigerant."""
    if factors.activities[activity].group != "refrigerant" or activity.startswith("equipment-"):
        return []
    return [
        (
            gas,
            share,
            {name: chosen.values[gas] for name, chosen in factors.gwp_sets.items()},
            gas in factors.gwp_sets["AR5"].outside,
        )
        for gas, share in factors.gases_of(activity).items()
    ]
