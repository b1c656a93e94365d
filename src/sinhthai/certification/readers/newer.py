"""The findings of a dossier beside those the records give now, for who evaluates it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sinhthai.assessment.documents.report import Criterion
from sinhthai.certification.actions.snapshots import assess_now
from sinhthai.certification.engine.findings import digests_of
from sinhthai.certification.guards import current_snapshot, framework_of
from sinhthai.certification.models import Dossier, Snapshot
from sinhthai.certification.readers.evaluation import report_of


@dataclass(frozen=True, slots=True)
class Newer:
    """A criterion whose finding is another by now. ``judged``: a judgement rests on the old one."""

    before: Criterion | None
    now: Criterion
    judged: bool


def read_newer(dossier: Dossier, at: dt.datetime) -> tuple[Snapshot | None, list[Newer]]:
    """Return the snapshot the dossier rests on and what differs from it, in the law's order.

    Nothing is written: whether to take the new findings is a person's decision.

    Raises
    ------
    InputError : the records no longer allow an assessment (the enterprise left the roster).
    """
    held, framework = current_snapshot(dossier), framework_of(dossier)
    if held is None or framework is None:
        return held, []
    fresh = assess_now(dossier, at)
    before, now = digests_of(held.findings), digests_of(fresh.findings)
    changed = {leaf for leaf in now if before.get(leaf) != now[leaf]}
    if not changed:
        return held, []
    old = {one.leaf.id: one for one in report_of(dossier, held, framework).criteria}
    judged = set(
        dossier.judgements.filter(is_current=True, finding_digest__in=before.values()).values_list(
            "leaf", flat=True
        )
    )
    return held, [
        Newer(old.get(one.leaf.id), one, one.leaf.id in judged)
        for one in report_of(dossier, fresh, framework).criteria
        if one.leaf.id in changed
    ]
