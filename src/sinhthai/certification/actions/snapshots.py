"""Take the findings a dossier rests on, and take them anew when facts changed.

A snapshot is never changed. A judgement is bound to the hash of the finding it judged: after a
new snapshot, only criteria whose finding is another one have to be judged again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sinhthai import __version__
from sinhthai.accounts.models import User
from sinhthai.assessment.readers import assess_one, freeze
from sinhthai.certification.actions.chain import record
from sinhthai.certification.engine.findings import digests_of, findings_digest
from sinhthai.certification.models import Dossier, Snapshot
from sinhthai.certification.refusals import refuse
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures_loading import load_procedures

FindingJson = Mapping[str, Any]


def take_snapshot(dossier: Dossier, at: dt.datetime, *, by: User | None = None) -> Snapshot:
    """Assess the subject of *dossier* on the facts known at *at*, and keep what was found.

    Raises
    ------
    InputError : no criteria are in force on the day, or the enterprise is on no roster that year.
    """
    fresh = assess_now(dossier, at)
    with transaction.atomic():
        dossier.snapshots.filter(is_current=True).update(is_current=False)
        fresh.save()
        record(
            kind="dossier.snapshot",
            at=at,
            actor=by,
            dossier=dossier,
            detail={"digest": fresh.digest, "input_digest": fresh.input_digest},
        )
    return fresh


def take_newer(dossier: Dossier, at: dt.datetime, *, by: User | None = None) -> Snapshot | None:
    """Take a new snapshot if any finding is another one than before; else return None."""
    fresh = assess_now(dossier, at)
    before = dossier.snapshots.filter(is_current=True).first()
    if before is not None and before.digest == fresh.digest:
        return None
    changed = _changed(before, fresh)
    with transaction.atomic():
        dossier.snapshots.filter(is_current=True).update(is_current=False)
        fresh.save()
        record(
            kind="dossier.refresh",
            at=at,
            actor=by,
            dossier=dossier,
            detail={"digest": fresh.digest, "changed": [leaf for leaf, _old, _new in changed]},
        )
    return fresh


def changes_since(
    dossier: Dossier, at: dt.datetime
) -> list[tuple[str, FindingJson | None, FindingJson | None]]:
    """Return the findings that would be others if taken at *at*: (criterion, before, now)."""
    return _changed(dossier.snapshots.filter(is_current=True).first(), assess_now(dossier, at))


def _changed(
    before: Snapshot | None, now: Snapshot
) -> list[tuple[str, FindingJson | None, FindingJson | None]]:
    old = {str(row["leaf"]): row for row in before.findings} if before else {}
    new = {str(row["leaf"]): row for row in now.findings}
    old_digests, new_digests = digests_of(old.values()), digests_of(new.values())
    return [
        (leaf, old.get(leaf), new.get(leaf))
        for leaf in dict.fromkeys([*old, *new])
        if old_digests.get(leaf) != new_digests.get(leaf)
    ]


def assess_now(dossier: Dossier, at: dt.datetime) -> Snapshot:
    """Return a snapshot of the subject of *dossier* on the facts known at *at*; it is not kept."""
    procedure = load_procedures().procedure(dossier.procedure)
    bundle = load_bundle()
    framework = bundle.framework_on(procedure.family, dossier.on)
    if framework is None:
        raise refuse("no-findings", day=f"{dossier.on:%d/%m/%Y}")
    readings = {
        name: choice for name, choice in dossier.options.items() if name in framework.options
    }
    live = assess_one(
        bundle, framework, dossier.park.code, dossier.on, dossier.year, readings, known_at=at
    )
    subject = dossier.enterprise.code if dossier.enterprise else dossier.park.code
    findings = [freeze(finding) for finding in live.findings if finding.subject == subject]
    if not findings:
        raise refuse("no-findings-of-enterprise", year=dossier.year)
    kept = json.loads(json.dumps(findings))
    return Snapshot(
        dossier=dossier,
        framework=framework.id,
        on=dossier.on,
        year=dossier.year,
        options=dict(live.options),
        engine_version=__version__,
        rules_hash=bundle.hash,
        input_digest=live.digest,
        known_at=at,
        findings=kept,
        digest=findings_digest(kept),
        taken_at=at,
    )
