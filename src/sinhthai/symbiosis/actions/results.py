"""What an exchange brought a party in a year: measured, with its source, only added to."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from functools import lru_cache

from sinhthai.accounts.models import User
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Item
from sinhthai.symbiosis.actions.pipeline import audit, locked
from sinhthai.symbiosis.actions.plans import MOST
from sinhthai.symbiosis.actions.refusals import refuse
from sinhthai.symbiosis.engine.stages import Step, ran_during, standing_path
from sinhthai.symbiosis.models import ExchangeResult, Participant

_SECTION = "park_symbiosis_results"
_PREFIX = "symbiosis_"


@lru_cache(maxsize=1)
def metrics() -> Mapping[str, Item]:
    """Return the result metrics of form A.4 III.3 that are sums, without their prefix.

    Shares are left out: they are no sums of what the parties say.
    """
    return {
        item.code.removeprefix(_PREFIX): item
        for item in load_bundle().items.values()
        if item.section == _SECTION and item.kind == "number" and item.unit != "percent"
    }


def record_result(
    *,
    user: User,
    participant: Participant,
    year: int,
    values: Mapping[str, float],
    source: str,
    at: dt.datetime,
) -> ExchangeResult:
    """Append what the exchange brought *participant* in *year*; the last such row holds.

    A metric that is left out is one the exchange does not touch; a measured nothing is 0.
    """
    source = source.strip()[:300]
    if not source:
        raise refuse("result-without-source")
    if not values:
        raise refuse("result-empty")
    _check(values)
    with locked(user, participant.exchange) as held:
        steps = held.changes.order_by("pk").values_list("before", "after", "on")
        path = standing_path(Step(*row) for row in steps)
        if not ran_during(path, dt.date(year, 1, 1), dt.date(year, 12, 31)) or year > at.year:
            raise refuse("result-before-start", year=year)
        part = held.participants.select_related("enterprise").get(pk=participant.pk)
        last = part.results.filter(year=year).order_by("-pk").first()
        if last is not None and (last.values, last.source) == (dict(values), source):
            raise refuse("nothing-new")
        row = ExchangeResult.objects.create(
            exchange=held,
            participant=part,
            year=year,
            values=dict(values),
            source=source,
            by=user,
            at=at,
        )
        audit(
            held,
            user,
            at,
            "record_result",
            Text(
                "Ghi kết quả năm {year} của một bên trong {exchange}.",
                "Recorded the results of a party of {exchange} in {year}.",
            ),
            {"values": dict(values), "result": row.pk},
            year=year,
        )
    return row


def _check(values: Mapping[str, float]) -> None:
    known = metrics()
    for metric, value in values.items():
        if metric not in known:
            raise refuse("unknown-metric", metric=metric)
        if not math.isfinite(value) or value < 0:
            raise refuse("bad-number", metric=known[metric].name.vi)
        if value > MOST:
            raise refuse("number-too-large")
