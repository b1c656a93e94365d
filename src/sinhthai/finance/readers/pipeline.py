"""Lists of projects, and sums by stage that never mix estimates with what was verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from sinhthai.finance.engine.funds import load_funds
from sinhthai.finance.engine.stages import DROPPED, STAGE_NAMES, STAGES
from sinhthai.finance.engine.taxonomy import load_taxonomy
from sinhthai.finance.models import Project, VerifiedResult
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.models import Park

FEWEST = 3
"""A sum over fewer enterprises would tell one of them what the others did."""
SORTS = {
    "since": "stage_since",
    "title": "search",
    "stage": "stage",
    "investment": "investment_vnd",
    "saving": "saving_vnd",
    "npv": "npv_vnd",
    "co2e": "co2e_t",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; empty: everything."""

    words: str = ""
    stage: str = ""
    group: str = ""
    fund: str = ""
    sort: str = "since"
    descending: bool = True

    @property
    def narrows(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.words or self.stage or self.group or self.fund)


@dataclass(frozen=True, slots=True)
class Row:
    """A project as the lists show it."""

    project: Project
    stage: Text
    kind: Text
    groups: tuple[Text, ...]
    fund: Text


def find_projects(seen: QuerySet[Project], asked: Asked) -> QuerySet[Project]:
    """Return the projects of *seen* that fit, in the order asked for; unknown figures come last."""
    rows = seen.select_related("enterprise__park")
    for word in fold(asked.words).split():
        rows = rows.filter(search__contains=word)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.group:
        kinds = [kind.id for kind in load_taxonomy().kinds.values() if asked.group in kind.groups]
        rows = rows.filter(kind__in=kinds)
    if asked.fund:
        rows = rows.filter(fund=asked.fund)
    column = F(SORTS[asked.sort])
    order = column.desc(nulls_last=True) if asked.descending else column.asc(nulls_last=True)
    return rows.order_by(order, "pk")


def say(project: Project) -> Row:
    """Return *project* with its words."""
    tables = load_taxonomy()
    kind = tables.kinds.get(project.kind)
    return Row(
        project,
        STAGE_NAMES[project.stage],
        kind.name if kind else Text("", ""),
        tuple(tables.groups[name].name for name in (kind.groups if kind else ())),
        fund_name(project.fund),
    )


def fund_name(fund: str) -> Text:
    """Return the name of a fund of the table; a fund that left it keeps its id."""
    found = next((one for one in load_funds() if one.id == fund), None)
    return found.name if found else Text(fund, fund)


@dataclass(frozen=True, slots=True)
class Estimated:
    """Sums of estimates; None: of none of the projects it is known."""

    investment: float | None
    saving: float | None
    co2e: float | None
    asked: float | None
    approved: float | None
    disbursed: float | None


@dataclass(frozen=True, slots=True)
class Verified:
    """Sums of measured results."""

    investment: float | None
    saving: float | None
    co2e: float | None


@dataclass(frozen=True, slots=True)
class StageSum:
    """A stage with its sums; ``withheld``: so few enterprises that a sum would tell of one."""

    stage: str
    name: Text
    count: int
    estimated: Estimated | None
    verified: Verified | None
    withheld: bool


def sums_by_stage(rows: QuerySet[Project], *, of_others: bool) -> list[StageSum]:
    """Return the sums of *rows* by stage; verified projects by their results, others by estimates.

    *of_others*: the reader may not read the projects one by one, so that a stage with fewer than
    ``FEWEST`` enterprises is withheld, figures and number alike.
    """
    last = VerifiedResult.objects.filter(project=OuterRef("pk")).order_by("-pk")
    plain = Project.objects.filter(pk__in=rows.order_by().values("pk"))
    found = (
        plain.annotate(
            real_investment=Subquery(last.values("investment_vnd")[:1]),
            real_saving=Subquery(last.values("saving_vnd")[:1]),
            real_co2e=Subquery(last.values("co2e_t")[:1]),
        )
        .values("stage")
        .annotate(
            n=Count("pk"),
            enterprises=Count("enterprise", distinct=True),
            investment=Sum("investment_vnd"),
            saving=Sum("saving_vnd"),
            co2e=Sum("co2e_t"),
            asked=Sum("asked_vnd"),
            approved=Sum("approved_vnd"),
            disbursed=Sum("disbursed_vnd"),
            verified_investment=Sum("real_investment", filter=Q(stage="verified")),
            verified_saving=Sum("real_saving", filter=Q(stage="verified")),
            verified_co2e=Sum("real_co2e", filter=Q(stage="verified")),
        )
    )
    by_stage = {row["stage"]: row for row in found}
    return [
        _sum(stage, by_stage[stage], of_others) for stage in (*STAGES, DROPPED) if stage in by_stage
    ]


def parks_with_sums(parks: QuerySet[Park], asked: Asked) -> QuerySet[Project]:
    """Return the projects of *parks* that a sum is taken over."""
    return find_projects(Project.objects.filter(enterprise__park__in=parks), asked)


def funds_used(rows: Iterable[str]) -> list[tuple[str, Text]]:
    """Return the funds named in a pipeline, by their names."""
    return [(one, fund_name(one)) for one in sorted(set(rows) - {""})]


def _sum(stage: str, row: Mapping[str, Any], of_others: bool) -> StageSum:
    if of_others and (row["enterprises"] or 0) < FEWEST:
        return StageSum(stage, STAGE_NAMES[stage], 0, None, None, True)
    is_verified = stage == "verified"
    return StageSum(
        stage,
        STAGE_NAMES[stage],
        int(row["n"] or 0),
        None
        if is_verified
        else Estimated(
            row["investment"],
            row["saving"],
            row["co2e"],
            row["asked"],
            row["approved"],
            row["disbursed"],
        ),
        Verified(row["verified_investment"], row["verified_saving"], row["verified_co2e"])
        if is_verified
        else None,
        False,
    )
