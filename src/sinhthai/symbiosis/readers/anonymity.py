"""Where naming an industry does not yet name an enterprise: at least three of its kind are near."""

from __future__ import annotations

import math
from collections.abc import Collection

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce, Floor, NullIf, Substr

from sinhthai.foundation.text import Text
from sinhthai.registry.engine.divisions import division_name
from sinhthai.registry.models import Enterprise, Park
from sinhthai.symbiosis.engine.bands import CELL_DEGREES
from sinhthai.symbiosis.engine.suppression import FEWEST

Kind = tuple[str, int, int]
"""Division of VSIC, row and column of the square a partner's place is known by."""
SOMEBODY = Text("một doanh nghiệp", "an enterprise")


def kind_of(vsic: str, lat: float, lon: float) -> Kind:
    """Return the division and the square of a place."""
    return vsic[:2], math.floor(lat / CELL_DEGREES), math.floor(lon / CELL_DEGREES)


def common_kinds(divisions: Collection[str], *, beside: Enterprise) -> frozenset[Kind]:
    """Return the kinds that at least three firms share besides the one that asks; one query.

    Who asks knows itself, and the plants of one firm (the first ten digits of their tax codes,
    the rest names the branch) are one answer to "who is it?".
    """
    asking = (beside.tax_code or "")[:10] or beside.code
    rows = (
        Enterprise.objects.annotate(
            firm=Coalesce(NullIf(Substr("tax_code", 1, 10), Value("")), "code"),
            division=Substr("vsic", 1, 2),
            row=Floor(Coalesce(F("lat"), F("park__lat")) / CELL_DEGREES),
            column=Floor(Coalesce(F("lon"), F("park__lon")) / CELL_DEGREES),
        )
        .filter(division__in=sorted(divisions), row__isnull=False, column__isnull=False)
        .exclude(firm=asking)
        .values_list("division", "row", "column")
        .annotate(n=Count("firm", distinct=True))
        .filter(n__gte=FEWEST)
        .order_by()
    )
    return frozenset((division, int(row), int(column)) for division, row, column, _n in rows)


def industry_of(vsic: str, lat: float, lon: float, common: frozenset[Kind]) -> Text:
    """Return the industry of a partner where that is one of several; else "an enterprise"."""
    name = division_name(vsic[:2]) if kind_of(vsic, lat, lon) in common else None
    return name or SOMEBODY


def is_small(park: Park) -> bool:
    """Say whether "in the same park" would nearly name the partner: no three others are there."""
    return Enterprise.objects.filter(park=park).count() <= FEWEST
