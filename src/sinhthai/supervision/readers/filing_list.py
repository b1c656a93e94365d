"""All yearly forms a person may see, as rows: searched, narrowed, sorted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from sinhthai.foundation.text import fold
from sinhthai.registry.policy import Person
from sinhthai.supervision.models import Filing
from sinhthai.supervision.policy_filings import filings_visible

SORTS: Mapping[str, tuple[str, ...]] = {
    "year": ("year", "form", "id"),
    "name": ("enterprise__name_vi", "park__name_vi", "id"),
    "form": ("form", "year", "id"),
    "state": ("state", "id"),
    "sent": ("sent_at", "id"),
    "decided": ("decided_at", "id"),
}


@dataclass(frozen=True, slots=True)
class FilingFilter:
    """What a person asked of the list; empty fields ask nothing."""

    words: str = ""
    form: str = ""
    year: int | None = None
    state: str = ""
    sort: str = "year"
    descending: bool = True

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.form or self.year or self.state)


def find_filings(user: Person, asked: FilingFilter) -> QuerySet[Filing]:
    """Return the forms *user* may see that fit *asked*, sorted, with whom they are of."""
    found = filings_visible(user)
    if asked.form:
        found = found.filter(form=asked.form)
    if asked.year:
        found = found.filter(year=asked.year)
    if asked.state:
        found = found.filter(state=asked.state)
    for word in fold(asked.words).split():
        found = found.filter(Q(park__search__contains=word) | Q(enterprise__search__contains=word))
    order = [
        F(name).desc(nulls_last=True) if asked.descending else F(name).asc(nulls_last=True)
        for name in SORTS[asked.sort]
    ]
    return (
        found.select_related("park__province_now", "enterprise")
        .defer("words", "values", "asked")
        .order_by(*order)
    )


def years_of(user: Person) -> list[int]:
    """Return the years of the forms *user* may see, newest first."""
    years = filings_visible(user).order_by().values_list("year", flat=True).distinct()
    return sorted(years, reverse=True)
