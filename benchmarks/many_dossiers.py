"""Invented dossiers in bulk: rows as the procedures leave them, without walking every step.

For timing only. The parks and enterprises are those of the store; states, days and duties are
drawn with a fixed seed, so that two runs time the same rows.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

CLOSED = ("certified", "notified", "withdrawn")
OPEN = ("submitted", "supplement", "accepted", "consulting", "evaluating", "reported", "failed")


def make_dossiers(count: int, *, at: dt.datetime, seed: int = 4) -> int:
    """Write *count* dossiers: open ones with duty and opinions, certified ones with certificates.

    Return how many. A park or an enterprise has one open case of a kind at most.
    """
    from sinhthai.accounts.models import Organisation
    from sinhthai.certification.models import Dossier, Duty, Opinion
    from sinhthai.registry.models import Enterprise, Park
    from sinhthai.rules.procedures_loading import load_procedures

    draw = random.Random(seed)
    procedures = load_procedures()
    parks = list(Park.objects.select_related("province_now"))
    enterprises = list(Enterprise.objects.select_related("park__province_now")[: 2 * count])
    by_subject = {
        subject: procedures.procedure_on("issue", subject, at.date())
        for subject in ("park", "enterprise")
    }
    made: list[Dossier] = []
    subjects: list[tuple[Any, Any]] = [(park, None) for park in parks]
    subjects += [(one.park, one) for one in draw.sample(enterprises, min(count, len(enterprises)))]
    opened: set[tuple[int, int | None]] = set()
    while len(made) < count:
        park, enterprise = subjects[len(made) % len(subjects)]
        procedure = by_subject["enterprise" if enterprise else "park"]
        key = (park.pk, enterprise.pk if enterprise else None)
        states = [one for one in OPEN if one in {state.id for state in procedure.states}]
        is_open = key not in opened and draw.random() < 0.8
        state = draw.choice(states if is_open else CLOSED)
        opened |= {key} if is_open else set()
        day = at - dt.timedelta(days=draw.randrange(1, 300))
        made.append(
            Dossier(
                public_id=f"{draw.getrandbits(64):016x}", procedure=procedure.id,
                procedure_hash=procedures.hash, kind="issue", park=park, enterprise=enterprise,
                state=state, is_open=is_open, on=day.date(), year=day.year - 1,
                submitted_digest="0" * 64, accepted_at=day if state != "submitted" else None,
                created_at=day, changed_at=day + dt.timedelta(days=draw.randrange(20)),
                closed_at=None if is_open else day,
            )
        )  # fmt: skip
    kept = Dossier.objects.bulk_create(made, batch_size=1000)
    Duty.objects.bulk_create(
        (_duty(one, by_subject, draw, at) for one in kept if one.is_open), batch_size=1000
    )
    bodies = {one.authority: one for one in Organisation.objects.exclude(authority="")}
    Opinion.objects.bulk_create(
        (
            Opinion(
                dossier=one, party="consulted", authority=authority, organisation=bodies[authority],
                sent_at=one.changed_at,
            )
            for one in kept
            if one.state == "consulting"
            for authority in by_subject[
                "enterprise" if one.enterprise_id else "park"
            ].parties.get("consulted", ())
            if authority in bodies
        ),
        batch_size=1000,
    )  # fmt: skip
    _certificates([one for one in kept if one.state == "certified"], draw, at)
    return len(kept)


def _certificates(dossiers: list[Any], draw: random.Random, at: dt.datetime) -> None:
    """Give each certified dossier its certificate, with the findings it rests on.

    One finding in a hundred is "met", whatever the facts say: so a few are found broken.
    """
    from sinhthai.accounts.models import Organisation
    from sinhthai.certification.models import Certificate, IssuerKey, Snapshot
    from sinhthai.rules.bundle import load_bundle

    body, _new = Organisation.objects.get_or_create(
        code="bench-issuer", kind="peoples_committee", defaults={"name_vi": "Cơ quan cấp"}
    )
    key, _new = IssuerKey.objects.get_or_create(
        organisation=body, defaults={"did": "did:key:bench", "created_at": at}
    )
    leaves = {
        family: [leaf.id for leaf in load_bundle().framework_on(family, at.date()).leaves]
        for family in ("vn-eip", "vn-eco-enterprise")
    }
    held: set[tuple[int, int | None]] = set()
    certificates, snapshots = [], []
    for n, one in enumerate(dossiers):
        who = (one.park_id, one.enterprise_id)
        family = "vn-eco-enterprise" if one.enterprise_id else "vn-eip"
        certificates.append(
            Certificate(
                public_id=one.public_id, number=f"{n}/bench", dossier=one, park=one.park,
                enterprise=one.enterprise, issuer=body, key=key, issued_on=one.on,
                valid_until=one.on.replace(day=1, year=one.on.year + draw.choice([0, 2, 5])),
                credential={}, digest=f"{n:064d}", status_index=n, state_since=one.changed_at,
                state="replaced" if who in held else "valid",
            )
        )  # fmt: skip
        held.add(who)
        findings = [
            {"leaf": leaf, "status": "met" if draw.random() < 0.01 else "not_met"}
            for leaf in leaves[family]
        ]
        snapshots.append(
            Snapshot(
                dossier=one, framework=family, on=one.on, year=one.year, engine_version="0",
                rules_hash="0" * 64, input_digest="0" * 64, known_at=at, findings=findings,
                digest="0" * 64, taken_at=at,
            )
        )  # fmt: skip
    Certificate.objects.bulk_create(certificates, batch_size=1000)
    Snapshot.objects.bulk_create(snapshots, batch_size=1000)


def _duty(dossier: Any, by_subject: Any, draw: random.Random, at: dt.datetime) -> Any:
    from sinhthai.certification.models import Duty

    procedure = by_subject["enterprise" if dossier.enterprise_id else "park"]
    state = procedure.state(dossier.state)
    holders = {"receiver": "management_board", "issuer": "peoples_committee"}
    return Duty(
        key=f"dossier:bench:{dossier.pk}",
        kind=f"state.{state.id}",
        party=state.waits_for,
        holder=holders.get(state.waits_for, "enterprise" if dossier.enterprise_id else "operator"),
        province=dossier.park.province_now.code,
        park=dossier.park,
        enterprise=dossier.enterprise,
        dossier=dossier,
        title_vi=state.duty.vi,
        title_en=state.duty.en,
        url=f"/dossiers/{dossier.public_id}/",
        since=dossier.changed_at,
        due_on=(at + dt.timedelta(days=draw.randrange(-30, 40))).date(),
    )
