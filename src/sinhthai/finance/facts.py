"""What is known of a project for the rules of funds and the taxonomy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sinhthai.finance.engine.eligibility import Facts, Verdict, judge, section_of
from sinhthai.finance.engine.funds import Fund
from sinhthai.finance.engine.taxonomy import CONFIRMATION, load_taxonomy
from sinhthai.finance.models import Project


def facts_of(
    project: Project,
    on_file: Collection[str],
    *,
    asked: float | None = None,
    assumptions: Mapping[str, Any] | None = None,
) -> Facts:
    """Return the facts; what nobody stated stays unknown.

    *asked* is the money of an application [VND]; else that of the project, else the share its
    appraisal borrows.
    """
    kind = load_taxonomy().kinds.get(project.kind)
    plan = assumptions or {}
    money = asked if asked is not None else project.asked_vnd
    share = plan.get("asked_share")
    if money is not None and project.investment_vnd:
        share = money / project.investment_vnd
    return Facts(
        applicant="enterprise",
        sector=section_of(project.enterprise.vsic),
        size=project.size or None,
        kind=project.kind or None,
        groups=frozenset(kind.groups) if kind else None,
        # A paper on file says yes; that none is there does not say no.
        confirmed=True if CONFIRMATION in on_file else None,
        saving=project.energy_share,
        asked_share=share,
        asked_years=plan.get("asked_years"),
    )


def judged(
    project: Project,
    fund: Fund,
    on_file: Collection[str],
    on: dt.date,
    *,
    asked: float | None = None,
    assumptions: Mapping[str, Any] | None = None,
) -> Verdict:
    """Return how *project* stands to *fund* on *on*."""
    return judge(fund, facts_of(project, on_file, asked=asked, assumptions=assumptions), on)
