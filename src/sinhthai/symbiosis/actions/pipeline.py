"""Carry an exchange from idea to verified: start it, step it, and undo a step with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from sinhthai.accounts.actions import display_name, record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.numbers import format_date
from sinhthai.foundation.text import Text
from sinhthai.registry.models import Enterprise, Park
from sinhthai.symbiosis.actions.plans import Plan, plan_digest
from sinhthai.symbiosis.actions.refusals import refuse
from sinhthai.symbiosis.engine.stages import (
    Reached,
    Step,
    standing_path,
    steps_from,
    way_of,
)
from sinhthai.symbiosis.models import (
    Document,
    Exchange,
    ExchangeResult,
    Participant,
    StageChange,
)
from sinhthai.symbiosis.policy import may_facilitate
from sinhthai.symbiosis.wording import STAGE_NAMES


def create_exchange(
    *,
    user: User,
    park: Park,
    title: str,
    kind: str,
    giver: Enterprise,
    taker: Enterprise | None,
    taker_in_words: str = "",
    plan: Plan,
    at: dt.datetime,
) -> Exchange:
    """Start an exchange found by people rather than by the search."""
    if not may_facilitate(user, park):
        raise refuse("no-right")
    if giver.park_id != park.pk or (taker is not None and taker.park_id != park.pk):
        raise refuse("unknown-enterprise")
    if (taker is None) == (taker_in_words.strip() == ""):
        raise refuse("participant-unnamed")
    if taker is not None and taker.pk == giver.pk:
        raise refuse("same-party")
    if not title.strip():
        raise refuse("text-missing")
    plan.check()
    with transaction.atomic():
        exchange = open_exchange(
            user=user, park=park, title=title.strip(), kind=kind, plan=plan, at=at
        )
        Participant.objects.create(exchange=exchange, enterprise=giver, role=Participant.Role.GIVER)
        Participant.objects.create(
            exchange=exchange,
            enterprise=taker,
            other=taker_in_words.strip()[:200],
            role=Participant.Role.TAKER,
        )
    return exchange


def open_exchange(
    *, user: User, park: Park, title: str, kind: str, plan: Plan, at: dt.datetime, **more: Any
) -> Exchange:
    """Write the exchange, its first step and its line in the trail; the caller adds the parties."""
    today = timezone.localdate(at)
    exchange = Exchange.objects.create(
        park=park,
        title=title[:200],
        kind=kind,
        stage=Exchange.Stage.IDEA,
        stage_since=today,
        quantity=plan.quantity,
        unit=plan.unit,
        value_vnd=plan.value_vnd,
        investment_vnd=plan.investment_vnd,
        co2_t=plan.co2_t,
        responsible=user,
        created_by=user,
        created_at=at,
        **more,
    )
    StageChange.objects.create(
        exchange=exchange, before="", after=Exchange.Stage.IDEA, on=today, by=user, at=at
    )
    audit(
        exchange,
        user,
        at,
        "create_exchange",
        Text("Mở {exchange}.", "Opened {exchange}."),
    )
    return exchange


def change_plan(
    *,
    user: User,
    exchange: Exchange,
    title: str,
    kind: str,
    plan: Plan,
    seen: str,
    at: dt.datetime,
) -> Exchange:
    """Change what is planned; what stood before is kept in the trail.

    *seen* is the digest of the plan the person had before them: what somebody else wrote since
    is not overwritten.
    """
    plan.check()
    with locked(user, exchange) as held:
        if plan_digest(held) != seen:
            raise refuse("reload")
        fields = {"title": title.strip()[:200], "kind": kind}
        fields |= {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
        before = {name: getattr(held, name) for name in fields}
        changed = {name: value for name, value in fields.items() if before[name] != value}
        if not fields["title"]:
            raise refuse("text-missing")
        if not changed:
            raise refuse("nothing-new")
        for name, value in changed.items():
            setattr(held, name, value)
        held.save(update_fields=list(changed))
        audit(
            held,
            user,
            at,
            "change_plan",
            Text("Sửa kế hoạch của {exchange}.", "Changed the plan of {exchange}."),
            {"before": {name: before[name] for name in changed}, "after": changed},
        )
    return held


def move(
    *,
    user: User,
    exchange: Exchange,
    to: str,
    on: dt.date,
    reason: str,
    seen: int,
    at: dt.datetime,
) -> StageChange:
    """Take one step of the pipeline; *seen* is the last change the person had before them.

    Raises
    ------
    InputError
        Somebody stepped meanwhile; there is no such step; it needs a reason, participants, an
        agreement, a result or another person; or the day cannot be.
    """
    reason = reason.strip()
    with locked(user, exchange) as held:
        changes = list(held.changes.select_related("by").order_by("pk"))
        if changes[-1].pk != seen:
            raise _moved(changes[-1])
        path = standing_path(Step(one.before, one.after, one.on) for one in changes)
        way = way_of(held.stage, to) if to in steps_from(path) else None
        if way is None:
            raise _no_step(held.stage, to)
        if way != "forward" and not reason:
            raise refuse("reason-missing")
        _check_day(path, way, on, at)
        if to == Exchange.Stage.IMPLEMENTED and way == "forward":
            _check_implemented(held, on, reason)
        if to == Exchange.Stage.VERIFIED and way == "forward":
            _check_verified(held, user)
        change = StageChange.objects.create(
            exchange=held, before=held.stage, after=to, on=on, reason=reason, by=user, at=at
        )
        after = standing_path([*(Step(c.before, c.after, c.on) for c in [*changes, change])])
        held.stage, held.stage_since = to, after[-1].since
        held.save(update_fields=["stage", "stage_since"])
        audit(
            held,
            user,
            at,
            "move_exchange",
            Text(
                "Chuyển {exchange} từ “{before}” sang “{after}”.",
                "Moved {exchange} from “{before}” to “{after}”.",
            ),
            {"on": on.isoformat(), "reason": reason, "way": way},
            before=STAGE_NAMES[change.before],
            after=STAGE_NAMES[to],
        )
    exchange.stage, exchange.stage_since = held.stage, held.stage_since
    return change


@contextmanager
def locked(user: User, exchange: Exchange) -> Iterator[Exchange]:
    """Give the exchange, locked until the block ends, to somebody who may change it."""
    if not may_facilitate(user, exchange.park):
        raise refuse("no-right")
    with transaction.atomic():
        yield (
            Exchange.objects.select_for_update(of=("self",))
            .select_related("park")
            .get(pk=exchange.pk)
        )


def audit(
    exchange: Exchange,
    user: User,
    at: dt.datetime,
    action: str,
    summary: Text,
    detail: dict[str, Any] | None = None,
    **said: object,
) -> None:
    """Write a line of the trail about *exchange*, which it calls by its number.

    Province, country and every reader of the park read the trail, but no streams: its words say
    neither what moves, nor between whom, nor how much. *detail* may; no page shows it.
    """
    number = Text(f"trao đổi số {exchange.pk}", f"exchange no. {exchange.pk}")
    record_audit(
        actor=user,
        action=f"symbiosis.{action}",
        at=at,
        summary=summary.format(exchange=number, **said),
        park_code=exchange.park.code,
        object_kind="exchange",
        object_code=f"{exchange.pk}",
        detail=detail,
    )


def check_not_future(on: dt.date, at: dt.datetime) -> None:
    """Raise InputError for a day that has not come."""
    if on > timezone.localdate(at):
        raise refuse("in-the-future", day_vi=format_date(on, "vi"), day_en=format_date(on, "en"))


def _check_day(path: Sequence[Reached], way: str, on: dt.date, at: dt.datetime) -> None:
    check_not_future(on, at)
    last = path[-1].since
    # A step back takes a mistake away; it has no place in the order of what happened.
    if way != "back" and on < last:
        raise refuse(
            "before-last-step",
            day_vi=format_date(on, "vi"),
            day_en=format_date(on, "en"),
            last_vi=format_date(last, "vi"),
            last_en=format_date(last, "en"),
        )


def _check_implemented(exchange: Exchange, on: dt.date, reason: str) -> None:
    parts = list(exchange.participants.select_related("enterprise"))
    joined = [part for part in parts if part.joined_on is not None and part.left_on is None]
    own = [
        p for p in joined if p.enterprise is not None and p.enterprise.park_id == exchange.park_id
    ]
    if len({(part.enterprise_id, part.other) for part in joined}) < 2 or not own:
        raise refuse("too-few-participants")
    if min(p.joined_on for p in own if p.joined_on is not None) > on:
        first = min(own, key=lambda part: part.joined_on or on)
        day = first.joined_on or on
        raise refuse(
            "joined-later",
            name=first.enterprise.name_vi if first.enterprise else first.other,
            day_vi=format_date(day, "vi"),
            day_en=format_date(day, "en"),
        )
    agreed = exchange.documents.filter(kind=Document.Kind.AGREEMENT, withdrawn_at=None).exists()
    if not agreed and not reason:
        raise refuse("no-agreement")


def _check_verified(exchange: Exchange, user: User) -> None:
    results = ExchangeResult.objects.filter(exchange=exchange).exclude(source="")
    if not results.exists():
        raise refuse("no-result")
    if results.filter(by=user).exists():
        raise refuse("own-result")


def _moved(last: StageChange) -> Exception:
    name = STAGE_NAMES[last.after]
    return refuse("moved-meanwhile", who=display_name(last.by), stage_vi=name.vi, stage_en=name.en)


def _no_step(before: str, after: str) -> Exception:
    was, to = STAGE_NAMES[before], STAGE_NAMES.get(after, Text(after, after))
    return refuse(
        "no-such-step", before_vi=was.vi, before_en=was.en, after_vi=to.vi, after_en=to.en
    )
