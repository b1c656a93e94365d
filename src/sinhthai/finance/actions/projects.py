"""Open a project, change what is stated of it, and carry it from stage to stage."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from sinhthai.accounts.actions import display_name
from sinhthai.accounts.models import User
from sinhthai.finance.actions.recording import held, record
from sinhthai.finance.actions.refusals import refuse
from sinhthai.finance.engine.funds import funds_on, load_funds
from sinhthai.finance.engine.stages import (
    STAGE_NAMES,
    STAGES,
    WITH_MONEY,
    Standing,
    lacking,
    standing_path,
    steps_from,
)
from sinhthai.finance.engine.taxonomy import load_taxonomy
from sinhthai.finance.facts import judged
from sinhthai.finance.models import Project, ProjectEvent
from sinhthai.finance.policy import may_open
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.problems import InputError
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.models import Enterprise

What = ProjectEvent.What
_SENT = STAGES.index("applied")


@dataclass(frozen=True, slots=True)
class Stated:
    """What people state of a project; None: not known."""

    title: str
    kind: str = ""
    description: str = ""
    size: str = ""
    investment_vnd: float | None = None
    energy_share: float | None = None

    def check(self) -> None:
        """Raise InputError when it cannot be."""
        if not self.title.strip():
            raise refuse("text-missing")
        if self.kind and self.kind not in load_taxonomy().kinds:
            raise refuse("unknown-kind")
        if self.size and self.size not in Project.Size.values:
            raise refuse("unknown-kind")
        if any(
            value is not None and value < 0 for value in (self.investment_vnd, self.energy_share)
        ):
            raise refuse("negative")


def open_project(
    *,
    user: User,
    enterprise: Enterprise,
    stated: Stated,
    at: dt.datetime,
    origin: str = Project.Origin.OWN,
    key: str = "",
) -> Project:
    """Open a project as an idea.

    *key* is the number of the measure or exchange it grew from; the same one is not opened twice.

    Raises
    ------
    InputError : no right; no name; a project of this origin is there; what is stated cannot be.
    """
    if not may_open(user, enterprise):
        raise refuse("no-right")
    stated.check()
    with transaction.atomic():
        if key:
            # Two at once stand in line at the enterprise, so the second finds the first's project.
            Enterprise.objects.select_for_update().get(pk=enterprise.pk)
            there = Project.objects.filter(
                enterprise=enterprise, origin=origin, origin_key=key
            ).first()
            if there is not None:
                raise refuse("origin-twice", title=there.title)
        project = Project.objects.create(
            enterprise=enterprise,
            title=stated.title.strip()[:200],
            search=_search(stated.title, enterprise),
            description=stated.description.strip(),
            origin=origin,
            origin_key=key,
            kind=stated.kind,
            size=stated.size,
            investment_vnd=stated.investment_vnd,
            energy_share=stated.energy_share,
            stage_since=timezone.localdate(at),
            created_by=user,
            created_at=at,
        )
        record(
            project, user, at, What.OPENED,
            Text("Mở dự án {project}.", "Opened project {project}."),
            after=Project.Stage.IDEA, detail={"origin": origin, "key": key},
        )  # fmt: skip
    return project


def change_project(*, user: User, project: Project, stated: Stated, at: dt.datetime) -> Project:
    """Change what is stated of a project; what stood before is kept in its history.

    Once the application is sent, the investment stands: the bank judged that one.
    """
    stated.check()
    with held(user, project) as row:
        wanted = {
            "title": stated.title.strip()[:200],
            "kind": stated.kind,
            "description": stated.description.strip(),
            "size": stated.size,
            "investment_vnd": stated.investment_vnd,
            "energy_share": stated.energy_share,
        }
        before = {name: getattr(row, name) for name in wanted}
        changed = {name: value for name, value in wanted.items() if value != before[name]}
        if not changed:
            raise refuse("nothing-new")
        if "investment_vnd" in changed and STAGES.index(row.stage) >= _SENT:
            raise refuse("after-application")
        for name, value in changed.items():
            setattr(row, name, value)
        row.search = _search(row.title, row.enterprise)
        row.save(update_fields=[*changed, "search"])
        record(
            row, user, at, What.CHANGED, Text("Sửa dự án {project}.", "Changed project {project}."),
            detail={"before": {name: before[name] for name in changed}, "after": changed},
        )  # fmt: skip
    return row


@dataclass(frozen=True, slots=True)
class Step:
    """A step somebody takes: where to, when it happened, why, and the money of it."""

    to: str
    on: dt.date
    seen: int
    """The last step the person had before them."""
    reason: str = ""
    fund: str = ""
    amount: float | None = None


def move(*, user: User, project: Project, step: Step, at: dt.datetime) -> ProjectEvent:
    """Take one step of the pipeline.

    Raises
    ------
    InputError : somebody stepped meanwhile; there is no such step; its reason or what it asks is
        missing (all of it is said at once); or the day cannot be.
    """
    with held(user, project, dropped_too=True) as row:
        steps = list(
            row.events.filter(what__in=(What.OPENED, What.STEP)).select_related("by").order_by("pk")
        )
        if steps[-1].pk != step.seen:
            raise refuse(
                "moved-meanwhile",
                who=display_name(steps[-1].by),
                stage=STAGE_NAMES[steps[-1].after],
            )
        path = standing_path([one.after for one in steps])
        way = steps_from(path).get(step.to)
        if way is None:
            raise refuse(
                "no-such-step",
                before=STAGE_NAMES[row.stage],
                after=STAGE_NAMES.get(step.to, Text(step.to, step.to)),
            )
        _check_day(step.on, steps[-1].on, timezone.localdate(at))
        if way != "forward" and not step.reason.strip():
            raise refuse("reason-missing")
        if way == "forward":
            _check_forward(row, user, step)
        _apply(row, step, way)
        return record(
            row, user, at, What.STEP,
            Text("Chuyển dự án {project} từ “{was}” sang “{now}”.",
                 "Moved project {project} from “{was}” to “{now}”."),
            on=step.on, before=steps[-1].after, after=step.to, text=step.reason.strip(),
            amount=step.amount if step.to in WITH_MONEY and way == "forward" else None,
            detail={"way": way, "fund": step.fund},
            was=STAGE_NAMES[steps[-1].after], now=STAGE_NAMES[step.to],
        )  # fmt: skip


def _check_day(on: dt.date, last: dt.date, today: dt.date) -> None:
    def said(day: dt.date) -> Text:
        return Text(format_date(day, "vi"), format_date(day, "en"))

    if on > today:
        raise refuse("in-the-future", day=said(on))
    if on < last:
        raise refuse("before-last-step", day=said(on), last=said(last))


def _check_forward(row: Project, user: User, step: Step) -> None:
    """Raise InputError with everything the step asks and the project lacks."""
    fund = next((one for one in funds_on(load_funds(), step.on) if one.id == step.fund), None)
    if step.to == "applied" and step.fund and fund is None:
        raise refuse("unknown-fund")
    on_file = frozenset(
        row.documents.filter(withdrawn_at=None).values_list("item", flat=True).distinct()
    )
    last = row.results.order_by("-pk").first()
    verdict = judged(row, fund, on_file, step.on, asked=step.amount) if fund is not None else None
    problems = lacking(
        step.to,
        Standing(
            investment=row.investment_vnd,
            has_kind=bool(row.kind),
            has_appraisal=row.appraisals.exists(),
            on_file=on_file,
            fund=step.fund,
            fund_outcome=verdict.outcome if verdict else "",
            ceiling_share=fund.ceiling_share if fund else None,
            amount=step.amount,
            asked=row.asked_vnd,
            approved=row.approved_vnd,
            has_result=last is not None,
            result_by_same=last is not None and last.by_id == user.pk,
        ),
    )
    if problems:
        raise InputError(problems)


def _apply(row: Project, step: Step, way: str) -> None:
    """Set the stage; money of stages that no longer stand is taken off the row, not the history."""
    row.stage, row.stage_since = step.to, step.on
    if way == "forward" and step.to == "applied":
        row.fund, row.asked_vnd = step.fund, step.amount
    elif way == "forward" and step.to == "approved":
        row.approved_vnd = step.amount
    elif way == "forward" and step.to == "disbursed":
        row.disbursed_vnd = step.amount
    elif way == "back":
        at = STAGES.index(step.to)
        if at < STAGES.index("applied"):
            row.fund, row.asked_vnd = "", None
        if at < STAGES.index("approved"):
            row.approved_vnd = None
        if at < STAGES.index("disbursed"):
            row.disbursed_vnd = None
    row.save(
        update_fields=[
            "stage", "stage_since", "fund", "asked_vnd", "approved_vnd", "disbursed_vnd",
        ]
    )  # fmt: skip


def _search(title: str, enterprise: Enterprise) -> str:
    return fold(f"{title} {enterprise.name_vi} {enterprise.name_en} {enterprise.code}")[:500]
