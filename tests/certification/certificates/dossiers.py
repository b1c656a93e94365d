"""Dossiers ready to be decided: every criterion found and judged to be met."""

from __future__ import annotations

import datetime as dt
import secrets

from sinhthai.accounts.models import Membership, Organisation, Scope, User
from sinhthai.certification.actions.certificates import issue_certificate
from sinhthai.certification.engine.findings import finding_digest
from sinhthai.certification.models import Dossier, Judgement, Override, Snapshot
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures_loading import load_procedures

AT = dt.datetime(2026, 5, 4, 8, 0, tzinfo=dt.UTC)
ON = dt.date(2026, 4, 1)


def make_person(name, kind, province, role=Membership.Role.APPROVER):
    user = User.objects.create_user(name, last_name=f"Người {name}")
    body = Organisation.objects.create(
        code=name, kind=kind, name_vi=f"Cơ quan {name}", name_en=f"Body {name}", province=province
    )
    Scope.objects.create(organisation=body, kind="province", code=province)
    Membership.objects.create(user=user, organisation=body, role=role)
    return user


def body_of(person):
    return Organisation.objects.get(memberships__user=person)


def ready(park, enterprise=None, *, kind="issue", about=None, statuses=None, on=ON):
    """A dossier in which nothing is in the way; *statuses* by leaf are others than met."""
    procedure = load_procedures().procedure_on(kind, "enterprise" if enterprise else "park", on)
    framework = load_bundle().framework_on(procedure.family, on)
    findings = [
        {"subject": park.code, "leaf": leaf.id, "status": (statuses or {}).get(leaf.id, "met")}
        for leaf in framework.leaves
    ]
    Dossier.objects.filter(park=park, enterprise=enterprise, kind=kind).update(is_open=False)
    dossier = Dossier.objects.create(
        public_id=secrets.token_hex(8), procedure=procedure.id, procedure_hash="0" * 64, kind=kind,
        park=park, enterprise=enterprise, about=about, state="proposed", on=on, year=2025,
        submitted_digest="d" * 64, created_at=AT, changed_at=AT,
    )  # fmt: skip
    Snapshot.objects.create(
        dossier=dossier, framework=framework.id, on=on, year=2025, engine_version="0.1.0",
        rules_hash="a" * 64, input_digest="b" * 64, known_at=AT, findings=findings,
        digest="c" * 64, taken_at=AT,
    )  # fmt: skip
    for finding in findings:
        judge(dossier, finding)
    return dossier


def judge(dossier, finding, met=True):
    Judgement.objects.filter(dossier=dossier, leaf=finding["leaf"]).update(is_current=False)
    return Judgement.objects.create(
        dossier=dossier, leaf=finding["leaf"], met=met, reason="Đã xem hồ sơ", at=AT,
        finding_digest=finding_digest(finding),
    )  # fmt: skip


def finding(dossier, leaf):
    [snapshot] = dossier.snapshots.filter(is_current=True)
    return next(row for row in snapshot.findings if row["leaf"] == leaf)


def override(dossier, leaf, obstacle, by):
    return Override.objects.create(
        dossier=dossier, leaf=leaf, obstacle=obstacle, clause="Nghị quyết 01/2026",
        reason="Số liệu quý IV đang chờ kiểm định", by=by, at=AT,
        finding_digest=finding_digest(finding(dossier, leaf)),
    )  # fmt: skip


def issue(dossier, by, at=AT):
    return issue_certificate(dossier, by, body_of(by), at)
